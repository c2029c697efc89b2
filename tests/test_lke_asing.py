"""Foreign LKE sheets: the printed table of seed 000 in many looks, read by wording and number, never by guess."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_eval import Case, Rubric, load_case
from sakip_eval.case.case import Rater
from sakip_eval.cli.main import run
from sakip_eval.documents.lke.cell_values import (
    Unreadable,
    is_blank,
    number_of,
    read_answer,
    read_ids,
    read_number,
    read_status,
)
from sakip_eval.documents.lke.foreign import About, read_foreign
from sakip_eval.documents.lke.layout import layout
from sakip_eval.documents.lke.match import Line, match
from sakip_eval.documents.lke.opening import Cell, open_bytes
from sakip_eval.documents.lke.reading import Reading
from sakip_eval.documents.lke.write import workbook
from sakip_eval.engine.evaluate import evaluate
from sakip_eval.problems import Problem, SakipError
from tests.helpers.files import only, shipped
from tests.helpers.foreign_lke import HEADERS, TITLE, Printed, cell_of, foreign, printed

ABOUT = About(tahun_kinerja=2022, tahun_evaluasi=2023)
TRUTH = {row.no: row.jawaban for row in printed() if row.jawaban}
OTHER_ORDER = {
    "persen": "Persentase (%)", "nilai": "Skor", "jawaban": "Jawaban", "uraian": "Uraian Komponen / Kriteria",
    "bobot": "Bobot Nilai", "no": "Kode",
}  # fmt: skip


def read(content: bytes, rubric: Rubric | None = None, rater: Rater = "evaluator", about: About = ABOUT) -> Reading:
    return read_foreign(open_bytes(content, "LKE.xlsx"), rubric or shipped("tanah-laut-68-2022/unit"), rater, about)


def refused(content: bytes, **about: Any) -> Problem:
    with pytest.raises(SakipError) as caught:
        read(content, about=replace(ABOUT, **about))
    return only(caught.value.problems)


def given_answers(reading: Reading, rater: Rater = "evaluator") -> dict[str, str | None]:
    return {name: sub.jawaban for name, sub in reading.case.penilaian[rater].subkomponen.items()}


def found(reading: Reading) -> list[tuple[str, str]]:
    """Code and cell of every finding."""
    return [(p.kode, str(p.lokasi).partition("[")[2].rstrip("]")) for p in reading.temuan]


def decimal_comma(text: str) -> str:
    return text.replace(".", ",")


def as_number(text: str) -> float:
    return float(text.rstrip("%"))


def with_changed(no: str, **changes: str) -> list[Printed]:
    return [replace(row, **changes) if row.no == no else row for row in printed()]


def test_the_table_of_the_seed_has_what_this_test_says() -> None:
    assert len(TRUTH) == 12
    assert sum(row.no.endswith(")") for row in printed()) == 81
    assert [row.bobot for row in printed() if row.no == "2.a"] == ["8.00"]


LOOKS: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("as printed", HEADERS, {}),
    ("other headers and order", OTHER_ORDER, {}),
    ("decimal commas as text", OTHER_ORDER, {"number": decimal_comma}),
    ("real numbers", HEADERS, {"number": as_number}),
    ("merged title and total", HEADERS, {"merge": True}),
    ("more rows above, other columns left, other sheets", OTHER_ORDER,
     {"title": ("KOP SURAT", "", *TITLE, "Catatan: isi kolom Jawaban", ""), "skip_columns": 2, "before": ("Sampul", "Petunjuk"), "sheet": "Isian 2022"}),
    ("two header rows", HEADERS, {"title": (*TITLE, "Penilaian evaluator")}),
]  # fmt: skip


@pytest.mark.parametrize(("look", "headers", "options"), LOOKS, ids=[look for look, _, _ in LOOKS])
def test_every_look_gives_all_answers_and_reports_the_weight_of_2a(
    look: str, headers: dict[str, str], options: dict[str, Any]
) -> None:
    reading = read(foreign(headers, **options))
    assert given_answers(reading) == TRUTH
    assert "81 dari 81 kriteria rubrik dicocokkan" in reading.isi
    assert "12 dari 12 subkomponen rubrik dicocokkan" in reading.isi
    assert reading.hasil[0].nilai == Fraction(764, 10)
    assert reading.tercetak == (Fraction(764, 10),)
    weight, percent = reading.temuan
    assert (weight.kode, percent.kode) in (("X812", "X815"), ("X815", "X812"))
    by_code = {p.kode: p for p in reading.temuan}
    assert "Bobot 2.a pada lembar 8.00, menurut rubrik 6.00" in by_code["X812"].apa
    assert "Persen 2.a pada lembar 60.00, hasil hitung ulang 80.00" in by_code["X815"].apa
    if not options.get("skip_columns"):
        place = cell_of("2.a", "bobot", headers, options.get("title", TITLE))
        assert ("X812", f"{options.get('sheet', 'LKE')}!{place}") in found(reading)
    assert reading.case.instansi.nama == "KECAMATAN PELAIHARI"


def test_the_printed_figures_are_kept_as_the_case_of_the_seed_has_them(pelaihari: Case) -> None:
    case = read(foreign()).case
    assert case.tercetak is not None
    assert pelaihari.tercetak is not None
    assert case.tercetak.bagian == pelaihari.tercetak.bagian
    assert case.tercetak.total == replace(pelaihari.tercetak.total, predikat=None)


@pytest.mark.parametrize("blank", ["Belum Diisi", "Belum Input", "-", "—", "", "belum diisi "])
def test_blanks_are_open_and_not_zero(blank: str) -> None:
    reading = read(foreign(rows=with_changed("1.a", jawaban=blank, nilai="Belum Input", persen="-")))
    assert given_answers(reading) == {k: v for k, v in TRUTH.items() if k != "1.a"}
    assert reading.hasil[0].nilai is None
    assert not any(p.kode in ("X814", "X817") for p in reading.temuan)


@pytest.mark.parametrize("typed", ["BBB", "80", "B/BB", "baik", "A-", "Belum"])
def test_an_answer_that_is_none_is_reported_and_never_guessed(typed: str) -> None:
    reading = read(foreign(rows=with_changed("1.a", jawaban=typed)))
    assert ("X814", f"LKE!{cell_of('1.a', 'jawaban')}") in found(reading)
    assert given_answers(reading) == {k: v for k, v in TRUTH.items() if k != "1.a"}
    assert any(p.kode == "X815" and "belum ada" in p.apa for p in reading.temuan)


def test_no_answer_is_made_from_a_printed_value() -> None:
    rows = [replace(row, jawaban="") for row in printed()]
    reading = read(foreign(rows=rows))
    assert given_answers(reading) == {}
    assert reading.hasil[0].dinilai == 0


@pytest.mark.parametrize("typed", ["3,522", "6.000", "enam"])
def test_an_ambiguous_weight_is_reported_with_its_cell(typed: str) -> None:
    reading = read(foreign(rows=with_changed("1.a", bobot=typed)))
    assert ("X817", f"LKE!{cell_of('1.a', 'bobot')}") in found(reading)
    assert reading.case.tercetak is not None
    assert reading.case.tercetak.bagian["1.a"].bobot is None


def test_the_national_rubric_reports_what_it_does_not_have(unit: Rubric) -> None:
    reading = read(foreign(), unit)
    assert given_answers(reading) == TRUTH
    unmatched = [p for p in reading.temuan if p.kode == "X826"]
    assert len(unmatched) == 3
    assert any("Kinerja Individu telah selaras" in p.apa and "4.b.3 (45 %)" in p.apa for p in unmatched)
    assert any("hampir sama miripnya: 2.b.7 (83 %), 2.b.6 (82 %)" in p.apa for p in unmatched)
    near = [p for p in reading.temuan if p.kode == "X825"]
    assert any("dibaca sebagai 2.b.1 menurut bunyinya, kemiripan 95 %" in p.apa for p in near)
    missing = only(tuple(p for p in reading.temuan if p.kode == "X827"))
    assert "2 kriteria rubrik tidak ada barisnya: 2.b.6, 2.b.7" in missing.apa


def test_rows_without_numbers_are_matched_by_wording_or_reported(tanah_laut: Rubric) -> None:
    headers = {role: text for role, text in HEADERS.items() if role != "no"}
    reading = read(foreign(headers))
    assert given_answers(reading) == TRUTH
    assert {p.kode for p in reading.temuan} <= {"X812", "X815", "X825", "X826", "X827"}
    matched = int(next(text for text in reading.isi if "kriteria" in text).split()[0])
    unmatched = sum(p.kode == "X826" for p in reading.temuan)
    assert matched + unmatched == 81
    assert matched >= 77


def test_rows_in_any_order_are_matched_by_wording() -> None:
    rows = list(printed())
    random.Random(7).shuffle(rows)
    reading = read(foreign(rows=rows))
    assert given_answers(reading) == TRUTH


def test_numbers_inside_the_text_are_understood() -> None:
    headers = {role: text for role, text in HEADERS.items() if role != "no"}
    rows = [replace(row, uraian=f"{row.no} {row.uraian}".strip()) for row in printed()]
    reading = read(foreign(headers, rows=rows))
    assert given_answers(reading) == TRUTH
    assert "81 dari 81 kriteria rubrik dicocokkan" in reading.isi


def test_a_row_copied_twice_is_reported_and_not_read() -> None:
    rows = list(printed())
    at = next(n for n, row in enumerate(rows) if row.no == "1.b")
    rows.insert(at, replace(rows[at], jawaban="AA"))
    reading = read(foreign(rows=rows))
    problem = only(tuple(p for p in reading.temuan if p.kode == "X828"))
    assert "Beberapa baris cocok dengan 1.b" in problem.apa
    assert "1.b" not in given_answers(reading)


def test_the_better_of_two_rows_is_said() -> None:
    rows = list(printed())
    at = next(n for n, row in enumerate(rows) if row.no == "1.c")
    rows.append(replace(rows[at], uraian=rows[at].uraian + " lagi", jawaban="AA"))
    reading = read(foreign(rows=rows))
    assert "bunyinya sama" in only(tuple(p for p in reading.temuan if p.kode == "X828")).mengapa
    assert given_answers(reading) == TRUTH


def test_an_unknown_row_is_reported_with_the_nearest() -> None:
    extra = Printed("4.d", "Terdapat aplikasi evaluasi milik daerah", "5.00", "A", "4.50", "90.00%")
    reading = read(foreign(rows=[*printed()[:-1], extra, printed()[-1]]))
    problem = only(tuple(p for p in reading.temuan if p.kode == "X826"))
    assert "Terdapat aplikasi evaluasi milik daerah" in problem.apa
    assert "yang termirip" in problem.apa
    assert given_answers(reading) == TRUTH


def test_a_number_does_not_outweigh_a_wording() -> None:
    """Two subkomponen with each other's number: the wording decides, as for every local renumbering."""
    swapped = {"1.a": "1.b", "1.b": "1.a"}
    rows = [replace(row, no=swapped.get(row.no, row.no)) for row in printed()]
    reading = read(foreign(rows=rows))
    assert given_answers(reading)["1.a"] == "BB"
    assert given_answers(reading)["1.b"] == "B"


def test_evidence_that_is_only_described_is_kept_word_for_word(tanah_laut: Rubric) -> None:
    def change(book: Any) -> None:
        sheet = book["LKE"]
        sheet["G5"], sheet["H5"] = "Catatan", "Daftar Evidence"
        row = int(cell_of("1.a", "no")[1:])
        sheet.cell(row, 7).value, sheet.cell(row, 8).value = "Baik: lengkap", "1. Renstra\n2. DPA"

    reading = read(foreign(change=change))
    assert (
        reading.case.penilaian["evaluator"].subkomponen["1.a"].catatan
        == "Baik: lengkap\nDaftar evidence: 1. Renstra\n2. DPA"
    )
    assert any(p.kode == "X829" for p in reading.temuan)


def test_statuses_of_criteria_are_read_and_grades_there_reported() -> None:
    def change(book: Any) -> None:
        sheet = book["LKE"]
        row = int(cell_of("1.a", "no")[1:])
        for offset, word in enumerate(("Ya", "Tidak", "sebagian", "Tidak Berlaku", "BB", "belum"), 1):
            sheet.cell(row + offset, 4).value = word

    reading = read(foreign(change=change))
    said = {name: k.status for name, k in reading.case.penilaian["evaluator"].kriteria.items()}
    assert said == {"1.a.1": "terpenuhi", "1.a.2": "tidak", "1.a.3": "sebagian", "1.a.4": "tidak_berlaku"}
    assert sum(p.kode == "X814" for p in reading.temuan) == 2


TWO = {"no": "No", "uraian": "Komponen", "bobot": "Bobot", "jawaban": "Jawaban", "nilai": "Nilai"}


def two_raters(left: str, right: str) -> bytes:
    """Jawaban of two raters side by side, under headers of their own."""

    def change(book: Any) -> None:
        sheet = book["LKE"]
        sheet["D4"], sheet["F4"] = left, right
        sheet.merge_cells("D4:E4")
        sheet.merge_cells("F4:G4")
        sheet["F5"], sheet["G5"] = "Jawaban", "Nilai"
        for row in range(6, sheet.max_row + 1):
            if sheet.cell(row, 4).value:
                sheet.cell(row, 6).value = "E"

    return foreign(TWO, change=change)


def test_columns_of_two_raters_are_told_apart_by_their_headers() -> None:
    content = two_raters("Hasil evaluasi Inspektorat", "Penilaian Mandiri")
    assert given_answers(read(content)) == TRUTH
    mandiri = read(content, rater="mandiri")
    assert set(given_answers(mandiri, "mandiri").values()) == {"E"}
    assert set(mandiri.case.penilaian) == {"mandiri"}


def test_columns_of_nobody_knows_whom_are_refused() -> None:
    with pytest.raises(SakipError) as caught:
        read(two_raters("Tahap 1", "Tahap 2"))
    assert {p.kode for p in caught.value.problems} == {"X822"}
    assert "Beberapa kolom dapat berisi jawaban: D5, F5" in caught.value.problems[0].apa


def test_the_agencys_own_answers_do_not_pass_as_the_evaluators() -> None:
    with pytest.raises(SakipError) as caught:
        read(foreign({**HEADERS, "jawaban": "Jawaban mandiri"}))
    assert "hanya ada untuk penilai mandiri" in only(caught.value.problems).apa


@pytest.mark.parametrize(
    ("content", "about", "kode", "words"),
    [
        (lambda: foreign({"no": "A", "uraian": "B", "bobot": "C", "jawaban": "D"}), {}, "X821", "tidak ditemukan"),
        (lambda: foreign(rows=[Printed("1", "Pagu", "1", "BB", "1", "1")]), {}, "X821", "dikenal"),
        (lambda: foreign(), {"tahun_kinerja": None}, "X824", "PERIODE EVALUASI: 2022"),
        (lambda: foreign(title=()), {}, "X824", "--instansi"),
        (lambda: foreign(), {"lembar": "tiada"}, "X821", "tidak ditemukan"),
    ],
)
def test_what_cannot_be_a_case_is_refused(
    content: Callable[[], bytes], about: dict[str, Any], kode: str, words: str
) -> None:
    problem = refused(content(), **about)
    assert problem.kode == kode
    assert words in str(problem)


def test_two_sheets_alike_are_refused_until_one_is_named() -> None:
    def twice(book: Any) -> None:
        book.copy_worksheet(book["LKE"]).title = "LKE lama"

    content = foreign(change=twice)
    assert refused(content).kode == "X823"
    assert given_answers(read(content, about=replace(ABOUT, lembar="LKE lama"))) == TRUTH


def test_years_that_the_sheet_says_clearly_are_taken() -> None:
    title = ("LKE", "Nama Instansi", "Tahun Kinerja : 2021", "Tahun Evaluasi: 2022")

    def change(book: Any) -> None:
        book["LKE"]["B2"] = ": Dinas Contoh"

    case = read(foreign(title=title, change=change), about=About(jenis="dinas")).case
    assert (case.instansi.nama, case.instansi.jenis) == ("Dinas Contoh", "dinas")
    assert (case.tahun_kinerja, case.tahun_evaluasi) == (2021, 2022)


def test_our_own_workbook_can_be_read_as_a_foreign_one(pelaihari: Case, tanah_laut: Rubric) -> None:
    reading = read(workbook([evaluate(tanah_laut, pelaihari)]))
    assert given_answers(reading) == TRUTH
    said = reading.case.penilaian["evaluator"].kriteria
    assert {n: k.status for n, k in said.items()} == {
        n: k.status for n, k in pelaihari.penilaian["evaluator"].kriteria.items()
    }
    assert reading.temuan == ()


def test_points_of_components_by_the_old_rubric(lama: Rubric) -> None:
    names = {k.id: k.nama for k in lama.komponen}
    rows = [Printed(i, name, "", "", "7,50", "") for i, name in names.items()]
    reading = read(foreign(rows=rows), lama)
    assert reading.case.penilaian["evaluator"].komponen == dict.fromkeys(names, Fraction(15, 2))


def test_the_command_reads_a_foreign_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source, target = Path("a.xlsx"), Path("k.yaml")
    source.write_bytes(foreign())
    assert run(["lke-baca", str(source), "-o", str(target)]) == 2
    assert "Sebutkan --rubrik" in capsys.readouterr().err
    words = ["lke-baca", str(source), "-o", str(target), "--rubrik", "tanah-laut-68-2022/unit"]
    assert run([*words, "--tahun-kinerja", "2022"]) == 2
    assert not target.exists()
    capsys.readouterr()
    assert run([*words, "--tahun-kinerja", "2022", "--tahun-evaluasi", "2023", "--jenis", "kecamatan"]) == 1
    out = capsys.readouterr().out
    assert "[LKE!C38]: X812" in out
    assert "Bobot 2.a pada lembar 8.00, menurut rubrik 6.00" in " ".join(out.split())
    assert "81 dari 81 kriteria" in out
    assert max(len(line) for line in out.splitlines()) <= 80
    case = load_case(target)
    assert {n: s.jawaban for n, s in case.penilaian["evaluator"].subkomponen.items()} == TRUTH
    assert case.instansi.jenis == "kecamatan"


GARBAGE = (
    "BBB",
    "-",
    "3,522",
    "=A1",
    1e300,
    -5,
    True,
    "x" * 9000,
    "1.b",
    "Jawaban",
    "Nilai",
    "2.a",
    "Terdapat pedoman",
    "80%",
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 104), st.integers(1, 8), st.sampled_from(GARBAGE)), min_size=1, max_size=8))
def test_whatever_stands_in_a_foreign_sheet_is_read_or_refused(cells: list[tuple[int, int, object]]) -> None:
    def change(book: Any) -> None:
        for row, col, value in cells:
            book["LKE"].cell(row, col).value = value

    try:
        reading = read(foreign(change=change))
    except SakipError:
        return
    touched = {row for row, _, _ in cells}
    for row, line in enumerate(printed(), len(TITLE) + 2):
        # An answer is that of its own row, or there is none.
        if line.jawaban and row not in touched:
            assert given_answers(reading).get(line.no) in (line.jawaban, None)


# Cells ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("6", "6"), ("6,00", "6"), ("23.10", "23.1"), ("23,10", "23.1"), ("80%", "80"), (" 77,00 % ", "77"), ("0,522", "0.522"),
        ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("1.234.567", "1234567"), ("-5,5", "-5.5"), ("1234,567", "1234.567"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, number: str) -> None:
    assert read_number(text) == Fraction(number)


@pytest.mark.parametrize(
    "text", ["3,522", "3.522", "12.345", "1,234,56", "abc", "6,", ",5", "1e3", "6 00", "١", "1/3", ""]
)
def test_what_is_no_number_or_two_numbers_is_not_read(text: str) -> None:
    with pytest.raises(Unreadable):
        read_number(text)


@given(st.fractions(0, 100).map(lambda f: round(f, 2)), st.sampled_from([".", ","]))
def test_two_decimals_are_read_with_either_sign(figure: Fraction, sign: str) -> None:
    assert read_number(f"{float(figure):.2f}".replace(".", sign)) == figure


def test_a_percent_format_counts_in_percent() -> None:
    assert number_of(Cell("angka", Fraction(4, 5), None, "0.00%")) == 80
    assert number_of(Cell("angka", Fraction(4, 5))) == Fraction(4, 5)
    assert number_of(Cell("teks", "80%")) == 80
    assert number_of(Cell("teks", "Belum Diisi")) is None
    for cell in (Cell("logika", True), Cell("angka", Fraction(10**300))):
        with pytest.raises(Unreadable):
            number_of(cell)


def test_words_of_cells() -> None:
    assert read_answer(" bb ", ["BB", "B"]) == "BB"
    assert read_status("TIDAK  BERLAKU") == "tidak_berlaku"
    assert read_status("") is None
    assert read_ids("a; B,\nc,a", ["a", "b", "C", "c"]) == (("a", "b", "c"), ())
    assert read_ids("X", ["x", "X2"]) == (("x",), ())
    assert read_ids("Ab", ["AB", "ab"]) == ((), ("Ab",))
    assert is_blank(" Belum  Diisi ")
    assert not is_blank("belum")


def test_a_wording_that_fits_two_criteria_is_a_tie(unit: Rubric) -> None:
    parts = layout(unit).rows
    text = "Dokumen Laporan Kinerja telah menginfokan perbandingan realisasi kinerja dengan target"
    starts = {p.id for p in parts if p.uraian.startswith(text)}
    assert len(starts) == 2
    tie = match([Line(1, 1, "", text)], parts)[0]
    assert tie.part is None
    assert {p.id for p, at in tie.near if at == 95} == starts


def test_a_row_merged_over_all_columns_says_nothing_in_them() -> None:
    row = int(cell_of("1", "no")[1:])
    reading = read(foreign(change=lambda book: book["LKE"].merge_cells(f"B{row}:F{row}")))
    assert not [p for p in reading.temuan if p.lokasi.line == row]
    assert given_answers(reading) == TRUTH


def test_twins_are_told_apart_by_where_they_stand(unit: Rubric) -> None:
    """4.a.2 and 4.b.4 have the same words."""
    parts = layout(unit).rows
    twins = [p for p in parts if p.id in ("4.a.2", "4.b.4")]
    assert len({p.uraian.rstrip(".") for p in twins}) == 1
    alone = match([Line(1, 1, "", twins[0].uraian)], parts)[0]
    assert alone.part is None
    assert {p.id for p, _ in alone.near} == {"4.a.2", "4.b.4"}
    below = match([Line(1, 1, "", unit.subkomponen_by_id["4.b"].nama), Line(2, 1, "", twins[0].uraian)], parts)[1]
    assert below.part is not None
    assert below.part.id == "4.b.4"
