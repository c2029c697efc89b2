"""The sheet Ringkasan: the one-page form of Lampiran II, beside the previous year."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sakip_eval.documents.lke.catatan import notes
from sakip_eval.documents.lke.formulas import NO_PREDIKAT
from sakip_eval.documents.lke.inputs import shown
from sakip_eval.documents.lke.layout import LKE, NO_EARLIER, OPEN, RATER_NAMES, Layout, address
from sakip_eval.documents.lke.styles import Head, Sheet, Styles, height, page, protect, title_row
from sakip_eval.engine.result import Evaluation

LEAST, MOST = 10, 20
"""Fewest and most numbered lines for notes, and for recommendations; the form of Lampiran II has ten."""
_WIDTHS = (6, 62, 12, 22, 22)
_TEXT = sum(_WIDTHS[1:])
HEADER, FIRST = 6, 7
"""Rows: column headers, and the first komponen."""


def write_ringkasan(
    sheet: Sheet,
    styles: Styles,
    layout: Layout,
    evaluation: Evaluation,
    earlier: Evaluation | None,
    head: Head,
    *,
    blank: bool,
) -> None:
    """Write the form for one rater of the layout; its figures are those of the sheet LKE."""
    form = _Form(sheet, styles, layout, evaluation, earlier)
    form.head(head)
    form.figures()
    form.numbered("CATATAN", [] if blank else notes(evaluation), "lembar LKE")
    form.numbered("REKOMENDASI", [] if blank else [r.teks for r in evaluation.rekomendasi], "lembar Rekomendasi")
    page(sheet, landscape=False)
    sheet.fit_to_pages(1, 1)
    protect(sheet)


class _Form:
    def __init__(
        self, sheet: Sheet, styles: Styles, layout: Layout, evaluation: Evaluation, earlier: Evaluation | None
    ) -> None:
        self.sheet, self.look, self.layout = sheet, styles.get, layout
        self.evaluation, self.earlier, self.row = evaluation, earlier, 0
        self.columns = layout.block(evaluation.penilai).columns

    def head(self, head: Head) -> None:
        sheet = self.sheet
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        title_row(sheet)
        sheet.write_string(0, 0, "RINGKASAN HASIL EVALUASI AKUNTABILITAS KINERJA", self.look("title", "line"))
        for row, (formula, value) in enumerate(head, start=1):
            sheet.write_formula(row, 0, formula, self.look("heading", "line"), value)
        sheet.write_string(3, 0, RATER_NAMES[self.evaluation.penilai], self.look("note", "line"))
        if self.earlier is not None:
            sheet.write_string(4, 0, self.comparison(self.earlier), self.look("note", "line"))
        self.row = HEADER

    def comparison(self, earlier: Evaluation) -> str:
        words = f"Tahun sebelumnya: tahun kinerja {earlier.case.tahun_kinerja}, rubrik {earlier.rubric.id}"
        same = earlier.rubric.id == self.evaluation.rubric.id
        return words + ("." if same else "; rubriknya berbeda, nilai kedua tahun tidak setara.")

    def figures(self) -> None:
        sheet, look, evaluation, earlier = self.sheet, self.look, self.evaluation, self.earlier
        headers = ("No", "Komponen", "Bobot", "Nilai tahun sebelumnya", "Nilai")
        for column, name in enumerate(headers):
            sheet.write_string(self.row, column, name, look("header"))
        self.row += 1
        before = {k.nama.casefold(): k.nilai for k in earlier.komponen} if earlier else {}
        for komponen in evaluation.komponen:
            sheet.write_string(self.row, 0, komponen.id, look("cell", "center"))
            sheet.write_string(self.row, 1, komponen.nama, look("cell"))
            sheet.write_number(self.row, 2, float(komponen.bobot), look("cell", "number"))
            self.earlier_cell(before.get(komponen.nama.casefold(), NO_EARLIER), "cell")
            self.linked(komponen.id, komponen.nilai, "cell")
        sheet.write_blank(self.row, 0, None, look("total"))
        sheet.write_string(self.row, 1, "NILAI AKUNTABILITAS KINERJA", look("total"))
        sheet.write_number(self.row, 2, float(sum(k.bobot for k in evaluation.komponen)), look("total", "number"))
        self.earlier_cell(earlier.nilai if earlier else NO_EARLIER, "total")
        self.linked("total", evaluation.nilai, "total")
        sheet.write_blank(self.row, 0, None, look("predikat"))
        sheet.write_string(self.row, 1, "PREDIKAT", look("predikat"))
        sheet.write_blank(self.row, 2, None, look("predikat"))
        self.earlier_cell(_predikat(earlier) if earlier else NO_EARLIER, "predikat")
        self.linked("predikat", _predikat(evaluation), "predikat")

    def earlier_cell(self, value: Fraction | str | None, look: str) -> None:
        self.put(3, value, look)

    def put(self, column: int, value: Fraction | str | None, look: str) -> None:
        if isinstance(value, Fraction):
            self.sheet.write_number(self.row, column, float(value), self.look(look, "number"))
        else:
            self.sheet.write_string(self.row, column, OPEN if value is None else value, self.look(look, "number"))

    def linked(self, name: str, value: Fraction | str | None, look: str) -> None:
        """Show a figure of the sheet LKE, then go to the next row."""
        cell = address(self.layout.row_by_id[name].index, self.columns["nilai"])
        cached: Any = OPEN if value is None else float(value) if isinstance(value, Fraction) else value
        formula = f'=IF({LKE}!{cell}="","{OPEN}",{LKE}!{cell})'
        self.sheet.write_formula(self.row, 4, formula, self.look(look, "number"), cached)
        self.row += 1

    def numbered(self, title: str, texts: Sequence[str], rest: str) -> None:
        """Write ten numbered lines or more; what would be too many for one page is named, not dropped in silence."""
        sheet, look = self.sheet, self.look
        self.row += 1
        sheet.write_string(self.row, 0, title, look("heading", "line"))
        self.row += 1
        lines = [shown(text) for text in texts[:MOST]]
        lines += [OPEN] * (LEAST - len(lines))
        for number, text in enumerate(lines, start=1):
            sheet.write_string(self.row, 0, str(number), look("cell", "center"))
            sheet.merge_range(self.row, 1, self.row, 4, "", look("cell"))
            sheet.write_string(self.row, 1, text, look("cell"))
            sheet.set_row(self.row, height((text, _TEXT)))
            self.row += 1
        if len(texts) > MOST:
            sheet.write_string(self.row, 1, f"dan {len(texts) - MOST} lagi pada {rest}", look("note", "line"))
            self.row += 1


def _predikat(evaluation: Evaluation) -> str:
    if evaluation.predikat is not None:
        return evaluation.predikat.predikat
    return NO_PREDIKAT if evaluation.lengkap else OPEN
