"""The hidden sheet Data of a workbook of ours: which rubric, which raters, and the case that was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sakip_eval.case.case import Case, Instansi, Rater
from sakip_eval.documents.lke.case_text import decode
from sakip_eval.documents.lke.layout import DATA, LKE, VERSION
from sakip_eval.documents.lke.opening import Book
from sakip_eval.documents.lke.reading import Findings, checked
from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.rubric.catalog import find_rubric
from sakip_eval.rubric.load import load_rubric
from sakip_eval.rubric.rubric import Rubric

NOBODY = Instansi("", None, "", None)
"""The agency of a blank form."""
_MEND = "Isi ulang dari LKE yang utuh, atau baca sebagai LKE asing dengan --rubrik"


@dataclass(frozen=True, slots=True)
class Stored:
    """What a workbook was made from; a blank form has a case with nothing in it (`NOBODY`, years 0)."""

    rubric: Rubric
    raters: tuple[Rater, ...]
    case: Case
    blank: bool


def is_own(book: Book) -> bool:
    """Return whether `sakip lke` wrote this workbook, in whatever version."""
    return "tata_letak" in _entries(book)


def read_stored(book: Book, folders: Sequence[Path], found: Findings) -> Stored:
    """Read the sheet. Raises `SakipError`: X808 another version, X809 damaged, R401 unknown rubric."""
    entries = _entries(book)
    version = entries.get("tata_letak", "")
    if version != VERSION:
        found.add(
            "X808",
            None,
            f"Buku kerja ini ditulis dengan tata letak versi `{version[:20]}`; yang dikenal versi {VERSION}",
            "Letak selnya dapat berbeda, sehingga isian dapat terbaca pada bagian yang salah",
            "Baca dengan versi sakip-eval yang menulisnya, atau sebagai LKE asing dengan --rubrik",
            refuse=True,
        )
        found.stop_if_refused()
    rubric = _rubric(entries.get("rubrik", ""), book, folders)
    if entries.get("rubrik_sha256") != rubric.sha256:
        found.add(
            "X819",
            (LKE, 0, 0),
            f"Rubrik {rubric.id} berubah sejak LKE ini ditulis",
            "Bobot, skala, atau kriterianya dapat berbeda dari yang tampak pada lembar",
            "Bandingkan dengan `sakip rubrik lihat`; bila perlu tulis LKE baru",
        )
    raters = _raters(entries.get("penilai", ""), book)
    if entries.get("kosong") == "ya":
        return Stored(rubric, raters, Case(NOBODY, 0, 0, rubric.id), blank=True)
    try:
        numbers = sorted(int(key.removeprefix("kasus.")) for key in entries if key.startswith("kasus."))
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError
        case = decode("".join(entries[f"kasus.{number}"] for number in numbers))
        if case.rubrik != rubric.id:
            raise ValueError
    except ValueError:
        raise _damaged(book, "kasus yang tersimpan di dalamnya tidak utuh") from None
    return Stored(rubric, raters, checked(case, rubric, book.path), blank=False)


def _entries(book: Book) -> Mapping[str, str]:
    sheet = book.sheet(DATA)
    if sheet is None:
        return {}
    values = {row: cell.value for (row, col), cell in sheet.cells.items() if col == 2}
    return {
        str(cell.value): str(values.get(row, ""))
        for (row, col), cell in sheet.cells.items()
        if col == 1 and isinstance(cell.value, str)
    }


def _rubric(name: str, book: Book, folders: Sequence[Path]) -> Rubric:
    find_rubric(name, folders)  # A workbook names its rubric by id: it must not make us open any other file.
    return load_rubric(name, folders)


def _raters(text: str, book: Book) -> tuple[Rater, ...]:
    known: tuple[Rater, ...] = ("mandiri", "evaluator")
    raters = tuple(rater for rater in known if rater in text.split())
    if not raters or len(raters) != len(text.split()):
        raise _damaged(book, f"penilai `{text[:40]}` tidak dikenal")
    return raters


def _damaged(book: Book, what: str) -> SakipError:
    return SakipError(
        [
            Problem(
                "X809",
                Location(book.path, sheet=DATA),
                f"Lembar tersembunyi `{DATA}` rusak: {what}",
                "Tanpa lembar itu tidak pasti apa yang sudah ada sebelum lembar diisi",
                _MEND,
            )
        ]
    )
