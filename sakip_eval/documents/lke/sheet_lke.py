"""The sheet LKE: the table of Lampiran II, live, with the raters side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sakip_eval.case.case import Rater
from sakip_eval.documents.lke.figures import Figure, figures
from sakip_eval.documents.lke.formulas import SKALA_JAWABAN, formulas
from sakip_eval.documents.lke.inputs import Value, answers, shown
from sakip_eval.documents.lke.layout import (
    COLUMN_BOBOT,
    COLUMN_ID,
    COLUMN_NO,
    COLUMN_URAIAN,
    HEADERS,
    HELPERS,
    OPEN,
    RATER_NAMES,
    ROW_FIRST,
    ROW_GROUP,
    ROW_HEADER,
    ROW_RUBRIC,
    ROW_TITLE,
    ROW_UNIT,
    ROW_YEAR,
    STATUS,
    UNKNOWN,
    Block,
    Layout,
    Row,
    address,
)
from sakip_eval.documents.lke.styles import (
    GOOD,
    MIDDLE,
    MISSING,
    WEAK,
    WRONG,
    Format,
    Head,
    Sheet,
    Styles,
    height,
    height_of,
    lines,
    page,
    protect,
    title_row,
)
from sakip_eval.engine.result import Evaluation

_ONE = {"uraian": 50, "jawaban": 13, "status": 13, "nilai": 11, "persen": 8, "catatan": 30, "bukti": 22,
        "pemenuhan": 12.5, "usulan": 11, "alasan": 22}  # fmt: skip
_TWO = _ONE | {"uraian": 46, "jawaban": 12, "catatan": 26, "bukti": 18, "pemenuhan": 11, "alasan": 20}
_WRAPPED = ("catatan", "bukti", "alasan")
_CENTERED = ("jawaban", "status", "usulan")
_NUMBERS = ("nilai", "persen", "pemenuhan", *HELPERS)
_LONGEST = "Belum lengkap: 11 dari 12 bagian dinilai; nilai akhir masih mungkin 70,00 sampai 82,50"
_GOOD, _WEAK = Fraction(80), Fraction(60)
"""Points from which an answer is filled as good, and below which as weak."""

Range = tuple[int, int, int, int]
"""First row and column, last row and column."""


def write_lke(
    sheet: Sheet, styles: Styles, layout: Layout, evaluations: Sequence[Evaluation], head: Head
) -> Mapping[tuple[int, int], Figure]:
    """Write the sheet; one evaluation for each rater of the layout. `head` names agency and years.

    Return the figures that its formulas have by row and column.
    """
    return _Sheet(sheet, styles, layout, evaluations).write(head)


class _Sheet:
    def __init__(self, sheet: Sheet, styles: Styles, layout: Layout, evaluations: Sequence[Evaluation]) -> None:
        self.sheet, self.styles, self.layout = sheet, styles, layout
        self.evaluations, self.rubric = evaluations, layout.rubric
        self.widths = _ONE if len(layout.blocks) == 1 else _TWO

    def write(self, head: Head) -> Mapping[tuple[int, int], Figure]:
        layout, sheet = self.layout, self.sheet
        self.columns()
        self.head(head)
        values = figures(layout, self.evaluations)
        plan = _plan(layout)
        looks = [self.styles.get(look, kind, free=free) for look, kind, free in plan.looks]
        for row in plan.rows:
            self.row(row, looks, values)
        for block in layout.blocks:
            self.choices(block)
            self.conditions(block)
        sheet.freeze_panes(ROW_FIRST, COLUMN_BOBOT + 1)
        page(sheet, header=(ROW_GROUP, ROW_HEADER))
        sheet.print_area(0, COLUMN_NO, layout.rows[-1].index, layout.last_visible_column)
        protect(sheet)
        return values

    def columns(self) -> None:
        sheet = self.sheet
        sheet.set_column(COLUMN_ID, COLUMN_ID, 8, None, {"hidden": True})
        sheet.set_column(COLUMN_NO, COLUMN_NO, 6)
        sheet.set_column(COLUMN_URAIAN, COLUMN_URAIAN, self.widths["uraian"])
        sheet.set_column(COLUMN_BOBOT, COLUMN_BOBOT, 8)
        for block in self.layout.blocks:
            for key in block.visible:
                sheet.set_column(block.columns[key], block.columns[key], self.widths[key])
            for key in HELPERS:
                sheet.set_column(block.columns[key], block.columns[key], 9, None, {"hidden": True})

    def head(self, head: Head) -> None:
        sheet, styles = self.sheet, self.styles
        title = "LEMBAR KERJA EVALUASI AKUNTABILITAS KINERJA INSTANSI PEMERINTAH"
        title_row(sheet)
        sheet.write_string(ROW_TITLE, COLUMN_NO, title, styles.get("title", "line"))
        rubric = f"{self.rubric.nama} (rubrik {self.rubric.id} versi {self.rubric.versi})"
        sheet.write_string(ROW_RUBRIC, COLUMN_NO, rubric, styles.get("note", "line"))
        for row, (formula, value) in zip((ROW_UNIT, ROW_YEAR), head, strict=True):
            sheet.write_formula(row, COLUMN_NO, formula, styles.get("heading", "line"), value)
        header = styles.get("header")
        for column, key in ((COLUMN_ID, "id"), (COLUMN_NO, "no"), (COLUMN_URAIAN, "uraian"), (COLUMN_BOBOT, "bobot")):
            sheet.write_blank(ROW_GROUP, column, None, header)
            sheet.write_string(ROW_HEADER, column, HEADERS.get(key, key), header)
        for block in self.layout.blocks:
            shown_columns = [block.columns[key] for key in block.visible]
            sheet.merge_range(
                ROW_GROUP, shown_columns[0], ROW_GROUP, shown_columns[-1], RATER_NAMES[block.rater], header
            )
            for key in (*block.visible, *HELPERS):
                sheet.write_string(ROW_HEADER, block.columns[key], HEADERS[key], header)
        sheet.set_row(ROW_HEADER, height(("a b", 1)))

    def row(self, plan: _Row, looks: Sequence[Format], values: Mapping[tuple[int, int], Figure]) -> None:
        sheet, row, index = self.sheet, plan.row, plan.row.index
        for column, text, look in plan.texts:
            sheet.write_string(index, column, text, looks[look])
        if row.bobot is not None:
            sheet.write_number(index, COLUMN_BOBOT, float(row.bobot), looks[plan.bobot])
        else:
            sheet.write_blank(index, COLUMN_BOBOT, None, looks[plan.bobot])
        tall = plan.lines
        for cells, evaluation in zip(plan.cells, self.evaluations, strict=True):
            said = answers(self.layout, evaluation.case, evaluation.penilai, row)
            for column, look, kind, text in cells:
                if kind == _FORMULA:
                    value = values[index, column]
                    sheet.write_formula(
                        index, column, text, looks[look], value if isinstance(value, str) else float(value)
                    )
                elif kind == _FREE and text in said:
                    self.put(index, column, said[text], looks[look])
                elif kind == _PROPOSED and row.id in evaluation.usulan:
                    sheet.write_string(index, column, STATUS[evaluation.usulan[row.id].status], looks[look])
                else:
                    sheet.write_blank(index, column, None, looks[look])
            for key in _WRAPPED:
                if key in said:
                    tall = max(tall, lines(str(said[key]), self.widths[key]))
        if tall > 1:
            sheet.set_row(index, height_of(tall))

    def put(self, row: int, column: int, value: Value, style: Any) -> None:
        if isinstance(value, Fraction):
            self.sheet.write_number(row, column, float(value), style)
        else:
            self.sheet.write_string(row, column, str(value), style)

    def choices(self, block: Block) -> None:
        """Dropdowns for answers and statuses, and bounds for points given by hand."""
        sheet, rubric = self.sheet, self.rubric
        for key, source, what in (
            ("jawaban", [step.jawaban for step in rubric.skala], "jawaban pada skala"),
            ("status", [STATUS[name] for name in rubric.statuses], "status kriteria"),
        ):
            ranges = _ranges(self.layout, block.rater, key)
            if ranges:
                listed = source if len(",".join(source)) <= 255 else f"={SKALA_JAWABAN}"
                options = {"validate": "list", "source": listed} | _refusal(f"Pilih salah satu {what}")
                sheet.data_validation(*ranges[0], options | {"other_cells": [list(r) for r in ranges[1:]]})
        for row in self.layout.rows:
            if "nilai" in self.layout.inputs(row) and row.bobot is not None:
                bounds = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": float(row.bobot)}
                words = f"Nilai dalam poin, 0 sampai {float(row.bobot):g}".replace(".", ",")
                place = row.index, block.columns["nilai"]
                sheet.data_validation(*place, *place, bounds | _refusal(words))

    def conditions(self, block: Block) -> None:
        """Fill what is missing, grades by their points, and statuses that lose points."""
        steps = self.rubric.skala
        good = [s.jawaban for s in steps if s.poin >= _GOOD]
        weak = [s.jawaban for s in steps if s.poin < _WEAK]
        middle = [s.jawaban for s in steps if _WEAK <= s.poin < _GOOD]
        for key in ("jawaban", "status", "nilai"):
            missing = {} if key == "status" and self.rubric.dengan != "status" else {MISSING: [""]}
            grades = {GOOD: good, MIDDLE: middle, WEAK: weak} if key == "jawaban" else {}
            statuses = {MIDDLE: [STATUS["sebagian"]], WEAK: [STATUS["tidak"]]} if key == "status" else {}
            self.fill(_ranges(self.layout, block.rater, key), missing | grades | statuses)
        column = block.columns["nilai"]
        self.fill([(ROW_FIRST, column, self.layout.rows[-1].index, column)], {MISSING: [OPEN], WRONG: [UNKNOWN]})
        if "alasan" in block.columns and self.rubric.pada == "subkomponen":
            ranges = _ranges(self.layout, block.rater, "alasan")
            answer, proposed = (address(ranges[0][0], block.columns[key]) for key in ("jawaban", "usulan"))
            differs = f'AND({answer}<>"",{proposed}<>"-",{answer}<>{proposed},{address(*ranges[0][:2])}="")'
            self.condition(ranges, f"={differs}", MISSING)

    def fill(self, ranges: Sequence[Range], colors: Mapping[str, list[str]]) -> None:
        for color, texts in colors.items():
            if ranges and texts:
                cell = address(*ranges[0][:2])
                same = ",".join(f'{cell}="{text}"' for text in texts)
                self.condition(ranges, f"=OR({same})", color)

    def condition(self, ranges: Sequence[Range], formula: str, color: str) -> None:
        cells = " ".join(f"{address(*r[:2])}:{address(*r[2:])}" for r in ranges)
        options = {"type": "formula", "criteria": formula, "format": self.styles.fill(color), "multi_range": cells}
        self.sheet.conditional_format(*ranges[0], options)


@lru_cache(maxsize=512)
def _ranges(layout: Layout, rater: Rater, key: str) -> tuple[Range, ...]:
    """The free cells of a column as ranges of rows that stand below each other."""
    columns, found = layout.block(rater).columns, list[Range]()
    if key not in columns:
        return ()
    column = columns[key]
    for row in layout.rows:
        if key not in layout.inputs(row):
            continue
        if found and found[-1][2] == row.index - 1:
            found[-1] = (found[-1][0], column, row.index, column)
        else:
            found.append((row.index, column, row.index, column))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Row:
    """What is the same in a row of every workbook of a layout; `int` looks point into `_Plan.looks`.

    `texts` has column, text and look; `cells` has for each rater the column, look, kind (`_FORMULA` with its formula,
    `_FREE` with its key, `_BLANK`, `_PROPOSED`) of each cell; `lines` is how many lines the wording takes.
    """

    row: Row
    texts: tuple[tuple[int, str, int], ...]
    bobot: int
    cells: tuple[tuple[tuple[int, int, int, str], ...], ...]
    lines: int


@dataclass(frozen=True, slots=True)
class _Plan:
    rows: tuple[_Row, ...]
    looks: tuple[tuple[str, str, bool], ...]


_FORMULA, _FREE, _BLANK, _PROPOSED = range(4)


@lru_cache(maxsize=64)
def _plan(layout: Layout) -> _Plan:
    """Prepare the rows of a layout once for all its workbooks."""
    live, looks = formulas(layout), dict[tuple[str, str, bool], int]()
    widths = _ONE if len(layout.blocks) == 1 else _TWO

    def look(name: str, kind: str = "wrap", *, free: bool = False) -> int:
        return looks.setdefault((name, kind, free), len(looks))

    def cells(row: Row, block: Block) -> Iterator[tuple[int, int, int, str]]:
        free = layout.inputs(row)
        for key, column in block.columns.items():
            if key == "status" and column == block.columns.get("jawaban") and row.jenis != "kriteria":
                continue
            if key == "jawaban" and row.jenis == "kriteria" and column == block.columns["status"]:
                continue
            style = look(row.jenis if key not in HELPERS else "text", _kind(key), free=key in free)
            formula = live.get((row.index, column))
            if formula is not None:
                yield column, style, _FORMULA, formula
            elif key == "usulan" and row.jenis == "kriteria":
                yield column, style, _PROPOSED, key
            elif key in free:
                yield column, style, _FREE, key
            elif key not in HELPERS:
                yield column, style, _BLANK, key

    rows: list[_Row] = []
    for row in layout.rows:
        texts = (
            (COLUMN_ID, row.id, look("text", "id")),
            (COLUMN_NO, row.nomor, look(row.jenis, "center")),
            (COLUMN_URAIAN, shown(row.uraian), look(row.jenis)),
        )
        bobot = look(row.jenis, "number")
        tall = lines(row.uraian, widths["uraian"] * (0.9 if row.jenis != "kriteria" else 1))
        if row.jenis == "rentang":
            tall = max(tall, lines(_LONGEST, widths["catatan"]))
        rows.append(_Row(row, texts, bobot, tuple(tuple(cells(row, block)) for block in layout.blocks), tall))
    return _Plan(tuple(rows), tuple(looks))


def _kind(key: str) -> str:
    return "center" if key in _CENTERED else "number" if key in _NUMBERS else "wrap"


def _refusal(words: str) -> dict[str, str]:
    return {"error_title": "Isian tidak dikenal", "error_message": f"{words}; kosongkan bila belum dinilai."}
