"""How much of a subkomponen's criteria is met, and the answer that this share proposes."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from sakip_eval.rubric.rubric import Rubric, Step, Subkomponen

ZERO, HUNDRED = Fraction(0), Fraction(100)


class Share(NamedTuple):
    """A share of criteria met, in percent: least, greatest (None: no criterion applies), and what both propose."""

    persen_min: Fraction | None
    persen_maks: Fraction | None
    usulan: Step | None


class Pemenuhan(NamedTuple):
    """Criteria of one subkomponen by status; criteria that nobody judged make the share a range.

    `persen_min` and `persen_maks` are percent, 0 to 100; both None where no criterion applies. `usulan` is the answer
    that the whole range proposes, None where it spans several steps of the ladder. It never lies beyond what a
    percentage can justify. `kurang` names the criteria judged and not fully met. (A tuple, since thousands are made.)
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

    @property
    def persen(self) -> Fraction | None:
        """The share of criteria met in percent; None while it is a range, or where no criterion applies."""
        return self.persen_min if self.persen_min == self.persen_maks else None

    @property
    def berlaku(self) -> int:
        """Number of criteria that count."""
        return self.terpenuhi + self.sebagian + self.tidak + self.belum


def count_statuses(rubric: Rubric, sub: Subkomponen, statuses: list[str | None]) -> Pemenuhan:
    """Count statuses given in the order of the subkomponen's criteria; None is not judged yet."""
    terpenuhi, belum = statuses.count("terpenuhi"), statuses.count(None)
    sebagian = tidak = tidak_berlaku = 0
    kurang: tuple[str, ...] = ()
    if terpenuhi + belum < len(statuses):
        sebagian, tidak = statuses.count("sebagian"), statuses.count("tidak")
        tidak_berlaku = len(statuses) - terpenuhi - belum - sebagian - tidak
        kurang = tuple([k.id for k, s in zip(sub.kriteria, statuses, strict=True) if s in ("tidak", "sebagian")])
    share = share_of(rubric, terpenuhi, sebagian, tidak, tidak_berlaku, belum)
    return Pemenuhan(terpenuhi, sebagian, tidak, tidak_berlaku, belum, *share, kurang)


@lru_cache(maxsize=50_000)
def share_of(rubric: Rubric, terpenuhi: int, sebagian: int, tidak: int, tidak_berlaku: int, belum: int) -> Share:
    """Return the share of criteria met for these counts, and the answer that it proposes."""
    counts = {"terpenuhi": terpenuhi, "sebagian": sebagian, "tidak": tidak, "tidak_berlaku": tidak_berlaku}
    total, number = ZERO, belum
    for status, count in counts.items():
        worth = rubric.statuses.get(status)
        if worth is not None and count:
            total += worth * count
            number += count
    if number == 0:
        return Share(None, None, None)
    low, high = total * 100 / number, (total + belum) * 100 / number
    return Share(low, high, propose(rubric, low, high))


def propose(rubric: Rubric, low: Fraction, high: Fraction) -> Step | None:
    """Return the one step of the ladder that holds both ends of a share, never one beyond the percentage."""
    for step in rubric.skala:
        if step.jawaban not in rubric.beyond and low in step.pemenuhan:
            return step if high in step.pemenuhan else None
    return None
