"""Databases for tests: the same test on SQLite and on PostgreSQL, and ways around the store's back."""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from sakip_eval.store import open_store
from sakip_eval.tindak_lanjut.events import Event, Isi, Lapor, Rencana, Terbit, Verifikasi, rekomendasi_id

if TYPE_CHECKING:
    from tests.helpers.postgres import Server

BOTH = ("sqlite", "postgresql")
AGENCY = "kecamatan-contoh"
YEAR = 2022


def new_place(kind: str, folder: Path, server: Server, name: str = "buku.db") -> str:
    """What `--db` says of a database that does not hold anything yet."""
    return str(folder / name) if kind == "sqlite" else server.create()


@cache
def _ready_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "siap.db"
        open_store(str(path)).close()
        return path.read_bytes()


def ready_place(kind: str, folder: Path, server: Server | None, name: str = "buku.db") -> str:
    """A database with its tables and nothing in them: much faster than to make one for each test."""
    if kind == "postgresql":
        assert server is not None
        return server.ready()
    (folder / name).write_bytes(_ready_file())
    return str(folder / name)


def behind_its_back(place: str, *statements: str) -> None:
    """Run statements on a database as somebody with another program would."""
    if "://" not in place:
        with sqlite3.connect(place) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()
        return
    import psycopg

    url = make_url(place)
    with psycopg.connect(host=str(url.query["host"]), user="postgres", dbname=url.database) as server:
        server.execute("SET search_path TO sakip")
        for statement in statements:
            server.execute(statement)


def drop_guards(place: str, table: str = "ledger") -> None:
    """Take away the triggers that refuse changes."""
    if "://" in place:
        behind_its_back(place, f"ALTER TABLE {table} DISABLE TRIGGER {table}_tolak")
    else:
        behind_its_back(place, *(f"DROP TRIGGER {table}_tolak_{verb}" for verb in ("update", "delete")))


def name_of(number: int, year: int = YEAR, agency: str = AGENCY) -> str:
    return rekomendasi_id(agency, year, number)


def event(name: str, isi: Isi, day: date) -> Event:
    """An event by whoever may do it."""
    agency = isinstance(isi, Lapor | Rencana)
    return Event(
        name, "instansi" if agency else "evaluator", "Camat" if agency else "Inspektorat Kabupaten", day, isi
    )


def issued(number: int, year: int = YEAR, agency: str = AGENCY, teks: str = "Susun pohon kinerja") -> Event:
    return event(
        name_of(number, year, agency), Terbit(agency, year, f"{teks} {number}", komponen="1"), date(year + 1, 6, 27)
    )


def planned(number: int, until: date | None = None, year: int = YEAR, agency: str = AGENCY) -> Event:
    plan = Rencana("Menyusun pohon kinerja", target="1 dokumen", selesai=until, penanggung_jawab="Sekretaris")
    return event(name_of(number, year, agency), plan, date(year + 1, 7, 1))


def claimed(number: int, year: int = YEAR, agency: str = AGENCY) -> Event:
    return event(name_of(number, year, agency), Lapor("Telah dilakukan", progres=100), date(year + 1, 9, 1))


def verified(number: int, year: int = YEAR, agency: str = AGENCY) -> Event:
    return event(name_of(number, year, agency), Verifikasi("sesuai"), date(year + 1, 12, 1))
