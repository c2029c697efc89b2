"""Each rule of 88/2021 fires on what it is for, and stays silent otherwise."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from sakip_eval import Case, Evaluation, Rubric, Temuan, evaluate
from sakip_eval.case.case import Bukti, Cetak, JawabanSub, RekomendasiTangan, Tercetak, TindakLanjut
from tests.helpers.cases import all_answers, all_status, make_case
from tests.helpers.reference_matcher import ReferenceMatcher

FULL = JawabanSub("BB", alasan=None, catatan="Seluruh dokumen tersedia.", bukti=("renstra",))
RENSTRA = Bukti("renstra", "renstra", "Renstra 2021-2026")


def find(evaluation: Evaluation, kode: str) -> Temuan | None:
    return next((t for t in evaluation.temuan if t.kode == kode), None)


def well_judged(rubric: Rubric) -> Case:
    """A case without a single finding: every criterion met and shown, every answer with catatan and bukti."""
    kinds = {jenis for k in rubric.each_kriteria() for jenis in k.bukti}
    bukti = tuple(Bukti(jenis, jenis, jenis) for jenis in sorted(kinds))
    return make_case(
        rubric,
        sub={s.id: FULL for s in rubric.each_subkomponen()},
        status=all_status(rubric, "terpenuhi"),
        bukti=bukti,
        tindak_lanjut=TindakLanjut(True, ("bukti_tindak_lanjut",), None, None),
    )


def with_sub(case: Case, name: str, said: JawabanSub) -> Case:
    judged = case.penilaian["evaluator"]
    return replace(case, penilaian={"evaluator": replace(judged, subkomponen={**judged.subkomponen, name: said})})


@pytest.mark.parametrize("name", ["unit", "instansi", "tanah_laut"])
def test_a_well_judged_case_has_no_finding_and_no_recommendation(name: str, request: pytest.FixtureRequest) -> None:
    rubric: Rubric = request.getfixturevalue(name)
    result = evaluate(rubric, well_judged(rubric))
    assert result.temuan == ()
    assert result.rekomendasi == ()
    assert result.nilai == 80


def test_bb_with_an_unmet_criterion(unit: Rubric) -> None:
    status = all_status(unit, "terpenuhi") | {"1.a.1": "sebagian"}
    found = find(evaluate(unit, make_case(unit, {"1.a": "BB", "1.b": "B"}, status)), "BB-KRITERIA-BELUM")
    assert found is not None
    assert found.pesan == "1.a dijawab BB, padahal 1 kriteria belum terpenuhi (1.a.1)"
    assert found.kriteria == ("1.a.1",)


def test_b_with_an_unmet_criterion_is_in_order(unit: Rubric) -> None:
    status = all_status(unit, "terpenuhi") | {"1.b.1": "tidak"}
    assert find(evaluate(unit, make_case(unit, {"1.b": "B"}, status)), "BB-KRITERIA-BELUM") is None


@pytest.mark.parametrize(
    ("follow", "jawaban", "fires"),
    [
        (TindakLanjut(True, (), "belum ada", None), "BB", True),
        (TindakLanjut(True, (), "belum ada", None), "A", True),
        (TindakLanjut(True, (), "belum ada", None), "B", False),
        (TindakLanjut(True, ("renstra",), None, None), "BB", False),
        (TindakLanjut(False, (), None, None), "BB", False),
        (None, "BB", False),
    ],
)
def test_4c_at_bb_without_follow_up_evidence(
    unit: Rubric, follow: TindakLanjut | None, jawaban: str, fires: bool
) -> None:
    case = make_case(unit, {"4.c": jawaban}, bukti=(RENSTRA,), tindak_lanjut=follow)
    assert (find(evaluate(unit, case), "TL-TANPA-BUKTI") is not None) is fires


def test_4c1_met_without_follow_up_evidence(unit: Rubric) -> None:
    follow = TindakLanjut(True, (), "belum ada bukti", None)
    case = make_case(unit, status={"4.c.1": "terpenuhi", "4.c.2": "terpenuhi"}, tindak_lanjut=follow)
    found = find(evaluate(unit, case), "TL-KRITERIA-TANPA-BUKTI")
    assert found is not None
    assert found.kriteria == ("4.c.1",)
    assert "belum ada bukti" in found.pesan


@pytest.mark.parametrize("jawaban", ["A", "AA"])
def test_beyond_bb_needs_named_evidence_and_a_reason(unit: Rubric, jawaban: str) -> None:
    bare = evaluate(unit, with_sub(well_judged(unit), "3.c", JawabanSub(jawaban, None, "Catatan", ())))
    assert {"A-TANPA-BUKTI", "A-TANPA-ALASAN", "TANPA-BUKTI"} <= {t.kode for t in bare.temuan}
    full = with_sub(well_judged(unit), "3.c", JawabanSub(jawaban, "Menjadi percontohan", "Catatan", ("renstra",)))
    assert evaluate(unit, full).temuan == ()


def test_above_the_proposal_needs_a_reason(unit: Rubric) -> None:
    status = all_status(unit, "terpenuhi") | {"2.a.1": "tidak"}
    case = make_case(unit, {"2.a": "B"}, status)
    found = find(evaluate(unit, case), "DI-ATAS-USULAN")
    assert found is not None
    assert "2.a dijawab B, lebih tinggi daripada usulan CC (pemenuhan 66.67 %)" in found.pesan
    reasoned = make_case(unit, sub={"2.a": JawabanSub("B", alasan="Pedoman terbit Januari")}, status=status)
    assert find(evaluate(unit, reasoned), "DI-ATAS-USULAN") is None


def test_below_the_proposal_needs_a_reason(unit: Rubric) -> None:
    found = find(evaluate(unit, make_case(unit, {"4.b": "B"}, all_status(unit, "terpenuhi"))), "DI-BAWAH-USULAN")
    assert found is not None
    assert (found.tingkat, found.subjek) == ("perhatian", ("4.b",))


def test_no_comparison_with_a_proposal_that_is_a_range(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit, {"1.b": "BB"}, {"1.b.1": "terpenuhi"}))
    assert find(result, "DI-ATAS-USULAN") is None


def test_answers_without_catatan_and_bukti_are_one_finding_each(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit, all_answers(unit, "E") | {"1.a": None}))
    for kode in ("TANPA-CATATAN", "TANPA-BUKTI"):
        found = find(result, kode)
        assert found is not None
        assert len(found.subjek) == 11
        assert "1.a" not in found.subjek
        assert found.pesan.startswith("11 subkomponen dijawab tanpa")


def test_declared_met_without_evidence_of_the_kind(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit, status={"2.a.1": "terpenuhi"}))
    found = find(result, "STATUS-TANPA-DUKUNGAN")
    assert found is not None
    assert "2.a.1 dinyatakan terpenuhi, tetapi belum ada bukti berjenis" in found.pesan
    assert result.komponen[1].subkomponen[0].pemenuhan.terpenuhi == 1  # the person's word stands


def test_printed_figures_in_order_are_no_finding(unit: Rubric) -> None:
    case = make_case(unit, all_answers(unit, "BB"))
    printed = Tercetak("LKE", 2, Cetak(nilai=Fraction(80), predikat="BB"), {"1": Cetak(nilai=Fraction(24))})
    assert find(evaluate(unit, replace(case, tercetak=printed)), "TERCETAK-BERBEDA") is None


def test_hand_written_recommendation_under_the_wrong_component(unit: Rubric) -> None:
    wrong = RekomendasiTangan("3", "Agar diselaraskan.", ("1.b.8",), None)
    right = RekomendasiTangan("1", "Agar diselaraskan.", ("1.b.8",), None)
    silent = RekomendasiTangan("4", "Agar dibahas.", (), None)
    found = find(evaluate(unit, make_case(unit, rekomendasi=(right, wrong, silent))), "REKOMENDASI-SALAH-KOMPONEN")
    assert found is not None
    assert found.subjek == ("rekomendasi 2",)


def test_evidence_of_the_kind_proposes_the_criterion(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit, bukti=(RENSTRA,)))
    assert result.usulan["1.a.3"].status == "terpenuhi"
    assert result.usulan["1.a.3"].bukti == ("renstra",)
    assert result.usulan["1.a.4"].status == "tidak"
    assert "belum ada bukti berjenis" in result.usulan["1.a.4"].alasan
    assert "1.c.1" not in result.usulan  # nothing that metadata could decide
    node = result.jejak.find("1.a.3")
    assert node is not None
    assert node.why.startswith("diusulkan terpenuhi: ada bukti yang menunjukkannya: renstra")


def test_findings_come_gravest_first_and_explain_themselves(hasil: Evaluation) -> None:
    order = [("kontradiksi", "kekurangan", "perhatian").index(t.tingkat) for t in hasil.temuan]
    assert order == sorted(order)
    for temuan in hasil.temuan:
        assert temuan.dasar
        assert temuan.cara
        assert temuan.fakta
        assert "{" not in temuan.pesan + temuan.cara


def test_the_real_case_is_the_same_by_the_reference_evaluator(tanah_laut: Rubric, pelaihari: Case) -> None:
    ours = evaluate(tanah_laut, pelaihari)
    plain = evaluate(tanah_laut, pelaihari, matcher=ReferenceMatcher())
    assert (ours.temuan, ours.rekomendasi, ours.usulan) == (plain.temuan, plain.rekomendasi, plain.usulan)
