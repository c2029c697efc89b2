"""A PostgreSQL server of our own for the tests: a throw-away cluster in a temporary folder, on a socket alone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy import make_url

from sakip_eval.store import open_store
from sakip_eval.store.schema import APPEND_ONLY, COPIED
from sakip_eval.tindak_lanjut.chain import GENESIS

_START_SECONDS = 30


def _binaries() -> Path:
    """The folder of initdb and postgres; tests fail where there is none, they are never skipped."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        pytest.fail("PostgreSQL tidak terpasang: apt-get install postgresql (paket Debian)", pytrace=False)
    return Path(on_path).resolve().parent


class Server:
    """One server process; databases are made on it for single tests."""

    def __init__(self) -> None:
        self.bin = _binaries()
        # initdb refuses to run as root, and a socket's path has to be short.
        self.as_user: dict[str, Any] = {"user": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        self.folder = Path(tempfile.mkdtemp(prefix="sakip-pg-", dir="/tmp"))
        self.data = self.folder / "data"
        self.process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        self._ready: str | None = None
        try:
            if self.as_user:
                shutil.chown(self.folder, "postgres")
            # Another order of names than SQLite's, so that a query which leans on it is found out.
            made = subprocess.run(
                [self.bin / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--wal-segsize=1",
                 "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=id"],
                **self.as_user, cwd="/", capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert made.returncode == 0, made.stderr
            self.start()
        except BaseException:
            self.remove()
            raise

    def start(self) -> None:
        """Start the server and wait until it answers."""
        log = self.folder / "log"
        with log.open("ab") as stream:
            self.process = subprocess.Popen(
                [self.bin / "postgres", "-D", self.data, "-k", self.folder, "-c", "listen_addresses=",
                 "-c", "shared_buffers=16MB", "-c", "max_connections=40", "-c", "fsync=off"],
                **self.as_user, cwd="/", stdout=stream, stderr=stream,
            )  # fmt: skip
        until = time.monotonic() + _START_SECONDS
        while True:
            try:
                psycopg.connect(self._conninfo("postgres")).close()
                return
            except psycopg.OperationalError:
                alive = self.process.poll() is None
                assert alive and time.monotonic() < until, log.read_text(errors="replace")  # noqa: PT018
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT drops all connections, SIGQUIT is as a crash."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=_START_SECONDS)
            self.process = None

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _conninfo(self, name: str) -> str:
        return f"host={self.folder} user=postgres dbname={name} connect_timeout=5"

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={quote(str(self.folder))}"

    def create(self, *, tablespace: str | None = None) -> str:
        """Make an empty database and return its URL."""
        name = f"uji{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}" + (f" TABLESPACE {tablespace}" if tablespace else ""))
        return self.url(name)

    def ready(self) -> str:
        """Return the URL of a database with the store's tables and nothing in them, always the same one: emptied."""
        if self._ready is None:
            self._ready = self.create()
            open_store(self._ready).close()
            return self._ready
        empty = ["SET search_path TO sakip", "SET lock_timeout TO '10s'"]
        empty += [f"ALTER TABLE {table.name} DISABLE TRIGGER USER" for table in APPEND_ONLY]
        empty.append("TRUNCATE " + ", ".join(table.name for table in COPIED))
        empty += [f"ALTER TABLE {table.name} ENABLE TRIGGER USER" for table in APPEND_ONLY]
        empty.append(f"INSERT INTO kepala VALUES (1, 0, '{GENESIS}')")
        self.execute("; ".join(empty), str(make_url(self._ready).database))
        return self._ready

    def execute(self, statement: str, name: str = "postgres") -> None:
        """Run one statement as the owner of everything, outside of any transaction."""
        with psycopg.connect(self._conninfo(name), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running() -> Iterator[Server]:
    """A server that is gone afterwards, files included."""
    server = Server()
    try:
        yield server
    finally:
        server.remove()
