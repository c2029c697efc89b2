"""The fence around durable-rules: the only module that imports it.

What the library does that its users must not meet, and how it is kept out here (all observed with 2.0.28):

- A `$not` pattern is only right for facts asserted before the ones it is weighed against. So all facts of one run go
  in together, those for `$not` patterns first.
- `$or` beside a join matches wrongly. So membership (`salah_satu`), and likewise `bukan`, goes in as a field of its own,
  1 or 0.
- One fact cannot serve two patterns of a rule, and each fact is weighed against every pattern that could want it.
  So each pattern is a role of its own, and a fact goes in once for each role that it can play, with only the fields
  that this pattern tests or joins. Facts that look the same there go in as one: what fires for it fires for each.
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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count, product
from operator import itemgetter
from typing import Any, NamedTuple

from sakip_eval.engine.matching import Fact, Firing, RuleSet, admits, passes
from sakip_eval.rubric.rules import Constraint, Pattern, Rule

_GATE, _SENTINEL = "gate", "sentinel"
_NO_LIMIT = 1_000_000
_MAX_KNOWN = 10_000
_MAX_READ = 8
_OBSERVED = 2
_AS_TRUTH = ("in", "!=")
"""Tests that go in as a field of their own, 1 or 0: facts that differ only in how they pass one look the same."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_MAX_SALTS = 50


class _Part(NamedTuple):
    """A role that a fact can play, and what the library sees of it there: `shown`, and the fields that joins compare.

    Facts with one `key`, and the same values to join by, look the same to the library in this role.
    """

    role: _Role
    key: str
    shown: dict[str, Any]


class _Role(NamedTuple):
    """A pattern of rule number `rule`; every pattern is a role of its own. `joined` are the fields that joins compare."""

    rule: int
    name: str
    pattern: Pattern
    joined: tuple[str, ...]

    def part(self, fact: Fact) -> _Part:
        """Write what the library sees of a fact in this role, joined fields apart."""
        shown: dict[str, Any] = {"f": self.name}
        for test in self.pattern.tests:
            value = fact.values[test.field]
            shown[_test_key(test)] = int(passes(test, fact.values)) if test.op in _AS_TRUTH else _value(value)
        # Fields that are joined too come with the joined ones.
        shown = {key: value for key, value in shown.items() if key not in self.joined}
        return _Part(self, repr(shown), shown)


class _Reader:
    """Roles that facts of one name can play; which ones depends on the fields tested alone, so it is kept."""

    def __init__(self, roles: Sequence[_Role]) -> None:
        self._roles = roles
        tested = _tested(roles)
        self.read: Callable[[Mapping[str, str | int]], Any] = itemgetter(*tested) if tested else _nothing
        self.known: dict[Any, tuple[_Part, ...]] = {}

    def parts(self, fact: Fact) -> tuple[_Part, ...]:
        """Return the parts that a fact can play, and keep them in `known` by what `read` reads of it."""
        parts = tuple(role.part(fact) for role in self._roles if admits(role.pattern, fact))
        if len(self.known) < _MAX_KNOWN:
            self.known[self.read(fact.values)] = parts
        return parts


def _tested(roles: Iterable[_Role]) -> list[str]:
    return sorted({test.field for role in roles for test in role.pattern.tests})


def _readers(roles: Sequence[_Role]) -> list[_Reader]:
    """Return readers of few fields each: the more fields one reads, the rarer it meets the same values again."""
    groups: list[tuple[set[str], list[_Role]]] = []
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


class _Alike(NamedTuple):
    """Facts that look the same to the library in one role, by number; it is told of them once."""

    role: _Role
    shown: dict[str, Any]
    members: list[int]


class _Compiled:
    """A registered rule set: its name in the library, and who reads the facts of each name."""

    def __init__(self, name: str, roles: Sequence[_Role]) -> None:
        self.name = name
        self._roles = roles
        by_fact: dict[str, list[_Role]] = {}
        for role in roles:
            by_fact.setdefault(role.pattern.fact, []).append(role)
        self._readers = {fact: _readers(own) for fact, own in by_fact.items()}

    def cast(self, facts: Sequence[Fact]) -> list[_Alike]:
        """Return the roles that the facts can play, with the facts that are alike in them: absent roles first.

        Rules with a role that nobody plays cannot fire; theirs are left out.
        """
        by_name: dict[str, list[int]] = {}
        for number, fact in enumerate(facts):
            by_name.setdefault(fact[0], []).append(number)
        cast: dict[Any, _Alike] = {}
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
        played = {alike.role.name for alike in cast.values()}
        idle = {role.rule for role in self._roles if role.name not in played and not role.pattern.absent}
        due = [alike for alike in cast.values() if alike.role.rule not in idle]
        return sorted(due, key=_present)


def _join(cast: dict[Any, _Alike], parts: Iterable[_Part], number: int, values: Mapping[str, str | int]) -> None:
    """Put a fact among those that are like it in each of its roles."""
    for role, key, shown in parts:
        joined = [values[field] for field in role.joined]
        whole: Any = (key, *joined) if joined else key
        alike = cast.get(whole)
        if alike is not None:
            alike.members.append(number)
        elif joined:
            more = {field: _value(value) for field, value in zip(role.joined, joined, strict=True)}
            cast[whole] = _Alike(role, shown | more, [number])
        else:
            cast[whole] = _Alike(role, shown, [number])


def _present(alike: _Alike) -> bool:
    return not alike.role.pattern.absent


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
                members: dict[str, list[int]] = {}
                messages: list[dict[str, Any]] = []
                for at, alike in enumerate(cast):
                    name = self._fact_id(at, salt)
                    members[name] = alike.members
                    messages.append({"id": name, **alike.shown})
                if self._assert(compiled.name, messages, salt):
                    return self._firings(rules, facts, members)
        raise RuntimeError(f"durable-rules: {_MAX_SALTS} salts and still colliding ids")

    def _assert(self, ruleset: str, messages: list[dict[str, Any]], salt: int) -> bool:
        """Assert all messages and the gate in a fresh state; False if two of them looked the same to the library."""
        import durable_rules_engine

        sid = f"s{next(self._sids)}"
        for message in messages:
            message["sid"] = sid
        gate = {"id": f"{_GATE}{salt}", "f": _GATE, "sid": sid}
        self._sink.clear()
        handle = self._host.get_ruleset(ruleset)._handle  # noqa: SLF001
        try:
            outcome, state = durable_rules_engine.assert_facts(handle, _encode([*messages, gate]))
            if outcome == _OBSERVED:
                # The batch stopped before its gate; the gate alone still has to bring the state into being.
                last = {"id": f"{_GATE}{salt}-end", "f": _GATE, "sid": sid}
                self._take(handle, durable_rules_engine.assert_fact(handle, _encode(last))[1])
                return False
            self._take(handle, state)
            return True
        finally:
            self._host.delete_state(ruleset, sid)

    def _take(self, handle: Any, state: Any) -> None:
        """Take every action that is due, as the library's own loop does, but without storing a state between them."""
        import durable_rules_engine

        due = durable_rules_engine.start_action_for_state(handle, state)
        message = due[1] if due else None
        while message:
            for rule_id, found in json.loads(message).items():
                matches = found if isinstance(found, list) else [found]
                self._sink.append((rule_id, [match.get("m", match) for match in matches]))
            message = durable_rules_engine.complete_and_start_action(handle, state)

    def _firings(self, rules: RuleSet, facts: Sequence[Fact], members: Mapping[str, list[int]]) -> list[Firing]:
        """Return the firings in order: each match of facts that look alike is one for every choice among them."""
        found: dict[int, list[tuple[int, ...]]] = {}
        for rule_id, matches in self._sink:
            if rule_id == _SENTINEL:
                continue
            order = int(rule_id)
            keys = [f"b_{name}" for name in _names(rules.rules[order])]
            chosen = found.setdefault(order, [])
            for match in matches:
                chosen += product(*[members[match[key]["id"]] for key in keys])
        self._sink.clear()
        firings: list[Firing] = []
        for order in sorted(found):
            rule = rules.rules[order]
            names = _names(rule)
            if len(names) == 1:
                name = names[0]
                firings += [Firing(rule, {name: facts[n]}) for (n,) in sorted(found[order])]
                continue
            for numbers in sorted(found[order]):
                firings.append(Firing(rule, {name: facts[n] for name, n in zip(names, numbers, strict=True)}))
        return firings

    def _register(self, rules: RuleSet) -> _Compiled:
        if self._host is None:
            self._host = _quiet_host()
        roles: list[_Role] = []
        definition: dict[str, Any] = {}
        for number, rule in enumerate(rules.rules):
            names = {pattern.name: f"{number}.{at}" for at, pattern in enumerate(rule.patterns)}
            joined: dict[str, set[str]] = {pattern.name: set() for pattern in rule.patterns}
            for pattern in rule.patterns:
                for join in pattern.joins:
                    joined[pattern.name].add(join.field)
                    joined[join.other].add(join.other_field)
            roles += [_Role(number, names[p.name], p, tuple(sorted(joined[p.name]))) for p in rule.patterns]
            definition[str(number)] = {"all": _conditions(rule, names), "run": _no_action, "cap": _NO_LIMIT}
        definition[_SENTINEL] = {"all": [{"g": {"f": _GATE}}], "run": _no_action}
        compiled = _Compiled(f"r{rules.key}", roles)
        self._host.set_rulesets({compiled.name: definition})
        self._compiled[rules.key] = compiled
        return compiled


def _names(rule: Rule) -> list[str]:
    """Return the rule's own names for the facts that a firing binds."""
    return [pattern.name for pattern in rule.patterns if not pattern.absent]


def _nothing(_: Mapping[str, str | int]) -> tuple[()]:
    return ()


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
    return f"{test.field} {test.op} {test.value}" if test.op in _AS_TRUTH else test.field


def _condition(test: Constraint) -> dict[str, Any]:
    if test.op in _AS_TRUTH:
        return {_test_key(test): 1}
    assert not isinstance(test.value, tuple)
    value = _value(test.value)
    return {test.field: value} if test.op == "==" else {{">=": "$gte", "<=": "$lte"}[test.op]: {test.field: value}}


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
