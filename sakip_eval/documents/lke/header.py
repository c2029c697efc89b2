"""Where the table of a foreign LKE stands: the header row is recognised by its words, each column by its role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sakip_eval.case.case import Rater
from sakip_eval.documents.lke.opening import Book, Sheet

_ROLES = (
    ("no", re.compile(r"no|nomor|no urut|kode|id|nomer")),
    ("bobot", re.compile(r"bobot\b.*|.*\bbobot")),
    ("persen", re.compile(r"%.*|persen.*|.*\bpersentase|.*%")),
    ("alasan", re.compile(r"alasan\b.*")),
    ("catatan", re.compile(r"catatan\b.*|keterangan\b.*|penjelasan\b.*")),
    ("bukti", re.compile(r".*\b(evidence|evidens|eviden|bukti|dokumen pendukung)\b.*")),
    ("status", re.compile(r"status\b.*")),
    ("kriteria", re.compile(r"kriteria")),
    ("jawaban", re.compile(r"jawaban\b.*|pilihan jawaban|grade|hasil penilaian|jenjang|kategori nilai")),
    ("nilai", re.compile(r"nilai|skor|nilai akhir|nilai diperoleh|perolehan nilai|nilai hasil evaluasi")),
    ("uraian", re.compile(r".*\b(komponen|uraian|pernyataan|pertanyaan|aspek|kriteria|unsur)\b.*")),
)
"""Role of a column by its header, the first that fits; `kriteria` alone may be either the text or the answer."""
_RATERS: Mapping[Rater, re.Pattern[str]] = {
    "mandiri": re.compile(r"mandiri|self"),
    "evaluator": re.compile(r"evaluator|inspektorat|apip|tim evaluasi"),
}
_LAST_HEADER_ROW = 80


@dataclass(frozen=True, slots=True)
class Column:
    """One column under a recognised header: its role, where, and whose it is, where a header above says so."""

    role: str
    col: int
    rater: Rater | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a sheet: the first header row, the first row below the headers, and its columns."""

    sheet: Sheet
    header: int
    first: int
    columns: tuple[Column, ...]

    def of(self, role: str) -> tuple[Column, ...]:
        """Return the columns with a role, from left to right."""
        return tuple(c for c in self.columns if c.role == role)


def find_tables(book: Book, sheet: str | None = None) -> list[Table]:
    """Return the table of each sheet that has one (of `sheet` alone where given; hidden sheets only then)."""
    wanted = [s for s in book.sheets if (s.name == sheet if sheet is not None else not s.hidden)]
    return [table for s in wanted if (table := _table(s)) is not None]


def _table(sheet: Sheet) -> Table | None:
    rows = _header_texts(sheet)
    best: Table | None = None
    for row in sorted(rows):
        roles = {col: role for col, text in rows[row].items() if (role := _role(text)) is not None}
        if not roles:
            continue
        below = {col: role for col, text in rows.get(row + 1, {}).items() if (role := _role(text)) is not None}
        first = row + 1
        if below and 2 * len(below) >= len(rows[row + 1]) and not _is_data(sheet, row + 1):
            # A second header row tells apart what the first one groups.
            roles |= below
            first = row + 2
        roles = _settled(roles)
        if "uraian" not in roles.values() or not {"jawaban", "status", "nilai"} & set(roles.values()):
            continue
        columns = tuple(Column(role, col, _rater(sheet, row, first, col)) for col, role in sorted(roles.items()))
        table = Table(sheet, row, first, columns)
        if best is None or len(set(roles.values())) > len({c.role for c in best.columns}):
            best = table
    return best


def _header_texts(sheet: Sheet) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, col), cell in sheet.cells.items():
        if row <= _LAST_HEADER_ROW and isinstance(cell.value, str):
            rows.setdefault(row, {})[col] = cell.value
    return rows


def _role(text: str) -> str | None:
    words = re.sub(r"[\s./:*]+", " ", re.sub(r"\([^)]*\)", " ", text.lower())).strip()
    if "%" in text and not words:
        words = "%"
    if not words or len(words) > 60:
        return None
    return next((role for role, pattern in _ROLES if pattern.fullmatch(words)), None)


def _settled(roles: dict[int, str]) -> dict[int, str]:
    """Decide what a header that only says `Kriteria` means: the text, or the answer where nothing else is one."""
    others = set(roles.values())
    meant = "jawaban" if "uraian" in others and "jawaban" not in others else "uraian"
    return {col: meant if role == "kriteria" else role for col, role in roles.items()}


def _is_data(sheet: Sheet, row: int) -> bool:
    return any(cell.kind == "angka" for (r, _), cell in sheet.cells.items() if r == row)


def _rater(sheet: Sheet, header: int, first: int, col: int) -> Rater | None:
    """Say whose column it is, by its own header or by one above that spans it."""
    words = " ".join(_above(sheet, header, first, col)).lower()
    found = [rater for rater, pattern in _RATERS.items() if pattern.search(words)]
    return found[0] if len(found) == 1 else None


def _above(sheet: Sheet, header: int, first: int, col: int) -> Iterator[str]:
    for row in range(max(1, header - 1), first):
        span = next((m for m in sheet.merged if m[0] <= row <= m[2] and m[1] <= col <= m[3]), None)
        wide = span is not None and row < header and span[3] - span[1] > 8
        if not wide:  # A title over the whole table says nothing about one column.
            yield sheet.text(span[0], span[1]) if span else sheet.text(row, col)
