"""Printed figures are compared with what they can be after rounding: half a unit of the last digit, no more."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from sakip_eval import Rubric, Temuan, evaluate
from sakip_eval.case.case import Case, Cetak, Tercetak
from tests.helpers.cases import all_answers, make_case


def finding(rubric: Rubric, case: Case, bagian: dict[str, Cetak], digit: int = 2) -> Temuan | None:
    """What is said of these printed parts; "total" among them is the printed total."""
    parts = {name: figures for name, figures in bagian.items() if name != "total"}
    table = Tercetak("LKE tercetak", digit, bagian.get("total", Cetak()), parts)
    temuan = evaluate(rubric, replace(case, tercetak=table)).temuan
    return next((t for t in temuan if t.kode == "TERCETAK-BERBEDA"), None)


def printed(what: str, figure: Fraction) -> Cetak:
    figures: dict[str, Any] = {what: figure}
    return Cetak(**figures)


@pytest.mark.parametrize(
    ("name", "what", "exact", "slack"),
    [
        # A weight is nobody's sum.
        ("1", "bobot", "30", "0.005"),
        ("1.b", "bobot", "9", "0.005"),
        ("total", "bobot", "100", "0.005"),
        # A subkomponen has one answer however many criteria stand behind it; a component adds up three, the total four.
        ("1.b", "nilai", "7.2", "0.005"),
        ("1", "nilai", "24", "0.015"),
        ("total", "nilai", "80", "0.02"),
        # A percentage is rounded itself, and may be taken from rounded points: 0.005 + 0.005 x parts x 100 / bobot.
        ("1.a", "persen", "80", "0.08833"),
        ("1", "persen", "80", "0.055"),
        ("total", "persen", "80", "0.025"),
    ],
)
def test_a_figure_may_be_off_by_what_rounding_does_and_no_more(
    unit: Rubric, name: str, what: str, exact: str, slack: str
) -> None:
    case = make_case(unit, all_answers(unit, "BB"))
    for sign in (1, -1):
        near = Fraction(exact) + sign * Fraction(slack)
        assert finding(unit, case, {name: printed(what, near)}) is None
        far = near + sign * Fraction("0.001")
        found = finding(unit, case, {name: printed(what, far)})
        assert found is not None
        assert found.subjek == (name,)
        assert f"{what} {name} tercetak" in found.pesan


def test_a_component_given_in_points_is_no_sum(unit: Rubric) -> None:
    rubric = replace(unit, pada="komponen", dengan="nilai")
    case = make_case(rubric, komponen={"2": Fraction("21.41")})
    for near, far in [
        (Cetak(nilai=Fraction("21.415")), Cetak(nilai=Fraction("21.416"))),
        # 21.41 of 30 is 71.3666... percent: 0.005 for the percentage, 0.005 x 100 / 30 for the points.
        (Cetak(persen=Fraction("71.388")), Cetak(persen=Fraction("71.389"))),
    ]:
        assert finding(rubric, case, {"2": near}) is None
        assert finding(rubric, case, {"2": far}) is not None


def test_a_component_with_one_part_has_no_more_room_than_that_part(unit: Rubric) -> None:
    rubric = replace(unit, komponen=tuple(replace(k, subkomponen=k.subkomponen[:1]) for k in unit.komponen))
    case = make_case(rubric, all_answers(rubric, "BB"))
    for name in ("1", "1.a"):
        assert finding(rubric, case, {name: printed("nilai", Fraction("4.805"))}) is None
        assert finding(rubric, case, {name: printed("nilai", Fraction("4.806"))}) is not None


@pytest.mark.parametrize(
    ("digit", "near", "far"), [(0, "82", "82.1"), (1, "80.2", "80.21"), (3, "80.002", "80.0021")]
)
def test_fewer_digits_leave_more_room(unit: Rubric, digit: int, near: str, far: str) -> None:
    case = make_case(unit, all_answers(unit, "BB"))
    assert finding(unit, case, {"total": Cetak(nilai=Fraction(near))}, digit) is None
    assert finding(unit, case, {"total": Cetak(nilai=Fraction(far))}, digit) is not None


def test_every_wrong_figure_is_named_with_both_values_and_its_source(unit: Rubric) -> None:
    wrong = {
        "1": Cetak(bobot=Fraction(35)),
        "1.a": Cetak(nilai=Fraction("4.20"), persen=Fraction(70)),
        "2.a": Cetak(bobot=Fraction(6), persen=Fraction(81)),
        "total": Cetak(bobot=Fraction(105), nilai=Fraction(79), predikat="B"),
    }
    found = finding(unit, make_case(unit, all_answers(unit, "BB")), wrong)
    assert found is not None
    assert found.subjek == ("total", "1", "1.a", "2.a")
    said = [tuple(fact.values.values()) for fact in found.fakta]
    assert said == [
        ("total", "bobot", "105.00", "100.00", "LKE tercetak"),
        ("total", "nilai", "79.00", "80.00", "LKE tercetak"),
        ("total", "predikat", "B", "BB", "LKE tercetak"),
        ("1", "bobot", "35.00", "30.00", "LKE tercetak"),
        ("1.a", "nilai", "4.20", "4.80", "LKE tercetak"),
        ("1.a", "persen", "70.00", "80.00", "LKE tercetak"),
        ("2.a", "persen", "81.00", "80.00", "LKE tercetak"),
    ]


def test_what_is_not_judged_yet_is_not_compared(unit: Rubric) -> None:
    printed = {
        "1.a": Cetak(bobot=Fraction(7), nilai=Fraction("4.20"), persen=Fraction(70)),
        "total": Cetak(nilai=Fraction(79), persen=Fraction(79), predikat="BB"),
    }
    found = finding(unit, make_case(unit), printed)
    assert found is not None
    assert [tuple(fact.values.values())[:4] for fact in found.fakta] == [("1.a", "bobot", "7.00", "6.00")]


def test_a_printed_part_that_is_not_scored_hides_no_other(unit: Rubric) -> None:
    rubric = replace(unit, pada="komponen", dengan="nilai")
    case = make_case(rubric, komponen={"2": Fraction(20)})
    found = finding(rubric, case, {"1.a": Cetak(nilai=Fraction(1)), "2": Cetak(nilai=Fraction(21))})
    assert found is not None
    assert found.subjek == ("2",)
