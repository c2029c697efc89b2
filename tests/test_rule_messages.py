"""Every sentence that the author of a bad rule reads: what is wrong, why it matters, how to mend it; and nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.files import RubricDesk, changed, found, spot, variant
from tests.test_bad_rule_files import HOME, REKOMENDASI, TEMUAN, USULAN, RuleDesk, joined

SYARAT = "peringkat: {minimal: BB}"
OWN = '      komponen: "4"\n      teks: Agar menyajikan bukti.\n'


@pytest.fixture
def desk(tmp_path: Path) -> RuleDesk:
    return RuleDesk(tmp_path)


@pytest.mark.parametrize(
    ("text", "kode", "apa", "mengapa", "perbaikan"),
    [
        (
            changed(TEMUAN, ("fakta: subkomponen", "fakta: subkomponn")),
            "A601",
            "Fakta `subkomponn` tidak dikenal pada aturan temuan",
            "Aturan atas fakta yang tidak pernah ada tidak akan pernah berlaku",
            "Mungkin yang dimaksud: subkomponen",
        ),
        (
            changed(TEMUAN, (SYARAT, "jawabn: BB")),
            "A602",
            "Fakta `subkomponen` tidak punya medan `jawabn` yang dapat diuji pada aturan temuan",
            "Syarat atas medan yang tidak ada tidak akan pernah terpenuhi",
            "Mungkin yang dimaksud: jawaban",
        ),
        (
            changed(TEMUAN, (SYARAT, "jawaban: {}")),
            "A603",
            "Syarat atas `jawaban` tidak menyebut apa pun",
            "Syarat tanpa pembanding dipenuhi oleh isi apa saja",
            "Tulis isinya, atau pembanding: bukan, minimal, maksimal, salah_satu, sama_dengan",
        ),
        (
            changed(TEMUAN, (SYARAT, "belum: {minimal: satu}")),
            "A603",
            "`satu` bukan bilangan bulat",
            "Syarat ini membandingkan bilangan",
            "Tulis misalnya 1",
        ),
        (
            changed(TEMUAN, ("{minimal: BB}", "{minimal: BBB}")),
            "A603",
            "`BBB` bukan jawaban pada skala",
            "Syarat ini membandingkan peringkat",
            "Mungkin yang dimaksud: BB",
        ),
        (
            changed(TEMUAN, (SYARAT, "jawaban: {minimal: BB}")),
            "A603",
            "Medan `jawaban` berisi teks dan tidak dapat dibandingkan besar-kecilnya",
            "Teks hanya dapat sama atau berbeda",
            "Pakai kesamaan, `bukan`, atau `salah_satu`",
        ),
        (
            joined(("sama_dengan: s.subkomponen", "sama_dengan: s.subkomponn")),
            "A604",
            "`s.subkomponn` tidak menunjuk medan sejenis dari fakta yang disebut lebih dahulu",
            "Dua fakta hanya dapat dihubungkan lewat medan yang ada pada keduanya",
            "Tulis `sebutan.medan`; sebutan yang ada: s",
        ),
        (
            changed(TEMUAN, ("      cara:", "      kriteria: 4.c.99\n      cara:")),
            "A604",
            "Kriteria `4.c.99` tidak ada dalam rubrik",
            "Temuan dan rekomendasi menunjuk kriteria yang ada",
            "Mungkin yang dimaksud: 4.c.5, 4.c.4, 4.c.3",
        ),
        (
            changed(USULAN, ("untuk: k", "untuk: z")),
            "A604",
            "`z` bukan sebutan fakta kriteria",
            "Usulan dan rekomendasi rubrik selalu tentang satu kriteria",
            "Sebutkan fakta kriteria di `bila`",
        ),
        (
            changed(REKOMENDASI, (OWN, "      dari: t\n")),
            "A604",
            "`t` bukan sebutan fakta kriteria",
            "Usulan dan rekomendasi rubrik selalu tentang satu kriteria",
            "Sebutkan fakta kriteria di `bila`",
        ),
        (
            changed(TEMUAN, ('subjek: "{s.subkomponen}"', 'subjek: "{s.subkomponn}"')),
            "A604",
            "Isian {s.subkomponn} tidak menunjuk medan dari fakta yang disebut di `bila`",
            "Isian itu akan tercetak apa adanya dalam surat",
            "Sebutan yang ada: s; tulis {sebutan.medan}; mungkin yang dimaksud: subkomponen, komponen",
        ),
        (
            joined(('subjek: "{s.subkomponen}"', 'subjek: "{z.subkomponen}"')),
            "A604",
            "Isian {z.subkomponen} tidak menunjuk medan dari fakta yang disebut di `bila`",
            "Isian itu akan tercetak apa adanya dalam surat",
            "Sebutan yang ada: s, k; tulis {sebutan.medan}",
        ),
        (
            changed(TEMUAN, ("      cara:", '      pesan_gabung: "Beberapa: {banyakk}"\n      cara:')),
            "A604",
            "Isian {banyakk} tidak dikenal dalam `pesan_gabung`",
            "Isian itu akan tercetak apa adanya dalam surat",
            "Yang dikenal: {banyak}, {daftar}, {rincian}",
        ),
        (
            changed(REKOMENDASI, ('komponen: "4"', 'komponen: "9"')),
            "A604",
            "Komponen `9` tidak ada dalam rubrik",
            "Rekomendasi dikelompokkan per komponen",
            "Yang dikenal: 1, 2, 3, 4",
        ),
        (
            changed(REKOMENDASI, ("bukti: [lhe]", "bukti: [lhee]")),
            "A604",
            "Jenis bukti `lhee` tidak ada dalam rubrik",
            "Bukti yang diminta harus dapat didaftarkan dalam kasus",
            "Mungkin yang dimaksud: lhe",
        ),
        (
            changed(TEMUAN, ("jenis: temuan", "jenis: usulan")),
            "A605",
            "Aturan `uji-temuan` berjenis usulan, tetapi memuat bagian: temuan",
            "Jenis aturan menentukan hasilnya",
            "Tulis tepat satu bagian `usulan:`",
        ),
        (
            changed(REKOMENDASI, ('      komponen: "4"\n', "")),
            "A605",
            "Rekomendasi memuat `dari`, atau `komponen` bersama `teks`",
            "Kalimatnya berasal dari rubrik atau dari aturan, tidak keduanya",
            "Tulis salah satu",
        ),
        (
            joined(("sebut: k", "sebut: s")),
            "A606",
            "Sebutan `s` dipakai dua kali",
            "Sebutan harus menunjuk satu fakta",
            "Ganti salah satunya",
        ),
        (
            changed(
                TEMUAN,
                ("        fakta: subkomponen\n", "        fakta: subkomponen\n        tidak_ada: ya\n"),
                ('"{s.subkomponen}"\n', "total\n"),
                ('"{s.subkomponen} dijawab {s.jawaban}"', "Tidak ada jawaban"),
            ),
            "A607",
            "Aturan `uji-temuan` hanya memuat syarat `tidak_ada`",
            "Aturan harus berpijak pada paling sedikit satu fakta yang ada",
            "Tambahkan misalnya `- {sebut: x, fakta: kasus}`",
        ),
        (
            changed(REKOMENDASI, ("Agar menyajikan bukti.", "Menyajikan bukti.")),
            "A608",
            "Kalimat rekomendasi tidak diawali `Agar`",
            "Rekomendasi dalam LHE berbentuk kalimat saran",
            "Awali dengan `Agar `",
        ),
        (
            changed(USULAN, ("uji: ada", "status: terpenhui")),
            "A609",
            "`terpenhui` tidak pernah menjadi isi medan ini",
            "Syarat ini tidak akan pernah terpenuhi",
            "Mungkin yang dimaksud: terpenuhi",
        ),
    ],
)
def test_a_bad_rule_is_told_in_three_sentences(
    desk: RuleDesk, text: str, kode: str, apa: str, mengapa: str, perbaikan: str
) -> None:
    problem = desk.refused(text)
    assert (problem.kode, problem.apa, problem.mengapa, problem.perbaikan) == (kode, apa, mengapa, perbaikan)


@pytest.mark.parametrize(
    ("text", "kode"),
    [
        # What was left out as bad is not missed by what stands around it.
        (changed(TEMUAN, ("tingkat: perhatian", "tingkat: parah")), "M305"),
        (changed(TEMUAN, ("sebut: s\n", "sebut: S\n")), "M303"),
        (changed(TEMUAN, ("{minimal: BB}", "{minimal: [BB]}")), "M303"),
        (changed(REKOMENDASI, ('komponen: "4"', "komponen: [4]")), "M303"),
        (changed(REKOMENDASI, ("teks: Agar menyajikan bukti.", "teks: [Agar]")), "M303"),
        (
            changed(
                TEMUAN,
                ("      - sebut: s\n", "      - {sebut: t, fakta: bukti, tidak_ada: ya}\n      - sebut: S\n"),
            ),
            "M303",
        ),
        (joined(("fakta: subkomponen", "fakta: subkomponn")), "A601"),
        (changed(USULAN, ("fakta: kriteria", "fakta: kritria")), "A601"),
    ],
)
def test_one_mistake_is_one_problem(desk: RuleDesk, text: str, kode: str) -> None:
    assert [p.kode for p in desk.problems(text)] == [kode]


def test_every_bad_condition_of_a_fact_is_reported(desk: RuleDesk) -> None:
    text = changed(
        TEMUAN, (SYARAT, "jawabn: BB\n          pemenuhan: x\n          jawaban: F\n          belum: {minimal: x}")
    )
    assert found(desk.problems(text)) == [
        ("A602", spot(text, "jawabn: BB", "BB")),
        ("A602", spot(text, "pemenuhan: x", "x")),
        ("A609", spot(text, "jawaban: F", "F")),
        ("A603", spot(text, "{minimal: x}", "x}")),
    ]


def test_a_kind_of_evidence_that_the_rubric_does_not_have_is_never_met(desk: RuleDesk) -> None:
    text = joined(("fakta: kriteria", "fakta: bukti"), ("subkomponen: {sama_dengan: s.subkomponen}", "jenis: lhee"))
    problem = desk.refused(text)
    assert (problem.kode, problem.perbaikan) == ("A609", "Mungkin yang dimaksud: lhe")


@pytest.mark.parametrize("key", ["bukan", "minimal", "maksimal"])
def test_a_bad_constant_of_a_comparison_is_shown_at_the_constant(desk: RuleDesk, key: str) -> None:
    text = changed(TEMUAN, (SYARAT, f"peringkat: {{{key}: BBB}}"))
    assert found(desk.problems(text)) == [("A603", spot(text, "BBB"))]


def test_the_names_that_can_be_meant_are_listed(desk: RuleDesk) -> None:
    third = "      - {sebut: b, fakta: bukti, syarat: {bukti: {sama_dengan: x.bukti}}}\n    temuan:\n"
    problem = desk.refused(changed(joined(), ("    temuan:\n", third)))
    assert problem.perbaikan == "Tulis `sebutan.medan`; sebutan yang ada: s, k"
    first = desk.refused(changed(TEMUAN, (SYARAT, "subkomponen: {sama_dengan: x.subkomponen}")))
    assert first.perbaikan == "Tulis `sebutan.medan`; sebutan yang ada: belum ada"


def test_a_rule_may_name_what_a_broken_rubric_means_but_not_what_nobody_wrote(tmp_path: Path) -> None:
    desk = RuleDesk(tmp_path)
    rubric = desk.rubrics.write(
        HOME, variant("  tambah:\n    - alasan: x\n      kriteria:\n        - {id: 1.a.8, uraian: Dokumen telah ada}")
    )
    text = changed(
        TEMUAN,
        (SYARAT, "subkomponen: {salah_satu: [1.a, 1.z]}"),
        ("      cara:", "      kriteria: 1.a.8, 1.a.77\n      cara:"),
    ) + USULAN.removeprefix("aturan:\n").replace("uji: ada", "kriteria: {salah_satu: [1.a.8, 1.a.78]}")
    rules = desk.write(text)
    problems = desk.rubrics.problems(HOME)
    assert {p.kode for p in problems if p.lokasi.path == str(rubric)} == {"M302"}
    assert found(tuple(p for p in problems if p.lokasi.path == str(rules))) == [
        ("A609", spot(text, "1.z")),
        ("A604", spot(text, "1.a.8, 1.a.77")),
        ("A609", spot(text, "1.a.78")),
    ]
    assert sum("`1.a.8`" in p.apa for p in problems) == 0


@pytest.mark.parametrize(
    ("condition", "tests"),
    [
        (SYARAT, [("peringkat", ">=", 6)]),
        ("peringkat: {maksimal: D}", [("peringkat", "<=", 2)]),
        ('peringkat: {maksimal: "0"}', [("peringkat", "<=", 0)]),
        ('peringkat: {bukan: "8"}', [("peringkat", "!=", 8)]),
        ("peringkat: {salah_satu: [A, AA]}", [("peringkat", "in", (7, 8))]),
        ('belum: "3"', [("belum", "==", 3)]),
        ("belum: {minimal: -1, maksimal: 123456789}", [("belum", ">=", -1), ("belum", "<=", 123456789)]),
        ("jawaban: BB", [("jawaban", "==", "BB")]),
        ("jawaban: {bukan: belum}", [("jawaban", "!=", "belum")]),
        ("jawaban: {salah_satu: [BB, belum]}", [("jawaban", "in", ("BB", "belum"))]),
    ],
)
def test_a_condition_becomes_the_test_that_it_says(
    tmp_path: Path, condition: str, tests: list[tuple[str, str, object]]
) -> None:
    rubrics = RubricDesk(tmp_path)
    rubrics.write(HOME, variant("  ubah: []"))
    rubrics.write(HOME, changed(TEMUAN, (SYARAT, condition)), "aturan.yaml")
    rule = rubrics.load(HOME).rules[-1]
    (pattern,) = rule.patterns
    assert [(t.field, t.op, t.value) for t in pattern.tests] == tests
    assert (pattern.name, pattern.fact, pattern.joins, pattern.absent) == ("s", "subkomponen", (), False)
    assert (rule.id, rule.jenis, rule.dasar, rule.contoh) == ("uji-temuan", "temuan", "Peraturan Bupati 1/2025", None)


def test_what_is_absent_is_matched_last_and_joins_name_their_field(tmp_path: Path) -> None:
    rubrics = RubricDesk(tmp_path)
    rubrics.write(HOME, variant("  ubah: []"))
    text = joined(
        ("    bila:\n", "    bila:\n      - {sebut: b, fakta: bukti, tidak_ada: ya, syarat: {jenis: lhe}}\n"),
        ("    dasar:", "    contoh: Misalnya 1.a dijawab BB.\n    dasar:"),
    )
    rubrics.write(HOME, text, "aturan.yaml")
    rule = rubrics.load(HOME).rules[-1]
    assert [(p.name, p.fact, p.absent) for p in rule.patterns] == [
        ("s", "subkomponen", False),
        ("k", "kriteria", False),
        ("b", "bukti", True),
    ]
    (join,) = rule.patterns[1].joins
    assert (join.field, join.other, join.other_field) == ("subkomponen", "s", "subkomponen")
    assert rule.contoh == "Misalnya 1.a dijawab BB."
