"""Opening a database: is it there, is it ours, which version; an empty one gets its tables."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, text

from sakip_eval.store.address import Address, parse_address
from sakip_eval.store.engine import SCHEMA, make_engine, reading, writing
from sakip_eval.store.errors import said, translated
from sakip_eval.store.schema import KNOWN, REVISION, VERSION_TABLE
from sakip_eval.store.store import Store

_LOCK = 0x53414B4950
"""Key of the advisory lock under which tables are made on PostgreSQL."""


def opened(place: str, *, create: bool, wait: float) -> Store:
    """Open a database of this version, see `store.open_store`."""
    address = parse_address(place)
    with _connected(address, create=create, wait=wait) as engine:
        version = _version(engine, address)
        if version is None and create:
            _upgrade(engine, address, wait)
            version = _version(engine, address)
        if version != REVISION:
            raise _wrong_version(address, version)
    return Store(address, engine)


def migrate(place: str, *, wait: float = 10.0) -> tuple[str | None, str]:
    """Bring a database to the version of this program, all of it or nothing; make the tables where there are none.

    Returns the versions before (None: there were no tables) and after. Raises `SakipError` as `store.open_store`.
    """
    address = parse_address(place)
    with _connected(address, create=True, wait=wait) as engine:
        before = _version(engine, address)
        if before is not None and before not in KNOWN:
            raise _wrong_version(address, before)
        if before != REVISION:
            _upgrade(engine, address, wait)
    engine.dispose()
    return before, REVISION


@contextmanager
def _connected(address: Address, *, create: bool, wait: float) -> Iterator[Engine]:
    """An engine whose errors are translated, and which is closed again where the block fails."""
    file = address.file
    if file is not None and file.is_dir():
        raise said(address, "P902", "itu folder")
    if file is not None and not create and not file.exists():
        raise said(address, "P902", "berkas tidak ada")
    engine = make_engine(address, wait, _mode(file, create) if file is not None else "rw")
    try:
        with translated(address):
            yield engine
    except BaseException:
        engine.dispose()
        raise


def _mode(path: Path, create: bool) -> Literal["rwc", "rw", "ro"]:
    if path.exists() and not os.access(path, os.W_OK):
        return "ro"
    return "rwc" if create else "rw"


def _version(engine: Engine, address: Address) -> str | None:
    """Return the version that the database says it has, None where it is empty. Raises `SakipError` (P903)."""
    with reading(engine) as connection:
        tables = set(connection.execute(text(_TABLES[engine.dialect.name])).scalars())
        if VERSION_TABLE in tables:
            # With its schema: who may not use it is then told so, and not that there is no such table.
            table = VERSION_TABLE if engine.dialect.name == "sqlite" else f"{SCHEMA}.{VERSION_TABLE}"
            return connection.execute(text(f"SELECT version_num FROM {table}")).scalar()  # noqa: S608
        if tables:
            raise said(address, "P903", f"memuat tabel {', '.join(sorted(tables)[:3])}")
        return None


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": f"SELECT tablename::text FROM pg_tables WHERE schemaname = '{SCHEMA}'",  # noqa: S608
}


def _wrong_version(address: Address, version: str | None) -> Exception:
    if version is None:
        return said(address, "P902", "belum disiapkan")
    if version in KNOWN:
        return address.error(
            "P905",
            f"Basis data ini versi {version}, program ini memakai versi {REVISION}",
            "Tabelnya belum lengkap untuk program ini",
            "Buat cadangan dengan program yang lama, lalu jalankan `sakip db migrasi`",
        )
    return address.error(
        "P904",
        f"Basis data ini versi {version}, lebih baru daripada yang dikenal program ini ({REVISION})",
        "Menulis dengan program yang lebih lama dapat merusaknya; tidak ada yang diubah",
        "Pasang sakip-eval yang lebih baru, atau pakai basis data yang lain",
    )


def _upgrade(engine: Engine, address: Address, wait: float) -> None:
    """Run the migrations that are missing, in one transaction; who comes second finds them done."""
    if engine.dialect.name == "sqlite":
        _switch_to_wal(engine, wait)
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        _run_migrations(connection)


def _run_migrations(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    from sakip_eval.store import migrations

    config = Config()
    folder = Path(next(iter(migrations.__path__)))
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, REVISION)


def _switch_to_wal(engine: Engine, wait: float) -> None:
    # The mode stays with the file. SQLite does not wait for the lock that the change needs, so this waits.
    until = time.monotonic() + wait
    while True:
        try:
            raw = engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA journal_mode=WAL")
            finally:
                raw.close()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
