"""`sakip rubrik skema`: JSON Schemas of the files that people write, for YAML editors."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sakip_eval.cli.output import emit
from sakip_eval.problems import Location, Problem, SakipError

_KINDS = """\
rubrik         rubrik akar dan rubrik turunan (rubrik.yaml)
turunan        rubrik turunan saja
aturan         aturan dan paket aturan (aturan*.yaml, paket-*.yaml)
kasus          kasus
tindak-lanjut  tabel tindak lanjut untuk `sakip tl impor`
Cetak satu: sakip rubrik skema JENIS. Tulis ke folder: sakip rubrik skema -o FOLDER.
"""


class Skema(StrEnum):
    """Which file the schema describes."""

    rubrik = "rubrik"
    turunan = "turunan"
    aturan = "aturan"
    kasus = "kasus"
    tindak_lanjut = "tindak-lanjut"


def skema(
    jenis: Annotated[
        Skema | None,
        typer.Argument(
            metavar="JENIS",
            help="rubrik (akar dan turunan), turunan saja, aturan, kasus, atau tindak-lanjut; tanpa JENIS: daftarnya.",
            show_default=False,
        ),
    ] = None,
    keluaran: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--keluaran",
            metavar="FOLDER",
            help="Tulis sebagai JENIS.schema.json ke folder ini; tanpa JENIS: semuanya kecuali turunan.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Cetak JSON Schema, agar penyunting YAML menyarankan kunci dan menandai salah tulis."""
    from sakip_eval.render.schema import COMMITTED, render_schema, schema_file_name

    if keluaran is None:
        emit(_KINDS if jenis is None else render_schema(jenis.value), None)
        return
    _make_folder(keluaran)
    for name in COMMITTED if jenis is None else (jenis.value,):
        path = keluaran / schema_file_name(name)
        emit(render_schema(name), path)
        print(f"Ditulis: {path}")


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SakipError(
            [
                Problem(
                    "B108",
                    Location(str(path)),
                    f"Folder tidak dapat dibuat ({error.strerror or error})",
                    "Skema ditulis sebagai berkas di dalamnya",
                    "Periksa letak folder dan izin tulis",
                )
            ]
        ) from None
