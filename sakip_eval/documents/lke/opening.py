"""An .xlsx as plain data, opened without trusting it.

What could harm is refused before a workbook is made of the file: `package` looks at the zip archive and at every XML
part of it. Formulas are never computed here; a cell gives its formula and the value that was stored with it.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sakip_eval.documents.extras import require
from sakip_eval.documents.lke.package import check_package, read_bytes
from sakip_eval.problems import Location, Problem, SakipError

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

Kind = Literal["angka", "teks", "tanggal", "logika", "galat", "kosong"]
Value = str | Fraction | date | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the kind of its value, the value, its formula if it has one, and its number format.

    `value` is a `Fraction` (angka: the decimal number that the file shows, never its binary neighbour), text (teks,
    galat such as `#REF!`), a date, or a truth; of a formula, the value stored with it, None (kosong) where there is
    none.
    """

    kind: Kind
    value: Value
    formula: str | None = None
    format: str = "General"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `cells` by (row, column) from 1, without empty ones; `merged` as (top, left, bottom, right).

    What a merged range shows is in its top left cell; its other cells are not in `cells`.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False

    def text(self, row: int, col: int) -> str:
        """Return what the cell holds as trimmed text; empty where it is blank or no text."""
        cell = self.cells.get((row, col))
        return cell.value.strip() if cell is not None and isinstance(cell.value, str) else ""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that was opened: `path` as used in messages, and its sheets in their order."""

    path: str
    sheets: tuple[Sheet, ...] = field(default=())

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def open_book(path: Path) -> Book:
    """Open the workbook at `path`.

    Raises `SakipError`: B1xx where the file cannot be read, X801 to X807 where it is no .xlsx, too large, holds
    macros, links to other files or DTDs, is encrypted or broken; D801 where the extra `office` is not installed.
    """
    return open_bytes(read_bytes(path), str(path))


def open_bytes(content: bytes, name: str) -> Book:
    """Open a workbook from its bytes; `name` is used in messages. Raises as `open_book`."""
    require("office", "Membaca lembar kerja Excel")
    check_package(content, name)
    return Book(name, _sheets(content, name))


def _sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    try:
        formulas, values = _load(content, data_only=False), _load(content, data_only=True)
        return tuple(
            _sheet(with_formulas, with_values)
            for with_formulas, with_values in zip(formulas.worksheets, values.worksheets, strict=True)
        )
    except Exception as error:
        # openpyxl raises whatever comes on parts that contradict each other: KeyError, ValueError, TypeError, ...
        raise SakipError(
            [
                Problem(
                    "X806",
                    Location(name),
                    f"Isi berkas .xlsx rusak atau tidak lengkap ({type(error).__name__})",
                    "Bagian-bagian di dalamnya saling bertentangan, sehingga isinya tidak pasti",
                    "Buka dengan Excel atau LibreOffice, lalu simpan ulang sebagai .xlsx",
                )
            ]
        ) from None


def _load(content: bytes, *, data_only: bool) -> Workbook:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl drops (drawings, extensions), nothing is read here
        return load_workbook(io.BytesIO(content), data_only=data_only, keep_links=False)


def _sheet(formulas: Any, values: Any) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    # Only the stored cells: `iter_rows` would walk a million empty ones where a format reaches down to the last row.
    stored = values._cells  # noqa: SLF001
    for (row, col), cell in sorted(formulas._cells.items()):  # noqa: SLF001
        if cell.value is None:
            continue
        if cell.data_type == "f":
            cached = stored[row, col]
            kind, value = _value(cached.value, cached.data_type)
            text = cell.value if isinstance(cell.value, str) else str(getattr(cell.value, "text", "") or "=")
            cells[row, col] = Cell(kind, value, text, cell.number_format)
        else:
            kind, value = _value(cell.value, cell.data_type)
            if kind != "kosong":
                cells[row, col] = Cell(kind, value, None, cell.number_format)
    merged = tuple((m.min_row, m.min_col, m.max_row, m.max_col) for m in formulas.merged_cells.ranges)
    return Sheet(formulas.title, cells, tuple(sorted(merged)), formulas.sheet_state != "visible")


def _value(value: Any, data_type: str) -> tuple[Kind, Value]:
    if value is None:
        return "kosong", None
    if data_type == "e":
        return "galat", str(value)
    if isinstance(value, bool):
        return "logika", value
    if isinstance(value, int | float):
        try:
            return "angka", Fraction(repr(value))
        except ValueError:
            return "galat", repr(value)  # an infinite number
    if isinstance(value, datetime):
        return "tanggal", value.date()
    if isinstance(value, date):
        return "tanggal", value
    text = str(value)
    return ("teks", text) if text.strip() else ("kosong", None)
