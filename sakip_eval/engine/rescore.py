"""What a change of rubric does to a case: its judgement carried onto the other rubric, evaluated under both.

Nothing is invented: what has no counterpart stays not judged, and figures that depend on it are ranges. Differences are
exact; a range of differences holds every possible one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal

from sakip_eval.case.case import Case, JawabanKriteria, JawabanSub, Penilaian, Rater
from sakip_eval.engine.evaluate import evaluate
from sakip_eval.engine.pemenuhan import ZERO, Pemenuhan, propose
from sakip_eval.engine.result import Evaluation
from sakip_eval.engine.score import Range, score
from sakip_eval.engine.trace import TraceNode
from sakip_eval.folding import folded
from sakip_eval.rubric.diff import RubricDiff
from sakip_eval.rubric.rubric import Rubric

Side = Literal["A", "B"]
_NOTHING: Range = (ZERO, ZERO)


def unlike(diff: RubricDiff) -> list[str]:
    """Say why totals under the two rubrics are not like for like; empty where a case can be scored under both."""
    a, b = diff.a, diff.b
    why: list[str] = []
    if (a.pada == "komponen") != (b.pada == "komponen"):
        why.append(f"A dinilai pada {a.pada} dengan {a.dengan}, B pada {b.pada} dengan {b.dengan}")
    for side, own, other in (("A", a, b), ("B", b, a)):
        if only := [f"{k.id} {k.nama}" for k in own.komponen if k.id not in other.komponen_by_id]:
            why.append(f"komponen yang hanya ada di {side}: {', '.join(only)}")
    both = [(s, b.subkomponen_by_id[s.id]) for s in a.each_subkomponen() if s.id in b.subkomponen_by_id]
    if changed := [f"{x.id} {x.dimensi} -> {y.dimensi}" for x, y in both if x.dimensi != y.dimensi]:
        why.append(f"dimensi subkomponen berbeda: {', '.join(changed)}")
    return why


@dataclass(frozen=True, slots=True)
class Bawaan:
    """A case carried onto the other rubric. Not carried: `hilang` (judged criteria that it lacks), `lain` (in words).

    `kosong` are criteria that only it has, so not judged; `berubah` judged ones (own id, other id) whose words differ.
    """

    case: Case
    hilang: tuple[str, ...]
    kosong: tuple[str, ...]
    berubah: tuple[tuple[str, str], ...]
    lain: tuple[str, ...]


def carry(diff: RubricDiff, case: Case, dari: Side, penilai: Rater) -> Bawaan:
    """Carry what one rater says onto the other rubric than `dari`, all that a value or a proposal can depend on."""
    own, other = (diff.a, diff.b) if dari == "A" else (diff.b, diff.a)
    lacking, fresh = (diff.hapus, diff.tambah) if dari == "A" else (diff.tambah, diff.hapus)
    pairs = {(p.a.id, p.b.id) if dari == "A" else (p.b.id, p.a.id): p.kata_berubah for p in diff.pasangan}
    ids = dict([*pairs])
    said = case.penilaian.get(penilai, Penilaian())
    carrier = _Carrier(own, other, "B" if dari == "A" else "A")
    known = other.subkomponen_by_id
    subs = {n: sub for n, sub in said.subkomponen.items() if n in known or carrier.note("subkomponen", n)}
    carried = Penilaian(
        subkomponen={name: carrier.answer(name, sub) for name, sub in subs.items()},
        kriteria={ids[name]: carrier.status(name, k) for name, k in said.kriteria.items() if name in ids},
        komponen={name: nilai for name, nilai in said.komponen.items() if carrier.fits(name)},
    )
    for bukti in case.bukti.values():
        if other.jenis_bukti and bukti.jenis not in other.jenis_bukti:
            carrier.note("bukti, karena jenisnya tidak dikenal {}", bukti.id)
    paket = tuple(name for name in case.paket if name in other.packs or carrier.note("paket aturan", name))
    judged = {name for name, k in said.kriteria.items() if k.status or k.jawaban}
    return Bawaan(
        replace(case, rubrik=other.id, penilaian={penilai: carried}, paket=paket, tercetak=None, sha256=""),
        tuple(k.id for k in lacking if k.id in judged),
        tuple(k.id for k in fresh),
        tuple(pair for pair, reworded in pairs.items() if reworded and pair[0] in judged),
        tuple(f"{why}: {', '.join(names)}" for why, names in carrier.notes.items()),
    )


class _Carrier:
    """What can be carried onto the other rubric (`to`), and notes of what cannot."""

    def __init__(self, own: Rubric, other: Rubric, to: Side) -> None:
        self.own, self.other, self.to = own, other, to
        self.notes: dict[str, list[str]] = {}

    def note(self, why: str, name: str) -> bool:
        self.notes.setdefault(why.format(self.to), []).append(name)
        return False

    def answer(self, name: str, said: JawabanSub) -> JawabanSub:
        fits = self.other.pada == "subkomponen" and said.jawaban in self.other.step_by_jawaban
        if said.jawaban is None or fits or self.note("jawaban subkomponen yang tidak ada artinya di {}", name):
            return said
        return replace(said, jawaban=None)

    def status(self, name: str, said: JawabanKriteria) -> JawabanKriteria:
        if said.status is not None and said.status not in self.other.statuses:
            self.note("status kriteria yang tidak dikenal {}", name)
            said = replace(said, status=None)
        known = self.other.step_by_jawaban if self.other.pada == "kriteria" and self.other.dengan == "jawaban" else {}
        if said.jawaban is not None and said.jawaban not in known:
            self.note("jawaban kriteria yang tidak ada artinya di {}", name)
            said = replace(said, jawaban=None)
        return said

    def fits(self, name: str) -> bool:
        same = self.own.komponen_by_id[name].bobot == self.other.komponen_by_id[name].bobot
        return same or self.note("nilai komponen, karena bobotnya lain di {}", name)


@dataclass(frozen=True)
class Dinilai:
    """A case evaluated under one rubric. What rules propose for `kosong` criteria is left out: nobody was asked."""

    evaluation: Evaluation
    kosong: tuple[str, ...] = ()

    @cached_property
    def _scored(self) -> tuple[TraceNode, Mapping[str, Pemenuhan]]:
        e = self.evaluation
        said = e.case.penilaian.get(e.penilai, Penilaian())
        return score(e.rubric, said, e.penilai, {k: v for k, v in e.usulan.items() if k not in self.kosong})

    @cached_property
    def nodes(self) -> Mapping[str, TraceNode]:
        """The nodes of `total`, components and subkomponen by id."""
        return {node.id: node for node in self._scored[0].walk() if node.grounds.jenis != "kriteria"}

    def rentang(self, name: str) -> Range:
        """Return the least and the greatest value of a part; a part that the rubric lacks adds nothing."""
        node = self.nodes.get(name)
        return _NOTHING if node is None or node.rentang is None else node.rentang

    def pemenuhan(self, name: str) -> Pemenuhan | None:
        """Return how much of a subkomponen's criteria is met; None for other parts."""
        return self._scored[1].get(name)

    def usulan(self, name: str) -> tuple[str, ...]:
        """Return the answer that the criteria propose, or the lowest and the highest; none where none applies."""
        filled = self.pemenuhan(name)
        shares = (filled.persen_min, filled.persen_maks) if filled is not None else ()
        steps = [propose(self.evaluation.rubric, share, share) for share in shares if share is not None]
        return tuple(dict.fromkeys(step.jawaban for step in steps if step is not None))


@dataclass(frozen=True, slots=True)
class Kasus:
    """One case under both rubrics; `ditulis` is the one that it was written for."""

    nama: str
    case: Case
    penilai: Rater
    ditulis: Side
    bawaan: Bawaan
    a: Dinilai
    b: Dinilai

    def under(self, side: Side) -> Dinilai:
        """Return the evaluation under one of the rubrics."""
        return self.a if side == "A" else self.b

    def jawaban(self, name: str) -> str | None:
        """Return the answer that the rater gave to a subkomponen."""
        said = self.case.penilaian.get(self.penilai, Penilaian()).subkomponen.get(name)
        return said.jawaban if said else None

    def parts(self) -> Iterator[str]:
        """Yield the ids of all parts of both rubrics in the order of a worksheet, `total` last."""
        for komponen in self.a.evaluation.rubric.komponen:
            other = self.b.evaluation.rubric.komponen_by_id[komponen.id]
            yield komponen.id
            yield from dict.fromkeys(s.id for s in (*komponen.subkomponen, *other.subkomponen))
        yield "total"

    def selisih(self, name: str) -> Range:
        """Return the value under B minus the value under A.

        An answer still to be given will be one and the same for both: scored alike, it makes no difference.
        """
        found = [node for node in (self.a.nodes.get(name), self.b.nodes.get(name)) if node is not None]
        open_ = [node.bobot for node in found if node.nilai is None]
        below = dict.fromkeys(n.id for node in found for n in node.children if n.grounds.jenis != "kriteria")
        a, b = self.a.evaluation.rubric, self.b.evaluation.rubric
        if open_ and below and not {a.stage, b.stage} & {"komponen", "total"}:
            parts = [self.selisih(child) for child in below]
            return (sum((low for low, _ in parts), ZERO), sum((high for _, high in parts), ZERO))
        if len(open_) == 2 and not below and open_[0] == open_[1] and _scored_alike(a, b):
            return _NOTHING
        return minus(self.b.rentang(name), self.a.rentang(name))


def _scored_alike(*rubrics: Rubric) -> bool:
    a, b = ((r.pada, [(s.jawaban, s.poin) for s in r.skala], r.stage, r.rounding) for r in rubrics)
    return a == b and a[0] in ("subkomponen", "komponen")


def minus(x: Range, y: Range) -> Range:
    """Return all that a value of `x` minus a value of `y` can be."""
    return (x[0] - y[1], x[1] - y[0])


def rescore(diff: RubricDiff, nama: str, case: Case, ditulis: Side, penilai: Rater) -> Kasus:
    """Evaluate a case under both rubrics, which are like for like (`unlike` is empty)."""
    bawaan = carry(diff, case, ditulis, penilai)
    own = Dinilai(evaluate(diff.a if ditulis == "A" else diff.b, case, penilai))
    other = Dinilai(evaluate(diff.b if ditulis == "A" else diff.a, bawaan.case, penilai), bawaan.kosong)
    return Kasus(nama, case, penilai, ditulis, bawaan, *((own, other) if ditulis == "A" else (other, own)))


@dataclass(frozen=True, slots=True)
class Uraian:
    """The change from one case of an agency to its next: the old one under the new one's rubric lies between.

    Where nothing is open, `rubrik` + `bukti` = `seluruh` exactly.
    """

    lama: Kasus
    baru: Kasus

    def rubrik(self, name: str) -> Range:
        """Return what the change of rubric did to the old case; nothing where both cases have the same one."""
        low, high = self.lama.selisih(name) if self.lama.ditulis != self.baru.ditulis else _NOTHING
        return (low, high) if self.baru.ditulis == "B" else (-high, -low)

    def bukti(self, name: str) -> Range:
        """Return what the change of evidence and judgement did, under the rubric of the new case."""
        lama, baru = (k.under(self.baru.ditulis).rentang(name) for k in (self.lama, self.baru))
        return minus(baru, lama)

    def seluruh(self, name: str) -> Range:
        """Return the whole change."""
        lama, baru = (k.under(k.ditulis).rentang(name) for k in (self.lama, self.baru))
        return minus(baru, lama)


def split(cases: Sequence[Kasus]) -> list[Uraian]:
    """Pair each case with the one before it of the same agency; cases of one year stay in the order given."""
    agencies: dict[tuple[str, ...], list[Kasus]] = {}
    for kasus in sorted(cases, key=lambda k: (k.case.tahun_kinerja, k.case.tahun_evaluasi)):
        names = (kasus.case.instansi.nama, kasus.case.instansi.induk or "")
        agencies.setdefault(tuple(map(folded, names)), []).append(kasus)
    return [Uraian(lama, baru) for own in agencies.values() for lama, baru in pairwise(own)]
