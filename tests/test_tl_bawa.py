"""From the ledger into the next evaluation and its letter: the real follow-up of Pelaihari, and every state."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sakip_eval import Case, Evaluation, Rubric, evaluate, load_case
from sakip_eval.case.case import RekapTindakLanjut, RekomendasiTerbuka
from sakip_eval.case.load import load_with_rubric
from sakip_eval.case.write import case_text
from sakip_eval.cli.main import run
from sakip_eval.documents.lhe.elements import outline
from sakip_eval.documents.lhe.isi import compose
from sakip_eval.store import open_store
from sakip_eval.store.store import Store
from sakip_eval.tindak_lanjut.bawa import brought, states_at
from sakip_eval.tindak_lanjut.events import (
    BukaKembali,
    Event,
    Lanjutkan,
    Lapor,
    LedgerError,
    Putusan,
    Tanggapan,
    Terbit,
    Verifikasi,
)
from sakip_eval.tindak_lanjut.state import State, fold, loose_links
from sakip_eval.tindak_lanjut.terbitan import Catatan, carried_over, issued
from tests.helpers.files import ROOT, UNIT, shipped
from tests.helpers.tl import act, diverifikasi, lapor, rencana, terbit

K = "kecamatan-pelaihari"
SEED = ROOT / "cases" / K / "tindak-lanjut-2022.yaml"
DAY = date(2024, 6, 30)
NOTE = Catatan("Inspektorat Kabupaten Tanah Laut", date(2024, 7, 1), "LHE")
RUBRIC = shipped(UNIT)


@pytest.fixture
def next_case(pelaihari: Case, tmp_path: Path) -> Path:
    """The judgement of 2022 as if it were that of 2023: the seeds have none of the year after."""
    case = replace(pelaihari, tahun_kinerja=2023, tahun_evaluasi=2024, tercetak=None, target=None)
    path = tmp_path / "2023.yaml"
    path.write_text(case_text(case), encoding="utf-8")
    return path


@pytest.fixture
def ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The shipped follow-up of 2022, imported."""
    place = str(tmp_path / "sakip.db")
    assert run(["tl", "impor", str(SEED), "--db", place]) == 1
    capsys.readouterr()
    return place


@pytest.fixture
def bawa(ledger: str, next_case: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*words: str, agency: str = K, kasus: Path = next_case, day: str = "2024-06-30") -> tuple[int, str, str]:
        code = run(["tl", "bawa", agency, "--kasus", str(kasus), "--db", ledger, "--per-tanggal", day, *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


# ---- The real follow-up of Pelaihari ---------------------------------------------------------------------------


def test_the_letter_of_the_next_year_says_what_became_of_thirteen(
    bawa: Callable[..., tuple[int, str, str]], ledger: str, tmp_path: Path, tanah_laut: Rubric
) -> None:
    path = tmp_path / "baru.yaml"
    code, out, err = bawa("-o", str(path))
    assert (code, err) == (0, "")
    assert " ".join(out.split()).startswith(
        "Dari 13 rekomendasi per 2024-06-30: 0 sesuai, 12 dilaporkan tanpa bukti, 1 tidak ditanggapi. 13 yang masih terbuka"
    )
    case = load_case(path, tanah_laut)
    assert case.tindak_lanjut is not None
    with open_store(ledger) as store:
        head = store.head()
    assert case.tindak_lanjut.rekap == RekapTindakLanjut(
        DAY, 13, dilaporkan_tanpa_bukti=12, tidak_ditanggapi=1, buku=head
    )
    # What the case said before stays.
    assert case.tindak_lanjut.keterangan == "belum menyajikan bukti dokumen hasil tindak lanjut rekomendasi"

    evaluation = evaluate(tanah_laut, case)
    assert evaluation.usulan["4.c.1"].status == evaluation.usulan["4.c.2"].status == "tidak"
    linked = Counter(name for item in evaluation.rekomendasi for name in item.induk)
    assert linked == Counter(f"{K}/2022/{n:02d}" for n in range(1, 14))
    letter = outline(compose(evaluation))
    assert (
        "dari 13 rekomendasi kepada Kecamatan Pelaihari Kabupaten Tanah Laut, sampai dengan 30 Juni 2024 tercatat 0 sesuai, "
        "12 dilaporkan tanpa bukti, dan 1 tidak ditanggapi. Sebanyak 13 rekomendasi masih terbuka"
    ) in letter
    for name in linked:
        assert letter.count(name) == 1, name
    assert "TL-MASIH-TERBUKA" in {t.kode for t in evaluation.temuan}


def test_without_a_file_only_the_section_is_printed(
    bawa: Callable[..., tuple[int, str, str]], next_case: Path, tanah_laut: Rubric, tmp_path: Path
) -> None:
    code, out, err = bawa()
    assert (code, err) == (0, "")
    assert out.startswith("tindak_lanjut_sebelumnya:\n  ada_rekomendasi: ya\n")
    assert "    dilaporkan_tanpa_bukti: 12\n" in out
    assert "    sesuai: 0\n" in out
    # It can be put in the place of the old one as it is.
    text = next_case.read_text(encoding="utf-8")
    start, end = text.index("tindak_lanjut_sebelumnya:"), text.index("\npenilaian:")
    copied, written = tmp_path / "tempel.yaml", tmp_path / "tulis.yaml"
    copied.write_text(text[:start] + out + text[end:], encoding="utf-8")
    bawa("-o", str(written))
    assert load_case(copied, tanah_laut) == load_case(written, tanah_laut)


def test_the_state_is_that_of_the_day(bawa: Callable[..., tuple[int, str, str]]) -> None:
    """Issued on 27 June 2023, reported on 31 January 2024."""
    assert "    dilaporkan_tanpa_bukti: 12\n" in bawa(day="2024-01-31")[1]
    before = bawa(day="2024-01-30")[1]
    assert "    dilaporkan_tanpa_bukti: 0\n" in before
    assert "    tidak_ditanggapi: 13\n" in before
    code, _, err = bawa(day="2023-06-26")
    assert (code, "T923: Tidak ada rekomendasi kecamatan-pelaihari tahun 2022" in err) == (2, True)


@pytest.mark.parametrize(
    ("words", "changes", "said"),
    [
        (("--tahun", "2023"), {}, "T931: Rekomendasi tahun 2023 bukan rekomendasi sebelum tahun kinerja 2023"),
        (("--tahun", "2021"), {}, "T923: Tidak ada rekomendasi kecamatan-pelaihari tahun 2021"),
        ((), {"agency": "kecamatan-pelaihar"}, "T923: Instansi `kecamatan-pelaihar` tidak ada dalam buku ini"),
        ((), {"day": "2999-01-01"}, "T922: Tanggal 2999-01-01 belum tiba"),
        (("--komponen", "9"), {}, "K505: Komponen `9` tidak ada dalam rubrik tanah-laut-68-2022/unit"),
    ],
)
def test_what_cannot_be_brought_is_refused(
    bawa: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    words: tuple[str, ...],
    changes: dict[str, Any],
    said: str,
) -> None:
    code, out, err = bawa(*words, "-o", str(tmp_path / "x.yaml"), **changes)
    assert (code, out) == (2, "")
    assert said in " ".join(err.split())
    assert not (tmp_path / "x.yaml").exists()


def test_a_case_that_denies_the_recommendations_is_refused(
    bawa: Callable[..., tuple[int, str, str]], next_case: Path
) -> None:
    text = next_case.read_text(encoding="utf-8")
    next_case.write_text(text.replace("ada_rekomendasi: ya", "ada_rekomendasi: tidak"), encoding="utf-8")
    code, _, err = bawa()
    assert (code, "T933: Kasus menyatakan ada_rekomendasi: tidak, padahal buku memuat 13" in err) == (2, True)


def test_an_existing_file_is_kept_unless_asked(bawa: Callable[..., tuple[int, str, str]], next_case: Path) -> None:
    path = next_case.with_name("ada.yaml")
    path.write_text("# milik orang\n", encoding="utf-8")
    code, _, err = bawa("-o", str(path))
    assert (code, "B109: Berkas sudah ada" in err, path.read_text(encoding="utf-8")) == (2, True, "# milik orang\n")
    assert bawa("-o", str(path), "--timpa")[0] == 0
    assert "rekap:" in path.read_text(encoding="utf-8")
    text = next_case.read_text(encoding="utf-8")
    code, _, err = bawa("-o", str(next_case), "--timpa")
    assert (code, "tujuan adalah berkas masukan" in err, next_case.read_text(encoding="utf-8")) == (2, True, text)


def test_a_changed_ledger_is_not_carried_into_a_letter(
    bawa: Callable[..., tuple[int, str, str]], ledger: str
) -> None:
    with sqlite3.connect(ledger) as connection:
        triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            if {"seq", "hash"} <= columns:
                connection.execute(f"UPDATE {table} SET hash = 'x' || substr(hash, 2) WHERE seq = 14")
    code, out, err = bawa()
    assert (code, out) == (2, "")
    assert "T911: Rantai putus pada entri 14" in err


def test_a_case_of_another_agency_is_pointed_out(bawa: Callable[..., tuple[int, str, str]], next_case: Path) -> None:
    text = next_case.read_text(encoding="utf-8").replace("nama: Kecamatan Pelaihari", "nama: Kecamatan Jorong")
    next_case.write_text(text, encoding="utf-8")
    code, _, err = bawa()
    assert code == 0
    assert "kasus ini tentang Kecamatan Jorong, rekomendasinya milik kecamatan-pelaihari" in err


@pytest.mark.parametrize(
    ("agency", "year", "total"), [("kecamatan-aluh-aluh", 2022, 10), ("kecamatan-martapura-barat", 2023, 11)]
)
def test_tables_without_components_ask_for_one(
    tmp_path: Path, pelaihari: Case, agency: str, year: int, total: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """None is guessed, none is lost."""
    place, path = str(tmp_path / "s.db"), tmp_path / "k.yaml"
    run(["tl", "impor", str(ROOT / f"cases/{agency}/tindak-lanjut-{year}.yaml"), "--db", place])
    case = replace(pelaihari, tahun_kinerja=year + 1, tahun_evaluasi=year + 2, tercetak=None, tindak_lanjut=None)
    path.write_text(case_text(case), encoding="utf-8")
    capsys.readouterr()
    words = ["tl", "bawa", agency, "--kasus", str(path), "--db", place, "-o", str(tmp_path / "b.yaml")]
    assert run(words) == 2
    assert f"T932: Komponen tidak diketahui untuk {agency}/{year}/01, {agency}/{year}/02" in capsys.readouterr().err
    assert run([*words, "--komponen", "4"]) == 0
    loaded = load_with_rubric(tmp_path / "b.yaml", {})
    assert loaded.case.tindak_lanjut is not None
    assert loaded.case.tindak_lanjut.rekap is not None
    assert loaded.case.tindak_lanjut.rekap.rekomendasi == len(loaded.case.tindak_lanjut.terbuka) == total
    again = [r for r in evaluate(loaded.rubric, loaded.case).rekomendasi if r.jenis == "lanjutan"]
    assert len(again) == total
    assert {r.komponen for r in again} == {"4"}


# ---- Every state -----------------------------------------------------------------------------------------------

A = "kecamatan-contoh/2022/{:02d}"


def story(number: int, *isi: Any, name: str = A) -> list[Event]:
    """Issued on 27 June 2023, then one act each month."""
    who, events = name.format(number), [terbit(name.format(number))]
    for month, act_ in enumerate(isi):
        events.append(act(act_, who, date(2023, 9, 1) + timedelta(30 * month)))
    return events


BARE = Lapor("Telah dilakukan")


def issued_as(name: str, **changes: Any) -> Event:
    """A recommendation issued with this component, these criteria, this ancestor."""
    event = terbit(name)
    assert isinstance(event.isi, Terbit)
    return replace(event, isi=replace(event.isi, **changes))


@pytest.mark.parametrize(
    ("isi", "count", "still"),
    [
        ((), "tidak_ditanggapi", True),
        ((rencana(),), "belum_dilaporkan", True),
        ((Tanggapan("Bukan kewenangan kami"),), "belum_dilaporkan", True),
        ((BARE,), "dilaporkan_tanpa_bukti", True),
        ((lapor(),), "dilaporkan_berbukti", True),
        ((lapor(), BARE), "dilaporkan_berbukti", True),
        ((lapor(), diverifikasi("sesuai")), "sesuai", False),
        ((lapor(), diverifikasi("belum_sesuai")), "belum_sesuai", True),
        ((lapor(), diverifikasi("belum_sesuai"), lapor()), "belum_sesuai", True),
        ((diverifikasi("belum_ditindaklanjuti"),), "belum_ditindaklanjuti", True),
        ((diverifikasi("tidak_dapat_ditindaklanjuti"),), "tidak_dapat_ditindaklanjuti", False),
        (
            (diverifikasi("tidak_dapat_ditindaklanjuti"), Tanggapan("Dapat"), Putusan(True, "Benar")),
            "belum_dilaporkan",
            True,
        ),
    ],
)
def test_each_state_has_its_count(isi: tuple[Any, ...], count: str, still: bool) -> None:
    found = brought(states_at(story(1, *isi), DAY), 2022, DAY, RUBRIC, buku="f" * 64)
    assert found.rekap == RekapTindakLanjut(DAY, 1, buku="f" * 64, **{count: 1})
    assert found.rekap is not None
    assert [item.id for item in found.terbuka] == ([A.format(1)] if still else [])
    assert found.rekap.terbuka == len(found.terbuka)
    assert found.lama == found.tanpa_komponen == ()


def test_older_ones_that_are_still_open_come_along() -> None:
    old = "kecamatan-contoh/2020/{:02d}"
    events = [
        *story(1, BARE, name=old),
        *story(2, lapor(), diverifikasi("sesuai"), name=old),
        *story(1, lapor(), diverifikasi("sesuai")),
        *story(1, name="kecamatan-contoh/2023/{:02d}"),  # of the evaluation itself, or later
    ]
    found = brought(states_at(events, DAY), 2022, DAY, RUBRIC)
    assert found.rekap == RekapTindakLanjut(DAY, 2, sesuai=1, dilaporkan_tanpa_bukti=1)
    assert found.lama == (old.format(1),)
    assert [item.id for item in found.terbuka] == [old.format(1)]


def test_what_was_carried_over_is_counted_once() -> None:
    first = story(1, name="kecamatan-contoh/2021/{:02d}")
    state = fold(first)["kecamatan-contoh/2021/01"]
    moved = carried_over(state, [state.id], 2022, NOTE)
    states = states_at([*first, *moved], DAY + timedelta(365))
    found = brought(states, 2022, DAY, RUBRIC)
    assert [item.id for item in found.terbuka] == ["kecamatan-contoh/2022/01"]
    # Seen from 2021, and before the day on which it went on, the old entry is still the one that is open.
    assert [item.id for item in brought(states, 2021, DAY, RUBRIC).terbuka] == ["kecamatan-contoh/2021/01"]
    earlier = brought(states_at([*first, *moved], NOTE.tanggal - timedelta(1)), 2022, DAY, RUBRIC)
    assert [item.id for item in earlier.terbuka] == ["kecamatan-contoh/2021/01"]
    # Carried over only later than the year in question: it is open there, with what was verified of it.
    late = carried_over(state, [state.id], 2023, NOTE)
    found = brought(states_at([*first, *late], DAY + timedelta(365)), 2022, DAY, RUBRIC)
    assert ([item.id for item in found.terbuka], found.lama) == ([state.id], (state.id,))


def test_what_was_reopened_is_not_settled() -> None:
    new = "kecamatan-contoh/2023/01"
    events = story(1, lapor(), diverifikasi("sesuai"), BukaKembali(new, "Buktinya keliru"))
    found = brought(states_at([*events, issued_as(new, induk=A.format(1))], DAY), 2022, DAY, RUBRIC)
    assert found.rekap == RekapTindakLanjut(DAY, 1, belum_sesuai=1)
    assert [item.id for item in found.terbuka] == [A.format(1)]


def test_what_the_rubric_does_not_know_is_let_go_and_said() -> None:
    events = [
        issued_as(A.format(1), komponen="3", kriteria=("3.a.4", "9.z.9")),
        issued_as(A.format(2), komponen=None, kriteria=("2.a.1", "2.b.1")),
        issued_as(A.format(3), komponen="VII", kriteria=("1.a.1",)),
        issued_as(A.format(4), komponen=None, kriteria=("1.a.1", "2.a.1")),
        issued_as(A.format(5), komponen=None, kriteria=()),
    ]
    found = brought(states_at(events, DAY), 2022, DAY, RUBRIC)
    assert [(item.komponen, item.kriteria) for item in found.terbuka] == [
        ("3", ("3.a.4",)), ("2", ("2.a.1", "2.b.1")), ("1", ("1.a.1",)),
    ]  # fmt: skip
    assert found.tanpa_komponen == (A.format(4), A.format(5))
    assert found.lepas == {A.format(1): ("9.z.9",)}
    asked = brought(states_at(events, DAY), 2022, DAY, RUBRIC, komponen="4")
    assert [item.komponen for item in asked.terbuka] == ["3", "2", "1", "4", "4"]
    assert asked.rekap == found.rekap == RekapTindakLanjut(DAY, 5, tidak_ditanggapi=5)


def test_nothing_of_that_year_is_nothing() -> None:
    assert brought({}, 2022, DAY, RUBRIC).rekap is None


# ---- Issued again: linked to their ancestors -------------------------------------------------------------------


def carried(case: Case, rubric: Rubric, events: list[Event]) -> tuple[Evaluation, dict[str, State]]:
    """The next year's evaluation of a case, with all that the ledger knows."""
    states = fold(events)
    found = brought(states, 2022, DAY, rubric)
    assert case.tindak_lanjut is not None
    following = replace(case.tindak_lanjut, rekap=found.rekap, terbuka=found.terbuka)
    return evaluate(rubric, replace(case, tahun_kinerja=2023, tahun_evaluasi=2024, tindak_lanjut=following)), states


def test_new_ones_are_linked_to_every_open_ancestor(pelaihari: Case, tanah_laut: Rubric, store: Store) -> None:
    def first(number: int, kriteria: str, *more: Event) -> list[Event]:
        return [issued_as(f"{K}/2022/{number:02d}", kriteria=(kriteria,)), *more]

    verified = act(diverifikasi("belum_ditindaklanjuti"), f"{K}/2022/02")
    claimed = act(BARE, f"{K}/2022/03")
    events = [*first(1, "3.a.4"), *first(2, "3.a.4", verified), *first(3, "3.a.4", claimed), *first(4, "1.a.1")]
    store.append(events)
    evaluation, states = carried(pelaihari, tanah_laut, events)
    made = issued(evaluation, states, NOTE, instansi=K, asal="LHE 2023")
    store.append(made)
    after = {state.id: state for state in store.states(instansi=K)}
    assert store.broken() is None

    reviewed, again = (
        next(
            after[s.id] for s in after.values() if s.tahun == 2023 and names <= {s.terbit.induk, *s.terbit.pendahulu}
        )
        for names in ({f"{K}/2022/01"}, {f"{K}/2022/04"})
    )
    assert reviewed.terbit.induk == f"{K}/2022/01"
    assert reviewed.terbit.pendahulu == (f"{K}/2022/02", f"{K}/2022/03")
    assert [after[f"{K}/2022/{n:02d}"].ke for n in (1, 2, 3, 4)] == [reviewed.id, reviewed.id, None, again.id]
    # A claim that waits for its verification is named, and stays open.
    assert after[f"{K}/2022/03"].terbuka
    assert not loose_links(after)
    # The next time each story is counted where it goes on, and nothing is lost.
    found = brought(after, 2023, DAY, tanah_laut)
    assert f"{K}/2022/03" in {item.id for item in found.terbuka}
    assert not {f"{K}/2022/{n:02d}" for n in (1, 2, 4)} & {item.id for item in found.terbuka}
    with pytest.raises(LedgerError, match="T920"):
        issued(evaluation, after, NOTE, instansi=K, asal="LHE 2023")


def test_a_link_made_by_a_person_stands_before_those_of_the_case(pelaihari: Case, tanah_laut: Rubric) -> None:
    events = [issued_as(f"{K}/2022/01", kriteria=("3.a.4",))]
    evaluation, states = carried(pelaihari, tanah_laut, events)
    heir = next(r.id for r in evaluation.rekomendasi if r.induk)
    other = next(r.id for r in evaluation.rekomendasi if not r.induk)
    made = issued(evaluation, states, NOTE, instansi=K, asal="LHE", tautan={other: f"{K}/2022/01"})
    (link,) = [e.isi for e in made if isinstance(e.isi, Lanjutkan)]
    assert link.ke == f"{K}/2023/{int(other[2:]):02d}" != f"{K}/2023/{int(heir[2:]):02d}"
    assert not loose_links(fold([*events, *made]))


def test_ancestors_that_this_ledger_does_not_know_are_refused(pelaihari: Case, tanah_laut: Rubric) -> None:
    evaluation, _ = carried(pelaihari, tanah_laut, [terbit(f"{K}/2022/01")])
    with pytest.raises(LedgerError, match="T921"):
        issued(evaluation, {}, NOTE, instansi=K, asal="LHE")


def test_the_whole_way_on_the_command_line(
    bawa: Callable[..., tuple[int, str, str]], ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Verified, carried into the case, issued anew: each of the thirteen has exactly one heir."""
    with open_store(ledger) as store:
        claims = [state for state in store.states(instansi=K) if state.laporan is not None]
        store.append([act(Verifikasi("belum_sesuai", "tanpa bukti"), s.id, date(2024, 6, 1)) for s in claims])
    path = tmp_path / "baru.yaml"
    assert bawa("-o", str(path))[0] == 0
    words = ["tl", "terbit", str(path), "--pelaku", "Inspektorat", "--tanggal", "2024-07-01", "--db", ledger]
    assert run(words) == 0
    capsys.readouterr()
    with open_store(ledger) as store:
        states = {state.id: state for state in store.states(instansi=K)}
        assert store.verify() == []
    old = [state for state in states.values() if state.tahun == 2022]
    assert len(old) == 13
    assert {state.tahap for state in old} == {"dilanjutkan"}
    assert all(state.ke in states for state in old)
    named = Counter(
        name for s in states.values() if s.tahun == 2023 for name in (s.terbit.induk, *s.terbit.pendahulu) if name
    )
    assert named == Counter(state.id for state in old)
    assert run(words) == 2
    assert "T920" in capsys.readouterr().err


def test_a_case_keeps_working_without_the_ledger(
    bawa: Callable[..., tuple[int, str, str]], ledger: str, tmp_path: Path, tanah_laut: Rubric
) -> None:
    path = tmp_path / "baru.yaml"
    bawa("-o", str(path))
    before = evaluate(tanah_laut, load_case(path, tanah_laut))
    Path(ledger).unlink()
    after = evaluate(tanah_laut, load_case(path, tanah_laut))
    assert (before.rekomendasi, before.temuan, before.case.sha256) == (
        after.rekomendasi,
        after.temuan,
        after.case.sha256,
    )
    # What it rests on is in the seal: another count is another case.
    text = path.read_text(encoding="utf-8").replace("tidak_ditanggapi: 1", "belum_dilaporkan: 1", 1)
    path.write_text(text.replace("    belum_dilaporkan: 0\n", "", 1), encoding="utf-8")
    assert load_case(path, tanah_laut).sha256 != before.case.sha256


def test_an_open_one_reads_as_it_was_issued() -> None:
    event = terbit(A.format(1), "  Agar = dibahas\n@bersama  ")
    (item,) = brought(states_at([event], DAY), 2022, DAY, RUBRIC).terbuka
    assert item == RekomendasiTerbuka(A.format(1), "Agar = dibahas\n@bersama", "3", ())
