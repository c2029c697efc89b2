"""The list of recommendations: unmet criteria merged by topic, answers to findings, open ones, those written by hand.

Each unmet criterion stands under exactly one recommendation of the rubric, and each open recommendation of an earlier
year under exactly one of all. Components come in order; within one, first what adds most to the total, then what keeps
most points from falling.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import NamedTuple

from sakip_eval.case.case import Penilaian, RekomendasiTerbuka
from sakip_eval.engine.firings import fill, listed
from sakip_eval.engine.lanjutan import heirs, home
from sakip_eval.engine.matching import Firing
from sakip_eval.engine.pemenuhan import ZERO
from sakip_eval.engine.result import Rekomendasi
from sakip_eval.engine.worth import Worth
from sakip_eval.rubric.rubric import Kriteria, Rubric
from sakip_eval.rubric.rules import MakaRekomendasi


def recommend(
    rubric: Rubric,
    penilaian: Penilaian,
    firings: Sequence[Firing],
    worth: Worth,
    terbuka: Sequence[RekomendasiTerbuka] = (),
) -> tuple[Rekomendasi, ...]:
    """Return all recommendations, numbered R-01, R-02, ... in the order in which a letter prints them.

    `terbuka` are those of earlier years that are still open: one that no new recommendation covers comes back itself.
    """
    drafts = [
        *_from_rubric(rubric, firings, worth),
        *_from_findings(rubric, firings),
        *_by_hand(penilaian, rubric),
    ]
    if terbuka:
        drafts = _continued(drafts, terbuka, rubric)
    order = {k.id: at for at, k in enumerate(rubric.komponen)}
    whole = lcm(*[points.denominator for draft in drafts for points in draft.worth])
    drafts.sort(
        key=lambda draft: (
            order[draft.komponen],
            _KINDS.index(draft.jenis),
            [-points.numerator * (whole // points.denominator) for points in draft.worth],
        )
    )
    return tuple([Rekomendasi(f"R-{number:02d}", *draft) for number, draft in enumerate(drafts, start=1)])


_KINDS = ("rubrik", "temuan", "lanjutan", "tangan")
_NO_WORTH = (ZERO, ZERO, ZERO)


class _Draft(NamedTuple):
    """A `Rekomendasi` without its number."""

    komponen: str
    teks: str
    kriteria: tuple[str, ...]
    potensi: Fraction
    potensi_bersama: Fraction
    rawan: Fraction
    jenis: str
    topik: str | None
    bukti: tuple[str, ...]
    upaya: int | None
    menjawab: tuple[str, ...]
    dasar: str
    induk: tuple[str, ...] = ()

    @property
    def worth(self) -> tuple[Fraction, Fraction, Fraction]:
        """By what recommendations of one component are ordered, most first."""
        return self.potensi_bersama, self.potensi, self.rawan


def _from_rubric(rubric: Rubric, firings: Iterable[Firing], worth: Worth) -> Iterable[_Draft]:
    topics: dict[str, dict[str, str]] = {}
    criteria = rubric.kriteria_by_id
    for rule, facts in firings:
        if isinstance(rule.outcome, MakaRekomendasi) and rule.outcome.dari is not None:
            name = str(facts[rule.outcome.dari].values["kriteria"])
            topics.setdefault(criteria[name].topik, {}).setdefault(name, rule.dasar)
    for topik, unmet in topics.items():
        ids = tuple(unmet)
        teks, kinds, upaya = _wording(rubric, ids)
        yield _Draft(
            rubric.topik[topik].komponen, teks, ids, *worth.of_topic(ids),
            "rubrik", topik, kinds, upaya, (), unmet[ids[0]],
        )  # fmt: skip


@lru_cache(maxsize=20_000)
def _wording(rubric: Rubric, ids: tuple[str, ...]) -> tuple[str, tuple[str, ...], int]:
    """Return sentence, kinds of evidence, and effort of the recommendation that covers these criteria of one topic."""
    criteria = [rubric.kriteria_by_id[name] for name in ids]
    kinds = dict.fromkeys(jenis for k in criteria for jenis in k.bukti)
    shown = tuple(rubric.jenis_bukti[jenis] for jenis in kinds)
    return sentence(rubric, criteria), shown, max(k.upaya for k in criteria)


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


def _from_findings(rubric: Rubric, firings: Iterable[Firing]) -> Iterable[_Draft]:
    answered: dict[tuple[str, str, str], tuple[list[str], list[str], Firing]] = {}
    for firing in firings:
        outcome = firing.rule.outcome
        if not isinstance(outcome, MakaRekomendasi) or outcome.teks is None or outcome.komponen is None:
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
        assert isinstance(outcome, MakaRekomendasi)
        # What these criteria are worth is already counted where the rubric recommends them.
        yield _Draft(
            komponen, text, tuple(dict.fromkeys(criteria)), *_NO_WORTH, "temuan", None,
            tuple(rubric.jenis_bukti[jenis] for jenis in outcome.bukti), None, tuple(dict.fromkeys(codes)), firing.rule.dasar,
        )  # fmt: skip


def _by_hand(penilaian: Penilaian, rubric: Rubric) -> Iterable[_Draft]:
    for item in penilaian.rekomendasi:
        yield _Draft(
            item.komponen, item.teks, item.kriteria, *_NO_WORTH, "tangan", None, _kinds(rubric, item.kriteria), None, (),
            item.asal or "ditulis penilai",
        )  # fmt: skip


def _kinds(rubric: Rubric, kriteria: Iterable[str]) -> tuple[str, ...]:
    kinds = dict.fromkeys(jenis for name in kriteria for jenis in rubric.kriteria_by_id[name].bukti)
    return tuple(rubric.jenis_bukti[jenis] for jenis in kinds)


def _continued(drafts: Sequence[_Draft], terbuka: Sequence[RekomendasiTerbuka], rubric: Rubric) -> list[_Draft]:
    """Return the drafts with the open recommendations that they continue, and those that none continues."""
    induk: dict[int, list[str]] = {}
    alone: list[_Draft] = []
    for old, heir in zip(terbuka, heirs(terbuka, drafts), strict=True):
        if heir is not None:
            induk.setdefault(heir, []).append(old.id)
            continue
        alone.append(
            _Draft(
                home(rubric, old), old.teks, old.kriteria, *_NO_WORTH, "lanjutan", None, _kinds(rubric, old.kriteria), None,
                (), f"rekomendasi {old.id} belum selesai ditindaklanjuti", (old.id,),
            )
        )  # fmt: skip
    return [
        *(draft._replace(induk=tuple(induk[at])) if at in induk else draft for at, draft in enumerate(drafts)),
        *alone,
    ]
