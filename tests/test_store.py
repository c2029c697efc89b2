"""The store, the same on SQLite and on PostgreSQL: what goes in comes out, and what is not allowed does not go in."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip_eval import Case, Evaluation, Rubric, SakipError, evaluate
from sakip_eval.case.load import load_with_rubric
from sakip_eval.problems import Location
from sakip_eval.store import open_store
from sakip_eval.store.engine import reading
from sakip_eval.store.projection import state_of, state_text
from sakip_eval.store.schema import APPEND_ONLY, KNOWN, REVISION, VERSION_TABLE, metadata
from sakip_eval.store.store import Store
from sakip_eval.tindak_lanjut.chain import GENESIS, Entry, link, verify
from sakip_eval.tindak_lanjut.events import DataDukung, Event, Lanjutkan, Lapor, Tanggapan, Terbit, Verifikasi
from sakip_eval.tindak_lanjut.state import State, fold
from tests.conftest import ROOT
from tests.helpers.databases import (
    AGENCY,
    BOTH,
    YEAR,
    behind_its_back,
    claimed,
    drop_guards,
    event,
    issued,
    name_of,
    new_place,
    planned,
    verified,
)
from tests.helpers.files import only, problems_of
from tests.helpers.postgres import Server

PELAIHARI = "kecamatan-pelaihari"


# ---- The ledger ------------------------------------------------------------------------------------------------


def test_a_new_database_is_empty_and_whole(store: Store) -> None:
    assert store.head() == GENESIS
    assert (store.entries(), store.states(), store.results(), store.published()) == ([], [], [], [])
    assert store.verify() == []
    found = store.status()
    assert (found.skema, found.peristiwa, found.rekomendasi, found.kepala) == (REVISION, 0, 0, GENESIS)


def test_entries_are_linked_from_the_first_on_and_come_back_as_they_were(store: Store) -> None:
    events = [issued(1), issued(2), planned(1, date(2023, 9, 30)), claimed(1), verified(1)]
    written = [*store.append(events[:2]), *store.append(events[2:])]

    expected: list[Entry] = []
    for told in events:
        expected.append(link(expected[-1].hash if expected else GENESIS, len(expected) + 1, told))
    assert written == expected == store.entries()
    assert store.head() == expected[-1].hash
    assert verify(store.entries(), store.head()) is None


def test_everything_that_an_event_can_say_survives(store: Store) -> None:
    odd = 'Teks "kutip" \\ baris\nbaru = — ŵ 漢 <b>&amp; 💡'
    proof = (DataDukung(odd, "https://example.go.id/a?b=c"), DataDukung("Berkas", berkas="a b.pdf", sha256="0f" * 32))
    events = [
        replace(
            issued(1), isi=Terbit(AGENCY, YEAR, odd, "1", ("1.a.1", "1.b.2"), "Lampiran, angka 3", odd, topik="pohon")
        ),
        replace(claimed(1), isi=Lapor(odd, 0, proof, date(2023, 1, 1), date(2023, 1, 1)), sumber="tl.xlsx[TL!C7]"),
        event(name_of(1), Verifikasi("tidak_dapat_ditindaklanjuti", odd), date(2023, 12, 31)),
        Event(name_of(1), "instansi", "Sekretaris", date(2024, 1, 2), Tanggapan(odd)),
    ]
    store.append(events)
    assert [entry.event for entry in store.entries()] == events
    assert store.states() == list(fold(events).values()) == [store.state(name_of(1))]
    assert store.verify() == []


def test_appending_nothing_changes_nothing(store: Store) -> None:
    store.append([issued(1)])
    before = store.head()
    assert store.append([]) == []
    assert store.head() == before


def test_entries_of_a_recommendation_an_agency_a_year(store: Store) -> None:
    events = [issued(1), issued(1, 2023), issued(1, agency="dinas-a"), planned(1), planned(1, year=2023)]
    store.append(events)

    def told(**chosen: Any) -> list[Event]:
        return [entry.event for entry in store.entries(**chosen)]

    assert told(rekomendasi=name_of(1)) == [events[0], events[3]]
    assert told(instansi="dinas-a") == [events[2]]
    assert told(tahun=2022) == [events[0], events[2], events[3]]
    assert told(instansi=AGENCY, tahun=2023) == [events[1], events[4]]
    assert told(rekomendasi="dinas-b/2022/01") == []
    assert store.agencies() == ["dinas-a", AGENCY]
    assert (store.next_number(AGENCY, 2022), store.next_number("dinas-b", 2022)) == (2, 1)


def test_a_refused_event_leaves_nothing_behind_and_all_are_named(store: Store) -> None:
    store.append([issued(1)])
    before = store.entries()
    bad = [
        issued(2),
        issued(1),
        planned(7),
        replace(claimed(8), sumber="tindak-lanjut.xlsx baris 9"),
        planned(2),
        replace(verified(2), peran="instansi"),
        verified(2),
    ]
    problems = problems_of(lambda: store.append(bad))
    assert [(p.kode, str(p.lokasi)) for p in problems] == [
        ("T902", name_of(1)),
        ("T903", name_of(2)),
        ("T901", name_of(7)),
        ("T901", "tindak-lanjut.xlsx baris 9"),
    ]
    assert store.entries() == before
    assert [state.id for state in store.states()] == [name_of(1)]
    assert store.verify() == []


def test_problems_name_the_place_that_the_caller_gives(store: Store) -> None:
    places = [Location("tl.xlsx", 4, 1, "TL"), Location("tl.xlsx", 5, 1, "TL")]
    problem = only(problems_of(lambda: store.append([issued(1), planned(2)], places)))
    assert problem.lokasi == places[1]


def test_an_entry_that_goes_on_needs_the_one_it_comes_from(store: Store) -> None:
    store.append([issued(1)])
    child = Event(
        name_of(1, 2023), "evaluator", "Inspektorat Kabupaten", date(2024, 6, 1),
        Terbit(AGENCY, 2023, "Susun pohon kinerja", induk=name_of(1)),
    )  # fmt: skip
    parent = event(name_of(1), Lanjutkan(name_of(1, 2023), 2023), date(2024, 6, 1))
    for lonely in ([child], [parent]):
        found = problems_of(lambda events=lonely: store.append(events))  # type: ignore[misc]
        assert {p.kode for p in found} == {"T909"}
    store.append([parent, child])
    # Both ends hold in later appends, in which only one is touched.
    store.append([event(name_of(1, 2023), Verifikasi("belum_ditindaklanjuti"), date(2024, 12, 1))])
    assert [(s.id, s.tahap) for s in store.states()] == [
        (name_of(1), "dilanjutkan"),
        (name_of(1, 2023), "diverifikasi"),
    ]
    assert store.verify() == []


# ---- The listing -----------------------------------------------------------------------------------------------


@pytest.fixture
def many(store: Store) -> Store:
    events = [issued(n, year, agency) for agency in (AGENCY, "dinas-a") for year in (2021, 2022) for n in range(1, 6)]
    for agency in (AGENCY, "dinas-a"):
        events += [planned(1, date(2023, 9, 30), agency=agency), planned(2, date(2023, 12, 31), agency=agency)]
        events += [planned(3, date(2023, 8, 1), agency=agency), claimed(3, agency=agency)]
        events += [planned(4, date(2023, 8, 1), agency=agency), claimed(4, agency=agency), verified(4, agency=agency)]
    store.append(events)
    return store


DAY = date(2023, 12, 31)
FILTERS: list[tuple[dict[str, Any], Callable[[State], bool]]] = [
    ({}, lambda s: True),
    ({"instansi": AGENCY}, lambda s: s.instansi == AGENCY),
    ({"tahun": 2021}, lambda s: s.tahun == 2021),
    ({"status": "sesuai"}, lambda s: s.status == "sesuai"),
    ({"status": ["sesuai", "belum_sesuai"]}, lambda s: s.status in ("sesuai", "belum_sesuai")),
    ({"tahap": ("dilaporkan", "terbit")}, lambda s: s.tahap in ("dilaporkan", "terbit")),
    ({"terbuka": False}, lambda s: not s.terbuka),
    ({"lewat_tempo": DAY}, lambda s: s.lewat_tempo(DAY)),
    ({"lewat_tempo": date(2024, 1, 1)}, lambda s: s.lewat_tempo(date(2024, 1, 1))),
    ({"instansi": "dinas-a", "tahun": 2022, "tahap": "rencana"}, lambda s: s.id.startswith("dinas-a/2022") and s.tahap == "rencana"),
    ({"instansi": "dinas-b"}, lambda s: False),
]  # fmt: skip


@pytest.mark.parametrize(("chosen", "wanted"), FILTERS, ids=[str(chosen) for chosen, _ in FILTERS])
def test_states_are_filtered_as_the_states_themselves_say(
    many: Store, chosen: dict[str, Any], wanted: Callable[[State], bool]
) -> None:
    everything = fold(entry.event for entry in many.entries()).values()
    expected = sorted(filter(wanted, everything), key=lambda s: s.id)
    assert many.states(**chosen) == expected
    assert bool(expected) == (chosen.get("instansi") != "dinas-b"), "a filter that finds nothing tests nothing"


def test_numbers_and_names_sort_the_same_on_both(store: Store) -> None:
    agencies = ["a-b", "ab", "a-c", "aa", "a0"]
    store.append([issued(n, agency=a) for a in agencies for n in (100, 2, 10)])
    assert [s.id for s in store.states()] == [
        f"{a}/2022/{n}" for a in ["a-b", "a-c", "a0", "aa", "ab"] for n in ("02", "10", "100")
    ]


def test_a_changed_listing_is_noticed_and_made_anew(many: Store, place: str) -> None:
    whole = many.states()
    behind_its_back(
        place,
        f"UPDATE rekomendasi SET status = 'sesuai' WHERE id = '{name_of(1)}'",
        f"UPDATE rekomendasi SET keadaan = '{{}}' WHERE id = '{name_of(2)}'",
    )
    problem = only(tuple(many.verify()))
    assert problem.kode == "P913"
    assert f"{name_of(1)}, {name_of(2)}" in problem.apa
    assert only(problems_of(many.states)).kode == "P913"

    assert many.rebuild() == len(whole)
    assert many.states() == whole
    assert many.verify() == []


def test_every_field_of_a_state_is_in_its_text() -> None:
    # A field that is added changes the listing: it takes a migration that makes the listing anew.
    assert REVISION == "0001"
    assert sorted(f.name for f in fields(State)) == STATE_FIELDS


STATE_FIELDS = [
    "alasan", "banyak_laporan", "data_dukung", "id", "ke", "keberatan", "laporan", "laporan_baru", "pelapor",
    "penanggap", "rencana", "sebelum_tanggapan", "status", "tahap", "tanggal_laporan", "tanggal_terbit",
    "tanggal_verifikasi", "tanggapan", "terakhir", "terbit",
]  # fmt: skip


def test_what_is_no_state_is_not_read_as_one() -> None:
    state = next(iter(fold([issued(1), planned(1, DAY), claimed(1)]).values()))
    assert state_of(state_text(state)) == state
    for text in ("", "{}", "[]", "null", state_text(state).replace("2023-06-27", "kemarin")):
        assert state_of(text) is None


# ---- Guards ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [table.name for table in APPEND_ONLY])
def test_the_database_itself_refuses_to_change_or_delete(
    store: Store, place: str, table: str, pelaihari_evaluation: Evaluation
) -> None:
    store.append([issued(1)])
    store.save_evaluation(PELAIHARI, pelaihari_evaluation)
    store.save_published(PELAIHARI, pelaihari_evaluation)
    key = "seq" if table == "ledger" else "urutan"
    attempts = [f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"]
    if "://" in place:
        attempts.append(f"TRUNCATE {table} CASCADE")
    else:
        attempts.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    for attempt in attempts:
        with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RaiseException), match=r"tidak pernah|di akhir"):
            behind_its_back(place, attempt)
    assert store.verify() == []


def _tampered(store: Store, place: str) -> None:
    store.append([issued(n) for n in range(1, 11)])
    assert store.verify() == []
    drop_guards(place)


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE ledger SET peristiwa = replace(peristiwa, 'kinerja 4', 'kinerja 5') WHERE seq = 4", 4),
        ("UPDATE ledger SET peristiwa = 'bukan JSON' WHERE seq = 7", 7),
        ("UPDATE ledger SET prev = hash WHERE seq = 3", 3),
        ("UPDATE ledger SET hash = prev WHERE seq = 5", 5),
        ("UPDATE ledger SET jenis = 'lapor' WHERE seq = 6", 6),
        ("UPDATE ledger SET rekomendasi = 'kecamatan-contoh/2022/01' WHERE seq = 8", 8),
        ("DELETE FROM ledger WHERE seq = 2", 2),
        ("DELETE FROM ledger WHERE seq = 10", 10),
        ("DELETE FROM ledger WHERE seq > 0", 1),
        ("UPDATE kepala SET hash = '" + "f" * 64 + "'", 11),
        ("UPDATE kepala SET seq = 9", 10),
    ],
)
def test_a_row_changed_behind_our_back_is_named(store: Store, place: str, statement: str, seq: int) -> None:
    _tampered(store, place)
    behind_its_back(place, statement)
    problem = only(tuple(store.verify()))
    assert problem.kode == "P910"
    assert f"putus pada entri {seq}:" in problem.apa, problem.apa


def test_nothing_is_appended_where_the_end_was_cut_off(store: Store, place: str) -> None:
    _tampered(store, place)
    behind_its_back(place, "DELETE FROM ledger WHERE seq = 10")
    assert only(problems_of(lambda: store.append([issued(11)]))).kode == "P910"
    assert only(problems_of(store.rebuild)).kode == "P910"
    assert len(store.entries()) == 9


def test_an_entry_that_is_no_event_is_an_error_and_no_crash(store: Store, place: str) -> None:
    _tampered(store, place)
    behind_its_back(place, "UPDATE ledger SET peristiwa = '{}' WHERE seq = 7")
    for ask in (store.entries, lambda: store.state(name_of(7)), lambda: store.append([planned(7)])):
        problem = only(problems_of(ask))
        assert problem.kode == "P910"
        assert "entri 7" in problem.apa


# ---- Results ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pelaihari_evaluation(tanah_laut: Rubric, pelaihari: Case) -> Evaluation:
    return evaluate(tanah_laut, pelaihari)


def test_a_result_comes_back_exactly(store: Store, pelaihari_evaluation: Evaluation) -> None:
    whole = pelaihari_evaluation
    seal = store.save_evaluation(PELAIHARI, whole)
    result = only_one(store.results(PELAIHARI))
    assert (result.segel, result.urutan, result.nilai, result.predikat) == (seal, 1, Fraction(764, 10), "BB")
    assert (result.rubrik, result.rubrik_sha256) == (whole.rubric.id, whole.rubric.sha256)
    assert (result.kasus_sha256, result.rentang) == (whole.case.sha256, whole.rentang)
    assert result.rounding == whole.rubric.rounding
    assert result.nama_instansi == "Kecamatan Pelaihari"
    komponen = {b.id: (b.bobot, b.nilai, b.persen) for b in result.bagian if b.id == b.komponen}
    assert komponen == {k.id: (k.bobot, k.nilai, k.persen) for k in whole.komponen}
    subs = {b.id: (b.bobot, b.nilai, b.jawaban) for b in result.bagian if b.id != b.komponen}
    assert subs == {s.id: (s.bobot, s.nilai, s.jawaban) for k in whole.komponen for s in k.subkomponen}
    assert len(subs) == 12


def only_one(found: list[Any]) -> Any:
    assert len(found) == 1, found
    return found[0]


def test_the_same_result_is_saved_once_and_another_beside_it(
    store: Store, tanah_laut: Rubric, pelaihari: Case, pelaihari_evaluation: Evaluation
) -> None:
    first = store.save_evaluation(PELAIHARI, pelaihari_evaluation)
    assert store.save_evaluation(PELAIHARI, pelaihari_evaluation) == first
    changed = replace(pelaihari, sha256="0" * 64)
    second = store.save_evaluation(PELAIHARI, evaluate(tanah_laut, changed))
    assert [r.segel for r in store.results()] == [first, second]
    assert [r.urutan for r in store.results()] == [1, 2]


def test_published_figures_stand_beside_what_they_should_be(store: Store) -> None:
    # Table 22 of the report prints 56.54 under parts that add up to 43.66.
    for year in (2019, 2022):
        loaded = load_with_rubric(ROOT / f"cases/{PELAIHARI}/{year}.yaml", {}, [])
        store.save_published(PELAIHARI, evaluate(loaded.rubric, loaded.case))
    old, new = store.published(PELAIHARI)
    assert (old.tahun_kinerja, old.sumber, old.digit) == (2019, "Tabel 22, kolom 2020", 2)
    assert (old.total.cetak_nilai, old.total.hitung_nilai) == (Fraction("56.54"), Fraction("43.66"))
    assert old.total.selisih(old.digit) == Fraction("12.88")
    assert [b.id for b in old.salah_cetak] == ["total"]
    assert (new.total.cetak_nilai, new.total.hitung_nilai) == (Fraction("76.4"), Fraction("76.4"))
    assert new.salah_cetak == ()


def test_a_result_whose_figures_were_changed_is_noticed(
    store: Store, place: str, pelaihari_evaluation: Evaluation
) -> None:
    store.save_evaluation(PELAIHARI, pelaihari_evaluation)
    store.save_published(PELAIHARI, pelaihari_evaluation)
    for table in ("evaluasi", "terbitan_bagian"):
        drop_guards(place, table)
    behind_its_back(place, "UPDATE evaluasi SET nilai = '80', nilai_mikro = 80000000")
    found = store.verify()
    assert [p.kode for p in found] == ["P914"]
    assert "Hasil evaluasi kecamatan-pelaihari tahun kinerja 2022" in found[0].apa
    behind_its_back(place, "UPDATE terbitan_bagian SET cetak_nilai = '1' WHERE urutan = 1")
    assert [p.kode for p in store.verify()] == ["P914", "P914"]


def test_what_cannot_be_saved_says_why(
    store: Store, pelaihari_evaluation: Evaluation, pelaihari: Case, tanah_laut: Rubric
) -> None:
    for slug in ("Kecamatan Pelaihari", "", "a/b", "-a"):
        assert only(problems_of(lambda s=slug: store.save_evaluation(s, pelaihari_evaluation))).kode == "P915"  # type: ignore[misc]
    unprinted = evaluate(tanah_laut, replace(pelaihari, tercetak=None))
    problem = only(problems_of(lambda: store.save_published(PELAIHARI, unprinted)))
    assert (problem.kode, "tercetak" in problem.apa) == ("P915", True)


@given(st.fractions(max_denominator=10**30), st.fractions())
def test_a_fraction_survives_as_its_text(value: Fraction, other: Fraction) -> None:
    from sakip_eval.store.saving import _exact, _fraction

    for figure in (value, other, value / 3, None):
        assert _fraction(_exact(figure)) == figure


# ---- The schema ------------------------------------------------------------------------------------------------


def test_migrations_make_exactly_the_tables_that_the_code_uses(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with reading(store._engine) as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_that_the_code_expects() -> None:
    folder = ROOT / "sakip_eval/store/migrations/versions"
    found = [re.search(r'^revision = "(\d+)"', p.read_text(), re.M) for p in sorted(folder.glob("v*.py"))]
    assert tuple(m[1] for m in found if m) == KNOWN
    assert KNOWN[-1] == REVISION


@pytest.mark.parametrize("kind", BOTH)
def test_a_database_is_made_once_and_stays(kind: str, tmp_path: Path, postgresql: Server) -> None:
    place = new_place(kind, tmp_path, postgresql)
    with open_store(place) as first:
        first.append([issued(1)])
    with open_store(place, create=False) as again:
        assert len(again.entries()) == 1


def test_sqlite_is_set_up_to_last(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.db")) as store, reading(store._engine) as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert values == ["wal", 2, 1, 10000]


def test_the_error_carries_every_problem(store: Store) -> None:
    with pytest.raises(SakipError) as caught:
        store.append([planned(n) for n in range(1, 41)])
    assert len(caught.value.problems) == 40
