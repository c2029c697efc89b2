"""Scoring at its edges: bands, ladder, both modes, rounding stages, partial cases."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from sakip_eval import Rubric, evaluate
from sakip_eval.case.case import JawabanKriteria, Penilaian
from sakip_eval.engine.pemenuhan import count_statuses, propose
from sakip_eval.engine.score import score
from sakip_eval.render.words import rounding_notes
from tests.helpers.cases import all_answers, all_status, make_case, rounded_at, scored_by_criteria


@pytest.mark.parametrize(
    ("nilai", "predikat"),
    [
        ("100", "AA"), ("90.01", "AA"), ("90", "A"), ("89.99", "A"), ("80.01", "A"), ("80", "BB"), ("79.99", "BB"),
        ("70.05", "BB"), ("70.01", "BB"), ("70", "B"), ("69.99", "B"), ("60.01", "B"), ("60", "CC"), ("59.99", "CC"),
        ("50.01", "CC"), ("50", "C"), ("49.99", "C"), ("30.01", "C"), ("30", "D"), ("29.99", "D"), ("0.01", "D"),
        ("0", None), ("70.0000001", "BB"), ("79.9999999", "BB"),
    ],
)  # fmt: skip
def test_predikat_at_every_band_edge(unit: Rubric, nilai: str, predikat: str | None) -> None:
    found = unit.predikat_of(Fraction(nilai))
    assert (found.predikat if found else None) == predikat


@pytest.mark.parametrize(
    ("jawaban", "nilai", "predikat"),
    [
        ("AA", 100, "AA"), ("A", 90, "A"), ("BB", 80, "BB"), ("B", 70, "B"), ("CC", 60, "CC"), ("C", 50, "C"),
        ("D", 30, "D"), ("E", 0, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("rubric", ["unit", "instansi", "tanah_laut"])
def test_one_answer_everywhere(
    rubric: str, jawaban: str, nilai: int, predikat: str | None, request: pytest.FixtureRequest
) -> None:
    loaded: Rubric = request.getfixturevalue(rubric)
    result = evaluate(loaded, make_case(loaded, all_answers(loaded, jawaban)))
    assert result.nilai == nilai
    assert (result.predikat.predikat if result.predikat else None) == predikat
    assert result.lengkap


@pytest.mark.parametrize(
    ("persen", "jawaban"),
    [
        ("100", "BB"), ("99.99", "B"), ("75.01", "B"), ("75", "CC"), ("74.99", "CC"), ("50.01", "CC"), ("50", "C"),
        ("49.99", "C"), ("25.01", "C"), ("25", "D"), ("24.99", "D"), ("0.01", "D"), ("0", "E"),
    ],
)  # fmt: skip
def test_proposed_answer_at_every_ladder_edge(unit: Rubric, persen: str, jawaban: str) -> None:
    step = propose(unit, Fraction(persen), Fraction(persen))
    assert step is not None
    assert step.jawaban == jawaban


def test_a_percentage_alone_never_proposes_more_than_bb(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit, status=all_status(unit, "terpenuhi")))
    assert {s.usulan for k in result.komponen for s in k.subkomponen} == {"BB"}


def test_sebagian_counts_half_and_tidak_berlaku_not_at_all(unit: Rubric) -> None:
    status = {"2.a.1": "terpenuhi", "2.a.2": "sebagian", "2.a.3": "tidak_berlaku"}
    filled = evaluate(unit, make_case(unit, status=status)).komponen[1].subkomponen[0].pemenuhan
    assert (filled.persen_min, filled.persen_maks) == (75, 75)
    assert filled.usulan is not None
    assert filled.usulan.jawaban == "CC"
    assert filled.berlaku == 2


def test_every_criterion_is_counted_under_its_status(unit: Rubric) -> None:
    statuses = ["terpenuhi"] * 5 + ["sebagian"] * 4 + ["tidak"] * 3 + ["tidak_berlaku"] * 2 + [None]
    counted = count_statuses(unit, statuses)
    assert counted[:5] == (5, 4, 3, 2, 1)
    assert (counted.berlaku, counted.persen) == (13, None)
    assert (counted.persen_min, counted.persen_maks) == (Fraction(700, 13), Fraction(800, 13))
    full = count_statuses(unit, ["terpenuhi"] * 4)
    assert (full[:5], full.persen, full.berlaku) == ((4, 0, 0, 0, 0), 100, 4)
    assert count_statuses(unit, ["tidak_berlaku"] * 4)[:7] == (0, 0, 0, 4, 0, None, None)


def test_all_criteria_not_applicable_proposes_nothing(unit: Rubric) -> None:
    status = {k.id: "tidak_berlaku" for k in unit.subkomponen_by_id["2.a"].kriteria}
    filled = evaluate(unit, make_case(unit, status=status)).komponen[1].subkomponen[0].pemenuhan
    assert filled.usulan is None
    assert filled.persen_min is None


def test_unknown_is_not_zero(unit: Rubric) -> None:
    answers = all_answers(unit, "BB") | {"4.c": None}
    result = evaluate(unit, make_case(unit, answers))
    assert result.nilai is None
    assert (result.dinilai, result.seluruh) == (11, 12)
    assert result.rentang == (70, Fraction("82.5"))
    assert result.predikat is None
    assert result.komponen[3].nilai is None
    assert result.komponen[0].nilai == 24


def test_e_is_zero_and_is_judged(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit, all_answers(unit, "BB") | {"4.c": "E"}))
    assert result.nilai == 70
    assert result.lengkap


def test_predikat_of_a_partial_case_only_where_the_whole_range_has_one(unit: Rubric) -> None:
    answers = all_answers(unit, "BB") | {"1.a": "B", "3.a": None}
    result = evaluate(unit, make_case(unit, answers))
    assert not result.lengkap
    assert result.rentang == (Fraction("77"), Fraction("80"))
    assert result.predikat is not None
    assert result.predikat.predikat == "BB"


def test_a_partial_case_is_not_mistaken_for_one_that_answers_another_part(unit: Rubric) -> None:
    """Component 1 has parts of 6, 9 and 15 points: what is answered alike in different parts leaves another range."""
    for answered, spans in [
        ({"1.a"}, (Fraction("4.8"), Fraction("28.8"))),
        ({"1.b"}, (Fraction("7.2"), Fraction("28.2"))),
        ({"1.c"}, (Fraction(12), Fraction(27))),
        ({"1.a", "1.b"}, (Fraction(12), Fraction(27))),
        ({"1.b", "1.c"}, (Fraction("19.2"), Fraction("25.2"))),
        ({"1.a", "1.c"}, (Fraction("16.8"), Fraction("25.8"))),
    ]:
        node = evaluate(unit, make_case(unit, dict.fromkeys(answered, "BB"))).jejak.find("1")
        assert node is not None
        assert (node.nilai, node.poin, node.rentang) == (None, None, spans)


def test_nothing_judged_spans_everything(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit))
    assert (result.nilai, result.rentang, result.predikat) == (None, (0, 100), None)
    assert all("belum dinilai" in node.why for node in result.jejak.walk() if node.grounds.jenis == "jawaban")


def test_an_absent_rater_has_judged_nothing(unit: Rubric) -> None:
    case = make_case(unit, all_answers(unit, "BB"), penilai="mandiri")
    assert evaluate(unit, case, "evaluator").nilai is None
    assert evaluate(unit, case, "mandiri").nilai == 80


def test_criteria_averaged_by_status(unit: Rubric) -> None:
    rubric = scored_by_criteria(unit)
    status = all_status(unit, "terpenuhi") | {"2.a.1": "tidak", "2.a.2": "sebagian", "2.b.1": "tidak_berlaku"}
    result = evaluate(rubric, make_case(rubric, status=status))
    assert result.komponen[1].subkomponen[0].nilai == Fraction(6) * Fraction(3, 2) / 3
    assert result.komponen[1].subkomponen[1].nilai == 9
    assert result.nilai == 97


def test_criteria_averaged_by_grade(unit: Rubric) -> None:
    rubric = scored_by_criteria(unit, "jawaban")
    grades = {k.id: "BB" for k in unit.each_kriteria()} | {"2.a.1": "AA", "2.a.2": "E"}
    result = evaluate(rubric, make_case(rubric, grades=grades))
    assert result.komponen[1].subkomponen[0].persen == 60
    assert result.nilai == 80 - Fraction(6) * 20 / 100


def test_criteria_mode_leaves_open_what_is_not_judged(unit: Rubric) -> None:
    rubric = scored_by_criteria(unit)
    status = all_status(unit, "terpenuhi") | {"2.a.1": None}
    result = evaluate(rubric, make_case(rubric, status=status))
    assert result.nilai is None
    assert result.rentang == (98, 100)
    assert result.predikat is not None
    assert result.predikat.predikat == "AA"


def test_criteria_mode_cannot_score_a_part_without_applicable_criteria(unit: Rubric) -> None:
    rubric = scored_by_criteria(unit)
    status = all_status(unit, "terpenuhi") | {k.id: "tidak_berlaku" for k in unit.subkomponen_by_id["3.a"].kriteria}
    result = evaluate(rubric, make_case(rubric, status=status))
    assert not result.lengkap
    assert result.rentang == (97, 100)


def test_a_proposal_is_never_scored(unit: Rubric) -> None:
    rubric = scored_by_criteria(unit)
    result = evaluate(rubric, make_case(rubric))
    assert result.usulan["1.a.3"].status == "tidak"
    assert result.rentang == (0, 100)


def test_exact_fractions_as_weights_add_up(unit: Rubric) -> None:
    third = Fraction(20, 3)
    parts = tuple(
        replace(s, bobot=w) for s, w in zip(unit.komponen[0].subkomponen, (third, third, third), strict=True)
    )
    komponen = (replace(unit.komponen[0], bobot=Fraction(20), subkomponen=parts), *unit.komponen[1:])
    rubric = replace(unit, komponen=komponen)
    result = evaluate(rubric, make_case(rubric, all_answers(rubric, "A")))
    assert result.komponen[0].nilai == 18
    assert result.nilai == 81


@pytest.mark.parametrize(
    ("stage", "nilai"), [("cetak", "100/3"), ("total", "33.33"), ("komponen", "33.34"), ("subkomponen", "33.33")]
)
def test_rounding_happens_at_the_declared_stage_only(unit: Rubric, stage: str, nilai: str) -> None:
    rubric = scored_by_criteria(rounded_at(unit, stage))
    status: dict[str, str | None] = {}
    for sub in rubric.each_subkomponen():
        ids = [k.id for k in sub.kriteria]
        status |= dict.fromkeys(ids, "tidak_berlaku") | dict.fromkeys(ids[:3], "tidak") | {ids[0]: "terpenuhi"}
    result = evaluate(rubric, make_case(rubric, status=status))
    thirds = {"cetak": Fraction(100, 3), "total": Fraction("33.33")}
    by_part = sum((rubric.rounding.apply(s.bobot / 3) for s in rubric.each_subkomponen()), Fraction(0))
    by_komponen = sum((rubric.rounding.apply(k.bobot / 3) for k in rubric.komponen), Fraction(0))
    assert result.nilai == {**thirds, "subkomponen": by_part, "komponen": by_komponen}[stage]


@pytest.mark.parametrize(
    ("stage", "low", "high"), [("cetak", "33.15", "88.15"), ("komponen", "34", "89"), ("total", "33", "88")]
)
def test_what_a_partial_case_can_still_become_is_rounded_at_the_same_stage(
    unit: Rubric, stage: str, low: str, high: str
) -> None:
    rubric = rounded_at(unit, stage, 0)
    answers = all_answers(unit, "BB") | {"1.c": "B", "3.a": "C", "3.b": "B"}
    open_ = {name: None for name in answers if name[0] in "24"}  # 25 + 30 points
    result = evaluate(rubric, make_case(rubric, answers | open_))
    assert (result.nilai, result.predikat) == (None, None)
    # The first component has 22.5 points, the third 10.65.
    assert result.rentang == (Fraction(low), Fraction(high))


def test_predikat_follows_the_rounded_total_where_the_rubric_says_so(unit: Rubric) -> None:
    nilai = Fraction("80.004")
    parts = {"1": Fraction("24.004"), "2": Fraction(24), "3": Fraction(12), "4": Fraction(20)}
    exact = replace(unit, pada="komponen", dengan="nilai")
    rounded = replace(exact, predikat_dari="bulat")
    for rubric, expected in ((exact, "A"), (rounded, "BB")):
        result = evaluate(rubric, make_case(rubric, komponen=parts))
        assert result.nilai == nilai
        assert result.predikat is not None
        assert result.predikat.predikat == expected


def test_output_says_why_printed_parts_do_not_add_up(unit: Rubric) -> None:
    rubric = replace(unit, pada="komponen", dengan="nilai")
    parts = {"1": Fraction("20.004"), "2": Fraction("20.004"), "3": Fraction("10.004"), "4": Fraction("20.004")}
    result = evaluate(rubric, make_case(rubric, komponen=parts))
    notes = rounding_notes(result)
    assert notes == [
        "Bagian total yang tercetak berjumlah 70.00, nilainya 70.02: nilai dihitung dari angka tepat dan dibulatkan "
        "hanya pada tahap cetak."
    ]
    assert rounding_notes(evaluate(unit, make_case(unit, all_answers(unit, "B")))) == []


def test_the_result_holds_every_part_as_a_letter_prints_it(unit: Rubric) -> None:
    status: dict[str, str | None] = {"2.a.1": "terpenuhi", "2.a.2": "terpenuhi", "2.a.3": "tidak"}
    result = evaluate(unit, make_case(unit, {"1.a": "BB", "1.b": "A", "1.c": "CC", "2.a": "B"}, status))
    first, second = result.komponen[:2]
    assert (first.id, first.nama, first.bobot) == ("1", unit.komponen[0].nama, 30)
    assert (first.nilai, first.persen) == (Fraction("4.8") + Fraction("8.1") + 9, Fraction(219, 3))
    assert first.predikat is unit.predikat_of(Fraction(73))
    assert (second.nilai, second.persen, second.predikat) == (None, None, None)
    assert [s.nama for s in first.subkomponen] == [s.nama for s in unit.komponen[0].subkomponen]
    assert [s.bobot for s in first.subkomponen] == [6, 9, 15]
    assert [(s.jawaban, s.nilai, s.persen) for s in first.subkomponen] == [
        ("BB", Fraction("4.8"), 80),
        ("A", Fraction("8.1"), 90),
        ("CC", 9, 60),
    ]
    judged, open_ = second.subkomponen[:2]
    assert (judged.jawaban, judged.nilai, judged.persen, judged.usulan) == ("B", Fraction("4.2"), 70, "CC")
    assert (judged.pemenuhan.terpenuhi, judged.pemenuhan.tidak, judged.pemenuhan.persen) == (2, 1, Fraction(200, 3))
    assert (open_.jawaban, open_.nilai, open_.persen) == (None, None, None)
    assert (result.dinilai, result.seluruh, result.lengkap, result.penilai) == (4, 12, False, "evaluator")


def test_percent_of_a_part_is_of_its_own_points(unit: Rubric, lama: Rubric) -> None:
    rounded = rounded_at(unit, "subkomponen", 0)
    result = evaluate(rounded, make_case(rounded, {"1.b": "B"}))
    assert (result.komponen[0].subkomponen[1].nilai, result.komponen[0].subkomponen[1].persen) == (
        6,
        Fraction(200, 3),
    )
    averaged = scored_by_criteria(unit)
    status: dict[str, str | None] = {"2.a.1": "terpenuhi", "2.a.2": "terpenuhi", "2.a.3": "tidak"}
    part = evaluate(averaged, make_case(averaged, status=status)).komponen[1].subkomponen[0]
    assert (part.jawaban, part.nilai, part.persen) == (None, 4, Fraction(200, 3))
    given = evaluate(lama, make_case(lama, komponen={"1": Fraction(24)}))
    assert (given.komponen[0].nilai, given.komponen[0].persen, given.komponen[0].subkomponen) == (24, 80, ())
    assert (given.dinilai, given.seluruh) == (1, 5)


def test_evaluate_refuses_a_case_of_another_rubric(unit: Rubric, instansi: Rubric) -> None:
    with pytest.raises(ValueError, match="bukan permenpanrb-88-2021/unit"):
        evaluate(unit, make_case(instansi))


def test_scoring_leaves_its_input_alone(unit: Rubric) -> None:
    penilaian = Penilaian(kriteria={"1.a.1": JawabanKriteria("terpenuhi", bukti=("x",))})
    first, _ = score(unit, penilaian, "evaluator", {})
    again, _ = score(unit, penilaian, "evaluator", {})
    assert first == again
    node = first.find("1.a.1")
    assert node is not None
    assert node.bukti == ("x",)
    other, _ = score(unit, Penilaian(kriteria={"1.a.1": JawabanKriteria("terpenuhi")}), "evaluator", {})
    bare = other.find("1.a.1")
    assert bare is not None
    assert bare.bukti == ()
