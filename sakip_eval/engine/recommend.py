"""The list of recommendations: unmet criteria merged by topic, answers to findings, and those written by hand.

Each unmet criterion stands under exactly one recommendation of the rubric. Components come in order; within one, first
what adds most to the total, then what keeps most points from falling.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sakip_eval.case.case import Penilaian
from sakip_eval.engine.firings import fill, listed
from sakip_eval.engine.matching import Firing
from sakip_eval.engine.pemenuhan import ZERO
from sakip_eval.engine.result import Rekomendasi
from sakip_eval.engine.worth import Worth
from sakip_eval.rubric.rubric import Kriteria, Rubric
from sakip_eval.rubric.rules import RekomendasiEntry


def recommend(
    rubric: Rubric, penilaian: Penilaian, firings: Sequence[Firing], worth: Worth
) -> tuple[Rekomendasi, ...]:
    """Return all recommendations, numbered R-01, R-02, ... in the order in which a letter prints them."""
    drafts = [
        *_from_rubric(rubric, firings, worth),
        *_from_findings(rubric, firings),
        *_by_hand(penilaian, rubric),
    ]
    order = {k.id: at for at, k in enumerate(rubric.komponen)}
    kinds = ("rubrik", "temuan", "tangan")
    drafts.sort(key=lambda r: (order[r.komponen], kinds.index(r.jenis), -r.potensi_bersama, -r.potensi, -r.rawan))
    return tuple(replace(draft, id=f"R-{number:02d}") for number, draft in enumerate(drafts, start=1))


@dataclass(frozen=True, slots=True)
class _Unmet:
    kriteria: Kriteria
    dasar: str


def _from_rubric(rubric: Rubric, firings: Iterable[Firing], worth: Worth) -> Iterable[Rekomendasi]:
    topics: dict[str, dict[str, _Unmet]] = {}
    for firing in firings:
        outcome = firing.rule.outcome
        if isinstance(outcome, RekomendasiEntry) and outcome.dari is not None:
            kriteria = rubric.kriteria_by_id[str(firing.facts[outcome.dari].values["kriteria"])]
            topics.setdefault(kriteria.topik, {}).setdefault(kriteria.id, _Unmet(kriteria, firing.rule.dasar))
    for name, unmet in topics.items():
        criteria = [u.kriteria for u in unmet.values()]
        ids = tuple(k.id for k in criteria)
        kinds = dict.fromkeys(jenis for k in criteria for jenis in k.bukti)
        yield Rekomendasi(
            "",
            rubric.topik[name].komponen,
            sentence(rubric, criteria),
            ids,
            worth.of(ids),
            worth.together(ids),
            worth.at_risk(ids),
            "rubrik",
            name,
            tuple(rubric.jenis_bukti[jenis] for jenis in kinds),
            max(k.upaya for k in criteria),
            (),
            next(iter(unmet.values())).dasar,
        )


def sentence(rubric: Rubric, criteria: Sequence[Kriteria]) -> str:
    """Write one sentence for criteria of one topic: the criterion's own, or the topic's with its points."""
    if len(criteria) == 1:
        return criteria[0].rekomendasi
    points = list(dict.fromkeys(k.pokok for k in criteria))
    return f"{rubric.topik[criteria[0].topik].teks}, meliputi {enumerate_words(points)}."


def enumerate_words(words: Sequence[str]) -> str:
    """Join words as Indonesian does: `a`, `a dan b`, `a, b, dan c`."""
    if len(words) < 3:
        return " dan ".join(words)
    return ", ".join(words[:-1]) + ", dan " + words[-1]


def _from_findings(rubric: Rubric, firings: Iterable[Firing]) -> Iterable[Rekomendasi]:
    answered: dict[tuple[str, str, str], tuple[list[str], list[str], Firing]] = {}
    for firing in firings:
        outcome = firing.rule.outcome
        if not isinstance(outcome, RekomendasiEntry) or outcome.teks is None or outcome.komponen is None:
            continue
        text = fill(outcome.teks, firing.facts)
        codes = [str(f.values["kode"]) for f in firing.facts.values() if f.name == "temuan"]
        criteria = list(listed(fill(outcome.kriteria or "", firing.facts)))
        key = (firing.rule.id, outcome.komponen, text)
        seen = answered.setdefault(key, ([], [], firing))
        seen[0].extend(codes)
        seen[1].extend(criteria)
    for (_, komponen, text), (codes, criteria, firing) in answered.items():
        outcome = firing.rule.outcome
        assert isinstance(outcome, RekomendasiEntry)
        # What these criteria are worth is already counted where the rubric recommends them.
        yield Rekomendasi(
            "", komponen, text, tuple(dict.fromkeys(criteria)), ZERO, ZERO, ZERO, "temuan", None,
            tuple(rubric.jenis_bukti[jenis] for jenis in outcome.bukti), None, tuple(dict.fromkeys(codes)), firing.rule.dasar,
        )  # fmt: skip


def _by_hand(penilaian: Penilaian, rubric: Rubric) -> Iterable[Rekomendasi]:
    for item in penilaian.rekomendasi:
        kinds = dict.fromkeys(jenis for name in item.kriteria for jenis in rubric.kriteria_by_id[name].bukti)
        yield Rekomendasi(
            "", item.komponen, item.teks, item.kriteria, ZERO, ZERO, ZERO, "tangan", None,
            tuple(rubric.jenis_bukti[jenis] for jenis in kinds), None, (), item.asal or "ditulis penilai",
        )  # fmt: skip
