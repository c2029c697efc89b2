"""Scoring: from a rubric and what one rater says to the trace tree. Pure, exact, in all three modes.

Subkomponen mode (the Permen): nilai = bobot x points of the answer / 100. Kriteria mode: nilai = bobot x average of the
criteria that apply. Komponen mode: points given directly. Components and the total are plain sums; rounding happens
at the stage that the rubric declares and nowhere else.

Whatever depends on the rubric alone is made once (`_prepare`) and shared by all cases: nodes are immutable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

from sakip_eval.case.case import JawabanKriteria, JawabanSub, Penilaian
from sakip_eval.engine.pemenuhan import HUNDRED, ZERO, Pemenuhan, count_statuses
from sakip_eval.engine.trace import Grounds, TraceNode
from sakip_eval.rubric.rubric import Komponen, Kriteria, Rubric, Step, Subkomponen

_NO_SUB = JawabanSub()
_NO_KRITERIA = JawabanKriteria()

Range = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Usulan:
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
    scorer = _Scorer(_prepare(rubric), penilaian, penilai, usulan)
    komponen = tuple([scorer.komponen(k) for k in rubric.komponen])
    nilai, rentang = _sum(komponen)
    if rubric.stage == "total":
        rentang = (rubric.rounding.apply(rentang[0]), rubric.rounding.apply(rentang[1]))
        nilai = rentang[0] if nilai is not None else None
    grounds = Grounds("total", rubric.rounding)
    if nilai is not None:
        band = rubric.predikat_of(predikat_basis(rubric, nilai))
        if band is not None:
            grounds = Grounds("total", rubric.rounding, band=f"predikat {band.predikat}, dalam {band.band}")
    total = TraceNode(
        "total", "Nilai Akuntabilitas Kinerja", nilai, HUNDRED, nilai, HUNDRED, rentang,
        rubric.dasar_penilaian, (), grounds, komponen,
    )  # fmt: skip
    return total, scorer.pemenuhan


def predikat_basis(rubric: Rubric, nilai: Fraction) -> Fraction:
    """Return the figure that the predikat follows: the exact total, or the rounded one where the rubric says so."""
    return rubric.rounding.apply(nilai) if rubric.predikat_dari == "bulat" else nilai


def percent(nilai: Fraction, bobot: Fraction) -> Fraction:
    """Return points as percent of a bobot."""
    return Fraction(nilai.numerator * bobot.denominator * 100, nilai.denominator * bobot.numerator)


def _sum(parts: Sequence[TraceNode]) -> tuple[Fraction | None, Range]:
    """Add parts up: their value where all have one, and the range of what it can still be."""
    ranges = [part.rentang for part in parts if part.rentang is not None]
    low = add([least for least, _ in ranges])
    for part in parts:
        if part.nilai is None:
            return None, (low, add([most for _, most in ranges]))
    return low, (low, low)


def add(values: Sequence[Fraction]) -> Fraction:
    """Add fractions over their common denominator: exact, and several times faster than one by one."""
    if len(values) < 2:
        return values[0] if values else ZERO
    whole = lcm(*[value.denominator for value in values])
    return Fraction(sum([value.numerator * (whole // value.denominator) for value in values]), whole)


class _Prepared:
    """What scoring needs of a rubric, made once: exact points of every answer, and nodes that many cases share."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        points = [step.poin for step in rubric.skala]
        self.extremes = (min(points, default=ZERO), max(points, default=HUNDRED))
        self.answers: dict[tuple[str, str], tuple[Step, Fraction, Range, str]] = {}
        for sub in rubric.each_subkomponen():
            for step in rubric.skala:
                nilai = self.rounded(sub.bobot * step.poin / 100, "subkomponen")
                dasar = f"{sub.dasar}; {step.dasar}"
                self.answers[sub.id, step.jawaban] = (step, nilai, (nilai, nilai), dasar)
        self.open = {sub.id: self.span(sub, *self.extremes) for sub in rubric.each_subkomponen()}
        self._slots: dict[tuple[str, str, int], list[_Slot]] = {}

    def rounded(self, value: Fraction, stage: str) -> Fraction:
        """Round a value if the rubric rounds at this stage."""
        return self.rubric.rounding.apply(value) if self.rubric.stage == stage else value

    def span(self, sub: Subkomponen, low: Fraction, high: Fraction) -> Range:
        """Return the points between two percentages of a subkomponen's bobot."""
        least = self.rounded(sub.bobot * low / 100, "subkomponen")
        return (least, least if low == high else self.rounded(sub.bobot * high / 100, "subkomponen"))

    def slots(self, sub: Subkomponen, penilai: str, number: int) -> list[_Slot]:
        """Return the criteria of a subkomponen with their shared nodes; `number` of them share the bobot (0: none)."""
        key = (sub.id, penilai, number)
        slots = self._slots.get(key)
        if slots is None:
            slots = self._slots[key] = [_Slot(k.id, k, {}) for k in sub.kriteria]
        return slots

    def criterion(self, slot: _Slot, said: JawabanKriteria, penilai: str, number: int) -> TraceNode:
        """Return the node of a criterion judged so, evidence apart; made once for each way to be judged."""
        key = said.status if said.jawaban is None else (said.status, said.jawaban)
        node = slot.nodes.get(key)
        if node is None:
            node = slot.nodes[key] = self._criterion(slot.kriteria, said, penilai, number)
        return node

    def _criterion(self, kriteria: Kriteria, said: JawabanKriteria, penilai: str, number: int) -> TraceNode:
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


@dataclass(frozen=True, slots=True)
class _Slot:
    """A criterion and the nodes that were made for it, by how it was judged."""

    id: str
    kriteria: Kriteria
    nodes: dict[str | tuple[str | None, str] | None, TraceNode]


@lru_cache(maxsize=64)
def _prepare(rubric: Rubric) -> _Prepared:
    return _Prepared(rubric)


class _Scorer:
    """One scoring run."""

    def __init__(self, prepared: _Prepared, penilaian: Penilaian, penilai: str, usulan: Mapping[str, Usulan]) -> None:
        self.prepared, self.rubric = prepared, prepared.rubric
        self.penilaian, self.penilai, self.usulan = penilaian, penilai, usulan
        self.pemenuhan: dict[str, Pemenuhan] = {}

    def komponen(self, komponen: Komponen) -> TraceNode:
        if self.rubric.pada == "komponen":
            return self.given(komponen)
        score_sub = self.averaged if self.rubric.pada == "kriteria" else self.answered
        parts = tuple([score_sub(sub) for sub in komponen.subkomponen])
        nilai, rentang = _sum(parts)
        if self.rubric.stage == "komponen":
            rentang = (self.rubric.rounding.apply(rentang[0]), self.rubric.rounding.apply(rentang[1]))
            nilai = rentang[0] if nilai is not None else None
        return TraceNode(
            komponen.id, komponen.nama, nilai, komponen.bobot,
            percent(nilai, komponen.bobot) if nilai is not None else None,
            komponen.bobot, rentang, komponen.dasar, (), Grounds("komponen", self.rubric.rounding), parts,
        )  # fmt: skip

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
        step: Step | None = None
        nilai: Fraction | None = None
        rentang, dasar = self.prepared.open[sub.id], sub.dasar
        if said.jawaban is not None:
            step, nilai, rentang, dasar = self.prepared.answers[sub.id, said.jawaban]
        return TraceNode(
            sub.id, sub.nama, nilai, sub.bobot, step.poin if step else None, sub.bobot, rentang, dasar, said.bukti,
            Grounds("jawaban", self.rubric.rounding, step, filled, self.penilai, None, False, said.alasan), nodes,
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
        prepared, penilai, usulan = self.prepared, self.penilai, self.usulan
        judged = self.penilaian.kriteria
        nodes: list[TraceNode] = []
        statuses: list[str | None] = []
        for slot in prepared.slots(sub, penilai, number):
            said = judged.get(slot.id, _NO_KRITERIA)
            status = said.status
            node = slot.nodes.get(status) if said.jawaban is None else None
            if node is None:
                node = prepared.criterion(slot, said, penilai, number)
            if status is None and slot.id in usulan:
                proposed = usulan[slot.id]
                status = proposed.status
                grounds = node.grounds._replace(status=status, diusulkan=True, alasan=proposed.alasan)
                node = node._replace(bukti=proposed.bukti, grounds=grounds)
            elif said.bukti:
                node = TraceNode(
                    node.id, node.nama, node.nilai, node.bobot, node.poin, node.maks, None, node.dasar, said.bukti,
                    node.grounds,
                )  # fmt: skip
            nodes.append(node)
            statuses.append(status)
        filled = self.pemenuhan[sub.id] = count_statuses(self.rubric, sub, statuses)
        return tuple(nodes), filled


def statuses_of(penilaian: Penilaian, usulan: Mapping[str, Usulan]) -> dict[str, str]:
    """Return the status of each criterion: the rater's, else the proposed one; criteria with neither are absent."""
    statuses = {name: proposed.status for name, proposed in usulan.items()}
    for name, said in penilaian.kriteria.items():
        if said.status is not None:
            statuses[name] = said.status
    return statuses
