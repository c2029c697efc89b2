"""The sheet Grafik: a radar of percentages and columns of points, drawn by the spreadsheet from the live sheet LKE.

The charts read a small table in hidden columns of this sheet, which reads the sheet LKE: what nobody has judged is
`#N/A` there, which charts leave open, while an empty text would be drawn as zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sakip_eval.documents.lke.figures import Figure
from sakip_eval.documents.lke.formulas import rounded
from sakip_eval.documents.lke.inputs import shown
from sakip_eval.documents.lke.layout import (
    COLUMN_BOBOT,
    GRAFIK,
    LKE,
    OPEN,
    RATER_NAMES,
    Block,
    Layout,
    Row,
    address,
)
from sakip_eval.documents.lke.precision import guard
from sakip_eval.documents.lke.styles import FONT, Head, Sheet, Styles, page, protect, title_row

LEAST = 3
"""A radar has at least three corners."""
MISSING = "#N/A"
PARTS, POINTS = 20, 24
"""First hidden columns of the two tables: parts with their percentages, and komponen with their points."""
HEADER, FIRST = 0, 1
"""Rows of the hidden tables: header, first part."""
SERIES = ("Diperoleh", "Belum dinilai", "Hilang")
"""The points of a komponen: certain, still open, and lost for certain. Together they are its bobot."""
RADAR_TITLE, POINTS_TITLE = "Capaian per {part} (persen dari bobot)", "Poin yang diperoleh dan hilang per komponen"

_CHART, _TALL, _ROW = 6, 26, 21
"""First row of the charts, how many rows they take, and the height of a row in pixels."""
_COLUMNS, _COLUMN = 10, 100
"""Visible columns, and their width in pixels."""
_A4 = 9
_DARK, _MIDDLE, _LIGHT = "#1F3864", "#7F7F7F", "#BFBFBF"
_LINES = {
    "mandiri": {"color": _MIDDLE, "width": 1.5, "dash_type": "dash"},
    "evaluator": {"color": _DARK, "width": 2.25},
}
_MARKERS = {
    "mandiri": {"type": "diamond", "size": 7, "border": {"color": _MIDDLE}, "fill": {"color": "white"}},
    "evaluator": {"type": "circle", "size": 6, "border": {"color": _DARK}, "fill": {"color": _DARK}},
}
_FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": _DARK}, "border": {"color": _DARK}},
    {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": _LIGHT, "bg_color": "white"},
        "border": {"color": _MIDDLE, "dash_type": "dash"},
    },
    {"fill": {"color": "white"}, "border": {"color": _DARK}},
)
_LABELS = ("white", "black", "black")

Chart = Any
Values = Mapping[tuple[int, int], Figure]


def radar_parts(layout: Layout) -> list[Row]:
    """Return the rows that are corners of the radar: subkomponen, or komponen where points are given to these.

    Empty where there are too few for a radar.
    """
    jenis = "komponen" if layout.rubric.pada == "komponen" else "subkomponen"
    parts = [row for row in layout.rows if row.jenis == jenis]
    return parts if len(parts) >= LEAST else []


def write_grafik(
    sheet: Sheet, styles: Styles, layout: Layout, values: Values, head: Head, chart: Callable[[dict[str, str]], Chart]
) -> None:
    """Write the sheet; `values` are the figures of the sheet LKE, and `chart` makes an empty chart of the workbook.

    The radar has a line for each rater; the columns are those of the last rater (the evaluator, where there is one).
    """
    _Sheet(sheet, styles, layout, values, chart).write(head)


class _Sheet:
    def __init__(
        self,
        sheet: Sheet,
        styles: Styles,
        layout: Layout,
        values: Values,
        chart: Callable[[dict[str, str]], Chart],
    ) -> None:
        self.sheet, self.styles, self.layout, self.rubric = sheet, styles, layout, layout.rubric
        self.values, self.chart, self.main = values, chart, layout.blocks[-1]
        digits = self.rubric.rounding.digits
        self.number = "0." + "0" * digits if digits else "0"

    def write(self, head: Head) -> None:
        sheet, parts = self.sheet, radar_parts(self.layout)
        sheet.hide_gridlines(2)
        for row in range(_CHART, _CHART + _TALL):
            sheet.set_row_pixels(row, _ROW)  # LibreOffice makes empty rows lower than Excel, and charts with them.
        sheet.set_column_pixels(0, _COLUMNS - 1, _COLUMN)
        sheet.set_column(PARTS, POINTS + len(SERIES), 12, None, {"hidden": True})
        self.head(head)
        half = _COLUMNS // 2
        if parts:
            self.place(self.radar(parts), 0, half, f"Radar: {self.radar_title(parts)}")
        self.place(self.columns(), half if parts else 0, half if parts else _COLUMNS, POINTS_TITLE)
        gap = "celah pada radar dan " if parts else ""
        note = (
            f"Grafik mengikuti isian lembar LKE. Yang belum dinilai bukan nol: tampak sebagai {gap}bidang bergaris."
        )
        sheet.write_string(_CHART + _TALL, 0, note, self.styles.get("note", "line"))
        page(sheet)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 1)
        sheet.center_horizontally()
        sheet.print_area(0, 0, _CHART + _TALL, _COLUMNS - 1)
        protect(sheet)

    def head(self, head: Head) -> None:
        sheet, line = self.sheet, self.styles.get("note", "line")
        title_row(sheet)
        sheet.write_string(0, 0, "GRAFIK HASIL EVALUASI AKUNTABILITAS KINERJA", self.styles.get("title", "line"))
        for row, (formula, value) in enumerate(head, start=1):
            sheet.write_formula(row, 0, formula, self.styles.get("heading", "line"), value)
        rows = self.layout.row_by_id
        total, predikat = rows["total"], rows["predikat"]
        rater = RATER_NAMES[self.main.rater]
        words = f"{rater}: nilai ", "; predikat "
        formula = (
            f'="{words[0]}"&{self.printed(self.cell(total, "nilai"))}&"{words[1]}"&{self.cell(predikat, "nilai")}'
        )
        figure, name = self.value(total, "nilai"), self.value(predikat, "nilai")
        sheet.write_formula(3, 0, formula, line, f"{words[0]}{self.said(figure)}{words[1]}{name}")
        complete = rows["rentang"]
        sheet.write_formula(4, 0, f"={self.cell(complete, 'catatan')}", line, self.value(complete, "catatan"))

    # The sheet LKE, seen from here ---------------------------------------------------------------------------------

    def cell(self, row: Row, key: str, block: Block | None = None) -> str:
        return f"{LKE}!{address(row.index, (block or self.main).columns[key])}"

    def value(self, row: Row, key: str, block: Block | None = None) -> Figure:
        return self.values[row.index, (block or self.main).columns[key]]

    def printed(self, cell: str) -> str:
        """A figure as text, rounded as the rubric does; a text, such as "Belum Diisi", as it is."""
        return f"IF(ISNUMBER({cell}),FIXED({rounded(self.rubric, cell)},{self.rubric.rounding.digits},TRUE),{cell})"

    def said(self, value: Figure) -> str:
        return value if isinstance(value, str) else self.rubric.rounding.format(value).replace(".", ",")

    # The charts ----------------------------------------------------------------------------------------------------

    def radar_title(self, parts: Sequence[Row]) -> str:
        return RADAR_TITLE.format(part=parts[0].jenis)

    def radar(self, parts: Sequence[Row]) -> Chart:
        """The radar of percentages; the names of its corners say the figures too."""
        blocks = self.layout.blocks
        self.table(PARTS, ["Bagian", *(RATER_NAMES[block.rater] for block in blocks)])
        labels: list[str] = []
        drawn: list[list[float | None]] = [[] for _ in blocks]
        for index, row in enumerate(parts, start=FIRST):
            figures = [self.value(row, "persen", block) for block in blocks]
            cells = [self.cell(row, "persen", block) for block in blocks]
            name = self.corner(row)
            texts = [f'IF(ISNUMBER({c}),FIXED({rounded(self.rubric, c)},{self.rubric.rounding.digits},TRUE),"{OPEN}")'
                     for c in cells]  # fmt: skip
            labels.append(f"{name}\n" + " / ".join(self.said(f) if f != "" else OPEN for f in figures))
            quoted = name.replace('"', '""')
            self.live(index, PARTS, f'="{quoted}"&CHAR(10)&' + '&" / "&'.join(texts), labels[-1])
            for at, (cell, figure) in enumerate(zip(cells, figures, strict=True)):
                known = float(figure) if isinstance(figure, Fraction) else None
                drawn[at].append(known)
                self.live(
                    index, PARTS + 1 + at, f"=IF(ISNUMBER({cell}),{cell},NA())", MISSING if known is None else known
                )
        chart = self.chart({"type": "radar", "subtype": "with_markers"})
        for at, block in enumerate(blocks):
            look = {"line": _LINES[block.rater], "marker": _MARKERS[block.rater]}
            self.series(chart, PARTS, 1 + at, labels, drawn[at], look)
        chart.set_x_axis({"num_font": _font(8), "major_gridlines": {"visible": True, "line": {"color": _LIGHT}}})
        chart.set_y_axis(
            {"min": 0, "max": 100, "major_unit": 20, "num_format": "0", "num_font": _font(8, color=_MIDDLE),
             "major_gridlines": {"visible": True, "line": {"color": _LIGHT, "width": 0.75}}}
        )  # fmt: skip
        self.dress(chart, self.radar_title(parts), legend=len(blocks) > 1)
        return chart

    def columns(self) -> Chart:
        """Points that each komponen has for certain, can still win, and has lost."""
        rubric, keep = self.rubric, guard(self.rubric)
        self.table(POINTS, ["Komponen", *SERIES])
        komponen = [row for row in self.layout.rows if row.jenis == "komponen"]
        names = {k.id: k.nama for k in rubric.komponen}
        labels: list[str] = []
        drawn: list[list[float | None]] = [[] for _ in SERIES]
        for index, row in enumerate(komponen, start=FIRST):
            low, high = (self.value(row, key) for key in ("bawah", "atas"))
            assert isinstance(low, Fraction) and isinstance(high, Fraction) and row.bobot is not None  # noqa: PT018
            least, most = rubric.rounding.apply(low), rubric.rounding.apply(high)
            at_least, at_most = (rounded(rubric, self.cell(row, key)) for key in ("bawah", "atas"))
            bobot = f"{LKE}!{address(row.index, COLUMN_BOBOT)}"
            labels.append(f"{row.id}. {shown(names[row.id])}")
            self.sheet.write_string(index, POINTS, labels[-1], self.styles.get("text", "line"))
            parts = (at_least, f"{at_most}-{at_least}", f"{bobot}-{at_most}")
            for at, (text, value) in enumerate(zip(parts, (least, most - least, row.bobot - most), strict=True)):
                drawn[at].append(float(value))
                self.live(index, POINTS + 1 + at, f"=ROUND({text},{keep})", float(value))
        chart = self.chart({"type": "column", "subtype": "stacked"})
        for at, look in enumerate(_FILLS):
            shown_labels = {"value": True, "num_format": f"{self.number};;;", "font": _font(8, color=_LABELS[at])}
            self.series(chart, POINTS, 1 + at, labels, drawn[at], {**look, "data_labels": shown_labels, "gap": 60})
        chart.set_x_axis({"num_font": _font(8)})
        chart.set_y_axis(
            {"name": "Poin", "name_font": _font(9), "min": 0, "num_format": "0", "num_font": _font(8),
             "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}}
        )  # fmt: skip
        whose = f" ({RATER_NAMES[self.main.rater].lower()})" if len(self.layout.blocks) > 1 else ""
        self.dress(chart, POINTS_TITLE + whose, legend=True)
        return chart

    def table(self, column: int, headers: Iterable[str]) -> None:
        for at, name in enumerate(headers, start=column):
            self.sheet.write_string(HEADER, at, name, self.styles.get("text", "line"))

    def live(self, row: int, column: int, formula: str, value: float | str) -> None:
        self.sheet.write_formula(row, column, formula, self.styles.get("text", "line"), value)

    def series(
        self,
        chart: Chart,
        table: int,
        at: int,
        labels: Sequence[str],
        values: Sequence[float | None],
        look: dict[str, Any],
    ) -> None:
        """Bind a series to a column of a table. Its cached values are given: XlsxWriter would cache `#N/A` as 0."""
        last = FIRST + len(labels) - 1
        chart.add_series(
            {
                "name": [GRAFIK, HEADER, table + at],
                "categories": [GRAFIK, FIRST, table, last, table],
                "values": [GRAFIK, FIRST, table + at, last, table + at],
                "categories_data": list(labels),
                "values_data": list(values),
                **look,
            }
        )

    def dress(self, chart: Chart, title: str, *, legend: bool) -> None:
        chart.set_title({"name": title, "name_font": _font(11, bold=True), "overlay": False})
        chart.set_legend({"position": "bottom", "font": _font(9)} if legend else {"none": True})
        chart.set_chartarea({"border": {"color": _LIGHT}, "fill": {"color": "white"}})
        chart.show_blanks_as("gap")
        chart.show_na_as_empty_cell()
        chart.show_hidden_data()

    def place(self, chart: Chart, column: int, wide: int, words: str) -> None:
        chart.set_size({"width": wide * _COLUMN - 8, "height": (_TALL - 1) * _ROW})
        self.sheet.insert_chart(
            _CHART,
            column,
            chart,
            {"x_offset": 4, "object_position": 2, "description": f"{words}, menurut lembar LKE"},
        )

    def corner(self, row: Row) -> str:
        """The short name of a corner: its id and what it looks at, or the name of the komponen."""
        sub = self.rubric.subkomponen_by_id.get(row.id)
        name = sub.dimensi.replace("_", " ") if sub else self.rubric.komponen_by_id[row.id].nama
        return shown(f"{row.id} {name}")


def _font(size: int, *, bold: bool = False, color: str = "black") -> dict[str, Any]:
    return {"name": FONT, "size": size, "bold": bold, "color": color}
