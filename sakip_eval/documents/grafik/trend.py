"""The trend: totals over the years before the predikat bands, broken where the regulation changed the scale."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from sakip_eval.documents.extras import require
from sakip_eval.documents.grafik import canvas, words
from sakip_eval.documents.grafik.canvas import Format
from sakip_eval.documents.grafik.series import Stretch, printed_total, stretches
from sakip_eval.engine.result import Evaluation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_TITLE = "Nilai dan predikat dari tahun ke tahun"
_MARKERS = "os^Dv"
_PLOT = 7.6
_TICKS = 1.4
_GAP = 0.3
_HALF_YEAR = 0.5
_ASIDE = 0.02
_FEW, _ROOMY = 6, 8
"""Up to so many years, labels have their normal size, or at least that of a note."""
_MOST_TICKS = 14


def describe(evaluations: Sequence[Evaluation]) -> str:
    """Say the chart in words, the notes included. Raises as `trend`."""
    parts = stretches(evaluations)
    years = [f"{e.case.tahun_kinerja}: {words.result_text(e)}" for part in parts for e in part.years]
    return " ".join([f"{words.name(evaluations[0])}. {'; '.join(years)}.", *_notes(parts)])


def trend(evaluations: Sequence[Evaluation], format: Format = "png") -> bytes:
    """Draw the totals of one agency over its years (at least one), before the predikat bands.

    No line crosses a break between rubrics, an incomplete year (drawn as the range it can still take), or a year that
    is missing. A published total that differs from ours is drawn beside it. Returns a PNG of 150 dpi, 16 cm wide, or
    an SVG. Raises `SakipError`: D801 without matplotlib, D812 for several agencies, D813 for a year given twice.
    """
    require("chart", "Grafik")
    parts = stretches(evaluations)
    years = [e for part in parts for e in part.years]
    notes = [line for note in _notes(parts) for line in canvas.wrap(note)]
    first, last = years[0].case.tahun_kinerja, years[-1].case.tahun_kinerja
    raters = ", ".join(dict.fromkeys(e.penilai for e in years))
    span = f", tahun kinerja {first}\u2013{last}, penilaian {raters}" if first != last else words.subject(years[0])
    lines = canvas.subtitle(words.name(years[0]), span)
    bottom = canvas.footnote_height(notes) + _TICKS
    height = canvas.headline_height(lines) + _GAP + _PLOT + bottom

    def build(figure: Figure) -> None:
        canvas.headline(figure, _TITLE, lines)
        ax = canvas.plain_axes(figure, 1.0, bottom, 14.1, _PLOT)
        ax.set_xlim(first - _HALF_YEAR, last + _HALF_YEAR)
        ax.set_ylim(0, 108)
        ax.set_yticks(range(0, 101, 20))
        edges = _edges(parts, first, last)
        for part, left, right in edges:
            _bands(ax, part, left, right, named=part is parts[-1])
            if len(parts) > 1:
                ax.text(
                    (left + right) / 2, 101.5, f"Rubrik {part.nama}", ha="center", va="bottom", fontsize=canvas.NORMAL
                )
        for _, _, right in edges[:-1]:
            ax.axvline(right, color=canvas.INK, linewidth=1.4, linestyle=(0, (5, 2, 1, 2)), zorder=3)
        for i, part in enumerate(parts):
            _line(ax, part, _MARKERS[i % len(_MARKERS)])
        _ticks(ax, {e.case.tahun_kinerja: e for e in years}, first, last)
        canvas.footnotes(figure, notes)

    return canvas.render(build, height, format, _TITLE, describe(evaluations))


def _edges(parts: Sequence[Stretch], first: int, last: int) -> list[tuple[Stretch, float, float]]:
    """Return where each stretch begins and ends on the axis of years; a break lies midway between two years."""
    breaks = [(a.years[-1].case.tahun_kinerja + b.years[0].case.tahun_kinerja) / 2 for a, b in pairwise(parts)]
    bounds = [first - _HALF_YEAR, *breaks, last + _HALF_YEAR]
    return [(part, left, right) for part, (left, right) in zip(parts, pairwise(bounds), strict=True)]


def _notes(parts: Sequence[Stretch]) -> list[str]:
    found = []
    if len(parts) > 1:
        named = "; ".join(f"rubrik {part.nama}: {', '.join(part.rubrics)} ({_span(part)})" for part in parts)
        found.append(
            f"Garis tegak putus-putus: susunan penilaian berubah, sehingga nilai di kiri dan di kanannya tidak setara dan "
            f"tidak disambung. {named[0].upper()}{named[1:]}."
        )
    else:
        found.append(f"Rubrik: {', '.join(parts[0].rubrics)}.")
    years = [e for part in parts for e in part.years]
    if open_years := [str(e.case.tahun_kinerja) for e in years if not e.lengkap]:
        found.append(f"Belum lengkap: {', '.join(open_years)}; batang menunjukkan nilai yang masih mungkin.")
    printed = [
        f"{e.case.tahun_kinerja} tercetak {words.points(e, value)}, jumlah komponennya {words.points(e, e.nilai)}"
        for e in years
        if (value := printed_total(e)) is not None and e.nilai is not None
    ]
    if printed:
        found.append(f"Tanda silang: nilai yang diterbitkan berbeda dari hitungan ({'; '.join(printed)}).")
    return found


def _span(part: Stretch) -> str:
    first, last = part.years[0].case.tahun_kinerja, part.years[-1].case.tahun_kinerja
    return str(first) if first == last else f"{first}\u2013{last}"


def _bands(ax: Axes, part: Stretch, left: float, right: float, *, named: bool) -> None:
    for i, predikat in enumerate(part.years[0].rubric.predikat):
        low, high = float(predikat.band.low or 0), float(predikat.band.high or 100)
        ax.fill_between((left, right), low, high, color=canvas.BAND_FILLS[i % 2], linewidth=0, zorder=0)
        ax.plot((left, right), (low, low), color=canvas.RULE, linewidth=0.4, zorder=1)
        if named:
            ax.annotate(
                predikat.predikat,
                (right, (low + high) / 2),
                xytext=(5, 0),
                textcoords="offset points",
                ha="left",
                va="center",
                fontsize=canvas.NORMAL,
            )


def _line(ax: Axes, part: Stretch, marker: str) -> None:
    for run in part.runs():
        xs = [e.case.tahun_kinerja for e in run]
        ys = [float(e.nilai or 0) for e in run]
        ax.plot(xs, ys, color=canvas.SOLID, linewidth=1.8, marker=marker, markersize=6, zorder=5)
    for year in part.years:
        _year(ax, year)


def _year(ax: Axes, year: Evaluation) -> None:
    x = year.case.tahun_kinerja
    low, high = (float(value) for value in year.rentang)
    if not year.lengkap:
        ax.errorbar(
            x, (low + high) / 2, (high - low) / 2, color=canvas.INK, linewidth=2.2, capsize=5, capthick=1.5, zorder=5
        )
        text = "\u2013".join(words.points(year, value) for value in year.rentang)
        place = high if high <= 90 else low if low >= 10 else (low + high) / 2
        _label(ax, x, place, f"belum lengkap\n{text}", below=place != high)
        return
    value = float(year.nilai or 0)
    printed = printed_total(year)
    # Above the point, unless the published figure stands there.
    below = value > 88 or (printed is not None and 0 < float(printed) - value < 16)
    band = f" {year.predikat.predikat}" if year.predikat else ""
    _label(ax, x, value, f"{words.points(year, year.nilai or year.rentang[0])}{band}", below=below)
    if printed is not None:
        shown = float(min(max(printed, Fraction(0)), Fraction(100)))
        # Beside the point, since the two often lie within a hair of each other.
        first, last = ax.get_xlim()
        aside = x + _ASIDE * (last - first)
        ax.plot(aside, shown, marker="x", markersize=7, markeredgewidth=1.6, color=canvas.INK, zorder=6)
        _label(ax, aside, shown, f"tercetak {words.points(year, printed)}", below=shown < value, light=True)


def _label(ax: Axes, x: float, y: float, text: str, *, below: bool = False, light: bool = False) -> None:
    first, last = ax.get_xlim()
    ax.annotate(
        text,
        (x, y),
        xytext=(0, -8 if below else 8),
        textcoords="offset points",
        ha="center",
        va="top" if below else "bottom",
        fontsize=canvas.NORMAL if last - first <= _FEW else canvas.SMALL if last - first <= _ROOMY else canvas.TINY,
        fontweight="normal" if light else "bold",
        zorder=7,
        bbox={"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
    )


def _ticks(ax: Axes, years: dict[int, Evaluation], first: int, last: int) -> None:
    number = last - first + 1
    shown = range(first, last + 1, -(-number // _MOST_TICKS))
    apart = " " if number < _FEW else "\n"
    labels = [
        f"{year}\nevaluasi{apart}{years[year].case.tahun_evaluasi}" if year in years else f"{year}\ntidak ada"
        for year in shown
    ]
    ax.set_xticks(shown, labels, fontsize=canvas.SMALL if number <= _ROOMY else canvas.TINY)
