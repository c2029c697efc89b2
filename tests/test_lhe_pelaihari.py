"""Our letter for Kecamatan Pelaihari against the real one (seed 000), point by point.

`LETTER` lists every element of the real letter with the line of the source; persons and NIP are left out. Where ours
says a thing in other words, the words are ours and `note` says why.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

from sakip_eval import Evaluation
from sakip_eval.documents.lhe.elements import Item, Table, outline, plain
from sakip_eval.documents.lhe.isi import compose
from sakip_eval.documents.lhe.surat import Surat, load_surat
from sakip_eval.documents.lhe.write import letter
from tests.conftest import ROOT

SURAT = ROOT / "cases/kecamatan-pelaihari/surat-2023.yaml"


@dataclass(frozen=True)
class Element:
    line: int
    words: str
    note: str = ""


LETTER = [
    Element(1986, "PEMERINTAH KABUPATEN TANAH LAUT"),
    Element(1988, "INSPEKTORAT"),
    Element(1990, "Jalan A. Syairani Kompl. Perkantoran Gagas Telp. (0512) 22384 Pelaihari"),
    Element(1992, "Pelaihari, 27 Juni 2023"),
    Element(1994, "Nomor\t:\t700.1.2.8/165/LHE-AKIP/Insp/2023"),
    Element(1995, "Lampiran\t:\t1 (satu) berkas"),
    Element(1996, "Laporan Hasil Evaluasi atas Akuntabilitas Kinerja Instansi Pemerintah (AKIP) Tahun 2022"),
    Element(2000, "Kepada\nYth. Camat Pelaihari\ndi\nPelaihari"),
    Element(2005, "Peraturan Pemerintah Nomor 8 Tahun 2006 tentang Pelaporan Keuangan dan Kinerja Instansi Pemerintah"),
    Element(2005, "Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah"),
    Element(2005, "Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan Kinerja, dan Tata Cara Reviu"),
    Element(2005, "Nomor 88 Tahun 2021 tentang Evaluasi Akuntabilitas Kinerja Instansi Pemerintah"),
    Element(2005, "Peraturan Bupati Tanah Laut Nomor 68 Tahun 2022 tentang Petunjuk Teknis Pelaksanaan Evaluasi"),
    Element(2005, "Surat Tugas Inspektur Kabupaten Tanah Laut Nomor 800.1.11.1/231/Insp/2023 tanggal 31 Mei 2023"),
    Element(2005, "kami sampaikan hal-hal sebagai berikut:"),
    Element(2007, "evaluasi atas akuntabilitas kinerja pada Kecamatan Pelaihari Kabupaten Tanah Laut dengan tujuan:"),
    Element(2008, "memperoleh informasi tentang implementasi SAKIP", "the letter misspells implementasi"),
    Element(2009, "menilai tingkat implementasi SAKIP"),
    Element(2010, "menilai tingkat akuntabilitas kinerja"),
    Element(2011, "memberikan saran perbaikan untuk peningkatan implementasi SAKIP"),
    Element(2012, "memonitor tindak lanjut rekomendasi hasil evaluasi periode sebelumnya"),
    Element(2013, "4 (empat) komponen besar manajemen kinerja, yang meliputi Perencanaan Kinerja, Pengukuran Kinerja, "
                  "Pelaporan Kinerja, dan Evaluasi Akuntabilitas Kinerja Internal"),
    Element(2015, "Renstra SKPD"),
    Element(2016, "Renja SKPD"),
    Element(2017, "Dokumen Pelaksanaan Anggaran (DPA)"),
    Element(2018, "Indikator Kinerja Utama (IKU)"),
    Element(2019, "Perjanjian Kinerja (PK)"),
    Element(2020, "Cascading/Pohon Kinerja"),
    Element(2021, "Laporan Kinerja; dan"),
    Element(2022, "Dokumen lain yang mendukung"),
    Element(2024, "bentuk nilai dengan kisaran 0 sampai dengan 100"),
    Element(2024, "memperoleh nilai sebesar 76,40 dengan kategori BB (Sangat Baik)"),
    Element(2024, "ditandai dengan mulai terwujudnya efisiensi penggunaan anggaran dalam mencapai kinerja"),
    Element(2024, "andal dan berbasis teknologi informasi, serta pengukuran kinerja telah dilakukan sampai ke level eselon "
                  "3/koordinator", "quoted from the Permen; the letter abridges it"),
    Element(2025, "akumulasi angka tertimbang dari seluruh komponen yang dievaluasi"),
    Element(2027, "23,10 (hasil evaluasi dari yang diharapkan sebesar 30%) dengan kategori BB (Sangat Baik)"),
    Element(2029, "22,50 (hasil evaluasi dari yang diharapkan sebesar 30%) dengan kategori BB (Sangat Baik)"),
    Element(2031, "11,55 (hasil evaluasi dari yang diharapkan sebesar 15%) dengan kategori BB (Sangat Baik)"),
    Element(2033, "19,25 (hasil evaluasi dari yang diharapkan sebesar 25%) dengan kategori BB (Sangat Baik)"),
    Element(2034, "Monitoring tindak lanjut rekomendasi hasil evaluasi periode sebelumnya."),
    Element(2034, "belum menyajikan bukti dokumen hasil tindak lanjut rekomendasi"),
    Element(2036, "kami menyarankan kepada Camat Pelaihari sebagai berikut:"),
    Element(2062, "Terhadap hasil monitoring tindak lanjut rekomendasi hasil evaluasi periode sebelumnya, agar tindak "
                  "lanjutnya segera dilaksanakan"),
    Element(2062, "komponen Pelaporan Kinerja agar dilakukan reviu secara berjenjang dengan membuat laporan hasil reviu"),
    Element(2064, "Demikian disampaikan hasil evaluasi terhadap akuntabilitas kinerja Kecamatan Pelaihari Kabupaten Tanah "
                  "Laut. Atas perhatian dan kerja sama yang baik diucapkan terima kasih."),
    Element(2068, "Inspektur Kabupaten Tanah Laut,"),
    Element(2074, "Tembusan:"),
    Element(2076, "Bupati dan Wakil Bupati Tanah Laut di Pelaihari"),
    Element(2077, "Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi di Jakarta", "written out"),
    Element(2078, "Arsip"),
    Element(2080, "LEMBAR KERJA EVALUASI AKUNTABILITAS KINERJA INSTANSI PEMERINTAH"),
    Element(2081, "Unit kerja: Kecamatan Pelaihari"),
    Element(2082, "Periode evaluasi: 2022"),
    Element(2187, "Pengendali Teknis"),
    Element(2192, "Evaluator"),
    Element(2198, "Inspektur Pembantu V", "the letter abridges: Irban V"),
]  # fmt: skip

TOPICS = [
    # Line of the source, component under which it belongs, words of ours that carry the topic.
    (2040, "1", "menyelaraskan indikator yang belum selaras"),
    (2041, "1", "memperbaiki perencanaan berdasarkan hasilnya"),
    (2042, "1", "meninjau kembali target setiap indikator"),
    (2046, "2", "pemantauan kinerja secara berkala dan berjenjang"),
    (2046, "2", "pemantauan capaian unit di bawahnya oleh setiap atasan"),
    (2047, "2", "dasar pemberian penghargaan dan sanksi"),
    (2051, "2", "menunjuk petugas pengelola data"),  # printed under pelaporan; its criterion is 2.a.3
    (2052, "3", "analisis realisasi terhadap target tahunan"),
    (2053, "1", "reviu terhadap sasaran RPJMD, yaitu pada Misi 4"),  # printed under pelaporan; its criterion is 1.b.8
    (2054, "3", "pengungkapan seluruh informasi pencapaian kinerja"),
    (2054, "3", "analisis realisasi terhadap tahun-tahun sebelumnya"),
    (2055, "3", "reviu berjenjang atas Laporan Kinerja"),
    (2059, "4", "memantau pelaksanaannya secara berkala"),
    (2059, "1", "pemutakhiran rencana aksi"),
    (2060, "4", "menindaklanjuti seluruh rekomendasi"),
]

LKE = {
    # Lines 2085 to 2185: bobot, answer, value, share, as printed; 2.a as it must be (the sheet prints 8.00 and 60 %).
    "1": ("30,00", "", "23,10", "77,00%"),
    "1.a": ("6,00", "BB", "4,80", "80,00%"),
    "1.b": ("9,00", "B", "6,30", "70,00%"),
    "1.c": ("15,00", "BB", "12,00", "80,00%"),
    "2": ("30,00", "", "22,50", "75,00%"),
    "2.a": ("6,00", "BB", "4,80", "80,00%"),
    "2.b": ("9,00", "BB", "7,20", "80,00%"),
    "2.c": ("15,00", "B", "10,50", "70,00%"),
    "3": ("15,00", "", "11,55", "77,00%"),
    "3.a": ("3,00", "BB", "2,40", "80,00%"),
    "3.b": ("4,50", "B", "3,15", "70,00%"),
    "3.c": ("7,50", "BB", "6,00", "80,00%"),
    "4": ("25,00", "", "19,25", "77,00%"),
    "4.a": ("5,00", "BB", "4,00", "80,00%"),
    "4.b": ("7,50", "B", "5,25", "70,00%"),
    "4.c": ("12,50", "BB", "10,00", "80,00%"),
}


@pytest.fixture(scope="module")
def surat() -> Surat:
    return load_surat(SURAT)


@pytest.fixture(scope="module")
def words(hasil: Evaluation, surat: Surat) -> str:
    return outline(compose(hasil, surat))


@pytest.mark.parametrize("element", LETTER, ids=lambda e: f"baris-{e.line}")
def test_every_element_of_the_real_letter_is_in_ours(element: Element, words: str) -> None:
    assert element.words in words


def test_the_elements_stand_in_the_order_of_the_real_letter(words: str) -> None:
    at = 0
    for element in LETTER:
        found = words.find(element.words, at if element.line > 2005 else 0)
        assert found >= 0, element
        at = max(at, found)


def recommendations(hasil: Evaluation, surat: Surat) -> dict[str, list[str]]:
    """Recommendations by component, as they stand in the document."""
    series: dict[str, list[str]] = {}
    for element in compose(hasil, surat).body:
        if isinstance(element, Item) and element.series.startswith("rekomendasi-"):
            series.setdefault(element.series.removeprefix("rekomendasi-"), []).append(plain(element.runs))
    return series


@pytest.mark.parametrize(("line", "komponen", "topic"), TOPICS)
def test_each_recommendation_topic_stands_under_its_component(
    hasil: Evaluation, surat: Surat, line: int, komponen: str, topic: str
) -> None:
    found = [k for k, texts in recommendations(hasil, surat).items() if any(topic in t for t in texts)]
    assert found == [komponen], line


def test_no_recommendation_is_lost_or_twice(hasil: Evaluation, surat: Surat) -> None:
    printed = [t for texts in recommendations(hasil, surat).values() for t in texts]
    assert sorted(printed) == sorted(r.teks for r in hasil.rekomendasi)
    assert len(printed) == 12


def test_the_annex_has_the_figures_of_the_printed_worksheet(hasil: Evaluation, surat: Surat) -> None:
    table = next(e for e in compose(hasil, surat).annex if isinstance(e, Table) and e.head)
    rows = {plain(row[0].runs): tuple(plain(c.runs) for c in row[2:6]) for row in table.rows}
    assert {name: rows[name] for name in LKE} == LKE
    last = [plain(c.runs) for c in table.rows[-1]]
    assert last[:5] == ["Nilai Akuntabilitas Kinerja", "100,00", "BB", "76,40", "76,40%"]
    assert len(table.rows) == 4 + 12 + 81 + 1


def test_what_is_left_blank_is_what_no_repository_may_hold(hasil: Evaluation, surat: Surat) -> None:
    assert compose(hasil, surat).blanks() == ("penanda_tangan.nama", "tim.0.nama", "tim.1.nama", "tim.2.nama")
    text = SURAT.read_text(encoding="utf-8")
    assert not re.search(r"\b(nama|nip|pangkat):", text)


def test_word_shows_the_same_text_as_the_content(hasil: Evaluation, surat: Surat, tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(letter(hasil, surat)))
    shown = [p.text for p in document.paragraphs if p.text.strip()]
    content = compose(hasil, surat)
    expected = [
        element.text if hasattr(element, "text") else plain(element.runs)  # type: ignore[union-attr]
        for element in content.walk()
        if not isinstance(element, Table)
    ]
    assert shown == expected
