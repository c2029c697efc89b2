"""Facts about criteria, made only for those that some rule can want, and once where cases say the same of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, repeat
from typing import NamedTuple

from sakip_eval.case.case import Bukti, Case, Penilaian
from sakip_eval.engine.facts import yes
from sakip_eval.engine.matching import Fact
from sakip_eval.engine.score import Usulan
from sakip_eval.engine.wanted import WantedCriteria
from sakip_eval.rubric.rubric import BELUM, Kriteria, Rubric


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


class CriterionFacts:
    """The facts about the criteria of a case, made for those that rules can want."""

    def __init__(self, rubric: Rubric, case: Case, penilaian: Penilaian) -> None:
        self._by_kind: dict[str, list[Bukti]] = {}
        for bukti in case.bukti.values():
            self._by_kind.setdefault(bukti.jenis, []).append(bukti)
        self._ids, self._statics = _statics(rubric)
        self._showing = _showing(rubric, frozenset(self._by_kind))
        self._shown: dict[tuple[str, ...], _Shown] = {}
        self._statuses, self._tahun = list(map(penilaian.status.get, self._ids, repeat(BELUM))), case.tahun_kinerja
        self.propose({})

    def propose(self, usulan: Mapping[str, Usulan]) -> None:
        """Say from now on what is proposed for the criteria."""
        proposals = list(map(usulan.get, self._ids))
        proposed = [BELUM if usulan is None else usulan.status for usulan in proposals]
        self._keys = list(zip(self._ids, self._statuses, proposed, strict=True))
        self._rows = list(zip(self._statics, self._statuses, proposals, self._showing, strict=True))

    def wanted(self, wanted: WantedCriteria) -> list[Fact]:
        """Return one fact for each wanted criterion, in the order of the rubric."""
        # Built-in functions over whole lists: most criteria are not wanted, and this runs for all of them.
        wants = list(map(wanted.known.get, self._keys))
        if None in wants:
            wants = [self._learn(wanted, at) if want is None else want for at, want in enumerate(wants)]
        facts: list[Fact] = []
        for static, status, proposed, kinds in compress(self._rows, wants):
            shown = self._shown.get(kinds) or self._evidence(kinds)
            key: tuple[str | int, ...] = (status, shown.key, self._tahun)
            if proposed is not None:
                key = (*key, proposed.status, proposed.alasan)
            facts.append(static.known.get(key) or _criterion_fact(static, status, shown, self._tahun, proposed, key))
        return facts

    def _learn(self, wanted: WantedCriteria, at: int) -> bool:
        key = self._keys[at]
        return wanted.learn(key, {**self._statics[at].values, "status": key[1], "usulan": key[2]})

    def _evidence(self, kinds: tuple[str, ...]) -> _Shown:
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
    known: dict[tuple[str | int, ...], Fact]


@lru_cache(maxsize=64)
def _statics(rubric: Rubric) -> tuple[tuple[str, ...], tuple[_Static, ...]]:
    """Return the ids of all criteria, and what is known of each."""
    statics = tuple(
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
    return tuple([static.id for static in statics]), statics


def _criterion_fact(
    static: _Static, status: str, shown: _Shown, tahun: int, proposed: Usulan | None, key: tuple[str | int, ...]
) -> Fact:
    """Return the fact about a criterion, kept under `key` unless it depends on more: on the days of its evidence."""
    values = static.values | shown.values | {"status": status}
    if proposed is not None:
        values |= {"usulan": proposed.status, "alasan_usulan": proposed.alasan}
    if static.timed:
        values |= _timeliness(static, shown.bukti, tahun)
    fact = Fact("kriteria", values)
    if not (static.timed and shown.bukti) and len(static.known) < _MAX_KNOWN:
        static.known[key] = fact
    return fact


_MAX_KNOWN = 500
_TIMED = ("dipublikasikan_tepat_waktu", "disampaikan_tepat_waktu")


def _timeliness(static: _Static, matching: Sequence[Bukti], tahun: int) -> dict[str, str | int]:
    """Say whether the earliest publication or submission was in time, for a criterion that asks it."""
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
