"""A rubric file that does not hold together is refused at its line: weights, ladder, bands, ids, `extends`."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from sakip_eval import load_case, load_rubric
from sakip_eval.problems import Problem
from tests.helpers.files import (
    INSTANSI,
    LAMA,
    TANAH_LAUT,
    UNIT,
    RubricDesk,
    assert_says,
    at,
    changed,
    changed_case,
    found,
    only,
    problems_of,
    rubric_text,
    spot,
    variant,
)


@pytest.fixture
def desk(tmp_path: Path) -> RubricDesk:
    return RubricDesk(tmp_path)


def old(*pairs: tuple[str, str]) -> str:
    """The small rubric of 2015 with some places changed."""
    return changed(rubric_text(LAMA), *pairs)


def unit(*pairs: tuple[str, str]) -> str:
    """The rubric of 2021 for units with some places changed."""
    return changed(rubric_text(UNIT), *pairs)


# Places in these files that are unique by what stands around them.
SUB_4A = '      - id: "4.a"\n        nama: Pemenuhan\n        dimensi: pemenuhan\n        bobot: 2\n'
SUB_4B = '      - id: "4.b"\n        nama: Kualitas\n        dimensi: kualitas\n        bobot: 5\n'
SUB_4C = (
    '      - id: "4.c"\n        nama: Implementasi/Pemanfaatan\n        dimensi: implementasi\n        bobot: 3\n'
)
KOMPONEN_5 = '  - id: "5"\n    nama: Pencapaian Sasaran/Kinerja\n    bobot: 20\n'
BAND_BB = "  - predikat: BB\n    lebih_dari: 70\n    sampai: 80\n"
FIRST = (
    '          - id: "1.a.1"\n            no_cetak: "1"\n'
    "            uraian: Terdapat pedoman teknis perencanaan kinerja.\n"
    "            bukti: [pedoman_perencanaan]\n            uji: ada\n            upaya: 1\n"
    "            topik: dokumen-perencanaan\n"
)


# ---- Weights ---------------------------------------------------------------------------------------------------


def test_component_weights_must_add_up_to_100(desk: RubricDesk) -> None:
    text = old((KOMPONEN_5, KOMPONEN_5.replace("20", "21")))
    problem = desk.refused(LAMA, text)
    assert_says(problem, "R405", spot(text, "\nkomponen:\n", "komponen"), "Jumlah bobot komponen 101, bukan 100")


def test_parts_must_add_up_to_their_component(desk: RubricDesk) -> None:
    text = old(("bobot: 12.5\n", "bobot: 12\n"))
    words = "Jumlah bobot subkomponen 2 adalah 24.5, bobot komponennya 25"
    assert_says(desk.refused(LAMA, text), "R405", spot(text, '- id: "2"\n', '"2"'), words, "2.a, 2.b, 2.c")


def test_a_sum_that_is_no_decimal_is_printed_as_a_fraction(desk: RubricDesk) -> None:
    text = old((SUB_4A, SUB_4A.replace("bobot: 2", "bobot: 10/3")))
    words = "Jumlah bobot subkomponen 4 adalah 34/3, bobot komponennya 10"
    assert_says(desk.refused(LAMA, text), "R405", spot(text, '- id: "4"\n', '"4"'), words)


def thirds(a: str, b: str, c: str) -> str:
    return old(
        (SUB_4A, SUB_4A.replace("bobot: 2", f"bobot: {a}")),
        (SUB_4B, SUB_4B.replace("bobot: 5", f"bobot: {b}")),
        (SUB_4C, SUB_4C.replace("bobot: 3", f"bobot: {c}")),
    )


def test_three_thirds_are_a_whole(desk: RubricDesk) -> None:
    desk.write(LAMA, thirds("10/3", "10/3", "10/3"))
    parts = desk.load(LAMA).komponen_by_id["4"].subkomponen
    assert [part.bobot for part in parts] == [Fraction(10, 3)] * 3
    assert sum(part.bobot for part in parts) == 10


def test_three_times_a_third_of_one_is_one(desk: RubricDesk) -> None:
    text = changed(
        thirds("1/3", "1/3", "1/3"),
        ("nama: Evaluasi Internal\n    bobot: 10\n", "nama: Evaluasi Internal\n    bobot: 1\n"),
        (KOMPONEN_5, KOMPONEN_5.replace("20", "29")),
    )
    desk.write(LAMA, text)
    assert desk.load(LAMA).komponen_by_id["4"].bobot == 1


def test_three_rounded_thirds_are_not_a_whole(desk: RubricDesk) -> None:
    text = thirds("3.33", "3.33", "3.33")
    problem = desk.refused(LAMA, text)
    assert_says(problem, "R405", spot(text, '- id: "4"\n', '"4"'), "subkomponen 4 adalah 9.99, bobot komponennya 10")


def test_a_negative_weight_is_refused_also_where_the_sum_is_right(desk: RubricDesk) -> None:
    text = thirds("-2", "9", "3")
    problem = desk.refused(LAMA, text)
    assert_says(problem, "R405", spot(text, '- id: "4.a"', '"4.a"'), "Bobot 4.a tidak lebih dari nol")


def test_a_weight_of_zero_is_refused(desk: RubricDesk) -> None:
    text = thirds("0", "7", "3")
    problem = desk.refused(LAMA, text)
    assert_says(problem, "R405", spot(text, '- id: "4.a"', '"4.a"'), "Bobot 4.a tidak lebih dari nol")


@pytest.mark.parametrize("weight", ["12,5", "10/0", "2e0", "dua", ".nan", "1/3/3", "50%"])
def test_a_weight_that_is_no_exact_number_is_refused_at_its_place(desk: RubricDesk, weight: str) -> None:
    text = old(("bobot: 12.5\n", f"bobot: {weight}\n"))
    desk.write(LAMA, text)
    problem = next(p for p in desk.problems(LAMA) if p.kode == "M304")
    assert_says(problem, "M304", spot(text, f"bobot: {weight}\n", weight), f"`bobot` berisi `{weight}`, bukan angka")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("bobot: 12.5\n", "bobot: 12,5\n"),
        (SUB_4A, SUB_4A.replace("dimensi: pemenuhan", "dimensi: pemenuhn")),
        (KOMPONEN_5 + "    dasar: PermenPANRB 12/2015, bobot komponen\n", KOMPONEN_5),
    ],
    ids=["weight", "dimension", "article"],
)
def test_a_mistake_in_one_part_is_not_also_called_a_wrong_sum(desk: RubricDesk, before: str, after: str) -> None:
    assert desk.refused(LAMA, old((before, after))).kode.startswith("M3")


# ---- Bands of predikat -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("    lebih_dari: 71\n    sampai: 80\n", "ada celah di 71"),
        ("    lebih_dari: 69\n    sampai: 80\n", "ada tumpang tindih di 69"),
        ("    dari: 70\n    sampai: 80\n", "ada tumpang tindih di 70"),
        ("    lebih_dari: 70\n    kurang_dari: 80\n", "ada celah di 80"),
        ("    lebih_dari: 70\n    sampai: 79.99\n", "ada celah di 80"),
        ("    lebih_dari: 70\n    sampai: 80.01\n", "ada tumpang tindih di 80"),
        ("    sampai: 80\n", "setiap pita perlu satu batas bawah dan satu batas atas"),
        ("    lebih_dari: 70\n", "setiap pita perlu satu batas bawah dan satu batas atas"),
        ("    lebih_dari: 70\n    dari: 70\n    sampai: 80\n", "setiap pita perlu satu batas bawah"),
    ],
)
def test_predikat_bands_must_tile_0_to_100(desk: RubricDesk, new: str, words: str) -> None:
    text = old((BAND_BB, "  - predikat: BB\n" + new))
    assert_says(desk.refused(LAMA, text), "R409", spot(text, "\npredikat:\n", "predikat"), "Pita predikat", words)


def test_predikat_bands_must_reach_100(desk: RubricDesk) -> None:
    text = old(("    lebih_dari: 90\n    sampai: 100\n", "    lebih_dari: 90\n    sampai: 99\n"))
    assert_says(desk.refused(LAMA, text), "R409", spot(text, "\npredikat:\n", "predikat"), "ada celah di 100")


def test_predikat_bands_must_reach_0(desk: RubricDesk) -> None:
    text = old(("    lebih_dari: 0\n    sampai: 30\n", "    lebih_dari: 1\n    sampai: 30\n"))
    words = "Pita predikat berakhir di 1, tidak sampai 0"
    assert_says(desk.refused(LAMA, text), "R409", spot(text, "\npredikat:\n", "predikat"), words, "pita terbawah")


def test_a_predikat_that_names_two_bands_is_refused(desk: RubricDesk) -> None:
    text = old(("  - predikat: CC\n", "  - predikat: C\n"))
    problem = desk.refused(LAMA, text)
    assert problem.kode == "R409", str(problem)
    assert "`C`" in problem.apa


# ---- Ladder, statuses, mode ------------------------------------------------------------------------------------

CC = "  - jawaban: CC\n    poin: 60\n    pemenuhan: {lebih_dari: 50, sampai: 75}\n"


def skala(text: str) -> tuple[int, int]:
    return spot(text, "\nskala:\n", "skala")


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ("{lebih_dari: 50, sampai: 70}", "ada celah di 75"),
        ("{lebih_dari: 50, sampai: 76}", "ada tumpang tindih di 75"),
        ("{lebih_dari: 55, sampai: 75}", "ada celah di 55"),
        ("{dari: 50, sampai: 75}", "ada tumpang tindih di 50"),
        ("{lebih_dari: 50}", "setiap pita perlu satu batas bawah dan satu batas atas"),
    ],
)
def test_ladder_bands_must_tile_0_to_100(desk: RubricDesk, band: str, words: str) -> None:
    text = unit((CC, CC.replace("{lebih_dari: 50, sampai: 75}", band)))
    assert_says(desk.refused(UNIT, text), "R408", skala(text), "Pita pemenuhan skala", words)


def test_a_ladder_whose_lowest_step_leaves_out_zero_is_refused(desk: RubricDesk) -> None:
    text = unit(("{dari: 0, sampai: 0}", "{lebih_dari: 0, sampai: 0}"))
    assert_says(desk.refused(UNIT, text), "R408", skala(text), "Pita pemenuhan skala berakhir di 0, tidak sampai 0")


@pytest.mark.parametrize("points", ["85", "80", "101", "-1"])
def test_points_of_the_ladder_must_fall_from_100_to_0(desk: RubricDesk, points: str) -> None:
    text = unit((CC, CC.replace("poin: 60", f"poin: {points}")))
    assert_says(desk.refused(UNIT, text), "R408", skala(text), "Poin skala tidak menurun", "jawaban terbaik")


def test_an_answer_stands_on_the_ladder_once(desk: RubricDesk) -> None:
    text = unit((CC, CC.replace("jawaban: CC", "jawaban: B")))
    assert_says(desk.refused(UNIT, text), "R408", skala(text), "jawaban yang ditulis dua kali pada skala")


def test_the_answer_beyond_which_evidence_is_needed_must_be_on_the_ladder(desk: RubricDesk) -> None:
    text = unit(("  sesudah: BB\n", "  sesudah: BBB\n"))
    words = "`melampaui` menyebut jawaban `BBB` yang tidak ada pada skala"
    place = spot(text, "\nmelampaui:\n", "melampaui")
    assert_says(desk.refused(UNIT, text), "R407", place, words, "Mungkin yang dimaksud: BB.")


def test_a_missing_status_is_named(desk: RubricDesk) -> None:
    text = unit(("  sebagian: {nilai: 0.5}\n", ""))
    place = spot(text, "\nstatus:\n", "status")
    assert_says(
        desk.refused(UNIT, text), "R410", place, "Status `sebagian` belum diberi arti", "Tambahkan `sebagian`"
    )


@pytest.mark.parametrize("meaning", ["{nilai: 1.5}", "{nilai: -0.1}", "{}", "{nilai: 0.5, dihitung: tidak}"])
def test_a_status_is_worth_0_to_1_or_is_left_out(desk: RubricDesk, meaning: str) -> None:
    text = unit(("  sebagian: {nilai: 0.5}\n", f"  sebagian: {meaning}\n"))
    words = "Status `sebagian` memerlukan nilai 0 sampai 1, atau `dihitung: tidak`"
    assert_says(desk.refused(UNIT, text), "R410", spot(text, "\nstatus:\n", "status"), words)


def test_a_misspelt_status_is_shown_at_its_name(desk: RubricDesk) -> None:
    text = unit(("  sebagian: {nilai: 0.5}\n", "  sebagain: {nilai: 0.5}\n"))
    desk.write(UNIT, text)
    problem = next(p for p in desk.problems(UNIT) if "sebagain" in p.apa)
    assert_says(problem, "M305", spot(text, "sebagain"), "terpenuhi, sebagian, tidak, tidak_berlaku")
    assert "`sebagain` berisi `sebagain`" not in problem.apa


@pytest.mark.parametrize(
    ("pada", "dengan", "words"),
    [
        ("subkomponen", "status", "Penilaian pada subkomponen tidak dapat dilakukan dengan status"),
        ("subkomponen", "nilai", "Penilaian pada subkomponen tidak dapat dilakukan dengan nilai"),
        ("kriteria", "nilai", "Penilaian pada kriteria tidak dapat dilakukan dengan nilai"),
        ("komponen", "jawaban", "Penilaian pada komponen tidak dapat dilakukan dengan jawaban"),
        ("komponen", "status", "Penilaian pada komponen tidak dapat dilakukan dengan status"),
    ],
)
def test_where_and_with_what_must_go_together(desk: RubricDesk, pada: str, dengan: str, words: str) -> None:
    text = unit(("  pada: subkomponen #", f"  pada: {pada} #"), ("  dengan: jawaban\n", f"  dengan: {dengan}\n"))
    problem = desk.refused(UNIT, text)
    assert_says(problem, "R410", spot(text, "\npenilaian:\n", "penilaian"), words, "tidak terdefinisi")


def test_a_rubric_of_answers_needs_ladder_statuses_and_criteria(desk: RubricDesk) -> None:
    text = old(("  pada: komponen\n", "  pada: subkomponen\n"), ("  dengan: nilai\n", "  dengan: jawaban\n"))
    desk.write(LAMA, text)
    problems = desk.problems(LAMA)
    assert {p.kode for p in problems} == {"R410"}
    said = "\n".join(p.apa for p in problems)
    assert "Rubrik tidak punya `skala`" in said
    for name in ("terpenuhi", "sebagian", "tidak", "tidak_berlaku"):
        assert f"Status `{name}` belum diberi arti" in said
    for number in "12345":
        assert f"Komponen {number} punya bagian tanpa kriteria" in said


# ---- Ids and references ----------------------------------------------------------------------------------------


def test_a_komponen_id_used_twice_is_shown_where_it_is_used_again(desk: RubricDesk) -> None:
    text = old(('  - id: "5"\n', '  - id: "4"\n'))
    words = "Id `4` dipakai lebih dari sekali"
    assert_says(desk.refused(LAMA, text), "R406", spot(text, KOMPONEN_5.replace('"5"', '"4"'), '"4"'), words)


def test_a_subkomponen_id_used_twice_is_shown_where_it_is_used_again(desk: RubricDesk) -> None:
    again = '      - id: "4.a"\n        nama: Kualitas\n'
    text = old(('      - id: "4.b"\n', '      - id: "4.a"\n'))
    assert_says(desk.refused(LAMA, text), "R406", spot(text, again, '"4.a"'), "Id `4.a` dipakai lebih dari sekali")


def test_a_kriteria_id_used_twice_is_shown_where_it_is_used_again(desk: RubricDesk) -> None:
    again = '          - id: "1.a.1"\n            no_cetak: "2"\n'
    text = unit(('          - id: "1.a.2"\n', '          - id: "1.a.1"\n'))
    assert_says(
        desk.refused(UNIT, text), "R406", spot(text, again, '"1.a.1"'), "Id `1.a.1` dipakai lebih dari sekali"
    )


def test_a_subkomponen_under_the_wrong_komponen_is_refused(desk: RubricDesk) -> None:
    text = old(('      - id: "4.c"\n', '      - id: "3.d"\n'))
    words = "Id `3.d` berada di bawah `4`"
    assert_says(desk.refused(LAMA, text), "R406", spot(text, '"3.d"'), words, "Awali dengan `4.`")


def test_a_kriteria_under_the_wrong_subkomponen_is_refused(desk: RubricDesk) -> None:
    text = unit(('          - id: "1.a.2"\n', '          - id: "1.b.12"\n'))
    words = "Id `1.b.12` berada di bawah `1.a`"
    assert_says(desk.refused(UNIT, text), "R406", spot(text, '"1.b.12"'), words, "Awali dengan `1.a.`")


def test_an_unknown_kind_of_evidence_is_refused_with_what_was_meant(desk: RubricDesk) -> None:
    text = unit((FIRST, FIRST.replace("[pedoman_perencanaan]", "[pedoman_perencanan]")))
    words = "Kriteria 1.a.1 menyebut jenis bukti `pedoman_perencanan` yang tidak ada di `jenis_bukti`"
    place = spot(text, '- id: "1.a.1"', '"1.a.1"')
    assert_says(desk.refused(UNIT, text), "R407", place, words, "Mungkin yang dimaksud: pedoman_perencanaan")


def test_an_unknown_topic_is_refused_with_what_was_meant(desk: RubricDesk) -> None:
    text = unit((FIRST, FIRST.replace("topik: dokumen-perencanaan", "topik: dokumen-perencanan")))
    words = "Kriteria 1.a.1 menyebut topik `dokumen-perencanan` yang tidak ada di `topik`"
    place = spot(text, '- id: "1.a.1"', '"1.a.1"')
    assert_says(desk.refused(UNIT, text), "R407", place, words, "Mungkin yang dimaksud: dokumen-perencanaan")


def test_a_topic_of_another_component_is_refused(desk: RubricDesk) -> None:
    text = unit((FIRST, FIRST.replace("topik: dokumen-perencanaan", "topik: data-kinerja")))
    words = "Topik `data-kinerja` milik komponen 2, kriteria 1.a.1 ada di 1"
    place = spot(text, '- id: "1.a.1"', '"1.a.1"')
    assert_says(desk.refused(UNIT, text), "R407", place, words, "Pilih topik milik komponen 1")


def test_a_topic_of_no_component_is_refused(desk: RubricDesk) -> None:
    text = unit(('  tindak-lanjut:\n    komponen: "4"\n', '  tindak-lanjut:\n    komponen: "7"\n'))
    desk.write(UNIT, text)
    words = "Topik `tindak-lanjut` menyebut komponen `7` yang tidak ada"
    place = spot(text, "  tindak-lanjut:\n    komponen", "tindak-lanjut")
    assert_says(desk.problems(UNIT)[0], "R407", place, words, "Yang dikenal: 1, 2, 3, 4.")


def test_the_id_of_a_rubric_must_be_the_folder_it_is_found_under(desk: RubricDesk) -> None:
    text = old(("  id: permenpanrb-12-2015/unit\n", "  id: permenpanrb-12-2016/unit\n"))
    problem = desk.refused(LAMA, text)
    assert problem.kode.startswith("R4"), str(problem)
    assert at(problem) == spot(text, "permenpanrb-12-2016/unit")


def test_a_rubric_that_ends_before_it_begins_is_refused(desk: RubricDesk) -> None:
    text = old(("  berlaku_sampai: 2021-12-30\n", "  berlaku_sampai: 2014-12-30\n"))
    problem = desk.refused(LAMA, text)
    assert problem.kode.startswith("R4"), str(problem)
    assert at(problem) == spot(text, "2014-12-30")


def test_rules_of_a_rubric_that_does_not_exist_are_refused_at_its_name(desk: RubricDesk) -> None:
    text = changed(
        old((KOMPONEN_5, KOMPONEN_5.replace("20", "21"))),
        ('  versi: "1"\n', '  versi: "1"\n  aturan_dari: [permenpanrb-88-2021/unt]\n'),
    )
    path = desk.write(LAMA, text)
    problems = desk.problems(LAMA)
    assert found(problems) == [
        ("R401", spot(text, "permenpanrb-88-2021/unt")),
        ("R405", spot(text, "\nkomponen:\n", "komponen")),
    ]
    assert {p.lokasi.path for p in problems} == {str(path)}


# ---- Shapes ----------------------------------------------------------------------------------------------------


def test_a_figure_without_its_article_is_refused(desk: RubricDesk) -> None:
    text = old((KOMPONEN_5 + "    dasar: PermenPANRB 12/2015, bobot komponen\n", KOMPONEN_5))
    desk.write(LAMA, text)
    problem = next(p for p in desk.problems(LAMA) if p.kode == "M302")
    assert_says(problem, "M302", spot(text, KOMPONEN_5, "id"), "Kunci `dasar` belum ada", "dasar: ...")


def test_an_unknown_key_is_refused_with_what_was_meant(desk: RubricDesk) -> None:
    text = unit(("\ndasar_status:", "\ndasar_statu:"))
    problem = desk.refused(UNIT, text)
    assert_says(problem, "M301", spot(text, "dasar_statu"), "`dasar_statu` tidak dikenal", "dimaksud: dasar_status")


def test_a_duplicate_key_is_refused(desk: RubricDesk) -> None:
    text = old(("  tingkat: unit\n", "  tingkat: unit\n  tingkat: instansi\n"))
    first, _ = spot(text, "  tingkat: unit")
    place = spot(text, "tingkat: instansi")
    assert_says(desk.refused(LAMA, text), "Y202", place, "Kunci `tingkat` ditulis dua kali", f"baris {first}")


def test_an_empty_rubric_file_is_refused(desk: RubricDesk) -> None:
    assert_says(desk.refused(LAMA, ""), "B105", (0, 0), "Berkas kosong")


def test_a_rubric_without_components_is_refused(desk: RubricDesk) -> None:
    text = rubric_text(LAMA)
    text = text[: text.index("\nkomponen:\n")] + "\nkomponen: []\n"
    problem = desk.refused(LAMA, text)
    assert_says(problem, "M303", spot(text, "komponen: []", "[]"), "`komponen` berisi daftar, kosong")


@pytest.mark.parametrize(
    ("before", "after", "kode", "bad"),
    [
        ("  digit: 2\n", "  digit: 9\n", "M303", "9"),
        ("  digit: 2\n", "  digit: -1\n", "M303", "-1"),
        ("  digit: 2\n", "  digit: dua\n", "M304", "dua"),
        ("  cara: setengah_ke_atas\n", "  cara: keatas\n", "M305", "keatas"),
        ("  tahap: cetak\n", "  tahap: akhir\n", "M305", "akhir"),
        ("  id: permenpanrb-12-2015/unit\n", "  id: Permen 12\n", "M303", "Permen 12"),
        ("  berlaku_sejak: 2015-01-01 #", "  berlaku_sejak: 2015 #", "M306", "2015"),
    ],
)
def test_a_value_out_of_its_range_is_refused_in_indonesian(
    desk: RubricDesk, before: str, after: str, kode: str, bad: str
) -> None:
    text = old((before, after))
    problem = desk.refused(LAMA, text)
    assert_says(problem, kode, spot(text, after, bad))
    assert re.search(r"\b(Input|should|less|greater|than|equal|valid)\b", str(problem)) is None, str(problem)


@pytest.mark.parametrize("effort", ["0", "4"])
def test_the_effort_of_a_criterion_is_1_to_3(desk: RubricDesk, effort: str) -> None:
    text = unit((FIRST, FIRST.replace("upaya: 1", f"upaya: {effort}")))
    problem = desk.refused(UNIT, text)
    assert_says(problem, "M303", spot(text, FIRST.replace("upaya: 1", f"upaya: {effort}"), f"{effort}\n"), "`upaya`")
    assert "Input should" not in str(problem)


def test_a_misspelt_dimension_is_refused_with_all_dimensions(desk: RubricDesk) -> None:
    text = old((SUB_4A, SUB_4A.replace("dimensi: pemenuhan", "dimensi: pemenuhn")))
    desk.write(LAMA, text)
    problem = next(p for p in desk.problems(LAMA) if p.kode == "M305")
    assert_says(problem, "M305", spot(text, "pemenuhn"), "`dimensi` berisi `pemenuhn`", "keberadaan, kualitas")


def test_a_criterion_that_no_evidence_can_show_is_refused(desk: RubricDesk) -> None:
    text = unit((FIRST, FIRST.replace("[pedoman_perencanaan]", "[]")))
    place = spot(text, FIRST.replace("[pedoman_perencanaan]", "[]"), "[]")
    assert_says(desk.refused(UNIT, text), "M303", place, "`bukti` berisi daftar, kosong")


# ---- extends ---------------------------------------------------------------------------------------------------


def extends(text: str) -> tuple[int, int]:
    value = re.search(r"  extends: (.*)\n", text)
    assert value is not None
    return spot(text, value[0], value[1])


def test_a_rubric_that_extends_itself_is_refused(desk: RubricDesk) -> None:
    text = variant("  ubah: []", "lokal/a", "lokal/a")
    assert_says(desk.refused("lokal/a", text), "R402", extends(text), "melingkar: lokal/a -> lokal/a")


def test_two_rubrics_that_extend_each_other_are_refused(desk: RubricDesk) -> None:
    desk.write("lokal/b", variant("  ubah: []", "lokal/b", "lokal/a"))
    text = variant("  ubah: []", "lokal/a", "lokal/b")
    problem = desk.refused("lokal/a", text)
    assert_says(problem, "R402", extends(text), "`extends` melingkar: lokal/a -> lokal/b -> lokal/a")


def test_a_loop_of_three_ends(desk: RubricDesk) -> None:
    desk.write("lokal/b", variant("  ubah: []", "lokal/b", "lokal/c"))
    desk.write("lokal/c", variant("  ubah: []", "lokal/c", "lokal/a"))
    text = variant("  ubah: []", "lokal/a", "lokal/b")
    assert_says(desk.refused("lokal/a", text), "R402", extends(text), "`lokal/b` sendiri turunan dari `lokal/c`")


def test_a_variant_of_a_variant_is_refused_and_told_its_root(desk: RubricDesk) -> None:
    text = variant("  ubah: []", extends=TANAH_LAUT)
    words = f"Rubrik induk `{TANAH_LAUT}` sendiri turunan dari `{UNIT}`"
    mend = f"Turunkan langsung dari rubrik akar `{UNIT}`"
    assert_says(desk.refused("lokal/a", text), "R402", extends(text), words, mend)


def test_an_unknown_root_is_refused_with_what_was_meant(desk: RubricDesk) -> None:
    text = variant("  ubah: []", extends="permenpanrb-88-2021/unt")
    words = "Rubrik `permenpanrb-88-2021/unt` tidak ditemukan"
    problem = desk.refused("lokal/a", text)
    assert_says(problem, "R401", extends(text), words, "Mungkin yang dimaksud: permenpanrb-88-2021/unit")


@pytest.mark.parametrize("root", ["../../etc", "/etc/passwd", "permenpanrb-88-2021"])
def test_what_is_no_rubric_id_cannot_be_extended(desk: RubricDesk, root: str) -> None:
    text = variant("  ubah: []", extends=root)
    problem = desk.refused("lokal/a", text)
    assert_says(problem, "M303", extends(text), "`extends` berisi")


@pytest.mark.parametrize("root", ["", "[permenpanrb-88-2021/unit]", "{}"])
def test_an_extends_without_a_name_is_still_a_variant(desk: RubricDesk, root: str) -> None:
    text = variant("  ubah: []", extends=root)
    problem = desk.refused("lokal/a", text)
    assert problem.kode == "M303"
    assert problem.lokasi.line == spot(text, "  extends:")[0]
    assert "`extends` berisi" in problem.apa


def test_mistakes_of_a_variant_and_of_its_root_are_reported_together(desk: RubricDesk) -> None:
    root = unit(("  digit: 2\n", "  digit: dua\n"))
    text = variant("  hapus:\n    - {id: 1.a.6, alasan: x, apa: y}")
    root_path, path = desk.write(UNIT, root), desk.write("lokal/a", text)
    assert [(p.lokasi.path, p.kode, at(p)) for p in desk.problems("lokal/a")] == [
        (str(path), "M301", spot(text, "apa: y")),
        (str(root_path), "M304", spot(root, "digit: dua", "dua")),
    ]


def test_mistakes_of_a_variant_are_reported_also_where_its_root_cannot_be_read(desk: RubricDesk) -> None:
    desk.write(UNIT, "rubrik: [\n")
    text = variant("  hapus:\n    - {id: 1.a.6, alasan: x, apa: y}")
    desk.write("lokal/a", text)
    assert sorted(p.kode for p in desk.problems("lokal/a")) == ["M301", "Y201"]


# ---- Changes ---------------------------------------------------------------------------------------------------

NEW = (
    '{{id: {id}, no_cetak: "7", uraian: Ada., bukti: [renstra], upaya: 1, topik: dokumen-perencanaan, pokok: p, '
    "rekomendasi: Agar ada.}}"
)


def change(desk: RubricDesk, text: str) -> tuple[Problem, str]:
    """The one problem of a variant with this change, which must stand in the variant's file."""
    text = variant(text)
    return desk.refused("lokal/a", text), text


@pytest.mark.parametrize(
    ("text", "name", "meant"),
    [
        ("  hapus:\n    - {id: 1.a.9, alasan: x}", "1.a.9", "1.a."),
        ("  pindah:\n    - {dari: 1.a.9, ke: 1.a.7, alasan: x}", "1.a.9", "1.a."),
        ("  ubah:\n    - alasan: x\n      kriteria: {1.a.9: {uraian: y}}", "1.a.9", "1.a."),
        ("  ubah:\n    - alasan: x\n      subkomponen: {1.z: {nama: y}}", "1.z", "1.a"),
        ("  ubah:\n    - alasan: x\n      komponen: {9: {nama: y}}", "9", "Yang dikenal: 1, 2, 3, 4."),
    ],
    ids=["hapus", "pindah.dari", "kriteria", "subkomponen", "komponen"],
)
def test_a_change_of_what_is_not_there_is_refused(desk: RubricDesk, text: str, name: str, meant: str) -> None:
    problem, whole = change(desk, text)
    words = f"Sasaran perubahan `{name}` tidak ada dalam rubrik"
    assert_says(problem, "R403", spot(whole, text, name), words, meant, "diam-diam tidak berlaku")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  pindah:\n    - {dari: 1.a.6, ke: 1.z.7, alasan: x}", "1.z.7"),
        (f"  tambah:\n    - alasan: x\n      kriteria: [{NEW.format(id='1.z.7')}]", "1.z.7"),
    ],
    ids=["pindah.ke", "tambah"],
)
def test_a_criterion_cannot_go_where_there_is_no_subkomponen(desk: RubricDesk, text: str, name: str) -> None:
    problem, whole = change(desk, text)
    assert_says(problem, "R403", spot(whole, text, name), "`1.z` tidak ada dalam rubrik", "1.a")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  pindah:\n    - {dari: 1.a.6, ke: 1.b.1, alasan: x}", "1.b.1"),
        (f"  tambah:\n    - alasan: x\n      kriteria: [{NEW.format(id='1.b.1')}]", "1.b.1"),
    ],
    ids=["pindah.ke", "tambah"],
)
def test_a_criterion_cannot_take_an_id_in_use(desk: RubricDesk, text: str, name: str) -> None:
    problem, whole = change(desk, text)
    assert_says(problem, "R404", spot(whole, text, name), f"Id `{name}` sudah dipakai kriteria lain", "pilih id lain")


def test_two_criteria_cannot_move_to_one_place(desk: RubricDesk) -> None:
    text = "  pindah:\n    - {dari: 1.a.6, ke: 1.b.20, alasan: x}\n    - {dari: 1.a.5, ke: 1.b.20, alasan: y}"
    problem, whole = change(desk, text)
    assert_says(problem, "R404", spot(whole, "dari: 1.a.5, ke: 1.b.20", "1.b.20"), "Id `1.b.20` sudah dipakai")


@pytest.mark.parametrize(
    "again", ["hapus:\n    - {id: 1.a.6, alasan: x}\n    - {id: 1.a.6, alasan: y}", "pindah"], ids=["hapus", "pindah"]
)
def test_a_criterion_taken_away_twice_is_not_offered_as_what_was_meant(desk: RubricDesk, again: str) -> None:
    if again == "pindah":
        again = "pindah:\n    - {dari: 1.a.6, ke: 1.a.8, alasan: x}\n    - {dari: 1.a.6, ke: 1.a.9, alasan: y}"
    problem, whole = change(desk, "  " + again)
    assert problem.kode == "R403"
    assert problem.lokasi.line == spot(whole, "alasan: y")[0]
    assert "1.a.6" not in problem.perbaikan, problem.perbaikan


@pytest.mark.parametrize(
    "text",
    [
        "  hapus:\n    - {id: 1.a.6}",
        "  pindah:\n    - {dari: 1.a.6, ke: 1.a.7}",
        f"  tambah:\n    - {{kriteria: [{NEW.format(id='1.a.7')}]}}",
        "  ubah:\n    - {kriteria: {1.a.6: {uraian: y}}}",
        "  ganti:\n    - {pembulatan: {digit: 2, cara: ke_bawah, tahap: total, predikat_dari: bulat, dasar: d}}",
    ],
    ids=["hapus", "pindah", "tambah", "ubah", "ganti"],
)
def test_every_change_has_its_reason(desk: RubricDesk, text: str) -> None:
    problem, whole = change(desk, text)
    place = spot(whole, text, "{")
    assert_says(problem, "M302", place, "Kunci `alasan` belum ada", "Tambahkan `alasan: ...`")


@pytest.mark.parametrize("reason", ["", "''"])
def test_an_empty_reason_is_no_reason(desk: RubricDesk, reason: str) -> None:
    problem, whole = change(desk, f"  hapus:\n    - id: 1.a.6\n      alasan: {reason}\n")
    assert problem.kode == "M303"
    assert problem.lokasi.line == spot(whole, "alasan:")[0]
    assert "`alasan` berisi" in problem.apa


def test_a_changed_weight_that_no_longer_adds_up_is_shown_in_the_variant(desk: RubricDesk) -> None:
    problem, whole = change(desk, "  ubah:\n    - alasan: x\n      subkomponen: {2.a: {bobot: 8}}")
    words = "Jumlah bobot subkomponen 2 adalah 32, bobot komponennya 30"
    assert_says(problem, "R405", (spot(whole, "{bobot: 8}")[0], at(problem)[1]), words)


def test_a_changed_topic_that_is_unknown_is_shown_in_the_variant(desk: RubricDesk) -> None:
    problem, whole = change(desk, "  ubah:\n    - alasan: x\n      kriteria: {1.a.1: {topik: zzz}}")
    words = "Kriteria 1.a.1 menyebut topik `zzz` yang tidak ada"
    assert_says(problem, "R407", (spot(whole, "topik: zzz")[0], at(problem)[1]), words)


GAP = """\
  ganti:
    - alasan: x
      predikat:
        - {predikat: A, lebih_dari: 90, sampai: 100, sebutan: s, dasar: d}
        - {predikat: B, lebih_dari: 0, sampai: 80, sebutan: s, dasar: d}"""


def test_a_section_stated_anew_is_checked_at_its_own_place(desk: RubricDesk) -> None:
    problem, whole = change(desk, GAP)
    assert_says(problem, "R409", spot(whole, GAP, "predikat:"), "Pita predikat: ada celah di 90")


@pytest.mark.parametrize(
    ("fields", "bad"), [("upaya: 9", "9"), ("bukti: []", "[]"), ("bukti: [rentra]", "bukti"), ("uji: entah", "entah")]
)
def test_a_changed_criterion_obeys_the_rules_of_any_criterion(desk: RubricDesk, fields: str, bad: str) -> None:
    problem, whole = change(desk, f"  ubah:\n    - alasan: x\n      kriteria: {{1.a.1: {{{fields}}}}}")
    assert problem.lokasi.line == spot(whole, fields)[0]
    assert bad.strip("[]") in str(problem)


def test_a_subkomponen_without_criteria_is_refused_in_the_variant(desk: RubricDesk) -> None:
    removals = "\n".join(f"    - {{id: 4.a.{number}, alasan: x}}" for number in (1, 2, 3))
    path = desk.write("lokal/a", variant("  hapus:\n" + removals))
    problem = next(p for p in desk.problems("lokal/a") if p.kode == "R410")
    assert "Komponen 4 punya bagian tanpa kriteria" in problem.apa
    assert problem.lokasi.path == str(path)


def test_all_mistakes_of_a_variant_are_reported_at_once_in_the_order_of_the_file(desk: RubricDesk) -> None:
    text = variant(
        "  hapus:\n    - {id: 1.a.9, alasan: x}\n"
        "  pindah:\n    - {dari: 1.a.8, ke: 1.a.7, alasan: x}\n    - {dari: 1.a.6, ke: 1.a.5, alasan: x}\n"
        f"  tambah:\n    - alasan: x\n      kriteria: [{NEW.format(id='1.z.1')}]\n"
        "  ubah:\n    - alasan: x\n      kriteria: {9.a.1: {uraian: y}}\n"
    )
    desk.write("lokal/a", text)
    assert found(desk.problems("lokal/a")) == [
        ("R403", spot(text, "1.a.9")),
        ("R403", spot(text, "1.a.8")),
        ("R404", spot(text, "ke: 1.a.5", "1.a.5")),
        ("R403", spot(text, "1.z.1")),
        ("R403", spot(text, "9.a.1")),
    ]


# ---- Finding a rubric ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ngawur", "", "permenpanrb-88-2021", "permenpanrb-88-2021/unit/../unit"])
def test_an_unknown_rubric_names_the_folders_that_were_searched(desk: RubricDesk, name: str) -> None:
    problem = only(problems_of(lambda: load_rubric(name, [desk.folder])))
    assert_says(problem, "R401", (0, 0), f"Rubrik `{name}` tidak ditemukan", str(desk.folder), UNIT)


def test_problems_of_a_rubric_reach_those_who_load_a_case(desk: RubricDesk, tmp_path: Path) -> None:
    text = unit(("  digit: 2\n", "  digit: dua\n"))
    rubric_path = desk.write(UNIT, text)
    case = tmp_path / "kasus.yaml"
    case_now = changed_case(("rubrik: tanah-laut-68-2022/unit", f"rubrik: {UNIT}"), ("  induk:", "  indukk:"))
    case.write_text(case_now, encoding="utf-8")
    problems = problems_of(lambda: load_case(case, folders=[desk.folder]))
    assert {(p.lokasi.path, p.kode, at(p)) for p in problems} == {
        (str(rubric_path), "M304", spot(text, "digit: dua", "dua")),
        (str(case), "M301", spot(case_now, "indukk")),
    }


def test_own_folders_come_before_the_shipped_rubrics(desk: RubricDesk) -> None:
    desk.write(INSTANSI, changed(rubric_text(INSTANSI), ('  versi: "1"\n', '  versi: "percobaan"\n')))
    assert desk.load(INSTANSI).versi == "percobaan"
