"""Which database is meant: a file name, or a URL."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from sakip_eval.problems import Location, Problem, SakipError

_POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")
_SQLITE = ("sqlite", "sqlite+pysqlite")


@dataclass(frozen=True, slots=True)
class Address:
    """A database. `file` is set for SQLite, `url` for PostgreSQL; `shown` names it to a person, without password."""

    jenis: Literal["SQLite", "PostgreSQL"]
    shown: str
    file: Path | None = None
    url: URL | None = None

    def problem(self, kode: str, apa: str, mengapa: str, perbaikan: str) -> Problem:
        """Return a problem with this database."""
        return Problem(kode, Location(self.shown), apa, mengapa, perbaikan)

    def error(self, kode: str, apa: str, mengapa: str, perbaikan: str) -> SakipError:
        """Return an error of that one problem."""
        return SakipError([self.problem(kode, apa, mengapa, perbaikan)])


def parse_address(place: str) -> Address:
    """Read what `--db` was given: a path, `sqlite:///path`, or `postgresql://user@host/name`.

    Raises `SakipError` (P901) for any other kind of URL, an SQLite one in memory, and one without a database name.
    """
    if "://" not in place:
        if not place.strip() or "\0" in place:
            raise _unknown(place, "Nama basis data kosong atau memuat karakter yang tidak sah")
        return Address("SQLite", place, file=Path(place))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError):
        # The text may hold a password: only its beginning is repeated.
        raise _unknown(place.partition("://")[0] + "://...", "Alamat basis data tidak dapat dibaca") from None
    shown = url.render_as_string(hide_password=True)
    if url.drivername in _SQLITE:
        if not url.database or url.database == ":memory:" or url.query:
            raise _unknown(shown, "Alamat SQLite harus menunjuk sebuah berkas, tanpa pilihan lain")
        return Address("SQLite", url.database, file=Path(url.database))
    if url.drivername in _POSTGRESQL:
        if not url.database:
            raise _unknown(shown, "Alamat PostgreSQL tidak menyebut nama basis data")
        return Address("PostgreSQL", shown, url=url.set(drivername="postgresql+psycopg"))
    raise _unknown(shown, f"Jenis basis data `{url.drivername}` tidak didukung")


def _unknown(shown: str, apa: str) -> SakipError:
    return SakipError(
        [
            Problem(
                "P901",
                Location(shown or "--db"),
                apa,
                "Buku tindak lanjut disimpan dalam berkas SQLite atau basis data PostgreSQL",
                "Tulis nama berkas (sakip.db), atau postgresql://pengguna@server/nama",
            )
        ]
    )
