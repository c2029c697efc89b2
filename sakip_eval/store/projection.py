"""The listing of recommendations: the state of each, as text for the database and back, always made from events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from sakip_eval.store.schema import instansi, rekomendasi
from sakip_eval.tindak_lanjut.events import LedgerError, split_id
from sakip_eval.tindak_lanjut.state import State


@cache
def _adapter() -> TypeAdapter[State]:
    return TypeAdapter(State)


def state_text(state: State) -> str:
    """Return a state as JSON, the same text for the same state."""
    data = _adapter().dump_python(state, mode="json", exclude_defaults=True)
    # A set has no order of its own.
    if "pelapor" in data:
        data["pelapor"] = sorted(data["pelapor"])
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def state_of(text: str) -> State | None:
    """Return the state that `state_text` wrote, None where the text is no state."""
    try:
        return _adapter().validate_json(text)
    except (ValidationError, LedgerError):
        return None


def row_of_state(state: State, seq: int) -> dict[str, Any]:
    """Return the row of the listing: `seq` is the last event that went into the state."""
    agency, year, number = split_id(state.id)
    due = state.rencana.selesai if state.rencana is not None else None
    return {
        "id": state.id,
        "instansi": agency,
        "tahun": year,
        "nomor": number,
        "komponen": state.terbit.komponen,
        "tahap": state.tahap,
        "status": state.status,
        "terbuka": state.terbuka,
        # The same question as `State.lewat_tempo`, for any day: overdue after this one.
        "tempo": due if state.terbuka else None,
        "seq": seq,
        "keadaan": state_text(state),
    }


def write_states(connection: Connection, states: Mapping[str, State], last: Mapping[str, int]) -> None:
    """Bring the listing up to date for these states; `last` is the seq of the last event of each."""
    if not states:
        return
    ensure_agencies(connection, dict.fromkeys(state.instansi for state in states.values()))
    upsert(connection, rekomendasi, [row_of_state(state, last[name]) for name, state in states.items()])


def ensure_agencies(connection: Connection, slugs: Iterable[str]) -> None:
    """Make sure that the agencies are known by their slug."""
    rows = [{"id": slug} for slug in slugs]
    connection.execute(_insert(connection, instansi).on_conflict_do_nothing(index_elements=["id"]), rows)


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows by their column `id`, or overwrite the ones that are there with all columns given."""
    statement = _insert(connection, table).values({name: bindparam(name) for name in rows[0]})
    replaced = {name: statement.excluded[name] for name in rows[0] if name != "id"}
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=replaced), list(rows))


def _insert(connection: Connection, table: Table) -> Any:
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
