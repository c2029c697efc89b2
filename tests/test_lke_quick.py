"""The quick classes write what plain XlsxWriter writes, part by part and byte by byte (spans of rows apart)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from xlsxwriter import Workbook
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.worksheet import Worksheet

from sakip_eval import Evaluation
from sakip_eval.documents.lke import quick
from sakip_eval.documents.lke.write import blank_form, workbook
from tests.helpers.files import SHIPPED, shipped

_SPANS = re.compile(rb' spans="\d+:\d+"')


class Plain(Workbook):  # type: ignore[misc]
    """XlsxWriter's own workbook, with the one method that ours has more."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.kept = io.BytesIO()
        super().__init__(self.kept, {**options, "in_memory": True})

    def content(self) -> bytes:
        self.close()
        return self.kept.getvalue()


PLAIN = SimpleNamespace(Workbook=Plain, Sheet=Worksheet)


def parts(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    return {name: _SPANS.sub(b"", archive.read(name)) for name in archive.namelist()}


def same(monkeypatch: pytest.MonkeyPatch, make: Callable[[], bytes]) -> None:
    ours = parts(make())
    with monkeypatch.context() as patched:
        patched.setattr(quick, "classes", lambda: PLAIN)
        theirs = parts(make())
    assert [*ours] == [*theirs]
    for name, content in ours.items():
        assert content == theirs[name], name


def test_a_real_case(monkeypatch: pytest.MonkeyPatch, hasil: Evaluation) -> None:
    same(monkeypatch, lambda: workbook([hasil]))


@pytest.mark.parametrize("name", SHIPPED)
def test_empty_forms(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    same(monkeypatch, lambda: blank_form(shipped(name)))


def every_kind() -> bytes:
    """A workbook with cells of all kinds, simple ones and those that are left to XlsxWriter."""
    made = quick.classes()
    book = made.Workbook({"strings_to_formulas": False})
    # Else XlsxWriter writes the second in which each of the two was made.
    book.set_properties({"created": datetime(2024, 1, 2, tzinfo=UTC)})
    sheet, other = (book.add_worksheet(name, made.Sheet) for name in ("A", "B"))
    bold, date_ = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    again, fill = book.add_format({"bold": True}), book.add_format({"bg_color": "#FF0000", "locked": False})
    texts = (
        "a",
        " a ",
        "<b>&\"'",
        "=1+1",
        "_x0041_",
        "\x01\ufffe",
        "a\nb",
        "<r>x</r>",
        "x" * 40_000,
        "",
        "é\U0001f600",
    )
    for row, text in enumerate(texts):
        sheet.write_string(row, 3, text, bold)
        sheet.write_string(row, 1, text)
        other.write_string(row + 2, 0, text, again)
    for row, number in enumerate((0, -1, 0.1 + 0.2, 1e300, 76.4, 2**60)):
        sheet.write_number(row, 5, number, fill)
        sheet.write_number(row, 6, number)
    for row, value in enumerate((0, 1.5, "", "a<b", "#N/A", True, False)):
        sheet.write_formula(row, 8, '=IF(A1<>"&","<",1)', bold, value)
        sheet.write_formula(row, 9, "A1", None, value)
    sheet.write_datetime(1, 10, date(2023, 6, 27), date_)
    sheet.write_boolean(2, 10, True, bold)
    sheet.write_blank(3, 10, None, fill)
    sheet.write_blank(4, 10, None)
    sheet.merge_range(20, 1, 20, 4, "satu & dua", bold)
    sheet.merge_range(21, 1, 22, 4, "", fill)
    sheet.merge_range(23, 1, 23, 4, 5, fill)
    for row, height in ((0, 30), (20, 15), (30, 40.5), (31, 0)):
        sheet.set_row(row, height)
    sheet.set_row(2, 20, bold)
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.set_column(1, 1, 12, fill)
    other.set_default_row(21)
    other.write_string(40, 200, "jauh", bold)
    other.set_row(40, 22)
    other.write_comment(50, 0, "catatan", {"author": "a"})
    assert sheet.write_string(2_000_000, 0, "x", bold) == -1
    assert sheet.write_blank(0, 20_000, None, bold) == -1
    content: bytes = book.content()
    return content


def test_cells_of_every_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    same(monkeypatch, every_kind)


def test_what_overlaps_is_still_refused() -> None:
    made = quick.classes()
    book = made.Workbook({})
    sheet, look = book.add_worksheet("A", made.Sheet), book.add_format({})
    sheet.merge_range(0, 0, 0, 3, "", look)
    with pytest.raises(OverlappingRange):
        sheet.merge_range(0, 3, 0, 5, "", look)


def test_formats_of_one_workbook_leave_the_next_alone() -> None:
    first = every_kind()
    assert every_kind() == first
