"""`evaluate`: rubric and case in, evaluation out. Pure: no I/O, no clock, no locale, no randomness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from sakip_eval.case.case import Case, Penilaian, Rater
from sakip_eval.engine.criterion_facts import CriterionFacts
from sakip_eval.engine.durable_port import default_matcher
from sakip_eval.engine.facts import (
    case_fact,
    evidence_facts,
    finding_facts,
    hand_facts,
    printed_facts,
    subkomponen_facts,
)
from sakip_eval.engine.firings import findings, proposals
from sakip_eval.engine.matching import Matcher, RuleSet
from sakip_eval.engine.pemenuhan import Pemenuhan
from sakip_eval.engine.recommend import recommend
from sakip_eval.engine.result import Evaluation, HasilKomponen, HasilSubkomponen
from sakip_eval.engine.score import Answered, band_of, percent, prepared, score, statuses_of
from sakip_eval.engine.trace import TraceNode
from sakip_eval.engine.wanted import Wanted, WantedCriteria
from sakip_eval.engine.worth import Worth
from sakip_eval.rubric.facts import STAGES
from sakip_eval.rubric.rubric import Predikat, Rubric

_NOTHING = Penilaian()


def evaluate(rubric: Rubric, case: Case, penilai: Rater = "evaluator", matcher: Matcher | None = None) -> Evaluation:
    """Evaluate what `penilai` says of a case that was loaded and checked against this rubric (`load_case`).

    A rater that the case does not have has judged nothing: every part is open, nothing is zero. Raises `ValueError`
    where the case names another rubric. `matcher` replaces durable-rules, for tests.
    """
    if case.rubrik != rubric.id:
        raise ValueError(f"kasus memakai rubrik {case.rubrik}, bukan {rubric.id}")
    matcher = matcher or default_matcher()
    rules = _rule_sets(rubric, (*rubric.packs_on, *case.paket))
    penilaian = case.penilaian.get(penilai, _NOTHING)
    about_case = case_fact(rubric, case, penilai)

    criteria = CriterionFacts(rubric, case, penilaian)
    usulan = proposals(matcher.run(rules.usulan, [about_case, *criteria.wanted(rules.for_usulan)]))
    criteria.propose(usulan)
    total, pemenuhan = score(rubric, penilaian, penilai, usulan)
    predikat = _predikat(rubric, total)
    facts = [
        *subkomponen_facts(rubric, case, penilaian, pemenuhan),
        *evidence_facts(case, penilaian),
        *printed_facts(case, total, predikat.predikat if predikat else None),
        *hand_facts(rubric, penilaian),
    ]
    temuan = findings(matcher.run(rules.temuan, [about_case, *criteria.wanted(rules.for_temuan), *facts]))
    facts += finding_facts(temuan, rules.answered)
    firings = matcher.run(rules.rekomendasi, [about_case, *criteria.wanted(rules.for_rekomendasi), *facts])
    worth = Worth(rubric, penilaian, statuses_of(penilaian, usulan), pemenuhan)
    komponen = tuple([_komponen(rubric, node, penilaian, pemenuhan) for node in total.children])
    leaves = total.children if rubric.pada == "komponen" else [s for k in total.children for s in k.children]
    assert total.rentang is not None
    return Evaluation(
        rubric,
        case,
        penilai,
        total.nilai,
        predikat,
        total.rentang,
        sum(node.nilai is not None for node in leaves),
        len(leaves),
        komponen,
        usulan,
        temuan,
        recommend(rubric, penilaian, firings, worth, case.tindak_lanjut.terbuka if case.tindak_lanjut else ()),
        total,
    )


@dataclass(frozen=True, slots=True)
class _RuleSets:
    """The rules of the three stages, the criteria that each can want, and the findings that the last can answer."""

    usulan: RuleSet
    temuan: RuleSet
    rekomendasi: RuleSet
    for_usulan: WantedCriteria
    for_temuan: WantedCriteria
    for_rekomendasi: WantedCriteria
    answered: Wanted


@lru_cache(maxsize=64)
def _rule_sets(rubric: Rubric, packs: tuple[str, ...]) -> _RuleSets:
    rules = [*rubric.rules, *(rule for name in dict.fromkeys(packs) for rule in rubric.packs[name])]
    usulan, temuan, rekomendasi = (RuleSet.of(r for r in rules if r.jenis == stage) for stage in STAGES)
    return _RuleSets(
        usulan,
        temuan,
        rekomendasi,
        WantedCriteria(usulan.rules),
        WantedCriteria(temuan.rules),
        WantedCriteria(rekomendasi.rules),
        Wanted(rekomendasi.rules, "temuan", ("kode", "tingkat")),
    )


def _predikat(rubric: Rubric, total: TraceNode) -> Predikat | None:
    """Return the predikat of the total; while parts are open, only the one that every possible total has."""
    assert total.rentang is not None
    low = band_of(rubric, total.rentang[0])
    if total.nilai is not None:
        return low
    return low if low is band_of(rubric, total.rentang[1]) else None


def _komponen(
    rubric: Rubric, node: TraceNode, penilaian: Penilaian, pemenuhan: Mapping[str, Pemenuhan]
) -> HasilKomponen:
    assert node.bobot is not None
    band = band_of(rubric, node.poin) if node.poin is not None else None
    answers = prepared(rubric).answers
    return HasilKomponen(
        node.id,
        node.nama,
        node.bobot,
        node.nilai,
        node.poin,
        band,
        tuple([_subkomponen(answers, child, penilaian, pemenuhan[child.id]) for child in node.children]),
    )


def _subkomponen(
    answers: Mapping[str, Mapping[str, Answered]], node: TraceNode, penilaian: Penilaian, filled: Pemenuhan
) -> HasilSubkomponen:
    said = penilaian.subkomponen.get(node.id)
    jawaban = said.jawaban if said else None
    assert node.bobot is not None
    persen: Fraction | None = None
    if node.grounds.jenis == "jawaban" and jawaban is not None:
        persen = answers[node.id][jawaban].persen
    elif node.nilai is not None:
        persen = percent(node.nilai, node.bobot)
    return HasilSubkomponen(
        node.id,
        node.nama,
        node.bobot,
        jawaban,
        node.nilai,
        persen,
        filled.usulan.jawaban if filled.usulan else None,
        filled,
    )
