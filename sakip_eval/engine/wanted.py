"""Which facts some rule can want, decided before they are made: most are wanted by none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sakip_eval.engine.matching import passes
from sakip_eval.rubric.rules import Rule


class Wanted:
    """Which facts of one name the rules can want, by the `fields` that are known before a fact is made."""

    def __init__(self, rules: Iterable[Rule], fact: str, fields: Sequence[str]) -> None:
        patterns = [pattern for rule in rules for pattern in rule.patterns if pattern.fact == fact]
        self._tests = [[test for test in pattern.tests if test.field in fields] for pattern in patterns]
        self.known: dict[tuple[str, ...], bool] = {}

    def learn(self, key: tuple[str, ...], values: Mapping[str, str | int]) -> bool:
        """Decide for a fact with these values, and keep the answer in `known` under a key that stands for them."""
        wanted = self.known[key] = any(all(passes(test, values) for test in tests) for tests in self._tests)
        return wanted


class WantedCriteria(Wanted):
    """Which criteria rules can want: by what the rubric says of one, its status, and what is proposed for it."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        known = ("kriteria", "subkomponen", "komponen", "dimensi", "uji", "status", "usulan")
        super().__init__(rules, "kriteria", known)
