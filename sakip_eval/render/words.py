"""Shared words and figures of all outputs: how a value, a gap, or a lost point is written."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from sakip_eval.engine.recommend import enumerate_words
from sakip_eval.engine.result import Evaluation, HasilKomponen, Rekomendasi
from sakip_eval.engine.trace import TraceNode

WIDTH = 80
OPEN = "belum"
"""Printed where nobody has judged yet; never a zero."""


def figure(evaluation: Evaluation, value: Fraction | None) -> str:
    """Print points or percent with the rubric's digits; `belum` for what is not judged."""
    return OPEN if value is None else evaluation.rubric.rounding.format(value)


def predikat_text(evaluation: Evaluation) -> str:
    """Say the predikat with its sebutan, or why there is none."""
    if evaluation.predikat is not None:
        return f"{evaluation.predikat.predikat} ({evaluation.predikat.sebutan})"
    return "tanpa predikat" if evaluation.lengkap else "belum dapat diberikan"


def range_text(evaluation: Evaluation) -> str:
    """Say between which totals an incomplete evaluation can still end."""
    low, high = evaluation.rentang
    return f"{figure(evaluation, low)} sampai {figure(evaluation, high)}"


def letter(index: int) -> str:
    """Letter of a component in a list: a, b, c, ..."""
    return chr(ord("a") + index)


def by_komponen(evaluation: Evaluation) -> Iterator[tuple[str, HasilKomponen, list[Rekomendasi]]]:
    """Yield letter, component and its recommendations, components without any left out."""
    for index, komponen in enumerate(evaluation.komponen):
        own = [r for r in evaluation.rekomendasi if r.komponen == komponen.id]
        if own:
            yield letter(index), komponen, own


def continues(item: Rekomendasi) -> str:
    """Say which open recommendations of earlier years this one continues; empty where it continues none."""
    return f"melanjutkan rekomendasi {enumerate_words(item.induk)}" if item.induk else ""


def wrap(text: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> str:
    """Wrap text to the terminal's width, with a lead for the first line and one for the others."""
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=" " * len(first) if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def rounding_notes(evaluation: Evaluation) -> list[str]:
    """Say where printed parts do not add up to the printed whole, and why; empty where they all do."""
    rubric = evaluation.rubric
    notes: list[str] = []

    def check(node: TraceNode, name: str) -> None:
        if node.nilai is None or not node.children:
            return
        parts = [child.nilai for child in node.children if child.nilai is not None]
        printed = sum((rubric.rounding.apply(part) for part in parts), Fraction(0))
        shown = rubric.rounding.apply(node.nilai)
        if printed != shown:
            notes.append(
                f"Bagian {name} yang tercetak berjumlah {rubric.rounding.format(printed)}, nilainya "
                f"{rubric.rounding.format(shown)}: nilai dihitung dari angka tepat dan dibulatkan hanya pada "
                f"tahap {rubric.stage}."
            )

    check(evaluation.jejak, "total")
    for komponen in evaluation.jejak.children:
        check(komponen, f"komponen {komponen.id}")
    return notes


@dataclass(frozen=True, slots=True)
class Lost:
    """Points lost at one node: `poin` of `maks`, and why the full grade was not reached."""

    node: TraceNode
    poin: Fraction
    why: str


def lost_points(root: TraceNode) -> list[Lost]:
    """Return where points were lost at or below `root`, largest first; the lowest nodes that carry points."""
    lost = [
        Lost(node, node.maks - node.nilai, node.why)
        for node in _scored_leaves(root)
        if node.nilai is not None and node.maks is not None and node.nilai < node.maks
    ]
    return sorted(lost, key=lambda item: -item.poin)


def _scored_leaves(node: TraceNode) -> Iterable[TraceNode]:
    below = [leaf for child in node.children for leaf in _scored_leaves(child)]
    if below:
        return below
    return [node] if node.maks is not None else []
