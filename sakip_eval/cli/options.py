"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.problems import Location, Problem, SakipError

if TYPE_CHECKING:
    from sakip_eval.case.case import Case, Rater
    from sakip_eval.store.store import Store


class Penilai(StrEnum):
    """Who judged."""

    evaluator = "evaluator"
    mandiri = "mandiri"


def _existing(folders: list[Path] | None) -> list[Path] | None:
    """Refuse a folder of rubrics that does not exist (B110): its rubrics would be missing without a word."""
    missing = [folder for folder in folders or () if not folder.is_dir()]
    if missing:
        raise SakipError(
            Problem(
                "B110",
                Location(str(folder)),
                "Folder rubrik tidak ada",
                "Rubrik di dalamnya tidak akan ditemukan",
                "Periksa --folder-rubrik atau variabel SAKIP_RUBRIK",
            )
            for folder in missing
        )
    return folders


Folders = Annotated[
    list[Path] | None,
    typer.Option(
        "--folder-rubrik",
        metavar="FOLDER",
        envvar="SAKIP_RUBRIK",
        callback=_existing,
        help="Folder rubrik Anda sendiri; boleh berulang.",
    ),
]
PenilaiOption = Annotated[
    Penilai | None,
    typer.Option(
        "--penilai",
        metavar="evaluator|mandiri",
        help="Penilaian siapa yang dihitung; bawaan evaluator bila ada.",
        show_default=False,
    ),
]
Keluaran = Annotated[
    Path | None, typer.Option("-o", "--keluaran", metavar="BERKAS", help="Tulis hasil ke berkas.", show_default=False)
]
Database = Annotated[
    str,
    typer.Option(
        "--db", metavar="BERKAS|URL", envvar="SAKIP_DB", help="Basis data: berkas SQLite, atau postgresql://..."
    ),
]
"""Where the ledger is; give it the default `sakip.db`, and hand it to `open_database`."""


def open_database(place: str, *, create: bool = True) -> Store:
    """Open the database of `--db`; `create=False` for commands that only read. To be used in a `with`.

    Raises `SakipError`: D801 where the extra `db` is not installed, else as `sakip_eval.store.open_store`.
    """
    from sakip_eval.documents.extras import require

    require("db", "Buku tindak lanjut")
    from sakip_eval.store import open_store

    return open_store(place, create=create)


def choose_penilai(case: Case, path: Path, wanted: Penilai | None) -> Rater:
    """Return whose judgement counts: the one asked for, else evaluator where there is one, else mandiri.

    Raises `SakipError` (K512) where the case has no judgement by the one asked for.
    """
    present = list(case.penilaian)
    if wanted is None:
        return present[0] if present and "evaluator" not in present else "evaluator"
    if wanted.value not in present:
        raise SakipError(
            [
                Problem(
                    "K512",
                    Location(str(path)),
                    f"Kasus ini tidak memuat penilaian {wanted.value}",
                    "Tidak ada yang dapat dihitung untuk penilai itu",
                    "Penilaian yang ada: " + (", ".join(present) or "belum ada"),
                )
            ]
        )
    return wanted.value
