"""What differs between two rubrics: a pure comparison of two loaded `Rubric` values, the same in both directions.

Criteria are matched by wording (case, spacing, punctuation and bracketed words aside), then by nearest wording
(`NEAR`), then by id where the wording is at least related (`RELATED`). Wording goes before the id: in a list into which
one criterion was inserted, ids would match all that follow it with their neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any, Literal

from sakip_eval.numbers import Rounding, format_plain
from sakip_eval.rubric.rubric import Kriteria, Rubric
from sakip_eval.rubric.rules import Pattern, Rule

NEAR, RELATED = Fraction(3, 4), Fraction(3, 5)
"""Least similarity of two criteria matched by nearest wording, and by id."""

Cara = Literal["bunyi", "mirip", "id"]
Row = Mapping[str, str | None]

_PROSE = {
    "uraian", "nama", "rekomendasi", "pokok", "catatan", "teks", "sebutan", "interpretasi", "penerbit", "peraturan",
    "sumber", "dasar", "pesan", "pesan_gabung", "rincian", "cara", "alasan", "contoh",
}  # fmt: skip
_IDENTITY = (
    "id", "nama", "penerbit", "peraturan", "tingkat", "versi", "berlaku_sejak", "berlaku_sampai", "diperiksa",
    "sumber", "extends",
)  # fmt: skip
_APART = {
    *_IDENTITY, "skala", "statuses", "predikat", "tenggat", "jenis_bukti", "topik", "komponen", "rules", "packs",
    "changes", "sha256",
}  # fmt: skip
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\][]*\]")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[<>=%+±≤≥]")


@dataclass(frozen=True, slots=True)
class Beda:
    """One field that differs; None is a field that one side does not have."""

    bidang: str
    a: str | None
    b: str | None

    @property
    def kelas(self) -> Literal["tanda baca", "kata", "isi"]:
        """Say whether only punctuation (or case, or spacing) differs, or words of a text, or another value."""
        if self.a is None or self.b is None or self.bidang not in _PROSE:
            return "isi"
        return "tanda baca" if letters(self.a) == letters(self.b) else "kata"


@dataclass(frozen=True, slots=True)
class Entri:
    """One thing of a section, by id, that only A has (`hapus`), that only B has (`tambah`), or that differs."""

    id: str
    jenis: Literal["hapus", "tambah", "ubah"]
    beda: tuple[Beda, ...]


@dataclass(frozen=True, slots=True)
class Pasangan:
    """A criterion of A and the one of B that it is; `mirip` is the similarity of their wording, 0 to 1."""

    a: Kriteria
    b: Kriteria
    cara: Cara
    mirip: Fraction
    beda: tuple[Beda, ...]

    @property
    def jenis(self) -> Literal["sama", "pindah", "ubah"]:
        """Say whether it has another id in B (changed or not), or the same id and something changed, or neither."""
        return "pindah" if self.a.id != self.b.id else "ubah" if self.beda else "sama"

    @property
    def kata_berubah(self) -> bool:
        """Whether the words of the criterion itself differ, so that a status may not mean the same."""
        return any(beda.bidang == "uraian" and beda.kelas == "kata" for beda in self.beda)


@dataclass(frozen=True, slots=True)
class RubricDiff:
    """All that differs; `bagian` holds every section by name, without entries where both sides are the same."""

    a: Rubric
    b: Rubric
    bagian: Mapping[str, tuple[Entri, ...]]
    pasangan: tuple[Pasangan, ...]
    hapus: tuple[Kriteria, ...]
    tambah: tuple[Kriteria, ...]

    def of(self, jenis: Literal["sama", "pindah", "ubah"]) -> list[Pasangan]:
        """Return the criteria of both that are the same, that have another id, or that changed where they are."""
        return [p for p in self.pasangan if p.jenis == jenis]

    @property
    def kosong(self) -> bool:
        """Whether nothing differs."""
        changed = [p for p in self.pasangan if p.jenis != "sama"]
        return not any((changed, self.hapus, self.tambah, *self.bagian.values()))


def compare(a: Rubric, b: Rubric) -> RubricDiff:
    """Compare two rubrics; what a rubric says of its own changes plays no part."""
    pairs = [
        Pasangan(x, y, cara, similarity(x.uraian, y.uraian), _fields(_kriteria(x, a, b), _kriteria(y, b, a)))
        for x, y, cara in _match(a, b)
    ]
    left, right = _sections(a), _sections(b)
    bagian = {name: tuple(_entries(left[name], right[name])) for name in left}
    ids_a, ids_b = {**left, "kriteria": a.kriteria_by_id}, {**right, "kriteria": b.kriteria_by_id}
    bagian["urutan"] = tuple(_entries(_order(ids_a, ids_b), _order(ids_b, ids_a)))
    in_a, in_b = {p.a.id for p in pairs}, {p.b.id for p in pairs}
    hapus = tuple(k for k in a.each_kriteria() if k.id not in in_a)
    return RubricDiff(a, b, bagian, tuple(pairs), hapus, tuple(k for k in b.each_kriteria() if k.id not in in_b))


@lru_cache(maxsize=4096)
def letters(text: str, bare: bool = False) -> str:
    """Return a text without case, spacing, punctuation and (`bare`) what stands in brackets; two numbers stay two."""
    kept = (bare and _BRACKETS.sub(" ", text).strip()) or text
    return re.sub(r"(?<=\d) (?=\d)", "|", " ".join(_WORD.findall(kept.casefold()))).replace(" ", "") or text


@lru_cache(maxsize=16384)
def similarity(a: str, b: str) -> Fraction:
    """Return how alike two texts are, 0 to 1, by their words in order (below `RELATED`: in any order); symmetric."""
    x, y = (_WORD.findall(text.casefold()) for text in (a, b))
    if not x or not y:
        return Fraction(x == y)
    common = (Counter(x) & Counter(y)).total()
    if Fraction(2 * common, len(x) + len(y)) >= RELATED:
        matchers = (SequenceMatcher(None, *pair, autojunk=False) for pair in ((x, y), (y, x)))
        common = max(sum(block.size for block in m.get_matching_blocks()) for m in matchers)
    return Fraction(2 * common, len(x) + len(y))


def _match(a: Rubric, b: Rubric) -> list[tuple[Kriteria, Kriteria, Cara]]:
    rest_a, rest_b = dict(a.kriteria_by_id), dict(b.kriteria_by_id)
    pairs: dict[str, tuple[Kriteria, Kriteria, Cara]] = {}

    def take(x: Kriteria, y: Kriteria, cara: Cara) -> None:
        del rest_a[x.id], rest_b[y.id]
        pairs[x.id] = (x, y, cara)

    # Twins (one wording, two criteria) stay where they are if they can, else in their subkomponen, else in order.
    for bare in (False, True):
        for place in ("id", "subkomponen", None):
            found: dict[tuple[str, str | None], list[Kriteria]] = {}
            for y in rest_b.values():
                found.setdefault((letters(y.uraian, bare), place and getattr(y, place)), []).append(y)
            for x in list(rest_a.values()):
                if same := found.get((letters(x.uraian, bare), place and getattr(x, place))):
                    take(x, same.pop(0), "bunyi")
    near = sorted(
        (-mirip, x.id != y.id, x.subkomponen != y.subkomponen, sorted((x.id, y.id)), x.id, y.id)
        for x, y in product(rest_a.values(), rest_b.values())
        if (mirip := similarity(x.uraian, y.uraian)) >= NEAR
    )
    for *_, left, right in near:
        if left in rest_a and right in rest_b:
            take(rest_a[left], rest_b[right], "mirip")
    for name in list(rest_a):
        if name in rest_b and similarity(rest_a[name].uraian, rest_b[name].uraian) >= RELATED:
            take(rest_a[name], rest_b[name], "id")
    return [pairs[name] for name in a.kriteria_by_id if name in pairs]


def _kriteria(kriteria: Kriteria, own: Rubric, other: Rubric) -> Row:
    sub = own.subkomponen_by_id[kriteria.subkomponen]
    share = sub.bobot / len(sub.kriteria) if own.pada == other.pada == "kriteria" else None
    return {**_row(kriteria, "id", "subkomponen", "komponen"), "bobot": _plain(share)}


def _sections(r: Rubric) -> dict[str, dict[str, Row]]:
    """Return every section as rows of fields by id; a field of `Rubric` without a section is part of cara menilai."""
    return {
        "identitas": {name: {name: _plain(getattr(r, name))} for name in _IDENTITY},
        "cara menilai": {f.name: {f.name: _plain(getattr(r, f.name))} for f in fields(r) if f.name not in _APART},
        "skala": {s.jawaban: _row(s, "jawaban", "rank") for s in r.skala},
        "status": {name: {"nilai": "tidak dihitung" if v is None else _plain(v)} for name, v in r.statuses.items()},
        "predikat": {p.predikat: _row(p, "predikat") for p in r.predikat},
        "tenggat": {f"{name}/{t.sejak}": _row(t, "sejak") for name, own in r.tenggat.items() for t in own},
        "jenis bukti": {name: {"nama": text} for name, text in r.jenis_bukti.items()},
        "topik": {t.id: _row(t, "id") for t in r.topik.values()},
        "komponen": {k.id: _row(k, "id", "subkomponen") for k in r.komponen},
        "subkomponen": {s.id: _row(s, "id", "kriteria") for s in r.each_subkomponen()},
        "aturan": {rule.id: _rule(rule) for rule in r.rules},
        "paket aturan": {f"{pack}/{rule.id}": _rule(rule) for pack, rules in r.packs.items() for rule in rules},
    }


def _row(item: Any, *without: str) -> Row:
    return {f.name: _plain(getattr(item, f.name)) for f in fields(item) if f.name not in without}


def _rule(rule: Rule) -> Row:
    return {
        "jenis": rule.jenis,
        "bila": _plain(rule.patterns),
        **_row(rule.outcome),
        "dasar": rule.dasar,
        "contoh": rule.contoh,
    }


def _plain(value: Any) -> str | None:
    """Write a value of a rubric as text; different values have different texts."""
    match value:
        case None | str():
            return value
        case Fraction():
            return format_plain(value)
        case date():
            return value.isoformat()
        case Rounding():
            return f"{value.digits} desimal, {value.mode.replace('_', ' ')}"
        case Pattern():
            tests = [f"{t.field} {t.op} {_plain(t.value)}" for t in value.tests]
            tests += [f"{j.field} == {j.other}.{j.other_field}" for j in value.joins]
            return f"{'tidak ada ' if value.absent else ''}{value.name}: {value.fact}({', '.join(tests)})"
        case tuple() | frozenset():
            return ", ".join(str(_plain(item)) for item in (value if isinstance(value, tuple) else sorted(value)))
    return str(value)


def _fields(a: Row, b: Row) -> tuple[Beda, ...]:
    names = dict.fromkeys((*a, *b))
    return tuple(Beda(name, a.get(name), b.get(name)) for name in names if a.get(name) != b.get(name))


def _entries(a: Mapping[str, Row], b: Mapping[str, Row]) -> Iterator[Entri]:
    for name in dict.fromkeys((*a, *b)):
        beda = _fields(a.get(name, {}), b.get(name, {}))
        if beda or name not in a or name not in b:
            yield Entri(name, "hapus" if name not in b else "tambah" if name not in a else "ubah", beda)


def _order(own: Mapping[str, Mapping[str, Any]], other: Mapping[str, Mapping[str, Any]]) -> dict[str, Row]:
    """Return the order of the ids that both have; that of evidence kinds and topics means nothing."""
    names = ("komponen", "subkomponen", "kriteria", "aturan")
    return {name: {"urutan": ", ".join(i for i in own[name] if i in other[name])} for name in names}
