"""The sheet Petunjuk: how to fill the workbook in, and the tables of the rubric into which the formulas look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from sakip_eval.documents.lke import formulas as names
from sakip_eval.documents.lke.layout import BUKTI, IDENTITAS, LKE, OPEN, STATUS, address
from sakip_eval.documents.lke.precision import guard, proven
from sakip_eval.documents.lke.styles import Sheet, Styles, height, page, protect, title_row
from sakip_eval.numbers import format_plain, round_exact
from sakip_eval.rubric.rubric import Band, Rubric

_WIDTHS = (28, 14, 14, 18, 80)
_MODE = {
    "subkomponen": "Nilai subkomponen = bobot x poin jawaban / 100.",
    "kriteria": "Nilai subkomponen = bobot x rata-rata kriteria yang berlaku / 100.",
    "komponen": "Nilai diberikan langsung dalam poin pada setiap komponen, 0 sampai dengan bobotnya.",
}
_ROUNDING = {
    "setengah_ke_atas": "setengah dibulatkan ke atas",
    "setengah_ke_genap": "setengah dibulatkan ke angka genap",
    "ke_bawah": "dibulatkan ke bawah",
}
_STAGE = {
    "cetak": "hanya saat dicetak; penjumlahan memakai angka tepat",
    "subkomponen": "pada setiap subkomponen",
    "komponen": "pada setiap komponen",
    "total": "pada nilai akhir",
}


def write_petunjuk(sheet: Sheet, styles: Styles, rubric: Rubric) -> Mapping[str, str]:
    """Write the sheet; return the range of each table column by the name that formulas use, without the sheet."""
    return _Page(sheet, styles, rubric).write()


class _Page:
    def __init__(self, sheet: Sheet, styles: Styles, rubric: Rubric) -> None:
        self.sheet, self.styles, self.rubric = sheet, styles, rubric
        self.row = 0
        self.ranges: dict[str, str] = {}

    def write(self) -> Mapping[str, str]:
        sheet, rubric = self.sheet, self.rubric
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        title_row(sheet)
        self.line("PETUNJUK PENGISIAN LEMBAR KERJA EVALUASI", "title")
        for words in (rubric.nama, rubric.peraturan, f"Rubrik {rubric.id} versi {rubric.versi}"):
            self.line(words, "note")
        self.heading("Cara mengisi")
        for number, words in enumerate(_steps(rubric), start=1):
            self.paragraph(f"{number}. {words}")
        if rubric.skala:
            self.heading("Skala jawaban")
            self.ladder()
        if rubric.statuses:
            self.heading("Status kriteria")
            self.statuses()
        self.heading("Predikat")
        self.bands()
        if rubric.jenis_bukti:
            self.heading("Jenis bukti")
            self.table(("Jenis", "Sebutan"), [(key, name) for key, name in rubric.jenis_bukti.items()], wide=1)
        page(sheet, landscape=False)
        protect(sheet)
        return self.ranges

    def line(self, words: str, look: str) -> None:
        self.sheet.write_string(self.row, 0, words, self.styles.get(look, "line"))
        self.row += 1

    def heading(self, words: str) -> None:
        self.row += 1
        self.line(words, "heading")

    def paragraph(self, words: str) -> None:
        self.sheet.merge_range(self.row, 0, self.row, len(_WIDTHS) - 1, "", self.styles.get("text"))
        self.sheet.write_string(self.row, 0, words, self.styles.get("text"))
        self.sheet.set_row(self.row, height((words, sum(_WIDTHS))))
        self.row += 1

    def ladder(self) -> None:
        rubric, rows = self.rubric, _ladder(self.rubric)
        first = self.table(("Jawaban", "Poin (% bobot)", "Pemenuhan mulai (%)", "Batas termasuk", "Arti"), rows)
        self.name(first, len(rows), 0, names.SKALA_JAWABAN, names.SKALA_POIN)
        skip = len([s for s in rubric.skala if s.jawaban in rubric.beyond])
        usulan = (names.USULAN_JAWABAN, "", names.USULAN_BATAS, names.USULAN_TERMASUK)
        self.name(first + skip, len(rows) - skip, 0, *usulan)

    def statuses(self) -> None:
        rows = [
            (STATUS[name], float(worth * 100) if worth is not None else names.NOT_COUNTED)
            for name, worth in self.rubric.statuses.items()
        ]
        first = self.table(("Status", "Dihitung (%)"), rows)
        self.name(first, len(rows), 0, names.STATUS_NAMA, names.STATUS_POIN)

    def bands(self) -> None:
        rows = _bands(self.rubric)
        first = self.table(("Predikat", "Batas bawah", "Batas termasuk", "Sebutan", "Arti"), rows)
        columns = (names.PREDIKAT_NAMA, names.PREDIKAT_BATAS, names.PREDIKAT_TERMASUK, names.PREDIKAT_SEBUTAN)
        self.name(first, len(rows), 0, *columns)

    def name(self, first: int, number: int, column: int, *wanted: str) -> None:
        """Remember the range of each column of a table, from `column` on; an empty name passes one over."""
        for at, name in enumerate(wanted, start=column):
            if name:
                cells = address(first, at, absolute=True), address(first + number - 1, at, absolute=True)
                self.ranges[name] = ":".join(cells)

    def table(self, headers: Sequence[str], rows: Sequence[tuple[str | float, ...]], wide: int = 0) -> int:
        """Write a table and return its first row; the column `wide`, if any, is merged up to the right edge."""
        sheet, styles = self.sheet, self.styles
        last = len(_WIDTHS) - 1
        for column, header in enumerate(headers):
            sheet.write_string(self.row, column, header, styles.get("header"))
        if wide:
            sheet.merge_range(self.row, wide, self.row, last, headers[wide], styles.get("header"))
        sheet.set_row(self.row, height(*((header, _WIDTHS[at] - 2) for at, header in enumerate(headers))))
        first = self.row = self.row + 1
        for row in rows:
            for column, value in enumerate(row):
                if wide and column == wide:
                    sheet.merge_range(self.row, column, self.row, last, "", styles.get("cell"))
                if isinstance(value, float):
                    sheet.write_number(self.row, column, value, styles.get("cell", "number"))
                else:
                    look = styles.get("cell", "wrap" if column == last or wide else "center")
                    sheet.write_string(self.row, column, value, look)
            if not wide:
                sheet.set_row(self.row, height(*((str(v), _WIDTHS[at]) for at, v in enumerate(row))))
            self.row += 1
        return first


@lru_cache(maxsize=64)
def _ladder(rubric: Rubric) -> tuple[tuple[str | float, ...], ...]:
    keep = guard(rubric)
    return tuple(
        (s.jawaban, float(s.poin), float(round_exact(_low(s.pemenuhan), keep)), _inclusive(s.pemenuhan),
         f"Pemenuhan {s.pemenuhan}. {s.uraian}")
        for s in rubric.skala
    )  # fmt: skip


@lru_cache(maxsize=64)
def _bands(rubric: Rubric) -> tuple[tuple[str | float, ...], ...]:
    keep = guard(rubric)
    return tuple(
        (p.predikat, float(round_exact(_low(p.band), keep)), _inclusive(p.band), p.sebutan,
         _range(p.band) + (f" {p.interpretasi}" if p.interpretasi else ""))
        for p in rubric.predikat
    )  # fmt: skip


def _steps(rubric: Rubric) -> list[str]:
    digits, rounding = rubric.rounding.digits, rubric.rounding.mode
    answers = {
        "subkomponen": "Pilih jawaban setiap subkomponen pada kolom Jawaban (baris tebal), dan status setiap kriteria di "
        "bawahnya. Dari status dihitung pemenuhan dan usulan jawaban; jawaban tetap keputusan penilai. "
        "Tulis Alasan bila jawaban berbeda dari usulan.",
        "kriteria": "Pilih "
        + ("jawaban" if rubric.dengan == "jawaban" else "status")
        + " setiap kriteria; kriteria yang tidak berlaku tidak ikut dihitung.",
        "komponen": "Tulis nilai setiap komponen pada kolom Nilai, paling banyak enam angka di belakang koma.",
    }[rubric.pada]
    steps = [
        f"Lengkapi lembar {IDENTITAS}, lalu daftarkan dokumen pendukung pada lembar {BUKTI}; setiap dokumen diberi id "
        "pendek, misalnya renstra atau lkjip-2024.",
        f"{answers} Hanya sel putih yang tidak terkunci; lembar dilindungi tanpa kata sandi.",
        "Isi Catatan dan Daftar Evidence (id bukti, dipisah koma) pada baris yang dinilai.",
        f"{_MODE[rubric.pada]} Nilai komponen dan nilai akhir adalah jumlah bagiannya. Pembulatan: {digits} angka "
        f"desimal, {_ROUNDING[rounding]}, {_STAGE[rubric.stage]}. Predikat mengikuti nilai yang "
        + ("tepat." if rubric.predikat_dari == "tepat" else "dibulatkan."),
        f'Yang kosong berarti belum dinilai, bukan nol: nilainya tertulis "{OPEN}", dan nilai akhir baru ada setelah '
        "semua bagian dinilai. Warna kuning menandai yang belum diisi.",
        "Usulan status kriteria, Temuan, Rekomendasi, dan catatan pada Ringkasan berlaku untuk isi saat lembar ini dibuat. Setelah mengubah isi, "
        f"baca kembali dengan `sakip lke-baca`, lalu buat lembar baru. Jangan menghapus, menambah, atau memindahkan "
        f"baris pada lembar {LKE}.",
    ]
    if not proven(rubric):
        steps.append(
            "Pecahan rubrik ini terlalu halus untuk lembar kerja: nilai yang sangat dekat dengan batas predikat atau "
            "batas pembulatan harus diperiksa dengan `sakip nilai`."
        )
    return steps


def _inclusive(band: Band) -> str:
    return "ya" if band.low_inclusive else "tidak"


def _low(band: Band) -> Fraction:
    return band.low if band.low is not None else Fraction(0)


def _range(band: Band) -> str:
    high = "" if band.high is None else format_plain(band.high)
    return (
        f"{'' if band.low_inclusive else '>'}{format_plain(_low(band))} - {'' if band.high_inclusive else '<'}{high}."
    )
