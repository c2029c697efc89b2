"""Connections as we want them: every transaction explicit, durable when it says it is, one writer at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event

from sakip_eval.store.address import Address

SCHEMA = "sakip"
"""The schema on PostgreSQL that holds our tables, so that they never meet those of another program."""
_WRITE = "sakip_menulis"


def make_engine(address: Address, wait: float, mode: Literal["rwc", "rw", "ro"] = "rw") -> Engine:
    """Return an engine; nothing is connected yet. `wait` is seconds for a lock, `mode` counts for SQLite alone."""
    if address.file is not None:
        engine = create_engine("sqlite+pysqlite://", creator=_opener(address.file, wait, mode), pool_size=1)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    assert address.url is not None
    engine = create_engine(address.url, pool_pre_ping=True, pool_size=1, connect_args={"connect_timeout": 10})
    event.listen(engine, "connect", _set_up_postgresql(wait))
    return engine


def _opener(path: Path, wait: float, mode: str) -> Callable[[], sqlite3.Connection]:
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    if mode == "ro" and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        # Without a log there is nothing to recover, and the index of the log cannot be made beside the file.
        uri += "&immutable=1"

    def connect() -> sqlite3.Connection:
        # isolation_level None: the driver begins nothing by itself, see `_begin_sqlite`.
        connection = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        for pragma in ("foreign_keys=ON", "synchronous=FULL", "trusted_schema=OFF", "recursive_triggers=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return connect


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes the lock at once: one that first reads could no longer be upgraded.
    write = connection.get_execution_options().get(_WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _set_up_postgresql(wait: float) -> Callable[[Any, object], None]:
    def set_up(connection: Any, _record: object) -> None:
        before, connection.autocommit = connection.autocommit, True
        with connection.cursor() as cursor:
            cursor.execute(f"SET search_path TO {SCHEMA}")
            cursor.execute(f"SET lock_timeout TO {max(1, int(wait * 1000))}")
            cursor.execute("SET synchronous_commit TO on")
            cursor.execute("SET TIME ZONE 'UTC'")
        connection.autocommit = before

    return set_up


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the database throughout, and changes nothing."""
    with engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write: all of it, or nothing. On SQLite it holds the only lock from its beginning."""
    with engine.connect().execution_options(**{_WRITE: True}) as connection, connection.begin():
        yield connection
