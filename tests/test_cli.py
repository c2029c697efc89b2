"""The command line: exit codes, Indonesian words, 80 columns, whole files, and nothing raw on a terminal."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typer

from sakip_eval import __version__, evaluate, load_case
from sakip_eval.cli.main import application, run
from sakip_eval.render.explain import render_explanation, render_lost
from tests.helpers.files import (
    CASE,
    LAMA,
    ROOT,
    SHIPPED,
    TANAH_LAUT,
    UNIT,
    RubricDesk,
    case_text,
    changed,
    changed_case,
    shipped,
    spot,
    variant,
    within,
)

KASUS = "cases/kecamatan-pelaihari/2022.yaml"
WIDTH = 80

GOOD = """\
instansi: {nama: Dinas Contoh, jenis: dinas}
tahun_kinerja: 2020
tahun_evaluasi: 2021
rubrik: permenpanrb-12-2015/unit
penilaian:
  evaluator:
    komponen: {"1": {nilai: 20}, "2": {nilai: 20.5}, "3": {nilai: 10}, "4": {nilai: 5}, "5": {nilai: 20.00}}
"""
"""A complete case in which there is nothing to find."""


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


class Sakip:
    """Runs the command in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str | Path) -> Outcome:
        code = run([str(a) for a in arguments])
        caught = self.capsys.readouterr()
        assert "Traceback" not in caught.err
        return Outcome(code, caught.out, caught.err)


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for name in ("SAKIP_RUBRIK", "SAKIP_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def sakip(capsys: pytest.CaptureFixture[str]) -> Sakip:
    return Sakip(capsys)


def spawn(
    *arguments: str | Path,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, in a plain environment."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("SAKIP", "LC_", "LANG", "PYTHON"))}
    return subprocess.run(
        [sys.executable, "-m", "sakip_eval", *map(str, arguments)],
        env=plain | dict(env or {}),
        cwd=cwd,
        stdout=stdout,
        stderr=stderr,
        timeout=30,
        check=False,
    )


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


# ---- Exit codes ------------------------------------------------------------------------------------------------


def test_a_case_without_findings_exits_0(sakip: Sakip, tmp_path: Path) -> None:
    outcome = sakip("nilai", write(tmp_path / "baik.yaml", GOOD))
    assert (outcome.code, outcome.err) == (0, "")
    assert "Nilai 75.50, predikat BB (Sangat Baik)" in outcome.out
    assert "TEMUAN\nTidak ada." in outcome.out


def test_a_case_with_findings_exits_1(sakip: Sakip) -> None:
    outcome = sakip("nilai", KASUS)
    assert (outcome.code, outcome.err) == (1, "")
    assert "Nilai 76.40, predikat BB (Sangat Baik)" in outcome.out


def test_bad_input_exits_2_with_code_reason_and_mend(sakip: Sakip, tmp_path: Path) -> None:
    text = changed_case(("  induk:", "  indukk:"))
    path = write(tmp_path / "kasus.yaml", text)
    line, col = spot(text, "indukk")
    outcome = sakip("nilai", path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        f"{path}:{line}:{col}: M301: Kunci `indukk` tidak dikenal di sini.\n"
        "  Mengapa  : Kunci yang tidak dikenal akan diabaikan diam-diam bila dibiarkan.\n"
        "  Perbaikan: Mungkin yang dimaksud: induk.\n"
        "1 masalah ditemukan; arti setiap kode ada di docs/kode.md.\n"
    )


def test_a_missing_case_exits_2(sakip: Sakip) -> None:
    outcome = sakip("nilai", "tiada.yaml")
    assert outcome.code == 2
    assert outcome.err.startswith("tiada.yaml: B101: Berkas tidak ditemukan.\n")


@pytest.mark.parametrize(
    "arguments", [("rubrik", "daftar"), ("rubrik", "lihat", LAMA), ("kasus", "cek", KASUS), ("--versi",)]
)
def test_what_goes_well_exits_0(sakip: Sakip, arguments: Sequence[str]) -> None:
    outcome = sakip(*arguments)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out


def test_the_version_is_printed(sakip: Sakip) -> None:
    assert sakip("--versi").out == f"sakip-eval {__version__}\n"


def test_a_fault_of_ours_exits_3_without_a_traceback(sakip: Sakip, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("roda gigi lepas")

    monkeypatch.setattr("sakip_eval.engine.evaluate.evaluate", broken)
    outcome = sakip("nilai", KASUS)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("Kesalahan internal (RuntimeError): roda gigi lepas\n")
    assert "bukan masukan Anda" in outcome.err
    assert "SAKIP_DEBUG=1" in outcome.err


def test_a_fault_of_ours_is_raised_for_those_who_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("roda gigi lepas")

    monkeypatch.setattr("sakip_eval.engine.evaluate.evaluate", broken)
    monkeypatch.setenv("SAKIP_DEBUG", "1")
    with pytest.raises(RuntimeError, match="roda gigi lepas"):
        run(["nilai", KASUS])


def test_an_interruption_is_no_traceback(sakip: Sakip, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sakip_eval.engine.evaluate.evaluate", interrupted)
    outcome = sakip("nilai", KASUS)
    assert outcome.code != 0
    assert "Dihentikan." in outcome.err


def test_a_rater_that_is_not_there_is_refused(sakip: Sakip) -> None:
    outcome = sakip("nilai", KASUS, "--penilai", "mandiri")
    assert (outcome.code, outcome.out) == (2, "")
    assert "K512: Kasus ini tidak memuat penilaian mandiri." in outcome.err
    assert "Penilaian yang ada: evaluator." in outcome.err


def test_without_an_evaluator_the_agencys_own_judgement_counts(sakip: Sakip, tmp_path: Path) -> None:
    path = write(tmp_path / "mandiri.yaml", GOOD.replace("  evaluator:", "  mandiri:"))
    outcome = sakip("nilai", path)
    assert outcome.code == 0
    assert "Penilai       : mandiri\n" in outcome.out


def test_an_unknown_part_is_refused_with_what_was_meant(sakip: Sakip) -> None:
    outcome = sakip("jelaskan", KASUS, "1.b.77")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"{KASUS}: K513: Bagian `1.b.77` tidak ada dalam rubrik {TANAH_LAUT}." in outcome.err
    assert "Mungkin yang dimaksud: 1.b.7," in outcome.err


@pytest.mark.parametrize("command", [("nilai",), ("kasus", "cek"), ("jelaskan",)])
def test_a_case_that_names_a_rubric_file_is_bad_input_not_a_fault(
    sakip: Sakip, tmp_path: Path, command: Sequence[str]
) -> None:
    path = ROOT / "rubrics" / "tanah-laut-68-2022" / "unit" / "rubrik.yaml"
    text = changed_case(("rubrik: tanah-laut-68-2022/unit", f"rubrik: {path}"))
    assert sakip(*command, write(tmp_path / "kasus.yaml", text)).code == 2


def test_a_rubric_under_another_folder_than_its_id_is_bad_input_not_a_fault(sakip: Sakip, tmp_path: Path) -> None:
    desk = RubricDesk(tmp_path)
    desk.write("lokal/a", variant("  ubah: []", "lokal/b"))
    text = changed(GOOD, ("rubrik: permenpanrb-12-2015/unit", "rubrik: lokal/a"))
    text = text[: text.index("penilaian:")]
    outcome = sakip("nilai", write(tmp_path / "kasus.yaml", text), "--folder-rubrik", desk.folder)
    assert outcome.code == 2, outcome.err


# ---- Help and wrong command lines ------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, ...]]:
    """The words of every command and group."""

    def walk(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield words
        for name, below in getattr(command, "commands", {}).items():
            yield from walk(below, (*words, name))

    yield from walk(typer.main.get_command(application()), ())


COMMANDS = list(commands())
ENGLISH_HELP = re.compile(
    r"\b(Usage|Options|Arguments|Commands|default|required|Show|this|message|exit|env|var|and|the)\b"
    r"|<(path|str|int|float|list|file|dir)|\[ARGS\]|OPTIONS|COMMAND\b"
)
ENGLISH_ERROR = re.compile(
    r"\b(Did|you|mean|Value|error|Input|should|does|not|take|valid|integer|No|such|Missing|Invalid|unable|greater|less"
    r"|than|Option|Error|unexpected|requires|string|command|argument)\b"
)


def test_all_commands_are_known_to_these_tests() -> None:
    expected = {(), ("nilai",), ("jelaskan",), ("rubrik",), ("rubrik", "daftar"), ("rubrik", "lihat"), ("kasus",)}
    assert expected | {("kasus", "baru"), ("kasus", "cek")} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_indonesian(sakip: Sakip, command: Sequence[str]) -> None:
    outcome = sakip(*command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(" ".join(["Pemakaian: sakip", *command]))
    assert "Opsi:\n" in outcome.out
    assert ENGLISH_HELP.search(outcome.out) is None, outcome.out


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_fits_80_columns(sakip: Sakip, command: Sequence[str]) -> None:
    assert too_long(sakip(*command, "--help").out) == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_columns_of_the_help_are_straight(sakip: Sakip, command: Sequence[str]) -> None:
    # Each section: every description begins in one column.
    for section in sakip(*command, "--help").out.split("\n\n")[1:]:
        rows = [re.match(r"  (\S.*?\S)(  +)\S", line) for line in section.splitlines()[1:] if re.match(r"  \S", line)]
        columns = {row.end() for row in rows if row}
        assert len(columns) <= 1, section


@pytest.mark.parametrize("command", [c for c in COMMANDS if c in ((), ("rubrik",), ("kasus",))], ids=" ".join)
def test_a_group_alone_shows_its_help_and_exits_2(sakip: Sakip, command: Sequence[str]) -> None:
    outcome = sakip(*command)
    assert outcome.code == 2
    assert "Pemakaian: sakip" in outcome.out + outcome.err
    assert "Perintah:" in outcome.out + outcome.err


@pytest.mark.parametrize(
    ("arguments", "said", "see"),
    [
        (["nilaii"], "Perintah 'nilaii' tidak dikenal.", "sakip"),
        (["rubrik", "hapus"], "Perintah 'hapus' tidak dikenal.", "sakip rubrik"),
        (["--xyz"], "Opsi --xyz tidak dikenal.", "sakip"),
        (["nilai", KASUS, "--xyz"], "Opsi --xyz tidak dikenal.", "sakip nilai"),
        (["nilai", KASUS, "--formt", "json"], "Opsi --formt tidak dikenal.", "sakip nilai"),
        (["nilai"], "KASUS belum disebutkan.", "sakip nilai"),
        (["kasus", "cek"], "KASUS belum disebutkan.", "sakip kasus cek"),
        (["kasus", "baru"], "RUBRIK belum disebutkan.", "sakip kasus baru"),
        (["rubrik", "lihat"], "ID belum disebutkan.", "sakip rubrik lihat"),
        (["rubrik", "daftar", "lagi"], "Kelebihan isian: lagi.", "sakip rubrik daftar"),
        (["jelaskan", KASUS, "1", "2"], "Kelebihan isian: 2.", "sakip jelaskan"),
        (["nilai", KASUS, "--format"], "Opsi --format memerlukan isi.", "sakip"),
        (["nilai", KASUS, "-o"], "Opsi -o memerlukan isi.", "sakip"),
        (["nilai", KASUS, "--format", "xml"], "'xml'", "sakip nilai"),
        (["nilai", KASUS, "--penilai", "saya"], "'saya'", "sakip nilai"),
        (["nilai", KASUS, "--rinci=ya"], "--rinci", "sakip"),
        (["jelaskan", KASUS, "1", "--kedalaman", "x"], "--kedalaman", "sakip jelaskan"),
        (["jelaskan", KASUS, "1", "--kedalaman", "9"], "--kedalaman", "sakip jelaskan"),
        (["jelaskan", KASUS, "1", "--kedalaman", "-1"], "--kedalaman", "sakip jelaskan"),
        (["kasus", "baru", UNIT, "--tahun", "1800"], "--tahun", "sakip kasus baru"),
        (["kasus", "baru", UNIT, "--tahun", "dua"], "--tahun", "sakip kasus baru"),
    ],
    ids=lambda value: " ".join(value).replace(KASUS, "K") if isinstance(value, list) else "",
)
def test_a_wrong_command_line_is_said_in_indonesian(sakip: Sakip, arguments: list[str], said: str, see: str) -> None:
    outcome = sakip(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    first, second = outcome.err.splitlines()
    assert first.startswith("Perintah keliru: ")
    assert said in first
    assert second.startswith(f"Lihat: {see}")
    assert second.endswith(" --help")
    assert ENGLISH_ERROR.search(first) is None, first


def test_a_wrong_choice_names_the_right_ones(sakip: Sakip) -> None:
    said = sakip("nilai", KASUS, "--format", "xml").err
    for name in ("tabel", "json", "markdown", "csv"):
        assert name in said


# ---- 80 columns ------------------------------------------------------------------------------------------------


def too_long(text: str) -> list[str]:
    return [line for line in text.splitlines() if len(line) > WIDTH]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_rubric_fits_80_columns(sakip: Sakip, name: str) -> None:
    assert too_long(sakip("rubrik", "lihat", name).out) == []


def test_the_list_of_rubrics_fits_80_columns(sakip: Sakip) -> None:
    outcome = sakip("rubrik", "daftar")
    assert too_long(outcome.out) == []
    assert all(name in outcome.out for name in SHIPPED)


def test_the_table_of_a_case_fits_80_columns(sakip: Sakip) -> None:
    assert too_long(sakip("nilai", KASUS).out) == []


def test_the_recap_of_several_cases_fits_80_columns(sakip: Sakip) -> None:
    assert too_long(sakip("nilai", KASUS, KASUS).out) == []


def test_several_whole_tables_fit_80_columns(sakip: Sakip, tmp_path: Path) -> None:
    open_case = write(tmp_path / "terbuka.yaml", GOOD.replace('"5": {nilai: 20.00}', ""))
    assert too_long(sakip("nilai", KASUS, open_case, "--rinci").out) == []


def test_the_check_of_a_case_fits_80_columns(sakip: Sakip) -> None:
    outcome = sakip("kasus", "cek", KASUS)
    assert too_long(outcome.out) == []
    for word in ("baik", "Kecamatan Pelaihari", "2022", "8 bukti", "12 jawaban", "81 kriteria"):
        assert word in outcome.out


def test_every_explanation_fits_80_columns() -> None:
    hasil = evaluate(shipped(TANAH_LAUT), load_case(CASE, shipped(TANAH_LAUT)))
    nodes = list(hasil.jejak.walk())
    assert len(nodes) == 1 + 4 + 12 + 81
    for node in nodes:
        assert too_long(render_explanation(hasil, node, 0)) == []
        assert too_long(render_lost(hasil, node)) == []


@pytest.mark.parametrize("part", ["total", "1", "1.b", "1.b.7"])
def test_an_explanation_fits_80_columns(sakip: Sakip, part: str) -> None:
    outcome = sakip("jelaskan", KASUS, part)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{part}: ")
    assert too_long(outcome.out) == []


@pytest.mark.parametrize("options", [("--kedalaman", "3"), ("--hilang",), ("--kedalaman", "0")])
def test_the_whole_explanation_fits_80_columns(sakip: Sakip, options: Sequence[str]) -> None:
    outcome = sakip("jelaskan", KASUS, *options)
    assert outcome.code == 0
    assert too_long(outcome.out) == []


# ---- JSON ------------------------------------------------------------------------------------------------------

TOP = [
    "rubrik", "instansi", "tahun_kinerja", "tahun_evaluasi", "penilai", "nilai", "predikat", "sebutan", "lengkap",
    "rentang", "komponen", "temuan", "rekomendasi", "mesin",
]  # fmt: skip
FIGURE = re.compile(r"-?[0-9]+\.[0-9]{2}")


def no_float(text: str) -> float:
    raise AssertionError(f"a number with a fraction: {text}")


def parsed(text: str) -> Any:
    return json.loads(text, parse_float=no_float)


def figures(value: Any, keys: Sequence[str]) -> Iterator[Any]:
    """What stands under these keys, anywhere below."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key in keys and not isinstance(below, dict | list):
                yield below
            yield from figures(below, keys)
    elif isinstance(value, list):
        for item in value:
            yield from figures(item, keys)


@pytest.fixture
def pelaihari_json(sakip: Sakip) -> Any:
    outcome = sakip("nilai", KASUS, "--format", "json")
    assert (outcome.code, outcome.err) == (1, "")
    return parsed(outcome.out)


def test_json_has_the_documented_keys_in_order(pelaihari_json: Any) -> None:
    assert list(pelaihari_json) == TOP
    assert list(pelaihari_json["rentang"]) == ["min", "maks"]
    for komponen in pelaihari_json["komponen"]:
        assert list(komponen) == ["id", "nama", "bobot", "nilai", "persen", "predikat", "subkomponen"]
        for sub in komponen["subkomponen"]:
            wanted = {"id", "bobot", "jawaban", "nilai", "persen", "usulan", "pemenuhan"}
            assert wanted <= set(sub)
    for temuan in pelaihari_json["temuan"]:
        assert {"kode", "tingkat", "pesan", "kriteria", "dasar"} <= set(temuan)
    for rekomendasi in pelaihari_json["rekomendasi"]:
        assert {"id", "komponen", "teks", "kriteria", "potensi"} <= set(rekomendasi)


def test_json_figures_are_texts_with_two_digits(pelaihari_json: Any) -> None:
    keys = ("nilai", "bobot", "persen", "potensi", "potensi_bersama", "rawan", "min", "maks")
    values = list(figures({k: v for k, v in pelaihari_json.items() if k != "temuan"}, keys))
    assert len(values) > 60
    for value in values:
        assert isinstance(value, str)
        assert FIGURE.fullmatch(value), value


def test_json_says_what_the_table_says(pelaihari_json: Any) -> None:
    assert (pelaihari_json["rubrik"], pelaihari_json["instansi"]) == (TANAH_LAUT, "Kecamatan Pelaihari")
    assert (pelaihari_json["tahun_kinerja"], pelaihari_json["tahun_evaluasi"]) == (2022, 2023)
    assert (pelaihari_json["nilai"], pelaihari_json["predikat"]) == ("76.40", "BB")
    assert pelaihari_json["lengkap"] is True
    assert pelaihari_json["rentang"] == {"min": "76.40", "maks": "76.40"}
    assert [k["nilai"] for k in pelaihari_json["komponen"]] == ["23.10", "22.50", "11.55", "19.25"]


def test_json_sums_re_add(pelaihari_json: Any) -> None:
    for komponen in pelaihari_json["komponen"]:
        assert sum(Decimal(s["nilai"]) for s in komponen["subkomponen"]) == Decimal(komponen["nilai"])
    assert sum(Decimal(k["nilai"]) for k in pelaihari_json["komponen"]) == Decimal(pelaihari_json["nilai"])


def test_what_is_not_judged_is_null_in_json_and_not_zero(sakip: Sakip, tmp_path: Path) -> None:
    path = write(tmp_path / "terbuka.yaml", GOOD.replace('"5": {nilai: 20.00}', ""))
    data = parsed(sakip("nilai", path, "--format", "json").out)
    assert (data["nilai"], data["sebutan"], data["lengkap"]) == (None, None, False)
    assert data["rentang"] == {"min": "55.50", "maks": "75.50"}
    assert data["komponen"][4]["nilai"] is None


def test_several_cases_are_an_array_in_json(sakip: Sakip, tmp_path: Path) -> None:
    outcome = sakip("nilai", KASUS, write(tmp_path / "baik.yaml", GOOD), "--format", "json")
    assert outcome.code == 1
    data = parsed(outcome.out)
    assert [item["instansi"] for item in data] == ["Kecamatan Pelaihari", "Dinas Contoh"]
    assert all(list(item) == TOP for item in data)


def test_several_cases_stay_an_array_in_json_when_only_one_is_good(sakip: Sakip) -> None:
    outcome = sakip("nilai", KASUS, "tiada.yaml", "--format", "json")
    assert outcome.code == 2
    data = parsed(outcome.out)
    assert isinstance(data, list)
    assert len(data) == 1


def test_the_trace_as_json_parses(sakip: Sakip) -> None:
    data = parsed(sakip("jelaskan", KASUS, "1.b", "--format", "json").out)
    assert (data["id"], data["nilai"], len(data["children"])) == ("1.b", "6.30", 11)


def test_json_is_the_same_byte_for_byte_wherever_it_is_made(tmp_path: Path) -> None:
    def once(env: dict[str, str], cwd: Path = ROOT) -> bytes:
        done = spawn("nilai", CASE, "--format", "json", env=env, cwd=cwd)
        assert done.returncode == 1, done.stderr
        return bytes(done.stdout)

    first = once({"PYTHONHASHSEED": "0"})
    assert parsed(first.decode())["nilai"] == "76.40"
    assert once({"PYTHONHASHSEED": "1"}) == first
    assert once({"LC_ALL": "C", "PYTHONHASHSEED": "12345"}) == first
    assert (
        once({"LC_ALL": "C.UTF-8", "LANG": "id_ID.UTF-8", "TZ": "Asia/Jakarta", "COLUMNS": "20"}, tmp_path) == first
    )


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
    ids=["C", "latin-1", "cp1252"],
)
def test_output_is_utf_8_whatever_the_locale_says(tmp_path: Path, env: dict[str, str]) -> None:
    path = write(tmp_path / "kasus.yaml", GOOD.replace("Dinas Contoh", "Kantor “Café” → 中"))
    done = spawn("nilai", path, "--format", "json", env=env)
    assert done.returncode == 0, done.stderr
    assert parsed(done.stdout.decode("utf-8"))["instansi"] == "Kantor “Café” → 中"


# ---- CSV and Markdown ------------------------------------------------------------------------------------------


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_has_a_row_for_each_part_and_re_adds(sakip: Sakip) -> None:
    table = rows(sakip("nilai", KASUS, "--format", "csv").out)
    assert [sum(row["tingkat"] == kind for row in table) for kind in ("komponen", "subkomponen", "total")] == [
        4,
        12,
        1,
    ]
    for column in ("bobot", "nilai"):
        for komponen in (row for row in table if row["tingkat"] == "komponen"):
            parts = [r for r in table if r["tingkat"] == "subkomponen" and r["id"].startswith(komponen["id"] + ".")]
            assert sum(Decimal(r[column]) for r in parts) == Decimal(komponen[column])
        whole = sum(Decimal(r[column]) for r in table if r["tingkat"] == "komponen")
        assert whole == Decimal(table[-1][column])
    assert table[-1]["nilai"] == "76.40"


def test_csv_prints_every_figure_with_the_same_digits(sakip: Sakip) -> None:
    for row in rows(sakip("nilai", KASUS, "--format", "csv").out):
        for column in ("bobot", "nilai", "persen"):
            assert FIGURE.fullmatch(row[column]), row


def test_csv_leaves_empty_what_is_not_judged(sakip: Sakip, tmp_path: Path) -> None:
    path = write(tmp_path / "terbuka.yaml", GOOD.replace('"5": {nilai: 20.00}', ""))
    table = rows(sakip("nilai", path, "--format", "csv").out)
    by_id = {row["id"]: row for row in table}
    assert (by_id["5"]["nilai"], by_id["total"]["nilai"], by_id["4"]["nilai"]) == ("", "", "5.00")


def test_csv_of_several_cases_has_one_header(sakip: Sakip, tmp_path: Path) -> None:
    outcome = sakip("nilai", KASUS, write(tmp_path / "baik.yaml", GOOD), "--format", "csv")
    table = rows(outcome.out)
    assert {row["instansi"] for row in table} == {"Kecamatan Pelaihari", "Dinas Contoh"}
    assert outcome.out.count("tahun_kinerja") == 1


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+62811", "-1+1", "@SUM(A1)", "=1,2"])
def test_csv_cells_that_a_spreadsheet_would_run_are_inert(sakip: Sakip, tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "kasus.yaml", GOOD.replace("Dinas Contoh", json.dumps(name)))
    for row in rows(sakip("nilai", path, "--format", "csv").out):
        assert row["instansi"] == "'" + name
        assert all(cell[:1] not in ("=", "+", "-", "@") for cell in row.values())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("**Dinas** _Satu_", r"\*\*Dinas\*\* \_Satu\_"),
        ("[Dinas](http://jahat.example)", r"\[Dinas\](http://jahat.example)"),
        ("<script>x</script>", r"\<script\>x\</script\>"),
        ("Dinas | Badan # 1 `x` ~~y~~", r"Dinas \| Badan \# 1 \`x\` \~\~y\~\~"),
        ("A\\B {c}", r"A\\B \{c\}"),
        ("A\n\n# B", r"A \# B"),
        ("A &lt;b&gt;", None),
    ],
)
def test_markdown_keeps_the_agencys_name_a_text(sakip: Sakip, tmp_path: Path, name: str, shown: str | None) -> None:
    path = write(tmp_path / "kasus.yaml", GOOD.replace("Dinas Contoh", json.dumps(name)))
    first = sakip("nilai", path, "--format", "markdown").out.splitlines()[0]
    if shown is None:  # a character reference would be shown as the character that it names
        assert "&lt;" not in first.replace("\\&", "").replace("&amp;", "")
    else:
        assert first == f"# {shown}, tahun kinerja 2020"


def test_markdown_keeps_the_names_of_a_rubric_within_their_cells(sakip: Sakip, tmp_path: Path) -> None:
    desk = RubricDesk(tmp_path)
    desk.write(
        "lokal/a", variant('  ubah:\n    - alasan: x\n      komponen: {1: {nama: "Rencana | <b>Kinerja</b>"}}')
    )
    text = changed_case(("rubrik: tanah-laut-68-2022/unit", "rubrik: lokal/a"))
    text = text[: text.index("penilaian:\n")]
    path = write(tmp_path / "kasus.yaml", text)
    out = sakip("nilai", path, "--format", "markdown", "--folder-rubrik", desk.folder).out
    assert re.search(r"(?<!\\)<b>", out, re.IGNORECASE) is None
    table = [line for line in out.splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) == 1


def test_markdown_of_a_case_says_total_findings_and_recommendations(sakip: Sakip) -> None:
    outcome = sakip("nilai", KASUS, "--format", "markdown")
    assert outcome.code == 1
    for words in ("Nilai **76.40**, predikat **BB (Sangat Baik)**.", "## Temuan", "## Rekomendasi"):
        assert words in outcome.out


# ---- Several cases ---------------------------------------------------------------------------------------------


def test_one_bad_case_among_several_does_not_stop_the_good_ones(sakip: Sakip, tmp_path: Path) -> None:
    bad = write(tmp_path / "buruk.yaml", changed(GOOD, ("tahun_kinerja: 2020", "tahun_kinerja: duapuluh")))
    outcome = sakip("nilai", bad, KASUS)
    assert outcome.code == 2
    assert "Kecamatan Pelaihari" in outcome.out
    assert "76.40" in outcome.out
    assert f"{bad}:2:16: M304: " in outcome.err
    assert outcome.err.endswith("1 dari 2 kasus tidak dinilai.\n")


def test_problems_of_several_cases_are_reported_together(sakip: Sakip, tmp_path: Path) -> None:
    first = write(tmp_path / "a.yaml", changed(GOOD, ("tahun_kinerja: 2020", "tahun_kinerja: x")))
    second = write(tmp_path / "b.yaml", changed(GOOD, ("jenis: dinas", "jenjang: dinas")))
    outcome = sakip("kasus", "cek", second, KASUS, first)
    assert outcome.code == 2
    assert "baik" in outcome.out
    places = re.findall(r"^(\S+?\.yaml):\d+:\d+: (\w+):", outcome.err, re.MULTILINE)
    assert places == [(str(first), "M304"), (str(second), "M302"), (str(second), "M301")]
    assert "3 masalah ditemukan" in outcome.err


def test_without_a_terminal_there_is_no_progress_bar(sakip: Sakip) -> None:
    assert sakip("nilai", KASUS, KASUS, KASUS).err == ""


# ---- Writing files ---------------------------------------------------------------------------------------------


def test_a_result_can_be_written_to_a_file(sakip: Sakip, tmp_path: Path) -> None:
    target = tmp_path / "hasil.json"
    outcome = sakip("nilai", KASUS, "--format", "json", "-o", target)
    assert (outcome.code, outcome.out, outcome.err) == (1, "", "")
    assert target.read_text(encoding="utf-8") == sakip("nilai", KASUS, "--format", "json").out
    assert list(tmp_path.iterdir()) == [target]


def test_an_older_result_is_replaced_whole(sakip: Sakip, tmp_path: Path) -> None:
    target = write(tmp_path / "hasil.csv", "lama\n" * 10_000)
    target.chmod(0o640)
    assert sakip("nilai", KASUS, "--format", "csv", "-o", target).code == 1
    assert "lama" not in target.read_text(encoding="utf-8")
    assert target.stat().st_mode & 0o777 == 0o640


def test_an_older_result_is_untouched_when_the_disk_is_full(
    sakip: Sakip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = write(tmp_path / "hasil.json", "lama\n")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    outcome = sakip("nilai", KASUS, "--format", "json", "-o", target)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{target}: B108: Hasil tidak dapat ditulis")
    assert "Berkas lama, bila ada, tidak berubah." in outcome.err
    assert target.read_text(encoding="utf-8") == "lama\n"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    "command", [("nilai", KASUS), ("jelaskan", KASUS), ("rubrik", "lihat", LAMA), ("kasus", "baru", LAMA)]
)
def test_a_missing_folder_is_said_to_be_the_reason(sakip: Sakip, tmp_path: Path, command: Sequence[str]) -> None:
    target = tmp_path / "tiada" / "hasil.txt"
    outcome = sakip(*command, "-o", target)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{target}: B108: Hasil tidak dapat ditulis")
    assert "Periksa folder tujuan" in outcome.err
    assert not target.parent.exists()


def test_a_folder_is_no_place_for_a_result(sakip: Sakip, tmp_path: Path) -> None:
    outcome = sakip("nilai", KASUS, "-o", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{tmp_path}: B108: Hasil tidak dapat ditulis (tujuan adalah folder).")
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_or_device_is_not_replaced_by_a_file(sakip: Sakip, tmp_path: Path) -> None:
    # `-o /dev/stdout` as root would otherwise put a plain file where the device was.
    pipe = tmp_path / "pipa"
    os.mkfifo(pipe)
    with within(5):
        outcome = sakip("nilai", KASUS, "-o", pipe)
    assert pipe.is_fifo()
    assert outcome.code == 2
    assert f"{pipe}: B108: " in outcome.err


def test_a_link_to_a_result_stays_a_link(sakip: Sakip, tmp_path: Path) -> None:
    target = write(tmp_path / "asli.txt", "lama\n")
    link = tmp_path / "tautan.txt"
    link.symlink_to(target)
    assert sakip("nilai", KASUS, "-o", link).code == 1
    assert link.is_symlink()
    assert "76.40" in target.read_text(encoding="utf-8")


def test_a_case_is_never_overwritten_by_its_own_result(sakip: Sakip, tmp_path: Path) -> None:
    path = write(tmp_path / "kasus.yaml", case_text())
    outcome = sakip("nilai", path, "-o", path)
    assert path.read_text(encoding="utf-8") == case_text()
    assert outcome.code == 2


def test_a_bad_case_is_reported_also_when_the_result_cannot_be_written(sakip: Sakip, tmp_path: Path) -> None:
    outcome = sakip("nilai", KASUS, "tiada.yaml", "-o", tmp_path / "tiada" / "hasil.txt")
    assert outcome.code == 2
    assert "tiada.yaml: B101: " in outcome.err
    assert "B108: " in outcome.err


def test_a_skeleton_never_overwrites(sakip: Sakip, tmp_path: Path) -> None:
    target = write(tmp_path / "2025.yaml", "isian berbulan-bulan\n")
    outcome = sakip("kasus", "baru", UNIT, "-o", target)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{target}: B109: Berkas sudah ada.")
    assert "Pilih nama lain dengan -o." in outcome.err
    assert target.read_text(encoding="utf-8") == "isian berbulan-bulan\n"


def test_a_skeleton_that_was_written_can_be_checked_at_once(sakip: Sakip, tmp_path: Path) -> None:
    target = tmp_path / "2025.yaml"
    assert sakip("kasus", "baru", UNIT, "--instansi", "Dinas Contoh", "--tahun", "2025", "-o", target).code == 0
    outcome = sakip("kasus", "cek", target)
    assert (outcome.code, outcome.err) == (0, "")
    assert "Dinas Contoh" in outcome.out


@pytest.mark.parametrize("options", [("--instansi", ""), ("--instansi", "  "), ("--tahun", "2100")])
def test_a_skeleton_is_good_as_it_stands_or_is_not_written(
    sakip: Sakip, tmp_path: Path, options: Sequence[str]
) -> None:
    target = tmp_path / "kasus.yaml"
    outcome = sakip("kasus", "baru", LAMA, *options, "-o", target)
    if outcome.code == 0:
        assert sakip("kasus", "cek", target).code == 0
    else:
        assert outcome.code == 2
        assert not target.exists()


# ---- Folders of rubrics ----------------------------------------------------------------------------------------


def test_own_rubrics_are_found_by_option_and_by_variable(
    sakip: Sakip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = RubricDesk(tmp_path / "folder dengan spasi")
    desk.write("lokal/a", variant("  ubah: []"))
    assert sakip("rubrik", "lihat", "lokal/a").code == 2
    assert sakip("rubrik", "lihat", "lokal/a", "--folder-rubrik", desk.folder).code == 0
    monkeypatch.setenv("SAKIP_RUBRIK", str(desk.folder))
    assert sakip("rubrik", "lihat", "lokal/a").code == 0


def test_a_folder_of_rubrics_that_does_not_exist_is_refused(sakip: Sakip, tmp_path: Path) -> None:
    missing = tmp_path / "tiada"
    outcome = sakip("rubrik", "daftar", "--folder-rubrik", missing)
    assert outcome.code == 2
    assert str(missing) in outcome.err


def test_a_bad_rubric_does_not_hide_the_good_ones_in_the_list(sakip: Sakip, tmp_path: Path) -> None:
    desk = RubricDesk(tmp_path)
    path = desk.write("lokal/a", variant("  hapus:\n    - {id: 1.a.9, alasan: x}"))
    outcome = sakip("rubrik", "daftar", "--folder-rubrik", desk.folder)
    assert outcome.code == 2
    assert all(name in outcome.out for name in SHIPPED)
    assert f"{path}:" in outcome.err
    assert "R403" in outcome.err


# ---- Terminals, pipes, disks -----------------------------------------------------------------------------------


def test_control_characters_of_a_file_do_not_reach_the_terminal_in_problems(sakip: Sakip, tmp_path: Path) -> None:
    text = changed_case(
        ("  induk:", '  "in\\e[31mduk\\a":'),
        ('"1.a": {jawaban: BB,', '"1.a": {jawaban: "\\e]0;judul\\aBB\\u202e",'),
    )
    outcome = sakip("nilai", write(tmp_path / "kasus.yaml", text))
    assert outcome.code == 2
    assert "`in?[31mduk?`" in outcome.err
    assert "K508" in outcome.err
    assert all(c.isprintable() or c == "\n" for c in outcome.err)


def test_control_characters_of_a_file_name_do_not_reach_the_terminal(sakip: Sakip) -> None:
    outcome = sakip("nilai", "ti\x1b[31mada\n.yaml")
    assert outcome.code == 2
    assert outcome.err.startswith("ti?[31mada?.yaml: B101: ")


@pytest.mark.parametrize(
    "command",
    [("nilai",), ("nilai", "--rinci"), ("kasus", "cek"), ("jelaskan",), ("nilai", "--format", "markdown")],
    ids=" ".join,
)
def test_control_characters_of_a_name_do_not_reach_the_terminal_in_results(
    sakip: Sakip, tmp_path: Path, command: Sequence[str]
) -> None:
    name = '"Kantor \\e]0;judul\\a\\e[31mMerah\\u202e"'
    path = write(tmp_path / "kasus.yaml", GOOD.replace("nama: Dinas Contoh", f"nama: {name}, induk: {name}"))
    outcome = sakip(*command, path)
    assert all(c.isprintable() or c == "\n" for c in outcome.out + outcome.err)


@pytest.fixture
def closed_pipe() -> Iterator[int]:
    """The writing end of a pipe that nobody reads any more, as after `| head` has gone."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@pytest.mark.parametrize(
    "arguments", [("rubrik", "lihat", UNIT), ("rubrik", "daftar"), ("nilai", "--help")], ids=" ".join
)
def test_a_reader_that_goes_away_is_no_error(closed_pipe: int, arguments: Sequence[str]) -> None:
    done = spawn(*arguments, stdout=closed_pipe)
    assert done.stderr == b""
    assert done.returncode == 0


def test_a_reader_that_goes_away_gets_no_traceback_from_a_case(closed_pipe: int) -> None:
    done = spawn("nilai", CASE, stdout=closed_pipe)
    assert done.stderr == b""
    assert done.returncode in (0, 1)


def test_bad_input_exits_2_also_when_nobody_reads_the_problems(closed_pipe: int) -> None:
    done = spawn("nilai", "tiada.yaml", stderr=closed_pipe)
    assert done.returncode == 2


def test_a_full_disk_behind_standard_output_is_no_fault_of_the_program() -> None:
    with Path("/dev/full").open("wb") as full:
        done = spawn("rubrik", "lihat", LAMA, stdout=full.fileno())
    assert done.returncode == 2
    assert done.stderr
    assert b"kesalahan program" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_the_command_and_the_module_are_the_same(sakip: Sakip) -> None:
    done = spawn("nilai", KASUS)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode() == sakip("nilai", KASUS).out


def test_a_folder_stands_for_the_cases_in_it(sakip: Sakip, tmp_path: Path) -> None:
    done = sakip("nilai", "cases", "--format", "csv")
    assert done.code == 1
    agencies = {row.split(",")[0] for row in done.out.splitlines()[1:]}
    assert len(agencies) > 1
    passed_over = [line for line in done.err.splitlines() if line]
    assert passed_over
    named = r"Dilewati, bukan berkas kasus: .*/(surat|tindak-lanjut)-[0-9]{4}\.yaml"
    assert all(re.fullmatch(named, line) for line in passed_over)
    folder = str(Path(KASUS).parent)
    once = sakip("nilai", KASUS, folder, KASUS, "--format", "csv").out
    assert sorted(once.splitlines()) == sorted(sakip("nilai", folder, "--format", "csv").out.splitlines())
    assert sakip("kasus", "cek", "cases").code == 0
    (tmp_path / "rusak.yaml").write_text("tahun_kinerja: 2022\n", encoding="utf-8")
    broken = sakip("nilai", str(tmp_path), KASUS)
    assert broken.code == 2
    assert "rusak.yaml:1:1: M302" in broken.err
    assert "1 dari 2 kasus tidak dinilai" in broken.err
    assert "76.40" in broken.out


@pytest.mark.parametrize(
    ("path", "kind", "mend"),
    [
        ("cases/kecamatan-kalaena/tindak-lanjut-2022.yaml", "tabel tindak lanjut", "sakip tl impor"),
        ("cases/kecamatan-pelaihari/surat-2023.yaml", "data surat", "sakip lhe KASUS --surat"),
        ("rubrics/permenpanrb-88-2021/unit/rubrik.yaml", "rubrik", "sakip rubrik lint"),
        ("rubrics/tanah-laut-68-2022/unit/rubrik.yaml", "rubrik turunan", "sakip rubrik lint"),
        ("rubrics/permenpanrb-88-2021/unit/aturan-temuan.yaml", "berkas aturan", "sakip rubrik lint"),
        ("rubrics/permenpanrb-88-2021/unit/uji/nilai.yaml", "berkas uji rubrik", "sakip rubrik uji"),
    ],
)
def test_another_kind_of_file_is_named_once_as_what_it_is(path: str, kind: str, mend: str, sakip: Sakip) -> None:
    done = sakip("nilai", path, KASUS)
    words = " ".join(done.err.split())
    assert (done.code, done.err.count("M307")) == (2, 1)
    assert f"Berkas ini {kind}, bukan kasus" in words
    assert mend in words
    assert "1 masalah ditemukan" in words
    assert "76.40" in done.out


def test_no_traceback_reaches_a_user_for_bad_input() -> None:
    done = spawn("nilai", "/dev/zero", "tiada.yaml", "tests/data")
    assert done.returncode == 2
    assert done.stdout == b""
    said = done.stderr.decode()
    assert [kode for kode in ("B107", "B101", "B111") if kode in said] == ["B107", "B101", "B111"]
    assert said.endswith("2 dari 2 kasus tidak dinilai.\n")
    assert "Traceback" not in said
