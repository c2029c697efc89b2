"""One row of a foreign LKE that is about a known part: what its cells say, read once, doubts reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from sakip_eval.case.case import Cetak, JawabanKriteria, JawabanSub
from sakip_eval.documents.lke.cell_values import (
    MAX_TEXT,
    Unreadable,
    is_blank,
    number_of,
    read_answer,
    read_status,
    text_of,
)
from sakip_eval.documents.lke.header import Column, Table
from sakip_eval.documents.lke.layout import Row
from sakip_eval.documents.lke.opening import Cell
from sakip_eval.documents.lke.reading import Findings
from sakip_eval.numbers import format_plain
from sakip_eval.rubric.rubric import Rubric


class ForeignRow:
    """A row with its part of the rubric; `cetak` are the figures that it shows."""

    def __init__(
        self, table: Table, columns: Mapping[str, Column], row: int, part: Row, rubric: Rubric, found: Findings
    ) -> None:
        self.table, self.columns, self.row = table, columns, row
        self.part, self.rubric, self.found = part, rubric, found
        self.cetak = self._cetak()

    def place(self, role: str) -> tuple[str, int, int]:
        """Return where the cell of a column is: sheet, row, column."""
        return self.table.sheet.name, self.row, self.columns[role].col

    def subkomponen(self) -> JawabanSub | None:
        """Return the answer of a subkomponen; None for other parts and where nothing is said."""
        if self.part.jenis != "subkomponen":
            return None
        jawaban = self._answer() if self.rubric.pada == "subkomponen" else None
        said = JawabanSub(jawaban, self._text("alasan") or None, self._note())
        return None if said == JawabanSub() else said

    def kriteria(self) -> JawabanKriteria | None:
        """Return the judgement of a criterion; None for other parts and where nothing is said."""
        if self.part.jenis != "kriteria":
            return None
        graded = (self.rubric.pada, self.rubric.dengan) == ("kriteria", "jawaban")
        said = JawabanKriteria(
            status=self._status("status" if graded or "status" in self.columns else "jawaban"),
            jawaban=self._answer() if graded else None,
            catatan=self._note(),
        )
        return None if said == JawabanKriteria() else said

    def komponen(self) -> Fraction | None:
        """Return the points of a component, where the rubric is scored there."""
        if self.part.jenis != "komponen" or self.rubric.pada != "komponen" or self.cetak.nilai is None:
            return None
        bobot = self.rubric.komponen_by_id[self.part.id].bobot
        if 0 <= self.cetak.nilai <= bobot:
            return self.cetak.nilai
        self.found.add(
            "X817",
            self.place("nilai"),
            f"Nilai komponen {self.part.id} di luar 0 sampai {format_plain(bobot)}",
            "Nilai sebuah komponen tidak melebihi bobotnya; komponen ini dibiarkan belum dinilai",
            "Periksa angka itu pada sumbernya",
        )
        return None

    def _cell(self, role: str) -> Cell | None:
        """Return the cell of a column, or of the merged range in this row that reaches over it."""
        column = self.columns.get(role)
        if column is None:
            return None
        at = (self.row, column.col)
        sheet = self.table.sheet
        if at not in sheet.cells:
            span = next((m for m in sheet.merged if m[0] == self.row and m[1] <= column.col <= m[3]), None)
            others = {c.col for c in self.table.columns} - {column.col}
            if span is not None and span[1] not in others:
                return sheet.cells.get((span[0], span[1]))
        return sheet.cells.get(at)

    def _cetak(self) -> Cetak:
        if self.part.jenis == "kriteria":
            return Cetak()
        predikat = text_of(self._cell("jawaban")).upper() if self.part.jenis != "subkomponen" else ""
        known = {p.predikat for p in self.rubric.predikat}
        return Cetak(
            self._figure("bobot"),
            self._figure("nilai"),
            self._figure("persen"),
            predikat if predikat in known else None,
        )

    def _figure(self, role: str) -> Fraction | None:
        try:
            figure = number_of(self._cell(role))
        except Unreadable as doubt:
            self.found.add(
                "X817",
                self.place(role),
                f"{role.capitalize()} {self.part.id}: {doubt}",
                "Angka yang tidak pasti tidak dibandingkan dan tidak disimpan",
                "Tulis sebagai angka, misalnya 6,00",
            )
            return None
        if figure is not None and figure.denominator > 10**9:
            return round(figure, 9)  # What a spreadsheet stores of 1/3 is no figure that anybody printed.
        return figure

    def _answer(self) -> str | None:
        return self._chosen("jawaban", lambda text: read_answer(text, self.rubric.step_by_jawaban))

    def _status(self, role: str) -> str | None:
        return self._chosen(role, read_status)

    def _chosen(self, role: str, read: Callable[[str], str | None]) -> str | None:
        try:
            return read(text_of(self._cell(role)))
        except Unreadable as doubt:
            self.found.add(
                "X814",
                self.place(role),
                f"{self.part.id}: {doubt}",
                f"Jawaban tidak pernah ditebak; {self.part.id} dibiarkan belum dinilai",
                "Pilih salah satu yang disebut, atau kosongkan bila belum dinilai",
            )
            return None

    def _note(self) -> str | None:
        """Return the note; evidence that is only described has no id, and is kept here word for word."""
        note, bukti = self._text("catatan"), self._text("bukti")
        if bukti:
            self.found.add(
                "X829",
                self.place("bukti"),
                f"Daftar evidence {self.part.id} disimpan dalam catatannya",
                "Bukti pada kasus dirujuk dengan id, yang tidak ada pada lembar ini",
                "Daftarkan buktinya pada kasus, lalu rujuk dengan id",
            )
            note = "\n".join(filter(None, (note, f"Daftar evidence: {bukti}")))
        return note or None

    def _text(self, role: str) -> str:
        text = text_of(self._cell(role))
        if len(text) > MAX_TEXT // 2 - 50:
            self.found.add(
                "X817",
                self.place(role),
                f"{role.capitalize()} {self.part.id} sepanjang {len(text)} huruf",
                f"Sebuah catatan memuat paling banyak {MAX_TEXT // 2 - 50} huruf, dan tidak ada yang dipotong diam-diam",
                "Pindahkan uraian panjang ke dokumen tersendiri",
                refuse=True,
            )
        return "" if is_blank(text) else text
