"""The fence around durable-rules: collisions, threads, many evaluations, nothing left behind."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from sakip_eval.engine import casting, durable_port
from sakip_eval.engine.durable_port import DurableMatcher, default_matcher
from sakip_eval.engine.matching import Fact, RuleSet
from sakip_eval.rubric.rules import Constraint, Join, MakaUsulan, Operator, Pattern, Rule
from tests.helpers.reference_matcher import ReferenceMatcher

OUT = MakaUsulan(untuk="k", status="terpenuhi", alasan="x")


def rule(name: str, *patterns: Pattern) -> Rule:
    return Rule(name, "usulan", patterns, OUT, "dasar", None)


PAIR = RuleSet.of(
    [
        rule(
            "pair",
            Pattern("a", "kriteria", (Constraint("n", ">=", 1),), (), False),
            Pattern("b", "bukti", (Constraint("s", "in", ("x", "y")),), (), False),
        ),
        rule("alone", Pattern("a", "kriteria", (), (), False), Pattern("b", "bukti", (), (), True)),
    ]
)
FACTS = [
    *(Fact("kriteria", {"n": n, "s": str(n)}) for n in range(4)),
    *(Fact("bukti", {"n": 0, "s": s}) for s in ("x", "y", "z")),
]


def shown(matcher: DurableMatcher | ReferenceMatcher, facts: list[Fact]) -> list[tuple[str, list[int]]]:
    numbers = {id(fact): number for number, fact in enumerate(facts)}
    return [(f.rule.id, [numbers[id(x)] for x in f.facts.values()]) for f in matcher.run(PAIR, facts)]


def test_nothing_to_match_and_nothing_matching() -> None:
    matcher = DurableMatcher()
    assert matcher.run(RuleSet.of([]), FACTS) == []
    assert matcher.run(PAIR, []) == []
    assert matcher.run(PAIR, [Fact("kasus", {"s": "x"})]) == []
    assert shown(matcher, [FACTS[4]]) == []


@pytest.mark.parametrize("colliding", [{0: "same", 1: "same"}, {3: "same", 5: "same"}, {2: "a", 4: "a", 6: "a"}])
def test_facts_that_look_the_same_to_the_library_are_all_matched(colliding: dict[int, str]) -> None:
    attempts: list[int] = []

    def fact_id(number: int, salt: int) -> str:
        attempts.append(salt)
        return colliding.get(number, str(number)) if salt < 2 else f"{number}-{salt}"

    matcher = DurableMatcher(fact_id)
    assert shown(matcher, FACTS) == shown(ReferenceMatcher(), FACTS)
    assert max(attempts) == 2


def test_two_different_ids_with_the_same_32_bit_hash_are_both_matched() -> None:
    """`k32728` and `k261234` share their FNV-1a hash, by which the library tells facts apart."""
    salts: list[int] = []

    def fact_id(number: int, salt: int) -> str:
        salts.append(salt)
        return {0: "k32728", 1: "k261234"}.get(number, f"f{number}") if salt == 0 else f"{number}-{salt}"

    matcher = DurableMatcher(fact_id)
    assert shown(matcher, FACTS) == shown(ReferenceMatcher(), FACTS)
    assert max(salts) == 1  # the collision was met, and one more attempt was enough


def test_every_attempt_gives_every_fact_a_new_id() -> None:
    made = DurableMatcher()._fact_id
    ids = [made(number, salt) for number in range(200) for salt in range(50)]
    assert len(set(ids)) == len(ids)


def test_ids_that_never_part_end_in_an_error_not_in_a_loop() -> None:
    with pytest.raises(RuntimeError, match="50 salts"):
        DurableMatcher(lambda number, salt: "always").run(PAIR, FACTS)


def fresh(number: int) -> list[Fact]:
    """Facts that no other number has, so that the library is asked and not the memory of what it answered."""
    return [Fact(f.name, {**f.values, "n": 1000 * number + int(f.values["n"])}) for f in FACTS[number % 4 :]]


def test_two_thousand_evaluations_in_eight_threads() -> None:
    matcher = DurableMatcher()

    def one(number: int) -> bool:
        facts = fresh(number) if number % 5 else FACTS[number % 4 :]
        return shown(matcher, facts) == shown(ReferenceMatcher(), facts)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(2000)))


def _in_process(number: int) -> list[tuple[str, list[int]]]:
    return shown(default_matcher(), fresh(number))


def test_evaluations_in_a_process_pool() -> None:
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(_in_process, range(200), chunksize=20))
    assert results == [shown(ReferenceMatcher(), fresh(n)) for n in range(200)]


def test_each_question_goes_to_the_library_once() -> None:
    asked: list[int] = []

    def fact_id(number: int, salt: int) -> str:
        asked.append(number)
        return f"{number}-{salt}"

    matcher = DurableMatcher(fact_id)
    assert shown(matcher, FACTS) == shown(ReferenceMatcher(), FACTS)
    first = len(asked)
    assert first > 0
    for again in (FACTS, FACTS[:], list(FACTS)):
        assert shown(matcher, again) == shown(ReferenceMatcher(), again)
    assert len(asked) == first
    assert shown(matcher, fresh(7)) == shown(ReferenceMatcher(), fresh(7))
    assert len(asked) > first


def test_what_is_remembered_is_bounded_and_forgotten_without_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (casting, durable_port):
        monkeypatch.setattr(module, "MAX_KNOWN", 3)
    single = RuleSet.of(
        [rule(f"n{n}", Pattern("a", "kriteria", (Constraint("n", ">=", n),), (), False)) for n in (0, 5)]
    )
    matcher = DurableMatcher()
    for number in (*range(40), *range(40)):
        for rules in (PAIR, single):
            facts = fresh(number)
            numbers = [(f.rule.id, [id(x) for x in f.facts.values()]) for f in matcher.run(rules, facts)]
            wanted = [(f.rule.id, [id(x) for x in f.facts.values()]) for f in ReferenceMatcher().run(rules, facts)]
            assert numbers == wanted
    for known in matcher._registered.values():
        assert len(known.answers) <= 3 + 2 * len(FACTS)
        for readers in (*known.casting._alone.values(), *known.casting._joint.values()):
            assert all(len(reader.known) <= 3 + len(FACTS) for reader in readers)
            assert all(len(reader.fires) <= 3 + len(FACTS) for reader in readers)


def test_text_is_never_read_as_a_number() -> None:
    rules = RuleSet.of([rule("r", Pattern("a", "bukti", (Constraint("s", "==", "1.1"),), (), False))])
    facts = [Fact("bukti", {"s": s}) for s in ("1.10", "1.1", "01.1", "1.1 ")]
    assert [f.facts["a"].values["s"] for f in DurableMatcher().run(rules, facts)] == ["1.1"]


def test_no_background_thread_is_started() -> None:
    import threading

    before = threading.active_count()
    DurableMatcher().run(PAIR, FACTS)
    assert threading.active_count() == before


def test_text_and_numbers_never_equal_each_other() -> None:
    values: list[str | int] = ["1", "0", "-1", 1, 0, -1, "a"]
    facts = [Fact(name, {"v": value}) for name in ("bukti", "kasus") for value in values]
    rules = [
        rule("same", Pattern("a", "bukti", (), (), False), Pattern("b", "kasus", (), (Join("v", "a", "v"),), False))
    ]
    rules += [
        rule(f"not-{n}", Pattern("a", "bukti", (Constraint("v", "!=", v),), (), False)) for n, v in enumerate(values)
    ]
    found = DurableMatcher().run(RuleSet.of(rules), facts)
    assert [(f.rule.id, [x.values["v"] for x in f.facts.values()]) for f in found] == [
        *(("same", [value, value]) for value in values),
        *((f"not-{n}", [other]) for n, value in enumerate(values) for other in values if other != value),
    ]


def test_numbers_are_compared_as_numbers() -> None:
    facts = [Fact("bukti", {"n": n}) for n in (-10, -2, 0, 2, 9, 10, 100)]

    def matched(op: Operator, number: int) -> list[str | int]:
        rules = RuleSet.of([rule("r", Pattern("a", "bukti", (Constraint("n", op, number),), (), False))])
        return [f.facts["a"].values["n"] for f in DurableMatcher().run(rules, facts)]

    assert matched(">=", 9) == [9, 10, 100]
    assert matched("<=", 9) == [-10, -2, 0, 2, 9]
    assert matched(">=", -2) == [-2, 0, 2, 9, 10, 100]
    assert matched("!=", 10) == [-10, -2, 0, 2, 9, 100]
    assert matched("==", 10) == [10]
