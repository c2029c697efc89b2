"""The rule language in plain Python, as slow and as plain as it can be: what durable-rules must agree with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sakip_eval.engine.matching import Fact, Firing, RuleSet, admits
from sakip_eval.rubric.rules import Pattern, Rule


class ReferenceMatcher:
    """A `Matcher` by nested loops over all facts."""

    def run(self, rules: RuleSet, facts: Sequence[Fact]) -> list[Firing]:
        return [Firing(rule, bound) for rule in rules.rules for bound in _matches(rule, facts)]


def _matches(rule: Rule, facts: Sequence[Fact]) -> Iterator[dict[str, Fact]]:
    present = [p for p in rule.patterns if not p.absent]
    absent = [p for p in rule.patterns if p.absent]

    def extend(at: int, bound: dict[str, Fact]) -> Iterator[dict[str, Fact]]:
        if at == len(present):
            if not any(_fits(pattern, fact, bound) for pattern in absent for fact in facts):
                yield bound
            return
        for fact in facts:
            if _fits(present[at], fact, bound):
                yield from extend(at + 1, {**bound, present[at].name: fact})

    yield from extend(0, {})


def _fits(pattern: Pattern, fact: Fact, bound: dict[str, Fact]) -> bool:
    return admits(pattern, fact) and all(
        fact.values[join.field] == bound[join.other].values[join.other_field] for join in pattern.joins
    )
