"""How cells look: one format for each kind of row and of content, made once for a workbook."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, TypeAlias

Sheet: TypeAlias = Any
Format: TypeAlias = Any
Workbook: TypeAlias = Any
"""Objects of XlsxWriter, which has no types."""
Head: TypeAlias = tuple[tuple[str, str], tuple[str, str]]
"""Formula and cached value of the line that names the agency, and of the line that names the years."""

FONT = "Arial"
LINE = 13.0
"""Height of a line of text, in points."""
TALLEST = 409.0
"""Greatest height of a row, in points."""
FOLIO = 14
"""Paper: folio, 8.5 x 13 inches, the size sold as F4."""

GOOD, MIDDLE, WEAK, MISSING, WRONG = "#C6E0B4", "#FFF2CC", "#F8CBAD", "#FFFF99", "#FF9999"

_LOOK: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True, "font_size": 11, "font_color": "#1F3864"},
    "note": {"font_color": "#595959"},
    "text": {},
    "header": {"bold": True, "bg_color": "#BDD7EE", "border": 1, "align": "center", "valign": "vcenter"},
    "cell": {"border": 1},
    "label": {"border": 1, "bg_color": "#F2F2F2"},
    "komponen": {"border": 1, "bold": True, "bg_color": "#DDEBF7"},
    "subkomponen": {"border": 1, "bold": True, "bg_color": "#F2F2F2"},
    "kriteria": {"border": 1},
    "total": {"border": 1, "top": 2, "bold": True, "bg_color": "#BDD7EE"},
    "predikat": {"border": 1, "bold": True, "bg_color": "#BDD7EE"},
    "rentang": {"border": 1, "bg_color": "#DDEBF7"},
}
_KIND: dict[str, dict[str, Any]] = {
    "wrap": {"text_wrap": True},
    "line": {},
    "center": {"align": "center", "text_wrap": True},
    "date": {"align": "center", "num_format": "yyyy-mm-dd"},
    "year": {"align": "center", "num_format": "0"},
    "id": {"font_color": "#999999"},
}


class Styles:
    """Formats of one workbook, by look (kind of row) and kind of content."""

    def __init__(self, workbook: Workbook, digits: int) -> None:
        self._workbook, self._made = workbook, dict[tuple[str, str, bool], Format]()
        self._kinds = {**_KIND, "number": {"align": "right", "num_format": "0." + "0" * digits if digits else "0"}}

    def get(self, look: str, kind: str = "wrap", *, free: bool = False) -> Format:
        """Return a format; `free` cells can be filled in on a protected sheet."""
        key = (look, kind, free)
        made = self._made.get(key)
        if made is None:
            properties = {"font_name": FONT, "font_size": 10, "valign": "top", **_LOOK[look], **self._kinds[kind]}
            if look == "header":
                properties["text_wrap"] = True
            if free:
                properties |= {"locked": False, "bold": False, "bg_color": "#FFFFFF"}
            made = self._made[key] = self._workbook.add_format(properties)
        return made

    def fill(self, color: str) -> Format:
        """Return a format that only fills, for conditions."""
        made = self._made.get(("fill", color, False))
        if made is None:
            made = self._made["fill", color, False] = self._workbook.add_format({"bg_color": color})
        return made


_NARROW = 1.08
"""Letters of a text are narrower than digits, on average; some room is left for fonts that are wider."""
_WORD = re.compile(r"\S+")


@lru_cache(maxsize=8192)
def lines(text: str, width: float) -> int:
    """Estimate how many lines a wrapped text takes in a column of that width, counted in digits of the font."""
    width *= _NARROW
    number = 0
    for paragraph in text.split("\n"):
        number, used = number + 1, 0.0
        for word in _WORD.findall(paragraph):
            length = len(word)
            if used and used + 1 + length > width:
                number, used = number + 1, 0.0
            while length > width:
                number, length = number + 1, int(length - width)
            used += length + (1 if used else 0)
    return number


def height(*texts: tuple[str, float]) -> float:
    """Height of a row, in points, in which the longest of these texts (each with its column's width) can be read."""
    return height_of(max([lines(text, width) for text, width in texts], default=1))


def height_of(number: int) -> float:
    """Height of a row, in points, for so many lines of text."""
    return min(TALLEST, LINE * number + 3)


def title_row(sheet: Sheet) -> None:
    """Make the first row tall enough for a title."""
    sheet.set_row(0, 21)


def page(sheet: Sheet, *, landscape: bool = True, header: tuple[int, int] | None = None) -> None:
    """Set a sheet up for printing on F4: one page wide, header rows repeated, page numbers below."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(FOLIO)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8&A&R&8Halaman &P dari &N")
    if header:
        sheet.repeat_rows(*header)


def protect(sheet: Sheet) -> None:
    """Protect a sheet without a password: only free cells change by accident; sizes may be changed."""
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
