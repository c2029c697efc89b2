"""Foreign-looking LKE workbooks, built with openpyxl from the printed table of seed 000."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

TABLE = Path(__file__).resolve().parents[1] / "data" / "lke-pelaihari-2022.tsv"


@dataclass(frozen=True)
class Printed:
    """One printed row."""

    no: str
    uraian: str
    bobot: str
    jawaban: str
    nilai: str
    persen: str


@cache
def printed() -> tuple[Printed, ...]:
    """The rows of the printed table; the total has no number."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines if line.strip()]
    return tuple(
        Printed(*row[:6]) if row[0][:1].isdigit() else Printed("", row[0], row[2], row[3], row[4], row[5])
        for row in rows
    )


HEADERS = {
    "no": "NO.", "uraian": "KOMPONEN/ SUB KOMPONEN", "bobot": "BOBOT", "jawaban": "KRITERIA", "nilai": "Nilai", "persen": "% Tase",
}  # fmt: skip
TITLE = (
    "LEMBAR KERJA EVALUASI IMPLEMENTASI AKUNTABILITAS KINERJA INSTANSI PEMERINTAH",
    "UNIT KERJA : KECAMATAN PELAIHARI",
    "PERIODE EVALUASI : 2022",
    "",
)


def foreign(
    headers: Mapping[str, str] = HEADERS,
    *,
    title: Sequence[str] = TITLE,
    rows: Iterable[Printed] | None = None,
    number: Callable[[str], Any] = str,
    merge: bool = False,
    sheet: str = "LKE",
    before: Sequence[str] = (),
    change: Callable[[Workbook], None] | None = None,
    skip_columns: int = 0,
) -> bytes:
    """A workbook; columns stand in the order of `headers`, figures are written by `number`, `before` names sheets."""
    book = Workbook()
    made: Any = book.active
    made.title = sheet
    for index, name in enumerate(before):
        book.create_sheet(name, index)
        book.worksheets[index]["A1"] = "bukan tabel"
    width = skip_columns + len(headers)
    for at, text in enumerate(title, 1):
        made.cell(at, 1, text or None)
        if merge and text:
            made.merge_cells(start_row=at, end_row=at, start_column=1, end_column=max(width, 10))
    top = len(title) + 1
    columns = {role: skip_columns + at for at, role in enumerate(headers, 1)}
    for role, text in headers.items():
        made.cell(top, columns[role], text)
    for at, row in enumerate(printed() if rows is None else rows, top + 1):
        for role, col in columns.items():
            text = getattr(row, role, "")
            if text:
                made.cell(at, col, number(text) if role in ("bobot", "nilai", "persen") else text)
        if merge and not row.no:
            made.merge_cells(start_row=at, end_row=at, start_column=columns["no"], end_column=columns["uraian"])
            made.cell(at, columns["no"], row.uraian)
    if change is not None:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell_of(no: str, role: str, headers: Mapping[str, str] = HEADERS, title: Sequence[str] = TITLE) -> str:
    """Name of the cell of a numbered row of the printed table, such as ("2.a", "bobot")."""
    at = next(n for n, row in enumerate(printed()) if row.no == no)
    return f"{get_column_letter(list(headers).index(role) + 1)}{len(title) + 2 + at}"
