"""What must hold for every case: monotone, free of order, parts re-add, the range holds every completion."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_eval import Rubric, load_rubric
from sakip_eval.case.case import JawabanKriteria, JawabanSub, Penilaian
from sakip_eval.engine.score import score
from sakip_eval.engine.trace import TraceNode
from tests.helpers.cases import rounded_at, scored_by_criteria

UNIT = load_rubric("permenpanrb-88-2021/unit")
TANAH_LAUT = load_rubric("tanah-laut-68-2022/unit")
BY_STATUS = scored_by_criteria(UNIT)
BY_GRADE = scored_by_criteria(UNIT, "jawaban")
ANSWERS = [step.jawaban for step in UNIT.skala]
STATUSES = ["terpenuhi", "sebagian", "tidak", "tidak_berlaku"]
RUBRICS = [
    UNIT,
    TANAH_LAUT,
    BY_STATUS,
    BY_GRADE,
    rounded_at(BY_STATUS, "subkomponen"),
    rounded_at(BY_STATUS, "komponen", 1),
]


@st.composite
def judged(draw: st.DrawFn, *, complete: bool = False, rubrics: list[Rubric] = RUBRICS) -> tuple[Rubric, Penilaian]:
    rubric = draw(st.sampled_from(rubrics))
    nothing: list[str | None] = [] if complete else [None]
    answer = st.sampled_from([*ANSWERS, *nothing])
    status = st.sampled_from([*STATUSES[:3], *nothing])
    sub = {s.id: JawabanSub(jawaban=draw(answer)) for s in rubric.each_subkomponen()}
    if rubric.pada == "subkomponen":
        return rubric, Penilaian(subkomponen=sub)
    by_grade = rubric.dengan == "jawaban"
    kriteria = {
        k.id: JawabanKriteria(jawaban=draw(answer)) if by_grade else JawabanKriteria(status=draw(status))
        for k in rubric.each_kriteria()
    }
    return rubric, Penilaian(kriteria=kriteria)


def total(rubric: Rubric, penilaian: Penilaian) -> TraceNode:
    return score(rubric, penilaian, "evaluator", {})[0]


@settings(deadline=None, max_examples=150)
@given(judged())
def test_range_is_ordered_and_within_the_weights(given_case: tuple[Rubric, Penilaian]) -> None:
    for node in total(*given_case).walk():
        if node.rentang is None or node.maks is None:
            continue
        low, high = node.rentang
        slack = Fraction(1) if given_case[0].stage != "cetak" else Fraction(0)
        assert 0 <= low <= high <= node.maks + slack
        assert (node.nilai is not None) <= (low == high == node.nilai)


@settings(deadline=None, max_examples=150)
@given(judged(complete=True))
def test_parts_re_add(given_case: tuple[Rubric, Penilaian]) -> None:
    rubric, penilaian = given_case
    root = total(rubric, penilaian)
    assert root.nilai == sum((k.nilai or 0 for k in root.children), Fraction(0))
    for komponen in root.children:
        parts = sum((s.nilai or Fraction(0) for s in komponen.children), Fraction(0))
        assert komponen.nilai == (rubric.rounding.apply(parts) if rubric.stage == "komponen" else parts)
        if rubric.pada == "kriteria" and rubric.stage == "cetak":
            for sub in komponen.children:
                assert sub.nilai == sum((k.nilai or 0 for k in sub.children), Fraction(0))


@settings(deadline=None, max_examples=150)
@given(judged(complete=True), st.randoms(use_true_random=False))
def test_order_never_matters(given_case: tuple[Rubric, Penilaian], random: object) -> None:
    rubric, penilaian = given_case
    sub, kriteria = list(penilaian.subkomponen.items()), list(penilaian.kriteria.items())
    random.shuffle(sub)  # type: ignore[attr-defined]
    random.shuffle(kriteria)  # type: ignore[attr-defined]
    assert total(rubric, Penilaian(subkomponen=dict(sub), kriteria=dict(kriteria))) == total(rubric, penilaian)


@settings(deadline=None, max_examples=150)
@given(judged(complete=True), st.data())
def test_a_better_answer_never_lowers_the_total(given_case: tuple[Rubric, Penilaian], data: st.DataObject) -> None:
    rubric, penilaian = given_case
    before = total(rubric, penilaian).nilai
    if rubric.pada == "subkomponen":
        name = data.draw(st.sampled_from(sorted(penilaian.subkomponen)))
        now = penilaian.subkomponen[name].jawaban
        better = data.draw(st.sampled_from(ANSWERS[: ANSWERS.index(now or "E") + 1]))
        after = Penilaian(subkomponen={**penilaian.subkomponen, name: JawabanSub(jawaban=better)})
    else:
        name = data.draw(st.sampled_from(sorted(penilaian.kriteria)))
        said = penilaian.kriteria[name]
        if said.jawaban is not None:
            up = JawabanKriteria(jawaban=data.draw(st.sampled_from(ANSWERS[: ANSWERS.index(said.jawaban) + 1])))
        else:
            up = JawabanKriteria(
                status=data.draw(st.sampled_from(STATUSES[: STATUSES.index(said.status or "tidak") + 1]))
            )
        after = Penilaian(kriteria={**penilaian.kriteria, name: up})
    now_total = total(rubric, after).nilai
    assert before is not None
    assert now_total is not None
    assert now_total >= before


@settings(deadline=None, max_examples=150)
@given(judged(), st.data())
def test_range_contains_every_completion(given_case: tuple[Rubric, Penilaian], data: st.DataObject) -> None:
    rubric, penilaian = given_case
    rentang = total(rubric, penilaian).rentang
    assert rentang is not None
    answer, status = st.sampled_from(ANSWERS), st.sampled_from(STATUSES)
    sub = {
        name: said if said.jawaban else JawabanSub(jawaban=data.draw(answer))
        for name, said in penilaian.subkomponen.items()
    }
    kriteria = {}
    for name, said in penilaian.kriteria.items():
        if said.status or said.jawaban:
            kriteria[name] = said
        elif rubric.dengan == "jawaban":
            kriteria[name] = JawabanKriteria(jawaban=data.draw(answer))
        else:
            kriteria[name] = JawabanKriteria(status=data.draw(status))
    completed = total(rubric, Penilaian(subkomponen=sub, kriteria=kriteria))
    if completed.nilai is not None:  # a part left with nothing that applies cannot be completed
        assert rentang[0] <= completed.nilai <= rentang[1]


@settings(deadline=None, max_examples=100)
@given(judged(complete=True, rubrics=[UNIT, TANAH_LAUT]))
def test_a_total_by_grades_lies_on_a_grid_of_five_hundredths(given_case: tuple[Rubric, Penilaian]) -> None:
    nilai = total(*given_case).nilai
    assert nilai is not None
    assert (nilai * 20).denominator == 1
