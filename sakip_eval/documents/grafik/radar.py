"""The radar: how much of its bobot each subkomponen reached, in percent."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sakip_eval.documents.extras import require
from sakip_eval.documents.grafik import canvas, words
from sakip_eval.documents.grafik.canvas import Format
from sakip_eval.engine.result import Evaluation
from sakip_eval.engine.trace import TraceNode
from sakip_eval.problems import Location, Problem, SakipError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEAST = 3
"""A polygon has at least three corners."""
_BODY = 12.0
_REACH = 1.75
"""Half the width of the sheet, where 1 is the full bobot; the rest is for the labels."""
_ROW = 0.085
_LABEL = 1.08
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spoke:
    """One axis: a part, its component, and its percentage; None where it is not judged, then from `low` to `high`."""

    id: str
    label: str
    komponen: str
    persen: Fraction | None
    low: Fraction
    high: Fraction


def spokes(evaluation: Evaluation) -> tuple[Spoke, ...]:
    """Return the axes in printed order: subkomponen, or the component itself where values are given to components."""
    found = []
    for komponen in evaluation.jejak.children:
        scored = [child for child in komponen.children if child.maks]
        for node in scored or [komponen]:
            found.append(_spoke(evaluation, node, komponen.id))
    return tuple(found)


def _spoke(evaluation: Evaluation, node: TraceNode, komponen: str) -> Spoke:
    whole = node.maks or Fraction(100)
    low, high = node.rentang or (Fraction(0), whole)
    sub = evaluation.rubric.subkomponen_by_id.get(node.id)
    label = sub.dimensi.replace("_", " ") if sub else words.clean(node.nama, 40)
    persen = None if node.nilai is None else node.nilai * 100 / whole
    return Spoke(node.id, label, komponen, persen, low * 100 / whole, high * 100 / whole)


def applies(evaluation: Evaluation) -> bool:
    """Say whether the rubric has parts enough for a radar."""
    return len(spokes(evaluation)) >= LEAST


def describe(evaluation: Evaluation) -> str:
    """Say the chart in words."""
    parts = [
        f"{s.id} " + ("belum dinilai" if s.persen is None else f"{words.points(evaluation, s.persen)} %")
        for s in spokes(evaluation)
    ]
    return f"{words.name(evaluation)}{words.subject(evaluation)}. Persentase terhadap bobot: {'; '.join(parts)}."


def radar(evaluation: Evaluation, format: Format = "png") -> bytes:
    """Draw the percentages of all subkomponen (of the components, where the rubric is scored there).

    What is not judged is a gap in the line, marked with the range that it can still take; it is never drawn as zero.
    Returns a PNG of 150 dpi, 16 cm wide, or an SVG. Raises `SakipError`: D801 without matplotlib, D811 where the
    rubric has fewer than three parts.
    """
    require("chart", "Grafik")
    axes = spokes(evaluation)
    if len(axes) < LEAST:
        raise SakipError([_too_few(evaluation, len(axes))])
    by_sub = any(s.id != s.komponen for s in axes)
    title = f"Capaian per {'subkomponen' if by_sub else 'komponen'} (persen dari bobot)"
    notes = _notes(evaluation, axes)
    lines = canvas.subtitle(words.name(evaluation), f"{words.subject(evaluation)}: {words.result_text(evaluation)}")
    foot = canvas.footnote_height(notes)
    height = canvas.headline_height(lines) + _BODY + foot

    def build(figure: Figure) -> None:
        canvas.headline(figure, title, lines)
        ax = canvas.plain_axes(figure, 0.0, foot, canvas.WIDTH, _BODY)
        ax.set_aspect("equal")
        ax.set_xlim(-_REACH, _REACH)
        ax.set_ylim(-_REACH * _BODY / canvas.WIDTH, _REACH * _BODY / canvas.WIDTH)
        ax.axis("off")
        _grid(ax, evaluation, axes)
        _values(ax, evaluation, axes)
        canvas.footnotes(figure, notes)

    return canvas.render(build, height, format, title, describe(evaluation))


def _too_few(evaluation: Evaluation, number: int) -> Problem:
    return Problem(
        "D811",
        Location(words.clean(evaluation.case.instansi.nama)),
        f"Radar membutuhkan sedikitnya {LEAST} bagian; rubrik {evaluation.rubric.id} hanya punya {number}",
        "Kurang dari itu tidak membentuk bidang",
        "Pakai --jenis air-terjun",
    )


def _notes(evaluation: Evaluation, axes: tuple[Spoke, ...]) -> list[str]:
    parts = [
        f"{k.id} {words.clean(k.nama, 60)} "
        + (f"{words.points(evaluation, k.persen)} %" if k.persen is not None else "belum lengkap")
        for k in evaluation.komponen
    ]
    lines = canvas.wrap(f"Komponen: {'; '.join(parts)}.") if any(s.id != s.komponen for s in axes) else []
    if missing := [s.id for s in axes if s.persen is None]:
        lines += canvas.wrap(
            f"Belum dinilai: {', '.join(missing)}. Garis tebal putus-putus adalah nilai yang masih mungkin; "
            "belum dinilai bukan nol."
        )
    return lines


def _at(index: int, number: int, share: float) -> Point:
    """Return the place on axis `index` of `number`, clockwise from the top; `share` 1 is the full bobot."""
    angle = math.pi / 2 - 2 * math.pi * index / number
    return share * math.cos(angle), share * math.sin(angle)


def _rings(evaluation: Evaluation) -> list[tuple[float, str]]:
    """Return the rings: the steps of the ladder where answers give the points, else every fifth part."""
    if evaluation.rubric.pada == "komponen" or not evaluation.rubric.skala:
        return [(share / 100, str(share)) for share in range(20, 101, 20)]
    steps = {step.poin: step.jawaban for step in evaluation.rubric.skala if step.poin}
    return [(float(poin) / 100, f"{name} {words.short(poin)}") for poin, name in sorted(steps.items())]


def _grid(ax: Axes, evaluation: Evaluation, axes: tuple[Spoke, ...]) -> None:
    number = len(axes)
    for share, _ in _rings(evaluation):
        corners = [_at(i % number, number, share) for i in range(number + 1)]
        ax.plot(*zip(*corners, strict=True), color=canvas.RULE, linewidth=1.0 if share == 1 else 0.5, zorder=1)
    for i, spoke in enumerate(axes):
        ax.plot(*zip((0, 0), _at(i, number, 1), strict=True), color=canvas.RULE, linewidth=0.5, zorder=1)
        _name(ax, evaluation, spoke, _at(i, number, _LABEL))


def _name(ax: Axes, evaluation: Evaluation, spoke: Spoke, place: Point) -> None:
    """Write the label of an axis and its percentage, outside the outermost ring."""
    x, y = place
    side = "center" if abs(x) < 0.1 else "left" if x > 0 else "right"
    room = (_REACH if side == "center" else _REACH - abs(x)) * canvas.WIDTH / (2 * _REACH) - 0.15
    value = "belum dinilai" if spoke.persen is None else f"{words.points(evaluation, spoke.persen)} %"
    rows = [*canvas.wrap(f"{spoke.id} {spoke.label}", room, canvas.NORMAL, lines=3), value]
    # The block stands on its place at the top, hangs from it at the bottom, and is centred beside the web.
    top = y + len(rows) * _ROW / 2 * (1 + y / _LABEL)
    for row, text in enumerate(rows):
        last = row == len(rows) - 1
        ax.text(
            x,
            top - row * _ROW,
            text,
            ha=side,
            va="top",
            fontsize=canvas.NORMAL,
            fontweight="bold" if last and spoke.persen is not None else "normal",
            fontstyle="italic" if last and spoke.persen is None else "normal",
        )


def _values(ax: Axes, evaluation: Evaluation, axes: tuple[Spoke, ...]) -> None:
    number = len(axes)
    places = [None if s.persen is None else _at(i, number, float(s.persen) / 100) for i, s in enumerate(axes)]
    for i, (here, spoke) in enumerate(zip(places, axes, strict=True)):
        following = places[(i + 1) % number]
        if here is not None and following is not None:
            xs, ys = zip((0.0, 0.0), here, following, strict=True)
            ax.fill(xs, ys, color=canvas.SOLID, alpha=0.16, linewidth=0, zorder=2)
            ax.plot(xs[1:], ys[1:], color=canvas.SOLID, linewidth=1.8, zorder=4, solid_capstyle="round")
        if here is not None:
            ax.plot(*here, marker="o", markersize=4.5, color=canvas.SOLID, zorder=5)
        else:
            ends = [_at(i, number, float(share) / 100) for share in (spoke.low, spoke.high)]
            ax.plot(
                *zip(*ends, strict=True),
                color=canvas.INK,
                linewidth=1.8,
                linestyle=(0, (1.2, 1.2)),
                marker="D",
                markersize=4.5,
                markerfacecolor="white",
                zorder=5,
            )
    for share, label in _rings(evaluation):
        x, y = (0.5 * (a + b) for a, b in zip(_at(0, number, share), _at(1, number, share), strict=True))
        ax.text(
            x,
            y,
            label,
            fontsize=canvas.SMALL,
            color=canvas.MUTED,
            ha="center",
            va="center",
            zorder=3,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.9},
        )
