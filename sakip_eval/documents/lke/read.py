"""An LKE from a file: a workbook of ours or a foreign one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sakip_eval.case.case import Rater
from sakip_eval.documents.lke.foreign import About, read_foreign
from sakip_eval.documents.lke.opening import open_book
from sakip_eval.documents.lke.own import read_own
from sakip_eval.documents.lke.own_data import is_own
from sakip_eval.documents.lke.reading import Reading
from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.rubric.load import load_rubric


def read_lke(
    path: Path,
    folders: Sequence[Path] = (),
    *,
    rubrik: str | None = None,
    penilai: Rater | None = None,
    about: About | None = None,
) -> Reading:
    """Read the LKE at `path`; with `rubrik`, as a foreign one by that rubric, else as one that `sakip lke` wrote.

    `penilai` says whose answers a foreign LKE holds (evaluator where it is not said), and whose figures of one of
    ours are compared (all where it is not said). `about` is for foreign ones only. Raises `SakipError` as
    `opening.open_book`, `own.read_own` and `foreign.read_foreign` do; X824 where a foreign LKE comes without `rubrik`.
    """
    book = open_book(path)
    if rubrik is not None:
        return read_foreign(book, load_rubric(rubrik, folders), penilai or "evaluator", about or About())
    if is_own(book):
        return read_own(book, folders, penilai)
    raise SakipError(
        [
            Problem(
                "X824",
                Location(book.path),
                "Buku kerja ini tidak ditulis oleh sakip, dan rubriknya tidak disebut",
                "Bobot, skala, dan kriteria sebuah LKE datang dari rubriknya",
                "Sebutkan --rubrik; yang ada: sakip rubrik daftar",
            )
        ]
    )
