"""A rule that can never do what it says is refused at its line: unknown names, impossible tests, dangling words."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_eval.problems import Problem
from tests.helpers.files import (
    UNIT,
    RubricDesk,
    assert_says,
    at,
    changed,
    found,
    rubric_text,
    shipped,
    spot,
    variant,
)

HOME = "lokal/a"

TEMUAN = """\
aturan:
  - id: uji-temuan
    jenis: temuan
    bila:
      - sebut: s
        fakta: subkomponen
        syarat:
          peringkat: {minimal: BB}
    temuan:
      kode: UJI
      tingkat: perhatian
      subjek: "{s.subkomponen}"
      pesan: "{s.subkomponen} dijawab {s.jawaban}"
      cara: Periksa jawabannya
    dasar: Peraturan Bupati 1/2025
"""

USULAN = """\
aturan:
  - id: uji-usulan
    jenis: usulan
    bila:
      - sebut: k
        fakta: kriteria
        syarat:
          uji: ada
    usulan:
      untuk: k
      status: terpenuhi
      alasan: "ada {k.bukti_cocok}"
    dasar: Peraturan Bupati 1/2025
"""

REKOMENDASI = """\
aturan:
  - id: uji-rekomendasi
    jenis: rekomendasi
    bila:
      - sebut: t
        fakta: temuan
        syarat:
          kode: UJI
    rekomendasi:
      komponen: "4"
      teks: Agar menyajikan bukti.
      kriteria: 4.c.1
      bukti: [lhe]
    dasar: Peraturan Bupati 1/2025
"""


class RuleDesk:
    """A local rubric whose own rule file is under test; those of its root are there too."""

    def __init__(self, folder: Path) -> None:
        self.rubrics = RubricDesk(folder)
        self.rubrics.write(HOME, variant("  ubah: []"))

    def write(self, text: str, file: str = "aturan.yaml") -> Path:
        return self.rubrics.write(HOME, text, file)

    def accepts(self, text: str) -> None:
        self.write(text)
        ids = [rule.id for rule in self.rubrics.load(HOME).rules]
        assert ids[: len(shipped(UNIT).rules)] == [rule.id for rule in shipped(UNIT).rules]
        assert len(ids) > len(shipped(UNIT).rules)

    def problems(self, text: str) -> tuple[Problem, ...]:
        path = self.write(text)
        problems = self.rubrics.problems(HOME)
        assert {p.lokasi.path for p in problems} == {str(path)}
        return problems

    def refused(self, text: str) -> Problem:
        """The one problem that this rule file has."""
        problems = self.problems(text)
        assert len(problems) == 1, "\n".join(map(str, problems))
        return problems[0]


@pytest.fixture
def desk(tmp_path: Path) -> RuleDesk:
    return RuleDesk(tmp_path)


@pytest.mark.parametrize("text", [TEMUAN, USULAN, REKOMENDASI], ids=["temuan", "usulan", "rekomendasi"])
def test_the_rules_changed_in_these_tests_are_good_as_they_stand(desk: RuleDesk, text: str) -> None:
    desk.accepts(text)


# ---- Facts and fields ------------------------------------------------------------------------------------------


def test_an_unknown_fact_is_refused_with_what_was_meant(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("fakta: subkomponen", "fakta: subkomponn"))
    problem = desk.problems(text)[0]
    words = "Fakta `subkomponn` tidak dikenal pada aturan temuan"
    assert_says(problem, "A601", spot(text, "subkomponn\n"), words, "Mungkin yang dimaksud: subkomponen.")


def test_an_unknown_fact_does_not_make_the_words_about_it_wrong_too(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("fakta: subkomponen", "fakta: subkomponn"))
    assert desk.refused(text).kode == "A601"


def test_a_fact_that_comes_only_later_is_refused(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("fakta: subkomponen", "fakta: temuan"))
    problem = desk.problems(text)[0]
    words = "Fakta `temuan` tidak dikenal pada aturan temuan"
    assert_says(problem, "A601", spot(text, "fakta: temuan", "temuan"), words, "kasus, kriteria, subkomponen")


def test_an_unknown_field_is_refused_with_what_was_meant(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("peringkat: {minimal: BB}", "jawabn: BB"))
    words = "Fakta `subkomponen` tidak punya medan `jawabn` yang dapat diuji pada aturan temuan"
    place = spot(text, "jawabn: BB", "BB")
    assert_says(desk.refused(text), "A602", place, words, "Mungkin yang dimaksud: jawaban")


def test_a_field_filled_only_later_is_refused(desk: RuleDesk) -> None:
    text = changed(USULAN, ("uji: ada", "usulan: tidak"))
    words = "tidak punya medan `usulan` yang dapat diuji pada aturan usulan"
    assert_says(desk.refused(text), "A602", spot(text, "usulan: tidak", "tidak"), words)


@pytest.mark.parametrize("field", ["pemenuhan", "kriteria_belum"])
def test_a_field_meant_for_messages_cannot_be_tested(desk: RuleDesk, field: str) -> None:
    text = changed(TEMUAN, ("peringkat: {minimal: BB}", f"{field}: x"))
    problem = desk.refused(text)
    assert_says(problem, "A602", spot(text, f"{field}: x", "x"), f"medan `{field}` yang dapat diuji", "Yang dikenal:")
    assert field not in problem.perbaikan


# ---- Constants -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "value", "meant"),
    [
        ("uji: ada", "kriteria: 1.a.77", "1.a.77", "1.a."),
        ("uji: ada", "subkomponen: 1.z", "1.z", "1.a"),
        ("uji: ada", 'komponen: "9"', "9", "1, 2, 3, 4"),
        ("uji: ada", "status: terpenhui", "terpenhui", "terpenuhi"),
        ("uji: ada", "status: {bukan: terpenhui}", "terpenhui", "terpenuhi"),
        ("uji: ada", "status: {salah_satu: [tidak, sebagain]}", "sebagain", "sebagian"),
        ("uji: ada", "uji: adda", "adda", "ada"),
        ("uji: ada", "dimensi: keberadan", "keberadan", "keberadaan"),
    ],
)
def test_a_constant_that_a_field_never_holds_is_refused(
    desk: RuleDesk, before: str, after: str, value: str, meant: str
) -> None:
    text = changed(USULAN, (before, after))
    problem = desk.refused(text)
    assert_says(
        problem, "A609", (spot(text, after)[0], at(problem)[1]), f"`{value}` tidak pernah menjadi isi medan ini"
    )
    assert meant in problem.perbaikan


def test_a_constant_out_of_its_domain_is_shown_at_the_constant(desk: RuleDesk) -> None:
    text = changed(USULAN, ("uji: ada", "status: terpenhui"))
    assert at(desk.refused(text)) == spot(text, "terpenhui")


def test_one_of_several_constants_is_shown_at_that_constant(desk: RuleDesk) -> None:
    text = changed(USULAN, ("uji: ada", "status: {salah_satu: [tidak, sebagain]}"))
    assert at(desk.refused(text)) == spot(text, "sebagain")


def test_an_answer_that_is_not_on_the_ladder_is_refused(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("peringkat: {minimal: BB}", "jawaban: F"))
    problem = desk.refused(text)
    words = "`F` tidak pernah menjadi isi medan ini"
    assert_says(problem, "A609", spot(text, "jawaban: F", "F"), words, "AA")


def test_a_rank_is_written_as_an_answer_of_the_ladder(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("{minimal: BB}", "{minimal: BBB}"))
    words = "`BBB` bukan jawaban pada skala"
    assert_says(desk.refused(text), "A603", spot(text, "BBB"), words, "Mungkin yang dimaksud: BB.")


@pytest.mark.parametrize("rank", ["99", "9", "-1"])
def test_a_rank_beyond_the_ladder_is_refused(desk: RuleDesk, rank: str) -> None:
    text = changed(TEMUAN, ("{minimal: BB}", f'{{minimal: "{rank}"}}'))
    problem = desk.refused(text)
    assert problem.kode in ("A603", "A609")
    assert at(problem) == spot(text, f'"{rank}"')


def test_a_number_is_compared_with_a_number(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("peringkat: {minimal: BB}", "belum: {minimal: satu}"))
    words = "`satu` bukan bilangan bulat"
    assert_says(desk.refused(text), "A603", spot(text, "satu"), words, "Tulis misalnya 1")


@pytest.mark.parametrize("key", ["minimal", "maksimal"])
def test_texts_are_not_greater_or_smaller(desk: RuleDesk, key: str) -> None:
    text = changed(TEMUAN, ("peringkat: {minimal: BB}", f"jawaban: {{{key}: BB}}"))
    words = "Medan `jawaban` berisi teks dan tidak dapat dibandingkan besar-kecilnya"
    problem = desk.refused(text)
    assert_says(problem, "A603", spot(text, f"{{{key}: BB}}", "BB"), words, "Pakai kesamaan, `bukan`")


# ---- Comparisons -----------------------------------------------------------------------------------------------


def test_an_unknown_key_in_a_comparison_is_refused_with_what_was_meant(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("{minimal: BB}", "{minmal: BB}"))
    problem = next(p for p in desk.problems(text) if p.kode == "M301")
    assert_says(problem, "M301", spot(text, "minmal"), "Kunci `minmal` tidak dikenal", "yang dimaksud: minimal")


def test_a_bad_rule_is_not_also_called_an_empty_list(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("{minimal: BB}", "{minmal: BB}"))
    assert desk.refused(text).kode == "M301"


@pytest.mark.parametrize("wanted", ["[BB]", ""])
def test_a_test_of_the_wrong_shape_is_refused_by_the_name_of_its_field(desk: RuleDesk, wanted: str) -> None:
    text = changed(TEMUAN, ("{minimal: BB}", wanted))
    problem = next(p for p in desk.problems(text) if p.lokasi.line == spot(text, "peringkat:")[0])
    assert problem.kode == "M303"
    assert "`peringkat` berisi" in problem.apa, problem.apa


@pytest.mark.parametrize("wanted", ["{}", "{salah_satu: []}"])
def test_a_test_that_says_nothing_is_refused(desk: RuleDesk, wanted: str) -> None:
    # `{}` would let everything pass, an empty list nothing.
    text = changed(TEMUAN, ("peringkat: {minimal: BB}", f"jawaban: {wanted}"))
    problem = next(p for p in desk.problems(text) if p.lokasi.line == spot(text, f"jawaban: {wanted}")[0])
    assert problem.kode[0] in "AM"


# ---- Joins and names -------------------------------------------------------------------------------------------

JOIN = """\
      - sebut: k
        fakta: kriteria
        syarat:
          subkomponen: {sama_dengan: s.subkomponen}
    temuan:
"""


def joined(*pairs: tuple[str, str]) -> str:
    return changed(changed(TEMUAN, ("    temuan:\n", JOIN)), *pairs)


def test_a_join_to_an_earlier_fact_is_good(desk: RuleDesk) -> None:
    desk.accepts(joined())


@pytest.mark.parametrize(
    "other", ["x.subkomponen", "s.subkomponn", "subkomponen", "s.pemenuhan", "s.", "S.subkomponen"]
)
def test_a_join_to_what_is_not_there_is_refused(desk: RuleDesk, other: str) -> None:
    text = joined(("sama_dengan: s.subkomponen", f"sama_dengan: {other}"))
    words = f"`{other}` tidak menunjuk medan sejenis dari fakta yang disebut lebih dahulu"
    place = spot(text, f"sama_dengan: {other}", other)
    assert_says(desk.refused(text), "A604", place, words, "sebutan yang ada: s.")


def test_a_join_of_a_number_with_a_text_is_refused(desk: RuleDesk) -> None:
    text = joined(("subkomponen: {sama_dengan: s.subkomponen}", "cocok: {sama_dengan: s.subkomponen}"))
    assert_says(
        desk.refused(text), "A604", spot(text, "s.subkomponen}\n    temuan", "s"), "tidak menunjuk medan sejenis"
    )


def test_a_join_to_a_fact_that_is_named_later_is_refused(desk: RuleDesk) -> None:
    text = joined(
        ("peringkat: {minimal: BB}", "subkomponen: {sama_dengan: k.subkomponen}"),
        ("subkomponen: {sama_dengan: s.subkomponen}", "status: tidak"),
    )
    words = "`k.subkomponen` tidak menunjuk medan sejenis"
    assert_says(desk.refused(text), "A604", spot(text, "k.subkomponen}", "k"), words, "belum ada")


def test_a_name_is_given_to_one_fact_only(desk: RuleDesk) -> None:
    text = joined(("sebut: k", "sebut: s"))
    place = spot(text, "sebut: s\n        fakta: kriteria", "s\n")
    assert_says(desk.refused(text), "A606", place, "Sebutan `s` dipakai dua kali", "Ganti salah satunya")


def test_two_absent_facts_have_two_names(desk: RuleDesk) -> None:
    again = "      - {sebut: k, fakta: kriteria, tidak_ada: ya, syarat: {status: sebagian}}\n    temuan:\n"
    text = joined(("        fakta: kriteria\n", "        fakta: kriteria\n        tidak_ada: ya\n"))
    text = changed(text, ("    temuan:\n", again))
    assert_says(desk.refused(text), "A606", spot(text, again, "k,"), "Sebutan `k` dipakai dua kali")


def test_an_absent_fact_does_not_share_its_name_with_one_that_is_there(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("    bila:\n", "    bila:\n      - {sebut: s, fakta: kriteria, tidak_ada: ya}\n"))
    place = spot(text, "sebut: s\n        fakta: subkomponen", "s\n")
    assert_says(desk.refused(text), "A606", place, "Sebutan `s` dipakai dua kali")


def test_a_rule_needs_something_that_is_there(desk: RuleDesk) -> None:
    text = changed(
        TEMUAN,
        ("        fakta: subkomponen\n", "        fakta: subkomponen\n        tidak_ada: ya\n"),
        ('"{s.subkomponen}"\n', "total\n"),
        ('"{s.subkomponen} dijawab {s.jawaban}"', "Tidak ada jawaban"),
    )
    problem = desk.refused(text)
    words = "Aturan `uji-temuan` hanya memuat syarat `tidak_ada`"
    assert_says(problem, "A607", spot(text, "- sebut: s"), words, "fakta: kasus")


# ---- Outcomes --------------------------------------------------------------------------------------------------


def test_a_rule_has_the_outcome_of_its_kind(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("jenis: temuan", "jenis: usulan"))
    words = "Aturan `uji-temuan` berjenis usulan, tetapi memuat bagian: temuan"
    assert_says(desk.refused(text), "A605", spot(text, "jenis: usulan", "usulan"), words, "`usulan:`")


def test_a_rule_without_an_outcome_is_refused(desk: RuleDesk) -> None:
    start, end = TEMUAN.index("    temuan:\n"), TEMUAN.index("    dasar:")
    text = TEMUAN[:start] + TEMUAN[end:]
    words = "berjenis temuan, tetapi memuat bagian: tidak ada"
    assert_says(desk.refused(text), "A605", spot(text, "jenis: temuan", "temuan"), words)


def test_a_rule_has_one_outcome_only(desk: RuleDesk) -> None:
    extra = "    usulan: {untuk: s, status: tidak, alasan: x}\n    dasar:"
    text = changed(TEMUAN, ("    dasar:", extra))
    words = "memuat bagian: usulan, temuan"
    assert_says(desk.refused(text), "A605", spot(text, "jenis: temuan", "temuan"), words)


@pytest.mark.parametrize("about", ["z", "s"])
def test_a_proposal_is_about_a_criterion(desk: RuleDesk, about: str) -> None:
    text = changed(USULAN, ("untuk: k", f"untuk: {about}"))
    words = f"`{about}` bukan sebutan fakta kriteria"
    assert_says(desk.refused(text), "A604", spot(text, f"untuk: {about}", about), words, "Sebutkan fakta kriteria")


def test_a_proposal_of_an_unknown_status_is_refused(desk: RuleDesk) -> None:
    text = changed(USULAN, ("status: terpenuhi", "status: tidak_berlaku"))
    problem = next(p for p in desk.problems(text) if p.kode == "M305")
    assert_says(problem, "M305", spot(text, "tidak_berlaku"), "terpenuhi, sebagian, tidak")


@pytest.mark.parametrize("name", ["{s.subkomponn}", "{z.subkomponen}"])
def test_a_placeholder_that_names_nothing_is_refused(desk: RuleDesk, name: str) -> None:
    text = changed(TEMUAN, ('subjek: "{s.subkomponen}"', f'subjek: "{name}"'))
    words = f"Isian {name} tidak menunjuk medan dari fakta yang disebut di `bila`"
    assert_says(desk.refused(text), "A604", spot(text, f'"{name}"'), words, "Sebutan yang ada: s")


@pytest.mark.parametrize(
    "name", ["{s}", "{S.subkomponen}", "{s.Jawaban}", "{ s.jawaban }", "{daftar}", "{banyak}", "{s.jawaban.x}"]
)
def test_braces_that_would_be_printed_as_they_are_are_refused(desk: RuleDesk, name: str) -> None:
    text = changed(TEMUAN, ('"{s.subkomponen} dijawab {s.jawaban}"', f'"dijawab {name}"'))
    problem = desk.refused(text)
    assert problem.kode == "A604"
    assert at(problem) == spot(text, f'"dijawab {name}"')


@pytest.mark.parametrize("name", ["{banyakk}", "{s.subkomponen}", "{Daftar}"])
def test_a_joined_message_knows_only_its_three_names(desk: RuleDesk, name: str) -> None:
    # What stands in `pesan_gabung` beside {banyak}, {daftar} and {rincian} is printed as it is.
    text = changed(TEMUAN, ("      cara:", f'      pesan_gabung: "Beberapa: {name}"\n      cara:'))
    problem = desk.refused(text)
    assert problem.kode == "A604"
    assert at(problem) == spot(text, f'"Beberapa: {name}"')


def test_a_joined_message_with_its_three_names_is_good(desk: RuleDesk) -> None:
    desk.accepts(changed(TEMUAN, ("      cara:", '      pesan_gabung: "{banyak}: {daftar}; {rincian}"\n      cara:')))


def test_a_placeholder_of_an_absent_fact_is_refused(desk: RuleDesk) -> None:
    text = joined(
        ("        fakta: kriteria\n", "        fakta: kriteria\n        tidak_ada: ya\n"),
        ('subjek: "{s.subkomponen}"', 'subjek: "{k.kriteria}"'),
    )
    words = "Isian {k.kriteria} tidak menunjuk medan"
    assert_says(desk.refused(text), "A604", spot(text, '"{k.kriteria}"'), words, "Sebutan yang ada: s")


def test_a_finding_names_criteria_that_exist(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("      cara:", "      kriteria: 4.c.1, 4.c.99\n      cara:"))
    words = "Kriteria `4.c.99` tidak ada dalam rubrik"
    assert_says(desk.refused(text), "A604", spot(text, "4.c.1, 4.c.99"), words, "Mungkin yang dimaksud: 4.c.")


@pytest.mark.parametrize(
    ("before", "after"), [("tingkat: perhatian", "tingkat: parah"), ("kode: UJI", "kode: uji 1")]
)
def test_a_finding_has_a_known_severity_and_a_code(desk: RuleDesk, before: str, after: str) -> None:
    text = changed(TEMUAN, (before, after))
    value = after.partition(": ")[2]
    problem = next(p for p in desk.problems(text) if f"`{value}`" in p.apa)
    assert problem.kode in ("M303", "M305")
    assert at(problem) == spot(text, after, value)


# ---- Recommendations -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sentence", ["Menyajikan bukti.", "agar menyajikan bukti.", "Agarmenyajikan bukti."])
def test_a_recommendation_begins_with_agar(desk: RuleDesk, sentence: str) -> None:
    text = changed(REKOMENDASI, ("Agar menyajikan bukti.", sentence))
    words = "Kalimat rekomendasi tidak diawali `Agar`"
    assert_says(desk.refused(text), "A608", spot(text, f"teks: {sentence}", sentence), words, "Awali dengan `Agar `")


def test_a_recommendation_names_only_what_the_rubric_has(desk: RuleDesk) -> None:
    text = changed(
        REKOMENDASI,
        ('komponen: "4"', 'komponen: "9"'),
        ("kriteria: 4.c.1", "kriteria: 4.c.99"),
        ("bukti: [lhe]", "bukti: [lhee]"),
    )
    komponen, kriteria, bukti = desk.problems(text)
    assert_says(komponen, "A604", spot(text, '"9"'), "Komponen `9` tidak ada dalam rubrik", "1, 2, 3, 4")
    assert_says(kriteria, "A604", spot(text, "4.c.99"), "Kriteria `4.c.99` tidak ada dalam rubrik")
    assert bukti.kode == "A604"
    assert bukti.lokasi.line == spot(text, "lhee")[0]
    assert "Jenis bukti `lhee` tidak ada dalam rubrik" in bukti.apa


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("      teks: Agar menyajikan bukti.\n", ""),
        ('      komponen: "4"\n', ""),
        ('      komponen: "4"\n      teks: Agar menyajikan bukti.\n', ""),
    ],
    ids=["no sentence", "no component", "neither"],
)
def test_a_recommendation_has_a_sentence_and_a_component_or_a_criterion(
    desk: RuleDesk, before: str, after: str
) -> None:
    text = changed(REKOMENDASI, (before, after))
    problem = desk.refused(text)
    words = "Rekomendasi memuat `dari`, atau `komponen` bersama `teks`"
    first = next(key for key in ("      komponen", "      teks", "      kriteria") if key in text)
    assert_says(problem, "A605", spot(text, first, first.strip()), words)


def test_a_recommendation_of_the_rubric_is_about_a_criterion(desk: RuleDesk) -> None:
    text = changed(REKOMENDASI, ('      komponen: "4"\n      teks: Agar menyajikan bukti.\n', "      dari: t\n"))
    assert_says(desk.refused(text), "A604", spot(text, "dari: t", "t"), "`t` bukan sebutan fakta kriteria")


# ---- Files -----------------------------------------------------------------------------------------------------


def test_a_rule_id_used_twice_in_a_file_is_shown_where_it_is_used_again(desk: RuleDesk) -> None:
    again = TEMUAN.removeprefix("aturan:\n").replace("kode: UJI", "kode: LAIN")
    text = TEMUAN + again
    line = TEMUAN.count("\n") + 1
    problem = desk.refused(text)
    assert_says(problem, "A606", (line, 9), "Id aturan `uji-temuan` dipakai lebih dari sekali", "Beri nama lain")


def test_a_rule_id_of_the_root_cannot_be_used_again(desk: RuleDesk) -> None:
    text = changed(TEMUAN, ("id: uji-temuan", "id: jawaban-tanpa-bukti"))
    words = "Id aturan `jawaban-tanpa-bukti` dipakai lebih dari sekali"
    assert_says(desk.refused(text), "A606", spot(text, "jawaban-tanpa-bukti"), words)


def test_a_rule_id_used_in_two_files_is_shown_in_the_later_one(desk: RuleDesk) -> None:
    desk.write(TEMUAN, "aturan-a.yaml")
    later = desk.write(TEMUAN, "aturan-b.yaml")
    problem = desk.rubrics.problems(HOME)[0]
    assert problem.lokasi.path == str(later)
    assert_says(problem, "A606", spot(TEMUAN, "uji-temuan"), "Id aturan `uji-temuan` dipakai lebih dari sekali")


@pytest.mark.parametrize(
    ("before", "after", "kode", "where"),
    [
        ("    dasar: Peraturan Bupati 1/2025\n", "", "M302", "id: uji-temuan"),
        ("      cara: Periksa jawabannya\n", "", "M302", "temuan:\n      kode"),
        ("    dasar:", "    contohh: x\n    dasar:", "M301", "contohh"),
        ("      tingkat: perhatian\n", "      tingkat: perhatian\n      warna: merah\n", "M301", "warna"),
        ("jenis: temuan", "jenis: saran", "M305", "saran"),
        ("id: uji-temuan", "id: Uji Temuan", "M303", "Uji Temuan"),
        ("sebut: s\n", "sebut: S\n", "M303", "S\n"),
        ("{minimal: BB}", "{minimal: [BB]}", "M303", "[BB]"),
    ],
)
def test_a_rule_of_the_wrong_shape_is_refused_at_its_place(
    desk: RuleDesk, before: str, after: str, kode: str, where: str
) -> None:
    text = changed(TEMUAN, (before, after))
    assert (kode, spot(text, where)) in found(desk.problems(text))


def test_a_rule_without_conditions_is_refused(desk: RuleDesk) -> None:
    start, end = TEMUAN.index("    bila:\n"), TEMUAN.index("    temuan:\n")
    text = TEMUAN[:start] + "    bila: []\n" + TEMUAN[end:]
    assert ("M303", spot(text, "bila: []", "[]")) in found(desk.problems(text))


def test_an_empty_rule_file_is_refused(desk: RuleDesk) -> None:
    assert_says(desk.refused(""), "B105", (0, 0), "Berkas kosong")


def test_a_broken_rule_file_hides_neither_the_rubrics_mistakes_nor_those_of_other_files(desk: RuleDesk) -> None:
    broken = desk.write("aturan:\n\t- x\n", "aturan-a.yaml")
    text = changed(TEMUAN, ("{minimal: BB}", "{minimal: BBB}"))
    other = desk.write(text, "aturan-b.yaml")
    rubric_now = variant("  hapus:\n    - {id: 1.a.9, alasan: x}")
    rubric = desk.rubrics.write(HOME, rubric_now)
    assert {(p.lokasi.path, p.kode, at(p)) for p in desk.rubrics.problems(HOME)} == {
        (str(broken), "Y201", (2, 1)),
        (str(other), "A603", spot(text, "BBB")),
        (str(rubric), "R403", spot(rubric_now, "1.a.9")),
    }


def test_all_mistakes_of_a_rule_file_are_reported_at_once(desk: RuleDesk) -> None:
    text = TEMUAN + USULAN.removeprefix("aturan:\n") + REKOMENDASI.removeprefix("aturan:\n")
    text = changed(
        text,
        ("{minimal: BB}", "{minimal: BBB}"),
        ('subjek: "{s.subkomponen}"', 'subjek: "{s.subkomponn}"'),
        ("untuk: k", "untuk: z"),
        ("uji: ada", "uji: adda"),
        ("Agar menyajikan bukti.", "Menyajikan bukti."),
    )
    assert found(desk.problems(text)) == [
        ("A603", spot(text, "BBB")),
        ("A604", spot(text, '"{s.subkomponn}"')),
        ("A609", spot(text, "adda")),
        ("A604", spot(text, "untuk: z", "z")),
        ("A608", spot(text, "Menyajikan bukti.")),
    ]


def test_a_mistake_in_the_rules_of_the_root_is_shown_in_the_roots_file(desk: RuleDesk) -> None:
    text = rubric_text(UNIT, "aturan-usulan.yaml").replace('          cocok: "0"', "          cocok: nol", 1)
    desk.rubrics.write(UNIT, rubric_text(UNIT))
    path = desk.rubrics.write(UNIT, text, "aturan-usulan.yaml")
    problem = desk.rubrics.problems(HOME)[0]
    assert problem.lokasi.path == str(path)
    assert_says(problem, "A603", spot(text, "cocok: nol", "nol"), "`nol` bukan bilangan bulat")
