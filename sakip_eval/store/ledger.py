"""The ledger in the database: reading entries, and appending under the lock, all or nothing."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, Table, insert, select, update

from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.store.address import Address
from sakip_eval.store.projection import write_states
from sakip_eval.store.schema import kepala, ledger, rekomendasi
from sakip_eval.tindak_lanjut.chain import Entry, Row, canonical, digest, entry_of
from sakip_eval.tindak_lanjut.events import Event, LedgerError
from sakip_eval.tindak_lanjut.state import State, apply, loose_links

CHUNK = 5000
"""Rows or names in one statement."""
_ROW = (ledger.c.seq, ledger.c.prev, ledger.c.hash, ledger.c.peristiwa)


def head(connection: Connection, *, lock: bool = False) -> tuple[int, str]:
    """Return seq and hash of the last entry (0 and zeros before the first); with `lock`, no one else appends."""
    query = select(kepala.c.seq, kepala.c.hash).where(kepala.c.id == 1)
    found = connection.execute(query.with_for_update() if lock else query).one()
    return found.seq, found.hash


def rows(
    connection: Connection, rekomendasi_id: str | None = None, instansi: str | None = None, tahun: int | None = None
) -> Generator[Row, None, None]:
    """Yield stored entries in their order, unchecked: all, or those of a recommendation, an agency, a year."""
    query = select(*_ROW).order_by(ledger.c.seq)
    if rekomendasi_id is not None:
        query = query.where(ledger.c.rekomendasi == rekomendasi_id)
    if instansi is not None or tahun is not None:
        query = query.join(rekomendasi, rekomendasi.c.id == ledger.c.rekomendasi)
        if instansi is not None:
            query = query.where(rekomendasi.c.instansi == instansi)
        if tahun is not None:
            query = query.where(rekomendasi.c.tahun == tahun)
    with closing(streamed(connection, query)) as stream:
        for found in stream:
            yield Row(*found)


def streamed(connection: Connection, query: Select[Any]) -> Generator[Any, None, None]:
    """Yield the rows of a query without holding them all. To be closed where it is left before its end."""
    with connection.execute(query.execution_options(yield_per=CHUNK)) as found:
        yield from found


def table_rows(connection: Connection, table: Table) -> Generator[dict[str, Any], None, None]:
    """Yield the rows of a table by column name, in the order of its key."""
    query = select(table).order_by(*table.primary_key.columns)
    with connection.execute(query.execution_options(yield_per=CHUNK)) as found:
        for row in found.mappings():
            yield dict(row)


def chunks(names: Iterable[str]) -> Iterator[list[str]]:
    """Yield names in lists that fit into one statement."""
    rest = iter(names)
    while part := list(islice(rest, CHUNK)):
        yield part


def folded(connection: Connection, address: Address, names: Iterable[str]) -> dict[str, State]:
    """Return the state of these recommendations, computed from their events; who has none is left out.

    Raises `SakipError` (P910) where stored events do not follow one another.
    """
    states: dict[str, State] = {}
    for part in chunks(names):
        query = select(*_ROW).where(ledger.c.rekomendasi.in_(part)).order_by(ledger.c.seq)
        for found in connection.execute(query).all():
            event = parsed(address, Row(*found)).event
            try:
                states[event.rekomendasi] = apply(states.get(event.rekomendasi), event)
            except LedgerError as error:
                raise SakipError([broken_problem(address, found.seq, error.apa)]) from None
    return states


def parsed(address: Address, row: Row) -> Entry:
    """Return a stored entry as an entry. Raises `SakipError` (P910) where its text is no event."""
    try:
        return entry_of(row)
    except LedgerError as error:
        raise SakipError([broken_problem(address, row.seq, error.apa)]) from None


def broken_problem(address: Address, seq: int, apa: str) -> Problem:
    """Return the problem of a chain that does not hold from entry `seq` on."""
    return address.problem(
        "P910",
        f"Rantai buku putus pada entri {seq}: {apa}",
        "Entri itu atau yang sebelumnya diubah, disisipkan, atau dihapus di luar program ini",
        "Pulihkan cadangan yang rantainya utuh dengan `sakip db pulih`, dan periksa siapa yang mengubahnya",
    )


def append(
    connection: Connection, address: Address, events: Sequence[Event], places: Sequence[Location] | None
) -> list[Entry]:
    """Append events within a writing transaction, or raise `SakipError` with every event that is not allowed.

    After a refused event the later ones of the same recommendation are not judged: they may only follow from it.
    """
    seq, last = head(connection, lock=True)
    newest = connection.execute(select(ledger.c.seq, ledger.c.hash).order_by(ledger.c.seq.desc()).limit(1)).first()
    if (newest.seq, newest.hash) != (seq, last) if newest is not None else seq != 0:
        raise SakipError([broken_problem(address, seq, "akhir buku tidak sama dengan yang dicatat")])
    states = _judged(connection, address, events, places)
    entries: list[Entry] = []
    written: list[dict[str, Any]] = []
    latest: dict[str, int] = {}
    for event in events:
        seq += 1
        text = canonical(event)
        entry = Entry(seq, last, digest(last, seq, text), event)
        entries.append(entry)
        written.append(_values(entry, text))
        latest[event.rekomendasi] = seq
        last = entry.hash
    write_states(connection, states, latest)
    if written:
        connection.execute(insert(ledger), written)
        connection.execute(update(kepala).where(kepala.c.id == 1).values(seq=seq, hash=last))
    return entries


def _values(entry: Entry, text: str) -> dict[str, Any]:
    event = entry.event
    return {
        "seq": entry.seq,
        "prev": entry.prev,
        "hash": entry.hash,
        "rekomendasi": event.rekomendasi,
        "jenis": event.jenis,
        "tanggal": event.tanggal,
        "peristiwa": text,
    }


def _judged(
    connection: Connection, address: Address, events: Sequence[Event], places: Sequence[Location] | None
) -> dict[str, State]:
    """Return the states of the recommendations that the events touch, after them."""
    states = folded(connection, address, dict.fromkeys(event.rekomendasi for event in events))
    problems: list[Problem] = []
    refused: set[str] = set()
    for number, event in enumerate(events):
        name = event.rekomendasi
        if name in refused:
            continue
        try:
            states[name] = apply(states.get(name), event)
        except LedgerError as error:
            refused.add(name)
            problems.append(error.problem(places[number] if places else Location(event.sumber or name)))
    if not problems:
        around = _with_linked(connection, address, states)
        problems = [error.problem(Location(address.shown)) for error in loose_links(around)]
    if problems:
        raise SakipError(problems)
    return states


def _with_linked(connection: Connection, address: Address, states: dict[str, State]) -> dict[str, State]:
    """Return the states and, beside them, all that they name, directly or through others."""
    around = dict(states)
    fresh = list(states.values())
    while wanted := {name for state in fresh for name in _links(state)} - around.keys():
        found = folded(connection, address, sorted(wanted))
        around |= found
        fresh = list(found.values())
    return around


def _links(state: State) -> tuple[str, ...]:
    named = (state.ke, state.terbit.induk)
    return (*(name for name in named if name is not None), *state.terbit.pendahulu)
