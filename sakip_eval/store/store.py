"""The store: what the rest of the program may ask of a database. Each call is one transaction."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine, func, select, text

from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.store import backup, checking, ledger, projection, restore, saving, schema
from sakip_eval.store.address import Address
from sakip_eval.store.engine import reading, writing
from sakip_eval.store.errors import translated
from sakip_eval.store.results import Hasil, Terbitan
from sakip_eval.store.schema import REVISION, evaluasi, evaluasi_bagian, terbitan, terbitan_bagian
from sakip_eval.tindak_lanjut.chain import Break, Entry
from sakip_eval.tindak_lanjut.events import Event
from sakip_eval.tindak_lanjut.state import State

if TYPE_CHECKING:
    from sakip_eval.engine.result import Evaluation

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Daftar(list[State]):
    """Recommendations from the listing; `seluruhnya` counts also those beyond the number asked for."""

    seluruhnya: int = 0


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What is in a database. `jenis` is its kind with its version, `ukuran` its size in bytes, `kepala` the head."""

    tempat: str
    jenis: str
    skema: str
    ukuran: int
    instansi: int
    rekomendasi: int
    peristiwa: int
    evaluasi: int
    terbitan: int
    kepala: str


class Store:
    """An open database. Made by `store.open_store`; to be closed, or used in a `with`.

    Every method raises `SakipError` (P906 read-only, P907 disk full, P908 locked, P909 no connection, P911 damaged)
    where the database refuses; then nothing of that call is stored.
    """

    def __init__(self, address: Address, engine: Engine) -> None:
        self._address = address
        self._engine = engine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @property
    def place(self) -> str:
        """Return which database this is, as a person may see it: without password."""
        return self._address.shown

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._address), reading(self._engine) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with translated(self._address), writing(self._engine) as connection:
            ledger.head(connection, lock=True)
            yield connection

    def append(self, events: Sequence[Event], places: Sequence[Location] | None = None) -> list[Entry]:
        """Append events in their order, all or none, and return their entries.

        `places` says where each was read, for the errors; else its `sumber` or its id is named. Raises `SakipError`
        with every event that its recommendation does not allow (T9xx; of each recommendation the first), or where
        the end of the ledger is not as recorded (P910).
        """
        if places is not None and len(places) != len(events):
            raise ValueError("one place for each event")
        with self._writing() as connection:
            return ledger.append(connection, self._address, events, places)

    def entries(
        self, rekomendasi: str | None = None, *, instansi: str | None = None, tahun: int | None = None
    ) -> list[Entry]:
        """Return entries in the order of the ledger: all, or those of a recommendation, an agency, a year.

        Raises `SakipError` (P910) where the text of one is no event; hashes are checked by `broken`.
        """
        with (
            self._reading() as connection,
            closing(ledger.rows(connection, rekomendasi, instansi, tahun)) as found,
        ):
            return [ledger.parsed(self._address, row) for row in found]

    def states(
        self,
        *,
        status: Collection[str] | str | None = None,
        tahap: Collection[str] | str | None = None,
        instansi: str | None = None,
        tahun: int | None = None,
        terbuka: bool | None = None,
        lewat_tempo: date | None = None,
        paling_banyak: int | None = None,
    ) -> Daftar:
        """Return the recommendations that meet all the conditions given, by agency, year and number.

        `status` and `tahap` name one or several; `lewat_tempo` keeps those overdue on that day, as
        `State.lewat_tempo`. Of more than `paling_banyak` the first come, and `Daftar.seluruhnya` says how many there
        are. Read from the listing. Raises `SakipError` (P913) where that cannot be read.
        """
        table = schema.rekomendasi
        query = select(table.c.id, table.c.keadaan)
        for column, wanted in ((table.c.status, status), (table.c.tahap, tahap)):
            if wanted is not None:
                query = query.where(column.in_([wanted] if isinstance(wanted, str) else list(wanted)))
        for column, value in ((table.c.instansi, instansi), (table.c.tahun, tahun), (table.c.terbuka, terbuka)):
            if value is not None:
                query = query.where(column == value)
        if lewat_tempo is not None:
            query = query.where(table.c.tempo < lewat_tempo)
        ordered = query.order_by(table.c.instansi, table.c.tahun, table.c.nomor).limit(paling_banyak)
        with self._reading() as connection:
            found = Daftar(self._state(row.id, row.keadaan) for row in connection.execute(ordered))
            found.seluruhnya = len(found)
            if len(found) == paling_banyak:
                found.seluruhnya = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
            return found

    def state(self, rekomendasi: str) -> State | None:
        """Return one recommendation, computed from its events, or None where there is no such id."""
        with self._reading() as connection:
            return ledger.folded(connection, self._address, [rekomendasi]).get(rekomendasi)

    def _state(self, name: str, text: str) -> State:
        state = projection.state_of(text)
        if state is None:
            raise SakipError([checking.listing_problem(self._address, [name])])
        return state

    def next_number(self, instansi: str, tahun: int) -> int:
        """Return the first number after those of an agency and year, 1 where there are none."""
        table = schema.rekomendasi
        query = select(func.max(table.c.nomor)).where(table.c.instansi == instansi, table.c.tahun == tahun)
        with self._reading() as connection:
            return (connection.execute(query).scalar() or 0) + 1

    def head(self) -> str:
        """Return the hash of the last entry, 64 zeros where there is none."""
        with self._reading() as connection:
            return ledger.head(connection)[1]

    def agencies(self) -> list[str]:
        """Return the slugs of all agencies."""
        with self._reading() as connection:
            return list(connection.execute(select(schema.instansi.c.id).order_by(schema.instansi.c.id)).scalars())

    def save_evaluation(self, slug: str, evaluation: Evaluation) -> str:
        """Save a result of the agency `slug` and return its seal; the very same result is saved once.

        Raises `SakipError` (P915) where `slug` is no slug.
        """
        self._check_slug(slug)
        with self._writing() as connection:
            return saving.write_result(connection, slug, evaluation)

    def save_published(self, slug: str, evaluation: Evaluation) -> str:
        """Save what the case says was printed beside what the evaluation computes, and return the seal.

        Raises `SakipError` (P915) where `slug` is no slug or the case has no printed figures (`tercetak`).
        """
        self._check_slug(slug)
        if evaluation.case.tercetak is None:
            raise SakipError(
                [
                    Problem(
                        "P915",
                        Location(slug),
                        "Kasus ini tidak memuat hasil tercetak",
                        "Hasil terbitan disimpan seperti tercetak, bersama sumbernya",
                        "Isi `tercetak` dalam berkas kasus",
                    )
                ]
            )
        with self._writing() as connection:
            return saving.write_published(connection, slug, evaluation)

    def results(self, slug: str | None = None) -> list[Hasil]:
        """Return saved results of one agency, or of all, by agency, year and order of saving."""
        with self._reading() as connection:
            return [saving.result_of(*rows) for rows in saving.stored(connection, evaluasi, evaluasi_bagian, slug)]

    def published(self, slug: str | None = None) -> list[Terbitan]:
        """Return saved published results of one agency, or of all, by agency, year and order of saving."""
        with self._reading() as connection:
            return [saving.published_of(*rows) for rows in saving.stored(connection, terbitan, terbitan_bagian, slug)]

    def broken(self) -> Break | None:
        """Return the first entry of the ledger that does not hold, or None; a cut off end counts as broken."""
        with self._reading() as connection:
            return checking.chain_break(connection)

    def verify(self) -> list[Problem]:
        """Return everything that does not hold: P910 the chain, P913 the listing, P914 seals of results."""
        with self._reading() as connection:
            return list(checking.problems(connection, self._address))

    def rebuild(self) -> int:
        """Write the listing anew from the ledger, and return how many recommendations it has.

        Raises `SakipError` (P910) where the chain is broken: then nothing is written.
        """
        with self._writing() as connection:
            found = checking.chain_break(connection)
            if found is not None:
                raise SakipError([ledger.broken_problem(self._address, found.seq, found.apa)])
            return checking.rebuild(connection)

    def backup(self, path: Path) -> StoreStatus:
        """Write a copy of one moment to a new file, whole and checked, or not at all, and return what is in it.

        SQLite: a database file by the backup API. PostgreSQL: JSON lines. Both can be restored into either. Raises
        `SakipError` (P917) where the file is there or cannot be written, (P910, P914) where the content does not hold.
        """
        with translated(self._address):
            backup.write(self._engine, self._address, path)
        return self.status()

    def restore(self, path: Path) -> StoreStatus:
        """Fill this database, which must be empty, from a backup, and return what is in it.

        Raises `SakipError` (P916) where it is not empty, (P918) where the file is no whole backup, (P904, P905) where
        it is of another version, (P910, P913, P914) where its content does not hold; then nothing is written.
        """
        with self._writing() as connection:
            restore.fill(connection, self._address, path)
        return self.status()

    def status(self) -> StoreStatus:
        """Return what is in the database; nothing is checked."""
        with self._reading() as connection:
            counted = [
                connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (schema.instansi, schema.rekomendasi, evaluasi, terbitan)
            ]
            seq, last = ledger.head(connection)
            kind, size = _kind_and_size(connection)
        return StoreStatus(
            self.place, kind, REVISION, size, counted[0], counted[1], seq, counted[2], counted[3], last
        )

    def _check_slug(self, slug: str) -> None:
        if not _SLUG.fullmatch(slug):
            raise SakipError(
                [
                    Problem(
                        "P915",
                        Location(slug),
                        f"Nama instansi `{slug}` tidak dapat menjadi bagian id",
                        "Id rekomendasi memakai nama ini",
                        "Tulis huruf kecil, angka, dan tanda hubung, misalnya kecamatan-pelaihari",
                    )
                ]
            )


def _kind_and_size(connection: Connection) -> tuple[str, int]:
    if connection.dialect.name == "sqlite":
        version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
        size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        return f"SQLite {version}", connection.execute(text(size)).scalar_one()
    version = connection.execute(text("SHOW server_version")).scalar_one().split()[0]
    size = "SELECT coalesce(sum(pg_total_relation_size(relid)), 0)::bigint FROM pg_stat_user_tables"
    return f"PostgreSQL {version}", connection.execute(text(size + " WHERE schemaname = 'sakip'")).scalar_one()
