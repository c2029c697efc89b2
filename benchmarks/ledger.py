"""The ledger at size: 100,000 recommendations with 1,000,000 events; filling, listing, results over the years.

`python -m benchmarks.ledger [--db FILE|URL] [--rekomendasi N]`. Without --db: a temporary SQLite file. Each query is
compared with a plain SQL query, by the driver alone, for the same rows of the same database.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sakip_eval.case.load import load_with_rubric
from sakip_eval.engine.evaluate import evaluate
from sakip_eval.store import open_store
from sakip_eval.store.store import Store
from sakip_eval.tindak_lanjut.events import (
    DataDukung,
    Event,
    Isi,
    Lapor,
    Peran,
    Rencana,
    Terbit,
    Verifikasi,
    rekomendasi_id,
)

CASE = Path(__file__).resolve().parent.parent / "cases/kecamatan-pelaihari/2022.yaml"
AGENCIES, YEARS = 200, range(2014, 2024)
BATCH = 10_000
AGENCY, YEAR, DAY = "dinas-100", 2020, date(2024, 6, 30)


def story(agency: str, year: int, number: int, serial: int) -> Iterator[Event]:
    """Yield ten events of one recommendation; every third is still open, every thirtieth cannot be done."""
    name = rekomendasi_id(agency, year, number)
    day = date(year + 1, 6, 27)

    def told(peran: Peran, isi: Isi) -> Event:
        nonlocal day
        day += timedelta(days=20)
        return Event(
            name, peran, "Inspektorat Kabupaten" if peran == "evaluator" else f"Sekretaris {agency}", day, isi
        )

    def claim(percent: int) -> Event:
        proof = DataDukung("Dokumen pohon kinerja", f"https://example.go.id/{serial}/{percent}")
        return told("instansi", Lapor("Pohon kinerja telah disusun dan dibahas", percent, (proof,)))

    yield told("evaluator", Terbit(agency, year, f"Menyusun pohon kinerja sampai level pelaksana ({serial})", "1"))
    due = date(year + 2, 3, 31)
    yield told("instansi", Rencana("Menyusun pohon kinerja", "1 dokumen", None, due, "Triwulan I", "Sekretaris"))
    for percent in (25, 50, 75):
        yield claim(percent)
        yield told("evaluator", Verifikasi("belum_sesuai", "Belum sampai level pelaksana"))
    if serial % 3 == 0:
        yield told("instansi", Rencana("Melengkapi pohon kinerja", "1 dokumen", None, due))
        yield told("instansi", Rencana("Melengkapi pohon kinerja", "1 dokumen", None, due + timedelta(serial % 900)))
        return
    yield claim(100)
    done = serial % 20
    yield told("evaluator", Verifikasi("sesuai") if done else Verifikasi("tidak_dapat_ditindaklanjuti", "Dihapus"))


def batches(wanted: int) -> Iterator[list[Event]]:
    """Yield all events in batches, every story within one of them."""
    batch: list[Event] = []
    each = wanted // (AGENCIES * len(YEARS)) or 1
    serial = 0
    for year in YEARS:
        for agency in range(AGENCIES):
            for number in range(1, each + 1):
                serial += 1
                batch += story(f"dinas-{agency:03d}", year, number, serial)
                if len(batch) >= BATCH:
                    yield batch
                    batch = []
    if batch:
        yield batch


def fill(store: Store, wanted: int) -> None:
    """Fill the ledger and print how fast that was, without the time to make up the events."""
    events, seconds, busy = 0, 0.0, 0.0
    for batch in batches(wanted):
        start, cpu = time.perf_counter(), time.process_time()
        store.append(batch)
        seconds += time.perf_counter() - start
        busy += time.process_time() - cpu
        events += len(batch)
    print(f"{store.status().jenis}: {events:,} events in batches of {BATCH:,}")
    print(f"{events / seconds:,.0f} events a second; by CPU time of this process alone {events / busy:,.0f}")
    loaded = load_with_rubric(CASE, {})
    evaluation = evaluate(loaded.rubric, loaded.case)
    start = time.perf_counter()
    for year in YEARS:
        case = replace(loaded.case, tahun_kinerja=year, tahun_evaluasi=year + 1)
        for agency in range(90, 110):
            store.save_evaluation(f"dinas-{agency:03d}", replace(evaluation, case=case))
    count = len(YEARS) * 20
    print(f"{count} results saved one by one: {(time.perf_counter() - start) / count * 1000:.1f} ms each")


def best(call: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Return the shortest time of a call in seconds, and what it returned."""
    took, found = [], None
    for _ in range(times):
        start = time.perf_counter()
        found = call()
        took.append(time.perf_counter() - start)
    return min(took), found


def plain_cursor(place: str) -> Any:
    """Return a cursor of the driver alone, and how it writes parameters."""
    if "://" not in place:
        return sqlite3.connect(place).cursor()
    import psycopg
    from sqlalchemy import make_url

    url = make_url(place).set(drivername="postgresql")
    connection = psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)
    connection.execute("SET search_path TO sakip")
    return connection.cursor()


def ask(store: Store, place: str) -> None:
    """Print how long each question takes, beside the plain query of the same rows."""
    cursor = plain_cursor(place)
    columns = "SELECT id, tahap, status, tempo, keadaan FROM rekomendasi"
    one = rekomendasi_id(AGENCY, YEAR, 1)
    parts = "SELECT b.* FROM evaluasi_bagian b JOIN evaluasi e ON e.segel = b.segel"
    questions: list[tuple[str, Callable[[], Any], str]] = [
        ("daftar, one agency and year", lambda: store.states(instansi=AGENCY, tahun=YEAR),
         f"{columns} WHERE instansi = '{AGENCY}' AND tahun = {YEAR}"),
        ("daftar, matriks: one agency", lambda: store.states(instansi=AGENCY), f"{columns} WHERE instansi = '{AGENCY}'"),
        ("daftar, one year", lambda: store.states(tahun=YEAR), f"{columns} WHERE tahun = {YEAR}"),
        ("daftar, one status", lambda: store.states(status="tidak_dapat_ditindaklanjuti"),
         f"{columns} WHERE status = 'tidak_dapat_ditindaklanjuti'"),
        ("daftar, overdue, one year", lambda: store.states(lewat_tempo=DAY, tahun=YEAR),
         f"{columns} WHERE tempo < '{DAY}' AND tahun = {YEAR}"),
        ("daftar, first 1,000 of all", lambda: store.states(paling_banyak=1000),
         f"{columns} ORDER BY instansi, tahun, nomor LIMIT 1000"),
        ("daftar, everything", lambda: store.states(), columns),
        ("riwayat of one", lambda: store.entries(one), f"SELECT * FROM ledger WHERE rekomendasi = '{one}' ORDER BY seq"),
        ("tren: results of one agency", lambda: [b for r in store.results(AGENCY) for b in r.bagian],
         f"{parts} WHERE e.instansi = '{AGENCY}'"),
    ]  # fmt: skip
    print(f"{'question':30s} {'rows':>7s} {'ours':>10s} {'plain SQL':>10s} {'ratio':>6s}")
    for name, ours, query in questions:

        def plain(query: str = query) -> list[Any]:
            cursor.execute(query)
            found: list[Any] = cursor.fetchall()
            return found

        mine, states = best(ours, 3)
        theirs, rows = best(plain, 3)
        assert len(states) == len(rows), (name, len(states), len(rows))
        print(f"{name:30s} {len(rows):7,d} {mine * 1000:7.1f} ms {theirs * 1000:7.1f} ms {mine / theirs:6.1f}")


def main() -> None:
    """Fill a database and ask it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", help="an empty database to fill; it stays")
    parser.add_argument("--rekomendasi", type=int, default=100_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.db or str(Path(folder) / "buku.db")
        with open_store(place) as store:
            if store.status().peristiwa == 0:
                fill(store, chosen.rekomendasi)
            found = store.status()
            print(f"{found.rekomendasi:,} recommendations, {found.peristiwa:,} events, {found.ukuran / 1e6:,.0f} MB")
            ask(store, place)
            numbers = iter(range(9000, 9999))
            seconds, _ = best(lambda: store.append(list(story(AGENCY, 2013, next(numbers), 1))[:1]), 10)
            print(f"one more event, by itself: {seconds * 1000:.1f} ms")
            seconds, broken = best(store.broken, 1)
            assert broken is None
            print(f"the whole chain checked: {seconds:.1f} s")
            seconds, _ = best(lambda: store.backup(Path(folder) / "cadangan"), 1)
            print(f"backup, with everything checked: {seconds:.1f} s")


if __name__ == "__main__":
    main()
