"""What rules are matched against and what a match yields, independent of the library that does the matching."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sakip_eval.rubric.rules import Constraint, Pattern, Rule


class Fact(NamedTuple):
    """One flat fact: its name in the vocabulary, and its fields (text or whole numbers)."""

    name: str
    values: Mapping[str, str | int]


class Firing(NamedTuple):
    """One match of one rule, with the facts that triggered it by the rule's own names for them."""

    rule: Rule
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules that run together; `key` names their content."""

    rules: tuple[Rule, ...]
    key: str

    @staticmethod
    def of(rules: Iterable[Rule]) -> RuleSet:
        """Make a rule set; equal rules get an equal key."""
        rules = tuple(rules)
        text = repr([(rule.id, rule.patterns) for rule in rules])
        return RuleSet(rules, hashlib.sha256(text.encode()).hexdigest()[:24])


class Matcher(Protocol):
    """The port: all matches of a rule set over facts, ordered by rule and then by the order of the facts."""

    def run(self, rules: RuleSet, facts: Sequence[Fact]) -> list[Firing]:
        """Return every firing. A rule fires once for each combination of facts that satisfies it."""
        ...


def passes(test: Constraint, values: Mapping[str, str | int]) -> bool:
    """Tell whether a field satisfies a test against a constant. Text and numbers never equal each other."""
    value, wanted = values[test.field], test.value
    if test.op == "in":
        return value in wanted  # type: ignore[operator]
    if test.op == "==":
        return value == wanted
    if test.op == "!=":
        return value != wanted
    return value >= wanted if test.op == ">=" else value <= wanted  # type: ignore[operator]


def admits(pattern: Pattern, fact: Fact) -> bool:
    """Tell whether a fact satisfies all that a pattern says of it alone (joins apart)."""
    if fact.name != pattern.fact:
        return False
    values = fact.values
    for test in pattern.tests:  # noqa: SIM110 - a generator costs twice as much, and this runs for every fact
        if not passes(test, values):
            return False
    return True
