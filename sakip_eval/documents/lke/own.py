"""A workbook that `sakip lke` wrote, read back: the case that was written, with exactly the cells that were changed.

A cell that still holds what was written keeps the case's own value (`inputs`); what cannot be understood is left open
and reported, never guessed. Formulas are not trusted: the case is scored anew, and every figure compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from sakip_eval.case.case import Case, JawabanKriteria, JawabanSub, Penilaian, Rater
from sakip_eval.documents.lke import layout as at
from sakip_eval.documents.lke.cell_values import read_answer, read_status
from sakip_eval.documents.lke.inputs import answers
from sakip_eval.documents.lke.layout import Block, Layout, Row
from sakip_eval.documents.lke.opening import Book, Sheet
from sakip_eval.documents.lke.own_compare import compare_figures, compare_locked
from sakip_eval.documents.lke.own_data import Stored, read_stored
from sakip_eval.documents.lke.own_fields import Fields
from sakip_eval.documents.lke.own_rows import find_rows
from sakip_eval.documents.lke.own_sheets import read_evidence, read_identity
from sakip_eval.documents.lke.reading import Findings, Reading, checked, score
from sakip_eval.problems import Location, Problem, SakipError

T = TypeVar("T")


def read_own(book: Book, folders: Sequence[Path] = (), rater: Rater | None = None) -> Reading:
    """Read a workbook of ours; with `rater`, only that rater's figures are compared and given.

    Raises `SakipError` where no case can be made of it without losing or guessing something: X808 to X810, X813, X817,
    X824; R401 where its rubric is not found; K512 where it has no columns of `rater`; M3xx and K5xx for what a case
    cannot hold.
    """
    found = Findings(book.path)
    stored = read_stored(book, folders, found)
    layout = at.layout(stored.rubric, stored.raters)
    sheet = _sheet(book, at.LKE, found)
    if rater is not None and rater not in layout.raters:
        raise SakipError([_no_columns(book, rater, layout)])
    rows = find_rows(sheet, layout, found)
    found.stop_if_refused()
    bukti = read_evidence(_sheet(book, at.BUKTI, found), stored.rubric, stored.case, found)
    case = read_identity(_sheet(book, at.IDENTITAS, found), layout, stored.case, bukti, found)
    said: dict[Rater, Penilaian] = dict(case.penilaian)
    for block in layout.blocks:
        reader = _Answers(sheet, layout, block, rows, stored, list(bukti), found)
        penilaian = reader.read(case.penilaian.get(block.rater, Penilaian()))
        if block.rater in case.penilaian or penilaian != Penilaian() or (stored.blank and len(layout.blocks) == 1):
            said[block.rater] = penilaian
    found.stop_if_refused()
    case = checked(replace(case, bukti=bukti, penilaian=said), stored.rubric, book.path)
    evaluations = score(case, stored.rubric, layout.raters)
    compare_locked(sheet, layout, rows, found)
    shown = compare_figures(sheet, layout, rows, evaluations, found, rater)
    wanted = [number for number, name in enumerate(layout.raters) if rater in (None, name)]
    return Reading(
        "sendiri",
        case,
        stored.rubric,
        tuple(evaluations[number] for number in wanted),
        tuple(shown[number] for number in wanted),
        tuple(found.problems),
        (*_told(rows, layout, stored, case),),
    )


def _sheet(book: Book, name: str, found: Findings) -> Sheet:
    sheet = book.sheet(name)
    if sheet is None:
        names = ", ".join(f"`{s.name}`" for s in book.sheets)
        found.add(
            "X810",
            None,
            f"Lembar `{name}` tidak ada",
            f"Isian di dalamnya tidak dapat dibaca; lembar yang ada: {names}",
            "Kembalikan nama lembarnya, atau isi ulang dari LKE yang utuh",
            refuse=True,
        )
        found.stop_if_refused()
        raise AssertionError
    return sheet


def _no_columns(book: Book, rater: Rater, layout: Layout) -> Problem:
    return Problem(
        "K512",
        Location(book.path, sheet=at.LKE),
        f"Lembar ini tidak memuat penilaian {rater}",
        "Tidak ada yang dapat dihitung untuk penilai itu",
        "Penilaian yang ada: " + ", ".join(layout.raters),
    )


def _told(rows: dict[str, int], layout: Layout, stored: Stored, case: Case) -> list[str]:
    parts = [row for row in layout.rows if row.jenis in ("komponen", "subkomponen", "kriteria")]
    raters = " dan ".join(layout.raters)
    return [
        f"LKE buatan sakip {'(formulir kosong)' if stored.blank else f'dari kasus {stored.case.instansi.nama}'}; "
        f"kolom {raters}",
        f"{sum(part.id in rows for part in parts)} dari {len(parts)} baris rubrik dibaca",
        f"{len(case.bukti)} bukti",
    ]


class _Answers:
    """Reads the cells of one rater."""

    def __init__(
        self,
        sheet: Sheet,
        layout: Layout,
        block: Block,
        rows: dict[str, int],
        stored: Stored,
        bukti: Sequence[str],
        found: Findings,
    ) -> None:
        self.layout, self.block, self.rows, self.stored = layout, block, rows, stored
        self.fields = Fields(sheet, bukti, found)
        self.rubric = layout.rubric

    def read(self, base: Penilaian) -> Penilaian:
        """Return what the rater says now."""
        subkomponen, kriteria, komponen = dict(base.subkomponen), dict(base.kriteria), dict(base.komponen)
        for row in self.layout.rows:
            if row.id not in self.rows or not self.layout.inputs(row):
                continue
            if row.jenis == "subkomponen":
                _put(subkomponen, row.id, self.subkomponen(row, base.subkomponen.get(row.id)), JawabanSub())
            elif row.jenis == "kriteria":
                _put(kriteria, row.id, self.kriteria(row, base.kriteria.get(row.id)), JawabanKriteria())
            else:
                nilai = self.value(row, "nilai", base.komponen.get(row.id), self.points(row))
                if nilai is not None:
                    komponen[row.id] = nilai
                else:
                    komponen.pop(row.id, None)
        return replace(base, subkomponen=subkomponen, kriteria=kriteria, komponen=komponen)

    def subkomponen(self, row: Row, base: JawabanSub | None) -> JawabanSub:
        base = base or JawabanSub()
        return replace(
            base,
            jawaban=self.value(row, "jawaban", base.jawaban, self.answer()),
            alasan=self.value(row, "alasan", base.alasan, self.fields.text),
            catatan=self.value(row, "catatan", base.catatan, self.fields.text),
            bukti=self.value(row, "bukti", base.bukti, self.fields.ids) or (),
        )

    def kriteria(self, row: Row, base: JawabanKriteria | None) -> JawabanKriteria:
        base = base or JawabanKriteria()
        return replace(
            base,
            status=self.value(row, "status", base.status, self.fields.chosen(read_status)),
            jawaban=self.value(row, "jawaban", base.jawaban, self.answer()),
            catatan=self.value(row, "catatan", base.catatan, self.fields.text),
            bukti=self.value(row, "bukti", base.bukti, self.fields.ids) or (),
        )

    def value(self, row: Row, key: str, base: T | None, read: Callable[[int, int, str], T | None]) -> T | None:
        """Return what a cell says: the case's own value where the cell still holds what was written."""
        if key not in self.layout.inputs(row):
            return base
        place = self.rows[row.id], self.block.columns[key] + 1
        expected = answers(self.layout, self.stored.case, self.block.rater, row).get(key)
        return base if self.fields.unchanged(*place, expected) else read(*place, f"{key.capitalize()} {row.id}")

    def answer(self) -> Callable[[int, int, str], str | None]:
        return self.fields.chosen(lambda text: read_answer(text, self.rubric.step_by_jawaban))

    def points(self, row: Row) -> Callable[[int, int, str], Fraction | None]:
        return lambda r, c, what: self.fields.points(r, c, what, self.rubric.komponen_by_id[row.id].bobot)


def _put(entries: dict[str, T], name: str, said: T, nothing: T) -> None:
    """Keep an entry where it says something, or where the case had one."""
    if name in entries or said != nothing:
        entries[name] = said
