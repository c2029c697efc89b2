"""The fence around durable-rules: the only module that imports it.

What the library does that its users must not meet, and how it is kept out here (all observed with 2.0.28):

- A `$not` pattern is only right for facts asserted before the ones it is weighed against. So all facts of one run go
  in together, those for `$not` patterns first.
- `$or` beside a join matches wrongly. So membership (`salah_satu`) goes in as a field of its own, 1 or 0.
- One fact cannot serve two patterns of a rule, and each fact is weighed against every pattern that could want it.
  So each pattern is a role of its own, and a fact goes in once for each role that it can play, with only the fields
  that this pattern tests or joins.
- A fact that no pattern wants raises; an empty state crashes the interpreter when it is deleted. So facts are
  filtered here first, and the last fact of every run, the gate, has a rule of its own that always fires.
- Facts are told apart by a 32-bit hash of their `id`. On a collision everything is asserted anew with salted ids.
- Strings are coerced in comparisons, Decimals raise, many properties raise: only the fields that a rule set tests
  go in, text behind a letter, numbers as integers; what fires is looked up here by id.
- More than 1,024 live states crash: one fresh sid a run, deleted in `finally`. A lock serialises runs, since the
  library shares its tables between threads. The background timers of its host are never started.
- Exceptions in actions are swallowed, and its loop stores a state after every action: no action has code here, and
  the loop is our own, on the same calls.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from sakip_eval.engine.matching import Fact, Firing, RuleSet, admits
from sakip_eval.rubric.rules import Constraint, Pattern, Rule

_GATE, _SENTINEL = "gate", "sentinel"
_NO_LIMIT = 1_000_000
_MAX_SALTS = 50


@dataclass(slots=True)
class _Compiled:
    """A registered rule set: who can play which role, and what the library sees of a fact in a role.

    `keyed[fact]` finds patterns by a field that must have a certain value, `others[fact]` are the rest;
    `shown[role]` maps a message's key to the field it comes from, and the values for a membership.
    """

    name: str
    keyed: dict[str, dict[str, dict[str | int, list[tuple[str, Pattern]]]]]
    others: dict[str, list[tuple[str, Pattern]]]
    shown: dict[str, dict[str, tuple[str, tuple[str | int, ...] | None]]]

    def add(self, role: str, pattern: Pattern) -> None:
        """Note that facts which `pattern` admits can play `role`."""
        for test in pattern.tests:
            if test.op in ("==", "in"):
                by_value = self.keyed.setdefault(pattern.fact, {}).setdefault(test.field, {})
                for value in test.value if isinstance(test.value, tuple) else (test.value,):
                    by_value.setdefault(value, []).append((role, pattern))
                return
        self.others.setdefault(pattern.fact, []).append((role, pattern))

    def cast(self, facts: Sequence[Fact]) -> list[tuple[str, int]]:
        """Return the roles that the facts can play, with the number of the fact: absent roles first."""
        absent: list[tuple[str, int]] = []
        present: list[tuple[str, int]] = []
        for number, fact in enumerate(facts):
            candidates = self.others.get(fact.name)
            keyed = self.keyed.get(fact.name)
            if keyed is not None:
                for field, by_value in keyed.items():
                    found = by_value.get(fact.values[field])
                    if found is not None:
                        candidates = [*candidates, *found] if candidates else found
            if candidates is not None:
                for role, pattern in candidates:
                    if admits(pattern, fact):
                        (absent if pattern.absent else present).append((role, number))
        return [*absent, *present]

    def message(self, name: str, role: str, fact: Fact) -> dict[str, Any]:
        """Write a fact as the library sees it in `role`, under the id `name`."""
        message: dict[str, Any] = {"id": name, "f": role}
        for key, (field, members) in self.shown[role].items():
            value = fact.values[field]
            message[key] = _value(value) if members is None else int(value in members)
        return message


class DurableMatcher:
    """A `Matcher` on durable-rules. One per process is enough (`default_matcher`)."""

    def __init__(self, fact_id: Callable[[int, int], str] | None = None) -> None:
        """`fact_id` makes the id of fact number n in attempt m; given only by tests that plant collisions."""
        self._fact_id = fact_id or (lambda number, salt: f"{number}" if salt == 0 else f"{number}-{salt}")
        self._lock = threading.Lock()
        self._host: Any = None
        self._compiled: dict[str, _Compiled] = {}
        self._sids: Iterator[int] = count(1)
        self._sink: list[tuple[str, list[dict[str, Any]]]] = []

    def run(self, rules: RuleSet, facts: Sequence[Fact]) -> list[Firing]:
        """See `Matcher.run`."""
        if not rules.rules:
            return []
        with self._lock:
            compiled = self._compiled.get(rules.key) or self._register(rules)
            cast = compiled.cast(facts)
            for salt in range(_MAX_SALTS):
                numbers: dict[str, int] = {}
                messages: list[dict[str, Any]] = []
                for at, (role, number) in enumerate(cast):
                    name = self._fact_id(at, salt)
                    numbers[name] = number
                    messages.append(compiled.message(name, role, facts[number]))
                if self._assert(compiled.name, messages, salt):
                    return self._firings(rules, facts, numbers)
        raise RuntimeError(f"durable-rules: {_MAX_SALTS} salts and still colliding ids")

    def _assert(self, ruleset: str, messages: list[dict[str, Any]], salt: int) -> bool:
        """Assert all messages and the gate in a fresh state; False if two of them looked the same to the library."""
        from durable.engine import MessageObservedException

        sid = f"s{next(self._sids)}"
        for message in messages:
            message["sid"] = sid
        gate = {"id": f"{_GATE}{salt}", "f": _GATE, "sid": sid}
        self._sink.clear()
        library = self._host.get_ruleset(ruleset)
        try:
            self._take(library, library.assert_facts([*messages, gate]))
            return True
        except MessageObservedException:
            # The batch stopped before its gate; the gate alone still has to bring the state into being.
            self._take(library, library.assert_fact({"id": f"{_GATE}{salt}-end", "f": _GATE, "sid": sid}))
            return False
        finally:
            self._host.delete_state(ruleset, sid)

    def _take(self, library: Any, state: Any) -> None:
        """Take every action that is due, as the library's own loop does, but without storing a state between them."""
        import durable_rules_engine

        due = durable_rules_engine.start_action_for_state(library._handle, state)  # noqa: SLF001
        message = due[1] if due else None
        while message:
            for rule_id, found in json.loads(message).items():
                matches = found if isinstance(found, list) else [found]
                self._sink.append((rule_id, [match.get("m", match) for match in matches]))
            message = durable_rules_engine.complete_and_start_action(library._handle, state)  # noqa: SLF001

    def _firings(self, rules: RuleSet, facts: Sequence[Fact], numbers: dict[str, int]) -> list[Firing]:
        found: list[tuple[int, list[int], Firing]] = []
        for rule_id, matches in self._sink:
            if rule_id == _SENTINEL:
                continue
            order = int(rule_id)
            rule = rules.rules[order]
            names = [(pattern.name, f"b_{pattern.name}") for pattern in rule.patterns if not pattern.absent]
            for match in matches:
                chosen = [numbers[match[key]["id"]] for _, key in names]
                bound = {name: facts[number] for (name, _), number in zip(names, chosen, strict=True)}
                found.append((order, chosen, Firing(rule, bound)))
        self._sink.clear()
        found.sort(key=_by_rule_and_facts)
        return [firing for _, _, firing in found]

    def _register(self, rules: RuleSet) -> _Compiled:
        if self._host is None:
            self._host = _quiet_host()
        compiled = _Compiled(f"r{rules.key}", {}, {}, {})
        definition: dict[str, Any] = {}
        for number, rule in enumerate(rules.rules):
            roles = {pattern.name: f"{number}.{at}" for at, pattern in enumerate(rule.patterns)}
            for pattern in rule.patterns:
                role = roles[pattern.name]
                compiled.add(role, pattern)
                shown = compiled.shown.setdefault(role, {})
                for test in pattern.tests:
                    members = test.value if isinstance(test.value, tuple) else None
                    shown[_test_key(test)] = (test.field, members)
                for join in pattern.joins:
                    shown[join.field] = (join.field, None)
                    compiled.shown[roles[join.other]][join.other_field] = (join.other_field, None)
            definition[str(number)] = {
                "all": _conditions(rule, roles),
                "run": _no_action,
                "cap": _NO_LIMIT,
            }
        definition[_SENTINEL] = {"all": [{"g": {"f": _GATE}}], "run": _no_action}
        self._host.set_rulesets({compiled.name: definition})
        self._compiled[rules.key] = compiled
        return compiled


def _by_rule_and_facts(found: tuple[int, list[int], Firing]) -> tuple[int, list[int]]:
    return found[0], found[1]


def _no_action(context: Any) -> None:
    """Do nothing: matches are taken from the library directly, see `DurableMatcher._take`."""


def _conditions(rule: Rule, roles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Write a rule's patterns in the library's form: what must be there, what must not, and the gate."""
    conditions: list[dict[str, Any]] = []
    for pattern in rule.patterns:
        tests: list[dict[str, Any]] = [{"f": roles[pattern.name]}]
        tests += [_condition(test) for test in pattern.tests]
        tests += [{join.field: {f"b_{join.other}": join.other_field}} for join in pattern.joins]
        key = f"b_{pattern.name}$not" if pattern.absent else f"b_{pattern.name}"
        conditions.append({key: {"$and": tests} if len(tests) > 1 else tests[0]})
    return conditions


def _test_key(test: Constraint) -> str:
    return f"{test.field} in {test.value}" if isinstance(test.value, tuple) else test.field


def _condition(test: Constraint) -> dict[str, Any]:
    if isinstance(test.value, tuple):
        return {_test_key(test): 1}
    value = _value(test.value)
    if test.op == "==":
        return {test.field: value}
    return {{"!=": "$neq", ">=": "$gte", "<=": "$lte"}[test.op]: {test.field: value}}


def _value(value: str | int) -> str | int:
    """Keep text from being read as a number: behind a letter it can only equal itself."""
    return f"t{value}" if isinstance(value, str) else value


def _quiet_host() -> Any:
    from durable.engine import Host

    class QuietHost(Host):  # type: ignore[misc]
        """A host without the background threads that would run actions of their own accord."""

        def _run(self) -> None:
            pass

    return QuietHost()


@cache
def default_matcher() -> DurableMatcher:
    """Return the matcher of this process."""
    return DurableMatcher()
