"""The LKE workbook of one case: all sheets, as bytes. The same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sakip_eval.case.case import Case, Instansi, Penilaian, Rater
from sakip_eval.documents.extras import require
from sakip_eval.documents.lke import layout as names
from sakip_eval.documents.lke import quick
from sakip_eval.documents.lke.inputs import shown
from sakip_eval.documents.lke.layout import IDENTITAS_FIRST, IDENTITAS_VALUE, Layout, address, layout
from sakip_eval.documents.lke.sheet_data import write_data
from sakip_eval.documents.lke.sheet_grafik import Values, write_grafik
from sakip_eval.documents.lke.sheet_hasil import write_rekomendasi, write_temuan
from sakip_eval.documents.lke.sheet_isian import write_bukti, write_identitas
from sakip_eval.documents.lke.sheet_lke import write_lke
from sakip_eval.documents.lke.sheet_petunjuk import write_petunjuk
from sakip_eval.documents.lke.sheet_ringkasan import write_ringkasan
from sakip_eval.documents.lke.styles import Head, Styles
from sakip_eval.engine.evaluate import evaluate
from sakip_eval.engine.result import Evaluation
from sakip_eval.rubric.rubric import Rubric

RATERS: tuple[Rater, ...] = ("mandiri", "evaluator")
"""Raters in the order of their columns."""
_OPTIONS = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def workbook(evaluations: Sequence[Evaluation], *, earlier: Evaluation | None = None, blank: bool = False) -> bytes:
    """Return the workbook (.xlsx) of one case; `evaluations` has one for each rater whose columns are wanted.

    Temuan, Rekomendasi and Ringkasan are those of the evaluator where there is one. `earlier` is the evaluation of
    the previous year, for Ringkasan. `blank` leaves every input cell empty. Raises `SakipError` (D801) where
    XlsxWriter is not installed, `ValueError` where the evaluations are not of one case or of one rater twice.
    """
    ordered = _ordered(evaluations)
    main, rubric = ordered[-1], ordered[-1].rubric
    table = layout(rubric, tuple(e.penilai for e in ordered))
    book = Book(rubric)
    petunjuk, identitas, lke, bukti, temuan, rekomendasi, ringkasan, grafik, data = map(book.sheet, names.SHEETS)
    book.petunjuk(petunjuk, rubric)
    write_identitas(identitas, book.styles, table, main.case, blank=blank)
    head = _head(table, main.case, blank=blank)
    values = book.lke(lke, table, ordered, head)
    write_bukti(bukti, book.styles, table, main.case, blank=blank)
    write_temuan(temuan, book.styles, main, blank=blank)
    write_rekomendasi(rekomendasi, book.styles, main, blank=blank)
    write_ringkasan(ringkasan, book.styles, table, main, earlier, head, blank=blank)
    book.grafik(grafik, table, values, head)
    write_data(data, table, main, blank=blank)
    (petunjuk if blank else lke).activate()
    return book.close(_properties(main, blank=blank))


def blank_form(rubric: Rubric, penilai: Rater = "evaluator") -> bytes:
    """Return an empty workbook of a rubric for one rater to fill in. Raises as `workbook`."""
    # Without rules: they would propose "tidak" everywhere, since no evidence is listed yet.
    rubric, year = replace(rubric, rules=(), packs_on=()), rubric.berlaku_sejak.year
    case = Case(Instansi("-", None, "-", None), year, year, rubric.id, penilaian={penilai: Penilaian()})
    return workbook([evaluate(rubric, case, penilai)], blank=True)


class Book:
    """A workbook in the making: several LKE sheets, each with its sheet Petunjuk, may stand in one."""

    def __init__(self, rubric: Rubric) -> None:
        require("office", "Penulisan lembar kerja Excel")
        self._workbook = quick.classes().Workbook(_OPTIONS)
        self.styles = Styles(self._workbook, rubric.rounding.digits)
        self._ranges: dict[str, str] = {}

    def sheet(self, name: str) -> Any:
        """Add an empty sheet."""
        return self._workbook.add_worksheet(name, quick.classes().Sheet)

    def petunjuk(self, sheet: Any, rubric: Rubric) -> None:
        """Write a sheet Petunjuk, whose tables the LKE sheets written next look into."""
        found = write_petunjuk(sheet, self.styles, rubric)
        self._ranges = {name: f"'{sheet.get_name()}'!{cells}" for name, cells in found.items()}

    def lke(self, sheet: Any, table: Layout, evaluations: Sequence[Evaluation], head: Head) -> Values:
        """Write a sheet LKE, with names of its own for the tables of the last sheet Petunjuk; return its figures."""
        for name, cells in self._ranges.items():
            self._workbook.define_name(f"'{sheet.get_name()}'!{name}", f"={cells}")
        return write_lke(sheet, self.styles, table, evaluations, head)

    def grafik(self, sheet: Any, table: Layout, values: Values, head: Head) -> None:
        """Write the sheet Grafik, whose charts show these figures of the sheet LKE."""
        write_grafik(sheet, self.styles, table, values, head, self._workbook.add_chart)

    def close(self, properties: dict[str, Any]) -> bytes:
        """Return the whole workbook."""
        self._workbook.set_properties(properties)
        content: bytes = self._workbook.content()
        return content


def _ordered(evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    raters = [e.penilai for e in evaluations]
    if not raters or len(set(raters)) < len(raters) or any(e.case != evaluations[0].case for e in evaluations):
        raise ValueError("satu buku kerja memuat satu kasus, setiap penilai sekali")
    return sorted(evaluations, key=lambda e: RATERS.index(e.penilai))


def _head(table: Layout, case: Case, *, blank: bool) -> Head:
    """Formulas and cached values of the lines that name the agency and the years, from the sheet Identitas."""
    keys = [field.key for field in names.identitas_fields(table.raters)]

    def cell(key: str) -> str:
        return f"{names.IDENTITAS}!{address(IDENTITAS_FIRST + keys.index(key), IDENTITAS_VALUE, absolute=True)}"

    owner = f'IF({cell("induk")}="","",", "&{cell("induk")})'
    years = f'"Tahun kinerja: "&{cell("tahun_kinerja")}&"; tahun evaluasi: "&{cell("tahun_evaluasi")}'
    formulas = f'="Unit kerja: "&{cell("nama")}&{owner}', f"={years}"
    if blank:
        return (formulas[0], "Unit kerja: "), (formulas[1], "Tahun kinerja: ; tahun evaluasi: ")
    agency = case.instansi.nama + (f", {case.instansi.induk}" if case.instansi.induk else "")
    value = f"Tahun kinerja: {case.tahun_kinerja}; tahun evaluasi: {case.tahun_evaluasi}"
    return (formulas[0], shown(f"Unit kerja: {agency}")), (formulas[1], value)


def _properties(evaluation: Evaluation, *, blank: bool) -> dict[str, Any]:
    case, rubric = evaluation.case, evaluation.rubric
    judged = case.penilaian[evaluation.penilai].tanggal if evaluation.penilai in case.penilaian else None
    made = rubric.diperiksa if blank else judged
    created = datetime.combine(made or date(case.tahun_evaluasi, 1, 1), time())
    title = "Lembar Kerja Evaluasi" + ("" if blank else f" {case.instansi.nama} {case.tahun_kinerja}")
    return {
        "title": shown(title)[:255],
        "subject": shown(rubric.nama)[:255],
        "author": "sakip-eval",
        "created": created,
    }
