"""Figures, dates and enumerations as Indonesian official letters write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from sakip_eval.case.case import Instansi
from sakip_eval.engine.recommend import enumerate_words
from sakip_eval.engine.result import Evaluation
from sakip_eval.numbers import format_plain
from sakip_eval.rubric.rubric import Predikat

BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_UNITS = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip


def tanggal(day: date) -> str:
    """Write a date as `27 Juni 2023`."""
    return f"{day.day} {BULAN[day.month - 1]} {day.year}"


def figure(evaluation: Evaluation, value: Fraction) -> str:
    """Write points or percent with the rubric's digits and a decimal comma: `76,40`."""
    return evaluation.rubric.rounding.format(value).replace(".", ",")


def plain_figure(value: Fraction) -> str:
    """Write an exact figure as short as it is exact, with a decimal comma: `12,5`."""
    return format_plain(value).replace(".", ",")


def percent(evaluation: Evaluation, value: Fraction) -> str:
    """Write a share as `80,00%`."""
    return figure(evaluation, value) + "%"


def kategori(predikat: Predikat) -> str:
    """Write a predikat with its sebutan: `BB (Sangat Baik)`."""
    return f"{predikat.predikat} ({predikat.sebutan})"


def terbilang(number: int) -> str:
    """Write a whole number from 0 to 999 in words; larger ones in digits."""
    if number < 0 or number > 999:
        return str(number)
    if number < 12:
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    if number < 100:
        tens, rest = divmod(number, 10)
        return f"{_UNITS[tens]} puluh" + (f" {_UNITS[rest]}" if rest else "")
    hundreds, rest = divmod(number, 100)
    head = "seratus" if hundreds == 1 else f"{_UNITS[hundreds]} ratus"
    return head + (f" {terbilang(rest)}" if rest else "")


def counted(number: int) -> str:
    """Write a number as letters do: `4 (empat)`."""
    return f"{number} ({terbilang(number)})"


def listed(words: Sequence[str]) -> str:
    """Join words: `a`, `a dan b`, `a, b, dan c`."""
    return enumerate_words(words)


def nama_lengkap(instansi: Instansi) -> str:
    """Name an agency with the region it belongs to: `Kecamatan Pelaihari Kabupaten Tanah Laut`."""
    wilayah = re.sub(r"^Pemerintah(?: Daerah)? (?=Kabupaten|Kota|Provinsi|Daerah)", "", instansi.induk or "")
    return instansi.nama if not wilayah or wilayah in instansi.nama else f"{instansi.nama} {wilayah}"


def sentence(words: str) -> str:
    """End words with one full stop, whatever stood at their end."""
    return words.rstrip().rstrip(".;,: ") + "."


def quoted(words: str) -> str:
    """Quote the wording of a criterion, without the full stop at its end."""
    return f"“{words.strip().rstrip('.;')}”"
