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

The library decides every match, but each question only once (see `casting`): what looks the same to it has the same
answer. In a batch of agencies most questions have been asked before.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import count, product
from typing import Any, NamedTuple

from sakip_eval.engine.casting import AS_TRUTH, MAX_KNOWN, Alike, Casting, Question, Reader, Role, key_of, shown_value
from sakip_eval.engine.matching import Fact, Firing, RuleSet
from sakip_eval.rubric.rules import Constraint

_GATE, _SENTINEL = "gate", "sentinel"
_NO_LIMIT = 1_000_000
_MAX_SALTS = 50
_OBSERVED = 2
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_Answer = list[tuple[int, ...]]
"""For each match of a rule, which of the question's alikes it binds, in the order of the rule's patterns."""


class _Registered(NamedTuple):
    """A rule set that the library knows by `name`, and its answers so far, by the key of the question."""

    name: str
    casting: Casting
    answers: dict[Any, _Answer]


class DurableMatcher:
    """A `Matcher` on durable-rules. One per process is enough (`default_matcher`)."""

    def __init__(self, fact_id: Callable[[int, int], str] | None = None) -> None:
        """`fact_id` makes the id of fact number n in attempt m; given only by tests that plant collisions."""
        self._fact_id = fact_id or (lambda number, salt: f"{number}" if salt == 0 else f"{number}-{salt}")
        self._lock = threading.Lock()
        self._host: Any = None
        self._registered: dict[str, _Registered] = {}
        self._sids: Iterator[int] = count(1)
        self._sink: list[tuple[str, list[dict[str, Any]]]] = []

    def run(self, rules: RuleSet, facts: Sequence[Fact]) -> list[Firing]:
        """See `Matcher.run`."""
        if not rules.rules:
            return []
        with self._lock:
            known = self._registered.get(rules.key) or self._register(rules)
            found = self._alone(rules, known, facts)
            for question, answer in self._answered(rules, known, known.casting.questions(facts)):
                members = [alike.members for alike in question.alikes]
                found[question.rule] = [fit for places in answer for fit in product(*[members[at] for at in places])]
        return _firings(rules, facts, found)

    def _alone(self, rules: RuleSet, known: _Registered, facts: Sequence[Fact]) -> list[list[Any]]:
        """Return for each rule, if it has one pattern, the numbers of the facts for which it fires."""
        found: list[list[Any]] = [[] for _ in rules.rules]
        for reader, numbers, read in known.casting.readings(facts):
            # Built-in functions over whole lists: most facts play no role, and this runs for all of them.
            fires = list(map(reader.fires.get, read))
            if None in fires:
                self._learn(rules, known, reader, [facts[number] for number in numbers])
                fires = list(map(reader.fires.get, read))
            for number, fired in zip(numbers, fires, strict=True):
                for rule in fired or ():
                    found[rule].append(number)
        return found

    def _learn(self, rules: RuleSet, known: _Registered, reader: Reader, facts: Sequence[Fact]) -> None:
        """Keep which rules of one pattern fire for facts that look like these."""
        if len(reader.fires) >= MAX_KNOWN:
            reader.fires.clear()
        looks = {read: reader.parts(fact) for fact in facts if (read := reader.read(fact.values)) not in reader.fires}
        asked = {
            part.key: Question(part.role.rule, part.key, [Alike(part, (), [])])
            for parts in looks.values()
            for part in parts
        }
        fired = {question.key for question, answer in self._answered(rules, known, [*asked.values()]) if answer}
        for read, parts in looks.items():
            reader.fires[read] = [part.role.rule for part in parts if part.key in fired]

    def _answered(
        self, rules: RuleSet, known: _Registered, questions: Sequence[Question]
    ) -> Iterable[tuple[Question, _Answer]]:
        """Return questions with their answers; the library is asked those that are new."""
        if len(known.answers) >= MAX_KNOWN:
            known.answers.clear()
        new = [question for question in questions if question.key not in known.answers]
        if new:
            known.answers.update(self._ask(rules, known.name, new))
        return [(question, known.answers[question.key]) for question in questions]

    def _ask(self, rules: RuleSet, ruleset: str, questions: Sequence[Question]) -> dict[Any, _Answer]:
        """Ask the library all these questions at once."""
        asked = [(at, place) for at, question in enumerate(questions) for place in range(len(question.alikes))]
        alikes = [questions[at].alikes[place] for at, place in asked]
        # A $not pattern is only right for facts that are there before.
        first = sorted(range(len(asked)), key=lambda number: not alikes[number].role.pattern.absent)
        for salt in range(_MAX_SALTS):
            ids = [self._fact_id(number, salt) for number in first]
            shown = [{"id": name, **alikes[number].shown()} for name, number in zip(ids, first, strict=True)]
            if self._assert(ruleset, shown, salt):
                break
        else:
            raise RuntimeError(f"durable-rules: {_MAX_SALTS} salts and still colliding ids")
        asked_by = {name: asked[number] for name, number in zip(ids, first, strict=True)}
        answers: dict[Any, _Answer] = {question.key: [] for question in questions}
        bound = [[f"b_{p.name}" for p in rule.patterns if not p.absent] for rule in rules.rules]
        for rule_id, matches in self._sink:
            if rule_id == _SENTINEL:
                continue
            for match in matches:
                found = [asked_by[match[key]["id"]] for key in bound[int(rule_id)]]
                answers[questions[found[0][0]].key].append(tuple([place for _, place in found]))
        self._sink.clear()
        return answers

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

    def _register(self, rules: RuleSet) -> _Registered:
        if self._host is None:
            self._host = _quiet_host()
        casting = Casting(rules)
        definition: dict[str, Any] = {
            str(number): {"all": _conditions(roles), "run": _no_action, "cap": _NO_LIMIT}
            for number, roles in enumerate(casting.roles)
        }
        definition[_SENTINEL] = {"all": [{"g": {"f": _GATE}}], "run": _no_action}
        known = self._registered[rules.key] = _Registered(f"r{rules.key}", casting, {})
        self._host.set_rulesets({known.name: definition})
        return known


def _firings(rules: RuleSet, facts: Sequence[Fact], found: Sequence[list[Any]]) -> list[Firing]:
    """Return the firings in order; `found` has numbers of facts for a rule of one pattern, else tuples of numbers."""
    firings: list[Firing] = []
    for rule, fits in zip(rules.rules, found, strict=True):
        if not fits:
            continue
        fits.sort()
        if len(rule.patterns) == 1:
            name = rule.patterns[0].name
            firings += [Firing(rule, {name: facts[n]}) for n in fits]
            continue
        names = [pattern.name for pattern in rule.patterns if not pattern.absent]
        firings += [Firing(rule, {name: facts[n] for name, n in zip(names, fit, strict=True)}) for fit in fits]
    return firings


def _no_action(context: Any) -> None:
    """Do nothing: matches are taken from the library directly, see `DurableMatcher._take`."""


def _conditions(roles: Sequence[Role]) -> list[dict[str, Any]]:
    """Write a rule's patterns in the library's form: what must be there, and what must not."""
    conditions: list[dict[str, Any]] = []
    for role in roles:
        pattern = role.pattern
        tests: list[dict[str, Any]] = [{"f": role.name}]
        tests += [_condition(test) for test in pattern.tests]
        tests += [{join.field: {f"b_{join.other}": join.other_field}} for join in pattern.joins]
        key = f"b_{pattern.name}$not" if pattern.absent else f"b_{pattern.name}"
        conditions.append({key: {"$and": tests} if len(tests) > 1 else tests[0]})
    return conditions


def _condition(test: Constraint) -> dict[str, Any]:
    if test.op in AS_TRUTH:
        return {key_of(test): 1}
    assert not isinstance(test.value, tuple)
    value = shown_value(test.value)
    return {test.field: value} if test.op == "==" else {{">=": "$gte", "<=": "$lte"}[test.op]: {test.field: value}}


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
