"""Scoring: from a rubric and what one rater says to the trace tree. Pure, exact, in all three modes.

Subkomponen mode (the Permen): nilai = bobot x points of the answer / 100. Kriteria mode: nilai = bobot x average of the
criteria that apply. Komponen mode: points given directly. Components and the total are plain sums; rounding happens
at the stage that the rubric declares and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sakip_eval.case.case import JawabanKriteria, JawabanSub, Penilaian
from sakip_eval.engine.pemenuhan import HUNDRED, ZERO, Pemenuhan, pemenuhan_of
from sakip_eval.engine.trace import Grounds, TraceNode
from sakip_eval.rubric.rubric import Komponen, Kriteria, Rubric, Subkomponen

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
    scorer = _Scorer(rubric, penilaian, penilai, usulan)
    komponen = tuple(scorer.komponen(k) for k in rubric.komponen)
    grounds = Grounds("total", rubric.rounding)
    nilai, rentang = scorer.sum(komponen, rounded=rubric.stage == "total")
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


class _Scorer:
    """One scoring run; holds what all levels need."""

    def __init__(self, rubric: Rubric, penilaian: Penilaian, penilai: str, usulan: Mapping[str, Usulan]) -> None:
        self.rubric, self.penilaian, self.penilai, self.usulan = rubric, penilaian, penilai, usulan
        self.statuses = {name: u.status for name, u in usulan.items()}
        self.statuses.update({name: k.status for name, k in penilaian.kriteria.items() if k.status is not None})
        self.pemenuhan: dict[str, Pemenuhan] = {}
        points = [step.poin for step in rubric.skala]
        self.extremes = (min(points, default=ZERO), max(points, default=HUNDRED))

    def rounded(self, value: Fraction, stage: str) -> Fraction:
        return self.rubric.rounding.apply(value) if self.rubric.stage == stage else value

    def sum(self, parts: tuple[TraceNode, ...], *, rounded: bool) -> tuple[Fraction | None, Range]:
        """Add parts up: their value where all have one, and the range of what it can still be."""
        low = high = ZERO
        complete = True
        for part in parts:
            if part.nilai is None:
                complete = False
            assert part.rentang is not None
            low += part.rentang[0]
            high += part.rentang[1]
        if rounded:
            low, high = self.rubric.rounding.apply(low), self.rubric.rounding.apply(high)
        return low if complete else None, (low, high)

    def komponen(self, komponen: Komponen) -> TraceNode:
        if self.rubric.pada == "komponen":
            return self.given(komponen)
        parts = tuple(self.subkomponen(sub) for sub in komponen.subkomponen)
        nilai, rentang = self.sum(parts, rounded=self.rubric.stage == "komponen")
        return TraceNode(
            komponen.id, komponen.nama, nilai, komponen.bobot,
            nilai * 100 / komponen.bobot if nilai is not None else None,
            komponen.bobot, rentang, komponen.dasar, (), Grounds("komponen", self.rubric.rounding), parts,
        )  # fmt: skip

    def given(self, komponen: Komponen) -> TraceNode:
        nilai = self.penilaian.komponen.get(komponen.id)
        if nilai is not None:
            nilai = self.rounded(nilai, "komponen")
        rentang = (nilai, nilai) if nilai is not None else (ZERO, komponen.bobot)
        return TraceNode(
            komponen.id, komponen.nama, nilai, komponen.bobot,
            nilai * 100 / komponen.bobot if nilai is not None else None,
            komponen.bobot, rentang, komponen.dasar, (),
            Grounds("nilai", self.rubric.rounding, penilai=self.penilai),
        )  # fmt: skip

    def subkomponen(self, sub: Subkomponen) -> TraceNode:
        filled = pemenuhan_of(self.rubric, sub, self.statuses)
        self.pemenuhan[sub.id] = filled
        return self.averaged(sub, filled) if self.rubric.pada == "kriteria" else self.answered(sub, filled)

    def answered(self, sub: Subkomponen, filled: Pemenuhan) -> TraceNode:
        said = self.penilaian.subkomponen.get(sub.id, _NO_SUB)
        step = self.rubric.step_by_jawaban[said.jawaban] if said.jawaban is not None else None
        if step is not None:
            nilai: Fraction | None = self.rounded(sub.bobot * step.poin / 100, "subkomponen")
            assert nilai is not None
            rentang = (nilai, nilai)
        else:
            nilai = None
            rentang = self.span(sub, *self.extremes)
        return TraceNode(
            sub.id, sub.nama, nilai, sub.bobot, step.poin if step else None, sub.bobot, rentang,
            f"{sub.dasar}; {step.dasar}" if step else sub.dasar, said.bukti,
            Grounds("jawaban", self.rubric.rounding, step, filled, self.penilai, alasan=said.alasan),
            tuple(self.criterion(k, None, None) for k in sub.kriteria),
        )  # fmt: skip

    def span(self, sub: Subkomponen, low: Fraction, high: Fraction) -> Range:
        """Return the points between two percentages of a subkomponen's bobot."""
        return (
            self.rounded(sub.bobot * low / 100, "subkomponen"),
            self.rounded(sub.bobot * high / 100, "subkomponen"),
        )

    def averaged(self, sub: Subkomponen, filled: Pemenuhan) -> TraceNode:
        total, judged, open_ = ZERO, 0, 0
        values: list[Fraction | None] = []
        for kriteria in sub.kriteria:
            value, applies = self.share(kriteria)
            values.append(value)
            if value is not None:
                total += value
                judged += 1
            elif applies:
                open_ += 1
        number = judged + open_
        low, high = self.extremes if self.rubric.dengan == "jawaban" else (ZERO, HUNDRED)
        poin: Fraction | None = None
        nilai: Fraction | None = None
        if number == 0:
            rentang = self.span(sub, low, high)
        else:
            rentang = self.span(sub, (total + open_ * low) / number, (total + open_ * high) / number)
            if open_ == 0:
                poin, nilai = total / number, rentang[0]
        each = sub.bobot / number if number else None
        return TraceNode(
            sub.id, sub.nama, nilai, sub.bobot, poin, sub.bobot, rentang, sub.dasar,
            self.penilaian.subkomponen.get(sub.id, _NO_SUB).bukti,
            Grounds("rata", self.rubric.rounding, None, filled, self.penilai, penyebut=number),
            tuple(self.criterion(k, v, each) for k, v in zip(sub.kriteria, values, strict=True)),
        )  # fmt: skip

    def share(self, kriteria: Kriteria) -> tuple[Fraction | None, bool]:
        """Return a criterion's value in percent (None: not judged, or left out), and whether it applies."""
        said = self.penilaian.kriteria.get(kriteria.id, _NO_KRITERIA)
        if said.status is not None and self.rubric.statuses[said.status] is None:
            return None, False
        if self.rubric.dengan == "jawaban":
            return (self.rubric.step_by_jawaban[said.jawaban].poin, True) if said.jawaban else (None, True)
        worth = self.rubric.statuses[said.status] if said.status is not None else None
        return (worth * 100 if worth is not None else None), True

    def criterion(self, kriteria: Kriteria, value: Fraction | None, bobot: Fraction | None) -> TraceNode:
        said = self.penilaian.kriteria.get(kriteria.id, _NO_KRITERIA)
        proposed = self.usulan.get(kriteria.id) if said.status is None else None
        status = proposed.status if proposed else said.status
        step = self.rubric.step_by_jawaban[said.jawaban] if said.jawaban is not None else None
        poin = value
        if poin is None and said.status is not None and self.rubric.pada != "kriteria":
            worth = self.rubric.statuses[said.status]
            poin = worth * 100 if worth is not None else None
        counts = bobot is not None and (said.status is None or self.rubric.statuses[said.status] is not None)
        return TraceNode(
            kriteria.id, kriteria.uraian,
            value * bobot / 100 if value is not None and bobot is not None else None,
            bobot if counts else None, poin, bobot if counts else None, None,
            self.rubric.subkomponen_by_id[kriteria.subkomponen].dasar,
            proposed.bukti if proposed else said.bukti,
            Grounds(
                "kriteria", self.rubric.rounding, step, None, self.penilai, status, proposed is not None,
                proposed.alasan if proposed else None,
            ),
        )  # fmt: skip
