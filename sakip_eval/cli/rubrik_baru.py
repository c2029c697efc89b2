"""`sakip rubrik baru`: start a variant of a root rubric."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sakip_eval.cli.options import Folders
from sakip_eval.cli.output import emit
from sakip_eval.problems import Location, Problem, SakipError


def baru(
    rubrik: Annotated[
        str,
        typer.Argument(metavar="ID", help="Id rubrik baru, misalnya kab-contoh-1-2025/unit.", show_default=False),
    ],
    dari: Annotated[
        str, typer.Option("--dari", metavar="ID", help="Rubrik akar yang akan diubah.", show_default=False)
    ],
    keluaran: Annotated[
        Path, typer.Option("-o", "--keluaran", metavar="FOLDER", help="Folder rubrik Anda sendiri.")
    ] = Path(),
    folder: Folders = None,
) -> None:
    """Tulis kerangka rubrik turunan ke FOLDER/ID/rubrik.yaml; berkas yang sudah ada tidak pernah ditimpa."""
    from sakip_eval.rubric.catalog import FILE_NAME, rubric_path
    from sakip_eval.rubric.load import load_rubric
    from sakip_eval.rubric.skeleton import render_variant

    folders = [*(folder or []), keluaran]
    path = keluaran / rubrik / FILE_NAME
    _check_id(rubrik, path, folders)
    root = load_rubric(dari, folders)
    if root.extends is not None:
        _refuse(
            "R402",
            dari,
            f"Rubrik induk `{root.id}` sendiri turunan dari `{root.extends}`",
            "`extends` hanya satu tingkat, agar setiap perubahan terbaca dari dua berkas",
            f"Turunkan langsung dari rubrik akar `{root.extends}`",
        )
    rubric_path(root.id, folders)  # the variant names its root by id, so that id must be found too
    text = render_variant(root, rubrik)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _refuse(
            "B108",
            str(path.parent),
            f"Folder tidak dapat dibuat ({error.strerror or error})",
            "Rubrik ditulis sebagai berkas di dalamnya",
            "Periksa letak folder dan izin tulis",
        )
    emit(text, path)
    print(f"Ditulis: {path}")
    print("Isi identitas dan perubahannya, lalu lihat hasilnya:")
    print(f"sakip rubrik lihat {rubrik} --folder-rubrik {keluaran}")


def _check_id(name: str, path: Path, folders: list[Path]) -> None:
    """Refuse an id that is not one (M303), that is written already (B109), or that another rubric has (R406)."""
    from pydantic import TypeAdapter, ValidationError

    from sakip_eval.rubric.catalog import FILE_NAME, shipped_folder
    from sakip_eval.rubric.model import RubricId

    try:
        TypeAdapter(RubricId).validate_python(name)
    except ValidationError:
        _refuse(
            "M303",
            name,
            f"`{name}` bukan id rubrik",
            "Id menjadi nama folder: huruf kecil, angka, dan tanda -, paling sedikit dua bagian dipisah /",
            "Tulis misalnya kab-contoh-1-2025/unit",
        )
    if path.exists():
        _refuse(
            "B109",
            str(path),
            "Berkas sudah ada",
            "Isian di dalamnya akan hilang bila ditimpa kerangka kosong",
            "Pilih id lain, atau folder lain dengan -o",
        )
    if any((folder / name / FILE_NAME).is_file() for folder in [*folders, shipped_folder()]):
        _refuse(
            "R406",
            name,
            f"Id `{name}` sudah dipakai rubrik lain",
            "Satu id menunjuk satu rubrik; rubrik di folder sendiri akan menutupi rubrik itu",
            "Pilih id menurut nomor dan tahun peraturan Anda, misalnya kab-contoh-1-2025/unit",
        )


def _refuse(kode: str, place: str, apa: str, mengapa: str, perbaikan: str) -> None:
    raise SakipError([Problem(kode, Location(place), apa, mengapa, perbaikan)])
