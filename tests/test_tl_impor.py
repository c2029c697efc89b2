"""Follow-up tables as offices keep them (.xlsx, .csv, .yaml) into the ledger: all of a table, or nothing."""

from __future__ import annotations

import csv
import inspect
import io
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sakip_eval.boundary import FileModel
from sakip_eval.cli.main import run
from sakip_eval.cli.tl_berkas import read_file
from sakip_eval.problems import Problem
from sakip_eval.render.schema_words_tl import TITLES, WORDS
from sakip_eval.store import open_store
from sakip_eval.tindak_lanjut import impor_model
from sakip_eval.tindak_lanjut.events import Isi, Lapor, Rencana, Terbit
from sakip_eval.tindak_lanjut.impor import Impor, Tujuan, plan_import
from sakip_eval.tindak_lanjut.impor_kepala import header_of
from sakip_eval.tindak_lanjut.impor_klaim import claims_nothing, read_progress
from sakip_eval.tindak_lanjut.impor_model import TindakLanjutFile
from sakip_eval.tindak_lanjut.impor_waktu import ImpossibleDateError, Waktu, parse_waktu
from sakip_eval.tindak_lanjut.state import fold
from tests.helpers.files import ROOT

_NUMBER = ("19800101", "200501", "1", "001")
"""Made up, in the form of an employee number; such a number must not stand in a file of ours."""

BARAT = ROOT / "cases/kecamatan-martapura-barat/tindak-lanjut-2023.yaml"
ALUH = ROOT / "cases/kecamatan-aluh-aluh/tindak-lanjut-2022.yaml"
PELAIHARI = ROOT / "cases/kecamatan-pelaihari/tindak-lanjut-2022.yaml"
EIGHT = ("NO", "REKOMENDASI", "RENCANA AKSI TINDAK LANJUT", "TARGET", "WAKTU PELAKSANAAN", "PENANGGUNG JAWAB",
         "STATUS/PROGRES PENYELESAIAN", "Link Data Dukung")  # fmt: skip
THREE = ("KOMPONEN", "REKOMENDASI", "TINDAK LANJUT")
KOMPONEN = {
    "1": "PERENCANAAN KINERJA",
    "2": "PENGUKURAN KINERJA",
    "3": "PELAPORAN KINERJA",
    "4": "EVALUASI AKUNTABILITAS KINERJA INTERNAL",
}
Rows = Sequence[Sequence[str]]


def shipped(path: Path) -> TindakLanjutFile:
    model, _ = read_file(path, None)
    assert model is not None
    return model


def planned(path: Path, sheet: str | None = None, **changes: object) -> Impor:
    values: dict[str, object] = {
        "instansi": "kecamatan-contoh",
        "tahun": 2023,
        "berkas": str(path),
        "penerbit": "Inspektorat Kabupaten Contoh",
        "tanggal_terbit": date(2024, 1, 31),
        "pelapor": "Camat Contoh",
        "tanggal_lapor": date(2024, 2, 1),
        **changes,
    }
    _, table = read_file(path, sheet)
    return plan_import(table, Tujuan(**values), {})  # type: ignore[arg-type]


def contents(result: Impor) -> list[tuple[str, Isi]]:
    """What each event says, without where it was read."""
    assert result.galat == (), "\n".join(map(str, result.galat))
    return [
        (
            event.rekomendasi.split("/")[-1],
            Terbit("x", 2023, event.isi.teks) if isinstance(event.isi, Terbit) else event.isi,
        )
        for event in result.events
    ]


def write_csv(path: Path, rows: Rows, delimiter: str) -> Path:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def write_xlsx(path: Path, rows: Rows, merged: Sequence[tuple[int, int, int]] = ()) -> Path:
    """`merged`: (column, first row, last row), from 0."""
    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Tindak Lanjut")
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(number, column, text)
        for column, first, last in merged:
            sheet.merge_range(first, column, last, column, rows[first][column])
    return path


def write(folder: Path, kind: str, rows: Rows) -> Path:
    if kind == "xlsx":
        return write_xlsx(folder / "tabel.xlsx", rows)
    return write_csv(folder / "tabel.csv", rows, {"semicolon": ";", "comma": ",", "tab": "\t"}[kind])


KINDS = pytest.mark.parametrize("kind", ["xlsx", "semicolon", "comma", "tab"])


def eight_columns() -> list[list[str]]:
    """The table of seed 004 as its pages show it: title, numbers of columns, blank rows, row 6 over two pages."""
    rows: list[list[str]] = [["Tabel 3.10. Tindak Lanjut Rekomendasi Inspektorat"], [], list(EIGHT)]
    rows.append(["1", "2", "3", "4", "5", "6", "7", ""])
    for entry in shipped(BARAT).rekomendasi[:6]:
        links = "\n".join(str(item.tautan) for item in entry.data_dukung)
        cells = [str(entry.nomor), entry.teks, entry.rencana_aksi, entry.target, entry.waktu]
        row = [str(cell) for cell in (*cells, entry.penanggung_jawab, entry.status, links)]
        rest: list[str] = []
        if entry.nomor == 6:
            for column, mark in ((1, "berikutnya, dan"), (2, "rekomendasi tau")):
                at = row[column].index(mark)
                rest = [*(rest or [""] * 8)]
                rest[column] = row[column][at:]
                row[column] = row[column][:at].strip()
        rows += [row, *([[], rest] if rest else [])]
        if entry.nomor in (2, 4):
            rows.append([])
    return rows


@KINDS
def test_the_eight_columns_of_seed_004(tmp_path: Path, kind: str) -> None:
    wanted = [item for item in contents(planned(BARAT)) if int(item[0]) <= 6]
    found = contents(planned(write(tmp_path, kind, eight_columns())))
    for name, isi in wanted:
        if isinstance(isi, Lapor):  # only the YAML form gives evidence a title of its own
            links = tuple(item.tautan for item in isi.data_dukung)
            (own,) = [i for n, i in found if n == name and isinstance(i, Lapor)]
            assert tuple(item.tautan for item in own.data_dukung) == links
            assert (own.uraian, own.progres) == (isi.uraian, isi.progres)
        else:
            assert (name, isi) in found
    assert len(found) == len(wanted) == 18


@KINDS
def test_the_three_columns_of_seed_000(tmp_path: Path, kind: str) -> None:
    rows: list[Sequence[str]] = [THREE]
    before = ""
    for entry in shipped(PELAIHARI).rekomendasi[:12]:
        if entry.nomor == 10:  # the page turns here, and its header comes again
            rows += [[], THREE]
        name = KOMPONEN[str(entry.komponen)]
        rows.append(["" if name == before else name, entry.teks, str(entry.tindak_lanjut)])
        before = name
    result = planned(write(tmp_path, kind, rows))
    assert [(n, i) for n, i in contents(planned(PELAIHARI)) if n != "13"] == contents(result)
    komponen = [e.isi.komponen for e in result.events if isinstance(e.isi, Terbit)]
    assert komponen == [entry.komponen for entry in shipped(PELAIHARI).rekomendasi[:12]]
    assert (result.jumlah, result.dijawab, result.peringatan) == (12, 12, ())


@KINDS
@pytest.mark.parametrize("apart", [False, True], ids=["one cell", "number and text"])
def test_the_two_lists_of_seed_003(tmp_path: Path, kind: str, apart: bool) -> None:
    entries = shipped(ALUH).rekomendasi

    def item(number: int | None, text: str) -> list[str]:
        return [f"{number}.", text] if apart else [f"{number}. {text}"]

    rows = [["direkomendasikan kepada Camat Aluh - Aluh hal-hal sebagai berikut :"]]
    rows += [item(e.nomor, e.teks) for e in entries]
    rows += [[], ["D.2. TINDAK LANJUT"], []]
    rows += [["Sebagai tindak lanjut rekomendasi dari Inspektorat, telah melaksanakan upaya sebagai berikut:"]]
    rows += [item(e.nomor, str(e.tindak_lanjut)) for e in entries]
    assert contents(planned(write(tmp_path, kind, rows))) == contents(planned(ALUH))


def test_two_lists_side_by_side_are_paired_by_number_not_by_row(tmp_path: Path) -> None:
    rows = [["No", "Rekomendasi", "No", "Tindak Lanjut"], ["1", "Susun IKU", "2", "Renja disusun"],
            ["2", "Susun Renja", "1", "IKU disusun"], ["3", "Susun PK", "", ""]]  # fmt: skip
    result = planned(write_csv(tmp_path / "t.csv", rows, ";"))
    claims = {e.rekomendasi[-2:]: e.isi.uraian for e in result.events if isinstance(e.isi, Lapor)}
    assert claims == {"01": "IKU disusun", "02": "Renja disusun"}
    assert codes(result.peringatan) == ["I951"]


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.kode for problem in problems]


def yaml_lists(folder: Path, questions: Sequence[str], answers: Sequence[str]) -> Path:
    path = folder / "daftar.yaml"
    lines = ["instansi: kecamatan-contoh", "tahun: 2023", "rekomendasi:"]
    lines += [f"  - teks: '{text}'" for text in questions]
    lines += ["tindak_lanjut:", *[f"  - teks: '{text}'" for text in answers]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("lost", "unanswered", "loose"), [(0, [1], []), (11, [12], []), (5, [5, 6], ["5"])])
def test_lists_without_numbers_are_paired_only_where_there_is_no_doubt(
    tmp_path: Path, lost: int, unanswered: list[int], loose: list[str]
) -> None:
    """Without the sixth answer, the fifth could belong to either: both speak of an appointment by letter (SK)."""
    entries = shipped(PELAIHARI).rekomendasi[:12]
    answers = [str(e.tindak_lanjut) for e in entries]
    del answers[lost]
    result = planned(yaml_lists(tmp_path, [e.teks for e in entries], answers))
    assert sorted(codes(result.peringatan)) == ["I951", *["I952"] * len(loose), "I956"]
    assert f"12 rekomendasi, {12 - len(unanswered)} dijawab; tanpa jawaban: " in result.peringatan[0].apa
    claims = {int(e.rekomendasi[-2:]): e.isi.uraian for e in result.events if isinstance(e.isi, Lapor)}
    assert claims == {e.nomor: e.tindak_lanjut for e in entries if e.nomor not in unanswered}
    assert [item.nomor for item in result.lepas] == loose


def test_an_answer_to_nothing_is_named_and_left_out(tmp_path: Path) -> None:
    rows = [["No", "Rekomendasi", "No", "Tindak Lanjut"], ["1", "Susun IKU", "1", "IKU disusun"],
            ["", "", "4", "Membeli kursi"]]  # fmt: skip
    result = planned(write_csv(tmp_path / "t.csv", rows, ";"))
    assert codes(result.peringatan) == ["I952"]
    assert "Jawaban 4 tidak menjawab rekomendasi yang pasti: Membeli kursi" in result.peringatan[0].apa
    assert [item.nomor for item in result.lepas] == ["4"]
    assert len(result.events) == 2


def test_a_row_without_a_number_that_looks_like_a_new_sentence_is_said(tmp_path: Path) -> None:
    rows = [["No", "Rekomendasi", "Tindak Lanjut"], ["1", "Susun IKU", "Disusun"], ["", "Susun Renja", "Belum"]]
    result = planned(write_csv(tmp_path / "t.csv", rows, ";"))
    assert [p.kode for p in result.peringatan] == ["I959"]
    assert [e.isi.teks for e in result.events if isinstance(e.isi, Terbit)] == ["Susun IKU\nSusun Renja"]


def test_a_list_ends_where_another_part_of_the_document_begins(tmp_path: Path) -> None:
    rows = [["Rekomendasi:"], ["1. Susun IKU"], ["2. Susun Renja"], [], ["Tindak lanjut:"], ["1. IKU disusun"],
            ["2. Renja disusun"], ["dan disahkan"], [], ["BAB IV PENUTUP"], ["1. Demikian"]]  # fmt: skip
    result = planned(write_csv(tmp_path / "t.csv", rows, ";"))
    assert [e.isi.uraian for e in result.events if isinstance(e.isi, Lapor)] == [
        "IKU disusun", "Renja disusun dan disahkan",
    ]  # fmt: skip


def test_recommendations_about_recommendations_are_no_headers(tmp_path: Path) -> None:
    rows = [["Komponen", "Rekomendasi", "Tindak Lanjut"],
            ["Evaluasi internal", "Agar saran APIP segera ditindaklanjuti", "Upaya tindak lanjut sudah dilakukan"],
            ["KOMPONEN", "REKOMENDASI", "TINDAK LANJUT"],
            ["", "Tindaklanjuti rekomendasi", "Status: selesai"]]  # fmt: skip
    result = planned(write_csv(tmp_path / "t.csv", rows, ";"))
    assert [e.isi.teks for e in result.events if isinstance(e.isi, Terbit)] == [rows[1][1], rows[3][1]]


def test_merged_cells_serve_every_row_they_cover(tmp_path: Path) -> None:
    rows = [["No", "Rekomendasi", "Rencana Aksi", "Waktu", "Penanggung Jawab"],
            ["1", "Susun IKU", "Rapat", "Juni 2024", "Sekretaris"],
            ["", "", "Penetapan", "", ""],
            ["2", "Susun Renja", "Rapat", "Juli 2024", ""]]  # fmt: skip
    path = write_xlsx(tmp_path / "t.xlsx", rows, [(0, 1, 2), (1, 1, 2), (3, 1, 2), (4, 1, 3)])
    plans = [e.isi for e in planned(path).events if isinstance(e.isi, Rencana)]
    assert [(p.rencana_aksi, p.waktu_tercetak, p.penanggung_jawab) for p in plans] == [
        ("Rapat\nPenetapan", "Juni 2024", "Sekretaris"), ("Rapat", "Juli 2024", "Sekretaris"),
    ]  # fmt: skip


def test_signatures_below_the_table_are_not_read(tmp_path: Path) -> None:
    rows = [["No", "Rekomendasi", "Tindak Lanjut"], ["1", "Susun IKU", "IKU disusun"], [],
            ["", "", "Camat Contoh"], ["", "", "NAMA ORANG"]]  # fmt: skip
    result = planned(write_csv(tmp_path / "t.csv", rows, ";"))
    assert "ORANG" not in "".join(str(event) for event in result.events)
    assert codes(result.peringatan) == ["I954", "I954"]


def test_numbers_that_begin_anew_under_each_component_are_counted_through(tmp_path: Path) -> None:
    rows = [["Komponen", "No", "Rekomendasi"], ["Perencanaan Kinerja", "1", "Susun IKU"], ["", "2", "Susun Renja"],
            ["Pelaporan Kinerja", "1", "Reviu laporan"]]  # fmt: skip
    result = planned(write_csv(tmp_path / "t.csv", rows, ","))
    assert [(e.rekomendasi[-2:], e.isi.komponen) for e in result.events if isinstance(e.isi, Terbit)] == [
        ("01", "1"), ("02", "1"), ("03", "3"),
    ]  # fmt: skip
    assert "I958" in codes(result.peringatan)


# Bad rows: all of them, or nothing.


def many_rows(number: int, bad: Sequence[int]) -> list[list[str]]:
    faults = [
        ("", "Rapat", "Juni 2024", "75%", ""),  # no recommendation
        ("Susun IKU", "Rapat", "31 Februari 2024", "75%", ""),
        ("Susun IKU", "Rapat", "Juni 2024", "175%", ""),
        ("Susun IKU", "Rapat", "Juni 2024", "75%", "https:/drive/x"),
        ("Susun IKU", "", "Juni 2024", "75%", ""),  # a time without an action
    ]
    rows = [["No", "Rekomendasi", "Rencana Aksi", "Waktu", "Status", "Bukti"]]
    for at in range(1, number + 1):
        good = (f"Susun dokumen {at}", "Rapat", "Juni 2024", "75%", f"https://contoh.id/{at}")
        cells = faults[bad.index(at) % len(faults)] if at in bad else good
        rows.append([str(at), *cells])
    return rows


@pytest.mark.parametrize("kind", ["xlsx", "semicolon"])
def test_forty_bad_rows_of_5000_are_all_reported_and_nothing_is_imported(
    tmp_path: Path, place: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """On both databases."""
    bad = list(range(7, 5000, 125))[:40]
    path = write(tmp_path, kind, many_rows(5000, bad))
    options = ["--instansi", "dinas-contoh", "--tahun", "2023", "--penerbit", "Inspektorat", "--pelaku", "Kepala Dinas",
               "--tanggal-terbit", "2024-01-31", "--tanggal", "2024-02-01", "--db", place]  # fmt: skip
    assert run(["tl", "impor", str(path), *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Impor dibatalkan: 40 tempat bermasalah, tidak ada yang dicatat." in err
    assert "40 masalah ditemukan" in err
    heads = [line for line in err.split("\n") if f"{path}" in line]
    rows = sorted(int(line.split(str(path))[1].strip("[]:").split("!")[-1].lstrip("ABCDEF").split(":")[0].split("]")[0])
                  for line in heads)  # fmt: skip
    assert rows == [at + 1 for at in bad]
    assert {line.split(": ")[1] for line in heads} == {"I902", "I906", "I907", "I908", "I909"}
    with open_store(place) as store:
        assert store.entries() == []
        assert store.agencies() == []


def test_300_good_rows_are_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_csv(tmp_path / "t.csv", many_rows(300, []), ";")
    place = str(tmp_path / "sakip.db")
    options = ["--instansi", "dinas-contoh", "--tahun", "2023", "--penerbit", "Inspektorat", "--pelaku", "Kepala Dinas",
               "--tanggal-terbit", "2024-01-31", "--tanggal", "2024-02-01", "--db", place]  # fmt: skip
    assert run(["tl", "impor", str(path), *options]) == 0
    assert "900 peristiwa: 300 terbit, 300 rencana aksi, 300 laporan." in capsys.readouterr().out
    with open_store(place) as store:
        assert len(store.entries()) == 900
        assert [s.id for s in store.states()][99] == "dinas-contoh/2023/100"


BAD_FILES: dict[str, tuple[Rows, list[tuple[str, str]]]] = {
    "number twice": (
        [["No", "Rekomendasi", "Target"], ["1", "Susun IKU", ""], ["1", "Susun Renja", ""]],
        [("I903", "Nomor 1 dipakai dua kali (pertama di baris 2)")],
    ),
    "number unreadable": (
        [["No", "Rekomendasi", "Tindak Lanjut"], ["1", "Susun IKU", "x"], ["II-a", "Susun Renja", "y"]],
        [("I904", "Nomor `II-a` tidak terbaca")],
    ),
    "column twice": (
        [["No", "Rekomendasi", "Status", "Status akhir"], ["1", "Susun IKU", "Selesai", "Belum"]],
        [("I905", "Kolom `Status akhir` menyebut hal yang sudah disebut kolom lain")],
    ),
    "script as link": (
        [["No", "Rekomendasi", "Bukti"], ["1", "Susun IKU", "javascript:alert(1)"]],
        [("I906", "Tautan `javascript:alert(1)` tidak dapat dibuka")],
    ),
    "reversed": (
        [["No", "Rekomendasi", "Rencana Aksi", "Waktu"], ["1", "Susun IKU", "Rapat", "Juli 2024 s.d. Juni 2024"]],
        [("I908", "selesai 2024-06-30 mendahului mulai 2024-07-01")],
    ),
    "civil servant's number": (
        [["No", "Rekomendasi", "Rencana Aksi", "PJ"], ["1", "Susun IKU", "Rapat", " ".join(_NUMBER)]],
        [("T910", "`penanggung_jawab` memuat nomor pegawai")],
    ),
    "no table": ([["Daftar hadir"], ["Satu", "Dua"]], [("I901", "Tidak ada tabel tindak lanjut yang dikenal")]),
}


@pytest.mark.parametrize(("rows", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_table_says_what_is_wrong(tmp_path: Path, rows: Rows, said: list[tuple[str, str]]) -> None:
    result = planned(write_csv(tmp_path / "t.csv", rows, ";"))
    assert result.events == ()
    assert codes(result.galat) == [kode for kode, _ in said]
    for problem, (_, words) in zip(result.galat, said, strict=True):
        assert words in problem.apa


def test_a_file_of_another_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tabel.docx"
    path.write_bytes(b"PK\x03\x04")
    assert run(["tl", "impor", str(path), "--uji-coba"]) == 2
    assert "I913: Jenis berkas `.docx` tidak dikenal" in capsys.readouterr().err


def test_a_workbook_with_an_error_in_a_cell_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("TL")
        sheet.write_row(0, 0, ["No", "Rekomendasi", "Target"])
        sheet.write_row(1, 0, ["1", "Susun IKU"])
        sheet.write_formula(1, 2, "=A1+1", None, "#VALUE!")
    assert run(["tl", "impor", str(path), "--uji-coba"]) == 2
    assert "t.xlsx[TL!C2]: I915" in capsys.readouterr().err


def test_two_sheets_with_tables_need_a_choice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("2022", "2023"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["No", "Rekomendasi", "Tindak Lanjut"])
            sheet.write_row(1, 0, ["1", f"Susun IKU {name}", "Disusun"])
    assert run(["tl", "impor", str(path), "--uji-coba"]) == 2
    assert "I914" in capsys.readouterr().err
    (issued, _) = planned(path, "2023").events
    assert isinstance(issued.isi, Terbit)
    assert issued.isi.teks == "Susun IKU 2023"


def test_who_and_when_must_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_csv(tmp_path / "t.csv", [["No", "Rekomendasi", "Tindak Lanjut"], ["1", "Susun IKU", "x"]], ";")
    assert run(["tl", "impor", str(path), "--uji-coba"]) == 2
    err = capsys.readouterr().err
    assert "Instansi belum disebut" in err
    assert "Tahun kinerja belum disebut" in err
    result = planned(path, penerbit=None, tanggal_terbit=None, pelapor=None)
    assert {p.apa for p in result.galat} == {
        "Penerbit rekomendasi belum disebut",
        "Tanggal terbit rekomendasi belum disebut",
        "Pelapor tindak lanjut belum disebut",
    }
    result = planned(path, pelapor=None)
    assert [p.apa for p in result.galat] == ["Pelapor tindak lanjut belum disebut"]


def test_a_file_and_an_option_that_disagree_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tl", "impor", str(PELAIHARI), "--tahun", "2023", "--uji-coba"]) == 2
    assert "Berkas menyebut tahun 2022, opsi menyebut 2023" in capsys.readouterr().err


def test_a_day_to_come_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tl", "impor", str(PELAIHARI), "--tanggal", "2999-01-01", "--db", str(tmp_path / "x.db")]) == 2
    assert "T922" in capsys.readouterr().err


# Roles and a ledger that already knows some.


def test_a_dry_run_writes_nothing_and_shows_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "sakip.db"
    assert run(["tl", "impor", str(BARAT), "--uji-coba", "--db", str(place)]) == 1
    out = capsys.readouterr().out
    assert "kecamatan-martapura-barat/2023/05 terbit 2024-01-31" in out
    assert "rencana (tanpa tanggal pasti)" in out
    assert "laporan 100%, 0 data dukung: Selesai" in out
    assert "Uji coba: tidak ada yang dicatat." in out
    assert max(map(len, out.split("\n"))) <= 80 or str(ROOT) in out
    assert not place.exists()


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    place = str(tmp_path / "sakip.db")
    run(["tl", "impor", str(BARAT), "--db", place])
    with open_store(place) as store:
        head = store.head()
    assert run(["tl", "impor", str(BARAT), "--db", place]) == 1
    with open_store(place) as store:
        assert store.head() == head


def test_evaluator_issues_and_the_agency_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "sakip.db")
    assert run(["tl", "impor", str(PELAIHARI), "--peran", "instansi", "--db", place]) == 2
    assert capsys.readouterr().err.count("I912") == 13
    assert run(["tl", "impor", str(PELAIHARI), "--peran", "evaluator", "--db", place]) == 0
    assert run(["tl", "impor", str(PELAIHARI), "--peran", "instansi", "--db", place]) == 1
    with open_store(place) as store:
        kinds = [entry.event.jenis for entry in store.entries()]
    assert kinds == ["terbit"] * 13 + ["lapor"] * 12


def test_an_id_keeps_its_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "sakip.db")
    run(["tl", "impor", str(PELAIHARI), "--db", place])
    other = tmp_path / "lain.yaml"
    text = PELAIHARI.read_text(encoding="utf-8")
    other.write_text(text.replace("agar ditunjuk petugas", "agar diganti petugas"), encoding="utf-8")
    capsys.readouterr()
    assert run(["tl", "impor", str(other), "--db", place]) == 2
    assert "I911: `kecamatan-pelaihari/2022/06` di buku besar berbunyi lain" in capsys.readouterr().err


def test_every_import_is_legal_from_an_empty_ledger() -> None:
    for path in sorted((ROOT / "cases").glob("*/tindak-lanjut-*.yaml")):
        states = fold(planned(path).events)
        assert len(states) == len(shipped(path).rekomendasi)


# Words of headers, statuses and times.


def test_headers_are_recognised_by_their_words() -> None:
    header = header_of(["Nomor", "Saran/Rekomendasi LHE", "Uraian Tindak Lanjut", "Output", "Jadwal", "PIC", "Progress (%)",
                        "Eviden", "Ket"])  # fmt: skip
    assert header is not None
    assert list(header.kolom) == ["nomor", "teks", "tindak_lanjut", "target", "waktu", "penanggung_jawab", "progres",
                                  "data_dukung"]  # fmt: skip
    assert header.lain == {8: "Ket"}
    assert header_of(["Rekomendasi Inspektorat", "", ""]) is None
    assert header_of(["No", "Nama", "Alamat"]) is None


@pytest.mark.parametrize(
    ("status", "progres", "percent", "nothing"),
    [
        ("Selesai", None, 100, False),
        ("Telah selesai.", None, 100, False),
        ("Sudah ditindaklanjuti", None, 100, False),
        ("Belum selesai", None, None, True),
        ("Hampir selesai", None, None, False),
        ("Selesai sebagian", None, None, False),
        ("Dalam proses 40%", None, 40, False),
        ("Proses", "75 %", 75, False),
        (None, "0", 0, True),
        ("-", None, None, True),
        ("Belum ditindaklanjuti", None, None, True),
        (None, None, None, True),
    ],
)
def test_what_a_printed_status_claims(
    status: str | None, progres: str | None, percent: int | None, nothing: bool
) -> None:
    assert read_progress(status, progres) == percent
    assert claims_nothing(status) is nothing


@pytest.mark.parametrize("text", ["101", "33,3%", "-5", "banyak", "1e2"])
def test_a_progress_that_is_no_whole_percent_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_progress(None, text)


D = date
TIMES = [
    ("27 Juni 2023", D(2023, 6, 27), D(2023, 6, 27)),
    ("1 Hari (Tanggal 13 Juli 2023)", D(2023, 7, 13), D(2023, 7, 13)),
    ("Akan dilaksanakan pada evaluasi triwulan I (satu), yaitu tanggal 05 April 2023", D(2023, 4, 5), D(2023, 4, 5)),
    ("Tanggal 26 Desember 2023 sampai dengan 31 Januari 2024", D(2023, 12, 26), D(2024, 1, 31)),
    ("13 s.d. 15 Juli 2023", D(2023, 7, 13), D(2023, 7, 15)),
    ("Januari s.d. Maret 2024", D(2024, 1, 1), D(2024, 3, 31)),
    ("Januari s/d Pebruari 2024", D(2024, 1, 1), D(2024, 2, 29)),
    ("Nopember 2023 - Januari 2024", D(2023, 11, 1), D(2024, 1, 31)),
    ("Triwulan II 2024", D(2024, 4, 1), D(2024, 6, 30)),
    ("TW III Tahun 2024", D(2024, 7, 1), D(2024, 9, 30)),
    ("Triwulan I s.d. III 2024", D(2024, 1, 1), D(2024, 9, 30)),
    ("Semester II 2024", D(2024, 7, 1), D(2024, 12, 31)),
    ("Tahun 2024", D(2024, 1, 1), D(2024, 12, 31)),
    ("2024-05-06", D(2024, 5, 6), D(2024, 5, 6)),
    ("31/12/2023", D(2023, 12, 31), D(2023, 12, 31)),
    ("paling lambat 30 Juni 2024", None, D(2024, 6, 30)),
    ("s.d. Desember 2024", None, D(2024, 12, 31)),
    ("mulai Juli 2024", D(2024, 7, 1), None),
]


@pytest.mark.parametrize(("text", "mulai", "selesai"), TIMES, ids=[t[0] for t in TIMES])
def test_a_time_with_one_meaning_becomes_days(text: str, mulai: date | None, selesai: date | None) -> None:
    assert parse_waktu(text) == Waktu(mulai, selesai)


@pytest.mark.parametrize(
    "text",
    [
        "Jika Aplikasi Tersedia Tahun Depan Tahun 2024 Maka kami akan melaksanakannya",
        "setelah anggaran 2024 ditetapkan",
        "setiap bulan",
        "30 hari",
        "Triwulan I",
        "03/04/2024",
        "Maret dan April 2024",
        "Desember s.d. Januari 2024",
        "13 Juli 2023 dan 5 Agustus 2023",
        "minggu II Juni 2024",
        "segera",
    ],
)
def test_a_time_with_more_than_one_meaning_stays_text(text: str) -> None:
    found = parse_waktu(text)
    assert (found.mulai, found.selesai) == (None, None)
    assert found.sebab


@pytest.mark.parametrize("text", ["31 Februari 2024", "31/04/2024", "Juli 2024 s.d. Juni 2024", "29 Februari 2023"])
def test_a_time_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ImpossibleDateError):
        parse_waktu(text)


MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember")  # fmt: skip


@given(st.dates(D(2000, 1, 1), D(2099, 12, 31)), st.dates(D(2000, 1, 1), D(2099, 12, 31)))
def test_two_days_as_they_are_written_are_read_back(one: date, two: date) -> None:
    first, last = sorted((one, two))

    def long(day: date) -> str:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    assert parse_waktu(f"Tanggal {long(first)} s.d. {long(last)}") == Waktu(first, last)
    assert parse_waktu(long(first)) == Waktu(first, first)


@given(st.text(max_size=60))
def test_no_text_makes_the_reading_of_times_fail(text: str) -> None:
    try:
        found = parse_waktu(text)
    except ImpossibleDateError:
        return
    assert found.sebab or found.mulai or found.selesai


CELLS = st.lists(
    st.lists(st.sampled_from(["", "1", "2", "No", "Rekomendasi", "Tindak Lanjut", "Selesai", "https://a.b/c", "x y"]),
             max_size=5),
    max_size=8,
)  # fmt: skip


@given(CELLS)
def test_no_table_makes_the_import_fail_or_half_import(rows: list[list[str]]) -> None:
    from sakip_eval.tindak_lanjut.impor_tabel import Row, read_table

    table = read_table([Row(n, tuple(cells)) for n, cells in enumerate(rows, start=1)], "t.csv")
    goal = Tujuan("x", 2023, "t.csv", "Inspektorat", D(2024, 1, 1), "Camat", D(2024, 1, 2))
    result = plan_import(table, goal, {})
    assert not (result.galat and result.events)
    fold(result.events)


def test_every_key_of_the_yaml_form_is_described_for_editors_and_in_the_docs() -> None:
    text = (ROOT / "docs/impor-tindak-lanjut.md").read_text(encoding="utf-8")
    models = [
        model
        for _, model in inspect.getmembers(impor_model, inspect.isclass)
        if issubclass(model, FileModel) and model.__module__ == impor_model.__name__
    ]
    assert set(models) == set(TITLES) == set(WORDS)
    for model in models:
        assert set(WORDS[model]) == set(model.model_fields)
        for key, words in WORDS[model].items():
            assert re.fullmatch(r"[A-Z`].{3,160}\.", words), words
            assert f"`{key}`" in text, key


def test_the_example_of_the_docs_is_imported_whole(tmp_path: Path) -> None:
    text = (ROOT / "docs/impor-tindak-lanjut.md").read_text(encoding="utf-8")
    path = tmp_path / "contoh.yaml"
    path.write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    result = planned(path)
    assert result.masalah == ()
    assert [event.jenis for event in result.events] == ["terbit", "rencana", "lapor"]
