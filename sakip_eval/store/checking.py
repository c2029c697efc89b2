"""Whether what is stored still holds: the chain, the listing made from it, and the seals of results."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, delete, func, select

from sakip_eval.problems import Problem
from sakip_eval.store.address import Address
from sakip_eval.store.ledger import broken_problem, chunks, head, rows, streamed
from sakip_eval.store.projection import row_of_state, state_of, write_states
from sakip_eval.store.saving import seal_of, stored
from sakip_eval.store.schema import (
    evaluasi,
    evaluasi_bagian,
    ledger,
    rekomendasi,
    terbitan,
    terbitan_bagian,
)
from sakip_eval.tindak_lanjut.chain import Break, Row, broken, entry_of
from sakip_eval.tindak_lanjut.events import LedgerError
from sakip_eval.tindak_lanjut.state import State, apply

_SHOWN = 20


def chain_break(connection: Connection) -> Break | None:
    """Return the first entry that does not hold, or None; a cut off end counts as broken."""
    seq, last = head(connection)
    with closing(rows(connection)) as stored_rows:
        found = broken(stored_rows, last)
    if found is None:
        count = connection.execute(select(func.count()).select_from(ledger)).scalar_one()
        return None if count == seq else Break(count, f"buku mencatat {seq} entri, isinya {count}")
    return found


def problems(connection: Connection, address: Address) -> Iterator[Problem]:
    """Yield everything that does not hold: P910 the chain, P913 the listing, P914 seals of results."""
    found = chain_break(connection)
    if found is not None:
        yield broken_problem(address, found.seq, found.apa)
    else:
        states, last, wrong = _replayed(connection)
        for seq, apa in wrong[:1]:
            yield broken_problem(address, seq, apa)
        if not wrong:
            yield from _listing(connection, address, states, last)
    for whole, parts, what in (
        (evaluasi, evaluasi_bagian, "Hasil evaluasi"),
        (terbitan, terbitan_bagian, "Hasil terbitan"),
    ):
        for row, part_rows in stored(connection, whole, parts, None):
            if seal_of(row, part_rows) != row["segel"]:
                yield address.problem(
                    "P914",
                    f"{what} {row['instansi']} tahun kinerja {row['tahun_kinerja']} tidak sesuai dengan segelnya",
                    "Angkanya diubah di luar program ini sesudah disimpan",
                    "Pulihkan cadangan, atau simpan kembali hasil itu dari berkas kasusnya",
                )


def rebuild(connection: Connection) -> int:
    """Write the listing anew from the ledger, whose chain holds, and return how many recommendations it has."""
    states, last, _ = _replayed(connection)
    write_states(connection, states, last)
    listed = set(connection.execute(select(rekomendasi.c.id)).scalars())
    for part in chunks(sorted(listed - states.keys())):
        connection.execute(delete(rekomendasi).where(rekomendasi.c.id.in_(part)))
    return len(states)


def _replayed(connection: Connection) -> tuple[dict[str, State], dict[str, int], list[tuple[int, str]]]:
    """Return all states, the last seq of each, and entries that do not follow or whose columns say otherwise."""
    states: dict[str, State] = {}
    last: dict[str, int] = {}
    wrong: list[tuple[int, str]] = []
    for found in streamed(connection, select(ledger).order_by(ledger.c.seq)):
        event = entry_of(Row(found.seq, found.prev, found.hash, found.peristiwa)).event
        if (found.rekomendasi, found.jenis, found.tanggal) != (event.rekomendasi, event.jenis, event.tanggal):
            wrong.append((found.seq, "kolomnya tidak sesuai dengan isinya"))
        try:
            states[event.rekomendasi] = apply(states.get(event.rekomendasi), event)
        except LedgerError as error:
            wrong.append((found.seq, error.apa))
        last[event.rekomendasi] = found.seq
    return states, last, wrong


def _listing(
    connection: Connection, address: Address, states: dict[str, State], last: dict[str, int]
) -> Iterator[Problem]:
    differ: list[str] = []
    seen: set[str] = set()
    for row in streamed(connection, select(rekomendasi).order_by(rekomendasi.c.id)):
        seen.add(row.id)
        if row.id not in states or _differs(row, states[row.id], last[row.id]):
            differ.append(row.id)
    differ += sorted(states.keys() - seen)
    if differ:
        yield listing_problem(address, differ)


def listing_problem(address: Address, names: list[str]) -> Problem:
    """Return the problem of a listing that does not say of these recommendations what their events say (P913)."""
    named = ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    return address.problem(
        "P913",
        f"Daftar rekomendasi tidak sesuai dengan bukunya: {named}",
        "Daftar itu hanya ringkasan; yang benar adalah bukunya, bila rantainya utuh",
        "Jalankan `sakip db susun` untuk menyusunnya kembali dari buku",
    )


def _differs(row: Any, state: State, seq: int) -> bool:
    wanted = row_of_state(state, seq)
    text = wanted.pop("keadaan")
    return (row.keadaan != text and state_of(row.keadaan) != state) or any(
        getattr(row, name) != value for name, value in wanted.items()
    )
