"""What the LHE says: both forms, incomplete cases, both raters, other rubrics, strange text, and broken surat.yaml."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from sakip_eval import Case, Evaluation, Rubric, evaluate
from sakip_eval.boundary import FileModel
from sakip_eval.case.case import Bukti, JawabanSub, TindakLanjut
from sakip_eval.documents.lhe.bahasa import counted, nama_lengkap, tanggal, terbilang
from sakip_eval.documents.lhe.elements import Content, Heading, Item, Picture, Table, outline, plain
from sakip_eval.documents.lhe.isi import compose
from sakip_eval.documents.lhe.markup import escape
from sakip_eval.documents.lhe.model import SuratFile
from sakip_eval.documents.lhe.package import unzipped
from sakip_eval.documents.lhe.surat import EMPTY, Surat, check_surat, load_surat
from sakip_eval.documents.lhe.template import read_template
from sakip_eval.documents.lhe.write import letter
from tests.conftest import ROOT
from tests.helpers.cases import all_answers, all_status, make_case, rounded_at, scored_by_criteria
from tests.helpers.files import assert_says, only, problems_of, spot

SURAT = ROOT / "cases/kecamatan-pelaihari/surat-2023.yaml"


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def everything(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def chapters(content: Content) -> list[str]:
    return [e.text for e in content.walk() if isinstance(e, Heading)]


# ---- Words and figures -----------------------------------------------------------------------------------------


def test_dates_and_numbers_in_words() -> None:
    assert tanggal(date(2023, 6, 27)) == "27 Juni 2023"
    assert tanggal(date(2024, 2, 1)) == "1 Februari 2024"
    said = {
        0: "nol",
        4: "empat",
        10: "sepuluh",
        11: "sebelas",
        12: "dua belas",
        20: "dua puluh",
        81: "delapan puluh satu",
        100: "seratus",
        110: "seratus sepuluh",
        215: "dua ratus lima belas",
        999: "sembilan ratus sembilan puluh sembilan",
    }
    assert {n: terbilang(n) for n in said} == said  # fmt: skip
    assert counted(4) == "4 (empat)"


def test_an_agency_is_named_with_its_region_once(pelaihari: Case) -> None:
    given = pelaihari.instansi
    assert nama_lengkap(given) == "Kecamatan Pelaihari Kabupaten Tanah Laut"
    assert nama_lengkap(replace(given, induk=None)) == "Kecamatan Pelaihari"
    assert nama_lengkap(replace(given, induk="Kementerian Contoh")) == "Kecamatan Pelaihari Kementerian Contoh"
    assert nama_lengkap(replace(given, nama="Dinas A Kabupaten Tanah Laut")) == "Dinas A Kabupaten Tanah Laut"


def test_figures_have_a_decimal_comma_everywhere(hasil: Evaluation) -> None:
    for bentuk in ("surat", "bab"):
        words = outline(compose(hasil, load_surat(SURAT), bentuk))
        # What is left with a point between digits are the numbers of letters.
        rest = set(re.findall(r"\d+\.\d+[^\s]*", words))
        assert rest == {"700.1.2.8/165/LHE-AKIP/Insp/2023", "800.1.11.1/231/Insp/2023"}


# ---- The long form ---------------------------------------------------------------------------------------------


def test_the_report_has_the_outline_of_the_permen(hasil: Evaluation) -> None:
    assert chapters(compose(hasil, bentuk="bab")) == [
        "LAPORAN HASIL EVALUASI\nAKUNTABILITAS KINERJA INSTANSI PEMERINTAH",
        "PENDAHULUAN", "Dasar Hukum", "Latar Belakang", "Tujuan", "Ruang Lingkup", "Metodologi",
        "Gambaran Umum Unit Kerja", "Gambaran Umum Implementasi SAKIP", "Tindak Lanjut Hasil Evaluasi Tahun Sebelumnya",
        "GAMBARAN HASIL EVALUASI", "Kondisi", "Perencanaan Kinerja", "Pengukuran Kinerja", "Pelaporan Kinerja",
        "Evaluasi Akuntabilitas Kinerja Internal", "Capaian Kinerja", "Rekomendasi",
        "PENUTUP", "Simpulan", "Dorongan",
        "LEMBAR KERJA EVALUASI AKUNTABILITAS KINERJA INSTANSI PEMERINTAH",
    ]  # fmt: skip


def test_every_criterion_is_either_good_or_lacking_in_the_report(hasil: Evaluation, tanah_laut: Rubric) -> None:
    content = compose(hasil, bentuk="bab")
    good = [plain(e.runs) for e in content.body if isinstance(e, Item) and e.series.startswith("baik-")]
    lacking = [plain(e.runs) for e in content.body if isinstance(e, Item) and e.series.startswith("belum terpenuhi-")]
    unmet = {"1.b.7", "1.b.8", "1.c.3", "1.c.4", "2.a.3", "2.b.3", "2.b.4", "2.c.2",
             "3.a.4", "3.b.2", "3.b.3", "3.b.5", "4.c.1", "4.c.3"}  # fmt: skip
    assert len(good) == 81 - len(unmet) == 67
    assert {re.findall(r"\(([0-9a-c.]+)\)\.$", line)[0] for line in lacking} == unmet
    for name in unmet:
        wording = tanah_laut.kriteria_by_id[name].uraian.rstrip(".")
        assert any(f"“{wording}” ({name})." in line for line in lacking)


def test_what_the_office_gives_replaces_the_blanks(hasil: Evaluation) -> None:
    given = Surat(SuratFile(gambaran_umum=("Unit ini baru.",), capaian_kinerja=("Capaian 98%.", "Baik.")))
    content = compose(hasil, given, "bab")
    assert {"gambaran_umum", "capaian_kinerja"} & set(content.blanks()) == set()
    assert "Unit ini baru.\nGambaran Umum Implementasi SAKIP" in outline(content)
    assert "Capaian 98%.\nBaik.\nRekomendasi" in outline(content)
    assert {"gambaran_umum", "capaian_kinerja"} < set(compose(hasil, EMPTY, "bab").blanks())


def test_charts_stand_in_the_report_with_words_for_who_cannot_see_them(hasil: Evaluation) -> None:
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (600).to_bytes(4) + (300).to_bytes(4) + b"rest"
    made = letter(hasil, bentuk="bab", pictures=[("Radar", Picture(png, 100, 'radar "A" & <B>'))])
    parts = unzipped(made)
    assert parts["word/media/sakip1.png"] == png
    shape = opened(made).inline_shapes[0]
    assert (shape.width, shape.height) == (3_600_000, 1_800_000)
    assert 'descr="radar &quot;A&quot; &amp; &lt;B&gt;"' in parts["word/document.xml"].decode()
    caption = next(p for p in opened(made).paragraphs if p.text.endswith(". Radar"))
    assert "".join(t.text or "" for t in caption._p.iter(qn("w:t"))) == "Gambar 1. Radar"
    assert caption.style is not None
    assert caption.style.name == "Caption"


# ---- Unknown is not zero ---------------------------------------------------------------------------------------


def test_an_incomplete_case_has_no_value_no_predikat_and_no_zero(unit: Rubric) -> None:
    case = make_case(unit, {"3.a": "B"}, {"3.a.1": "terpenuhi", "3.a.4": "tidak"})
    for bentuk in ("surat", "bab"):
        words = outline(compose(evaluate(unit, case), bentuk=bentuk))
        assert "Penilaian atas Kecamatan Contoh belum lengkap: 1 dari 12 subkomponen telah dinilai." in words
        assert "masih mungkin antara 2,10 dan 99,10, sehingga predikat belum dapat diberikan" in words
        assert "memperoleh nilai" not in words
        assert "Interpretasi kategori" not in words
        assert "Belum dinilai. Nilainya masih mungkin antara 0,00 dan 30,00" in words
        assert "Belum selesai dinilai: 3.b dan 3.c masih terbuka." in words
        assert "Belum ada rekomendasi, karena komponen ini belum selesai dinilai." in words
        assert "1.a\tDokumen Perencanaan kinerja telah tersedia\t6,00\tbelum dinilai\tbelum dinilai" in words
    brief = outline(compose(evaluate(unit, case)))
    assert (
        "telah terpenuhi berjumlah 1 dari 22. Belum terpenuhi kriteria “Dokumen Laporan Kinerja telah direviu” (3.a.4)."
        in brief
    )
    assert "Kriteria yang belum dinilai berjumlah 20." in brief


def test_an_incomplete_case_whose_range_has_one_predikat_says_so(unit: Rubric) -> None:
    answers = all_answers(unit, "BB") | {"3.a": None}
    words = outline(compose(evaluate(unit, make_case(unit, answers, all_status(unit, "terpenuhi")))))
    assert "antara 77,60 dan 80,60" in words
    assert "predikat belum dapat diberikan" in words
    answers = all_answers(unit, "B") | {"2.b": "BB", "3.a": None}
    words = outline(compose(evaluate(unit, make_case(unit, answers, all_status(unit, "terpenuhi")))))
    assert "predikat belum dapat diberikan" in words


def test_zero_has_no_predikat(unit: Rubric) -> None:
    hasil = evaluate(unit, make_case(unit, all_answers(unit, "E"), all_status(unit, "tidak")))
    words = outline(compose(hasil))
    assert "memperoleh nilai sebesar 0,00. Nilai itu tidak mempunyai kategori predikat." in words
    assert "Diperoleh nilai sebesar 0,00 (hasil evaluasi dari yang diharapkan sebesar 30%)." in words


def test_a_case_without_anything_is_a_letter_too(unit: Rubric) -> None:
    case = replace(make_case(unit), penilaian={})
    for bentuk in ("surat", "bab"):
        words = everything(opened(letter(evaluate(unit, case), bentuk=bentuk)))
        assert "0 dari 12 subkomponen telah dinilai" in words
        assert "[dokumen yang diperiksa]" in words
        assert "belum dicatat dalam evaluasi ini" in words


def test_a_complete_case_without_recommendations_says_so(unit: Rubric) -> None:
    bukti = Bukti("x", "dokumen_lain", "Dokumen")
    sub = {s.id: JawabanSub("AA", "inovasi", "catatan", ("x",)) for s in unit.each_subkomponen()}
    case = make_case(unit, status=all_status(unit, "terpenuhi"), sub=sub, bukti=(bukti,))
    hasil = replace(evaluate(unit, case), rekomendasi=())
    words = outline(compose(hasil, bentuk="bab"))
    assert words.count("Tidak ada rekomendasi.") == 4
    assert "Laporan ini tidak memuat rekomendasi." in words
    assert "Hal yang masih kurang" not in words
    assert "Jawaban AA pada 1.a diberikan karena: inovasi." in words
    assert "Seluruh 24 kriteria yang berlaku telah terpenuhi." not in outline(compose(hasil, bentuk="bab"))
    assert "Seluruh komponen mencapai 100,00% dari bobotnya." in words


# ---- Raters, rubrics, earlier years ----------------------------------------------------------------------------


def test_with_both_raters_the_other_one_stands_beside(pelaihari: Case, tanah_laut: Rubric) -> None:
    own = make_case(tanah_laut, all_answers(tanah_laut, "A"), penilai="mandiri").penilaian["mandiri"]
    case = replace(pelaihari, penilaian={**pelaihari.penilaian, "mandiri": own})
    table = next(e for e in compose(evaluate(tanah_laut, case)).annex if isinstance(e, Table))
    assert [plain(c.runs) for c in table.head[0]][3:5] == ["Jawaban", "Jawaban mandiri"]
    row = next([plain(c.runs) for c in r] for r in table.rows if plain(r[0].runs) == "1.b")
    assert row[3:6] == ["B", "A", "6,30"]
    mine = next(e for e in compose(evaluate(tanah_laut, case, "mandiri")).annex if isinstance(e, Table))
    assert [plain(c.runs) for c in mine.head[0]][3:5] == ["Jawaban", "Jawaban evaluator"]
    assert all(sum(c.span for c in r) == len(mine.widths) for r in (*mine.head, *mine.rows))


def test_a_rubric_scored_at_components(lama: Rubric) -> None:
    points = {"1": "24.41", "2": "16.25", "3": "11.41", "4": "6.92", "5": "17.08"}
    case = make_case(lama, komponen={k: Fraction(v) for k, v in points.items()})
    for bentuk in ("surat", "bab"):
        words = outline(compose(evaluate(lama, case), bentuk=bentuk))
        assert "76,07 dengan kategori BB (Sangat Baik)" in words
        assert "5 (lima) komponen besar manajemen kinerja" in words
        assert "24,41 (hasil evaluasi dari yang diharapkan sebesar 30%)" in words
        assert "Nomor 12 Tahun 2015" in words
        assert "Nomor 88 Tahun 2021" not in words
        assert "belum dinilai" not in words
    assert words.count("Tidak ada rekomendasi yang dicatat; komponen ini dinilai tanpa kriteria.") == 5
    assert "Nilai diberikan langsung pada komponen" in outline(compose(evaluate(lama, case), bentuk="bab"))


@pytest.mark.parametrize("dengan", ["status", "jawaban"])
def test_a_rubric_scored_at_criteria(unit: Rubric, dengan: str) -> None:
    rubric = scored_by_criteria(unit, dengan)
    status = all_status(rubric, "terpenuhi") if dengan == "status" else None
    grades = {k.id: "B" for k in rubric.each_kriteria()} if dengan == "jawaban" else None
    hasil = evaluate(rubric, make_case(rubric, status=status, grades=grades))
    words = everything(opened(letter(hasil, bentuk="bab")))
    assert ("100,00" if dengan == "status" else "70,00") in words
    assert ("Setiap kriteria dinilai dengan jawabannya sendiri" in words) == (dengan == "jawaban")


def test_an_earlier_year_stands_beside_only_where_it_is_like_for_like(
    hasil: Evaluation, lama: Rubric, tanah_laut: Rubric, pelaihari: Case
) -> None:
    old = evaluate(
        lama, replace(make_case(lama, komponen={k.id: k.bobot for k in lama.komponen}), tahun_kinerja=2020)
    )
    words = outline(compose(hasil, bentuk="bab", before=old))
    assert "tahun kinerja 2020 diperoleh nilai 100,00 dengan kategori AA (Sangat Memuaskan)" in words
    assert "tidak dapat dibandingkan begitu saja" in words
    assert "Nilai 2020" not in words
    same = evaluate(tanah_laut, replace(pelaihari, tahun_kinerja=2021))
    words = outline(compose(hasil, bentuk="bab", before=same))
    assert "Nilai tahun ini sama." in words
    assert "No.\tKomponen\tBobot\tNilai 2021\tNilai 2022\t%\tKategori" in words


def test_rounded_parts_that_do_not_re_add_are_explained(unit: Rubric) -> None:
    rubric = rounded_at(unit, "cetak", 0)
    hasil = evaluate(rubric, make_case(rubric, all_answers(rubric, "B"), all_status(rubric, "terpenuhi")))
    printed = sum(int(rubric.rounding.format(k.nilai)) for k in hasil.komponen if k.nilai is not None)
    assert printed != 70
    assert f"tercetak berjumlah {printed}, sedangkan nilai akhirnya 70" in outline(compose(hasil))


def test_follow_up_of_the_previous_evaluation_in_all_its_states(unit: Rubric) -> None:
    bukti = Bukti("m", "matriks_tindak_lanjut", "Matriks tindak lanjut 2021")

    def said(follow: TindakLanjut | None, *asked: str) -> str:
        case = make_case(unit, bukti=(bukti,), tindak_lanjut=follow)
        return outline(compose(evaluate(unit, case), Surat(SuratFile(rekomendasi_sebelumnya=asked))))

    assert "belum dicatat dalam evaluasi ini" in said(None)
    assert "tidak terdapat rekomendasi yang perlu ditindaklanjuti" in said(TindakLanjut(False, (), None, None))
    shown = said(TindakLanjut(True, ("m",), "lengkap", None))
    assert "menyajikan bukti tindak lanjut berupa Matriks tindak lanjut 2021. Catatan evaluator: “lengkap”." in shown
    assert "dokumen buktinya disampaikan" not in shown
    missing = said(TindakLanjut(True, (), None, None), "reviu berjenjang.", "SOP data;")
    assert "belum menyajikan dokumen bukti tindak lanjut rekomendasi." in missing
    assert "buktinya disampaikan, yaitu reviu berjenjang dan SOP data." in missing


def test_much_evidence_is_counted_by_kind(unit: Rubric) -> None:
    many = tuple(Bukti(f"b{n}", "renstra" if n % 2 else "renja", f"Dokumen {n}") for n in range(40))
    content = compose(evaluate(unit, make_case(unit, bukti=many)))
    words = outline(replace(content, annex=()))
    assert "Rencana Strategis (Renstra) (20 dokumen)" in words
    assert "Dokumen 39" not in words


# ---- The Word file ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bentuk", ["surat", "bab"])
def test_lists_are_real_and_restart(hasil: Evaluation, bentuk: Any) -> None:
    document = opened(letter(hasil, load_surat(SURAT), bentuk))
    numbering = document.part.numbering_part.element
    restarts = {
        n.numId: [o.find(qn("w:startOverride")).get(qn("w:val")) for o in n.iter(qn("w:lvlOverride"))]
        for n in numbering.num_lst
    }
    used: dict[int, list[str]] = {}
    for p in document.paragraphs:
        properties = p._p.pPr
        if properties is not None and properties.numPr is not None and p.style.name.startswith("List Number"):
            used.setdefault(properties.numPr.numId.val, []).append(p.text)
    lists = [texts for texts in used.values() if texts[0].startswith("Agar ")]
    assert [len(texts) for texts in lists] == [4, 3, 2, 3]
    assert all(restarts[number] == ["1"] for number in used)


def test_tables_repeat_their_head_and_rows_stay_whole(hasil: Evaluation) -> None:
    document = opened(letter(hasil, load_surat(SURAT), "bab"))
    tables = [t for t in document.tables if t.style is not None and t.style.name == "Table Grid"]
    assert len(tables) == 4
    for table in tables:
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        total = sum(int(c.get(qn("w:w"))) for c in table._tbl.tblGrid.gridCol_lst)
        assert total == int(table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w")))


def test_headings_stay_with_what_follows(hasil: Evaluation) -> None:
    document = opened(letter(hasil, bentuk="bab"))
    for p in document.paragraphs:
        if p.style.name.startswith("Heading") or p.text.startswith("Tabel "):
            assert p.style.paragraph_format.keep_with_next or p.paragraph_format.keep_with_next, p.text


def test_chapters_begin_pages_without_a_break_of_their_own(hasil: Evaluation) -> None:
    document = opened(letter(hasil, bentuk="bab"))
    new = [p.text.strip() for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert new == ["GAMBARAN HASIL EVALUASI", "PENUTUP"]
    assert not any(br.get(qn("w:type")) == "page" for br in document.element.body.iter(qn("w:br")))


def test_pages_are_f4_upright_then_on_their_side(hasil: Evaluation) -> None:
    first, second = opened(letter(hasil)).sections
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (215, 330)
    assert (round(second.page_width.mm), round(second.page_height.mm)) == (330, 215)
    a4 = opened(letter(hasil, Surat(SuratFile(kertas="A4")))).sections[0]
    assert (round(a4.page_width.mm), round(a4.page_height.mm)) == (210, 297)


def test_properties_come_from_the_case_not_the_clock(hasil: Evaluation) -> None:
    properties = opened(letter(hasil, load_surat(SURAT))).core_properties
    assert properties.title == "Laporan Hasil Evaluasi AKIP Kecamatan Pelaihari Kabupaten Tanah Laut Tahun 2022"
    assert properties.author == properties.last_modified_by == "Inspektur Kabupaten Tanah Laut"
    assert properties.created.date() == properties.modified.date() == date(2023, 6, 27)
    assert "tanah-laut-68-2022/unit" in properties.keywords
    assert properties.subject.startswith("Laporan Hasil Evaluasi")


@pytest.mark.parametrize("bentuk", ["surat", "bab"])
def test_the_same_input_gives_the_same_bytes(hasil: Evaluation, bentuk: Any) -> None:
    from sakip_eval.documents.lhe.base import prepare

    first = letter(hasil, load_surat(SURAT), bentuk)
    prepare.cache_clear()
    assert letter(hasil, load_surat(SURAT), bentuk) == first


def test_the_zip_file_knows_no_clock(hasil: Evaluation) -> None:
    with zipfile.ZipFile(io.BytesIO(letter(hasil))) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_draft_is_marked_on_every_page(hasil: Evaluation) -> None:
    document = opened(letter(hasil))
    assert document.sections[1].header.is_linked_to_previous
    header = document.sections[0].header
    assert "DRAF" in header.paragraphs[0].text
    assert 'string="DRAF"' in unzipped(letter(hasil))["word/header1.xml"].decode()


STRANGE = 'A & B <w:p/> "x" \x01\x0b\ud800 ]]> {{isi}} \u202e'


def test_strange_text_stays_text(unit: Rubric) -> None:
    case = make_case(unit, sub={"1.a": JawabanSub("BB", STRANGE, STRANGE)}, bukti=(Bukti("b", "renja", STRANGE),))
    case = replace(case, instansi=replace(case.instansi, nama=STRANGE))
    given = Surat(
        SuratFile.model_construct(
            **(SuratFile().__dict__ | {"kop": (STRANGE,), "nomor": STRANGE, "tembusan": (STRANGE,)})
        )
    )
    for bentuk in ("surat", "bab"):
        words = everything(opened(letter(evaluate(unit, case), given, bentuk)))
        assert 'A & B <w:p/> "x" \ufffd\ufffd\ufffd ]]> {{isi}}' in words


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_escaped_text_is_well_formed(words: str) -> None:
    from xml.etree import ElementTree

    root = ElementTree.fromstring(f'<a b="{escape(words)}">{escape(words)}</a>')
    clean = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", words)
    assert (root.text or "").replace("\r\n", "\n").replace("\r", "\n") == clean.replace("\r\n", "\n").replace(
        "\r", "\n"
    )


@given(
    st.lists(st.sampled_from(["AA", "A", "BB", "B", "CC", "C", "D", "E", None]), min_size=12, max_size=12),
    st.lists(st.sampled_from(["terpenuhi", "sebagian", "tidak", "tidak_berlaku", None]), min_size=80, max_size=80),
    st.sampled_from(["surat", "bab"]),
)
@settings(max_examples=40, deadline=None)
def test_any_case_makes_a_document_with_the_engines_total(
    answers: list[Any], statuses: list[Any], bentuk: Any
) -> None:
    from tests.helpers.files import UNIT, shipped

    unit = shipped(UNIT)
    subs = [s.id for s in unit.each_subkomponen()]
    names = [k.id for k in unit.each_kriteria()]
    case = make_case(unit, dict(zip(subs, answers, strict=True)), dict(zip(names, statuses, strict=True)))
    hasil = evaluate(unit, case)
    content = compose(hasil, bentuk=bentuk)
    words = outline(content)
    if hasil.nilai is None:
        assert "belum lengkap" in words
        assert "memperoleh nilai" not in words
    else:
        assert f"memperoleh nilai sebesar {unit.rounding.format(hasil.nilai).replace('.', ',')}" in words
    printed = [plain(e.runs) for e in content.body if isinstance(e, Item) and e.series.startswith("rekomendasi-")]
    assert sorted(printed) == sorted(r.teks for r in hasil.rekomendasi)
    for element in content.walk():
        if isinstance(element, Table):
            assert all(sum(c.span for c in row) == len(element.widths) for row in (*element.head, *element.rows))
    opened(letter(hasil, bentuk=bentuk))


# ---- Templates -------------------------------------------------------------------------------------------------


def template(tmp_path: Path, *, marker: bool = True, kop: bool = True) -> Path:
    made = docx.Document()
    made.sections[0].left_margin = made.sections[0].right_margin = docx.shared.Mm(40)
    made.styles["Normal"].font.name = "Liberation Serif"
    if kop:
        made.sections[0].header.paragraphs[0].text = "INSPEKTORAT KOTA CONTOH"
    made.add_paragraph("Di atas")
    if marker:
        made.add_paragraph("{{isi}}")
        made.add_paragraph("Di bawah")
    path = tmp_path / "kantor.docx"
    made.save(str(path))
    return path


@pytest.mark.parametrize("marker", [True, False])
def test_a_template_keeps_what_is_its_own(hasil: Evaluation, tmp_path: Path, marker: bool) -> None:
    path = template(tmp_path, marker=marker)
    document = opened(letter(hasil, load_surat(SURAT), template=(path, read_template(path))))
    shown = [p.text for p in document.paragraphs]
    assert shown[0] == "Di atas"
    assert "{{isi}}" not in shown
    assert ("Di bawah" in shown) == marker
    if marker:
        assert shown.index("Arsip") < shown.index("Di bawah")
    header = "\n".join(p.text for p in document.sections[0].header.paragraphs)
    assert header.startswith("INSPEKTORAT KOTA CONTOH")
    assert "DRAF" in header
    assert "PEMERINTAH KABUPATEN TANAH LAUT" not in shown  # the template's letterhead stands, ours does not
    assert document.styles["Normal"].font.name == "Liberation Serif"
    assert round(document.sections[0].left_margin.mm) == 40
    assert "LHE Segel" in [s.name for s in document.styles]
    grid = next(t for t in document.tables if len(t.columns) == 4)
    assert (
        sum(int(c.get(qn("w:w"))) for c in grid._tbl.tblGrid.gridCol_lst)
        == document.sections[0].page_width // 635 - 2 * 2268
    )


def test_a_template_without_letterhead_gets_ours(hasil: Evaluation, tmp_path: Path) -> None:
    made = docx.Document()
    path = tmp_path / "polos.docx"
    made.save(str(path))
    document = opened(letter(hasil, load_surat(SURAT), template=(path, read_template(path))))
    assert document.paragraphs[0].text == "PEMERINTAH KABUPATEN TANAH LAUT"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "bukan berkas Word"),
        (b"PK\x03\x04 rusak", "bukan berkas Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "berkata sandi"),
        (b"x" * (10 * 1024 * 1024 + 1), "lebih besar dari 10 MB"),
    ],
)
def test_what_is_no_template_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(content)
    assert_says(only(problems_of(lambda: read_template(path))), "S805", (0, 0), words)


def changed_template(tmp_path: Path, part: str, change: Any) -> Path:
    from sakip_eval.documents.lhe.package import zipped

    path = template(tmp_path)
    parts = unzipped(path.read_bytes())
    parts[part] = change(parts.get(part, b""))
    path.write_bytes(zipped(parts))
    return path


@pytest.mark.parametrize(
    ("part", "change", "words"),
    [
        ("word/vbaProject.bin", lambda _: b"macro", "makro"),
        ("word/_rels/document.xml.rels", lambda x: x.replace(b"</Relationships>", b'<Relationship Id="r99" Type="http://x/image" Target="http://x/a.png" TargetMode="External"/></Relationships>'), "tautan"),
        ("word/document.xml", lambda x: b'<!DOCTYPE a [<!ENTITY b "c">]>' + x, "DOCTYPE"),
    ],
)  # fmt: skip
def test_a_dangerous_template_is_refused(tmp_path: Path, part: str, change: Any, words: str) -> None:
    path = changed_template(tmp_path, part, change)
    assert_says(only(problems_of(lambda: read_template(path))), "S805", (0, 0), words)


def test_a_template_that_is_broken_inside_is_refused(hasil: Evaluation, tmp_path: Path) -> None:
    path = changed_template(tmp_path, "word/document.xml", lambda x: x[: len(x) // 2])
    content = read_template(path)
    assert_says(
        only(problems_of(lambda: letter(hasil, template=(path, content)))), "S805", (0, 0), "tidak dapat dibuka"
    )


# ---- surat.yaml ------------------------------------------------------------------------------------------------


def test_all_that_is_wrong_with_surat_yaml_comes_at_once(tmp_path: Path) -> None:
    text = (
        "nomer: 700/1\n"
        "tanggal: 27-06-2023\n"
        "kertas: A3\n"
        "kepada: Camat\n"
        "tembusan: [Bupati, '']\n"
        "penanda_tangan: {jabatan: Inspektur, gelar: M.Si}\n"
    )
    path = tmp_path / "surat.yaml"
    path.write_text(text, encoding="utf-8")
    found = problems_of(lambda: load_surat(path))
    assert [(p.kode, (p.lokasi.line, p.lokasi.col)) for p in found] == [
        ("M301", spot(text, "nomer")),
        ("M306", spot(text, "27-06-2023")),
        ("M305", spot(text, "A3")),
        ("M303", spot(text, "Camat")),
        ("M303", spot(text, "''")),
        ("M301", spot(text, "gelar")),
    ]
    assert "nomor" in found[0].perbaikan


def test_dates_that_cannot_belong_to_the_case(pelaihari: Case, tmp_path: Path) -> None:
    text = "tanggal: 2022-06-27\nsurat_tugas: {tanggal: 2022-07-01}\n"
    path = tmp_path / "surat.yaml"
    path.write_text(text, encoding="utf-8")
    found = check_surat(load_surat(path), pelaihari)
    assert [(p.kode, p.lokasi.line, p.lokasi.col) for p in found] == [("S807", 1, 1), ("S807", 2, 15)]
    assert "sebelum tahun evaluasi 2023" in found[0].apa
    assert check_surat(load_surat(SURAT), pelaihari) == []


def test_every_key_of_surat_yaml_is_documented() -> None:
    import inspect

    from sakip_eval.documents.lhe import model

    text = (ROOT / "docs/lhe.md").read_text(encoding="utf-8")
    for _, found in inspect.getmembers(model, inspect.isclass):
        if found.__module__ == model.__name__ and issubclass(found, FileModel):
            for key in found.model_fields:
                assert re.search(rf"`[^`]*\b{key}\b[^`]*`", text), f"{found.__name__}.{key}"
