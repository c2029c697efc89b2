"""The waterfall: points won and lost in each component, up to the total and the band it falls in."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sakip_eval.documents.grafik import canvas, words
from sakip_eval.documents.grafik.canvas import Format
from sakip_eval.engine.result import Evaluation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HUNDRED = Fraction(100)
_TITLE = "Poin yang diperoleh dan yang hilang per komponen"
_HALF = 0.33
_PLOT, _FOOT, _BREADTH = 6.0, 2.25, 14.7
"""Height of the plot, what is below it, and the plot's width, in centimetres."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, in points: it stands on `dasar`, has won `low`, can still reach `high`, of `maks`."""

    id: str
    nama: str
    dasar: Fraction
    low: Fraction
    high: Fraction
    maks: Fraction

    @property
    def terbuka(self) -> bool:
        """Whether something in it is not judged yet."""
        return self.low != self.high


def columns(evaluation: Evaluation) -> tuple[Column, ...]:
    """Return one column for each component, each standing on what those before it have won, and the total."""
    found: list[Column] = []
    base = Fraction(0)
    for node in evaluation.jejak.children:
        whole = node.maks or Fraction(0)
        low, high = (node.nilai, node.nilai) if node.nilai is not None else node.rentang or (Fraction(0), whole)
        found.append(Column(node.id, words.clean(node.nama, 60), base, low, high, whole))
        base += low
    low, high = evaluation.rentang if evaluation.nilai is None else (evaluation.nilai, evaluation.nilai)
    found.append(Column("total", "Nilai akhir", Fraction(0), low, high, HUNDRED))
    return tuple(found)


def _figures(evaluation: Evaluation, column: Column) -> tuple[str, str]:
    """Return what is written above a column: won, and lost."""
    sign = "" if column.id == "total" else "+"
    if column.terbuka:
        low, high = (words.points(evaluation, value) for value in (column.low, column.high))
        return f"{low}\u2013{high}", "belum lengkap"
    lost = column.maks - column.low
    return f"{sign}{words.points(evaluation, column.low)}", (
        f"{words.MINUS}{words.points(evaluation, lost)}" if lost else "0 hilang"
    )


def describe(evaluation: Evaluation) -> str:
    """Say the chart in words."""
    parts = [
        f"{c.nama} {' / '.join(_figures(evaluation, c))} dari {words.short(c.maks)}" for c in columns(evaluation)
    ]
    return f"{words.name(evaluation)}{words.subject(evaluation)}. Poin diperoleh dan hilang: {'; '.join(parts)}."


def waterfall(evaluation: Evaluation, format: Format = "png") -> bytes:
    """Draw the points won and lost in each component and the total in its predikat band.

    What is not judged stands as an open box between the least and the greatest value, and counts as neither.
    Returns a PNG of 150 dpi, 16 cm wide, or an SVG. Raises `SakipError` (D801) without matplotlib.
    """
    drawn = columns(evaluation)

    lines = canvas.subtitle(words.name(evaluation), f"{words.subject(evaluation)}: {words.result_text(evaluation)}")
    height = canvas.headline_height(lines) + _PLOT + _FOOT

    def build(figure: Figure) -> None:
        canvas.headline(figure, _TITLE, lines)
        ax = canvas.plain_axes(figure, 1.0, _FOOT, _BREADTH, _PLOT)
        ax.set_xlim(-0.55, len(drawn) + 0.25)
        ax.set_ylim(0, 114)
        ax.set_yticks(range(0, 101, 20))
        ax.axhline(0, color=canvas.INK, linewidth=1.0)
        _bands(ax, evaluation, len(drawn))
        for i, column in enumerate(drawn):
            _draw(ax, evaluation, i, column)
        for i, column in enumerate(drawn[:-1]):
            top = float(column.dasar + column.low)
            ax.plot((i + _HALF, i + 1 - _HALF), (top, top), color=canvas.INK, linewidth=0.7, zorder=3)
        pitch = 0.94 * _BREADTH / (len(drawn) + 0.8)
        names = [f"{'' if c.id == 'total' else c.id + ' '}{c.nama}" for c in drawn]
        labels = [
            "\n".join([*canvas.wrap(name, pitch, lines=4), f"(bobot {words.short(c.maks)})"])
            for name, c in zip(names, drawn, strict=True)
        ]
        ax.set_xticks(range(len(drawn)), labels, fontsize=canvas.SMALL)
        _legend(figure, any(c.terbuka for c in drawn))

    return canvas.render(build, height, format, _TITLE, describe(evaluation))


def _draw(ax: Axes, evaluation: Evaluation, i: int, column: Column) -> None:
    base, low, high = float(column.dasar), float(column.low), float(column.high)
    ax.bar(i, low, 2 * _HALF, base, color=canvas.SOLID, edgecolor=canvas.INK, linewidth=0.6, zorder=4)
    if column.terbuka:
        ax.bar(
            i,
            high - low,
            2 * _HALF,
            base + low,
            color="white",
            edgecolor=canvas.INK,
            linestyle=(0, (2, 1.5)),
            zorder=4,
        )
    if column.maks > column.high:
        rest = float(column.maks - column.high)
        ax.bar(
            i,
            rest,
            2 * _HALF,
            base + high,
            color=canvas.LOST,
            edgecolor=canvas.MUTED,
            hatch="////",
            linewidth=0.6,
            zorder=4,
        )
    won, lost = _figures(evaluation, column)
    top = base + float(column.maks)
    ax.text(i, top + 6.6, won, ha="center", va="bottom", fontsize=canvas.NORMAL, fontweight="bold", zorder=6)
    ax.text(i, top + 1.2, lost, ha="center", va="bottom", fontsize=canvas.NORMAL, color=canvas.MUTED, zorder=6)


def _bands(ax: Axes, evaluation: Evaluation, number: int) -> None:
    """Draw the predikat bands beside the total; that of the result is framed."""
    left, right = number - 1 + _HALF, number - 1 + _HALF + 0.42
    for i, predikat in enumerate(evaluation.rubric.predikat):
        low, high = float(predikat.band.low or 0), float(predikat.band.high or 100)
        ours = evaluation.predikat is not None and evaluation.predikat.predikat == predikat.predikat
        ax.bar(
            right,
            high - low,
            right - left,
            low,
            color=canvas.BAND_FILLS[i % 2],
            edgecolor=canvas.INK if ours else canvas.RULE,
            linewidth=1.8 if ours else 0.4,
            zorder=5 if ours else 2,
        )
        ax.text(
            right,
            (low + high) / 2,
            predikat.predikat,
            ha="center",
            va="center",
            fontsize=canvas.NORMAL,
            fontweight="bold" if ours else "normal",
            zorder=6,
        )


def _legend(figure: Figure, terbuka: bool) -> None:
    from matplotlib.patches import Patch

    boxes = [
        Patch(facecolor=canvas.SOLID, edgecolor=canvas.INK, label="diperoleh"),
        Patch(facecolor=canvas.LOST, edgecolor=canvas.MUTED, hatch="////", label="hilang"),
    ]
    if terbuka:
        boxes.append(
            Patch(facecolor="white", edgecolor=canvas.INK, linestyle=(0, (2, 1.5)), label="belum dinilai (bukan nol)")
        )
    figure.legend(
        handles=boxes, loc="lower left", bbox_to_anchor=(0.01, 0.0), ncols=3, frameon=False, fontsize=canvas.NORMAL
    )
