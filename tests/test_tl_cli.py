"""`sakip tl` from end to end: every act, every listing, 80 columns, errors in words, and nothing half recorded."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sakip_eval import Evaluation
from sakip_eval.documents.tl_xlsx import follow_up_workbook
from sakip_eval.render.tl_text import render_list, render_matrix
from sakip_eval.store import open_store
from sakip_eval.store.store import Store
from sakip_eval.tindak_lanjut.chain import GENESIS
from sakip_eval.tindak_lanjut.events import DataDukung, Event, Lapor, LedgerError, Terbit
from sakip_eval.tindak_lanjut.rekap import rekap
from sakip_eval.tindak_lanjut.terbitan import Catatan, issued, slug
from tests.conftest import ROOT
from tests.helpers.tl import act, events_000, events_004, rencana, states, terbit
from tests.test_cli import Sakip, _at_home  # noqa: F401 - used by pytest

KASUS = "cases/kecamatan-pelaihari/2022.yaml"
K = "kecamatan-pelaihari/2022"
INSPEKTORAT = ("--pelaku", "Inspektorat Kabupaten Tanah Laut")
CAMAT = ("--pelaku", "Camat Pelaihari")
NOTE = Catatan("Inspektorat", date(2023, 6, 27), "kasus.yaml")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "sakip.db"
    monkeypatch.setenv("SAKIP_DB", str(path))
    return path


@pytest.fixture
def sakip(capsys: pytest.CaptureFixture[str]) -> Sakip:
    return Sakip(capsys)


@pytest.fixture
def tl(sakip: Sakip, db: Path) -> Sakip:
    """The command with a fresh ledger of its own."""
    assert not db.exists()
    return sakip


def issue(tl: Sakip, *more: str) -> None:
    done = tl("tl", "terbit", KASUS, *INSPEKTORAT, "--tanggal", "2023-06-27", "--asal", "LHE 165/2023", *more)
    assert done.code == 0, done.err


def entries(db: Path) -> int:
    with open_store(str(db), create=False) as store:
        return store.status().peristiwa


# ---- Issuing ---------------------------------------------------------------------------------------------------


def test_every_recommendation_is_issued_once(tl: Sakip, db: Path, hasil: Evaluation) -> None:
    issue(tl)
    with open_store(str(db), create=False) as store:
        found = store.states()
    assert [s.terbit.teks for s in found] == [r.teks for r in hasil.rekomendasi]
    assert [s.terbit.kriteria for s in found] == [r.kriteria for r in hasil.rekomendasi]
    assert found[0].id == f"{K}/01"
    assert found[0].terbit.asal == "LHE 165/2023, R-01"
    again = tl("tl", "terbit", KASUS, *INSPEKTORAT, "--tanggal", "2023-06-28")
    assert again.code == 2
    assert "T920" in again.err
    assert entries(db) == len(hasil.rekomendasi)


def test_a_link_carries_an_open_ancestor_over_and_names_a_closed_one(hasil: Evaluation) -> None:
    opened, closed = f"{slug('Kecamatan Pelaihari')}/2021/01", "kecamatan-pelaihari/2021/02"
    before = {s.id: s for s in states([terbit(opened), terbit(closed), *close(closed)])}
    links = {"R-02": opened, "R-03": closed}
    events = issued(hasil, before, NOTE, instansi="kecamatan-pelaihari", asal="LHE", tautan=links)
    assert [e.jenis for e in events].count("lanjutkan") == 1
    made = {e.rekomendasi: e.isi for e in events if isinstance(e.isi, Terbit)}
    second, third = made[f"{K}/02"], made[f"{K}/03"]
    assert isinstance(second, Terbit)
    assert isinstance(third, Terbit)
    assert (second.induk, second.pendahulu) == (opened, ())
    assert (third.induk, third.pendahulu) == (None, (closed,))


def close(name: str) -> list[Event]:
    from tests.helpers.tl import diverifikasi, lapor

    return [act(lapor(), name), act(diverifikasi("sesuai"), name)]


@pytest.mark.parametrize(
    ("links", "words"),
    [
        ({"R-99": "kecamatan-pelaihari/2021/01"}, "`R-99` bukan nomor"),
        ({"R-01": "kecamatan-pelaihari/2020/09"}, "tidak ada pada"),
        ({"R-01": "kecamatan-pelaihari/2021/01", "R-02": "kecamatan-pelaihari/2021/01"}, "ditautkan dua kali"),
        ({"R-01": "kecamatan-pelaihari/2023/01"}, "bukan dari tahun yang lebih dahulu"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(hasil: Evaluation, links: dict[str, str], words: str) -> None:
    before = {s.id: s for s in states([terbit("kecamatan-pelaihari/2021/01")])}
    later = Event("kecamatan-pelaihari/2023/01", "evaluator", "x", date(2023, 6, 27), Terbit(
        "kecamatan-pelaihari", 2023, "Agar", induk="kecamatan-pelaihari/2021/01"))  # fmt: skip
    before |= {s.id: s for s in states([later])}
    with pytest.raises(LedgerError, match="T921") as caught:
        issued(hasil, before, NOTE, instansi="kecamatan-pelaihari", asal="LHE", tautan=links)
    assert words in str(caught.value)


def test_numbers_go_on_after_what_was_carried_over_into_the_year(hasil: Evaluation) -> None:
    child = Event(f"{K}/01", "evaluator", "x", date(2023, 1, 1), Terbit(
        "kecamatan-pelaihari", 2022, "Agar", induk="kecamatan-pelaihari/2021/01"))  # fmt: skip
    events = issued(hasil, {s.id: s for s in states([child])}, NOTE, instansi="kecamatan-pelaihari", asal="LHE")
    assert events[0].rekomendasi == f"{K}/02"


def test_look_alikes_are_named_and_not_linked(tl: Sakip, db: Path, hasil: Evaluation) -> None:
    with open_store(str(db)) as store:
        name = "kecamatan-pelaihari/2021/01"
        store.append([terbit(name, hasil.rekomendasi[0].teks)])
    done = tl("tl", "terbit", KASUS, *INSPEKTORAT, "--tanggal", "2023-06-27")
    assert "100% kecamatan-pelaihari/2021/01" in done.out
    assert "kata bersama" in done.out
    with open_store(str(db), create=False) as store:
        assert all(s.terbit.induk is None and not s.terbit.pendahulu for s in store.states())


# ---- Acts ------------------------------------------------------------------------------------------------------


def test_a_whole_life(tl: Sakip, db: Path, tmp_path: Path) -> None:
    issue(tl)
    proof = tmp_path / "laporan-reviu.pdf"
    proof.write_bytes(b"isi laporan")
    steps: list[tuple[str, ...]] = [
        ("rencana", f"{K}/01", "--aksi", "Meninjau target", "--target", "Berita acara", "--mulai", "2023-07-01",
         "--selesai", "2023-08-31", "--penanggung-jawab", "Kasubbag Perencanaan", *CAMAT, "--tanggal", "2023-07-01"),
        ("lapor", f"{K}/01", "--uraian", "Berita acara nomor 5/2023 ditandatangani", "--progres", "100", "--berkas",
         str(proof), "--tautan", "Berita acara=https://contoh.id/?a=1", "--tautan", "https://contoh.id/?b=2",
         "--selesai", "2023-08-20", *CAMAT, "--tanggal", "2023-08-21"),
        ("verifikasi", f"{K}/01", "--status", "belum-sesuai", "--alasan", "tanpa tanda tangan", *INSPEKTORAT,
         "--tanggal", "2023-09-01"),
        ("tanggapi", f"{K}/01", "--alasan", "sudah ditandatangani", *CAMAT, "--tanggal", "2023-09-02"),
        ("putuskan", f"{K}/01", "--hasil", "terima", "--alasan", "benar", *INSPEKTORAT, "--tanggal", "2023-09-03"),
        ("verifikasi", f"{K}/01", "--status", "sesuai", *INSPEKTORAT, "--tanggal", "2023-09-04"),
        ("buka-kembali", f"{K}/01", "--alasan", "berita acara keliru", *INSPEKTORAT, "--tanggal", "2024-01-05"),
        ("lanjutkan", f"{K}/02", "--ke-tahun", "2023", *INSPEKTORAT, "--tanggal", "2024-06-01"),
    ]  # fmt: skip
    for step in steps:
        done = tl("tl", *step)
        assert done.code == 0, (step, done.err)
        assert "Tercatat: entri" in done.out
    with open_store(str(db), create=False) as store:
        first, second = store.state(f"{K}/01"), store.state(f"{K}/02")
        assert store.broken() is None
    assert first is not None
    assert second is not None
    assert first.ke == f"{K}/13"
    assert second.ke == "kecamatan-pelaihari/2023/01"
    assert first.data_dukung == (
        DataDukung("Berita acara", tautan="https://contoh.id/?a=1"),
        DataDukung("https://contoh.id/?b=2", tautan="https://contoh.id/?b=2"),
        DataDukung(proof.name, berkas=proof.name, sha256=hashlib.sha256(b"isi laporan").hexdigest()),
    )
    told = tl("tl", "riwayat", f"{K}/01").out
    for word in ("rencana aksi: Meninjau target", "laporan-reviu.pdf", "putusan: diterima", f"diteruskan ke: {K}/13"):
        assert word in told
    assert max(map(len, told.splitlines())) <= 80


LAPOR = ("tl", "lapor", f"{K}/01", "--uraian", "SK nomor 5", *CAMAT, "--tanggal", "2023-08-01")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (("verifikasi", f"{K}/01", "--status", "sesuai", *CAMAT, "--tanggal", "2023-09-01"), "T905"),
        (("verifikasi", f"{K}/01", "--status", "sesuai", "--pelaku", " camat  PELAIHARI", "--tanggal", "2023-09-01"), "T905"),
        (("verifikasi", f"{K}/01", "--status", "sesuai", "--peran", "instansi", *INSPEKTORAT, "--tanggal", "2023-09-01"), "T903"),
        (("verifikasi", f"{K}/01", "--status", "tidak-dapat-ditindaklanjuti", *INSPEKTORAT, "--tanggal", "2023-09-01"), "T906"),
        (("verifikasi", f"{K}/02", "--status", "sesuai", *INSPEKTORAT, "--tanggal", "2023-09-01"), "T907"),
        (("verifikasi", f"{K}/01", "--status", "sesuai", *INSPEKTORAT, "--tanggal", "2023-07-01"), "T908"),
        (("buka-kembali", f"{K}/01", "--alasan", "x", *INSPEKTORAT, "--tanggal", "2023-09-01"), "T904"),
        (("lanjutkan", f"{K}/01", "--ke-tahun", "2023", *INSPEKTORAT, "--tanggal", "2023-09-01"), "T904"),
        (("lanjutkan", f"{K}/02", "--ke-tahun", "2022", *INSPEKTORAT, "--tanggal", "2023-09-01"), "T909"),
        (("lapor", f"{K}/99", "--uraian", "x", *CAMAT), "T923"),
        (("lapor", "ngawur", "--uraian", "x", *CAMAT), "T910"),
        (("lapor", f"{K}/01", "--uraian", "x", "--pelaku", "196901151990021001"), "nomor pegawai"),
        (("lapor", f"{K}/01", "--uraian", " ", *CAMAT), "`uraian` kosong"),
        (("lapor", f"{K}/01", "--uraian", "x", *CAMAT, "--tanggal", "2999-01-01"), "T922"),
        (("lapor", f"{K}/01", "--uraian", "x", *CAMAT, "--berkas", "tidak-ada.pdf"), "T924"),
        (("lapor", f"{K}/01", "--uraian", "x", *CAMAT, "--berkas", "."), "T924"),
        (("lapor", f"{K}/01", "--uraian", "x", *CAMAT, "--tanggal", "1-2-2023"), "bukan tanggal"),
        (("rencana", f"{K}/02", "--aksi", "x", "--mulai", "2024-02-01", "--selesai", "2024-01-01", *CAMAT), "mendahului"),
        (("daftar", "--instansi", "kecamatan-pelaihary"), "kecamatan-pelaihari"),
        (("mirip", "kecamatan-lain"), "T923"),
        (("terbit", KASUS, *INSPEKTORAT, "--tautkan", "R-01"), "tulis NOMOR=ID"),
    ],
)  # fmt: skip
def test_what_is_refused_is_said_in_words_and_leaves_no_trace(
    tl: Sakip, db: Path, step: tuple[str, ...], words: str
) -> None:
    issue(tl)
    assert tl(*LAPOR).code == 0
    before = entries(db)
    done = tl("tl", *step)
    assert done.code == 2
    assert words in done.err
    assert "Traceback" not in done.err
    assert entries(db) == before


def test_a_poor_claim_is_recorded_and_commented(tl: Sakip) -> None:
    issue(tl)
    said = tl("tl", "lapor", f"{K}/02", "--uraian", "Akan disusun jika aplikasi tersedia", "--progres", "100", *CAMAT,
              "--tanggal", "2023-08-01")  # fmt: skip
    assert said.code == 0
    for kode in ("SELESAI-BERSYARAT", "HASIL-AKAN", "KLAIM-TANPA-BUKTI"):
        assert kode in said.out


def test_commands_that_read_make_no_database(sakip: Sakip, db: Path) -> None:
    for words in (
        ["daftar"],
        ["matriks"],
        ["mutu"],
        ["verifikasi-rantai"],
        ["lapor", f"{K}/01", "--uraian", "x", *CAMAT],
    ):
        assert sakip("tl", *words).code == 2
    assert not db.exists()


# ---- Listings --------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(tl: Sakip, db: Path) -> Sakip:
    """The tables of seeds 000 and 004 as ledgers, and one plan that is overdue."""
    with open_store(str(db)) as store:
        store.append([*events_000(), *events_004()])
        store.append([act(rencana(), "kecamatan-pelaihari/2022/13", date(2024, 2, 1))])
    return tl


@pytest.mark.parametrize(
    "words",
    [
        ("daftar",),
        ("daftar", "--lewat-tempo", "--per-tanggal", "2024-06-30"),
        ("matriks",),
        ("matriks", "kecamatan-pelaihari"),
        ("matriks", "kecamatan-pelaihari", "--menurut", "komponen"),
        ("mutu", "--per-tanggal", "2024-06-30"),
        ("riwayat", "kecamatan-martapura-barat/2022/05"),
        ("verifikasi-rantai",),
    ],
)
def test_listings_fit_80_columns(filled: Sakip, words: tuple[str, ...]) -> None:
    done = filled("tl", *words)
    assert done.err == ""
    assert max(map(len, done.out.splitlines())) <= 80 or any(
        "https://" in x for x in done.out.splitlines() if len(x) > 80
    )


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--status", "dilaporkan", "--instansi", "kecamatan-martapura-barat"), [f"{n:02d}" for n in range(1, 6)]),
        (("--status", "rencana"), ["13"]),
        # Claimed "Selesai" and not verified: the day that was promised has passed all the same.
        (("--lewat-tempo", "--per-tanggal", "2024-06-30"), ["01", "02", "03", "04", "13"]),
        (("--lewat-tempo", "--per-tanggal", "2023-08-31"), ["01", "02", "03", "04"]),
        (("--lewat-tempo", "--per-tanggal", "2023-07-13"), ["03"]),
        (("--lewat-tempo", "--per-tanggal", "2023-04-05"), []),
        (("--status", "sesuai"), []),
        (("--tahun", "2021"), []),
    ],
)
def test_lists_are_narrowed(filled: Sakip, options: tuple[str, ...], ids: list[str]) -> None:
    data = json.loads(filled("tl", "daftar", *options, "--format", "json").out)
    assert [row["id"].rsplit("/", 1)[1] for row in data["rekomendasi"]] == ids


def test_csv_says_what_json_says_and_runs_no_formula(tl: Sakip, db: Path) -> None:
    with open_store(str(db)) as store:
        store.append([terbit(teks="=HYPERLINK(1)"), act(Lapor("+62 terlaksana"))])
    (row,) = csv.DictReader(io.StringIO(tl("tl", "daftar", "--format", "csv").out))
    (data,) = json.loads(tl("tl", "daftar", "--format", "json").out)["rekomendasi"]
    assert set(row) <= set(data)
    assert row["teks"] == "'=HYPERLINK(1)"
    assert data["teks"] == "=HYPERLINK(1)"
    assert row["uraian"].startswith("'+62")
    assert row["status"] == ""
    assert data["status"] is None


def test_a_steering_character_does_not_reach_the_terminal(tl: Sakip, db: Path) -> None:
    with open_store(str(db)) as store:
        store.append([terbit(teks="Agar \x1b[31mmerah\x07")])
    assert "\x1b" not in tl("tl", "daftar").out + tl("tl", "riwayat", "kecamatan-contoh/2022/01").out


def test_the_matrix_counts_claims_as_waiting(filled: Sakip) -> None:
    rows = list(csv.DictReader(io.StringIO(filled("tl", "matriks", "--format", "csv").out)))
    assert {r["instansi"]: (r["jumlah"], r["sesuai"], r["dilaporkan"], r["belum_ditindaklanjuti"]) for r in rows} == {
        "kecamatan-martapura-barat": ("5", "0", "5", "0"),
        "kecamatan-pelaihari": ("13", "0", "12", "1"),
    }
    assert rows[1]["persen_dilaporkan"] == "92.31"
    exact = json.loads(filled("tl", "matriks", "kecamatan-pelaihari", "--format", "json").out)
    assert exact[0]["persen"]["dilaporkan"] == "1200/13"


def test_quality_ends_with_1_and_names_agency_by_agency(filled: Sakip) -> None:
    done = filled("tl", "mutu", "--per-tanggal", "2024-06-30")
    assert done.code == 1
    assert done.out.index("kecamatan-martapura-barat:") < done.out.index("kecamatan-pelaihari:")
    data = json.loads(filled("tl", "mutu", "--format", "json", "--instansi", "kecamatan-martapura-barat").out)
    assert {item["kode"] for item in data} == {
        "SELESAI-BERSYARAT", "HASIL-AKAN", "KLAIM-TANPA-BUKTI", "SATU-BUKTI-BANYAK",
    }  # fmt: skip
    assert all(item["dasar"] and item["cara"] for item in data)


def test_the_chain_is_proved_and_its_first_break_named(filled: Sakip, db: Path) -> None:
    whole = filled("tl", "verifikasi-rantai")
    assert whole.code == 0
    assert "Rantai utuh" in whole.out
    head = whole.out.split()[-1]
    assert filled("tl", "verifikasi-rantai", "--kepala", head[:16]).code == 0
    strange = filled("tl", "verifikasi-rantai", "--kepala", "f" * 64)
    assert (strange.code, "T912" in strange.err) == (2, True)
    with sqlite3.connect(db) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE ledger SET peristiwa = replace(peristiwa, 'Telah', 'Belum') WHERE seq = 4")
    connection.close()
    broken = filled("tl", "verifikasi-rantai")
    assert broken.code == 2
    assert "T911: Rantai putus pada entri 4: isinya tidak sesuai dengan hash-nya" in broken.err


# ---- The workbook ----------------------------------------------------------------------------------------------


def test_the_workbook_is_the_official_table(filled: Sakip, tmp_path: Path) -> None:
    path = tmp_path / "tabel.xlsx"
    assert filled("tl", "ekspor", "-o", str(path), "--per-tanggal", "2024-06-30").code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["kecamatan-martapura-barat", "kecamatan-pelaihari"]
    sheet = book["kecamatan-martapura-barat"]
    assert [cell.value for cell in sheet[4]][:8] == [
        "NO", "REKOMENDASI", "RENCANA AKSI TINDAK LANJUT", "TARGET", "WAKTU PELAKSANAAN", "PENANGGUNG JAWAB",
        "STATUS/PROGRES PENYELESAIAN", "Link Data Dukung",
    ]  # fmt: skip
    fifth = [cell.value for cell in sheet[11]]
    assert fifth[0] == "5"
    assert str(fifth[4]).startswith("Jika Aplikasi Tersedia Tahun Depan")
    assert fifth[6] == "100%: Selesai"
    assert fifth[8] == "belum diverifikasi"
    late = [cell.value for cell in book["kecamatan-pelaihari"][19]]
    assert "lewat 304 hari" in str(late[4])


def test_the_workbook_runs_no_formula_and_is_the_same_each_time() -> None:
    evil = states([terbit(teks='=HYPERLINK("http://x")'), act(Lapor("@SUM(1)", 5, (DataDukung("-1", tautan="=1"),)))])
    first = follow_up_workbook(evil, date(2024, 1, 1), GENESIS)
    assert first == follow_up_workbook(evil, date(2024, 1, 1), GENESIS)
    sheet = openpyxl.load_workbook(io.BytesIO(first)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    assert openpyxl.load_workbook(io.BytesIO(follow_up_workbook([], date(2024, 1, 1), GENESIS))).sheetnames


def test_sheets_of_long_names_stay_apart() -> None:
    names = [f"kecamatan-dengan-nama-yang-panjang-sekali-{n}/2022/01" for n in ("a", "b")]
    book = openpyxl.load_workbook(io.BytesIO(follow_up_workbook(states(map(terbit, names)), date(2024, 1, 1), "0")))
    assert len({name.lower() for name in book.sheetnames}) == 2


def test_an_empty_ledger_is_said_to_be_empty() -> None:
    assert "Tidak ada rekomendasi" in render_list([], date(2024, 1, 1))
    assert "Jml" in render_matrix("JUDUL", "Tahun", rekap([]), None)


# ---- Both databases --------------------------------------------------------------------------------------------


def test_the_same_story_on_both_databases(store: Store) -> None:
    store.append([*events_000(), *events_004()])
    assert list(store.states()) == sorted(states([*events_000(), *events_004()]), key=lambda s: s.id)
    assert store.broken() is None


def test_the_page_shows_commands_that_exist() -> None:
    from sakip_eval.cli.tl import app

    known = {c.name or (c.callback.__name__ if c.callback else "") for c in app.registered_commands}
    page = (ROOT / "docs/tindak-lanjut.md").read_text(encoding="utf-8")
    assert {name for name in known if f"`sakip tl {name}" not in page and f"| `{name}`" not in page} == set()


def test_a_long_list_is_cut_and_says_so(filled: Sakip) -> None:
    whole = filled("tl", "daftar").out
    cut = filled("tl", "daftar", "--batas", "3").out
    total = len(json.loads(filled("tl", "daftar", "--format", "json", "--batas", "3").out)["rekomendasi"])
    assert total > 3
    said = " ".join(cut.split())
    assert f"Ditampilkan 3 yang pertama dari {total} rekomendasi" in said
    assert "Ditampilkan" not in whole
    assert filled("tl", "daftar", "--batas", "0").out == whole
    assert "Ditampilkan" not in filled("tl", "daftar", "--batas", str(total)).out
