"""What tests reach of a rubric, and what no test reaches.

Only what a test looks at counts: a rule whose finding comes out by the way in a test of a figure is not tested by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sakip_eval.engine.result import Evaluation
from sakip_eval.rubric.rubric import Rubric
from sakip_eval.rubric.rules import MakaTemuan, MakaUsulan
from sakip_eval.uji.model import HarapEntry
from sakip_eval.uji.names import TANPA, all_rules
from sakip_eval.uji.run import HasilUji, predikat_word, proposed


@dataclass(frozen=True, slots=True)
class Cakupan:
    """One kind of thing that tests should reach: which are reached, and which are not (`luput`)."""

    jenis: str
    dicapai: tuple[str, ...]
    luput: tuple[str, ...]

    @property
    def seluruh(self) -> int:
        """Number of things of this kind."""
        return len(self.dicapai) + len(self.luput)


def coverage(rubric: Rubric, results: Sequence[HasilUji]) -> tuple[Cakupan, ...]:
    """Return what the tests of a rubric reach, kind by kind; kinds that the rubric does not have are left out."""
    looked = [(r, r.evaluation, r.uji.harap) for r in results if r.evaluation is not None and r.uji.harap is not None]
    steps = [s.jawaban for s in rubric.skala]
    bands = [p.predikat for p in rubric.predikat]
    if rubric.predikat_of(Fraction(0)) is None:
        bands.append(TANPA)
    criteria = [k.id for k in rubric.each_kriteria()]
    wanted: list[tuple[str, Iterable[str], Iterable[str]]] = [
        ("jawaban", steps, _each(_answers(e, h) for _, e, h in looked)),
        (
            "jawaban yang diusulkan",
            [s for s in steps if s not in rubric.beyond] if criteria else (),
            _each((proposed(e, n) for n in h.usulan if n in rubric.subkomponen_by_id) for _, e, h in looked),
        ),
        ("status", rubric.statuses if criteria else (), _each(_statuses(e, h).values() for _, e, h in looked)),
        ("predikat", bands, {predikat_word(e) for _, e, h in looked if h.predikat is not None}),
        ("aturan", [rule.id for rule in all_rules(rubric)], _each(_rules(r, e, h) for r, e, h in looked)),
        ("kriteria terpenuhi", criteria, _each(_judged(e, h, "terpenuhi") for _, e, h in looked)),
        ("kriteria belum terpenuhi", criteria, _each(_judged(e, h, "tidak", "sebagian") for _, e, h in looked)),
    ]
    return tuple(
        Cakupan(jenis, tuple(n for n in names if n in reached), tuple(n for n in names if n not in reached))
        for jenis, names, reached in ((j, list(n), set(r)) for j, n, r in wanted)
        if names
    )


def _each(groups: Iterable[Iterable[str]]) -> set[str]:
    return {name for group in groups for name in group}


def _figures(harap: HarapEntry) -> bool:
    """Tell whether a test looks at a figure or at what follows from it."""
    return not (harap.nilai is None and harap.predikat is None and harap.rentang is None and not harap.komponen)


def _answers(e: Evaluation, harap: HarapEntry) -> Iterator[str]:
    """Yield the answers that a test gives, where it looks at what they are worth."""
    said = e.case.penilaian.get(e.penilai)
    if said is not None and _figures(harap):
        yield from (s.jawaban for s in said.subkomponen.values() if s.jawaban is not None)
        yield from (k.jawaban for k in said.kriteria.values() if k.jawaban is not None)


def _statuses(e: Evaluation, harap: HarapEntry) -> dict[str, str]:
    """Return the status of each criterion that the rater judged and whose consequences the test looks at."""
    said = e.case.penilaian.get(e.penilai)
    judged = {name: k.status for name, k in said.kriteria.items() if k.status is not None} if said is not None else {}
    whole = harap.temuan is not None or harap.rekomendasi is not None
    if whole or (e.rubric.pada == "kriteria" and _figures(harap)):
        return judged
    named = {*harap.usulan, *(name for group in harap.rekomendasi_memuat for name in group)}
    return {name: status for name, status in judged.items() if named & {name, name.rpartition(".")[0]}}


def _judged(e: Evaluation, harap: HarapEntry, *wanted: str) -> Iterator[str]:
    return (name for name, status in _statuses(e, harap).items() if status in wanted)


def _rules(result: HasilUji, e: Evaluation, harap: HarapEntry) -> Iterator[str]:
    """Yield the rules that fired and whose outcome the test looks at."""
    codes = {*(harap.temuan or ()), *harap.temuan_memuat}
    proposals = {e.usulan[name].aturan for name in harap.usulan if name in e.usulan}
    letter = bool(harap.rekomendasi or harap.rekomendasi_memuat)
    for rule in all_rules(e.rubric):
        if rule.id not in result.fired:
            continue
        if isinstance(rule.outcome, MakaTemuan):
            looked = rule.outcome.kode in codes
        elif isinstance(rule.outcome, MakaUsulan):
            looked = rule.id in proposals
        else:
            looked = letter
        if looked:
            yield rule.id
