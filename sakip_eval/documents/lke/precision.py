"""How many decimals a formula must be snapped to before it is compared or rounded, so that doubles decide as fractions.

A spreadsheet computes with doubles: a sum that is exactly 70 may come out as 70.00000000000001 and be called BB. Every
figure of a rubric is a multiple of one unit (the common denominator of its parts), so that a figure which is not
exactly on a band edge, or exactly halfway between two roundings, lies at least one known step away from it. Rounding
to more decimals than that step, and fewer than the error of doubles, gives the exact decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import lcm

from sakip_eval.rubric.rubric import Rubric

LEAST, MOST = 9, 12
"""Decimals: values of at most 100 added up some twenty times are wrong by less than 1e-12 as doubles."""


@lru_cache(maxsize=64)
def guard(rubric: Rubric) -> int:
    """Return the number of decimals to snap to, `LEAST` to `MOST`."""
    return min(MOST, _needed(rubric))


def proven(rubric: Rubric) -> bool:
    """Whether formulas snapped to `guard` decimals decide exactly as the engine for every set of answers."""
    return _needed(rubric) <= MOST


@lru_cache(maxsize=64)
def _needed(rubric: Rubric) -> int:
    unit = _unit(rubric)
    edges = _common(
        bound for band in (*rubric.predikat, *rubric.skala) for bound in _bounds(band) if bound is not None
    )
    steps = [unit * edges * max(k.bobot.numerator for k in rubric.komponen)]
    if rubric.stage != "cetak" or rubric.predikat_dari == "bulat":
        steps.append(unit * 2 * 10**rubric.rounding.digits)
    return max(LEAST, len(str(max(steps))) + 1)


def _unit(rubric: Rubric) -> int:
    """The common denominator of all values that a total can have, before any rounding."""
    if rubric.pada == "komponen":
        return 10**6  # Points given by hand: the cells accept six decimals.
    if rubric.pada == "subkomponen":
        return _common(s.bobot * step.poin / 100 for s in rubric.each_subkomponen() for step in rubric.skala)
    worths = [step.poin for step in rubric.skala] if rubric.dengan == "jawaban" else []
    worths += [worth * 100 for worth in rubric.statuses.values() if worth is not None]
    return _common(
        sub.bobot * worth / (100 * number)
        for sub in rubric.each_subkomponen()
        for number in range(1, len(sub.kriteria) + 1)
        for worth in worths
    )


def _bounds(step: object) -> tuple[Fraction | None, Fraction | None]:
    band = getattr(step, "band", None) or getattr(step, "pemenuhan", None)
    return (band.low, band.high) if band is not None else (None, None)


def _common(values: Iterable[Fraction]) -> int:
    return lcm(*[value.denominator for value in values])
