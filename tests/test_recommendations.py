"""Recommendations: none lost, merged by topic into one sentence, ordered by what they are worth."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_eval import Rubric, evaluate, load_rubric
from sakip_eval.case.case import RekomendasiTangan, TindakLanjut
from sakip_eval.engine.recommend import enumerate_words, sentence
from sakip_eval.rubric.rules import Constraint, MakaRekomendasi, Pattern, Rule
from tests.helpers.cases import all_answers, all_status, make_case, scored_by_criteria

UNIT = load_rubric("permenpanrb-88-2021/unit")


@settings(deadline=None, max_examples=80)
@given(st.dictionaries(st.sampled_from([k.id for k in UNIT.each_kriteria()]), st.sampled_from(["tidak", "sebagian"])))
def test_each_unmet_criterion_stands_under_exactly_one(unmet: dict[str, str]) -> None:
    status = all_status(UNIT, "terpenuhi") | unmet
    result = evaluate(UNIT, make_case(UNIT, all_answers(UNIT, "C"), status))
    listed = [name for r in result.rekomendasi for name in r.kriteria]
    assert sorted(listed) == sorted(unmet)
    for item in result.rekomendasi:
        assert {name[0] for name in item.kriteria} == {item.komponen}
    for komponen in UNIT.komponen:
        assert sum(r.komponen == komponen.id for r in result.rekomendasi) <= 5


def test_everything_unmet_still_makes_a_letter_of_at_most_five_per_component(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit, status=all_status(unit, "tidak")))
    for komponen in unit.komponen:
        assert 2 <= sum(r.komponen == komponen.id for r in result.rekomendasi) <= 5
    assert all(len(r.teks.split()) <= 110 for r in result.rekomendasi)


def test_what_adds_most_comes_first_within_a_component(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit, all_answers(unit, "E"), all_status(unit, "tidak")))
    for komponen in unit.komponen:
        own = [(r.potensi_bersama, r.potensi) for r in result.rekomendasi if r.komponen == komponen.id]
        assert own == sorted(own, reverse=True)


def test_one_criterion_keeps_its_own_sentence_several_share_the_topics(unit: Rubric) -> None:
    one, two, three = (unit.kriteria_by_id[name] for name in ("2.c.1", "2.c.2", "2.c.3"))
    assert one.topik == two.topik != three.topik
    assert sentence(unit, [one]) == one.rekomendasi
    merged = sentence(unit, [one, two])
    assert merged == f"{unit.topik[one.topik].teks}, meliputi {one.pokok} dan {two.pokok}."


def test_words_are_enumerated_as_indonesian_does() -> None:
    assert enumerate_words(["a"]) == "a"
    assert enumerate_words(["a", "b"]) == "a dan b"
    assert enumerate_words(["a", "b", "c"]) == "a, b, dan c"


def test_doing_all_of_a_subkomponen_lifts_it_to_bb_and_no_further(unit: Rubric) -> None:
    result = evaluate(unit, make_case(unit, {"2.a": "D"}, {"2.a.1": "tidak", "2.a.2": "tidak", "2.a.3": "tidak"}))
    (item,) = [r for r in result.rekomendasi if r.komponen == "2"]
    assert item.potensi == Fraction(6) * (80 - 30) / 100


def test_worth_in_criteria_mode_is_the_share_of_each_criterion(unit: Rubric) -> None:
    rubric = scored_by_criteria(unit)
    status = all_status(unit, "terpenuhi") | {"2.a.1": "tidak", "2.b.1": "sebagian"}
    result = evaluate(rubric, make_case(rubric, status=status))
    worth = {r.kriteria: r.potensi for r in result.rekomendasi}
    assert worth == {("2.a.1",): Fraction(2), ("2.b.1",): Fraction(9, 14)}
    assert result.nilai is not None
    assert result.nilai + sum(worth.values()) == 100


def test_hand_written_ones_are_kept_word_for_word(unit: Rubric) -> None:
    text = "Agar dilakukan reviu terhadap sasaran RPJMD,  apakah = sasaran yang diampu"
    result = evaluate(unit, make_case(unit, rekomendasi=(RekomendasiTangan("3", text, (), "LHE butir c.3"),)))
    (item,) = result.rekomendasi
    assert (item.teks, item.jenis, item.komponen, item.dasar) == (text, "tangan", "3", "LHE butir c.3")


def test_a_recommendation_holds_all_that_a_letter_needs(unit: Rubric) -> None:
    by_hand = RekomendasiTangan("2", "Agar dibahas.", ("2.a.1",), None)
    status: dict[str, str | None] = {"4.c.1": "terpenuhi", "1.a.1": "tidak", "1.a.2": "sebagian", "2.c.1": "tidak"}
    follow = TindakLanjut(True, (), "belum ada", None)
    case = make_case(unit, {"4.c": "BB"}, status, rekomendasi=(by_hand,), tindak_lanjut=follow)
    documents, reward, hand, answer = evaluate(unit, case).rekomendasi
    assert [r.id for r in (documents, reward, hand, answer)] == ["R-01", "R-02", "R-03", "R-04"]
    assert (documents.komponen, documents.jenis, documents.topik) == ("1", "rubrik", "dokumen-perencanaan")
    assert documents.kriteria == ("1.a.1", "1.a.2")
    one, two = (unit.kriteria_by_id[name] for name in documents.kriteria)
    assert documents.teks == f"{unit.topik['dokumen-perencanaan'].teks}, meliputi {one.pokok} dan {two.pokok}."
    assert documents.bukti == tuple(unit.jenis_bukti[jenis] for jenis in (*one.bukti, *two.bukti))
    assert documents.upaya == max(one.upaya, two.upaya)
    assert (documents.menjawab, documents.dasar) == ((), "PermenPANRB 88/2021 Pasal 2 (memberikan saran perbaikan)")
    assert (reward.komponen, reward.teks) == ("2", unit.kriteria_by_id["2.c.1"].rekomendasi)
    assert (hand.komponen, hand.jenis, hand.topik, hand.upaya) == ("2", "tangan", None, None)
    assert (hand.dasar, hand.kriteria, hand.menjawab) == ("ditulis penilai", ("2.a.1",), ())
    assert hand.bukti == tuple(unit.jenis_bukti[jenis] for jenis in unit.kriteria_by_id["2.a.1"].bukti)
    assert (hand.potensi, hand.potensi_bersama, hand.rawan) == (0, 0, 0)
    rule = next(r for r in unit.rules if r.id == "rekomendasi-bukti-tindak-lanjut")
    assert (answer.komponen, answer.jenis, answer.topik, answer.upaya) == ("4", "temuan", None, None)
    assert answer.teks.startswith("Agar menyajikan dokumen bukti tindak lanjut atas setiap rekomendasi")
    assert (answer.kriteria, answer.dasar) == (("4.c.1",), rule.dasar)
    assert answer.menjawab == ("TL-TANPA-BUKTI", "TL-KRITERIA-TANPA-BUKTI")
    assert answer.bukti == (unit.jenis_bukti["matriks_tindak_lanjut"], unit.jenis_bukti["bukti_tindak_lanjut"])
    assert (answer.potensi, answer.potensi_bersama, answer.rawan) == (0, 0, 0)


def test_what_keeps_most_points_comes_first_where_nothing_is_added(unit: Rubric) -> None:
    answers: dict[str, str | None] = {"1.b": "BB", "1.c": "BB"}
    status = all_status(unit, "terpenuhi") | {"1.b.3": "tidak", "1.c.3": "tidak"}
    first, second = (r for r in evaluate(unit, make_case(unit, answers, status)).rekomendasi if r.komponen == "1")
    assert (first.kriteria, first.rawan) == (("1.c.3",), Fraction("1.5"))
    assert (second.kriteria, second.rawan) == (("1.b.3",), Fraction("0.9"))


def test_a_sentence_of_a_rule_is_filled_in_from_what_it_answers(unit: Rubric) -> None:
    finding = Pattern("t", "temuan", (Constraint("kode", "==", "TANPA-BUKTI"),), (), False)
    whole = MakaRekomendasi(komponen="1", teks="Agar menyebut bukti jawaban {t.subjek}.")
    share = MakaRekomendasi(komponen="2", teks="Agar bukti disebut.", kriteria="{t.subjek}.1")
    rules = [Rule(f"r{n}", "rekomendasi", (finding,), own, "Pasal 9", None) for n, own in enumerate((whole, share))]
    rubric = replace(unit, rules=(*unit.rules, *rules))
    drafts = evaluate(rubric, make_case(rubric, {"1.b": "B", "1.a": "B"})).rekomendasi
    assert [(r.komponen, r.teks, r.kriteria, r.menjawab, r.dasar) for r in drafts] == [
        ("1", "Agar menyebut bukti jawaban 1.a.", (), ("TANPA-BUKTI",), "Pasal 9"),
        ("1", "Agar menyebut bukti jawaban 1.b.", (), ("TANPA-BUKTI",), "Pasal 9"),
        # The same sentence for both: one recommendation for the criteria of both.
        ("2", "Agar bukti disebut.", ("1.a.1", "1.b.1"), ("TANPA-BUKTI",), "Pasal 9"),
    ]
