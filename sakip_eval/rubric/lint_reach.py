"""Can a rule ever fire, and does one rule fire wherever another does? Decided from the rubric alone, without cases.

Some fields say the same in every case (a criterion's `uji`, an answer's rank): they are `Row`s, listed from the
rubric. The others are free within their domain. Where this module cannot tell, it says that a rule can fire.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from sakip_eval.rubric.compile_rules import Names
from sakip_eval.rubric.facts import FACTS
from sakip_eval.rubric.model import RubricFile
from sakip_eval.rubric.rules import Constraint, Join, Pattern, Rule

Value: TypeAlias = str | int
Row: TypeAlias = Mapping[str, Value]
"""What one fact says of its fixed fields."""

MAX_STEPS = 20_000
MAX_PATTERNS = 40
MAX_RANGE = 1_000


@dataclass(frozen=True, slots=True)
class Allowed:
    """The values that a field may hold: those of `only` (None: any), within the bounds, and not in `but`."""

    only: frozenset[Value] | None = None
    but: frozenset[Value] = frozenset()
    low: int | None = None
    high: int | None = None

    def __contains__(self, value: Value) -> bool:
        if value in self.but or (self.only is not None and value not in self.only):
            return False
        if isinstance(value, str):
            return self.low is None and self.high is None
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def values(self) -> frozenset[Value] | None:
        """Return all of them where they are few enough to list, else None."""
        some: Collection[Value] | None = self.only
        if some is None and self.low is not None and self.high is not None and self.high - self.low < MAX_RANGE:
            some = range(self.low, self.high + 1)
        return None if some is None else frozenset(value for value in some if value in self)

    def narrowed(self, test: Constraint) -> Allowed:
        """Return those that pass a test as well."""
        wanted = test.value
        if isinstance(wanted, tuple):
            return replace(self, only=frozenset(value for value in wanted if value in self))
        if test.op == "==":
            return replace(self, only=frozenset({wanted} if wanted in self else ()))
        if test.op == "!=":
            return replace(self, but=self.but | {wanted})
        bound = int(wanted)
        if test.op == ">=":
            return replace(self, low=bound if self.low is None else max(self.low, bound))
        return replace(self, high=bound if self.high is None else min(self.high, bound))

    def within(self, other: Allowed) -> bool:
        """Tell whether every one of them is one of `other`."""
        values = self.values()
        if values is not None:
            return all(value in other for value in values)
        if other.only is not None or any(value in self for value in other.but):
            return False
        low = other.low is None or (self.low is not None and self.low >= other.low)
        return low and (other.high is None or (self.high is not None and self.high <= other.high))

    def empty(self) -> bool:
        """Tell whether there is none."""
        values = self.values()
        crossed = self.low is not None and self.high is not None and self.low > self.high
        return crossed or (values is not None and not values)


def rows_of(file: RubricFile, kodes: Collection[tuple[str, str]] | None) -> dict[str, tuple[Row, ...]]:
    """Return the fixed fields of every fact that the rubric alone decides; `kodes` of findings, None if not known."""
    subs = [(komponen.id, sub) for komponen in file.komponen for sub in komponen.subkomponen if sub.kriteria]
    answers: list[Row] = [{"jawaban": "belum", "peringkat": 0, "melampaui": "tidak"}]
    names = [step.jawaban for step in file.skala]
    after = file.melampaui.sesudah if file.melampaui is not None else None
    beyond = names[: names.index(after)] if after in names else []
    for rank, name in enumerate(reversed(names), start=1):
        answers.append({"jawaban": name, "peringkat": rank, "melampaui": "ya" if name in beyond else "tidak"})
    rows: dict[str, tuple[Row, ...]] = {
        "kriteria": tuple(
            {
                "kriteria": entry.id,
                "subkomponen": sub.id,
                "komponen": komponen,
                "dimensi": sub.dimensi,
                "uji": entry.uji or "",
            }
            for komponen, sub in subs
            for entry in sub.kriteria
        ),
        "subkomponen": tuple(
            {"subkomponen": sub.id, "komponen": komponen, "dimensi": sub.dimensi, **answer}
            for komponen, sub in (subs if file.penilaian.pada != "komponen" else ())
            for answer in answers
        ),
    }
    if kodes is not None:
        rows["temuan"] = tuple({"kode": kode, "tingkat": tingkat} for kode, tingkat in sorted(kodes))
    return rows


@dataclass(frozen=True, slots=True)
class Scope:
    """What rules of one rubric can meet: the names of the rubric, and the fixed fields of its facts."""

    names: Names
    rows: Mapping[str, tuple[Row, ...]]

    def any_value(self, fact: str, field: str) -> Allowed:
        """Return what a field can hold in this rubric."""
        spec = FACTS[fact][field]
        if spec.kind == "peringkat":
            return Allowed(only=frozenset(range(len(self.names.ranks) + 1)))
        known = self.names.domain(spec.domain) if spec.kind == "teks" else ()
        return Allowed(only=frozenset(known) if known else None)

    def allowed(self, pattern: Pattern) -> dict[str, Allowed]:
        """Return what each tested field of a pattern may hold."""
        result: dict[str, Allowed] = {}
        for test in pattern.tests:
            before = result.get(test.field) or self.any_value(pattern.fact, test.field)
            result[test.field] = before.narrowed(test)
        return result

    def candidates(self, pattern: Pattern) -> tuple[Row, ...] | None:
        """Return the rows that a pattern admits; None where its fact has no fixed fields."""
        rows, allowed = self.rows.get(pattern.fact), self.allowed(pattern)
        if rows is None:
            return None
        return tuple(row for row in rows if all(row[name] in some for name, some in allowed.items() if name in row))

    def admits_all(self, narrow: Pattern, wide: Pattern) -> bool:
        """Tell whether every fact that passes the tests of `narrow` passes those of `wide`; joins apart."""
        if narrow.fact != wide.fact:
            return False
        inner, outer = self.candidates(narrow), self.candidates(wide)
        fixed: Collection[str] = ()
        if inner is not None and outer is not None:
            if not inner or not {id(row) for row in inner} <= {id(row) for row in outer}:
                return False
            fixed = inner[0].keys()
        tested, wanted = self.allowed(narrow), self.allowed(wide)
        return all(
            (tested.get(name) or self.any_value(narrow.fact, name)).within(some)
            for name, some in wanted.items()
            if name not in fixed
        )


def joins_hold(scope: Scope, rule: Rule, chosen: Mapping[str, Sequence[Row]] | None = None) -> bool:
    """Tell whether facts can be found that satisfy a rule's joins; `chosen` narrows the rows of some of them."""
    patterns = [pattern for pattern in rule.patterns if not pattern.absent]
    if len(patterns) > MAX_PATTERNS:
        return True
    by_name = {pattern.name: pattern for pattern in patterns}
    for pattern in patterns:
        for join in pattern.joins:
            mine, theirs = scope.allowed(pattern), scope.allowed(by_name[join.other])
            here = mine.get(join.field) or scope.any_value(pattern.fact, join.field)
            there = theirs.get(join.other_field) or scope.any_value(by_name[join.other].fact, join.other_field)
            values = here.values()
            if values is not None and not any(value in there for value in values):
                return False
    used = _joined_fields(patterns)
    rows: list[tuple[Pattern, list[Row]]] = []
    for pattern in patterns:
        found = (chosen or {}).get(pattern.name, scope.candidates(pattern))
        if found is not None:
            rows.append((pattern, _distinct(found, used.get(pattern.name, ()))))
    return _search(rows)


def _joined_fields(patterns: Iterable[Pattern]) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for pattern in patterns:
        for join in pattern.joins:
            used.setdefault(pattern.name, set()).add(join.field)
            used.setdefault(join.other, set()).add(join.other_field)
    return used


def _distinct(rows: Iterable[Row], fields: Collection[str]) -> list[Row]:
    """Keep of each row what joins look at, once."""
    kept: dict[tuple[tuple[str, Value], ...], Row] = {}
    for row in rows:
        part = {name: row[name] for name in fields if name in row}
        kept.setdefault(tuple(sorted(part.items())), part)
    return list(kept.values())


def _search(rows: Sequence[tuple[Pattern, Sequence[Row]]]) -> bool:
    steps = 0

    def extend(at: int, bound: dict[str, Row]) -> bool:
        nonlocal steps
        if at == len(rows):
            return True
        pattern, choices = rows[at]
        for row in choices:
            steps += 1
            if steps > MAX_STEPS:
                return True
            if all(_agrees(join, row, bound) for join in pattern.joins) and extend(
                at + 1, {**bound, pattern.name: row}
            ):
                return True
        return False

    return extend(0, {})


def _agrees(join: Join, row: Row, bound: Mapping[str, Row]) -> bool:
    other = bound.get(join.other, {})
    if join.field not in row or join.other_field not in other:
        return True
    return row[join.field] == other[join.other_field]
