"""The chain of the ledger: every entry carries the hash of all before it, so that nothing can be changed unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sakip_eval.tindak_lanjut.events import Event, LedgerError, event_data, event_of

GENESIS = "0" * 64
"""What the first entry names as its predecessor."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger: `seq` counts from 1 without gaps; `hash` covers `prev`, `seq` and the event."""

    seq: int
    prev: str
    hash: str
    event: Event


class Row(NamedTuple):
    """An entry as a store keeps it: `data` is the canonical text of the event, which may have been tampered with."""

    seq: int
    prev: str
    hash: str
    data: str


class Break(NamedTuple):
    """The first entry that does not hold: its place in the chain, and what is wrong with it, in Indonesian."""

    seq: int
    apa: str


def canonical(event: Event) -> str:
    """Return the one text of an event that is hashed and stored: sorted keys, no spaces, letters as they are."""
    return json.dumps(event_data(event), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(prev: str, seq: int, data: str) -> str:
    """Return the hash of an entry: sha256, as 64 hex digits, over prev, seq and the event's text, each on a line."""
    return hashlib.sha256(f"{prev}\n{seq}\n{data}".encode("utf-8", "surrogatepass")).hexdigest()


def link(prev: str, seq: int, event: Event) -> Entry:
    """Return the entry that follows the entry with hash `prev` (`GENESIS` before the first, seq 1)."""
    return Entry(seq, prev, digest(prev, seq, canonical(event)), event)


def row_of(entry: Entry) -> Row:
    """Return an entry as a store keeps it."""
    return Row(entry.seq, entry.prev, entry.hash, canonical(entry.event))


def entry_of(row: Row) -> Entry:
    """Return a stored entry. Raises `EventError` (T910) where its text is not an event; the hash is not checked."""
    try:
        data = json.loads(row.data)
    except (ValueError, RecursionError):
        data = None
    return Entry(row.seq, row.prev, row.hash, event_of(data))


def verify(entries: Iterable[Entry], head: str | None = None) -> int | None:
    """Return the seq at which the chain first breaks, or None where it is whole; see `broken`."""
    found = broken((row_of(entry) for entry in entries), head)
    return None if found is None else found.seq


def broken(rows: Iterable[Row], head: str | None = None) -> Break | None:
    """Return where the whole chain, from entry 1, first breaks, or None.

    `head` is the hash of the last entry as it was noted elsewhere (an issued LHE, the store's head): only with it is a
    cut off end found. One pass; the rows are not kept.
    """
    prev, at = GENESIS, 0
    for row in rows:
        at += 1
        if row.seq != at:
            return Break(at, f"nomor {row.seq} berada di tempat nomor {at}")
        if row.prev != prev:
            return Break(at, "tidak menyambung pada entri sebelumnya")
        if digest(row.prev, row.seq, row.data) != row.hash:
            return Break(at, "isinya tidak sesuai dengan hash-nya")
        if not _is_event(row):
            return Break(at, "isinya bukan peristiwa yang tertulis baku")
        prev = row.hash
    if head is not None and head != prev:
        return Break(at + 1, "rantai berakhir pada hash yang lain daripada yang dicatat")
    return None


def _is_event(row: Row) -> bool:
    try:
        return canonical(entry_of(row).event) == row.data
    except LedgerError:
        return False
