"""Facts about criteria, made only for those that some rule can want, and once where cases say the same of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sakip_eval.case.case import Bukti, Case, Penilaian
from sakip_eval.engine.facts import yes
from sakip_eval.engine.matching import Fact, passes
from sakip_eval.engine.score import Usulan
from sakip_eval.rubric.rubric import BELUM, Kriteria, Rubric
from sakip_eval.rubric.rules import Rule


class _Shown(NamedTuple):
    """The evidence of some kinds, and what a criterion's fact says of it."""

    bukti: list[Bukti]
    values: dict[str, str | int]
    key: str


def _shown(found: list[Bukti]) -> _Shown:
    ditetapkan = dipublikasikan = 0
    for bukti in found:
        ditetapkan += bukti.penetapan is not None
        dipublikasikan += bukti.publikasi is not None
    names = ", ".join([bukti.id for bukti in found])
    return _Shown(
        found,
        {"cocok": len(found), "ditetapkan": ditetapkan, "dipublikasikan": dipublikasikan, "bukti_cocok": names},
        f"{len(found)} {ditetapkan} {dipublikasikan} {names}",
    )


class Wanted:
    """Which criteria some rule can want, decided before their facts are made: most are wanted by none.

    What is known by then: what the rubric says of a criterion, its status, and what is proposed for it.
    """

    _KNOWN = ("kriteria", "subkomponen", "komponen", "dimensi", "uji", "status", "usulan")

    def __init__(self, rules: Iterable[Rule]) -> None:
        patterns = [pattern for rule in rules for pattern in rule.patterns if pattern.fact == "kriteria"]
        self._tests = [[test for test in pattern.tests if test.field in self._KNOWN] for pattern in patterns]
        self.known: dict[tuple[str, str, str], bool] = {}

    def learn(self, static: _Static, key: tuple[str, str, str]) -> bool:
        """Decide for a criterion with this id, status and proposed status, and keep the answer."""
        values = {**static.values, "status": key[1], "usulan": key[2]}
        wanted = self.known[key] = any(all(passes(test, values) for test in tests) for tests in self._tests)
        return wanted


class CriterionFacts:
    """The facts about the criteria of a case, made for those that rules can want."""

    def __init__(self, rubric: Rubric, case: Case, penilaian: Penilaian) -> None:
        self._by_kind: dict[str, list[Bukti]] = {}
        for bukti in case.bukti.values():
            self._by_kind.setdefault(bukti.jenis, []).append(bukti)
        self._statics = _statics(rubric)
        self._showing = _showing(rubric, frozenset(self._by_kind))
        self._shown: dict[tuple[str, ...], _Shown] = {}
        self._status, self._tahun = penilaian.status, case.tahun_kinerja

    def wanted(self, wanted: Wanted, usulan: Mapping[str, Usulan]) -> list[Fact]:
        """Return one fact for each wanted criterion, in the order of the rubric, with what is proposed for it."""
        status_of, known = self._status.get, wanted.known.get
        found: list[Fact] = []
        for static, kinds in zip(self._statics, self._showing, strict=True):
            name = static.id
            proposed = usulan.get(name)
            key = (name, status_of(name, BELUM), proposed.status if proposed is not None else BELUM)
            want = known(key)
            if want is None:
                want = wanted.learn(static, key)
            if want:
                fact = _criterion_fact(static, key[1], self._evidence(kinds), self._tahun)
                if proposed is not None:
                    more = {"usulan": proposed.status, "alasan_usulan": proposed.alasan}
                    fact = Fact("kriteria", {**fact.values, **more})
                found.append(fact)
        return found

    def _evidence(self, kinds: tuple[str, ...]) -> _Shown:
        shown = self._shown.get(kinds)
        if shown is None:
            shown = self._shown[kinds] = _shown([b for jenis in kinds for b in self._by_kind[jenis]])
        return shown


@lru_cache(maxsize=4096)
def _showing(rubric: Rubric, kinds: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """Return for each criterion which of these kinds of evidence show it, in the order of its own list."""
    return tuple([tuple([jenis for jenis in k.bukti if jenis in kinds]) for k in rubric.each_kriteria()])


@dataclass(slots=True)
class _Static:
    """What a criterion's fact says in every case; `known` are facts made before, by what cases said of it."""

    id: str
    kriteria: Kriteria
    rubric: Rubric
    timed: bool
    values: dict[str, str | int]
    known: dict[tuple[str, str, int], Fact]


@lru_cache(maxsize=64)
def _statics(rubric: Rubric) -> tuple[_Static, ...]:
    return tuple(
        _Static(
            kriteria.id,
            kriteria,
            rubric,
            kriteria.uji in _TIMED,
            {
                "kriteria": kriteria.id,
                "subkomponen": kriteria.subkomponen,
                "komponen": kriteria.komponen,
                "dimensi": sub.dimensi,
                "uji": kriteria.uji or "",
                "status": BELUM,
                "cocok": 0,
                "ditetapkan": 0,
                "dipublikasikan": 0,
                "tepat_waktu": "tanpa_tenggat",
                "tenggat": "",
                "jenis_bukti": either([rubric.jenis_bukti[jenis] for jenis in kriteria.bukti]),
                "bukti_cocok": "",
                "usulan": BELUM,
                "alasan_usulan": "",
            },
            {},
        )
        for sub in rubric.each_subkomponen()
        for kriteria in sub.kriteria
    )


def _criterion_fact(static: _Static, status: str, shown: _Shown, tahun: int) -> Fact:
    dated = static.timed and bool(shown.bukti)
    key = (status, shown.key, tahun)
    known = None if dated else static.known.get(key)
    if known is not None:
        return known
    values = static.values | shown.values | {"status": status}
    if static.timed:
        values |= _timeliness(static, shown.bukti, tahun)
    fact = Fact("kriteria", values)
    if not dated and len(static.known) < _MAX_KNOWN:
        static.known[key] = fact
    return fact


_MAX_KNOWN = 500
_TIMED = ("dipublikasikan_tepat_waktu", "disampaikan_tepat_waktu")


def _timeliness(static: _Static, matching: Sequence[Bukti], tahun: int) -> dict[str, str | int]:
    """Say whether the earliest publication or submission was in time."""
    if not static.timed:
        return {}
    uji = str(static.kriteria.uji)
    deadline = static.rubric.deadline(uji, tahun)
    published = uji == "dipublikasikan_tepat_waktu"
    days = [day for b in matching if (day := b.publikasi if published else b.penyampaian) is not None]
    if not days:
        state = "tanpa_tanggal"
    elif deadline is None:
        state = "tanpa_tenggat"
    else:
        state = yes(min(days) <= deadline)
    return {"tepat_waktu": state, "tenggat": deadline.isoformat() if deadline else ""}


def either(names: Sequence[str]) -> str:
    """Join names as alternatives: `a`, `a atau b`, `a, b, atau c`."""
    if len(names) < 3:
        return " atau ".join(names)
    return ", ".join(names[:-1]) + ", atau " + names[-1]
