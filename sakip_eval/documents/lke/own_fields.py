"""One input cell of a workbook of ours: has it changed, and what does it say now?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from sakip_eval.documents.lke.cell_values import (
    MAX_TEXT,
    Unreadable,
    is_blank,
    number_of,
    read_ids,
    text_of,
)
from sakip_eval.documents.lke.inputs import Value
from sakip_eval.documents.lke.opening import Sheet
from sakip_eval.documents.lke.reading import Findings
from sakip_eval.numbers import format_plain
from sakip_eval.problems import suggest

TOLERANCE = Fraction(1, 10**9)
"""Within this, two figures are the same: a cell holds a double, and programs write it with 15 digits."""


class Fields:
    """Input cells of one sheet; `bukti` are the ids of evidence that cells may name."""

    def __init__(self, sheet: Sheet, bukti: Sequence[str], found: Findings) -> None:
        self.sheet, self.bukti, self.found = sheet, bukti, found

    def unchanged(self, row: int, col: int, expected: Value) -> bool:
        """Return whether a cell still holds what was written for the case; None stands for an empty cell."""
        cell = self.sheet.cells.get((row, col))
        if cell is None or cell.kind == "kosong":
            return expected is None and (cell is None or cell.formula is None)
        if cell.formula is not None or expected is None:
            return False
        if isinstance(expected, str):
            return text_of(cell) == expected.strip()
        if isinstance(expected, date):
            return cell.value == expected
        return isinstance(cell.value, Fraction) and abs(cell.value - Fraction(repr(float(expected)))) <= TOLERANCE

    def chosen(self, read: Callable[[str], str | None]) -> Callable[[int, int, str], str | None]:
        """Return a reader of cells that hold one of a few words."""

        def cell(row: int, col: int, what: str) -> str | None:
            try:
                return read(self._shown(row, col, what))
            except Unreadable as doubt:
                self._note(
                    "X814", row, col, f"{what}: {doubt}", "Jawaban tidak pernah ditebak; dibiarkan belum diisi"
                )
                return None

        return cell

    def text(self, row: int, col: int, what: str) -> str | None:
        """Read a text; a number or a date in its place is kept as it is written."""
        said = self._shown(row, col, what)
        if len(said) > MAX_TEXT:
            self.found.add(
                "X817",
                (self.sheet.name, row, col),
                f"{what} sepanjang {len(said)} huruf",
                f"Kasus memuat paling banyak {MAX_TEXT} huruf, dan tidak ada yang dipotong diam-diam",
                "Pendekkan, atau pindahkan uraian panjang ke dokumen tersendiri",
                refuse=True,
            )
            return None
        return said or None

    def ids(self, row: int, col: int, what: str) -> tuple[str, ...] | None:
        """Read ids of evidence; an unknown one is reported and left out (X816)."""
        known, unknown = read_ids(self._shown(row, col, what), self.bukti)
        for name in unknown:
            self.found.add(
                "X816",
                (self.sheet.name, row, col),
                f"{what}: bukti `{name[:60]}` tidak ada pada lembar Bukti",
                "Nilai yang bersandar pada bukti yang tidak ada tidak dapat dipertahankan; rujukan itu tidak disimpan",
                suggest(name, self.bukti) if self.bukti else "Daftarkan bukti itu pada lembar Bukti",
            )
        return known

    def points(self, row: int, col: int, what: str, most: Fraction) -> Fraction | None:
        """Read points from 0 to `most`."""
        cell = self.sheet.cells.get((row, col))
        self._formula(row, col, what)
        try:
            value = number_of(cell)
        except Unreadable as doubt:
            self._note(
                "X817", row, col, f"{what}: {doubt}", "Angka yang tidak pasti tidak dipakai; dibiarkan belum diisi"
            )
            return None
        if value is None:
            return None
        if cell is not None and cell.kind == "teks":
            shown = format_plain(value)
            self._note(
                "X817",
                row,
                col,
                f"{what} tertulis sebagai teks",
                f"Dibaca sebagai {shown}; rumus tidak ikut membacanya",
            )
        if not 0 <= value <= most:
            self._note(
                "X817",
                row,
                col,
                f"{what} di luar 0 sampai {format_plain(most)}",
                "Nilai tidak melebihi bobotnya; dibiarkan belum diisi",
            )
            return None
        return value if value.denominator <= 10**12 else round(value, 12)

    def year(self, row: int, col: int, what: str) -> int | None:
        """Read a year (1990 to 2100)."""
        self._formula(row, col, what)
        text = text_of(self.sheet.cells.get((row, col)))
        if is_blank(text):
            return None
        if text.isascii() and text.isdigit() and 1990 <= int(text) <= 2100:
            return int(text)
        self._refuse(row, col, f"{what}: `{text[:40]}` bukan tahun", "Tulis empat angka, misalnya 2023")
        return None

    def day(self, row: int, col: int, what: str) -> date | None:
        """Read a date: a date cell, or a text such as 2023-06-27."""
        self._formula(row, col, what)
        cell = self.sheet.cells.get((row, col))
        if cell is not None and isinstance(cell.value, date):
            return cell.value
        text = text_of(cell)
        if is_blank(text):
            return None
        try:
            if len(text) == 10:
                return date.fromisoformat(text)
        except ValueError:
            pass
        # 03/04/2023 is two days; which one is meant is not for us to say.
        self._refuse(row, col, f"{what}: `{text[:40]}` bukan tanggal", "Isi sebagai tanggal, atau tulis 2023-06-27")
        return None

    def _shown(self, row: int, col: int, what: str) -> str:
        self._formula(row, col, what)
        return text_of(self.sheet.cells.get((row, col)))

    def _formula(self, row: int, col: int, what: str) -> None:
        cell = self.sheet.cells.get((row, col))
        if cell is not None and cell.formula is not None:
            shown = text_of(cell) or "kosong"
            self._note(
                "X818",
                row,
                col,
                f"{what} berisi rumus, bukan isian",
                f"Yang dibaca adalah nilai yang tersimpan: {shown[:60]}",
            )

    def _note(self, kode: str, row: int, col: int, apa: str, mengapa: str) -> None:
        self.found.add(kode, (self.sheet.name, row, col), apa, mengapa, "Perbaiki sel itu, lalu baca sekali lagi")

    def _refuse(self, row: int, col: int, apa: str, mend: str) -> None:
        why = "Isian itu akan hilang bila kasus ditulis tanpanya"
        self.found.add("X817", (self.sheet.name, row, col), apa, why, mend, refuse=True)
