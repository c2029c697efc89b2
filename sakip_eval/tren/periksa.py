"""What does not fit in a series of published results; nothing is corrected, both figures are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from sakip_eval.numbers import format_fixed
from sakip_eval.tren.hasil import Hasil
from sakip_eval.tren.seri import Seri

KODE = (
    "JUMLAH-BERBEDA",
    "HITUNGAN-BERBEDA",
    "PREDIKAT-BERBEDA",
    "CAPAIAN-BERBEDA",
    "TARGET-BERBEDA",
    "ARAH-BERLAWANAN",
    "HASIL-GANDA",
)
"""Codes of what can be found here (docs/tren.md)."""


@dataclass(frozen=True, slots=True)
class Janggal:
    """One thing that does not fit: `tercetak` against `hitung`, as text.

    `sumber` says where it was read; `hasil` is the `sumber` of the result concerned, None where all of the year are.
    """

    kode: str
    tahun: int
    pesan: str
    tercetak: str
    hitung: str
    sumber: str
    hasil: str | None


def check(seri: Seri) -> tuple[Janggal, ...]:
    """Return what does not fit in a series, in the order of its years."""
    found = [item for result in seri.hasil for item in _of(result)]
    for change in seri.perubahan:
        if change.berlawanan and change.selisih is not None and change.selisih_tercetak is not None:
            digit = change.ke.digit
            ours, printed = signed(change.selisih, digit), signed(change.selisih_tercetak, digit)
            found.append(
                Janggal(
                    "ARAH-BERLAWANAN",
                    change.ke.tahun_kinerja,
                    f"dari {change.dari.tahun_kinerja} total tercetak berubah {printed}, padahal jumlah komponennya "
                    f"berubah {ours}",
                    printed,
                    ours,
                    change.ke.sumber,
                    change.ke.sumber,
                )
            )
    for year in seri.ganda:
        twins = [h for h in seri.hasil if h.tahun_kinerja == year]
        shown = [figure(h.terbit, h.digit) for h in twins]
        found.append(
            Janggal(
                "HASIL-GANDA",
                year,
                f"tahun ini punya {len(twins)} hasil ({', '.join(shown)}); semuanya ditampilkan, dan perubahan dari "
                "atau ke tahun ini tidak dihitung",
                shown[0],
                shown[-1],
                ", ".join(h.sumber for h in twins),
                None,
            )
        )
    return tuple(sorted(found, key=lambda item: (item.tahun, KODE.index(item.kode))))


def tolerance(digit: int, parts: int) -> Fraction:
    """Return how far a printed sum may be from its printed parts: half a unit of the last digit for each of them."""
    return Fraction(parts, 2 * 10**digit)


def figure(value: Fraction | None, digit: int) -> str:
    """Print a figure with its digits; `belum` for what is not judged."""
    return "belum" if value is None else format_fixed(value, digit)


def signed(value: Fraction, digit: int) -> str:
    """Print a change with its sign: `+0.10`, `-0.12`, `0.00`."""
    return ("+" if value > 0 else "") + format_fixed(value, digit)


def _of(h: Hasil) -> Iterator[Janggal]:
    where = f"{h.sumber}: {h.sumber_tercetak}" if h.sumber_tercetak else h.sumber

    def item(kode: str, pesan: str, printed: str, ours: str) -> Janggal:
        return Janggal(kode, h.tahun_kinerja, pesan, printed, ours, where, h.sumber)

    total = h.tercetak
    summed = _printed_sum(h)
    wrong_sum = total is not None and summed is not None and abs(summed - total) > tolerance(h.digit, len(h.komponen))
    wrong_total = (
        total is not None and h.nilai is not None and abs(h.nilai - total) > tolerance(h.digit, len(h.komponen))
    )
    if wrong_sum and total is not None and summed is not None:
        shown = figure(total, h.digit), figure(summed, h.digit)
        bands = h.predikat_dari(total), h.predikat_dari(summed)
        apart = f"; predikatnya {bands[0] or '-'} atau {bands[1] or '-'}" if bands[0] != bands[1] else ""
        yield item(
            "JUMLAH-BERBEDA",
            f"total tercetak {shown[0]}, jumlah {len(h.komponen)} komponennya {shown[1]}, selisih "
            f"{figure(abs(total - summed), h.digit)}{apart}",
            *shown,
        )
    elif wrong_total:
        shown = figure(total, h.digit), figure(h.nilai, h.digit)
        yield item("HITUNGAN-BERBEDA", f"total tercetak {shown[0]}, menurut jawaban dan rubrik {shown[1]}", *shown)
    if total is not None and h.predikat_tercetak is not None:
        band = h.predikat_dari(total)
        if h.predikat_tercetak != band:
            yield item(
                "PREDIKAT-BERBEDA",
                f"predikat tercetak {h.predikat_tercetak}, menurut skala {figure(total, h.digit)} adalah {band or '-'}",
                h.predikat_tercetak,
                band or "-",
            )
    yield from _goal(h, item)


def _goal(h: Hasil, item: Callable[[str, str, str, str], Janggal]) -> Iterator[Janggal]:
    goal = h.target
    if goal is None:
        return
    band = h.predikat_dari(goal.nilai)
    if goal.predikat is not None and goal.predikat != band:
        yield item(
            "TARGET-BERBEDA",
            f"target {figure(goal.nilai, h.digit)} tercetak berpredikat {goal.predikat}, menurut skala {band or '-'}",
            goal.predikat,
            band or "-",
        )
    if goal.capaian is not None and h.capaian is not None and abs(goal.capaian - h.capaian) > tolerance(h.digit, 1):
        shown = figure(goal.capaian, h.digit), figure(h.capaian, h.digit)
        yield item(
            "CAPAIAN-BERBEDA",
            f"capaian tercetak {shown[0]} %, {figure(h.terbit, h.digit)} dari target "
            f"{figure(goal.nilai, h.digit)} adalah {shown[1]} %",
            *shown,
        )


def _printed_sum(h: Hasil) -> Fraction | None:
    """Return the sum of the printed components; None where one is not printed."""
    printed = [k.tercetak for k in h.komponen]
    return None if not printed or None in printed else sum((p for p in printed if p is not None), Fraction(0))
