"""`sakip lke` -> filled in with LibreOffice -> `sakip lke-baca`: the same case, with just the cells that were changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sakip_eval import Case, Evaluation, Rubric, evaluate, load_case, load_rubric
from sakip_eval.case.case import (
    Bukti,
    Instansi,
    JawabanKriteria,
    JawabanSub,
    Penilaian,
    Rater,
    RekomendasiTangan,
    TindakLanjut,
)
from sakip_eval.cli.main import run
from sakip_eval.documents.libreoffice import recalculated
from sakip_eval.documents.lke import layout as at
from sakip_eval.documents.lke.layout import layout
from sakip_eval.documents.lke.opening import open_bytes
from sakip_eval.documents.lke.own import read_own
from sakip_eval.documents.lke.reading import Reading
from sakip_eval.documents.lke.write import blank_form, workbook
from sakip_eval.problems import Problem, SakipError, cell_name
from tests.helpers.cases import all_answers, all_status, make_case
from tests.helpers.files import only, shipped

Change = Callable[[Any], None]
LAMA = "permenpanrb-12-2015/unit"


def written(case: Case, rubric: Rubric, *raters: Rater) -> bytes:
    return workbook([evaluate(rubric, case, rater) for rater in raters or ("evaluator",)])


def edited(content: bytes, change: Change) -> bytes:
    """The workbook with cells changed by hand; what was computed is gone, as after every edit outside Excel."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def in_libreoffice(content: bytes, change: Change) -> bytes:
    return recalculated(edited(content, change))


def read(content: bytes, rater: Rater | None = None) -> Reading:
    return read_own(open_bytes(content, "LKE.xlsx"), (), rater)


def refused(content: bytes) -> tuple[Problem, ...]:
    with pytest.raises(SakipError) as caught:
        read(content)
    return caught.value.problems


def spot(
    rubric: Rubric, name: str, key: str, raters: tuple[Rater, ...] = ("evaluator",), rater: Rater = "evaluator"
) -> str:
    """Name of the cell of a part under a key."""
    table = layout(rubric, raters)
    column = {"bobot": at.COLUMN_BOBOT, "uraian": at.COLUMN_URAIAN, "id": at.COLUMN_ID}.get(key)
    return cell_name(
        table.row_by_id[name].index + 1, (table.block(rater).columns[key] if column is None else column) + 1
    )


def identity_cell(key: str, raters: tuple[Rater, ...] = ("evaluator",)) -> str:
    keys = [field.key for field in at.identitas_fields(raters)]
    return cell_name(at.IDENTITAS_FIRST + keys.index(key) + 1, at.IDENTITAS_VALUE + 1)


def evidence_cell(row: int, key: str) -> str:
    """Cell of a column of the evidence in the row with that number, from 0."""
    return cell_name(at.BUKTI_FIRST + row + 1, [f.key for f in at.BUKTI_FIELDS].index(key) + 1)


def fill(sheet: str, **cells: Any) -> Change:
    def change(book: Any) -> None:
        for name, value in cells.items():
            book[sheet].protection.sheet = False
            book[sheet][name] = value

    return change


def found(reading: Reading, kode: str, cell: str = "") -> Problem:
    """The one finding with this code (at this cell)."""
    return only(tuple(p for p in reading.temuan if p.kode == kode and (not cell or f"!{cell}]" in str(p.lokasi))))


def only_recalculation_lacks(reading: Reading) -> bool:
    """Whether nothing was found but that an edit outside Excel leaves no computed figures."""
    return [p.kode for p in reading.temuan] == ["X815"] and "tanpa hasil hitungannya" in reading.temuan[0].apa


def with_sub(case: Case, name: str, **changes: Any) -> Case:
    said = case.penilaian["evaluator"]
    sub = {**said.subkomponen, name: replace(said.subkomponen.get(name, JawabanSub()), **changes)}
    return replace(case, penilaian={**case.penilaian, "evaluator": replace(said, subkomponen=sub)})


def with_kriteria(case: Case, name: str, **changes: Any) -> Case:
    said = case.penilaian["evaluator"]
    one = {**said.kriteria, name: replace(said.kriteria.get(name, JawabanKriteria()), **changes)}
    return replace(case, penilaian={**case.penilaian, "evaluator": replace(said, kriteria=one)})


@pytest.fixture(scope="module")
def lke(pelaihari: Case, tanah_laut: Rubric) -> bytes:
    return written(pelaihari, tanah_laut)


# Unchanged ------------------------------------------------------------------------------------------------------------


def test_what_is_written_is_read_back_exactly_and_without_a_finding(lke: bytes, pelaihari: Case) -> None:
    reading = read(lke)
    assert reading.case == pelaihari
    assert reading.temuan == ()
    assert reading.tercetak == (Fraction(764, 10),)
    assert reading.hasil[0].nilai == Fraction(764, 10)


def test_libreoffice_opening_and_saving_it_changes_nothing(lke: bytes, pelaihari: Case) -> None:
    reading = read(recalculated(lke))
    assert reading.case == pelaihari
    assert reading.temuan == ()
    assert reading.tercetak == (Fraction(764, 10),)


AWKWARD = "=SUM(A1)\n+1; -x @y <b>&\"' : # \\n \t𝒳 é _x0041_ 1.10 NO"


def rich_case(rubric: Rubric) -> Case:
    """A case with something everywhere, also what has no cell of its own."""
    names = list(rubric.jenis_bukti) or ["dokumen"]
    bukti = (
        Bukti("a", names[0], AWKWARD, 2022, 2022, date(2022, 1, 31), None, date(2022, 3, 1), asal="baris 1"),
        Bukti(
            "1.10", names[-1], "judul", 2018, 2023, tautan="https://a.go.id/x?y=1", berkas="x.pdf", sha256="0" * 64
        ),
        Bukti("tanpa-tahun", names[0], "judul"),
    )
    sub = next(rubric.each_subkomponen()).id
    base = make_case(
        rubric,
        all_answers(rubric, "B") if rubric.pada == "subkomponen" else {},
        all_status(rubric, "sebagian"),
        komponen={k.id: k.bobot / 3 for k in rubric.komponen} if rubric.pada == "komponen" else {},
        sub={
            sub: JawabanSub("A" if rubric.pada == "subkomponen" else None, AWKWARD, "catatan", ("1.10", "a"), "asal")
        },
        bukti=bukti,
        rekomendasi=(RekomendasiTangan(rubric.komponen[0].id, "Agar menyusun.", (), "x"),),
        tindak_lanjut=TindakLanjut(True, ("a",), AWKWARD, "asal"),
    )
    mandiri = Penilaian(date(2023, 1, 2), {sub: JawabanSub(catatan="menurut kami")})
    return replace(
        base,
        instansi=Instansi("Dinas = Contoh", "Kabupaten", "dinas", "utama"),
        penilaian={**base.penilaian, "mandiri": mandiri},
        catatan=AWKWARD,
    )


@pytest.mark.parametrize("name", ["permenpanrb-88-2021/unit", "permenpanrb-88-2021/instansi", LAMA])
@pytest.mark.parametrize("raters", [("evaluator",), ("mandiri", "evaluator")])
def test_every_field_survives_with_every_rubric_and_both_raters(name: str, raters: tuple[Rater, ...]) -> None:
    rubric = shipped(name)
    case = rich_case(rubric)
    reading = read(written(case, rubric, *raters))
    assert reading.case == case
    assert reading.temuan == ()
    assert len(reading.hasil) == len(raters)


def test_every_field_survives_libreoffice(unit: Rubric) -> None:
    case = rich_case(unit)
    reading = read(recalculated(written(case, unit, "mandiri", "evaluator")))
    assert reading.temuan == ()
    assert reading.case == case


def test_thirds_of_a_point_are_kept_though_a_cell_cannot_hold_them(lama: Rubric) -> None:
    case = rich_case(lama)
    assert {v.denominator for v in case.penilaian["evaluator"].komponen.values()} != {1}
    assert read(recalculated(written(case, lama))).case == case


# Filled in ------------------------------------------------------------------------------------------------------------


def test_cells_filled_in_libreoffice_are_the_only_change(lke: bytes, pelaihari: Case, tanah_laut: Rubric) -> None:
    def change(book: Any) -> None:
        sheet = book["LKE"]
        sheet[spot(tanah_laut, "1.b", "jawaban")] = "A"
        sheet[spot(tanah_laut, "1.b", "catatan")] = "=bukan rumus"
        sheet[spot(tanah_laut, "1.b", "catatan")].data_type = "s"
        sheet[spot(tanah_laut, "1.b", "bukti")] = "renja; pk"
        sheet[spot(tanah_laut, "1.b", "alasan")] = "Inovasi: dua baris\ndan 50% lebih"
        sheet[spot(tanah_laut, "2.a", "jawaban")] = None
        sheet[spot(tanah_laut, "1.b.7", "status")] = "Terpenuhi"
        sheet[spot(tanah_laut, "1.b.7", "bukti")] = "renstra"
        book["Identitas"][identity_cell("tahun_evaluasi")] = 2024
        book["Identitas"][identity_cell("tanggal.evaluator")] = date(2024, 2, 3)
        book["Bukti"][evidence_cell(1, "judul")] = "Renja perubahan"
        for key, value in {"id": "lkjip", "jenis": "laporan_kinerja", "judul": "LKj", "dari": 2022}.items():
            book["Bukti"][evidence_cell(8, key)] = value

    wanted = with_sub(
        pelaihari,
        "1.b",
        jawaban="A",
        catatan="=bukan rumus",
        bukti=("renja", "pk"),
        alasan="Inovasi: dua baris\ndan 50% lebih",
    )
    wanted = with_sub(wanted, "2.a", jawaban=None)
    wanted = with_kriteria(wanted, "1.b.7", status="terpenuhi", bukti=("renstra",))
    wanted = replace(
        wanted,
        tahun_evaluasi=2024,
        bukti={
            **pelaihari.bukti,
            "renja": replace(pelaihari.bukti["renja"], judul="Renja perubahan"),
            "lkjip": Bukti("lkjip", "laporan_kinerja", "LKj", 2022, 2022),
        },
        penilaian={"evaluator": replace(wanted.penilaian["evaluator"], tanggal=date(2024, 2, 3))},
    )
    reading = read(in_libreoffice(lke, change))
    assert reading.temuan == ()
    assert reading.case == wanted
    assert reading.hasil[0].nilai is None
    assert reading.tercetak == (None,)


def test_a_blank_form_filled_in_becomes_a_case(unit: Rubric) -> None:
    def change(book: Any) -> None:
        for sub in unit.each_subkomponen():
            book["LKE"][spot(unit, sub.id, "jawaban")] = "BB"
        for key, value in {
            "nama": "Dinas Contoh",
            "jenis": "dinas",
            "tahun_kinerja": 2024,
            "tahun_evaluasi": 2025,
        }.items():
            book["Identitas"][identity_cell(key)] = value

    reading = read(in_libreoffice(blank_form(unit), change))
    assert reading.temuan == ()
    wanted = make_case(unit, all_answers(unit, "BB"))
    assert reading.case == replace(
        wanted, instansi=Instansi("Dinas Contoh", None, "dinas", None), tahun_kinerja=2024, tahun_evaluasi=2025
    )
    assert reading.tercetak == (Fraction(80),)


def test_a_blank_form_without_agency_and_years_is_refused_cell_by_cell(unit: Rubric) -> None:
    problems = refused(blank_form(unit))
    assert {p.kode for p in problems} == {"X824"}
    assert [str(p.lokasi) for p in problems] == [
        f"LKE.xlsx[Identitas!{identity_cell(key)}]" for key in ("nama", "jenis", "tahun_kinerja", "tahun_evaluasi")
    ]


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_any_answers_typed_into_the_cells_are_read_as_they_are(data: st.DataObject) -> None:
    rubric = shipped("permenpanrb-88-2021/unit")
    subs = {s.id: data.draw(st.sampled_from([None, *rubric.step_by_jawaban])) for s in rubric.each_subkomponen()}
    names = data.draw(st.lists(st.sampled_from(list(rubric.kriteria_by_id)), max_size=8, unique=True))
    statuses = {name: data.draw(st.sampled_from(list(at.STATUS))) for name in names}

    def change(book: Any) -> None:
        for name, answer in subs.items():
            book["LKE"][spot(rubric, name, "jawaban")] = answer
        for name, status in statuses.items():
            book["LKE"][spot(rubric, name, "status")] = at.STATUS[status]

    base = make_case(rubric, {s.id: "E" for s in rubric.each_subkomponen()})
    reading = read(edited(written(base, rubric), change))
    assert reading.case == make_case(rubric, subs, statuses)
    assert only_recalculation_lacks(reading)


@pytest.mark.parametrize("typed", ["bb", " BB ", "B B", "Bb"])
def test_case_and_blanks_in_an_answer_do_not_matter(
    typed: str, lke: bytes, pelaihari: Case, tanah_laut: Rubric
) -> None:
    reading = read(edited(lke, fill("LKE", **{spot(tanah_laut, "1.b", "jawaban"): typed})))
    assert reading.case == with_sub(pelaihari, "1.b", jawaban="BB")
    assert only_recalculation_lacks(reading)


# Findings: a case is written, what is not sure stays open ---------------------------------------------------------------


@pytest.mark.parametrize("typed", ["BBB", "lulus", 80, True, "BB/B", "#REF!"])
def test_an_unknown_answer_is_reported_and_left_open(
    typed: object, lke: bytes, pelaihari: Case, tanah_laut: Rubric
) -> None:
    cell = spot(tanah_laut, "1.a", "jawaban")
    reading = read(in_libreoffice(lke, fill("LKE", **{cell: typed})))
    problem = found(reading, "X814")
    assert str(problem.lokasi) == f"LKE.xlsx[LKE!{cell}]"
    assert "tidak ada pada skala rubrik (AA, A, BB" in problem.apa
    assert reading.case == with_sub(pelaihari, "1.a", jawaban=None)
    assert reading.hasil[0].nilai is None


def test_an_unknown_status_is_reported_and_left_open(lke: bytes, pelaihari: Case, tanah_laut: Rubric) -> None:
    cell = spot(tanah_laut, "1.a.1", "status")
    reading = read(edited(lke, fill("LKE", **{cell: "mungkin"})))
    assert "status `mungkin` tidak dikenal" in found(reading, "X814", cell).apa
    assert reading.case == with_kriteria(pelaihari, "1.a.1", status=None)


def test_a_formula_overwritten_by_a_constant(lke: bytes, pelaihari: Case, tanah_laut: Rubric) -> None:
    cell, hidden = spot(tanah_laut, "1.a", "nilai"), spot(tanah_laut, "1.b", "bawah")
    reading = read(in_libreoffice(lke, fill("LKE", **{cell: 5.4, hidden: None})))
    assert "Rumus nilai 1.a diganti `5.4`" in found(reading, "X811", cell).apa
    assert "Rumus bawah 1.b dihapus" in found(reading, "X811", hidden).apa
    assert "pada lembar 5.40, hasil hitung ulang 4.80" in found(reading, "X815", cell).apa
    assert reading.case == pelaihari
    assert reading.hasil[0].nilai == Fraction(764, 10)


def test_a_total_that_differs_from_ours(lke: bytes, pelaihari: Case, tanah_laut: Rubric) -> None:
    cell = spot(tanah_laut, "total", "nilai")
    reading = read(in_libreoffice(lke, fill("LKE", **{cell: "=76.4+10"})))
    assert "Nilai total pada lembar 86.40, hasil hitung ulang 76.40" in found(reading, "X815", cell).apa
    assert reading.tercetak == (Fraction(864, 10),)
    assert reading.hasil[0].nilai == Fraction(764, 10)
    assert reading.case == pelaihari


def test_a_changed_bobot(lke: bytes, pelaihari: Case, tanah_laut: Rubric) -> None:
    cell = spot(tanah_laut, "2.a", "bobot")
    reading = read(in_libreoffice(lke, fill("LKE", **{cell: 8})))
    assert "Bobot 2.a pada lembar 8, menurut rubrik 6" in found(reading, "X812").apa
    assert str(found(reading, "X812").lokasi) == f"LKE.xlsx[LKE!{cell}]"
    assert "6.40, hasil hitung ulang 4.80" in found(reading, "X815", spot(tanah_laut, "2.a", "nilai")).apa
    assert reading.case == pelaihari


def test_a_deleted_row_keeps_what_the_case_had(lke: bytes, pelaihari: Case, tanah_laut: Rubric) -> None:
    row = layout(tanah_laut).row_by_id["1.b.7"].index + 1
    reading = read(edited(lke, lambda book: book["LKE"].delete_rows(row)))
    missing = [p for p in reading.temuan if p.kode == "X813"]
    assert ["1 baris dihapus: 1.b.7" in p.apa for p in missing] == [True]
    assert reading.case == pelaihari


def test_a_moved_row_is_read_by_its_id(lke: bytes, pelaihari: Case, tanah_laut: Rubric) -> None:
    rows = layout(tanah_laut).row_by_id
    one, other = rows["1.b.7"].index + 1, rows["1.b.9"].index + 1

    def swap(book: Any) -> None:
        sheet = book["LKE"]
        for col in range(1, sheet.max_column + 1):
            a, b = sheet.cell(one, col), sheet.cell(other, col)
            a.value, b.value = b.value, a.value

    reading = read(edited(lke, swap))
    assert {p.kode for p in reading.temuan} == {"X813", "X815"}
    assert any("Baris 1.b.7 pindah" in p.apa for p in reading.temuan)
    assert reading.case == pelaihari


def test_an_inserted_row_is_reported_where_it_says_something(lke: bytes, pelaihari: Case, tanah_laut: Rubric) -> None:
    row = layout(tanah_laut).row_by_id["1.b.7"].index + 1

    def insert(book: Any) -> None:
        book["LKE"].insert_rows(row)
        book["LKE"].cell(row, at.COLUMN_URAIAN + 1).value = "Kriteria setempat"

    reading = read(edited(lke, insert))
    assert "bukan bagian rubrik" in only(tuple(p for p in reading.temuan if p.kode == "X813")).apa
    assert reading.case == pelaihari


def test_unknown_evidence_is_reported_and_the_known_kept(lke: bytes, pelaihari: Case, tanah_laut: Rubric) -> None:
    cell = spot(tanah_laut, "1.a", "bukti")
    reading = read(edited(lke, fill("LKE", **{cell: "renja, renstr, PK"})))
    problem = found(reading, "X816", cell)
    assert "`renstr`" in problem.apa
    assert "renstra" in problem.perbaikan
    assert reading.case == with_sub(pelaihari, "1.a", bukti=("renja", "pk"))


def test_a_formula_in_an_input_cell_is_reported(lke: bytes, pelaihari: Case, tanah_laut: Rubric) -> None:
    one, same = spot(tanah_laut, "1.b", "jawaban"), spot(tanah_laut, "1.a", "jawaban")
    reading = read(in_libreoffice(lke, fill("LKE", **{one: '="B"&"B"', same: '="BB"'})))
    assert "nilai yang tersimpan: BB" in found(reading, "X818", one).mengapa
    assert "berisi rumus" in found(reading, "X818", same).apa
    assert reading.case == with_sub(pelaihari, "1.b", jawaban="BB")


@pytest.mark.parametrize(
    ("typed", "value", "words"),
    [
        ("23,10", Fraction(231, 10), "tertulis sebagai teks"),
        ("3,522", None, "dapat berarti 3522 atau 3 koma 522"),
        ("banyak", None, "bukan angka"),
        (31, None, "di luar 0 sampai 30"),
        (-1, None, "di luar 0 sampai 30"),
    ],
)
def test_text_and_impossible_figures_in_a_number_cell(
    typed: object, value: Fraction | None, words: str, lama: Rubric
) -> None:
    case = make_case(lama, komponen={k.id: k.bobot / 2 for k in lama.komponen})
    cell = spot(lama, "1", "nilai")
    reading = read(edited(written(case, lama), fill("LKE", **{cell: typed})))
    assert words in found(reading, "X817", cell).apa
    assert reading.case.penilaian["evaluator"].komponen.get("1") == value


def test_another_rubric_content_is_reported(lke: bytes, pelaihari: Case) -> None:
    def change(book: Any) -> None:
        for row in book["Data"].iter_rows(max_col=2):
            if row[0].value == "rubrik_sha256":
                row[1].value = "0" * 64

    reading = read(edited(lke, change))
    assert "berubah sejak LKE ini ditulis" in found(reading, "X819").apa
    assert reading.case == pelaihari


# Refusals: nothing is written -------------------------------------------------------------------------------------------


def test_a_row_that_was_copied_is_refused(lke: bytes, tanah_laut: Rubric) -> None:
    cell = spot(tanah_laut, "1.b.7", "id")
    problems = refused(edited(lke, fill("LKE", **{cell: "1.b.8"})))
    assert {p.kode for p in problems} == {"X813"}
    assert any("Baris 1.b.8 ada 2 kali" in p.apa and p.tingkat == "galat" for p in problems)


def test_rows_sorted_without_their_hidden_ids_are_refused(lke: bytes, tanah_laut: Rubric) -> None:
    one, other = spot(tanah_laut, "1.b.7", "uraian"), spot(tanah_laut, "1.b.8", "uraian")

    def swap(book: Any) -> None:
        sheet = book["LKE"]
        sheet[one].value, sheet[other].value = sheet[other].value, sheet[one].value

    problems = [p for p in refused(edited(lke, swap)) if p.tingkat == "galat"]
    assert [p.kode for p in problems] == ["X813", "X813"]
    assert "Baris 1.b.7 memuat bunyi 1.b.8" in problems[0].apa


def test_a_moved_column_is_refused(lke: bytes) -> None:
    problems = refused(edited(lke, lambda book: book["LKE"].insert_cols(at.COLUMN_BOBOT + 2)))
    assert {p.kode for p in problems} == {"X810"}
    assert "seharusnya `Jawaban`" in problems[0].apa


@pytest.mark.parametrize("name", ["LKE", "Bukti", "Identitas"])
def test_a_sheet_that_is_gone_is_refused(name: str, lke: bytes) -> None:
    problem = only(refused(edited(lke, lambda book: book.remove(book[name]))))
    assert problem.kode == "X810"
    assert f"Lembar `{name}` tidak ada" in problem.apa


@pytest.mark.parametrize(
    ("key", "value", "kode"),
    [
        ("tata_letak", "99", "X808"),
        ("rubrik", "tiada/rubrik", "R401"),
        ("rubrik", "../../etc", "R401"),
        ("penilai", "bupati", "X809"),
        ("kasus.1", "{", "X809"),
        ("kasus.1", '{"instansi": 1}', "X809"),
        ("kasus.1", None, "X809"),
    ],
)
def test_a_damaged_hidden_sheet_is_refused(key: str, value: str | None, kode: str, lke: bytes) -> None:
    def change(book: Any) -> None:
        for row in book["Data"].iter_rows(max_col=2):
            if row[0].value == key:
                row[1].value = value

    problem = refused(edited(lke, change))[0]
    assert problem.kode == kode, str(problem)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "kode", "words"),
    [
        ("Bukti", evidence_cell(1, "judul"), None, "X817", "tanpa judul"),
        ("Bukti", evidence_cell(1, "id"), None, "X817", "tanpa id"),
        ("Bukti", evidence_cell(1, "id"), "renstra", "X817", "dipakai dua kali"),
        ("Bukti", evidence_cell(1, "jenis"), "rensrta", "X814", "tidak dikenal"),
        ("Bukti", evidence_cell(1, "penetapan"), "03/04/2023", "X817", "bukan tanggal"),
        ("Identitas", identity_cell("tahun_kinerja"), "dua ribu", "X817", "bukan tahun"),
        ("Identitas", identity_cell("nama"), None, "X824", "belum diisi"),
        ("Identitas", identity_cell("ada_rekomendasi"), None, "X824", "belum diisi"),
        ("Identitas", identity_cell("tahun_evaluasi"), 2021, "K501", "mendahului"),
    ],
)
def test_what_would_be_lost_is_refused(
    sheet: str, cell: str, value: object, kode: str, words: str, lke: bytes
) -> None:
    problems = refused(edited(lke, fill(sheet, **{cell: value})))
    problem = next(p for p in problems if p.kode == kode)
    assert words in problem.apa
    if kode != "K501":
        assert str(problem.lokasi) == f"LKE.xlsx[{sheet}!{cell}]"


GARBAGE = (
    "BBB",
    "",
    "-",
    "=1/0",
    "=A1",
    "3,522",
    1e300,
    -5,
    True,
    date(2022, 1, 1),
    "x" * 9000,
    "renja",
    "1.b",
    "é\n",
)


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_whatever_is_typed_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    rubric = shipped("permenpanrb-88-2021/unit")
    content = _case_with_everything()
    sheets = st.sampled_from(["LKE", "LKE", "Bukti", "Identitas", "Data"])
    cells = data.draw(
        st.lists(
            st.tuples(sheets, st.integers(1, 112), st.integers(1, 22), st.sampled_from(GARBAGE)),
            min_size=1,
            max_size=6,
        )
    )

    def change(book: Any) -> None:
        for sheet, row, col, value in cells:
            if type(book[sheet].cell(row, col)).__name__ != "MergedCell":
                book[sheet].cell(row, col).value = value

    try:
        reading = read(edited(content, change))
    except SakipError:
        return
    assert reading.rubric.id == rubric.id
    assert read(written(reading.case, rubric)).case == reading.case


@cache
def _case_with_everything() -> bytes:
    rubric = shipped("permenpanrb-88-2021/unit")
    return written(rich_case(rubric), rubric)


# The command ------------------------------------------------------------------------------------------------------------


def test_the_command_writes_the_case_and_says_both_totals(
    lke: bytes, pelaihari: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "LKE.xlsx", tmp_path / "kasus.yaml"
    source.write_bytes(lke)
    assert run(["lke-baca", str(source), "-o", str(target)]) == 0
    out = capsys.readouterr().out
    assert "evaluator           76.40         76.40   BB (Sangat Baik)" in out
    assert "Tanpa temuan pembacaan." in out
    assert load_case(target) == pelaihari
    assert run(["lke-baca", str(source), "-o", str(target)]) == 2
    assert "B109" in capsys.readouterr().err
    assert run(["lke-baca", str(source), "-o", str(target), "--timpa"]) == 0


def test_without_a_file_the_case_alone_goes_to_standard_output(
    lke: bytes, pelaihari: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "LKE.xlsx", tmp_path / "kasus.yaml"
    source.write_bytes(lke)
    assert run(["lke-baca", str(source)]) == 0
    said = capsys.readouterr()
    target.write_text(said.out, encoding="utf-8")
    assert load_case(target) == pelaihari
    assert "Hitung ulang" in said.err


def test_findings_end_with_1_and_refusals_with_2_and_no_file(
    lke: bytes, tanah_laut: Rubric, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "LKE.xlsx", tmp_path / "kasus.yaml"
    source.write_bytes(edited(lke, fill("LKE", **{spot(tanah_laut, "1.a", "jawaban"): "BBB"})))
    assert run(["lke-baca", str(source), "-o", str(target)]) == 1
    out = capsys.readouterr().out
    assert "X814" in out
    assert "Cara: " in out
    assert load_case(target).penilaian["evaluator"].subkomponen["1.a"].jawaban is None
    target.unlink()
    source.write_bytes(edited(lke, lambda book: book.remove(book["Bukti"])))
    assert run(["lke-baca", str(source), "-o", str(target)]) == 2
    assert not target.exists()
    assert "X810" in capsys.readouterr().err
    source.write_bytes(lke)
    assert run(["lke-baca", str(source), "-o", str(target), "--penilai", "mandiri"]) == 2
    assert "K512" in capsys.readouterr().err
    assert run(["lke-baca", str(source), "-o", str(tmp_path / "tiada" / "k.yaml")]) == 2
    assert "B108" in capsys.readouterr().err
    assert run(["lke-baca", str(source), "-o", str(source), "--timpa"]) == 2
    assert source.read_bytes() == lke


def test_a_rubric_of_ones_own_is_found(tmp_path: Path, hasil: Evaluation) -> None:
    folder = tmp_path / "rubrik"
    (folder / "lokal" / "a").mkdir(parents=True)
    from tests.helpers.files import variant

    (folder / "lokal" / "a" / "rubrik.yaml").write_text(variant("  ubah: []"), encoding="utf-8")
    rubric = load_rubric("lokal/a", [folder])
    case = make_case(rubric, all_answers(rubric, "B"))
    content = written(case, rubric)
    assert refused(content)[0].kode == "R401"
    assert read_own(open_bytes(content, "x"), [folder]).case == case
