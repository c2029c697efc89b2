"""Every field of every kind of node in the trace, exactly."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from sakip_eval import Rubric, evaluate
from sakip_eval.case.case import Bukti, JawabanKriteria, JawabanSub, Penilaian
from sakip_eval.engine.score import add, score
from sakip_eval.engine.trace import TraceNode
from tests.helpers.cases import all_answers, make_case, rounded_at, scored_by_criteria


def node_of(rubric: Rubric, penilaian: Penilaian, name: str) -> TraceNode:
    node = score(rubric, penilaian, "evaluator", {})[0].find(name)
    assert node is not None
    return node


def test_an_answered_part(unit: Rubric) -> None:
    said = Penilaian(subkomponen={"2.a": JawabanSub("B", "alasan saya", "catatan", ("renstra",))})
    node = node_of(unit, said, "2.a")
    assert (node.nilai, node.bobot, node.poin, node.maks) == (Fraction("4.2"), 6, 70, 6)
    assert node.rentang == (Fraction("4.2"), Fraction("4.2"))
    assert node.bukti == ("renstra",)
    sub = unit.subkomponen_by_id["2.a"]
    assert node.dasar == f"{sub.dasar}; {unit.step_by_jawaban['B'].dasar}"
    assert node.nama == sub.nama
    assert node.why.startswith("B menurut evaluator (alasan saya); 0 dari 3 kriteria terpenuhi, 3 belum dinilai")
    assert [child.id for child in node.children] == ["2.a.1", "2.a.2", "2.a.3"]
    assert node_of(unit, said, "2.b").dasar == unit.subkomponen_by_id["2.b"].dasar


def test_an_open_part_keeps_what_was_said_of_it(unit: Rubric) -> None:
    said = Penilaian(
        subkomponen={"2.a": JawabanSub(None, "menunggu bukti", "catatan", ("renstra",))},
        kriteria={f"2.a.{n}": JawabanKriteria("terpenuhi") for n in (1, 2, 3)},
    )
    node = node_of(unit, said, "2.a")
    assert (node.nama, node.dasar) == (unit.subkomponen_by_id["2.a"].nama, unit.subkomponen_by_id["2.a"].dasar)
    assert (node.nilai, node.poin, node.bobot, node.maks, node.rentang) == (None, None, 6, 6, (0, 6))
    assert node.bukti == ("renstra",)
    assert node.why == (
        "belum dinilai; nilai masih mungkin antara 0.00 sampai 6.00; "
        "usulan BB karena 3 dari 3 kriteria terpenuhi = 100.00 %, dalam 100 %"
    )
    assert (node.grounds.penilai, node.grounds.alasan) == ("evaluator", "menunggu bukti")
    assert node.grounds.diusulkan is False
    answered = node_of(unit, Penilaian(subkomponen={"2.a": JawabanSub("B")}), "2.a")
    assert answered.grounds.diusulkan is False


def test_an_answer_is_rounded_where_the_rubric_rounds(unit: Rubric) -> None:
    third = Fraction(20, 3)
    parts = tuple(replace(s, bobot=third) for s in unit.komponen[0].subkomponen)
    komponen = (replace(unit.komponen[0], bobot=Fraction(20), subkomponen=parts), *unit.komponen[1:])
    rubric = rounded_at(replace(unit, komponen=komponen), "subkomponen")
    said = Penilaian(subkomponen={"1.a": JawabanSub("A")})
    assert node_of(rubric, said, "1.a").nilai == 6
    assert node_of(rubric, Penilaian(subkomponen={"1.a": JawabanSub("B")}), "1.a").nilai == Fraction("4.67")
    assert node_of(rubric, said, "1.b").rentang == (0, Fraction("6.67"))
    assert node_of(rubric, said, "1").rentang == (6, 6 + 2 * Fraction("6.67"))


def test_a_ladder_that_does_not_reach_0_and_100_bounds_what_is_open(unit: Rubric) -> None:
    rubric = replace(unit, skala=tuple(s for s in unit.skala if s.jawaban not in ("AA", "E")))
    assert node_of(rubric, Penilaian(), "2.a").rentang == (Fraction("1.8"), Fraction("5.4"))
    graded = scored_by_criteria(rubric, "jawaban")
    one = Penilaian(kriteria={"2.a.1": JawabanKriteria(jawaban="B")})
    assert node_of(graded, one, "2.a").rentang == (Fraction(6) * 130 / 300, Fraction(6) * 250 / 300)
    by_status = scored_by_criteria(rubric)
    met = Penilaian(kriteria={"2.a.1": JawabanKriteria("terpenuhi")})
    assert node_of(by_status, met, "2.a").rentang == (2, 6)
    none = Penilaian(kriteria={f"2.a.{n}": JawabanKriteria("tidak_berlaku") for n in (1, 2, 3)})
    assert node_of(graded, none, "2.a").rentang == (Fraction("1.8"), Fraction("5.4"))
    assert node_of(by_status, none, "2.a").rentang == (0, 6)
    assert node_of(by_status, none, "2.a").poin is None


def test_an_averaged_part_and_its_criteria(unit: Rubric) -> None:
    rubric = scored_by_criteria(unit)
    said = Penilaian(
        subkomponen={"2.a": JawabanSub(bukti=("sop",))},
        kriteria={
            "2.a.1": JawabanKriteria("terpenuhi", bukti=("x", "y")),
            "2.a.2": JawabanKriteria("sebagian"),
            "2.a.3": JawabanKriteria("tidak_berlaku"),
        },
    )
    node = node_of(rubric, said, "2.a")
    assert (node.nilai, node.poin, node.bobot, node.maks) == (Fraction("4.5"), 75, 6, 6)
    assert (node.rentang, node.bukti) == ((Fraction("4.5"),) * 2, ("sop",))
    assert node.dasar == unit.subkomponen_by_id["2.a"].dasar
    assert node.why == "rata-rata 2 kriteria = 75.00 %, x bobot 6 = 4.50"
    assert (node.nama, node.grounds.penilai) == (unit.subkomponen_by_id["2.a"].nama, "evaluator")
    first, second, third = node.children
    assert (first.nilai, first.bobot, first.poin, first.maks, first.bukti) == (3, 3, 100, 3, ("x", "y"))
    assert first.why == "terpenuhi menurut evaluator; bukti: x, y"
    assert (second.nilai, second.bobot, second.poin) == (Fraction("1.5"), 3, 50)
    assert (third.nilai, third.bobot, third.poin, third.maks) == (None, None, None, None)
    assert third.why == "tidak berlaku, tidak ikut dihitung menurut evaluator"
    assert (first.rentang, first.nama) == (None, unit.kriteria_by_id["2.a.1"].uraian)
    open_ = node_of(rubric, said, "2.b")
    assert open_.why.startswith("belum lengkap (0 dari 7 kriteria terpenuhi, 7 belum dinilai")
    assert open_.children[0].why == "belum dinilai"


def test_a_criterion_with_a_grade_of_its_own(unit: Rubric) -> None:
    rubric = scored_by_criteria(unit, "jawaban")
    said = Penilaian(
        kriteria={
            "2.a.1": JawabanKriteria(jawaban="B", bukti=("sop",)),
            "2.a.2": JawabanKriteria(jawaban="CC"),
            "2.a.3": JawabanKriteria("tidak_berlaku", jawaban="AA"),
        }
    )
    first, second, third = node_of(rubric, said, "2.a").children
    assert (first.nilai, first.bobot, first.poin, first.maks) == (Fraction("2.1"), 3, 70, 3)
    assert (first.why, first.bukti) == ("B menurut evaluator (70 %); bukti: sop", ("sop",))
    assert (second.nilai, second.poin, second.why) == (Fraction("1.8"), 60, "CC menurut evaluator (60 %)")
    assert (third.nilai, third.bobot, third.poin, third.maks) == (None, None, None, None)
    # The same grade given by someone else, or shared by more criteria, is another node.
    other = score(rubric, said, "mandiri", {})[0].find("2.a.1")
    assert other is not None
    assert other.why == "B menurut mandiri (70 %); bukti: sop"
    graded_otherwise = Penilaian(kriteria={**said.kriteria, "2.a.1": JawabanKriteria(jawaban="C")})
    assert node_of(rubric, graded_otherwise, "2.a.1").why == "C menurut evaluator (50 %)"
    all_three = Penilaian(kriteria={f"2.a.{n}": JawabanKriteria(jawaban="B") for n in (1, 2, 3)})
    assert [child.bobot for child in node_of(rubric, all_three, "2.a").children] == [2, 2, 2]


def test_criteria_behind_an_answer_have_a_share_but_no_points(unit: Rubric) -> None:
    node = node_of(unit, Penilaian(kriteria={"2.a.1": JawabanKriteria("sebagian")}), "2.a.1")
    assert (node.nilai, node.bobot, node.poin, node.maks) == (None, None, 50, None)


def test_components_and_the_total(unit: Rubric) -> None:
    root = evaluate(unit, make_case(unit, all_answers(unit, "B"))).jejak
    assert (root.id, root.nama) == ("total", "Nilai Akuntabilitas Kinerja")
    assert (root.nilai, root.bobot, root.poin, root.maks) == (70, 100, 70, 100)
    assert root.rentang == (70, 70)
    assert (root.dasar, root.bukti) == (unit.dasar_penilaian, ())
    assert root.why == "jumlah komponen 21.00 + 21.00 + 10.50 + 17.50 = 70.00, predikat B, dalam >60-70 %"
    first = root.children[0]
    assert (first.nilai, first.bobot, first.poin, first.maks, first.rentang) == (21, 30, 70, 30, (21, 21))
    assert first.why == "jumlah subkomponen 4.20 + 6.30 + 10.50 = 21.00 dari 30"
    assert (first.nama, first.dasar, first.bukti) == (unit.komponen[0].nama, unit.komponen[0].dasar, ())
    partial = evaluate(unit, make_case(unit, all_answers(unit, "B") | {"1.c": None})).jejak
    assert partial.why == "belum lengkap; nilai akhir masih mungkin antara 59.50 sampai 74.50"
    assert partial.children[0].why == "belum dinilai: 1.c; nilai masih mungkin antara 10.50 sampai 25.50"
    assert partial.children[0].poin is None


def test_a_proposal_shows_its_reason_and_its_evidence(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit, bukti=(Bukti("renstra-1", "renstra", "Renstra"),)))
    node = result.jejak.find("1.a.3")
    assert node is not None
    assert node.bukti == ("renstra-1",)
    assert node.why == (
        "diusulkan terpenuhi: ada bukti yang menunjukkannya: renstra-1; belum diputuskan evaluator; bukti: renstra-1"
    )
    usulan = result.usulan["1.a.3"]
    assert (usulan.aturan, usulan.kriteria) == ("usulan-bukti-ada", "1.a.3")
    assert usulan.dasar.startswith("PermenPANRB 88/2021")
    assert result.usulan["1.a.1"].bukti == ()


def test_sums_are_exact_over_any_denominators() -> None:
    assert add([]) == 0
    assert add([Fraction(1, 3)]) == Fraction(1, 3)
    assert add([Fraction(1, 3), Fraction(1, 6), Fraction(-1, 2), Fraction(5, 7)]) == Fraction(5, 7)
