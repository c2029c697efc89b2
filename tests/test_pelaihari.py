"""The real LKE and LHE of Kecamatan Pelaihari 2022 go in; the published figures and what is wrong with them come out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from sakip_eval import Case, Evaluation, Rubric
from tests.test_rubrics_shipped import lke_rows

# The criteria that the 12 + 1 recommendations of the letter answer, in its order.
LETTER = [
    {"1.b.8"}, {"1.c.4"}, {"1.b.7"},
    {"2.b.3", "2.b.4"}, {"2.c.2"},
    {"2.a.3"}, {"3.b.3"}, {"1.b.8"}, {"3.b.2", "3.b.5"}, {"3.a.4"},
    {"1.c.3", "4.c.3"}, {"4.c.1"},
    {"3.a.4"},
]  # fmt: skip


def test_total_and_components_are_the_published_ones(hasil: Evaluation) -> None:
    assert hasil.nilai == Fraction("76.40")
    assert hasil.predikat is not None
    assert (hasil.predikat.predikat, hasil.predikat.sebutan) == ("BB", "Sangat Baik")
    assert [k.nilai for k in hasil.komponen] == [Fraction(x) for x in ("23.10", "22.50", "11.55", "19.25")]
    assert [k.predikat.predikat for k in hasil.komponen if k.predikat] == ["BB"] * 4
    assert hasil.lengkap


def test_all_twelve_rows_are_exact(hasil: Evaluation) -> None:
    rows = lke_rows()
    for komponen in hasil.komponen:
        for sub in komponen.subkomponen:
            _, _, _, jawaban, nilai, _ = rows[sub.id]
            assert (sub.jawaban, sub.nilai) == (jawaban, Fraction(nilai))


def test_printed_bobot_of_2a_is_reported_not_used(hasil: Evaluation) -> None:
    found = next(t for t in hasil.temuan if t.kode == "TERCETAK-BERBEDA")
    assert "bobot 2.a tercetak 8.00, menurut rubrik dan jawabannya 6.00" in found.pesan
    assert "persen 2.a tercetak 60.00, menurut rubrik dan jawabannya 80.00" in found.pesan
    assert found.subjek == ("2.a",)


def test_4c_is_answered_bb_against_missing_follow_up_evidence(hasil: Evaluation) -> None:
    found = next(t for t in hasil.temuan if t.kode == "TL-TANPA-BUKTI")
    assert found.tingkat == "kontradiksi"
    assert found.subjek == ("4.c",)
    assert "belum menyajikan bukti dokumen" in found.pesan
    assert {fact.name for fact in found.fakta} == {"kasus", "subkomponen"}


def test_bb_with_unmet_criteria_is_a_contradiction(hasil: Evaluation) -> None:
    found = next(t for t in hasil.temuan if t.kode == "BB-KRITERIA-BELUM")
    assert found.subjek == ("1.c", "2.a", "2.b", "3.a", "4.c")
    assert found.kriteria == ("1.c.3", "1.c.4", "2.a.3", "2.b.3", "2.b.4", "3.a.4", "4.c.1", "4.c.3")


def test_recommendations_cover_every_criterion_of_the_letter(hasil: Evaluation) -> None:
    covered = [set(r.kriteria) for r in hasil.rekomendasi]
    for criteria in LETTER:
        assert any(criteria & own for own in covered)
        assert criteria <= set().union(*covered)


def test_each_unmet_criterion_stands_under_exactly_one_recommendation_of_the_rubric(
    hasil: Evaluation, pelaihari: Case
) -> None:
    unmet = {n for n, k in pelaihari.penilaian["evaluator"].kriteria.items() if k.status == "tidak"}
    assert unmet == set().union(*LETTER)
    listed = [name for r in hasil.rekomendasi if r.jenis == "rubrik" for name in r.kriteria]
    assert sorted(listed) == sorted(unmet)


def test_recommendations_stand_under_their_component_in_the_letters_size(hasil: Evaluation) -> None:
    for komponen in hasil.komponen:
        own = [r for r in hasil.rekomendasi if r.komponen == komponen.id]
        assert 2 <= len(own) <= 5
        assert all(r.teks.startswith("Agar ") and r.teks.endswith(".") for r in own)
    assert [r.id for r in hasil.rekomendasi] == [f"R-{n:02d}" for n in range(1, len(hasil.rekomendasi) + 1)]


def test_the_unread_follow_up_gets_a_recommendation_of_its_own(hasil: Evaluation) -> None:
    answer = next(r for r in hasil.rekomendasi if r.jenis == "temuan")
    assert answer.menjawab == ("TL-TANPA-BUKTI",)
    assert answer.komponen == "4"
    assert answer.bukti


def test_what_a_recommendation_adds_is_exact(hasil: Evaluation) -> None:
    worth = {r.kriteria: (r.potensi, r.potensi_bersama, r.rawan) for r in hasil.rekomendasi if r.jenis == "rubrik"}
    # 2.c is B with this one criterion missing: B to BB is 10 % of 15 points.
    assert worth["2.c.2",] == (Fraction("1.5"), Fraction("1.5"), 0)
    # One of two missing criteria of 1.b changes nothing; both lift it to BB.
    assert worth["1.b.8",] == (0, Fraction("0.9"), 0)
    # 4.c stands at BB on 3 of 5 criteria, which support CC only.
    assert worth["4.c.1",] == (0, 0, Fraction("2.5"))


def test_1b_is_b_because_nine_of_eleven_criteria_are_met(hasil: Evaluation) -> None:
    node = hasil.jejak.find("1.b")
    assert node is not None
    assert "B karena 9 dari 11 kriteria terpenuhi = 81.82 %, dalam >75-<100 %" in node.why
    assert "Lampiran I IV.B.4" in node.dasar


def test_every_reading_keeps_its_source_line(pelaihari: Case, tanah_laut: Rubric) -> None:
    judged = pelaihari.penilaian["evaluator"]
    assert set(judged.kriteria) == set(tanah_laut.kriteria_by_id)
    assert all(k.asal and "baris" in k.asal for k in judged.kriteria.values())
    assert all(s.asal and "baris" in s.asal for s in judged.subkomponen.values())
    assert len(pelaihari.bukti) == 8
    assert all(b.asal for b in pelaihari.bukti.values())


def test_no_person_is_named_in_the_repository() -> None:
    import re

    root = Path(__file__).resolve().parent.parent
    nip = re.compile(r"\b(19|20)\d{6}[ -]?(19|20)\d{4}[ -]?[12][ -]?\d{3}\b|\bNIP\b[ .:]*\d")
    for folder in ("rubrics", "cases", "docs", "sakip_eval", "tests/data"):
        for path in (root / folder).rglob("*"):
            if path.suffix in {".yaml", ".md", ".py", ".tsv", ".json"}:
                assert not nip.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("name", ["1", "2", "3", "4"])
def test_trace_parts_re_add(hasil: Evaluation, name: str) -> None:
    node = hasil.jejak.find(name)
    assert node is not None
    assert node.nilai == sum(child.nilai or 0 for child in node.children)
