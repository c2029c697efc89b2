"""`sakip rubrik uji`: the shipped tests hold and reach everything; a failing or bad test is named with its line."""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from sakip_eval import Rubric
from sakip_eval.cli.main import run
from sakip_eval.problems import Problem
from sakip_eval.rubric.rules import Rule
from sakip_eval.uji import model
from sakip_eval.uji.coverage import Cakupan, coverage
from sakip_eval.uji.load import RubricTests, load_tests, read_tests
from sakip_eval.uji.names import all_rules
from sakip_eval.uji.run import HasilUji, run_test, run_tests
from sakip_eval.yamlfile import parse_yaml
from tests.helpers.files import (
    LAMA,
    ROOT,
    SHIPPED,
    UNIT,
    RubricDesk,
    assert_says,
    only,
    problems_of,
    shipped,
    spot,
    variant,
)

MINE = "lokal/a"
UNTOUCHED = variant('  ubah:\n    - alasan: Contoh.\n      kriteria: {"1.a.1": {upaya: 2}}')
GOOD = "uji:\n  - nama: Semua BB\n    kasus: {jawaban: {semua: BB}}\n    harap: {nilai: 80, predikat: BB}\n"


def check(text: str, rubric: Rubric) -> tuple[list[HasilUji], list[Problem]]:
    """Run the tests of a file with this text against a rubric."""
    tests, problems = read_tests(parse_yaml(text, "uji.yaml"), rubric)
    return (run_tests(rubric, tests) if not problems else []), problems


def one(kasus: str, rest: str) -> str:
    return f"uji:\n  - nama: Contoh\n    kasus: {kasus}\n    {rest}\n"


def differences(kasus: str, harap: str, rubric: Rubric) -> list[str]:
    results, problems = check(one(kasus, f"harap: {harap}"), rubric)
    assert problems == []
    return [str(beda) for beda in results[0].beda]


@pytest.fixture
def desk(tmp_path: Path) -> RubricDesk:
    desk = RubricDesk(tmp_path)
    desk.write(MINE, UNTOUCHED)
    return desk


@pytest.fixture(scope="module")
def unit_tests() -> RubricTests:
    return load_tests(UNIT)


# ---- the shipped rubrics ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_tests_pass_and_reach_everything(name: str) -> None:
    loaded = load_tests(name)
    results = run_tests(loaded.rubric, loaded.uji)
    assert [(r.uji.nama, str(b)) for r in results for b in r.beda] == []
    reached = coverage(loaded.rubric, results)
    assert {c.jenis: c.luput for c in reached if c.luput} == {}
    assert {c.jenis for c in reached} >= {"predikat", "aturan"}


def _without(rubric: Rubric, rule: Rule) -> Rubric:
    packs = {name: tuple(r for r in rules if r is not rule) for name, rules in rubric.packs.items()}
    return replace(rubric, rules=tuple(r for r in rubric.rules if r is not rule), packs=packs)


def test_each_rule_of_the_permen_is_missed_by_a_test_when_it_is_gone(unit_tests: RubricTests) -> None:
    rubric = unit_tests.rubric
    unmissed = []
    for rule in all_rules(rubric):
        poorer = _without(rubric, rule)
        if all(run_test(poorer, uji).lulus for uji in unit_tests.uji):
            unmissed.append(rule.id)
    assert unmissed == []


@pytest.mark.parametrize("at", range(8))
def test_each_step_and_band_of_the_permen_is_missed_when_it_moves(unit_tests: RubricTests, at: int) -> None:
    rubric = unit_tests.rubric
    steps = [replace(s, poin=s.poin + 1) if n == at else s for n, s in enumerate(rubric.skala)]
    moved = replace(rubric, skala=tuple(steps))
    assert not all(run_test(moved, uji).lulus for uji in unit_tests.uji)
    if at < len(rubric.predikat):
        bands = [p for n, p in enumerate(rubric.predikat) if n != at]
        assert not all(run_test(replace(rubric, predikat=tuple(bands)), uji).lulus for uji in unit_tests.uji)


# ---- a wrong expectation ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kasus", "harap", "words"),
    [
        ("{jawaban: {semua: BB}}", "{nilai: 76.40}", ["nilai: harap 76.40, hasil 80.00"]),
        ("{jawaban: {semua: BB}}", "{nilai: 80.001}", ["nilai: harap 80.001, hasil 80.00"]),
        ("{jawaban: {semua: BB}}", "{nilai: belum}", ["nilai: harap belum, hasil 80.00"]),
        ("{jawaban: {'1.a': BB}}", "{nilai: 4.80}", ["nilai: harap 4.80, hasil belum"]),
        ("{jawaban: {semua: BB}}", "{predikat: A}", ["predikat: harap A, hasil BB"]),
        ("{jawaban: {semua: E}}", "{predikat: D}", ["predikat: harap D, hasil tanpa"]),
        ("{}", "{predikat: tanpa}", ["predikat: harap tanpa, hasil belum"]),
        (
            "{}",
            "{rentang: {min: 1, maks: 99.5}}",
            ["rentang min: harap 1.00, hasil 0.00", "rentang maks: harap 99.50, hasil 100.00"],
        ),
        ("{jawaban: {semua: BB}}", "{komponen: {'1': 24, '2': 20}}", ["komponen 2: harap 20.00, hasil 24.00"]),
        (
            "{bukti: [renstra]}",
            "{usulan: {'1.a.3': tidak, '1.a': BB, '1.c.1': tidak}}",
            [
                "usulan 1.a.3: harap tidak, hasil terpenuhi",
                "usulan 1.a: harap BB, hasil D",
                "usulan 1.c.1: harap tidak, hasil belum",
            ],
        ),
        (
            "{status: {'4.c.1': terpenuhi}}",
            "{temuan: [TANPA-CATATAN]}",
            [
                "temuan TANPA-CATATAN: harap ada, hasil tidak ada",
                "temuan TL-BELUM-DIISI: harap tidak ada, hasil ada (4.c.1 dinyatakan terpenuhi, tetapi tindak lanjut"
                " rekomendasi periode sebelumnya belum diisi dalam kasus)",
            ],
        ),
        ("{}", "{temuan_memuat: [TANPA-BUKTI]}", ["temuan TANPA-BUKTI: harap ada, hasil tidak ada"]),
        (
            "{dasar: lengkap, jawaban: {'4.b': B}}",
            "{temuan_tanpa: [TANPA-BUKTI, DI-BAWAH-USULAN]}",
            [
                "temuan DI-BAWAH-USULAN: harap tidak ada, hasil ada (4.b dijawab B, lebih rendah daripada usulan BB"
                " (pemenuhan 100.00 %), tanpa alasan tertulis)"
            ],
        ),
        (
            "{status: {'1.b.7': tidak, '1.b.8': tidak}}",
            "{rekomendasi: [['1.b.8'], ['1.b.7']]}",
            ["rekomendasi: harap [1.b.8] [1.b.7], hasil [1.b.7] [1.b.8]"],
        ),
        ("{}", "{rekomendasi: [['1.b.8']]}", ["rekomendasi: harap [1.b.8], hasil tidak ada"]),
        (
            "{status: {'1.b.8': tidak}}",
            "{rekomendasi_memuat: [['1.b.8'], ['1.b.9', '1.b.8']]}",
            ["rekomendasi [1.b.9, 1.b.8]: harap ada, hasil tidak ada"],
        ),
    ],
)
def test_a_wrong_expectation_is_said_in_words(kasus: str, harap: str, words: list[str], unit: Rubric) -> None:
    assert differences(kasus, harap, unit) == words


@pytest.mark.parametrize(
    ("kasus", "harap"),
    [
        (
            "{jawaban: {semua: BB}}",
            "{nilai: 80, predikat: BB, komponen: {'1': 24.000}, rentang: {min: 80, maks: 80}}",
        ),
        ("{}", "{nilai: belum, predikat: belum, komponen: {'1': belum}, temuan: [], rekomendasi: []}"),
        ("{status: {'1.b.8': tidak, '1.b.9': tidak}}", "{rekomendasi: [['1.b.9', '1.b.8']]}"),
    ],
)
def test_a_right_expectation_passes(kasus: str, harap: str, unit: Rubric) -> None:
    assert differences(kasus, harap, unit) == []


def test_a_refusal_compares_codes_and_a_case_that_is_fine_is_no_refusal(unit: Rubric) -> None:
    for kasus, buruk, words in (
        ("{jawaban: {'9.z': BB}}", "[K505]", []),
        ("{jawaban: {'9.z': BB, '1.a': Q}}", "[K505]", ["buruk: harap [K505], hasil [K505, K508]"]),
        ("{jawaban: {'1.a': BB}}", "[K505]", ["buruk: harap [K505], hasil []"]),
    ):
        results, problems = check(one(kasus, f"buruk: {buruk}"), unit)
        assert problems == []
        assert [str(b) for b in results[0].beda] == words


# ---- the short case -----------------------------------------------------------------------------------------------


def test_the_more_specific_key_wins_whatever_the_order(unit: Rubric) -> None:
    text = one(
        "{jawaban: {'1.b': C, '1': B, semua: BB}, status: {'3.a.1': terpenuhi, '3.a': tidak}}", "harap: {nilai: 0}"
    )
    tests, problems = read_tests(parse_yaml(text, "uji.yaml"), unit)
    case = tests[0].case
    assert case is not None
    assert problems == []
    said = case.penilaian["evaluator"]
    assert [said.subkomponen[name].jawaban for name in ("1.a", "1.b", "1.c", "2.a")] == ["B", "C", "B", "BB"]
    assert [said.kriteria[name].status for name in ("3.a.1", "3.a.2")] == ["terpenuhi", "tidak"]


def test_evidence_in_short(unit: Rubric) -> None:
    text = one("{bukti: [lengkap, {id: renstra, jenis: renstra, tahun: 2020}, renja]}", "harap: {nilai: 0}")
    tests, problems = read_tests(parse_yaml(text, "uji.yaml"), unit)
    case = tests[0].case
    assert case is not None
    assert problems == []
    assert (case.bukti["renstra"].dari, case.bukti["renja"].dari, case.bukti["rka"].dari) == (2020, None, 2022)
    assert {b.jenis for b in case.bukti.values()} == set(unit.jenis_bukti)
    assert len([b for b in case.bukti.values() if b.jenis == "laporan_triwulan"]) == 4


def test_criteria_can_be_graded_where_the_rubric_scores_them(unit: Rubric) -> None:
    graded = replace(unit, pada="kriteria", dengan="jawaban")
    assert differences("{jawaban: {semua: BB, '1.a': B}}", "{nilai: 79.40}", graded) == []
    by_status = replace(unit, pada="kriteria", dengan="status")
    assert differences("{dasar: lengkap}", "{nilai: 100, predikat: AA}", by_status) == []


def test_self_assessment_stands_beside_the_evaluator(unit: Rubric) -> None:
    kasus = "{jawaban: {semua: B}, mandiri: {jawaban: {semua: AA}, status: {semua: terpenuhi}}}"
    assert differences(kasus, "{nilai: 70, rekomendasi: []}", unit) == []
    assert differences("{penilai: mandiri, jawaban: {semua: AA}}", "{nilai: 100}", unit) == []


# ---- bad files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kasus", "rest", "kode", "inside", "words"),
    [
        ("{}", "harap: {nilia: 80}", "M301", "nilia", ["nilai"]),
        ("{jawabn: {}}", "harap: {nilai: 80}", "M301", "jawabn", ["jawaban"]),
        ("{dasar: penuh}", "harap: {nilai: 80}", "M305", "penuh", ["semua_terpenuhi"]),
        ("{}", "harap: {nilai: '80,5'}", "M304", "'80,5'", ["80.5"]),
        ("{}", "buruk: [k505]", "M303", "k505", ["K505"]),
        ("{jawaban: {'9.z': BB}}", "harap: {nilai: 80}", "K505", "'9.z'", ["Subkomponen `9.z`"]),
        ("{jawaban: {'1.b.99': BB}}", "harap: {nilai: 80}", "K506", "'1.b.99'", ["Kriteria `1.b.99`"]),
        ("{jawaban: {semua: X}}", "harap: {nilai: 80}", "K508", "X", ["Jawaban `X`"]),
        ("{status: {'1.a.1': penuh}}", "harap: {nilai: 80}", "M305", "penuh", ["terpenuhi"]),
        ("{bukti: [rensrta]}", "harap: {nilai: 80}", "K507", "rensrta", ["renstra"]),
        ("{bukti: renstra}", "harap: {}", "U702", "harap", ["kosong"]),
        ("{}", "harap: {temuan: }", "U702", "temuan", ["[]"]),
        ("{}", "harap: {rentang: {min: }}", "U702", "min", ["kosong"]),
        ("{}", "harap: {usulan: {}}", "U702", "usulan", ["kosong"]),
        ("{}", "harap: {nilai: 80}\n    buruk: [K505]", "U702", "nama", ["sekaligus"]),
        ("{}", "harap: {predikat: BBB}", "U703", "BBB", ["Predikat `BBB`", "BB"]),
        ("{}", "harap: {komponen: {'9': 1}}", "U703", "'9'", ["Komponen `9`"]),
        ("{}", "harap: {usulan: {'9.a': BB}}", "U703", "'9.a'", ["Bagian `9.a`"]),
        ("{}", "harap: {usulan: {'1.a': Q}}", "U703", "Q", ["Jawaban `Q`"]),
        ("{}", "harap: {usulan: {'1.a.1': penuh}}", "U703", "penuh", ["Status `penuh`"]),
        ("{}", "harap: {temuan: [BB-KRITERIA]}", "U703", "BB-KRITERIA", ["BB-KRITERIA-BELUM"]),
        ("{}", "harap: {temuan_tanpa: [X]}", "U703", "X", ["Temuan `X`"]),
        ("{}", "harap: {rekomendasi: [['1.a.99']]}", "U703", "'1.a.99'", ["Kriteria `1.a.99`"]),
        (
            "{penilai: mandiri, mandiri: {tanggal: 2023-01-01}}",
            "harap: {nilai: 80}",
            "U704",
            "mandiri: {",
            ["mandiri"],
        ),
    ],
)
def test_a_bad_test_is_one_problem_at_its_place(
    kasus: str, rest: str, kode: str, inside: str, words: list[str], unit: Rubric
) -> None:
    text = one(kasus, rest)
    _, problems = check(text, unit)
    assert_says(only(tuple(problems)), kode, spot(text, inside), *words)


def test_a_rubric_scored_at_its_components_knows_no_criteria() -> None:
    for kasus, kode in (
        ("{dasar: semua_tidak}", "K506"),
        ("{jawaban: {semua: BB}}", "K510"),
        ("{nilai: {'9': 1}}", "K505"),
    ):
        _, problems = check(one(kasus, "harap: {nilai: 80}"), shipped(LAMA))
        assert {p.kode for p in problems} == {kode}


def test_a_name_is_used_once_in_all_files(desk: RubricDesk) -> None:
    desk.write(MINE, GOOD, "uji/a.yaml")
    second = desk.write(MINE, GOOD, "uji/b.yaml")
    problem = only(problems_of(lambda: load_tests(MINE, [desk.folder])))
    assert problem.lokasi.path == str(second)
    assert_says(problem, "U701", (2, 11), "Semua BB", "a.yaml:2")


def test_problems_of_all_files_come_at_once(desk: RubricDesk) -> None:
    desk.write(MINE, one("{}", "harap: {predikat: BBB}"), "uji/a.yaml")
    desk.write(MINE, "uji:\n\t- x", "uji/b.yaml")
    desk.write(MINE, "uji: []", "uji/c.yaml")
    assert [p.kode for p in problems_of(lambda: load_tests(MINE, [desk.folder]))] == ["U703", "Y201", "M303"]


# ---- coverage -----------------------------------------------------------------------------------------------------


def reached(text: str, rubric: Rubric) -> dict[str, Cakupan]:
    results, problems = check(text, rubric)
    assert problems == []
    return {c.jenis: c for c in coverage(rubric, results)}


def test_a_rule_counts_only_where_its_outcome_is_looked_at(unit: Rubric) -> None:
    by_the_way = reached(one("{status: {'4.c.1': terpenuhi}}", "harap: {nilai: belum}"), unit)["aturan"]
    assert by_the_way.dicapai == ()
    assert "tindak-lanjut-belum-diisi" in by_the_way.luput
    looked = reached(one("{status: {'4.c.1': terpenuhi}}", "harap: {temuan: [TL-BELUM-DIISI]}"), unit)["aturan"]
    assert looked.dicapai == ("tindak-lanjut-belum-diisi",)
    proposed = reached(one("{bukti: [renstra]}", "harap: {usulan: {'1.a.3': terpenuhi}}"), unit)["aturan"]
    assert proposed.dicapai == ("usulan-bukti-ada",)


def test_what_tests_reach_is_told_by_kind(unit: Rubric) -> None:
    kasus = "{jawaban: {semua: BB, '1.a': C}, status: {'1.a': terpenuhi, '1.a.1': tidak}}"
    found = reached(one(kasus, "harap: {predikat: BB, usulan: {'1.a': B}}"), unit)
    assert found["jawaban"].dicapai == ("BB", "C")
    assert found["jawaban yang diusulkan"].dicapai == ("B",)
    assert "AA" not in found["jawaban yang diusulkan"].luput  # never proposed
    assert found["predikat"].dicapai == ("BB",)
    assert found["predikat"].luput[-1] == "tanpa"
    assert found["kriteria belum terpenuhi"].dicapai == ("1.a.1",)
    assert found["kriteria terpenuhi"].dicapai == ("1.a.2", "1.a.3", "1.a.4", "1.a.5", "1.a.6")
    assert found["status"].dicapai == ("terpenuhi", "tidak")
    assert found["aturan"].seluruh == len(all_rules(unit))


# ---- the command --------------------------------------------------------------------------------------------------


def call(desk: RubricDesk, *arguments: str) -> int:
    return run(["rubrik", "uji", MINE, "--folder-rubrik", str(desk.folder), *arguments])


def test_all_good_is_0_and_incomplete_coverage_1(desk: RubricDesk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write(MINE, GOOD, "uji/a.yaml")
    assert call(desk) == 0
    assert capsys.readouterr().out == "1 uji: 1 lulus, 0 gagal\n"
    assert call(desk, "--cakupan") == 1
    said = capsys.readouterr().out
    assert re.search(r"^  jawaban +1 dari 8 +12\.50 %\n    belum: AA, A, B, CC, C, D, E$", said, re.M)
    assert "jawaban-penuh-kriteria-belum" in said


def test_a_failed_test_is_1_with_its_line(desk: RubricDesk, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk.write(MINE, GOOD.replace("80", "76.40") + "  - nama: Lain\n    buruk: [K505]\n", "uji/a.yaml")
    assert call(desk) == 1
    said = capsys.readouterr().out
    assert " ".join(said.split()) == (
        f"{path}:2: Semua BB baris 4: nilai: harap 76.40, hasil 80.00"
        f" {path}:5: Lain baris 6: buruk: harap [K505], hasil []"
        " 2 uji: 0 lulus, 2 gagal"
    )
    assert said.count("\n  baris ") == 2


def test_the_text_fits_80_columns_and_steers_no_terminal(
    desk: RubricDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    name = '"Kasus \\e[31m yang namanya panjang sekali sehingga harus dilipat menjadi beberapa baris pada layar"'
    text = one("{dasar: lengkap, status: {'1.b.7': tidak}}", "harap: {nilai: 1, temuan: [], rekomendasi: []}")
    desk.write(MINE, text.replace("Contoh", name), "uji/a.yaml")
    assert call(desk, "--cakupan") == 1
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert [line for line in said.splitlines() if len(line) > 80 and str(desk.folder) not in line] == []


def test_a_bad_test_file_is_2(desk: RubricDesk, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk.write(MINE, GOOD.replace("predikat", "predikta"), "uji/a.yaml")
    assert call(desk) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{path}:4:24: M301: ")
    assert run(["rubrik", "uji", "tidak/ada"]) == 2


def test_a_rubric_without_tests_is_1(desk: RubricDesk, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(desk) == 1
    assert capsys.readouterr().out.startswith("belum ada uji")


def test_all_rubrics_are_tested_where_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rubrik", "uji", "--cakupan"]) == 0
    said = capsys.readouterr().out
    for name in SHIPPED:
        assert re.search(rf"^{name}: \d+ uji: \d+ lulus, 0 gagal$", said, re.M)
    assert re.search(r"^Seluruhnya \d+ uji: \d+ lulus, 0 gagal$", said, re.M)
    assert "belum:" not in said


def test_json_says_the_same(desk: RubricDesk, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk.write(MINE, GOOD.replace("80", "76.40"), "uji/a.yaml")
    assert call(desk, "--cakupan", "--format", "json") == 1
    data = json.loads(capsys.readouterr().out)
    mine = data["rubrik"][0]
    assert (data["lulus"], mine["id"], mine["uji"], mine["gagal"]) == (False, MINE, 1, 1)
    assert mine["hasil"] == [
        {
            "nama": "Semua BB",
            "berkas": str(path),
            "baris": 2,
            "lulus": False,
            "beda": [{"pokok": "nilai", "harap": "76.40", "hasil": "80.00", "baris": 4}],
        }
    ]
    assert mine["cakupan"][0]["jenis"] == "jawaban"
    assert mine["cakupan"][0]["persen"] == "12.50"


# ---- the page -----------------------------------------------------------------------------------------------------


def test_the_example_of_the_page_passes(unit: Rubric) -> None:
    page = (ROOT / "docs/uji.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```yaml\n(.*?)```", page, re.S)
    results, problems = check(text, unit)
    assert problems == []
    assert [str(b) for r in results for b in r.beda] == []
    assert len(results) == 5


def test_the_page_knows_every_key_and_code() -> None:
    page = (ROOT / "docs/uji.md").read_text(encoding="utf-8")
    for _, entry in inspect.getmembers(model, inspect.isclass):
        if entry.__module__ == model.__name__ and hasattr(entry, "model_fields"):
            for key in entry.model_fields:
                assert re.search(rf"`[^`]*\b{key}\b[^`]*`", page), f"{entry.__name__}.{key}"
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "sakip_eval").rglob("*.py"))
    assert set(re.findall(r'"(U\d{3})"', source)) == set(re.findall(r"^\| (U\d{3}) \|", page, re.M))
