"""What a recommendation is worth is what scoring anew says: compared with a plain recomputation."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_eval import Rubric, evaluate, load_rubric
from sakip_eval.case.case import JawabanKriteria, JawabanSub, Penilaian
from sakip_eval.engine.score import score
from sakip_eval.engine.worth import Worth
from tests.helpers.cases import make_case, scored_by_criteria

UNIT = load_rubric("permenpanrb-88-2021/unit")
BY_STATUS, BY_GRADE = scored_by_criteria(UNIT), scored_by_criteria(UNIT, "jawaban")
SUBS = ["2.a", "4.c"]
CRITERIA = [k.id for name in SUBS for k in UNIT.subkomponen_by_id[name].kriteria]
ANSWERS = [step.jawaban for step in UNIT.skala]
VALUES = {"terpenuhi": Fraction(1), "sebagian": Fraction(1, 2), "tidak": Fraction(0)}


def worth_of(rubric: Rubric, penilaian: Penilaian) -> Worth:
    statuses = {name: k.status for name, k in penilaian.kriteria.items() if k.status is not None}
    return Worth(rubric, penilaian, statuses, score(rubric, penilaian, "evaluator", {})[1])


def proposed(sub: str, statuses: dict[str, str | None]) -> int | None:
    """The points that these statuses propose, by the ladder of the Permen; None where they do not settle it."""
    known = [statuses.get(k.id) for k in UNIT.subkomponen_by_id[sub].kriteria]
    counted = [s for s in known if s != "tidak_berlaku"]
    if not counted:
        return None
    low = sum((VALUES[s] for s in counted if s is not None), Fraction(0)) / len(counted)
    high = low + Fraction(counted.count(None), len(counted))

    def step(share: Fraction) -> int:
        if share == 1:
            return 80
        bounds = [(Fraction(3, 4), 70), (Fraction(1, 2), 60), (Fraction(1, 4), 50), (Fraction(0), 30)]
        return next((points for bound, points in bounds if share > bound), 0)

    return step(low) if step(low) == step(high) else None


def gain(sub: str, jawaban: str | None, statuses: dict[str, str | None], fulfilled: set[str]) -> Fraction:
    before = proposed(sub, statuses)
    after = proposed(sub, {**statuses, **dict.fromkeys(fulfilled, "terpenuhi")})
    now = {s.jawaban: int(s.poin) for s in UNIT.skala}[jawaban] if jawaban else before
    if now is None or after is None or after <= now:
        return Fraction(0)
    return UNIT.subkomponen_by_id[sub].bobot * (after - now) / 100


statuses_of = st.fixed_dictionaries(
    {name: st.sampled_from(["terpenuhi", "sebagian", "tidak", "tidak_berlaku", None]) for name in CRITERIA}
)
answers_of = st.fixed_dictionaries({name: st.sampled_from([*ANSWERS, None]) for name in SUBS})


@settings(deadline=None, max_examples=300)
@given(statuses_of, answers_of, st.sets(st.sampled_from(CRITERIA)))
def test_worth_by_answers(statuses: dict[str, str | None], answers: dict[str, str | None], names: set[str]) -> None:
    judged = Penilaian(
        subkomponen={name: JawabanSub(jawaban=answer) for name, answer in answers.items()},
        kriteria={name: JawabanKriteria(status=status) for name, status in statuses.items()},
    )
    worth = worth_of(UNIT, judged)
    by_sub = {sub: {n for n in names if n.startswith(sub)} for sub in SUBS}
    assert worth.of(names) == sum(gain(sub, answers[sub], statuses, own) for sub, own in by_sub.items() if own)
    lacking = {n for n, status in statuses.items() if status in ("tidak", "sebagian")}
    touched = [sub for sub, own in by_sub.items() if own]
    assert worth.together(names) == sum(
        gain(sub, answers[sub], statuses, {n for n in lacking if n.startswith(sub)}) for sub in touched
    )
    points = {s.jawaban: int(s.poin) for s in UNIT.skala}
    risk = Fraction(0)
    for sub in touched:
        answer, support = answers[sub], proposed(sub, statuses)
        if answer is not None and support is not None and points[answer] > support:
            risk += UNIT.subkomponen_by_id[sub].bobot * (points[answer] - support) / 100
    assert worth.at_risk(names) == risk


def test_what_is_met_already_counts_once_and_what_is_half_met_keeps_its_half() -> None:
    def judged(answer: str, *statuses: str) -> Worth:
        kriteria = {f"4.c.{n}": JawabanKriteria(status) for n, status in enumerate(statuses, start=1)}
        return worth_of(UNIT, Penilaian(subkomponen={"4.c": JawabanSub(answer)}, kriteria=kriteria))

    one_met = judged("E", "terpenuhi", "tidak", "tidak", "tidak", "tidak")
    assert one_met.of(["4.c.1"]) == Fraction("12.5") * 30 / 100  # 1 of 5 stays 1 of 5
    assert one_met.of(["4.c.1", "4.c.2"]) == Fraction("12.5") * 50 / 100
    halves = judged("E", "terpenuhi", "sebagian", "sebagian", "sebagian", "sebagian")
    assert halves.of(["4.c.2"]) == Fraction("12.5") * 60 / 100  # 2 and three halves of 5: 70 %


@settings(deadline=None, max_examples=200)
@given(statuses_of, st.sets(st.sampled_from(CRITERIA)))
def test_worth_by_average_of_statuses(statuses: dict[str, str | None], names: set[str]) -> None:
    kriteria = {name: JawabanKriteria(status=status) for name, status in statuses.items()}
    expected = Fraction(0)
    for sub in SUBS:
        own = [k.id for k in UNIT.subkomponen_by_id[sub].kriteria]
        counted = [n for n in own if statuses[n] != "tidak_berlaku"]
        for name in names:
            status = statuses[name] if name in own else None
            if status in VALUES and counted:
                expected += UNIT.subkomponen_by_id[sub].bobot * (1 - VALUES[str(status)]) / len(counted)
    assert worth_of(BY_STATUS, Penilaian(kriteria=kriteria)).of(names) == expected


def test_worth_by_average_of_grades_rises_to_bb_and_never_falls() -> None:
    grades = dict(zip(CRITERIA, ["E", "BB", "AA", "B", "C", "D", "A", "CC"], strict=True))
    judged = Penilaian(kriteria={name: JawabanKriteria(jawaban=grade) for name, grade in grades.items()})
    worth = worth_of(BY_GRADE, judged)
    assert worth.of(["2.a.1"]) == Fraction(6) * 80 / 100 / 3
    assert worth.of(["2.a.2", "2.a.3"]) == 0
    assert worth.of(["4.c.1", "4.c.2"]) == Fraction("12.5") * (10 + 30) / 100 / 5


def test_worth_by_average_where_criteria_are_not_judged_or_do_not_apply() -> None:
    judged = Penilaian(kriteria={"2.a.1": JawabanKriteria("tidak"), "2.a.2": JawabanKriteria()})
    # The bobot is shared by all three: what is not judged still counts among them, and has no gain of its own.
    assert worth_of(BY_STATUS, judged).of(["2.a.1", "2.a.2", "2.a.3"]) == 2
    graded = Penilaian(kriteria={"2.a.1": JawabanKriteria(jawaban="B"), "2.a.2": JawabanKriteria()})
    assert worth_of(BY_GRADE, graded).of(["2.a.1", "2.a.2", "2.a.3"]) == Fraction(6) * 10 / 100 / 3
    none = Penilaian(kriteria={f"2.a.{n}": JawabanKriteria("tidak_berlaku") for n in (1, 2, 3)})
    for rubric in (BY_STATUS, BY_GRADE):
        assert worth_of(rubric, none).of(["2.a.1"]) == 0


def test_a_component_given_in_points_has_its_own_node(lama: Rubric) -> None:
    case = make_case(lama, komponen={"1": Fraction("24.41"), "5": Fraction("17.08")})
    result = evaluate(lama, case)
    node = result.jejak.find("1")
    assert node is not None
    assert (node.nama, node.nilai, node.bobot, node.maks) == ("Perencanaan Kinerja", Fraction("24.41"), 30, 30)
    assert (node.rentang, node.poin) == ((Fraction("24.41"),) * 2, Fraction("24.41") * 100 / 30)
    assert node.why == "24.41 dari 30, diberikan langsung oleh evaluator"
    assert node.dasar == lama.komponen[0].dasar
    assert (node.bukti, node.children) == ((), ())
    open_ = result.jejak.find("2")
    assert open_ is not None
    assert (open_.nilai, open_.poin, open_.rentang) == (None, None, (0, 25))
    assert open_.why == "belum dinilai; nilai masih mungkin antara 0.00 sampai 25.00"
    rounded = replace(lama, stage="komponen", rounding=replace(lama.rounding, digits=1))
    assert evaluate(rounded, case).komponen[0].nilai == Fraction("24.4")


def test_a_finding_holds_all_that_its_rule_says(unit: Rubric) -> None:
    status: dict[str, str | None] = {"1.a.1": "tidak", "1.b.1": "tidak", "1.b.2": "sebagian"}
    result = evaluate(unit, make_case(unit, {"1.a": "BB", "1.b": "A", "2.a": "B"}, status))
    found = next(t for t in result.temuan if t.kode == "BB-KRITERIA-BELUM")
    rule = next(r for r in unit.rules if r.id == "jawaban-penuh-kriteria-belum")
    assert found.pesan == (
        "2 subkomponen dijawab BB atau lebih, padahal ada kriteria yang belum terpenuhi: "
        "1.a BB (1.a.1); 1.b A (1.b.1, 1.b.2)"
    )
    assert (found.tingkat, found.aturan, found.dasar) == ("kontradiksi", rule.id, rule.dasar)
    assert (found.subjek, found.kriteria) == (("1.a", "1.b"), ("1.a.1", "1.b.1", "1.b.2"))
    assert (
        found.cara == "Turunkan jawaban sesuai pemenuhan, atau perbaiki status kriteria dengan menunjukkan buktinya"
    )
    assert [(fact.name, fact.values["subkomponen"]) for fact in found.fakta] == [
        ("subkomponen", "1.a"),
        ("subkomponen", "1.b"),
    ]
    apart = [t for t in result.temuan if t.kode == "TANPA-BUKTI"]
    assert [t.subjek for t in apart] == [("1.a", "1.b", "2.a")]
