"""Scoring: from a rubric and what one rater says to the trace tree. Pure, exact, in all three modes.

Subkomponen mode (the Permen): nilai = bobot x points of the answer / 100. Kriteria mode: nilai = bobot x average of the
criteria that apply. Komponen mode: points given directly. Components and the total are plain sums; rounding happens
at the stage that the rubric declares and nowhere else.

Whatever depends on the rubric alone is made once (`prepared`) and shared by all cases: nodes are immutable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import getitem
from typing import NamedTuple

from sakip_eval.case.case import JawabanKriteria, JawabanSub, Penilaian
from sakip_eval.engine.pemenuhan import HUNDRED, ZERO, Pemenuhan, count_statuses
from sakip_eval.engine.trace import Grounds, TraceNode
from sakip_eval.rubric.rubric import Komponen, Kriteria, Predikat, Rubric, Step, Subkomponen

_NO_SUB = JawabanSub()
_NO_KRITERIA = JawabanKriteria()

Range = tuple[Fraction, Fraction]
Summed = tuple[Fraction | None, Range, Fraction | None]


class Usulan(NamedTuple):
    """A status that a rule proposes for a criterion, and why."""

    kriteria: str
    status: str
    alasan: str
    bukti: tuple[str, ...]
    aturan: str
    dasar: str


def score(
    rubric: Rubric, penilaian: Penilaian, penilai: str, usulan: Mapping[str, Usulan]
) -> tuple[TraceNode, dict[str, Pemenuhan]]:
    """Return the trace tree (its root is the total) and the fulfilment of each subkomponen.

    `usulan` are proposed statuses by criterion: they stand in for a missing status in the fulfilment, never in a value.
    """
    scorer = _Scorer(prepared(rubric), penilaian, penilai, usulan)
    komponen = tuple([scorer.komponen(k) for k in rubric.komponen])
    nilai, rentang = _sum(komponen)
    if rubric.stage == "total":
        rentang = (rubric.rounding.apply(rentang[0]), rubric.rounding.apply(rentang[1]))
        nilai = rentang[0] if nilai is not None else None
    band = band_of(rubric, nilai) if nilai is not None else None
    total = TraceNode(
        "total", "Nilai Akuntabilitas Kinerja", nilai, HUNDRED, nilai, HUNDRED, rentang,
        rubric.dasar_penilaian, (), scorer.prepared.total_grounds(band), komponen,
    )  # fmt: skip
    return total, scorer.pemenuhan


def predikat_basis(rubric: Rubric, nilai: Fraction) -> Fraction:
    """Return the figure that the predikat follows: the exact total, or the rounded one where the rubric says so."""
    return rubric.rounding.apply(nilai) if rubric.predikat_dari == "bulat" else nilai


def band_of(rubric: Rubric, nilai: Fraction) -> Predikat | None:
    """Return the predikat of a total or percentage; None at 0.00."""
    return _band(rubric, nilai.numerator, nilai.denominator)


@lru_cache(maxsize=50_000)
def _band(rubric: Rubric, numerator: int, denominator: int) -> Predikat | None:
    return rubric.predikat_of(predikat_basis(rubric, Fraction(numerator, denominator)))


def percent(nilai: Fraction, bobot: Fraction) -> Fraction:
    """Return points as percent of a bobot."""
    return Fraction(nilai.numerator * bobot.denominator * 100, nilai.denominator * bobot.numerator)


def _sum(parts: Sequence[TraceNode]) -> tuple[Fraction | None, Range]:
    """Add parts up: their value where all have one, and the range of what it can still be."""
    values = [part.nilai for part in parts if part.nilai is not None]
    if len(values) == len(parts):
        whole = add(values)
        return whole, (whole, whole)
    ranges = [part.rentang for part in parts if part.rentang is not None]
    return None, (add([least for least, _ in ranges]), add([most for _, most in ranges]))


def add(values: Sequence[Fraction]) -> Fraction:
    """Add fractions over their common denominator: exact, and several times faster than one by one."""
    if len(values) < 2:
        return values[0] if values else ZERO
    whole = lcm(*[value.denominator for value in values])
    return Fraction(sum([value.numerator * (whole // value.denominator) for value in values]), whole)


class Prepared:
    """What scoring needs of a rubric, made once: exact points of every answer, and nodes that many cases share."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        points = [step.poin for step in rubric.skala]
        self.extremes = (min(points, default=ZERO), max(points, default=HUNDRED))
        self.answers: dict[str, dict[str, Answered]] = {}
        for sub in rubric.each_subkomponen():
            answers = self.answers[sub.id] = {}
            for step in rubric.skala:
                nilai = self.rounded(sub.bobot * step.poin / 100, "subkomponen")
                dasar = f"{sub.dasar}; {step.dasar}"
                answers[step.jawaban] = Answered(step, nilai, (nilai, nilai), dasar, percent(nilai, sub.bobot))
        self.statuses = (None, *rubric.statuses)
        self.open = {sub.id: self.span(sub, *self.extremes) for sub in rubric.each_subkomponen()}
        self.komponen_grounds = Grounds("komponen", rubric.rounding)
        # A component has at most as many values as there are ways to answer its subkomponen: each is added up once.
        self.sums: dict[tuple[str, ...], Summed] = {}
        self._slots: dict[tuple[str, str, int], _Slots] = {}
        self._total_grounds: dict[str, Grounds] = {}

    def rounded(self, value: Fraction, stage: str) -> Fraction:
        """Round a value if the rubric rounds at this stage."""
        return self.rubric.rounding.apply(value) if self.rubric.stage == stage else value

    def span(self, sub: Subkomponen, low: Fraction, high: Fraction) -> Range:
        """Return the points between two percentages of a subkomponen's bobot."""
        least = self.rounded(sub.bobot * low / 100, "subkomponen")
        return (least, least if low == high else self.rounded(sub.bobot * high / 100, "subkomponen"))

    def total_grounds(self, band: Predikat | None) -> Grounds:
        """Return the grounds of a total in a band (None: not judged, or 0.00)."""
        if band is None:
            return Grounds("total", self.rubric.rounding)
        grounds = self._total_grounds.get(band.predikat)
        if grounds is None:
            words = f"predikat {band.predikat}, dalam {band.band}"
            grounds = self._total_grounds[band.predikat] = Grounds("total", self.rubric.rounding, band=words)
        return grounds

    def slots(self, sub: Subkomponen, penilai: str, number: int) -> _Slots:
        """Return the criteria of a subkomponen with their shared nodes; `number` of them share the bobot (0: none)."""
        slots = self._slots.get((sub.id, penilai, number))
        if slots is None:
            slots = self._slots[sub.id, penilai, number] = _Slots(
                [k.id for k in sub.kriteria],
                [
                    {status: self.criterion(k, JawabanKriteria(status), penilai, number) for status in self.statuses}
                    for k in sub.kriteria
                ],
            )
        return slots

    def criterion(self, kriteria: Kriteria, said: JawabanKriteria, penilai: str, number: int) -> TraceNode:
        """Return the node of a criterion judged so, evidence apart."""
        rubric = self.rubric
        sub = rubric.subkomponen_by_id[kriteria.subkomponen]
        step = rubric.step_by_jawaban[said.jawaban] if said.jawaban is not None else None
        poin, applies = self.share(said)
        bobot = sub.bobot / number if number and applies else None
        nilai = poin * bobot / 100 if poin is not None and bobot is not None else None
        grounds = Grounds("kriteria", rubric.rounding, step, None, penilai, said.status)
        return TraceNode(
            kriteria.id, kriteria.uraian, nilai, bobot, poin, bobot, None, sub.dasar, (), grounds
        )  # fmt: skip

    def share(self, said: JawabanKriteria) -> tuple[Fraction | None, bool]:
        """Return a criterion's value in percent (None: not judged, or left out), and whether it applies."""
        worth = self.rubric.statuses[said.status] if said.status is not None else None
        if said.status is not None and worth is None:
            return None, False
        if self.rubric.pada == "kriteria" and self.rubric.dengan == "jawaban":
            return (self.rubric.step_by_jawaban[said.jawaban].poin, True) if said.jawaban else (None, True)
        return (worth * 100 if worth is not None else None), True


class Answered(NamedTuple):
    """A subkomponen with an answer: its points (as value and as range), articles, and percent of its bobot."""

    step: Step
    nilai: Fraction
    rentang: Range
    dasar: str
    persen: Fraction


class _Slots(NamedTuple):
    """The criteria of a subkomponen, and the node of each by status, or by status and jawaban."""

    ids: list[str]
    nodes: list[dict[str | tuple[str | None, str] | None, TraceNode]]


@lru_cache(maxsize=64)
def prepared(rubric: Rubric) -> Prepared:
    """Return what scoring needs of a rubric, made once."""
    return Prepared(rubric)


class _Scorer:
    """One scoring run."""

    def __init__(self, prepared: Prepared, penilaian: Penilaian, penilai: str, usulan: Mapping[str, Usulan]) -> None:
        self.prepared, self.rubric = prepared, prepared.rubric
        self.penilaian, self.penilai, self.usulan = penilaian, penilai, usulan
        self.pemenuhan: dict[str, Pemenuhan] = {}

    def komponen(self, komponen: Komponen) -> TraceNode:
        if self.rubric.pada == "komponen":
            return self.given(komponen)
        score_sub = self.averaged if self.rubric.pada == "kriteria" else self.answered
        parts = tuple([score_sub(sub) for sub in komponen.subkomponen])
        answers = (komponen.id, *[part.grounds.step.jawaban for part in parts if part.grounds.step is not None])
        known = self.prepared.sums.get(answers)
        nilai, rentang, persen = known or self.summed(komponen, parts)
        if known is None and len(answers) == len(parts) + 1:
            self.prepared.sums[answers] = nilai, rentang, persen
        return TraceNode(
            komponen.id, komponen.nama, nilai, komponen.bobot, persen,
            komponen.bobot, rentang, komponen.dasar, (), self.prepared.komponen_grounds, parts,
        )  # fmt: skip

    def summed(self, komponen: Komponen, parts: Sequence[TraceNode]) -> Summed:
        """Return the points of a component (as value and as range) and its percent, rounded where the rubric does."""
        nilai, rentang = _sum(parts)
        if self.rubric.stage == "komponen":
            rentang = (self.rubric.rounding.apply(rentang[0]), self.rubric.rounding.apply(rentang[1]))
            nilai = rentang[0] if nilai is not None else None
        return nilai, rentang, percent(nilai, komponen.bobot) if nilai is not None else None

    def given(self, komponen: Komponen) -> TraceNode:
        nilai = self.penilaian.komponen.get(komponen.id)
        if nilai is not None:
            nilai = self.prepared.rounded(nilai, "komponen")
        return TraceNode(
            komponen.id, komponen.nama, nilai, komponen.bobot,
            percent(nilai, komponen.bobot) if nilai is not None else None,
            komponen.bobot, (nilai, nilai) if nilai is not None else (ZERO, komponen.bobot), komponen.dasar, (),
            Grounds("nilai", self.rubric.rounding, penilai=self.penilai),
        )  # fmt: skip

    def answered(self, sub: Subkomponen) -> TraceNode:
        nodes, filled = self.criteria(sub, 0)
        said = self.penilaian.subkomponen.get(sub.id, _NO_SUB)
        bobot, rounding = sub.bobot, self.rubric.rounding
        if said.jawaban is None:
            return TraceNode(
                sub.id, sub.nama, None, bobot, None, bobot, self.prepared.open[sub.id], sub.dasar, said.bukti,
                Grounds("jawaban", rounding, None, filled, self.penilai, None, False, said.alasan), nodes,
            )  # fmt: skip
        step, nilai, rentang, dasar, _ = self.prepared.answers[sub.id][said.jawaban]
        return TraceNode(
            sub.id, sub.nama, nilai, bobot, step.poin, bobot, rentang, dasar, said.bukti,
            Grounds("jawaban", rounding, step, filled, self.penilai, None, False, said.alasan), nodes,
        )  # fmt: skip

    def averaged(self, sub: Subkomponen) -> TraceNode:
        total, judged, open_ = ZERO, 0, 0
        for kriteria in sub.kriteria:
            value, applies = self.prepared.share(self.penilaian.kriteria.get(kriteria.id, _NO_KRITERIA))
            if value is not None:
                total += value
                judged += 1
            elif applies:
                open_ += 1
        number = judged + open_
        low, high = self.prepared.extremes if self.rubric.dengan == "jawaban" else (ZERO, HUNDRED)
        poin: Fraction | None = None
        nilai: Fraction | None = None
        if number == 0:
            rentang = self.prepared.span(sub, low, high)
        elif open_ == 0:
            poin = total / number
            rentang = self.prepared.span(sub, poin, poin)
            nilai = rentang[0]
        else:
            rentang = self.prepared.span(sub, (total + open_ * low) / number, (total + open_ * high) / number)
        said = self.penilaian.subkomponen.get(sub.id, _NO_SUB)
        nodes, filled = self.criteria(sub, number)
        return TraceNode(
            sub.id, sub.nama, nilai, sub.bobot, poin, sub.bobot, rentang, sub.dasar, said.bukti,
            Grounds("rata", self.rubric.rounding, None, filled, self.penilai, penyebut=number), nodes,
        )  # fmt: skip

    def criteria(self, sub: Subkomponen, number: int) -> tuple[tuple[TraceNode, ...], Pemenuhan]:
        """Return the nodes of a subkomponen's criteria, and how much of them is met."""
        slots = self.prepared.slots(sub, self.penilai, number)
        penilaian, usulan = self.penilaian, self.usulan
        # Built-in functions over whole lists: this runs for every criterion of every case.
        statuses = list(map(penilaian.status.get, slots.ids))
        nodes = list(map(getitem, slots.nodes, statuses))
        if penilaian.rinci and not penilaian.rinci.isdisjoint(slots.ids):
            for at, name in enumerate(slots.ids):
                if name in penilaian.rinci:
                    k = penilaian.kriteria[name]
                    node = nodes[at] if k.jawaban is None else self.answered_criterion(sub, at, k, number)
                    nodes[at] = node._replace(bukti=k.bukti)
        if usulan and None in statuses:
            for at, name in enumerate(slots.ids):
                if statuses[at] is None and name in usulan:
                    proposed = usulan[name]
                    statuses[at] = proposed.status
                    grounds = nodes[at].grounds._replace(
                        status=proposed.status, diusulkan=True, alasan=proposed.alasan
                    )
                    nodes[at] = nodes[at]._replace(bukti=proposed.bukti, grounds=grounds)
        filled = self.pemenuhan[sub.id] = count_statuses(self.rubric, statuses)
        return tuple(nodes), filled

    def answered_criterion(self, sub: Subkomponen, at: int, said: JawabanKriteria, number: int) -> TraceNode:
        """Return the node of a criterion that has an answer of its own; made once for each way to be judged."""
        known = self.prepared.slots(sub, self.penilai, number).nodes[at]
        key = (said.status, said.jawaban or "")
        node = known.get(key)
        if node is None:
            node = known[key] = self.prepared.criterion(sub.kriteria[at], said, self.penilai, number)
        return node


def statuses_of(penilaian: Penilaian, usulan: Mapping[str, Usulan]) -> dict[str, str]:
    """Return the status of each criterion: the rater's, else the proposed one; criteria with neither are absent."""
    return {name: proposed.status for name, proposed in usulan.items()} | dict(penilaian.status)
