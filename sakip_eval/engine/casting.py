"""Which roles facts can play in rules, and the questions that follow: what a library of rules is asked.

A role is one pattern of one rule. Of a fact in a role only the fields that the pattern tests, or a join compares, are
shown; facts that show the same there are alike, and stand in a question as one. Rules do not feed each other, so each
is a question of its own; and for a rule of one pattern so is each fact that looks different. Two questions with one
key look the same, so they have the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sakip_eval.engine.matching import Fact, RuleSet, admits, passes
from sakip_eval.rubric.rules import Constraint, Pattern

_MAX_KNOWN = 10_000
_MAX_READ = 8
AS_TRUTH = ("in", "!=")
"""Tests that are shown as a field of their own, 1 or 0: facts that differ only in how they pass one look the same."""


class Role(NamedTuple):
    """A pattern of rule number `rule`; every pattern is a role of its own. `joined` are the fields that joins compare."""

    rule: int
    name: str
    pattern: Pattern
    joined: tuple[str, ...]

    def part(self, fact: Fact) -> _Part:
        """Return what is seen of a fact in this role, joined fields apart."""
        shown: dict[str, Any] = {"f": self.name}
        for test in self.pattern.tests:
            value = fact.values[test.field]
            shown[key_of(test)] = int(passes(test, fact.values)) if test.op in AS_TRUTH else shown_value(value)
        # Fields that are joined too come with the joined ones.
        shown = {key: value for key, value in shown.items() if key not in self.joined}
        return _Part(self, repr(shown), shown)


class _Part(NamedTuple):
    """A role that a fact can play, and what is seen of it there: `shown`, and besides it the fields that joins compare.

    Facts with one `key`, and the same values to join by, look the same in this role.
    """

    role: Role
    key: str
    shown: dict[str, Any]


class Alike(NamedTuple):
    """Facts that look the same in one role, by number; `key` is what they look like."""

    role: Role
    key: Any
    shown: dict[str, Any]
    members: list[int]


class Question(NamedTuple):
    """Facts in the roles of rule number `rule`: does it fire for them, and for which?"""

    rule: int
    key: Any
    alikes: Sequence[Alike]


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
        self._needed = [{role.name for role in roles if not role.pattern.absent} for roles in self.roles]
        by_fact: dict[str, list[Role]] = {}
        for roles in self.roles:
            for role in roles:
                by_fact.setdefault(role.pattern.fact, []).append(role)
        self._readers = {fact: _readers(own) for fact, own in by_fact.items()}

    def questions(self, facts: Sequence[Fact]) -> list[Question]:
        """Return what is to be asked about these facts, rule after rule.

        A rule with a role that must be played and that nobody can play cannot fire; it is left out.
        """
        by_rule: dict[int, list[Alike]] = {}
        for alike in self._alikes(facts):
            by_rule.setdefault(alike.role.rule, []).append(alike)
        questions: list[Question] = []
        for rule in sorted(by_rule):
            alikes = by_rule[rule]
            if len(self.roles[rule]) == 1:
                questions += [Question(rule, alike.key, (alike,)) for alike in alikes]
            elif self._needed[rule] <= {alike.role.name for alike in alikes}:
                questions.append(Question(rule, tuple([alike.key for alike in alikes]), alikes))
        return questions

    def _alikes(self, facts: Sequence[Fact]) -> Iterable[Alike]:
        by_name: dict[str, list[int]] = {}
        for number, fact in enumerate(facts):
            by_name.setdefault(fact[0], []).append(number)
        cast: dict[Any, Alike] = {}
        for name, readers in self._readers.items():
            numbers = by_name.get(name)
            if numbers is None:
                continue
            values = [facts[number][1] for number in numbers]
            for reader in readers:
                # Built-in functions over whole lists: most facts play no role, and this runs for all of them.
                known = list(map(reader.known.get, map(reader.read, values)))
                for at, parts in enumerate(known):
                    if parts is None:
                        parts = reader.parts(facts[numbers[at]])
                    if parts:
                        _join(cast, parts, numbers[at], values[at])
        return cast.values()


class _Reader:
    """Roles that facts of one name can play; which ones depends on the fields tested alone, so it is kept."""

    def __init__(self, roles: Sequence[Role]) -> None:
        self._roles = roles
        tested = _tested(roles)
        self.read: Callable[[Mapping[str, str | int]], Any] = itemgetter(*tested) if tested else _nothing
        self.known: dict[Any, tuple[_Part, ...]] = {}

    def parts(self, fact: Fact) -> tuple[_Part, ...]:
        """Return the parts that a fact can play, and keep them in `known` by what `read` reads of it."""
        if len(self.known) >= _MAX_KNOWN:
            self.known.clear()
        parts = tuple(role.part(fact) for role in self._roles if admits(role.pattern, fact))
        self.known[self.read(fact.values)] = parts
        return parts


def _tested(roles: Iterable[Role]) -> list[str]:
    return sorted({test.field for role in roles for test in role.pattern.tests})


def _readers(roles: Sequence[Role]) -> list[_Reader]:
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
    return [_Reader(own) for _, own in groups]


def _join(cast: dict[Any, Alike], parts: Iterable[_Part], number: int, values: Mapping[str, str | int]) -> None:
    """Put a fact among those that are like it in each of its roles."""
    for role, key, shown in parts:
        whole: Any = (key, *[values[field] for field in role.joined]) if role.joined else key
        alike = cast.get(whole)
        if alike is not None:
            alike.members.append(number)
            continue
        if role.joined:
            shown = shown | {field: shown_value(values[field]) for field in role.joined}
        cast[whole] = Alike(role, whole, shown, [number])


def _nothing(_: Mapping[str, str | int]) -> tuple[()]:
    return ()


def key_of(test: Constraint) -> str:
    """Return the name under which a test, or the field it reads, is shown."""
    return f"{test.field} {test.op} {test.value}" if test.op in AS_TRUTH else test.field


def shown_value(value: str | int) -> str | int:
    """Keep text from being read as a number: behind a letter it can only equal itself."""
    return f"t{value}" if isinstance(value, str) else value
