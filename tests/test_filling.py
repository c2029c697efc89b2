"""Words of rules are filled in from the facts: every place, nothing else, and equal results once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sakip_eval.engine.firings import fill, fill_each, findings, listed
from sakip_eval.engine.matching import Fact, Firing
from sakip_eval.rubric.rules import MakaTemuan, MakaUsulan, Rule

FACTS = {
    "k": Fact("kriteria", {"kriteria": "1.a.3", "cocok": 2, "uraian": "{k.cocok} = 1"}),
    "s": Fact("subkomponen", {"kriteria": "", "jawaban": "BB"}),
}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", ""),
        ("tanpa isian", "tanpa isian"),
        ("{k.kriteria}", "1.a.3"),
        ("{k.cocok}", "2"),
        ("{s.kriteria}", ""),
        ("kriteria {k.kriteria}", "kriteria 1.a.3"),
        ("{k.kriteria} dinilai", "1.a.3 dinilai"),
        ("{k.kriteria} ({k.cocok} bukti), jawaban {s.jawaban}.", "1.a.3 (2 bukti), jawaban BB."),
        ("{k.kriteria}{s.jawaban}", "1.a.3BB"),
        ("{daftar} dari {k.kriteria}", "{daftar} dari 1.a.3"),
        ("80 % dari kriteria, %s", "80 % dari kriteria, %s"),
        ("{k.cocok} % dari {k.kriteria}", "2 % dari 1.a.3"),
        ("{k.cocok} % pada jawaban {s.jawaban}%", "2 % pada jawaban BB%"),
        ("{k.uraian}", "{k.cocok} = 1"),  # what a fact says is never filled in again
    ],
)
def test_every_place_is_filled_in(text: str, filled: str) -> None:
    assert fill(text, FACTS) == filled
    rule = Rule("r", "usulan", (), MakaUsulan(untuk="k", status="tidak", alasan="x"), "dasar", None)
    assert fill_each(text, [Firing(rule, FACTS), Firing(rule, FACTS)]) == [filled]


def test_a_text_for_several_firings_comes_once_for_each_result_in_their_order() -> None:
    rule = Rule("r", "usulan", (), MakaUsulan(untuk="k", status="tidak", alasan="x"), "dasar", None)
    firings = [Firing(rule, {"k": Fact("kriteria", {"n": n, "m": n % 2})}) for n in (3, 1, 2, 1)]
    assert fill_each("{k.n}", firings) == ["3", "1", "2"]
    assert fill_each("no {k.n}", firings) == ["no 3", "no 1", "no 2"]
    assert fill_each("{k.m}", firings) == ["1", "0"]
    assert fill_each("{k.n}", []) == []


def test_a_text_about_several_facts_comes_once_for_each_result_too() -> None:
    rule = Rule("r", "usulan", (), MakaUsulan(untuk="k", status="tidak", alasan="x"), "dasar", None)
    pairs = [("1.a.3", "BB"), ("1.a.4", "BB"), ("1.a.3", "BB"), ("1.a.3", "A")]
    firings = [
        Firing(rule, {"k": Fact("kriteria", {"kriteria": k}), "s": Fact("subkomponen", {"jawaban": s})})
        for k, s in pairs
    ]
    assert fill_each("{k.kriteria} pada {s.jawaban}", firings) == ["1.a.3 pada BB", "1.a.4 pada BB", "1.a.3 pada A"]
    assert fill_each("tanpa isian", firings) == ["tanpa isian"]
    assert fill_each("{k.kriteria} pada {s.jawaban}", []) == fill_each("tanpa isian", []) == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", ()),
        (" ", ()),
        ("1.a.1", ("1.a.1",)),
        (" 1.a.1 ", ("1.a.1",)),
        ("1.a.1, 1.a.2,1.b.1", ("1.a.1", "1.a.2", "1.b.1")),
        ("1.a.1, , 1.a.2,", ("1.a.1", "1.a.2")),
    ],
)
def test_a_list_of_ids_is_read_without_its_blanks(text: str, ids: tuple[str, ...]) -> None:
    assert listed(text) == ids


def test_findings_are_joined_only_where_the_rule_has_words_for_several() -> None:
    apart = MakaTemuan(kode="A", tingkat="perhatian", subjek="{k.n}", pesan="tentang {k.n}", cara="Periksa {k.n}")
    joined = replace(apart, kode="B", pesan_gabung="{banyak} hal: {daftar}")
    facts = [Fact("kriteria", {"n": n}) for n in (3, 1, 2)]
    firings = [
        Firing(Rule(entry.kode, "temuan", (), entry, "Pasal 2", None), {"k": fact})
        for entry in (apart, joined)
        for fact in facts
    ]
    assert [(t.kode, t.pesan, t.subjek, t.cara) for t in findings(firings)] == [
        ("A", "tentang 3", ("3",), "Periksa 3"),
        ("A", "tentang 1", ("1",), "Periksa 1"),
        ("A", "tentang 2", ("2",), "Periksa 2"),
        ("B", "3 hal: 3, 1, 2", ("3", "1", "2"), "Periksa 3"),
    ]
    (alone,) = findings(firings[-1:])
    assert (alone.pesan, alone.dasar, alone.aturan) == ("tentang 2", "Pasal 2", "B")
