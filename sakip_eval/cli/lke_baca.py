"""`sakip lke-baca`: read an LKE workbook, of ours or foreign, back into a case file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.options import Folders, PenilaiOption
from sakip_eval.cli.output import FINDINGS, GOOD, emit, printable
from sakip_eval.problems import Location, Problem, SakipError

if TYPE_CHECKING:
    from sakip_eval.case.case import Rater


def lke_baca(
    lke: Annotated[Path, typer.Argument(metavar="LKE", help="Lembar kerja (.xlsx).", show_default=False)],
    keluaran: Annotated[
        Path | None,
        typer.Option("-o", "--keluaran", metavar="KASUS", help="Tulis kasus ke berkas (.yaml).", show_default=False),
    ] = None,
    timpa: Annotated[bool, typer.Option("--timpa", help="Ganti berkas kasus yang sudah ada.")] = False,
    penilai: PenilaiOption = None,
    rubrik: Annotated[
        str | None,
        typer.Option("--rubrik", metavar="ID", help="Baca sebagai LKE asing menurut rubrik ini.", show_default=False),
    ] = None,
    instansi: Annotated[
        str | None, typer.Option("--instansi", metavar="NAMA", help="LKE asing: nama instansi.", show_default=False)
    ] = None,
    jenis: Annotated[
        str | None,
        typer.Option("--jenis", metavar="JENIS", help="LKE asing: kecamatan, dinas, ...", show_default=False),
    ] = None,
    tahun_kinerja: Annotated[
        int | None,
        typer.Option(
            "--tahun-kinerja",
            metavar="TAHUN",
            min=1990,
            max=2100,
            help="LKE asing: tahun yang dinilai.",
            show_default=False,
        ),
    ] = None,
    tahun_evaluasi: Annotated[
        int | None,
        typer.Option(
            "--tahun-evaluasi",
            metavar="TAHUN",
            min=1990,
            max=2100,
            help="LKE asing: tahun penilaian.",
            show_default=False,
        ),
    ] = None,
    lembar: Annotated[
        str | None,
        typer.Option("--lembar", metavar="NAMA", help="LKE asing: lembar yang dibaca.", show_default=False),
    ] = None,
    folder: Folders = None,
) -> None:
    """Baca lembar kerja evaluasi (.xlsx) menjadi kasus, dan hitung ulang nilainya.

    Tanpa --rubrik: LKE yang ditulis sakip lke. Tanpa -o, kasus dicetak dan keterangannya ke keluaran galat.
    Kode keluar: 0 tanpa temuan, 1 ada temuan (kasus ditulis), 2 tidak dapat dibaca (tidak ada yang ditulis).
    """
    from sakip_eval.case.write import case_text
    from sakip_eval.documents.extras import require

    require("office", "Membaca lembar kerja Excel")
    from sakip_eval.documents.lke.foreign import About
    from sakip_eval.documents.lke.read import read_lke
    from sakip_eval.documents.lke.report import render_reading

    if keluaran is not None and keluaran.exists() and not timpa:
        raise SakipError(
            [
                Problem(
                    "B109",
                    Location(str(keluaran)),
                    "Berkas sudah ada",
                    "Isi dan komentar di dalamnya akan hilang bila ditimpa",
                    "Pilih nama lain dengan -o, atau tambahkan --timpa",
                )
            ]
        )
    about = About(_said(instansi), _said(jenis), tahun_kinerja, tahun_evaluasi, lembar)
    rater: Rater | None = penilai.value if penilai is not None else None
    reading = read_lke(lke, folder or [], rubrik=rubrik, penilai=rater, about=about)
    emit(case_text(reading.case), keluaran, [lke], exact=True)
    report = render_reading(reading, str(lke))
    if keluaran is not None:
        emit(f"{report}\nKasus ditulis ke {keluaran}.\n", None)
    else:
        sys.stdout.flush()
        print("\n".join(map(printable, report.splitlines())), file=sys.stderr)
    raise typer.Exit(FINDINGS if reading.temuan else GOOD)


def _said(text: str | None) -> str | None:
    return text.strip() or None if text is not None else None
