"""What fulfilling criteria is worth, by scoring anew: exact points, never an estimate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache

from sakip_eval.case.case import Penilaian
from sakip_eval.engine.pemenuhan import ZERO, Pemenuhan, pemenuhan
from sakip_eval.engine.score import add
from sakip_eval.rubric.rubric import Rubric, Step


class Worth:
    """Answers what the total gains when criteria are met; statuses missing from `statuses` stay unjudged.

    Subkomponen mode: the answer rises to what the criteria then propose, if that is higher than the answer given (or
    than what they propose now, where none is given). Kriteria mode: the average is taken anew.
    """

    def __init__(
        self,
        rubric: Rubric,
        penilaian: Penilaian,
        statuses: Mapping[str, str],
        pemenuhan: Mapping[str, Pemenuhan],
    ) -> None:
        self._rubric, self._penilaian = rubric, penilaian
        self._statuses, self._pemenuhan = statuses, pemenuhan
        self._all: dict[str, Fraction] = {}
        self._risks: dict[str, Fraction] = {}

    def of_topic(self, criteria: tuple[str, ...]) -> tuple[Fraction, Fraction, Fraction]:
        """Return what `of`, `together` and `at_risk` return of these criteria."""
        homes = _by_home(criteria)
        if len(homes) == 1:
            ((sub, names),) = homes
            return self._gain(sub, names), self._gain_of_all(sub), self._risk(sub)
        return self.of(criteria), self.together(criteria), self.at_risk(criteria)

    def of(self, criteria: Iterable[str]) -> Fraction:
        """Return the points that the total gains when exactly these criteria become met."""
        return add([self._gain(sub, names) for sub, names in _by_home(tuple(criteria))])

    def together(self, criteria: Iterable[str]) -> Fraction:
        """Return the gain when every lacking criterion of the touched subkomponen is met too."""
        return add([self._gain_of_all(sub) for sub, _ in _by_home(tuple(criteria))])

    def at_risk(self, criteria: Iterable[str]) -> Fraction:
        """Return the points of given answers that stand above what the criteria now propose."""
        return add([self._risk(sub) for sub, _ in _by_home(tuple(criteria))])

    def _risk(self, sub_id: str) -> Fraction:
        known = self._risks.get(sub_id)
        if known is None:
            now, proposed = self._answer(sub_id), self._pemenuhan[sub_id].usulan
            known = ZERO
            if now is not None and proposed is not None and now.rank > proposed.rank:
                known = rise(self._rubric, sub_id, proposed.jawaban, now.jawaban)
            self._risks[sub_id] = known
        return known

    def _answer(self, sub_id: str) -> Step | None:
        said = self._penilaian.subkomponen.get(sub_id)
        return self._rubric.step_by_jawaban[said.jawaban] if said and said.jawaban else None

    def _gain_of_all(self, sub_id: str) -> Fraction:
        known = self._all.get(sub_id)
        if known is None:
            criteria = self._rubric.subkomponen_by_id[sub_id].kriteria
            lacking = {k.id for k in criteria if self._statuses.get(k.id) in ("tidak", "sebagian")}
            known = self._all[sub_id] = self._gain(sub_id, lacking)
        return known

    def _gain(self, sub_id: str, names: Collection[str]) -> Fraction:
        if self._rubric.pada == "kriteria":
            return self._average_gain(sub_id, names)
        now = self._answer(sub_id)
        said = list(map(self._statuses.get, names))
        closed = (said.count("terpenuhi"), said.count("sebagian"), said.count("tidak"), said.count(None), len(said))
        return gain(self._rubric, sub_id, now.jawaban if now else None, self._pemenuhan[sub_id][:5], closed)

    def _average_gain(self, sub_id: str, names: Collection[str]) -> Fraction:
        rubric = self._rubric
        sub = rubric.subkomponen_by_id[sub_id]
        best = max((step.poin for step in rubric.skala if step.jawaban not in rubric.beyond), default=Fraction(100))
        number, gained = 0, ZERO
        for kriteria in sub.kriteria:
            said = self._penilaian.kriteria.get(kriteria.id)
            status = said.status if said else None
            if status is not None and rubric.statuses[status] is None:
                continue
            number += 1
            if kriteria.id not in names or said is None:
                continue
            if rubric.dengan == "jawaban":
                gained += max(ZERO, best - rubric.step_by_jawaban[said.jawaban].poin) if said.jawaban else ZERO
            elif status is not None:
                gained += 100 - (rubric.statuses[status] or ZERO) * 100
        return sub.bobot * gained / 100 / number if number else ZERO


@lru_cache(maxsize=20_000)
def _by_home(criteria: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return criteria by the subkomponen that they belong to."""
    by_sub: dict[str, dict[str, None]] = {}
    for name in criteria:
        by_sub.setdefault(name.rpartition(".")[0], {})[name] = None
    return tuple([(sub, tuple(names)) for sub, names in by_sub.items()])


@lru_cache(maxsize=50_000)
def gain(
    rubric: Rubric,
    sub_id: str,
    jawaban: str | None,
    counts: tuple[int, ...],
    closed: tuple[int, int, int, int, int],
) -> Fraction:
    """Return the points that an answer gains when some of its criteria become met.

    `counts` are the criteria of the subkomponen by status, as in `Pemenuhan`; `closed` those that become met, by what
    they were: terpenuhi, sebagian, tidak, not judged, and all of them.
    """
    terpenuhi, sebagian, tidak, tidak_berlaku, belum = counts
    met, partly, unmet, unknown, number = closed
    left_out = number - met - partly - unmet - unknown
    before = pemenuhan(rubric, *counts).usulan
    now = rubric.step_by_jawaban[jawaban] if jawaban is not None else before
    after = pemenuhan(
        rubric,
        terpenuhi + number - met,
        sebagian - partly,
        tidak - unmet,
        tidak_berlaku - left_out,
        belum - unknown,
    ).usulan
    if now is None or after is None or after.rank <= now.rank:
        return ZERO
    return rise(rubric, sub_id, now.jawaban, after.jawaban)


@lru_cache(maxsize=10_000)
def rise(rubric: Rubric, sub_id: str, low: str, high: str) -> Fraction:
    """Return the points between two answers to a subkomponen."""
    steps = rubric.step_by_jawaban
    return rubric.subkomponen_by_id[sub_id].bobot * (steps[high].poin - steps[low].poin) / 100
