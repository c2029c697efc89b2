"""The sheet LKE: the table of Lampiran II, live, with the raters side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sakip_eval.documents.lke.figures import figures
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
    Head,
    Sheet,
    Styles,
    height,
    page,
    protect,
    title_row,
)
from sakip_eval.engine.result import Evaluation

_ONE = {"uraian": 50, "jawaban": 13, "status": 13, "nilai": 11, "persen": 8, "catatan": 30, "bukti": 22,
        "pemenuhan": 12.5, "usulan": 11, "alasan": 22}  # fmt: skip
_TWO = _ONE | {"uraian": 46, "jawaban": 12, "catatan": 26, "bukti": 18, "pemenuhan": 11, "alasan": 20}
_CENTERED = ("jawaban", "status", "usulan")
_NUMBERS = ("nilai", "persen", "pemenuhan", *HELPERS)
_LONGEST = "Belum lengkap: 11 dari 12 bagian dinilai; nilai akhir masih mungkin 70,00 sampai 82,50"
_GOOD, _WEAK = Fraction(80), Fraction(60)
"""Points from which an answer is filled as good, and below which as weak."""


def write_lke(sheet: Sheet, styles: Styles, layout: Layout, evaluations: Sequence[Evaluation], head: Head) -> None:
    """Write the sheet; one evaluation for each rater of the layout. `head` names agency and years."""
    _Sheet(sheet, styles, layout, evaluations).write(head)


class _Sheet:
    def __init__(self, sheet: Sheet, styles: Styles, layout: Layout, evaluations: Sequence[Evaluation]) -> None:
        self.sheet, self.styles, self.layout = sheet, styles, layout
        self.evaluations, self.rubric = evaluations, layout.rubric
        self.widths = _ONE if len(layout.blocks) == 1 else _TWO

    def write(self, head: Head) -> None:
        layout, sheet = self.layout, self.sheet
        self.columns()
        self.head(head)
        live = formulas(layout)
        values = figures(layout, self.evaluations)
        for row in layout.rows:
            self.row(row, live, values)
        for block in layout.blocks:
            self.choices(block)
            self.conditions(block)
        sheet.freeze_panes(ROW_FIRST, COLUMN_BOBOT + 1)
        page(sheet, header=(ROW_GROUP, ROW_HEADER))
        sheet.print_area(0, COLUMN_NO, layout.rows[-1].index, layout.last_visible_column)
        protect(sheet)

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

    def row(
        self, row: Row, live: Mapping[tuple[int, int], str], values: Mapping[tuple[int, int], Fraction | str]
    ) -> None:
        sheet, look, index = self.sheet, self.styles.get, row.index
        sheet.write_string(index, COLUMN_ID, row.id, look("text", "id"))
        sheet.write_string(index, COLUMN_NO, row.nomor, look(row.jenis, "center"))
        sheet.write_string(index, COLUMN_URAIAN, shown(row.uraian), look(row.jenis))
        if row.bobot is not None:
            sheet.write_number(index, COLUMN_BOBOT, float(row.bobot), look(row.jenis, "number"))
        else:
            sheet.write_blank(index, COLUMN_BOBOT, None, look(row.jenis, "number"))
        texts = [(row.uraian, self.widths["uraian"] * (0.9 if row.jenis != "kriteria" else 1))]
        for block, evaluation in zip(self.layout.blocks, self.evaluations, strict=True):
            said = answers(self.layout, evaluation.case, evaluation.penilai, row)
            free = self.layout.inputs(row)
            for key, column in block.columns.items():
                if key == "status" and column == block.columns.get("jawaban") and row.jenis != "kriteria":
                    continue
                if key == "jawaban" and row.jenis == "kriteria" and column == block.columns["status"]:
                    continue
                formula = live.get((index, column))
                style = look(row.jenis if key not in HELPERS else "text", _kind(key), free=key in free)
                if formula is not None:
                    value = values[index, column]
                    cached = float(value) if isinstance(value, Fraction) else value
                    sheet.write_formula(index, column, formula, style, cached)
                elif key == "usulan" and row.jenis == "kriteria":
                    proposed = evaluation.usulan.get(row.id)
                    self.put(index, column, STATUS[proposed.status] if proposed else None, style)
                elif key in free:
                    self.put(index, column, said.get(key), style)
                elif key not in HELPERS:
                    sheet.write_blank(index, column, None, style)
            texts += [(str(said[key]), self.widths[key]) for key in ("catatan", "bukti", "alasan") if key in said]
        if row.jenis == "rentang":
            texts.append((_LONGEST, self.widths["catatan"]))
        if (tall := height(*texts)) > height():
            sheet.set_row(index, tall)

    def put(self, row: int, column: int, value: Value, style: Any) -> None:
        if value is None:
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, Fraction):
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
            ranges = self.ranges(block, key)
            if ranges:
                listed = source if len(",".join(source)) <= 255 else f"={SKALA_JAWABAN}"
                options = {"validate": "list", "source": listed} | _refusal(f"Pilih salah satu {what}")
                sheet.data_validation(*ranges[0], options | {"other_cells": [list(r) for r in ranges[1:]]})
        for row in self.layout.rows:
            if "nilai" in self.layout.inputs(row) and row.bobot is not None:
                bounds = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": float(row.bobot)}
                words = f"Nilai dalam poin, 0 sampai {float(row.bobot):g}".replace(".", ",")
                sheet.data_validation(*self.ranges(block, "nilai", row)[0], bounds | _refusal(words))

    def ranges(self, block: Block, key: str, only: Row | None = None) -> list[tuple[int, int, int, int]]:
        """The free cells of a column as ranges of rows that stand below each other."""
        found: list[tuple[int, int, int, int]] = []
        if key not in block.columns:
            return found
        column = block.columns[key]
        for row in self.layout.rows if only is None else (only,):
            if key not in self.layout.inputs(row):
                continue
            if found and found[-1][2] == row.index - 1:
                found[-1] = (found[-1][0], column, row.index, column)
            else:
                found.append((row.index, column, row.index, column))
        return found

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
            self.fill(self.ranges(block, key), missing | grades | statuses)
        column = block.columns["nilai"]
        self.fill([(ROW_FIRST, column, self.layout.rows[-1].index, column)], {MISSING: [OPEN], WRONG: [UNKNOWN]})
        if "alasan" in block.columns and self.rubric.pada == "subkomponen":
            ranges = self.ranges(block, "alasan")
            answer, proposed = (address(ranges[0][0], block.columns[key]) for key in ("jawaban", "usulan"))
            differs = f'AND({answer}<>"",{proposed}<>"-",{answer}<>{proposed},{address(*ranges[0][:2])}="")'
            self.condition(ranges, f"={differs}", MISSING)

    def fill(self, ranges: list[tuple[int, int, int, int]], colors: Mapping[str, list[str]]) -> None:
        for color, texts in colors.items():
            if ranges and texts:
                cell = address(*ranges[0][:2])
                same = ",".join(f'{cell}="{text}"' for text in texts)
                self.condition(ranges, f"=OR({same})", color)

    def condition(self, ranges: list[tuple[int, int, int, int]], formula: str, color: str) -> None:
        cells = " ".join(f"{address(*r[:2])}:{address(*r[2:])}" for r in ranges)
        options = {"type": "formula", "criteria": formula, "format": self.styles.fill(color), "multi_range": cells}
        self.sheet.conditional_format(*ranges[0], options)


def _kind(key: str) -> str:
    return "center" if key in _CENTERED else "number" if key in _NUMBERS else "wrap"


def _refusal(words: str) -> dict[str, str]:
    return {"error_title": "Isian tidak dikenal", "error_message": f"{words}; kosongkan bila belum dinilai."}
