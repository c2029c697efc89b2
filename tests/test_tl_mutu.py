"""The rules about claims: each fires on a real line of the seeds and stays silent on a good one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sakip_eval import SakipError
from sakip_eval.engine.durable_port import default_matcher
from sakip_eval.engine.result import Temuan
from sakip_eval.rubric.facts_tindak_lanjut import FACTS_TINDAK_LANJUT
from sakip_eval.tindak_lanjut.events import DataDukung, Event, Lanjutkan, Lapor, Rencana, Terbit
from sakip_eval.tindak_lanjut.facts import JawabanLepas, evidence_key, facts_of, shortened
from sakip_eval.tindak_lanjut.mutu import check, load_rules, rules_path, shipped_rules
from tests.conftest import ROOT
from tests.helpers.reference_matcher import ReferenceMatcher
from tests.helpers.tl import (
    ID,
    LINK,
    act,
    diverifikasi,
    events_000,
    events_004,
    lapor,
    rencana,
    states,
    terbit,
)

DAY = date(2024, 6, 30)
GOOD: list[Event] = [terbit(), act(rencana()), act(lapor())]
"""Planned, done in time, shown: nothing to find."""


def found(events: Sequence[Event], kode: str) -> list[Temuan]:
    return [item for item in check(states(events), DAY) if item.kode == kode]


def codes(events: Sequence[Event]) -> list[str]:
    return [item.kode for item in check(states(events), DAY)]


def numbers(items: list[Temuan]) -> list[str]:
    return sorted({name.rsplit("/", 1)[1] for item in items for part in item.subjek for name in part.split(", ")})


def test_a_good_claim_has_no_finding() -> None:
    assert codes(GOOD) == []
    assert codes([*GOOD, act(diverifikasi("sesuai"))]) == []


def test_every_rule_is_tried_here_and_says_what_it_rests_on() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    for rule in shipped_rules().rules:
        assert f'"{rule.outcome.kode}"' in source, rule.id  # type: ignore[union-attr]
        assert rule.dasar
        assert rule.contoh
        assert rule.outcome.cara  # type: ignore[union-attr]


# ---- Real lines ------------------------------------------------------------------------------------------------


def test_no_evidence_000() -> None:
    assert numbers(found(events_000(), "KLAIM-TANPA-BUKTI")) == [f"{n:02d}" for n in range(1, 13)]
    assert numbers(found(events_004(), "KLAIM-TANPA-BUKTI")) == ["05"]


def test_one_evidence_for_several_outputs_004() -> None:
    (item,) = found(events_004(), "SATU-BUKTI-BANYAK")
    assert numbers([item]) == ["01", "02", "04"]
    assert "3 keluaran" in item.pesan


def test_done_on_a_condition_004() -> None:
    (item,) = found(events_004(), "SELESAI-BERSYARAT")
    assert numbers([item]) == ["05"]
    assert item.tingkat == "kontradiksi"


def test_intent_as_a_result_004() -> None:
    assert numbers(found(events_004(), "HASIL-AKAN")) == ["01", "02", "03", "04", "05"]
    assert found(events_000(), "HASIL-AKAN") == []


def test_the_recommendation_repeated_000() -> None:
    # The two that name a document of their own (SK ...) do not repeat: rows 5 and 6.
    repeated = numbers(found(events_000(), "MENGULANG-REKOMENDASI"))
    assert repeated == ["01", "02", "03", "04", "07", "08", "09", "10", "11", "12"]


def test_thirteen_recommendations_and_twelve_answers_000() -> None:
    assert numbers(found(events_000(), "TANPA-JAWABAN")) == ["13"]


def test_five_answers_are_tasks_and_not_results_000() -> None:
    """As the hand-made list of mistakes of this report counts them."""
    assert numbers(found(events_000(), "BENTUK-RENCANA")) == ["05", "06", "07", "09", "11"]


def test_claims_without_a_plan_000() -> None:
    assert len(numbers(found(events_000(), "TANPA-RENCANA"))) == 12
    assert found(events_004(), "TANPA-RENCANA") == []


def test_answers_that_answer_nothing_004() -> None:
    """The letter of 2023 has five recommendations; the table answers six of the year before."""
    loose = JawabanLepas(
        "1", "Akan Di Tindak Lanjuti dengan melanjutkan Proses Review Renstra", "seed 004, baris 893"
    )
    (item,) = [t for t in check([], DAY, [loose]) if t.kode == "JAWABAN-LEPAS"]
    assert "seed 004, baris 893" in item.pesan
    assert check([], DAY) == ()


# ---- Boundaries ------------------------------------------------------------------------------------------------


def claimed(uraian: str, progres: int | None = 100, plan: Rencana | None = None, day: date = DAY) -> list[Event]:
    return [terbit(), act(plan or rencana()), act(Lapor(uraian, progres, (LINK,)), day=day)]


@pytest.mark.parametrize(
    ("uraian", "progres", "kode"),
    [
        ("SOP disusun apabila aplikasi sudah tersedia", 50, "KLAIM-BERSYARAT"),
        ("SOP disusun jika anggaran ada", 100, "SELESAI-BERSYARAT"),
        ("Pengukuran memakai aplikasi begitu aplikasi telah tersedia", 100, "SELESAI-BERSYARAT"),
        ("Selesai setelah aplikasi e-SAKIP ditetapkan", None, "SELESAI-BERSYARAT"),
        ("Laporan akan disusun pada triwulan IV", 20, "HASIL-AKAN"),
        ("Segera ditindaklanjuti dengan SK", None, "HASIL-AKAN"),
    ],
)
def test_conditions_and_intents(uraian: str, progres: int | None, kode: str) -> None:
    assert kode in codes(claimed(uraian, progres))


@pytest.mark.parametrize(
    "uraian",
    [
        "SK Tim Reviu nomor 5/2023 ditetapkan setelah rapat 3 Juli 2023",
        "Laporan hasil reviu sudah diserahkan; kejadian serupa dicegah",
        "Makanan bekal rapat berasal dari anggaran, SK nomor 7",
        "Jikalahari bukan syarat: SK nomor 8 terbit",
    ],
)
def test_words_that_only_look_like_conditions_or_intents(uraian: str) -> None:
    assert not {"KLAIM-BERSYARAT", "SELESAI-BERSYARAT", "HASIL-AKAN"} & set(codes(claimed(uraian)))


@pytest.mark.parametrize(
    ("claim", "plan", "late"),
    [
        (Lapor("SK terbit", 100, (LINK,), None, date(2023, 9, 2)), rencana(), True),
        (Lapor("SK terbit", 100, (LINK,), None, date(2023, 9, 1)), rencana(), False),
        (Lapor("SK terbit", 100, (LINK,)), replace(rencana(), mulai=date(2023, 10, 1), selesai=None), True),
        (Lapor("SK terbit", 100, (LINK,)), replace(rencana(), selesai=date(2023, 12, 31)), False),
        (Lapor("SK disiapkan", 40, (LINK,)), replace(rencana(), mulai=date(2023, 10, 1), selesai=None), False),
    ],
)
def test_a_day_to_come(claim: Lapor, plan: Rencana, late: bool) -> None:
    events = [terbit(), act(plan), act(claim, day=date(2023, 9, 1))]
    assert ("KLAIM-MENDATANG" in codes(events)) is late


def test_done_early_is_no_contradiction() -> None:
    assert codes([terbit(), act(rencana(date(2024, 12, 31))), act(lapor())]) == []


@pytest.mark.parametrize(
    ("uraian", "repeats"),
    [
        ("Telah dilakukan reviu berjenjang atas laporan kinerja", True),
        ("Telah dilaksanakan reviu laporan kinerja secara berjenjang", True),
        ("Laporan hasil reviu nomor 700/12 ditetapkan 20 Agustus 2023", False),
        ("Sudah reviu", False),
    ],
)
def test_repetition_is_measured_on_words_that_mean_something(uraian: str, repeats: bool) -> None:
    assert ("MENGULANG-REKOMENDASI" in codes(claimed(uraian))) is repeats


def test_verified_without_evidence() -> None:
    bare = act(Lapor("SK nomor 5/2023 ditetapkan", 100))
    assert "SESUAI-TANPA-BUKTI" in codes([terbit(), act(rencana()), bare, act(diverifikasi("sesuai"))])
    assert "KLAIM-TANPA-BUKTI" in codes([terbit(), act(rencana()), bare, act(diverifikasi("belum_sesuai"))])


def test_overdue_counts_to_the_day_asked_for() -> None:
    events = [terbit(), act(rencana(date(2024, 6, 29)))]
    assert [item.pesan for item in found(events, "LEWAT-TEMPO")] == [f"{ID} lewat tempo 1 hari tanpa laporan baru"]
    assert not [t for t in check(states(events), date(2024, 6, 29)) if t.kode == "LEWAT-TEMPO"]


def test_the_same_link_is_the_same_evidence_however_it_was_shared() -> None:
    one = DataDukung("a", tautan="https://drive.google.com/file/d/1HJ/view?usp=sharing")
    other = DataDukung("b", tautan="https://drive.google.com/file/d/1HJ/view?usp=drive_link")
    query = DataDukung("c", tautan="https://contoh.id/unduh?id=5")
    assert evidence_key(one) == evidence_key(other)
    assert evidence_key(query) == "https://contoh.id/unduh?id=5"
    assert evidence_key(DataDukung("d", berkas="x.pdf", sha256="0" * 64)) == "0" * 64


def test_one_evidence_told_twice_for_one_output_is_no_finding() -> None:
    assert "SATU-BUKTI-BANYAK" not in codes([*GOOD, act(lapor())])


def test_agencies_do_not_share_their_evidence() -> None:
    other = "kecamatan-lain/2022/01"
    events = [*GOOD, terbit(other), act(rencana(), other), act(lapor(), other)]
    assert codes(events) == []


def test_what_was_carried_over_is_judged_where_it_goes_on() -> None:
    new = "kecamatan-contoh/2023/01"
    isi = Terbit("kecamatan-contoh", 2023, "Agar x", induk=ID)
    story = [
        terbit(),
        act(Lapor("Telah dilakukan reviu berjenjang atas laporan kinerja")),
        act(diverifikasi("belum_sesuai")),
    ]
    assert len(codes(story)) == 3
    moved = act(Lanjutkan(new, 2023), day=date(2024, 1, 1))
    items = check(states([*story, moved, Event(new, "evaluator", "Inspektorat", date(2024, 1, 1), isi)]), DAY)
    assert [(item.kode, item.subjek) for item in items] == [("TANPA-JAWABAN", (new,))]


# ---- The engine ------------------------------------------------------------------------------------------------


def test_the_reference_matcher_finds_the_same() -> None:
    for events in (events_000(), events_004(), GOOD):
        facts = states(events)
        assert check(facts, DAY, matcher=default_matcher()) == check(facts, DAY, matcher=ReferenceMatcher())


def test_facts_are_what_the_vocabulary_declares() -> None:
    loose = JawabanLepas("1", "x", "y")
    facts = facts_of(states([*events_000(), *events_004()]), DAY, [loose])
    assert {fact.name for fact in facts} == set(FACTS_TINDAK_LANJUT)
    for fact in facts:
        fields = FACTS_TINDAK_LANJUT[fact.name]
        assert list(fact.values) == [name for name in fields if name in fact.values]
        assert set(fact.values) == set(fields)
        for name, value in fact.values.items():
            assert isinstance(value, int) is (fields[name].kind == "bilangan"), name
            assert fields[name].domain != "ya_tidak" or value in ("ya", "tidak")


def test_a_rule_that_names_a_fact_of_an_evaluation_is_refused(tmp_path: Path) -> None:
    text = rules_path().read_text(encoding="utf-8")
    path = tmp_path / "aturan-temuan.yaml"
    path.write_text(text.replace("fakta: bukti_klaim", "fakta: subkomponen"), encoding="utf-8")
    with pytest.raises(SakipError, match=r"A601.*`subkomponen` tidak dikenal"):
        load_rules(path)


def test_every_finding_is_documented() -> None:
    codes = set(re.findall(r"^ +kode: ([A-Z0-9-]+)$", rules_path().read_text(encoding="utf-8"), re.M))
    page = (ROOT / "docs/kode.md").read_text(encoding="utf-8")
    assert {code for code in codes if f"| {code} |" not in page} == set()


def test_texts_are_cut_at_words() -> None:
    assert shortened("satu dua\ntiga", 20) == "satu dua tiga"
    assert shortened("satu dua tiga empat lima", 15) == "satu dua ..."
