"""Backups: a copy of one moment, written beside its place, checked, and then moved there."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Generator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.store import checking
from sakip_eval.store.address import Address
from sakip_eval.store.engine import make_engine, reading
from sakip_eval.store.ledger import head, table_rows
from sakip_eval.store.schema import COPIED, REVISION

FORMAT = "sakip-cadangan/1"


def write(engine: Engine, address: Address, path: Path) -> None:
    """Write a backup of the database to a new file, see `Store.backup`."""
    if path.exists() or path.is_symlink():
        raise SakipError([_cannot(path, "berkas sudah ada dan tidak ditimpa")])
    try:
        with _placed(path) as temporary:
            if engine.dialect.name == "sqlite":
                _copy_sqlite(engine, address, temporary)
            else:
                with reading(engine) as connection:
                    _refuse(checking.problems(connection, address))
                    with (
                        temporary.open("w", encoding="utf-8") as stream,
                        contextlib.closing(dump_lines(connection)) as lines,
                    ):
                        stream.writelines(lines)
    except OSError as error:
        raise SakipError([_cannot(path, error.strerror or str(error))]) from None


@contextlib.contextmanager
def _placed(path: Path) -> Iterator[Path]:
    """A temporary file that takes the place of `path` when the block is done, and goes away where it fails."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.resolve().parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        for suffix in ("", "-journal", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)
        raise


def _copy_sqlite(engine: Engine, address: Address, temporary: Path) -> None:
    raw = engine.raw_connection()
    copy = sqlite3.connect(temporary)
    try:
        source = raw.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy)
        # One file that needs no other beside it, and can be read from a medium that cannot be written.
        copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
            raise OSError(0, str(error)) from None
        raise
    finally:
        copy.close()
        raw.close()
    check = make_engine(Address("SQLite", address.shown, file=temporary), 1.0, "ro")
    try:
        with reading(check) as connection:
            _refuse(checking.problems(connection, address))
    finally:
        check.dispose()


def _refuse(found: Iterator[Problem]) -> None:
    if problems := list(found):
        raise SakipError(problems)


def dump_lines(connection: Connection) -> Generator[str, None, None]:
    """Yield a database as JSON lines: what it is, every row of every table, and the hash of all lines before."""
    total = hashlib.sha256()
    count = 0

    def line(data: dict[str, Any]) -> str:
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_day) + "\n"
        total.update(text.encode())
        return text

    seq, last = head(connection)
    yield line({"format": FORMAT, "skema": REVISION, "kepala": {"seq": seq, "hash": last}})
    for table in COPIED:
        with contextlib.closing(table_rows(connection, table)) as found:
            for row in found:
                count += 1
                yield line({"tabel": table.name, "baris": row})
    yield json.dumps({"akhir": {"baris": count, "sha256": total.hexdigest()}}) + "\n"


def _day(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def _cannot(path: Path, why: str) -> Problem:
    return Problem(
        "P917",
        Location(str(path)),
        f"Cadangan tidak dapat ditulis ({why})",
        "Tidak ada yang ditulis; basis data dan cadangan lama tidak berubah",
        "Pilih nama berkas yang baru, dan periksa folder, izin, serta sisa ruangnya",
    )
