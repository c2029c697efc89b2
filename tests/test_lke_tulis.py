"""What an LKE workbook holds: cells, cached values, formulas, protection, choices, print setup, and its commands."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_eval import Case, Evaluation, Rubric, evaluate, load_case, load_rubric
from sakip_eval.case.case import Bukti, JawabanSub, Penilaian
from sakip_eval.cli.main import run
from sakip_eval.documents.lke import case_text
from sakip_eval.documents.lke import layout as names
from sakip_eval.documents.lke.figures import figures
from sakip_eval.documents.lke.formulas import formulas
from sakip_eval.documents.lke.inputs import shown
from sakip_eval.documents.lke.layout import Layout, address, layout
from sakip_eval.documents.lke.styles import lines
from sakip_eval.documents.lke.write import blank_form, workbook
from tests.helpers.files import CASE, SHIPPED, UNIT, shipped

Book = Any
ATTACKS = ("=1+1", "+62 811", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}", "https://x.go.id", "007", "1.10")


def opened(content: bytes, *, values: bool = False) -> Book:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


@pytest.fixture(scope="module")
def content(hasil: Evaluation) -> bytes:
    return workbook([hasil])


@pytest.fixture(scope="module")
def values(content: bytes) -> Book:
    """The workbook as a preview shows it: cached values."""
    return opened(content, values=True)


@pytest.fixture(scope="module")
def live(content: bytes) -> Book:
    """The workbook with its formulas."""
    return opened(content)


@pytest.fixture(scope="module")
def table(tanah_laut: Rubric) -> Layout:
    return layout(tanah_laut)


def cell(book: Book, table: Layout, row: str, key: str, block: int = 0) -> Any:
    column = table.blocks[block].columns[key]
    return book[names.LKE].cell(table.row_by_id[row].index + 1, column + 1)


def text_of(sheet: Any) -> str:
    return "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None)


# The real case ------------------------------------------------------------------------------------------------------


def test_sheets_stand_in_order_and_the_data_is_hidden(live: Book) -> None:
    assert tuple(live.sheetnames) == names.SHEETS
    states = [live[name].sheet_state for name in live.sheetnames]
    assert states == ["visible"] * 8 + ["veryHidden"]
    assert live.active.title == names.LKE


def test_columns_are_those_of_lampiran_ii(values: Book) -> None:
    header = [c.value for c in values[names.LKE][names.ROW_HEADER + 1]]
    assert header[1:5] == ["No", "Komponen/Sub Komponen/Kriteria", "Bobot", "Jawaban"]
    assert [header[5], *header[7:9]] == ["Nilai", "Catatan", "Daftar Evidence"]


@pytest.mark.parametrize(
    ("name", "bobot", "jawaban", "nilai", "persen"),
    [
        ("1", 30, "BB", 23.10, 77), ("1.a", 6, "BB", 4.80, 80), ("1.b", 9, "B", 6.30, 70), ("1.c", 15, "BB", 12, 80),
        ("2", 30, "BB", 22.50, 75), ("2.a", 6, "BB", 4.80, 80), ("2.b", 9, "BB", 7.20, 80), ("2.c", 15, "B", 10.50, 70),
        ("3", 15, "BB", 11.55, 77), ("3.a", 3, "BB", 2.40, 80), ("3.b", 4.5, "B", 3.15, 70), ("3.c", 7.5, "BB", 6, 80),
        ("4", 25, "BB", 19.25, 77), ("4.a", 5, "BB", 4, 80), ("4.b", 7.5, "B", 5.25, 70), ("4.c", 12.5, "BB", 10, 80),
    ],
)  # fmt: skip
def test_rows_hold_the_published_figures(
    values: Book, table: Layout, name: str, bobot: float, jawaban: str, nilai: float, persen: float
) -> None:
    row = table.row_by_id[name].index + 1
    assert values[names.LKE].cell(row, names.COLUMN_ID + 1).value == name
    assert values[names.LKE].cell(row, names.COLUMN_NO + 1).value == name
    assert values[names.LKE].cell(row, names.COLUMN_BOBOT + 1).value == bobot
    assert cell(values, table, name, "jawaban").value == jawaban
    assert cell(values, table, name, "nilai").value == pytest.approx(nilai, abs=1e-12)
    assert cell(values, table, name, "persen").value == pytest.approx(persen, abs=1e-12)


def test_total_predikat_and_every_criterion(values: Book, table: Layout, hasil: Evaluation) -> None:
    assert cell(values, table, "total", "nilai").value == 76.4
    assert cell(values, table, "predikat", "nilai").value == "BB"
    assert cell(values, table, "predikat", "catatan").value == "Sangat Baik"
    assert cell(values, table, "rentang", "catatan").value == "Lengkap: 12 dari 12 bagian dinilai"
    statuses = hasil.case.penilaian["evaluator"].status
    assert len(statuses) == 81
    for kriteria in hasil.rubric.each_kriteria():
        assert cell(values, table, kriteria.id, "status").value == names.STATUS[statuses[kriteria.id]]
        wording = values[names.LKE].cell(table.row_by_id[kriteria.id].index + 1, names.COLUMN_URAIAN + 1).value
        assert wording == shown(kriteria.uraian)


def test_findings_and_recommendations_are_all_there(values: Book, hasil: Evaluation) -> None:
    temuan, rekomendasi = text_of(values[names.TEMUAN]), text_of(values[names.REKOMENDASI])
    assert len(hasil.temuan) == values[names.TEMUAN].max_row - 4
    assert len(hasil.rekomendasi) == values[names.REKOMENDASI].max_row - 4
    for finding in hasil.temuan:
        assert finding.kode in temuan
        assert finding.pesan in temuan
        assert finding.dasar in temuan
    for item in hasil.rekomendasi:
        assert item.teks in rekomendasi
        assert item.id in rekomendasi


def test_evidence_and_identity_stand_on_their_sheets(values: Book, hasil: Evaluation) -> None:
    bukti = values[names.BUKTI]
    rows = [[c.value for c in row] for row in bukti.iter_rows(min_row=names.BUKTI_FIRST + 1)]
    assert [row[0] for row in rows[:8]] == list(hasil.case.bukti)
    assert rows[0][1:5] == ["renstra", "Renstra SKPD", 2018, 2023]
    assert rows[1][3:5] == [2022, None]
    assert len(rows) == 8 + names.BUKTI_SPARE
    identity = {row[0].value: row[2].value for row in values[names.IDENTITAS].iter_rows(min_row=4)}
    assert identity["nama"] == "Kecamatan Pelaihari"
    assert (identity["tahun_kinerja"], identity["tahun_evaluasi"]) == (2022, 2023)
    assert identity["tanggal.evaluator"].date().isoformat() == "2023-06-27"
    assert identity["ada_rekomendasi"] == "ya"


def test_the_one_page_form_stands_beside_the_previous_year(hasil: Evaluation, values: Book) -> None:
    without = text_of(values[names.RINGKASAN])
    assert without.count("Belum Input") == 6
    assert "1.b.7, 1.b.8" in without
    for item in hasil.rekomendasi:
        assert item.teks in without
    case = load_case(CASE.parent / "2021.yaml")
    earlier = evaluate(load_rubric(case.rubrik), case)
    sheet = opened(workbook([hasil], earlier=earlier), values=True)[names.RINGKASAN]
    table = {row[1].value: (row[3].value, row[4].value) for row in sheet.iter_rows(min_row=8, max_row=13)}
    assert earlier.nilai is not None
    assert earlier.predikat is not None
    assert table["NILAI AKUNTABILITAS KINERJA"] == (float(earlier.nilai), 76.4)
    assert table["PREDIKAT"] == (earlier.predikat.predikat, "BB")
    assert "tidak setara" in text_of(sheet)
    assert "Belum Input" not in text_of(sheet)


def test_numbered_lines_are_ten_and_blanks_say_so() -> None:
    sheet = opened(blank_form(shipped(UNIT)), values=True)[names.RINGKASAN]
    lines_ = [(row[0].value, row[1].value) for row in sheet.iter_rows() if str(row[0].value).isdigit()]
    assert lines_[-20:] == [(str(n), "Belum Diisi") for n in (*range(1, 11), *range(1, 11))]


def test_cached_values_are_the_engine_s_and_formulas_are_live(
    live: Book, values: Book, table: Layout, hasil: Evaluation
) -> None:
    expected = figures(table, [hasil])
    assert len(expected) == len(formulas(table)) > 250
    for (row, column), figure in expected.items():
        place = address(row, column)
        assert live[names.LKE][place].value == formulas(table)[row, column]
        found = values[names.LKE][place].value
        assert (found or "") == (float(figure) if isinstance(figure, Fraction) else figure) or figure == 0 == found
    ringkasan = text_of(live[names.RINGKASAN])
    assert ringkasan.count(f"=IF({names.LKE}!") == 6


def test_the_hidden_sheet_gives_the_case_back(values: Book, pelaihari: Case, tanah_laut: Rubric) -> None:
    rows = {r[0].value: r[1].value for r in values[names.DATA].iter_rows(max_col=2) if r[0].value}
    assert rows["rubrik"] == tanah_laut.id
    assert rows["rubrik_sha256"] == tanah_laut.sha256
    assert rows["kasus_sha256"] == pelaihari.sha256
    assert rows["penilai"] == "evaluator"
    text = "".join(rows[f"kasus.{n}"] for n in range(1, sum(k.startswith("kasus.") for k in rows) + 1))
    assert case_text.decode(text) == pelaihari
    assert case_text.decode(text).sha256 == pelaihari.sha256


# Safety -------------------------------------------------------------------------------------------------------------


def with_text(case: Case, text: str) -> Case:
    """The case with this text wherever a user can write one."""
    judged = case.penilaian["evaluator"]
    sub = {
        "1.a": JawabanSub("BB", text, text, (), text),
        **{k: v for k, v in judged.subkomponen.items() if k != "1.a"},
    }
    agency = replace(case.instansi, nama=text, induk=text, jenis=text)
    bukti = {b.id: replace(b, judul=text, asal=text) for b in case.bukti.values()}
    said: dict[Any, Penilaian] = {"evaluator": replace(judged, subkomponen=sub)}
    return replace(case, instansi=agency, bukti=bukti, penilaian=said, catatan=text)


@pytest.mark.parametrize("text", ATTACKS)
def test_text_of_users_stays_text(tanah_laut: Rubric, pelaihari: Case, text: str, table: Layout) -> None:
    book = opened(workbook([evaluate(tanah_laut, with_text(pelaihari, text))]))
    for found in (
        cell(book, table, "1.a", "catatan"),
        cell(book, table, "1.a", "alasan"),
        book[names.BUKTI].cell(names.BUKTI_FIRST + 1, 3),
        book[names.IDENTITAS].cell(names.IDENTITAS_FIRST + 1, names.IDENTITAS_VALUE + 1),
    ):
        assert found.value == text
        assert found.data_type == "s"
        assert found.hyperlink is None


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=60))
def test_any_text_gives_a_workbook_that_opens(text: str) -> None:
    rubric = shipped("permenpanrb-12-2015/unit")
    case = Case(
        replace(_pelaihari().instansi, nama=text or "x"), 2015, 2016, rubric.id, catatan=text or None,
        bukti={"a": Bukti("a", "lain", text)}, penilaian={"evaluator": Penilaian()},
    )  # fmt: skip
    book = opened(workbook([evaluate(rubric, case)]))
    value = book[names.IDENTITAS].cell(names.IDENTITAS_FIRST + 1, names.IDENTITAS_VALUE + 1).value
    rows = {r[0].value: r[1].value for r in book[names.DATA].iter_rows(max_col=2)}
    assert (value or "").replace("_x005F_", "_") == shown(text or "x").replace("_x005F_", "_")
    assert case_text.decode(rows["kasus.1"]) == case


def _pelaihari() -> Case:
    return load_case(CASE, shipped("tanah-laut-68-2022/unit"))


def test_what_a_cell_cannot_hold_is_replaced_and_what_is_long_is_cut() -> None:
    assert shown("a\x00b\x1bc\ud800d\ufffee") == "a?b?c?d?e"
    assert shown("a\r\nb\rc\td") == "a\nb\nc\td"
    assert len(shown("x" * 50_000)) == 32_000
    assert shown("x" * 50_000).endswith("…")


def test_only_input_cells_are_free_on_protected_sheets(live: Book, table: Layout) -> None:
    for sheet in live.worksheets:
        assert sheet.protection.sheet, sheet.title
        assert not sheet.protection.password
    block = table.blocks[0]
    for row in table.rows:
        for key in block.visible:
            free = key in table.inputs(row) or (key == "jawaban" and "status" in table.inputs(row))
            assert cell(live, table, row.id, key).protection.locked is not free, (row.id, key)
    assert not live[names.IDENTITAS].cell(names.IDENTITAS_FIRST + 1, 3).protection.locked
    assert not live[names.BUKTI].cell(names.BUKTI_FIRST + 1, 1).protection.locked
    assert all(c.protection.locked for row in live[names.TEMUAN].iter_rows() for c in row)


def choices(sheet: Any) -> dict[str, str]:
    """Formula of the list by the cells that offer it."""
    found: dict[str, str] = {}
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            for row, column in area.cells:
                found[address(row - 1, column - 1)] = rule.formula1
    return found


def test_answers_and_statuses_are_chosen_from_the_rubric(live: Book, table: Layout) -> None:
    offered = choices(live[names.LKE])
    assert len(offered) == 12 + 81
    for row in table.rows:
        place = address(row.index, table.blocks[0].columns["jawaban"])
        if row.jenis == "subkomponen":
            assert offered[place] == '"AA,A,BB,B,CC,C,D,E"'
        elif row.jenis == "kriteria":
            assert offered[place] == '"Terpenuhi,Sebagian,Tidak,Tidak berlaku"'
        else:
            assert place not in offered
    assert choices(live[names.BUKTI])["B4"].startswith(f"{names.DATA}!$D$1:$D$")


def test_points_given_by_hand_are_bounded_by_their_bobot() -> None:
    rubric = shipped("permenpanrb-12-2015/unit")
    book, table = opened(blank_form(rubric)), layout(rubric)
    rules = book[names.LKE].data_validations.dataValidation
    assert [(r.type, float(r.formula2)) for r in rules] == [("decimal", float(k.bobot)) for k in rubric.komponen]
    assert cell(book, table, "5", "nilai").protection.locked is False
    assert "jawaban" not in table.blocks[0].columns


def test_print_setup_repeats_the_header_on_folio_landscape(live: Book) -> None:
    sheet = live[names.LKE]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 14)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${names.ROW_GROUP + 1}:${names.ROW_HEADER + 1}"
    assert sheet.freeze_panes == address(names.ROW_FIRST, names.COLUMN_BOBOT + 1)
    assert sheet.column_dimensions["A"].hidden
    for helper in names.HELPERS:
        column = layout(shipped("tanah-laut-68-2022/unit")).blocks[0].columns[helper]
        letter = address(0, column).rstrip("1")
        assert sheet.column_dimensions[letter].hidden or any(
            d.hidden and d.min <= column + 1 <= d.max for d in sheet.column_dimensions.values()
        )


def test_long_wording_gets_a_row_tall_enough(live: Book, table: Layout, tanah_laut: Rubric) -> None:
    sheet = live[names.LKE]
    width = sheet.column_dimensions["C"].width
    for row in table.rows:
        if row.jenis == "kriteria" and lines(row.uraian, width) > 1:
            assert sheet.row_dimensions[row.index + 1].height >= 13 * lines(row.uraian, width)
    assert lines("satu dua tiga", 5) == 3
    assert lines("a\n\nb", 5) == 3


def test_the_same_input_gives_the_same_bytes(hasil: Evaluation, content: bytes) -> None:
    assert workbook([hasil]) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "2023-06-27T00:00:00Z" in core
    assert core.count("2023-06-27") == 2


# Raters, rubrics -----------------------------------------------------------------------------------------------------


def test_two_raters_stand_side_by_side(tanah_laut: Rubric, pelaihari: Case) -> None:
    own = Penilaian(subkomponen={s.id: JawabanSub("A") for s in tanah_laut.each_subkomponen()})
    case = replace(pelaihari, penilaian={**pelaihari.penilaian, "mandiri": own})
    both = [evaluate(tanah_laut, case), evaluate(tanah_laut, case, "mandiri")]
    book, table = opened(workbook(both), values=True), layout(tanah_laut, ("mandiri", "evaluator"))
    assert [cell(book, table, "total", "nilai", n).value for n in (0, 1)] == [90, 76.4]
    assert [cell(book, table, "1.b", "jawaban", n).value for n in (0, 1)] == ["A", "B"]
    group = [c.value for c in book[names.LKE][names.ROW_GROUP + 1] if c.value]
    assert group == ["Penilaian mandiri (instansi)", "Penilaian evaluator"]
    assert "Agar" in text_of(book[names.REKOMENDASI])
    keys = [row[0].value for row in book[names.IDENTITAS].iter_rows(min_row=4)]
    assert {"tanggal.mandiri", "tanggal.evaluator"} <= set(keys)


def test_a_rater_twice_or_two_cases_are_refused(hasil: Evaluation) -> None:
    for wrong in ([], [hasil, hasil]):
        with pytest.raises(ValueError, match="satu kasus"):
            workbook(wrong)


@pytest.mark.parametrize("name", SHIPPED)
def test_an_empty_form_has_every_row_and_nothing_judged(name: str) -> None:
    rubric = shipped(name)
    table, content = layout(rubric), blank_form(rubric)
    book = opened(content, values=True)
    sheet = book[names.LKE]
    ids = [sheet.cell(row.index + 1, 1).value for row in table.rows]
    assert ids == [row.id for row in table.rows]
    for row in table.rows:
        for key in table.inputs(row):
            assert cell(book, table, row.id, key).value is None, (row.id, key)
    assert cell(book, table, "total", "nilai").value == "Belum Diisi"
    assert cell(book, table, "predikat", "nilai").value == "Belum Diisi"
    assert "0 dari" in cell(book, table, "rentang", "catatan").value
    if "usulan" in table.blocks[0].columns:
        assert {cell(book, table, row.id, "usulan").value for row in table.rows} <= {None, "-"}
    rows = {r[0].value: r[1].value for r in book[names.DATA].iter_rows(max_col=2) if r[0].value}
    assert rows["kosong"] == "ya"
    assert not any(key.startswith("kasus.") for key in rows)
    assert [r[2].value for r in book[names.IDENTITAS].iter_rows(min_row=4)] == [None] * 11
    assert book.active.title == names.PETUNJUK


# The command --------------------------------------------------------------------------------------------------------


@pytest.fixture
def spoken(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def call(*words: str | Path) -> tuple[int, str]:
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return call


def test_the_command_writes_the_workbook(
    tmp_path: Path, spoken: Callable[..., tuple[int, str]], content: bytes
) -> None:
    target = tmp_path / "LKE.xlsx"
    assert spoken("lke", CASE, "-o", target) == (0, "")
    assert target.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["LKE.xlsx"]


def test_many_cases_go_into_a_folder(tmp_path: Path, spoken: Callable[..., tuple[int, str]]) -> None:
    folder = tmp_path / "kasus" / "pelaihari"
    folder.mkdir(parents=True)
    for name in ("2021.yaml", "2022.yaml"):
        (folder / name).write_bytes((CASE.parent / name).read_bytes())
    (folder / "surat.yaml").write_text("kop: x\nnomor: y\n")
    code, said = spoken("lke", tmp_path / "kasus", "-o", tmp_path / "lke")
    assert code == 0, said
    assert sorted(p.name for p in (tmp_path / "lke").iterdir()) == ["pelaihari-2021.xlsx", "pelaihari-2022.xlsx"]
    assert "2 buku kerja ditulis" in said
    assert "Dilewati, bukan berkas kasus" in said
    assert "surat.yaml" in said


def test_the_whole_folder_of_cases_gives_each_case_and_names_what_is_none(
    tmp_path: Path, spoken: Callable[..., tuple[int, str]]
) -> None:
    listed = sorted(CASE.parent.parent.rglob("*.yaml"))
    others = [path for path in listed if path.name.startswith(("surat-", "tindak-lanjut-"))]
    assert others
    code, said = spoken("lke", CASE.parent.parent, "-o", tmp_path / "lke")
    assert code == 0, said
    written = sorted(p.name for p in (tmp_path / "lke").iterdir())
    assert written == sorted(f"{p.parent.name}-{p.stem}.xlsx" for p in listed if p not in others)
    named = said.replace("\n", "")
    for path in others:
        assert f"Dilewati, bukan berkas kasus: {path}" in named
    assert f"{len(written)} buku kerja ditulis" in said
    for name in written:
        assert zipfile.ZipFile(tmp_path / "lke" / name).testzip() is None


def test_a_folder_without_cases_writes_nothing(tmp_path: Path, spoken: Callable[..., tuple[int, str]]) -> None:
    folder = tmp_path / "kasus" / "a"
    folder.mkdir(parents=True)
    (folder / "tindak-lanjut-2022.yaml").write_text("instansi: a\nnama: b\ntahun: 2022\n")
    code, said = spoken("lke", tmp_path / "kasus", "-o", tmp_path / "lke")
    assert (code, "B111" in said, "Dilewati" in said) == (2, True, True)
    assert not (tmp_path / "lke").exists()


def test_a_full_disk_leaves_no_half_workbook(
    tmp_path: Path, spoken: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    real = os.fsync

    def full(number: int) -> None:
        calls.append(number)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(number)

    monkeypatch.setattr(os, "fsync", full)
    cases = [CASE.parent / name for name in ("2020.yaml", "2021.yaml", "2022.yaml")]
    code, said = spoken("lke", *cases, "-o", tmp_path / "lke")
    assert (code, "B108" in said, "1 dari 3 kasus tidak ditulis" in said) == (2, True, True)
    left = [p.name for p in sorted((tmp_path / "lke").iterdir())]
    assert len(left) == 2
    assert all(name.endswith(".xlsx") and zipfile.is_zipfile(tmp_path / "lke" / name) for name in left)


def test_a_bad_case_among_many_is_named_and_the_others_are_written(
    tmp_path: Path, spoken: Callable[..., tuple[int, str]]
) -> None:
    bad = tmp_path / "buruk.yaml"
    bad.write_text("instansi: {nama: x, jenis: y}\n")
    code, said = spoken("lke", CASE, bad, "-o", tmp_path / "lke")
    assert code == 2
    assert "M302" in said
    assert "1 dari 2 kasus tidak ditulis" in said
    assert [p.name for p in (tmp_path / "lke").iterdir()] == ["kecamatan-pelaihari-2022.xlsx"]


def test_wrong_uses_say_what_is_wrong(tmp_path: Path, spoken: Callable[..., tuple[int, str]]) -> None:
    (tmp_path / "kosong").mkdir()
    same = tmp_path / "kecamatan-pelaihari"
    same.mkdir()
    (same / "2022.yaml").write_bytes(CASE.read_bytes())
    (tmp_path / "berkas").write_text("x")
    for words, kode in (
        (("-o", tmp_path / "a.xlsx"), "D821"),
        ((CASE, "--kosong", UNIT, "-o", tmp_path / "a.xlsx"), "D821"),
        ((CASE, CASE.parent, "--sebelumnya", CASE, "-o", tmp_path / "a"), "D822"),
        ((CASE, "--sebelumnya", CASE, "-o", tmp_path / "a.xlsx"), "D823"),
        ((CASE, same, "-o", tmp_path / "a"), "D824"),
        ((tmp_path / "kosong", "-o", tmp_path / "a"), "B111"),
        ((CASE, CASE.parent / "2021.yaml", "-o", tmp_path / "berkas"), "D826"),
        (("--kosong", "tidak/ada", "-o", tmp_path / "a.xlsx"), "R401"),
        ((CASE, "--penilai", "mandiri", "-o", tmp_path / "a.xlsx"), "K512"),
        ((CASE, "-o", tmp_path / "tiada" / "a.xlsx"), "B108"),
        ((same / "2022.yaml", "-o", same / "2022.yaml"), "B108"),
    ):
        code, said = spoken("lke", *words)
        assert (code, kode in said) == (2, True), (words, said)
        assert not (tmp_path / "a.xlsx").exists()
    assert (same / "2022.yaml").read_bytes() == CASE.read_bytes()


def test_a_file_that_cannot_be_replaced_stays_as_it_was(
    tmp_path: Path, spoken: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "LKE.xlsx"
    target.write_text("lama")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code, said = spoken("lke", CASE, "-o", target)
    assert (code, "B108" in said) == (2, True)
    assert target.read_text() == "lama"
    assert [p.name for p in tmp_path.iterdir()] == ["LKE.xlsx"]


def test_without_the_extra_one_line_says_how_to_install_it(
    tmp_path: Path, spoken: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sakip_eval.documents import extras

    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "xlsxwriter" else object())
    code, said = spoken("lke", CASE, "-o", tmp_path / "a.xlsx")
    assert code == 2
    assert "D801" in said
    assert "pip install 'sakip-eval[office]'" in said
    assert not list(tmp_path.iterdir())


def test_the_empty_form_of_the_agency_is_its_own(tmp_path: Path, spoken: Callable[..., tuple[int, str]]) -> None:
    target = tmp_path / "kosong.xlsx"
    assert spoken("lke", "--kosong", UNIT, "--penilai", "mandiri", "-o", target)[0] == 0
    assert "Penilaian mandiri (instansi)" in text_of(opened(target.read_bytes())[names.LKE])
