"""How much of a subkomponen's criteria is met, and the answer that this share proposes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sakip_eval.rubric.rubric import Rubric, Step, Subkomponen

ZERO, HUNDRED = Fraction(0), Fraction(100)


@dataclass(frozen=True, slots=True)
class Pemenuhan:
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
    kurang: tuple[str, ...]
    """Criteria judged and not fully met."""

    @property
    def berlaku(self) -> int:
        """Number of criteria that count."""
        return self.terpenuhi + self.sebagian + self.tidak + self.belum


def pemenuhan_of(rubric: Rubric, sub: Subkomponen, statuses: Mapping[str, str]) -> Pemenuhan:
    """Count the statuses of a subkomponen's criteria; a criterion that `statuses` lacks is not judged yet."""
    counts = {"terpenuhi": 0, "sebagian": 0, "tidak": 0, "tidak_berlaku": 0}
    kurang: list[str] = []
    belum = 0
    for kriteria in sub.kriteria:
        status = statuses.get(kriteria.id)
        if status is None:
            belum += 1
            continue
        counts[status] += 1
        if status == "tidak" or status == "sebagian":
            kurang.append(kriteria.id)
    low, high = share(rubric, counts, belum)
    return Pemenuhan(
        counts["terpenuhi"],
        counts["sebagian"],
        counts["tidak"],
        counts["tidak_berlaku"],
        belum,
        low,
        high,
        propose(rubric, low, high),
        tuple(kurang),
    )


def share(rubric: Rubric, counts: Mapping[str, int], belum: int) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the greatest share of criteria met, in percent; (None, None) where none applies."""
    total, number = ZERO, belum
    for status, count in counts.items():
        worth = rubric.statuses.get(status)
        if worth is not None and count:
            total += worth * count
            number += count
    if number == 0:
        return None, None
    low = total * 100 / number
    return low, (total + belum) * 100 / number if belum else low


def propose(rubric: Rubric, low: Fraction | None, high: Fraction | None) -> Step | None:
    """Return the one step of the ladder that holds both ends of a share, never one beyond the percentage."""
    if low is None or high is None:
        return None
    for step in rubric.skala:
        if step.jawaban not in rubric.beyond and low in step.pemenuhan:
            return step if low == high or high in step.pemenuhan else None
    return None


def steps_within(rubric: Rubric, persen: Iterable[Fraction]) -> list[Step]:
    """Return the steps that the given shares fall on, best first."""
    shares = list(persen)
    return [
        step
        for step in rubric.skala
        if step.jawaban not in rubric.beyond and any(value in step.pemenuhan for value in shares)
    ]
