"""XlsxWriter without work that is not needed here: the same bytes in half the time, for batches of many workbooks.

Only what is hot is taken over: simple cells with a format, and shared strings. Everything else, and every cell that is
not simple, goes XlsxWriter's own way. `tests/test_lke_quick.py` compares whole workbooks with those of the plain
classes, part by part, so that another version of XlsxWriter cannot differ in silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from io import BytesIO, StringIO
from types import SimpleNamespace
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sakip_eval.documents.lke.layout import address

_SHORT = 2_000
"""Longest text whose XML is kept for the next workbook; texts of rubrics are shorter."""
_LONGEST = 16_000
"""Longest text that surely fits into a cell; for longer ones XlsxWriter counts."""
_2007 = 2007
_LEVEL = 3
"""How hard to compress: half the time of the usual 6, for a tenth more bytes."""
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


@cache
def classes() -> SimpleNamespace:
    """Return the classes `Workbook` and `Sheet`, made when first needed, so that XlsxWriter is imported only then."""
    from xlsxwriter import Workbook
    from xlsxwriter import worksheet as inside
    from xlsxwriter.format import Format
    from xlsxwriter.packager import Packager
    from xlsxwriter.sharedstrings import SharedStrings
    from xlsxwriter.worksheet import Worksheet

    blank, string = inside.CellBlankTuple, inside.CellStringTuple
    number, formula_ = inside.CellNumberTuple, inside.CellFormulaTuple
    row_info = inside.RowInfo
    known = (blank, string, number, formula_)

    class Sheet(Worksheet):  # type: ignore[misc]
        """A sheet that writes simple cells without detours."""

        def __init__(self) -> None:
            super().__init__()
            self._box = (0, -1, 0, -1)
            self._blanks: dict[Any, Any] = {}

        def _initialize(self, init_data: dict[str, Any]) -> None:
            super()._initialize(init_data)
            self._index = self.str_table._get_shared_string_index  # noqa: SLF001

        def _outside(self, row: int, col: int) -> bool:
            """Let the used range grow to a cell; say whether no sheet has such a cell."""
            if self._check_dimensions(row, col):
                return True
            self._box = (self.dim_rowmin, self.dim_rowmax, self.dim_colmin, self.dim_colmax)
            return False

        def write_string(self, row: int, col: int, string_: str, cell_format: Any = None) -> int:
            if cell_format is None or len(string_) > _LONGEST:
                return int(super().write_string(row, col, string_, cell_format))
            top, bottom, left, right = self._box
            if not (top <= row <= bottom and left <= col <= right) and self._outside(row, col):
                return -1
            index = self.str_table.string_table.get(string_)
            if index is None:
                index = self._index(string_)
            else:
                self.str_table.count += 1
            self.table[row][col] = string(index, cell_format)
            return 0

        def write_blank(self, row: int, col: int, _: object, cell_format: Any = None) -> int:
            if cell_format is None:
                return 0
            top, bottom, left, right = self._box
            if not (top <= row <= bottom and left <= col <= right) and self._outside(row, col):
                return -1
            cell = self._blanks.get(cell_format)
            if cell is None:
                cell = self._blanks[cell_format] = blank(cell_format)
            self.table[row][col] = cell
            return 0

        def merge_range(
            self, first_row: int, first_col: int, last_row: int, last_col: int, data: Any, cell_format: Any = None
        ) -> int:
            """Merge cells of one row; whatever else, also what overlaps, is left to XlsxWriter."""
            cells = [(first_row, col) for col in range(first_col, last_col + 1)]
            simple = first_row == last_row and first_col < last_col and cell_format is not None and type(data) is str
            if not simple or self.table_cells or not self.merged_cells.keys().isdisjoint(cells):
                return int(super().merge_range(first_row, first_col, last_row, last_col, data, cell_format))
            name = f"{address(first_row, first_col)}:{address(last_row, last_col)}"
            self.merged_cells.update(dict.fromkeys(cells, name))
            self.merge.append([first_row, first_col, last_row, last_col])
            if data:
                self.write_string(first_row, first_col, data, cell_format)
            else:
                self.write_blank(first_row, first_col, None, cell_format)
            for col in range(first_col + 1, last_col + 1):
                self.write_blank(first_row, col, None, cell_format)
            return 0

        def write_formula(self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0) -> int:
            """Write a formula; none of ours is an array or uses functions newer than 2007, so nothing is expanded."""
            top, bottom, left, right = self._box
            if not (top <= row <= bottom and left <= col <= right) and self._outside(row, col):
                return -1
            self.table[row][col] = formula_(formula.removeprefix("="), cell_format, value)
            return 0

        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            return formula.removeprefix("=")  # As in `write_formula`.

        def _write_rows(self) -> None:
            # Spans of rows are left out: they are optional, a hint for readers.
            table, sizes, styles = self.table, self.row_info, dict[Any, str]()
            letters = [address(0, col)[:-1] for col in range((self.dim_colmax or 0) + 1)]
            plain = self.default_row_height == self.original_row_height and self.excel_version == _2007
            for row in sorted({*(row for row, cells in table.items() if cells), *sizes, *self.comments}):
                cells, size = table.get(row), sizes.get(row)
                if not cells:
                    self._write_empty_row(row, None, size)
                    continue
                end, out = str(row + 1), list[str]()
                if plain and size is None:
                    out.append(f'<row r="{end}">')
                elif plain and size == row_info(height=size.height) and size.height != self.default_row_height:
                    out.append(f'<row r="{end}" ht="{size.height * 0.75:.16g}" customHeight="1">')
                else:
                    self._write_row(row, None, size)
                for col in sorted(cells):
                    cell = cells[col]
                    kind, look = cell.__class__, cell.format
                    try:
                        style = styles[look]
                    except KeyError:
                        style = f'" s="{look._get_xf_index()}"' if look else ""  # noqa: SLF001
                        styles[look] = style
                    if not style or kind not in known:
                        self.fh.write("".join(out))
                        out.clear()
                        self._write_cell(row, col, cell)
                    elif kind is blank:
                        out.append(f'<c r="{letters[col]}{end}{style}/>')
                    elif kind is string:
                        out.append(f'<c r="{letters[col]}{end}{style} t="s"><v>{cell[0]}</v></c>')
                    elif kind is number:
                        out.append(f'<c r="{letters[col]}{end}{style}><v>{cell[0]:.16G}</v></c>')
                    else:
                        out.append(_formula(f'<c r="{letters[col]}{end}{style}', cell[0], cell[2]))
                out.append("</row>")
                self.fh.write("".join(out))

        def set_row(self, row: int, height: float | None = None, cell_format: Any = None, options: Any = None) -> int:
            """Set the height of a row; whatever else is left to XlsxWriter."""
            pixels = int((height or 0) * 4 / 3 + 0.5)
            if cell_format or options or not pixels or not self._box[0] <= row <= self._box[1]:
                return int(super().set_row(row, height, cell_format, options))
            self.row_info[row] = row_info(height=pixels)
            self.row_sizes[row] = [pixels, False]
            return 0

        def _escape_attributes(self, attribute: Any) -> Any:
            if type(attribute) is int or (type(attribute) is str and attribute.isalnum()):
                return attribute
            return super()._escape_attributes(attribute)

    class Strings(SharedStrings):  # type: ignore[misc]
        """The table of shared strings; the XML of short ones is kept, since a batch has the same ones over and over."""

        def _write_sst_strings(self) -> None:
            own = super()._write_si
            for text in self.string_table.string_array:
                if len(text) > _SHORT or text.startswith("<r>"):
                    own(text)
                else:
                    self.fh.write(_si(text))

    @lru_cache(maxsize=4096)
    def _si(text: str) -> str:
        one = SharedStrings()
        one.fh = StringIO()
        one._write_si(text)  # noqa: SLF001
        return str(one.fh.getvalue())

    class Pack(Packager):  # type: ignore[misc]
        def _create_package(self) -> list[Any]:
            self.workbook.parts = super()._create_package()
            return []

        def _write_shared_strings_file(self) -> None:
            strings = Strings()
            strings.string_table = self.workbook.str_table
            if self.workbook.str_table.count:
                strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001
                strings._assemble_xml_file()  # noqa: SLF001

    class Book(Workbook):  # type: ignore[misc]
        """A workbook in memory. `content` closes it; XlsxWriter's own archive, which knows no level, stays empty."""

        parts: Sequence[tuple[Any, str, bool]] = ()

        def __init__(self, options: dict[str, Any]) -> None:
            super().__init__(BytesIO(), {**options, "in_memory": True})

        def content(self) -> bytes:
            """Return the whole workbook."""
            self.close()
            archive = BytesIO()
            with ZipFile(archive, "w") as packed:
                for part, name, binary in self.parts:
                    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                    data = part.getvalue() if binary else part.getvalue().encode("utf-8")
                    packed.writestr(info, data, ZIP_DEFLATED, _LEVEL)
            return archive.getvalue()

        def _get_packager(self) -> Packager:
            return Pack()

        def add_format(self, properties: Mapping[str, Any] | None = None) -> Format:
            """Add a format: a copy of one that was made before, since each workbook has the same ones."""
            made = Format.__new__(Format)
            vars(made).update(_format(tuple((self.default_format_properties | dict(properties or {})).items())))
            made.xf_format_indices, made.dxf_format_indices = self.xf_format_indices, self.dxf_format_indices
            self.formats.append(made)
            return made

    @lru_cache(maxsize=512)
    def _format(properties: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
        made = Format(dict(properties))
        made._get_format_key()  # noqa: SLF001
        return dict(vars(made))

    return SimpleNamespace(Workbook=Book, Sheet=Sheet)


def _formula(start: str, formula: str, value: Any) -> str:
    """The XML of a cell with a formula and its cached value."""
    if isinstance(value, str):
        kind = "" if value == "" else ' t="e"' if value in _ERRORS else ' t="str"'
        return f"{start}{kind}><f>{_escaped(formula)}</f><v>{_escaped(value)}</v></c>"
    if isinstance(value, bool):
        return f'{start} t="b"><f>{_escaped(formula)}</f><v>{int(value)}</v></c>'
    return f"{start}><f>{_escaped(formula)}</f><v>{value}</v></c>"


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
