"""Each rule of 88/2021 fires on what it is for, and stays silent otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sakip_eval import Case, Evaluation, Rubric, Temuan, evaluate
from sakip_eval.case.case import (
    Bukti,
    Cetak,
    JawabanKriteria,
    JawabanSub,
    Penilaian,
    Rater,
    RekomendasiTangan,
    Tercetak,
    TindakLanjut,
)
from tests.helpers.cases import all_answers, all_status, make_case
from tests.helpers.reference_matcher import ReferenceMatcher

FULL = JawabanSub("BB", alasan=None, catatan="Seluruh dokumen tersedia.", bukti=("renstra",))
RENSTRA = Bukti("renstra", "renstra", "Renstra 2021-2026")


def find(evaluation: Evaluation, kode: str) -> Temuan | None:
    return next((t for t in evaluation.temuan if t.kode == kode), None)


def well_judged(rubric: Rubric) -> Case:
    """A case without a single finding: every criterion met and shown, every answer with catatan and bukti."""
    kinds = {jenis for k in rubric.each_kriteria() for jenis in k.bukti}
    days: Any = {"penetapan": date(2022, 1, 3), "publikasi": date(2022, 1, 10), "penyampaian": date(2023, 1, 31)}
    bukti = tuple(Bukti(jenis, jenis, jenis, **days) for jenis in sorted(kinds))
    bukti += tuple(Bukti(f"tw-{n}", "laporan_triwulan", f"Laporan triwulan {n}", **days) for n in range(1, 4))
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
    bare = evaluate(unit, with_sub(well_judged(unit), "3.a", JawabanSub(jawaban, None, "Catatan", ())))
    assert {"A-TANPA-BUKTI", "A-TANPA-ALASAN", "TANPA-BUKTI"} <= {t.kode for t in bare.temuan}
    full = with_sub(well_judged(unit), "3.a", JawabanSub(jawaban, "Menjadi percontohan", "Catatan", ("renstra",)))
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


@pytest.mark.parametrize(
    ("bukti", "name", "status", "words"),
    [
        (Bukti("lkj", "laporan_kinerja", "LKj", penetapan=date(2023, 1, 31)), "3.a.3", "terpenuhi", "penetapan: lkj"),
        (Bukti("lkj", "laporan_kinerja", "LKj"), "3.a.3", "tidak", "belum ada bukti bertanggal penetapan"),
        (Bukti("lkj", "laporan_kinerja", "LKj", publikasi=date(2023, 2, 1)), "3.a.5", "terpenuhi", "publikasi: lkj"),
        (Bukti("lkj", "laporan_kinerja", "LKj"), "3.a.5", "tidak", "belum ada bukti bertanggal publikasi"),
        (
            Bukti("lkj", "laporan_kinerja", "LKj", penyampaian=date(2023, 2, 28)),
            "3.a.6",
            "terpenuhi",
            "2023-02-28: lkj",
        ),
        (Bukti("lkj", "laporan_kinerja", "LKj", penyampaian=date(2023, 3, 1)), "3.a.6", "tidak", "melewati tenggat"),
        (Bukti("lkj", "laporan_kinerja", "LKj"), "3.a.6", "tidak", "belum ada tanggal"),
    ],
)
def test_dates_of_evidence_propose(unit: Rubric, bukti: Bukti, name: str, status: str, words: str) -> None:
    proposed = evaluate(unit, make_case(unit, bukti=(bukti,))).usulan[name]
    assert proposed.status == status
    assert words in proposed.alasan
    assert proposed.bukti == (("lkj",) if status == "terpenuhi" else ())  # "tidak" rests on nothing


def test_without_a_deadline_in_the_rubric_timeliness_is_left_to_people(unit: Rubric) -> None:
    renja = Bukti("renja", "renja", "Renja", publikasi=date(2022, 1, 10))
    assert "1.b.2" not in evaluate(unit, make_case(unit, bukti=(renja,))).usulan
    assert evaluate(unit, make_case(unit)).usulan["1.b.2"].status == "tidak"


@pytest.mark.parametrize(("tahun", "last"), [(2022, date(2023, 2, 28)), (2023, date(2024, 2, 29))])
def test_the_deadline_is_the_end_of_february_for_a_unit(unit: Rubric, tahun: int, last: date) -> None:
    assert unit.deadline("disampaikan_tepat_waktu", tahun) == last
    assert unit.deadline("disampaikan_tepat_waktu", 2010) is None  # before the rule was in force
    assert unit.deadline("dipublikasikan_tepat_waktu", tahun) is None


@pytest.mark.parametrize(
    ("number", "status"), [(0, "tidak"), (1, "sebagian"), (3, "sebagian"), (4, "terpenuhi"), (5, "terpenuhi")]
)
def test_four_periodic_reports_make_a_year(unit: Rubric, number: int, status: str) -> None:
    bukti = tuple(Bukti(f"tw{n}", "laporan_triwulan", f"Triwulan {n}") for n in range(number))
    assert evaluate(unit, make_case(unit, bukti=bukti)).usulan["2.b.4"].status == status


def test_unmet_although_evidence_is_listed(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit, status={"1.a.3": "tidak"}, bukti=(RENSTRA,)))
    found = find(result, "STATUS-DI-BAWAH-USULAN")
    assert found is not None
    assert found.pesan == "1.a.3 dinyatakan tidak, padahal ada bukti yang menunjukkannya: renstra"


def test_one_finding_lists_all_that_it_is_about(unit: Rubric) -> None:
    bukti = (RENSTRA, Bukti("renja", "renja", "Renja"), Bukti("pk", "perjanjian_kinerja", "PK"))
    kinds = {b.jenis for b in bukti}
    shown = [k.id for k in unit.each_kriteria() if k.uji == "ada" and kinds & set(k.bukti)][:3]
    found = find(
        evaluate(unit, make_case(unit, status=dict.fromkeys(shown, "tidak"), bukti=bukti)), "STATUS-DI-BAWAH-USULAN"
    )
    assert found is not None
    assert found.pesan == (
        f"3 kriteria dinyatakan belum terpenuhi, padahal buktinya terdaftar: {shown[0]}, {shown[1]}, {shown[2]}"
    )


def test_4c1_met_while_the_follow_up_is_not_filled_in(unit: Rubric) -> None:
    assert find(evaluate(unit, make_case(unit, status={"4.c.1": "terpenuhi"})), "TL-BELUM-DIISI") is not None
    none = TindakLanjut(False, (), None, None)
    case = make_case(unit, status={"4.c.1": "terpenuhi"}, tindak_lanjut=none)
    assert find(evaluate(unit, case), "TL-BELUM-DIISI") is None


@pytest.mark.parametrize(("number", "fires"), [(8, False), (9, True)])
def test_one_piece_of_evidence_for_many_criteria(unit: Rubric, number: int, fires: bool) -> None:
    case = make_case(unit, bukti=(RENSTRA,))
    kriteria = {k.id: JawabanKriteria(bukti=("renstra",)) for k in list(unit.each_kriteria())[:number]}
    case = replace(case, penilaian={"evaluator": replace(case.penilaian["evaluator"], kriteria=kriteria)})
    assert (find(evaluate(unit, case), "BUKTI-TERLALU-BANYAK") is not None) is fires


@pytest.mark.parametrize(
    ("dari", "sampai", "fires"),
    [(2022, 2022, False), (2021, 2026, False), (2020, 2021, True), (2023, 2023, True), (None, None, False)],
)
def test_evidence_from_another_year(unit: Rubric, dari: int | None, sampai: int | None, fires: bool) -> None:
    bukti = Bukti("lkj", "laporan_kinerja", "LKj", dari, sampai)
    assert (find(evaluate(unit, make_case(unit, bukti=(bukti,))), "BUKTI-TAHUN-LAIN") is not None) is fires


def test_keberadaan_below_what_stands_on_it(unit: Rubric) -> None:
    found = find(evaluate(unit, make_case(unit, {"2.a": "CC", "2.b": "BB", "2.c": "CC"})), "KEBERADAAN-DI-BAWAH")
    assert found is not None
    assert found.subjek == ("2.b",)
    assert "lebih tinggi daripada keberadaan komponen yang sama (CC)" in found.pesan


@pytest.mark.parametrize(("jawaban", "fires"), [("D", True), ("E", False)])
def test_quality_judged_on_documents_that_do_not_exist(unit: Rubric, jawaban: str, fires: bool) -> None:
    status = {k.id: "tidak" for k in unit.subkomponen_by_id["3.a"].kriteria}
    result = evaluate(unit, make_case(unit, {"3.b": jawaban, "2.b": "BB"}, status))
    found = find(result, "TANPA-DOKUMEN")
    assert (found is not None) is fires
    assert found is None or found.subjek == ("3.b",)


@pytest.mark.parametrize(
    ("a", "b", "fires"),
    [
        ("terpenuhi", "tidak", True),
        ("terpenuhi", "terpenuhi", False),
        ("tidak", "tidak", False),
        ("terpenuhi", None, False),
    ],
)
def test_twin_criteria_answered_differently(unit: Rubric, a: str, b: str | None, fires: bool) -> None:
    result = evaluate(unit, make_case(unit, status={"4.a.2": a, "4.b.4": b}))
    assert (find(result, "KEMBAR-BERBEDA") is not None) is fires


@pytest.mark.parametrize(
    ("day", "fires"), [(date(2023, 6, 26), False), (date(2023, 6, 27), False), (date(2023, 6, 28), True)]
)
def test_self_assessment_after_the_evaluator(unit: Rubric, day: date, fires: bool) -> None:
    case = make_case(unit)
    raters: dict[Rater, Penilaian] = {
        "evaluator": Penilaian(tanggal=date(2023, 6, 27)),
        "mandiri": Penilaian(tanggal=day),
    }
    result = evaluate(unit, replace(case, penilaian=raters))
    assert (find(result, "MANDIRI-TERLAMBAT") is not None) is fires


def test_a_part_without_applicable_criteria(unit: Rubric) -> None:
    status = {k.id: "tidak_berlaku" for k in unit.subkomponen_by_id["2.a"].kriteria}
    found = find(evaluate(unit, make_case(unit, status=status)), "TIDAK-BERLAKU-SEMUA")
    assert found is not None
    assert found.subjek == ("2.a",)


@pytest.mark.parametrize(
    ("jawaban", "since", "kode"),
    [("A", 2022, "A-BELUM-BERTAHAN"), ("A", 2021, None), ("AA", 2018, "AA-BELUM-BERTAHAN"), ("AA", 2017, None)],
)
def test_the_optional_pack_runs_only_where_it_is_named(
    unit: Rubric, jawaban: str, since: int, kode: str | None
) -> None:
    bukti = Bukti("renstra", "renstra", "Renstra", since, 2026)
    said = JawabanSub(jawaban, "Inovatif", "Catatan", ("renstra",))
    case = make_case(unit, sub={"1.a": said}, bukti=(bukti,))
    pack = {"A-BELUM-BERTAHAN", "AA-BELUM-BERTAHAN"}
    assert not pack & {t.kode for t in evaluate(unit, case).temuan}
    named = evaluate(unit, replace(case, paket=("keberadaan-bertahan",)))
    assert pack & {t.kode for t in named.temuan} == ({kode} if kode else set())


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
