"""Which roles facts can play in rules, and the questions that follow: what a library of rules is asked.

A role is one pattern of one rule. Of a fact in a role only the fields that the pattern tests, or a join compares, are
shown; facts that show the same there are alike, and stand in a question as one. Rules do not feed each other, so each
is a question of its own; and for a rule of one pattern so is each fact. Two questions with one key look the same, so
they have the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sakip_eval.engine.matching import Fact, RuleSet, admits, passes
from sakip_eval.rubric.rules import Constraint, Pattern

MAX_KNOWN = 10_000
"""How much is kept of what was seen before; then it is forgotten and learnt anew."""
AS_TRUTH = ("in", "!=")
"""Tests that are shown as a field of their own, 1 or 0: facts that differ only in how they pass one look the same."""
_MAX_READ = 8


class Role(NamedTuple):
    """A pattern of rule number `rule`; every pattern is a role of its own. `joined` are the fields that joins compare."""

    rule: int
    name: str
    pattern: Pattern
    joined: tuple[str, ...]

    def part(self, fact: Fact) -> Part:
        """Return what is seen of a fact in this role."""
        shown: dict[str, Any] = {"f": self.name}
        for test in self.pattern.tests:
            value = fact.values[test.field]
            shown[key_of(test)] = int(passes(test, fact.values)) if test.op in AS_TRUTH else shown_value(value)
        # Fields that are joined too come with the joined ones.
        shown = {key: value for key, value in shown.items() if key not in self.joined}
        return Part(self, repr(shown), shown)


class Part(NamedTuple):
    """A role that a fact can play, and what is seen of it there, joined fields apart; `key` says the same as text."""

    role: Role
    key: str
    shown: dict[str, Any]


class Alike(NamedTuple):
    """Facts that look the same in one role, by number; `joined` are their values that joins compare."""

    part: Part
    joined: Sequence[str | int]
    members: list[int]

    @property
    def role(self) -> Role:
        """The role that they play."""
        return self.part.role

    def shown(self) -> dict[str, Any]:
        """Return what is seen of them."""
        joined = map(shown_value, self.joined)
        return self.part.shown | dict(zip(self.part.role.joined, joined, strict=True))


class Question(NamedTuple):
    """Facts in the roles of rule number `rule`: does it fire for them, and for which?"""

    rule: int
    key: Any
    alikes: Sequence[Alike]


class Reader:
    """Roles that facts of one name can play; which ones depends on the fields tested alone: on what `read` returns.

    `fires` keeps, by what is read, which rules of one pattern fire for such a fact.
    """

    def __init__(self, roles: Sequence[Role]) -> None:
        self._roles = roles
        tested = _tested(roles)
        self.read: Callable[[Mapping[str, str | int]], Any] = itemgetter(*tested) if tested else _nothing
        self.fires: dict[Any, list[int]] = {}
        self.known: dict[Any, list[Part]] = {}

    def parts(self, fact: Fact) -> list[Part]:
        """Return the roles that a fact can play, as it looks there apart from joined fields; kept in `known`."""
        read = self.read(fact.values)
        parts = self.known.get(read)
        if parts is None:
            if len(self.known) >= MAX_KNOWN:
                self.known.clear()
            parts = self.known[read] = [role.part(fact) for role in self._roles if admits(role.pattern, fact)]
        return parts


class Reading(NamedTuple):
    """What `reader` read of the facts with these numbers."""

    reader: Reader
    numbers: list[int]
    read: list[Any]


class Casting:
    """The roles of a rule set. `roles` has those of each rule, in the order of its patterns."""

    def __init__(self, rules: RuleSet) -> None:
        self.roles: list[list[Role]] = []
        for number, rule in enumerate(rules.rules):
            joined: dict[str, set[str]] = {pattern.name: set() for pattern in rule.patterns}
            for pattern in rule.patterns:
                for join in pattern.joins:
                    joined[pattern.name].add(join.field)
                    joined[join.other].add(join.other_field)
            self.roles.append(
                [
                    Role(number, f"{number}.{at}", pattern, tuple(sorted(joined[pattern.name])))
                    for at, pattern in enumerate(rule.patterns)
                ]
            )
        self._needed = {
            number: {role.name for role in roles if not role.pattern.absent}
            for number, roles in enumerate(self.roles)
            if len(roles) > 1
        }
        self._alone = _by_fact([roles[0] for roles in self.roles if len(roles) == 1])
        self._joint = _by_fact([role for roles in self.roles if len(roles) > 1 for role in roles])

    def readings(self, facts: Sequence[Fact]) -> list[Reading]:
        """Return what is read of these facts for the rules of one pattern."""
        return _readings(self._alone, facts)

    def questions(self, facts: Sequence[Fact]) -> list[Question]:
        """Return what is to be asked about these facts for the rules of several patterns.

        A rule with a role that must be played and that nobody can play cannot fire; it is left out.
        """
        played: list[tuple[int, Part]] = []
        for reader, numbers, read in _readings(self._joint, facts):
            for number, known in zip(numbers, map(reader.known.get, read), strict=True):
                parts = reader.parts(facts[number]) if known is None else known
                if parts:
                    played += [(number, part) for part in parts]
        roles = {part.role.name for _, part in played}
        due: dict[int, dict[Any, Alike]] = {rule: {} for rule, needed in self._needed.items() if needed <= roles}
        for number, part in played:
            alikes = due.get(part.role.rule)
            if alikes is None:
                continue
            joined = [facts[number].values[field] for field in part.role.joined]
            key = (part.key, *joined) if joined else part.key
            if key not in alikes:
                alikes[key] = Alike(part, joined, [])
            alikes[key].members.append(number)
        return [Question(rule, tuple(alikes), [*alikes.values()]) for rule, alikes in due.items()]


def _readings(readers: Mapping[str, Sequence[Reader]], facts: Sequence[Fact]) -> list[Reading]:
    by_name: dict[str, list[int]] = {name: [] for name in readers}
    for number, fact in enumerate(facts):
        if fact[0] in by_name:
            by_name[fact[0]].append(number)
    readings: list[Reading] = []
    for name, numbers in by_name.items():
        if numbers:
            values = [facts[number][1] for number in numbers]
            readings += [Reading(reader, numbers, list(map(reader.read, values))) for reader in readers[name]]
    return readings


def _by_fact(roles: Sequence[Role]) -> dict[str, list[Reader]]:
    """Return who reads the facts of each name."""
    names = dict.fromkeys(role.pattern.fact for role in roles)
    return {name: _readers([role for role in roles if role.pattern.fact == name]) for name in names}


def _readers(roles: Sequence[Role]) -> list[Reader]:
    """Return readers of few fields each: the more fields one reads, the rarer it meets the same values again."""
    groups: list[tuple[set[str], list[Role]]] = []
    for role in roles:
        fields = set(_tested([role]))
        for known, own in groups:
            if len(known | fields) <= _MAX_READ:
                known |= fields
                own.append(role)
                break
        else:
            groups.append((fields, [role]))
    return [Reader(own) for _, own in groups]


def _tested(roles: Iterable[Role]) -> list[str]:
    return sorted({test.field for role in roles for test in role.pattern.tests})


def _nothing(_: Mapping[str, str | int]) -> tuple[()]:
    return ()


def key_of(test: Constraint) -> str:
    """Return the name under which a test, or the field it reads, is shown."""
    return f"{test.field} {test.op} {test.value}" if test.op in AS_TRUTH else test.field


def shown_value(value: str | int) -> str | int:
    """Keep text from being read as a number: behind a letter it can only equal itself."""
    return f"t{value}" if isinstance(value, str) else value
