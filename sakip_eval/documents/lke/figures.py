"""The engine's figures for every formula of the sheet LKE: its cached value, the same cell by cell.

Formulas are computed anew by Excel and LibreOffice; previews, other programs and our own tests read these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sakip_eval.case.case import Penilaian
from sakip_eval.documents.lke.formulas import NO_PREDIKAT, NONE, NOT_COUNTED
from sakip_eval.documents.lke.layout import OPEN, Block, Layout
from sakip_eval.engine.result import Evaluation, HasilKomponen, HasilSubkomponen
from sakip_eval.engine.score import predikat_basis
from sakip_eval.engine.trace import TraceNode
from sakip_eval.rubric.rubric import Rubric

Figure = Fraction | str
_NOTHING = Penilaian()
_ZERO, _HUNDRED = Fraction(0), Fraction(100)


def figures(layout: Layout, evaluations: Sequence[Evaluation]) -> Mapping[tuple[int, int], Figure]:
    """Return the value of every formula of the sheet by row and column; one evaluation for each rater."""
    found: dict[tuple[int, int], Figure] = {}
    for block, evaluation in zip(layout.blocks, evaluations, strict=True):
        _Reader(layout, block, evaluation, found).read()
    return found


class _Reader:
    """Figures of one rater."""

    def __init__(
        self, layout: Layout, block: Block, evaluation: Evaluation, found: dict[tuple[int, int], Figure]
    ) -> None:
        self.rows, self.columns, self.found = layout.row_by_id, block.columns, found
        self.evaluation, self.rubric = evaluation, evaluation.rubric
        self.penilaian = evaluation.case.penilaian.get(evaluation.penilai, _NOTHING)
        self.nodes = {node.id: node for node in evaluation.jejak.walk()}

    def put(self, name: str, **values: Figure | None) -> None:
        """Keep figures of a row by key; a rubric without that column does not need them."""
        index = self.rows[name].index
        for key, value in values.items():
            if value is not None and key in self.columns:
                self.found[index, self.columns[key]] = value

    def shown(self, value: Fraction | None, missing: str = OPEN) -> Figure:
        """A figure as its formula shows it: see `formulas.rounded`."""
        rubric = self.rubric
        if value is None:
            return missing
        by_format = rubric.stage != "cetak" or rubric.rounding.mode == "setengah_ke_atas"
        return value if by_format else rubric.rounding.apply(value)

    def read(self) -> None:
        for komponen in self.evaluation.komponen:
            self.komponen(komponen)
            if self.rubric.pada != "komponen":
                for sub in komponen.subkomponen:
                    self.subkomponen(sub)
        self.total()

    def komponen(self, part: HasilKomponen) -> None:
        low, high = _range(self.nodes[part.id])
        self.put(part.id, persen=self.shown(part.persen, ""), bawah=low, atas=high)
        if self.rubric.pada != "komponen":
            band = part.predikat.predikat if part.predikat else NONE
            self.put(part.id, nilai=self.shown(part.nilai), jawaban="" if part.nilai is None else band)

    def subkomponen(self, part: HasilSubkomponen) -> None:
        low, high = _range(self.nodes[part.id])
        filled = part.pemenuhan
        share = self.shown(filled.persen) if filled.persen_min is not None else NONE
        self.put(part.id, nilai=self.shown(part.nilai), persen=self.shown(part.persen, ""), bawah=low, atas=high)
        self.put(part.id, pemenuhan=share, usulan=part.usulan or NONE)
        by_criteria = self.rubric.pada == "kriteria"
        if by_criteria:
            self.put(part.id, poin=Fraction(self.nodes[part.id].grounds.penyebut))
        for node in self.nodes[part.id].children:
            worth = criterion_worth(self.rubric, node.grounds.status)
            out = NOT_COUNTED if worth is None and node.grounds.status is not None else None
            self.put(node.id, bawah=out or worth or _ZERO, atas=out or (_HUNDRED if worth is None else worth))
            if by_criteria:
                self.criterion(node)

    def criterion(self, node: TraceNode) -> None:
        said = self.penilaian.kriteria.get(node.id)
        out = said is not None and said.status is not None and self.rubric.statuses[said.status] is None
        self.put(
            node.id,
            poin=NOT_COUNTED if out else (node.poin if node.poin is not None else ""),
            nilai=NONE if out else self.shown(node.nilai),
        )

    def total(self) -> None:
        e, rubric = self.evaluation, self.rubric
        low, high = e.rentang
        self.put("total", nilai=self.shown(e.nilai), persen=self.shown(e.nilai, ""), bawah=low, atas=high)
        first, last = (bands_passed(rubric, predikat_basis(rubric, value)) for value in (low, high))
        if e.predikat is not None:
            name, words = e.predikat.predikat, e.predikat.sebutan
        else:
            name, words = (NO_PREDIKAT if e.lengkap else OPEN), ""
        self.put("predikat", nilai=name, catatan=words, bawah=Fraction(first), atas=Fraction(last))
        self.put("rentang", catatan=completeness(e))


def completeness(evaluation: Evaluation) -> str:
    """Say how much is judged, and between which totals an incomplete evaluation can still end."""
    e = evaluation
    words = f"{e.dinilai} dari {e.seluruh} bagian dinilai"
    if e.lengkap:
        return f"Lengkap: {words}"
    low, high = (e.rubric.rounding.format(value).replace(".", ",") for value in e.rentang)
    return f"Belum lengkap: {words}; nilai akhir masih mungkin {low} sampai {high}"


def criterion_worth(rubric: Rubric, status: str | None) -> Fraction | None:
    """Return what a status counts in percent; None without a status, or where it takes the criterion out."""
    worth = rubric.statuses.get(status) if status is not None else None
    return None if worth is None else worth * 100


def bands_passed(rubric: Rubric, value: Fraction) -> int:
    """Number of the predikat band of a value, 1 the lowest; 0 where it is in none."""
    band = rubric.predikat_of(value)
    return len(rubric.predikat) - rubric.predikat.index(band) if band is not None else 0


def _range(node: TraceNode) -> tuple[Fraction, Fraction]:
    assert node.rentang is not None
    return node.rentang
