"""durable-rules behind its fence fires exactly what a plain evaluator of the same rule language fires."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_eval.engine.durable_port import DurableMatcher
from sakip_eval.engine.matching import Fact, Firing, RuleSet
from sakip_eval.rubric.rules import Constraint, Join, MakaUsulan, Pattern, Rule
from tests.helpers.reference_matcher import ReferenceMatcher

TEXTS = ["", "a", "1", "1.1", "1.10", "49", "belum", "true", "null", "é"]
NAMES = ["kriteria", "bukti", "kasus"]
OUTCOME = MakaUsulan(untuk="p0", status="terpenuhi", alasan="x")

facts = st.lists(
    st.builds(
        Fact,
        st.sampled_from(NAMES),
        st.fixed_dictionaries({"s": st.sampled_from(TEXTS), "t": st.sampled_from(TEXTS), "n": st.integers(-2, 3)}),
    ),
    max_size=9,
)
tests = st.one_of(
    st.builds(Constraint, st.sampled_from(["s", "t"]), st.sampled_from(["==", "!="]), st.sampled_from(TEXTS)),
    st.builds(Constraint, st.just("n"), st.sampled_from(["==", "!=", ">=", "<="]), st.integers(-2, 3)),
    st.builds(
        Constraint,
        st.sampled_from(["s", "t"]),
        st.just("in"),
        st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3, unique=True).map(tuple),
    ),
)


@st.composite
def rules(draw: st.DrawFn, number: int) -> Rule:
    present = draw(st.integers(1, 3))
    absent = draw(st.integers(0, 2))
    patterns = []
    for at in range(present + absent):
        joins = []
        if at and draw(st.booleans()):
            other = draw(st.integers(0, min(at, present) - 1))
            kinds = draw(st.sampled_from([("s", "s"), ("s", "t"), ("t", "s"), ("n", "n")]))
            joins.append(Join(kinds[0], f"p{other}", kinds[1]))
        patterns.append(
            Pattern(
                f"p{at}",
                draw(st.sampled_from(NAMES)),
                tuple(draw(st.lists(tests, max_size=2))),
                tuple(joins),
                at >= present,
            )
        )
    return Rule(f"r{number}", "usulan", tuple(patterns), OUTCOME, "dasar", None)


def key(firings: list[Firing]) -> list[tuple[str, list[tuple[str, int]]]]:
    return [(f.rule.id, [(name, id(fact)) for name, fact in f.facts.items()]) for f in firings]


@settings(max_examples=400, deadline=None)
@given(data=st.data(), given_facts=facts)
def test_same_firings_on_random_rules_and_facts(data: st.DataObject, given_facts: list[Fact]) -> None:
    rule_set = RuleSet.of(data.draw(rules(n)) for n in range(data.draw(st.integers(1, 3))))
    expected = ReferenceMatcher().run(rule_set, given_facts)
    assert key(DurableMatcher().run(rule_set, given_facts)) == key(expected)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), given_facts=facts)
def test_what_was_answered_before_is_right_for_other_facts_too(data: st.DataObject, given_facts: list[Fact]) -> None:
    """One matcher is asked about many lists of facts, as in a batch; most questions it has heard before."""
    rule_set = RuleSet.of(data.draw(rules(n)) for n in range(data.draw(st.integers(1, 3))))
    matcher = DurableMatcher()
    for _ in range(data.draw(st.integers(2, 5))):
        some = data.draw(st.permutations(given_facts))[: data.draw(st.integers(0, len(given_facts)))]
        assert key(matcher.run(rule_set, some)) == key(ReferenceMatcher().run(rule_set, some))
