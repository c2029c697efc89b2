"""What rules are told of a case: the whole vocabulary, nothing besides it, and every value as the vocabulary says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sakip_eval import Case, Rubric, evaluate
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
from sakip_eval.engine.criterion_facts import either
from sakip_eval.engine.matching import Fact, Firing, RuleSet
from sakip_eval.rubric.facts import DOMAINS, FACTS, STAGES, Stage
from sakip_eval.rubric.rules import Constraint, Pattern
from tests.helpers.cases import make_case, scored_by_criteria
from tests.helpers.curious import curious
from tests.helpers.reference_matcher import ReferenceMatcher


class Listener(ReferenceMatcher):
    """A matcher that keeps what it was told at each stage."""

    def __init__(self) -> None:
        self.told: list[Sequence[Fact]] = []

    def run(self, rules: RuleSet, facts: Sequence[Fact]) -> list[Firing]:
        self.told.append(facts)
        return super().run(rules, facts)


def told(rubric: Rubric, case: Case, stage: Stage = "rekomendasi", penilai: Rater = "evaluator") -> list[Fact]:
    listener = Listener()
    evaluate(curious(rubric), case, penilai, matcher=listener)
    assert len(listener.told) == len(STAGES)
    return list(listener.told[STAGES.index(stage)])


def fact(facts: Sequence[Fact], name: str, field: str = "", value: str = "") -> dict[str, str | int]:
    """The one fact of this name (and with this value)."""
    (found,) = [f for f in facts if f.name == name and (not field or f.values[field] == value)]
    return dict(found.values)


LKJ = Bukti(
    "lkj", "laporan_kinerja", "LKj 2022", 2022, 2022, penetapan=date(2023, 1, 20), penyampaian=date(2023, 3, 2)
)
RENSTRA = Bukti("renstra", "renstra", "Renstra 2019-2023", 2019, 2021, publikasi=date(2022, 1, 5))
BUKTI = (LKJ, RENSTRA, Bukti("lkj-2", "laporan_kinerja", "LKj Perubahan"))


def full_case(rubric: Rubric) -> Case:
    """A case with something of everything that a rule can be told."""
    criteria = {
        "1.a.1": JawabanKriteria("terpenuhi", bukti=("renstra",)),
        "1.a.2": JawabanKriteria("sebagian", bukti=("renstra", "lkj")),
        "1.a.3": JawabanKriteria("tidak"),
        "1.b.1": JawabanKriteria("tidak_berlaku"),
    }
    evaluator = Penilaian(
        subkomponen={
            "1.a": JawabanSub("BB"),
            "1.b": JawabanSub("A", alasan="percontohan", catatan="baik", bukti=("lkj-2", "renstra", "lkj")),
            "2.b": JawabanSub("AA"),
            "2.a": JawabanSub(catatan="belum dijawab"),
        },
        kriteria=criteria,
        rekomendasi=(
            RekomendasiTangan("1", "Agar satu.", ("1.a.3", "2.a.1"), None),
            RekomendasiTangan("2", "Agar dua.", ("2.a.1",), None),
            RekomendasiTangan("3", "Agar tiga.", (), None),
        ),
        tanggal=date(2023, 6, 1),
    )
    return replace(
        make_case(rubric, bukti=BUKTI, tindak_lanjut=TindakLanjut(True, (), "belum ada", None)),
        penilaian={"evaluator": evaluator, "mandiri": Penilaian(tanggal=date(2023, 6, 2))},
        tercetak=Tercetak("LKE", 2, Cetak(), {"1.a": Cetak(nilai=Fraction(5), persen=Fraction(80))}),
    )


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("which", ["real", "full", "by_criteria", "by_komponen", "empty"])
def test_every_fact_fills_exactly_the_fields_of_the_vocabulary(
    which: str, stage: Stage, tanah_laut: Rubric, unit: Rubric, lama: Rubric, pelaihari: Case
) -> None:
    by_criteria = scored_by_criteria(unit)
    rubric, case = {
        "real": (tanah_laut, pelaihari),
        "full": (unit, full_case(unit)),
        "by_criteria": (by_criteria, full_case(by_criteria)),
        "by_komponen": (lama, make_case(lama, komponen={"1": Fraction(20)})),
        "empty": (unit, make_case(unit)),
    }[which]
    ids = {
        **DOMAINS,
        "kriteria": set(rubric.kriteria_by_id),
        "subkomponen": set(rubric.subkomponen_by_id),
        "komponen": set(rubric.komponen_by_id),
        "jenis_bukti": set(rubric.jenis_bukti),
        "jawaban": {"belum", *rubric.step_by_jawaban},
    }
    facts = told(rubric, case, stage)
    assert facts
    for name, values in facts:
        fields = FACTS[name]
        assert set(values) == set(fields), name
        for key, value in values.items():
            kind, domain = fields[key].kind, fields[key].domain
            assert type(value) is (int if kind in ("bilangan", "peringkat") else str), (name, key)
            assert not domain or value in ids[domain], (name, key, value)


def test_rules_hear_more_at_each_stage(unit: Rubric) -> None:
    case = full_case(unit)
    names = [dict.fromkeys(f.name for f in told(unit, case, stage)) for stage in STAGES]
    assert [*names[0]] == ["kasus", "kriteria"]
    assert [*names[1]] == [*names[0], "subkomponen", "bukti", "tercetak", "rekomendasi_tangan"]
    assert [*names[2]] == [*names[1], "temuan"]


def test_what_is_told_of_the_case(unit: Rubric) -> None:
    case = full_case(unit)
    said = fact(told(unit, case), "kasus")
    assert (said["penilai"], said["tingkat"], said["tindak_lanjut"]) == ("evaluator", "unit", "tanpa_bukti")
    assert (said["mandiri_terlambat"], said["tindak_lanjut_keterangan"]) == ("ya", "belum ada")
    none = fact(told(unit, make_case(unit), penilai="mandiri"), "kasus")
    assert (none["penilai"], none["tindak_lanjut"]) == ("mandiri", "belum")
    assert (none["mandiri_terlambat"], none["tindak_lanjut_keterangan"]) == ("tidak", "")


@pytest.mark.parametrize(
    ("follow", "said"),
    [
        (None, "belum"),
        (TindakLanjut(False, (), "baru pertama kali dievaluasi", None), "tidak_ada"),
        (TindakLanjut(True, (), None, None), "tanpa_bukti"),
        (TindakLanjut(True, ("lkj",), None, None), "berbukti"),
    ],
)
def test_the_follow_up_is_told_in_four_words(unit: Rubric, follow: TindakLanjut | None, said: str) -> None:
    assert fact(told(unit, make_case(unit, bukti=BUKTI, tindak_lanjut=follow)), "kasus")["tindak_lanjut"] == said


@pytest.mark.parametrize(
    ("mandiri", "evaluator"),
    [(date(2023, 6, 2), None), (None, date(2023, 6, 1)), (None, None), (date(2023, 6, 1), date(2023, 6, 1))],
)
def test_nobody_is_late_without_both_dates(unit: Rubric, mandiri: date | None, evaluator: date | None) -> None:
    raters: dict[Rater, Penilaian] = {
        "evaluator": Penilaian(tanggal=evaluator),
        "mandiri": Penilaian(tanggal=mandiri),
    }
    assert fact(told(unit, replace(make_case(unit), penilaian=raters)), "kasus")["mandiri_terlambat"] == "tidak"


def test_what_is_told_of_a_criterion(unit: Rubric) -> None:
    facts = told(unit, full_case(unit))
    late = fact(facts, "kriteria", "kriteria", "3.a.6")
    assert late.pop("alasan_usulan") == "tanggalnya melewati tenggat 2023-02-28: lkj, lkj-2"
    assert late == {
        "kriteria": "3.a.6",
        "subkomponen": "3.a",
        "komponen": "3",
        "dimensi": "keberadaan",
        "uji": "disampaikan_tepat_waktu",
        "status": "belum",
        "cocok": 2,
        "ditetapkan": 1,
        "dipublikasikan": 0,
        "tepat_waktu": "tidak",
        "tenggat": "2023-02-28",
        "jenis_bukti": " atau ".join(unit.jenis_bukti[jenis] for jenis in ("laporan_kinerja", "bukti_penyampaian")),
        "bukti_cocok": "lkj, lkj-2",
        "usulan": "tidak",
    }
    shown = fact(facts, "kriteria", "kriteria", "1.a.3")
    assert (shown["status"], shown["usulan"], shown["cocok"]) == ("tidak", "terpenuhi", 1)
    assert (shown["ditetapkan"], shown["dipublikasikan"], shown["bukti_cocok"]) == (0, 1, "renstra")
    published = fact(facts, "kriteria", "kriteria", "1.b.2")
    assert (published["tepat_waktu"], published["tenggat"], published["usulan"]) == ("tanpa_tenggat", "", "belum")
    four = "Rencana Kerja (Renja) atau rencana kerja tahunan, Perjanjian Kinerja (PK), atau Bukti publikasi"
    assert four in str(published["jenis_bukti"])
    bare = fact(facts, "kriteria", "kriteria", "1.b.1")
    assert (bare["uji"], bare["status"]) == ("ditetapkan", "tidak_berlaku")
    judgement = fact(facts, "kriteria", "kriteria", "1.c.1")
    assert (judgement["uji"], judgement["status"], judgement["usulan"]) == ("", "belum", "belum")
    before = fact(told(unit, full_case(unit), "usulan"), "kriteria", "kriteria", "3.a.6")
    assert (before["usulan"], before["alasan_usulan"]) == ("belum", "")


def test_what_is_told_of_a_criterion_without_evidence(unit: Rubric) -> None:
    assert fact(told(unit, full_case(unit), "usulan"), "kriteria", "kriteria", "1.a.2") == {
        "kriteria": "1.a.2",
        "subkomponen": "1.a",
        "komponen": "1",
        "dimensi": "keberadaan",
        "uji": "ada",
        "status": "sebagian",
        "cocok": 0,
        "ditetapkan": 0,
        "dipublikasikan": 0,
        "tepat_waktu": "tanpa_tenggat",
        "tenggat": "",
        "jenis_bukti": "Rencana Pembangunan Jangka Panjang (RPJPN/RPJPD)",
        "bukti_cocok": "",
        "usulan": "belum",
        "alasan_usulan": "",
    }


def test_all_evidence_of_the_kind_is_counted_by_its_dates(unit: Rubric) -> None:
    first, second = date(2023, 1, 10), date(2023, 1, 11)
    days = [(None, None), (first, None), (first, second), (second, first)]
    bukti = tuple(
        Bukti(f"lkj-{n}", "laporan_kinerja", "LKj", penetapan=a, publikasi=b) for n, (a, b) in enumerate(days)
    )
    said = fact(told(unit, make_case(unit, bukti=bukti)), "kriteria", "kriteria", "3.a.3")
    assert (said["cocok"], said["ditetapkan"], said["dipublikasikan"]) == (4, 3, 2)
    assert said["bukti_cocok"] == "lkj-0, lkj-1, lkj-2, lkj-3"


def test_alternatives_are_joined_as_indonesian_does() -> None:
    assert [either(["a", "b", "c", "d"][:n]) for n in range(5)] == [
        "",
        "a",
        "a atau b",
        "a, b, atau c",
        "a, b, c, atau d",
    ]


@pytest.mark.parametrize(
    ("days", "state", "tenggat"),
    [
        ((), "tanpa_tanggal", "2023-02-28"),
        ((None,), "tanpa_tanggal", "2023-02-28"),
        ((date(2023, 2, 28),), "ya", "2023-02-28"),
        ((date(2023, 3, 1),), "tidak", "2023-02-28"),
        ((date(2023, 3, 1), None, date(2023, 1, 31)), "ya", "2023-02-28"),  # the earliest counts
    ],
)
def test_in_time_is_the_earliest_day_against_the_last_one(
    unit: Rubric, days: tuple[date | None, ...], state: str, tenggat: str
) -> None:
    bukti = tuple(Bukti(f"lkj-{n}", "laporan_kinerja", "LKj", penyampaian=day) for n, day in enumerate(days))
    # A day of publication says nothing of when it was submitted.
    bukti = tuple(replace(b, publikasi=date(2022, 12, 1)) for b in bukti)
    said = fact(told(unit, make_case(unit, bukti=bukti)), "kriteria", "kriteria", "3.a.6")
    assert (said["tepat_waktu"], said["tenggat"]) == (state, tenggat)


def test_what_is_told_of_a_subkomponen(unit: Rubric) -> None:
    facts = told(unit, full_case(unit))
    assert fact(facts, "subkomponen", "subkomponen", "1.a") == {
        "subkomponen": "1.a",
        "komponen": "1",
        "dimensi": "keberadaan",
        "jawaban": "BB",
        "peringkat": unit.step_by_jawaban["BB"].rank,
        # Of six, one is met and one half; one was judged unmet, three are proposed as unmet.
        "usulan": "D",
        "terhadap_usulan": "di_atas",
        "melampaui": "tidak",
        "kurang_bukti": "tidak",
        "kurang_alasan": "tidak",
        "alasan": "tidak",
        "catatan": "tidak",
        "bukti": 0,
        "belum": 2,
        "berlaku": 6,
        "terpenuhi": 2,
        "belum_dinilai": 3,
        "di_atas_keberadaan": "tidak",
        "jawaban_keberadaan": "BB",
        "bertahan": 0,
        "kriteria_belum": "1.a.2, 1.a.3",
        "pemenuhan": "25.00 %",
    }
    assert fact(facts, "subkomponen", "subkomponen", "1.b") == {
        "subkomponen": "1.b",
        "komponen": "1",
        "dimensi": "kualitas",
        "jawaban": "A",
        "peringkat": unit.step_by_jawaban["A"].rank,
        "usulan": "belum",
        "terhadap_usulan": "belum",
        "melampaui": "ya",
        "kurang_bukti": "tidak",
        "kurang_alasan": "tidak",
        "alasan": "ya",
        "catatan": "ya",
        "bukti": 3,
        "belum": 0,
        "berlaku": 10,
        "terpenuhi": 0,
        "belum_dinilai": 10,
        "di_atas_keberadaan": "ya",
        "jawaban_keberadaan": "BB",
        "bertahan": 3,  # the oldest of the three is there since 2019
        "kriteria_belum": "",
        "pemenuhan": "0.00 sampai 100.00 %",
    }
    silent = fact(facts, "subkomponen", "subkomponen", "2.a")
    assert (silent["jawaban"], silent["peringkat"], silent["usulan"]) == ("belum", 0, "E")
    assert (silent["terhadap_usulan"], silent["catatan"], silent["jawaban_keberadaan"]) == ("belum", "ya", "belum")
    bare = fact(facts, "subkomponen", "subkomponen", "2.b")
    assert (bare["melampaui"], bare["kurang_bukti"], bare["kurang_alasan"]) == ("ya", "ya", "ya")
    assert (bare["di_atas_keberadaan"], bare["bertahan"]) == ("tidak", 0)


@pytest.mark.parametrize(("jawaban", "against"), [("BB", "di_atas"), ("B", "sama"), ("CC", "di_bawah")])
def test_an_answer_is_told_against_its_proposal(unit: Rubric, jawaban: str, against: str) -> None:
    status: dict[str, str | None] = {k.id: "terpenuhi" for k in unit.subkomponen_by_id["1.b"].kriteria}
    case = make_case(unit, {"1.b": jawaban}, status | {"1.b.1": "tidak"})
    said = fact(told(unit, case), "subkomponen", "subkomponen", "1.b")
    assert (said["usulan"], said["terhadap_usulan"]) == ("B", against)


def test_a_rubric_that_asks_for_nothing_beyond_bb_misses_nothing(unit: Rubric) -> None:
    said = fact(
        told(replace(unit, melampaui_butuh=frozenset()), full_case(unit)), "subkomponen", "subkomponen", "2.b"
    )
    assert (said["melampaui"], said["kurang_bukti"], said["kurang_alasan"]) == ("ya", "tidak", "tidak")


def test_what_is_told_of_evidence(unit: Rubric) -> None:
    facts = told(unit, full_case(unit))
    assert fact(facts, "bukti", "bukti", "lkj") == {
        "bukti": "lkj",
        "jenis": "laporan_kinerja",
        "dirujuk": 1,
        "tahun": "sesuai",
        "judul": "LKj 2022",
        "kriteria": "1.a.2",
        "rentang": "2022",
    }
    assert fact(facts, "bukti", "bukti", "renstra") == {
        "bukti": "renstra",
        "jenis": "renstra",
        "dirujuk": 2,
        "tahun": "lain",
        "judul": "Renstra 2019-2023",
        "kriteria": "1.a.1, 1.a.2",
        "rentang": "2019-2021",
    }
    undated = fact(facts, "bukti", "bukti", "lkj-2")
    assert (undated["dirujuk"], undated["tahun"], undated["kriteria"]) == (0, "tidak_disebut", "")
    assert undated["rentang"] == ""


def test_evidence_that_names_half_a_span_of_years_is_of_no_known_year(unit: Rubric) -> None:
    bukti = (Bukti("dari", "renja", "Renja", dari=2020), Bukti("sampai", "renja", "Renja", sampai=2020))
    facts = told(unit, make_case(unit, bukti=bukti))
    assert [fact(facts, "bukti", "bukti", name)["tahun"] for name in ("dari", "sampai")] == ["tidak_disebut"] * 2


@pytest.mark.parametrize(
    ("bukti", "years"),
    [
        (Bukti("b", "renstra", "Renstra"), 0),
        (Bukti("b", "renstra", "Renstra", dari=2020, sampai=2026), 2),
        (Bukti("b", "renstra", "Renstra", dari=2023, sampai=2026), 0),
        # The day it was adopted counts before the years that it speaks of.
        (Bukti("b", "renstra", "Renstra", dari=2021, sampai=2026, penetapan=date(2017, 9, 1)), 5),
    ],
)
def test_a_document_is_there_since_it_was_adopted(unit: Rubric, bukti: Bukti, years: int) -> None:
    case = make_case(unit, sub={"1.a": JawabanSub("BB", bukti=("b",))}, bukti=(bukti,))
    assert fact(told(unit, case), "subkomponen", "subkomponen", "1.a")["bertahan"] == years


def test_no_share_is_told_where_no_criterion_applies(unit: Rubric) -> None:
    status: dict[str, str | None] = {k.id: "tidak_berlaku" for k in unit.subkomponen_by_id["2.a"].kriteria}
    said = fact(told(unit, make_case(unit, status=status)), "subkomponen", "subkomponen", "2.a")
    assert (said["pemenuhan"], said["berlaku"], said["usulan"]) == ("", 0, "belum")


NEVER = {
    "kriteria": Constraint("bukti_cocok", "==", "tidak pernah"),
    "temuan": Constraint("subjek", "==", "tidak pernah"),
}


def told_to_one_rule(rubric: Rubric, stage: Stage, name: str, test: Constraint) -> list[Fact]:
    """The facts of this name that a stage is told of whose only rule wants them with this test (and never fires)."""
    first = next(rule for rule in rubric.rules if rule.jenis == stage)
    only = replace(first, patterns=(Pattern("k", name, (test, NEVER[name]), (), absent=False),))
    rules = (*[rule for rule in rubric.rules if rule.jenis != stage], only)
    listener = Listener()
    evaluate(replace(rubric, rules=rules), full_case(rubric), matcher=listener)
    return [f for f in listener.told[STAGES.index(stage)] if f.name == name]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kriteria", "1.a.3"),
        ("subkomponen", "1.a"),
        ("komponen", "2"),
        ("dimensi", "kualitas"),
        ("uji", "ditetapkan"),
        ("status", "sebagian"),
        ("usulan", "terpenuhi"),
    ],
)
def test_rules_are_told_of_the_criteria_that_one_of_them_can_want_and_of_no_others(
    unit: Rubric, field: str, value: str
) -> None:
    every = [f for f in told(unit, full_case(unit), "temuan") if f.name == "kriteria"]
    wanted = [f for f in every if f.values[field] == value]
    assert 0 < len(wanted) < len(every)
    assert told_to_one_rule(unit, "temuan", "kriteria", Constraint(field, "==", value)) == wanted
    others = [f for f in every if f.values[field] != value]
    assert told_to_one_rule(unit, "temuan", "kriteria", Constraint(field, "!=", value)) == others


@pytest.mark.parametrize(("field", "value"), [("kode", "TANPA-BUKTI"), ("tingkat", "kontradiksi")])
def test_rules_are_told_of_the_findings_that_one_of_them_can_want_and_of_no_others(
    unit: Rubric, field: str, value: str
) -> None:
    every = [f for f in told(unit, full_case(unit)) if f.name == "temuan"]
    wanted = [f for f in every if f.values[field] == value]
    assert 1 < len(wanted) < len(every)
    assert told_to_one_rule(unit, "rekomendasi", "temuan", Constraint(field, "==", value)) == wanted


def test_what_is_told_of_recommendations_by_hand_and_of_findings(unit: Rubric) -> None:
    facts = told(unit, full_case(unit))
    assert [tuple(f.values.values()) for f in facts if f.name == "rekomendasi_tangan"] == [
        ("1", "1", "1, 2", "tidak", "1.a.3, 2.a.1"),
        ("2", "2", "2", "ya", "2.a.1"),
        ("3", "3", "", "ya", ""),
    ]
    findings = [tuple(f.values.values()) for f in facts if f.name == "temuan"]
    assert findings[:3] == [
        ("BB-KRITERIA-BELUM", "kontradiksi", "1.a"),
        ("A-TANPA-BUKTI", "kontradiksi", "2.b"),
        ("TERCETAK-BERBEDA", "kontradiksi", "1.a"),
    ]
    # A finding about several is told once for each of them.
    assert [f for f in findings if f[0] == "TANPA-BUKTI"] == [
        ("TANPA-BUKTI", "kekurangan", "1.a"),
        ("TANPA-BUKTI", "kekurangan", "2.b"),
    ]
