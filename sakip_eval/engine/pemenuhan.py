"""How much of a subkomponen's criteria is met, and the answer that this share proposes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from sakip_eval.rubric.rubric import Rubric, Step

ZERO, HUNDRED = Fraction(0), Fraction(100)


class Pemenuhan(NamedTuple):
    """Criteria of one subkomponen by status; criteria that nobody judged make the share a range.

    `persen_min` and `persen_maks` are percent, 0 to 100; both None where no criterion applies. `usulan` is the answer
    that the whole range proposes, None where it spans several steps of the ladder. It never lies beyond what a
    percentage can justify.
    """

    terpenuhi: int
    sebagian: int
    tidak: int
    tidak_berlaku: int
    belum: int
    persen_min: Fraction | None
    persen_maks: Fraction | None
    usulan: Step | None

    @property
    def persen(self) -> Fraction | None:
        """The share of criteria met in percent; None while it is a range, or where no criterion applies."""
        return self.persen_min if self.persen_min == self.persen_maks else None

    @property
    def berlaku(self) -> int:
        """Number of criteria that count."""
        return self.terpenuhi + self.sebagian + self.tidak + self.belum


def count_statuses(rubric: Rubric, statuses: Sequence[str | None]) -> Pemenuhan:
    """Count the statuses of a subkomponen's criteria; None is not judged yet."""
    number, terpenuhi = len(statuses), statuses.count("terpenuhi")
    if terpenuhi == number:
        return pemenuhan(rubric, terpenuhi, 0, 0, 0, 0)
    belum, sebagian, tidak = statuses.count(None), statuses.count("sebagian"), statuses.count("tidak")
    return pemenuhan(rubric, terpenuhi, sebagian, tidak, number - terpenuhi - belum - sebagian - tidak, belum)


@lru_cache(maxsize=50_000)
def pemenuhan(rubric: Rubric, terpenuhi: int, sebagian: int, tidak: int, tidak_berlaku: int, belum: int) -> Pemenuhan:
    """Return how much is met for these counts, and the answer that this share proposes."""
    counts = {"terpenuhi": terpenuhi, "sebagian": sebagian, "tidak": tidak, "tidak_berlaku": tidak_berlaku}
    total, number = ZERO, belum
    for status, count in counts.items():
        worth = rubric.statuses.get(status)
        if worth is not None and count:
            total += worth * count
            number += count
    low = high = usulan = None
    if number:
        low, high = total * 100 / number, (total + belum) * 100 / number
        usulan = propose(rubric, low, high)
    return Pemenuhan(terpenuhi, sebagian, tidak, tidak_berlaku, belum, low, high, usulan)


def propose(rubric: Rubric, low: Fraction, high: Fraction) -> Step | None:
    """Return the one step of the ladder that holds both ends of a share, never one beyond the percentage."""
    for step in rubric.skala:
        if step.jawaban not in rubric.beyond and low in step.pemenuhan:
            return step if high in step.pemenuhan else None
    return None
