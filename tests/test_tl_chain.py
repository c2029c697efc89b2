"""The chain: whatever is changed, taken out, put in or moved is found, and the first broken entry is named."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip_eval.tindak_lanjut.chain import (
    GENESIS,
    Entry,
    Row,
    broken,
    canonical,
    digest,
    entry_of,
    link,
    row_of,
    verify,
)
from sakip_eval.tindak_lanjut.events import Event, event_data
from tests.helpers.tl import act, diverifikasi, events_000, lapor, rencana, terbit


def chain(events: list[Event]) -> list[Entry]:
    entries: list[Entry] = []
    for number, event in enumerate(events, start=1):
        entries.append(link(entries[-1].hash if entries else GENESIS, number, event))
    return entries


EVENTS = [terbit(), act(rencana()), act(lapor("Reviu “berjenjang” é 好")), act(diverifikasi("sesuai")), *events_000()]
WHOLE = chain(EVENTS)
ROWS = [row_of(entry) for entry in WHOLE]
PLACES = st.integers(0, len(ROWS) - 1)


def test_a_whole_chain_holds_and_reads_back() -> None:
    assert verify(WHOLE) is None
    assert verify(WHOLE, WHOLE[-1].hash) is None
    assert verify([]) is None
    assert [entry_of(row) for row in ROWS] == WHOLE
    assert verify([], GENESIS) is None


def test_the_hash_is_what_the_format_says() -> None:
    first = WHOLE[0]
    text = json.dumps(event_data(first.event), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert canonical(first.event) == text
    assert first.hash == digest("0" * 64, 1, text)
    # Taken down once, so that no change of ours makes the chains of others invalid unseen.
    assert digest(GENESIS, 1, "{}") == "857ee6299d26533d1f5f46c02209ae8bc34dc4898a8a9545493946b4ea59d6f3"


@given(PLACES, st.sampled_from(Row._fields), st.data())
def test_any_changed_byte_is_found_and_named(at: int, field: str, data: st.DataObject) -> None:
    row = ROWS[at]
    value = getattr(row, field)
    if isinstance(value, int):
        changed: object = data.draw(st.integers(-5, 10**6).filter(lambda n: n != value))
    else:
        place = data.draw(st.integers(0, len(value) - 1))
        letter = data.draw(st.characters(codec="utf-8").filter(lambda c: c != value[place]))
        changed = value[:place] + letter + value[place + 1 :]
    rows = [*ROWS[:at], Row(**{**row._asdict(), field: changed}), *ROWS[at + 1 :]]
    found = broken(rows)
    assert found is not None
    assert found.seq == at + 1
    assert found.apa


@given(PLACES)
def test_a_removed_entry_is_found_and_named(at: int) -> None:
    found = broken([*ROWS[:at], *ROWS[at + 1 :]], ROWS[-1].hash)
    assert found is not None
    assert found.seq == at + 1


@given(PLACES, PLACES)
def test_entries_that_changed_places_are_found(one: int, other: int) -> None:
    rows = [*ROWS]
    rows[one], rows[other] = rows[other], rows[one]
    found = broken(rows)
    assert (found is None) is (one == other)
    if found is not None:
        assert found.seq == min(one, other) + 1


@given(PLACES, PLACES)
def test_an_inserted_entry_is_found(at: int, copied: int) -> None:
    found = broken([*ROWS[:at], ROWS[copied], *ROWS[at:]])
    assert found is not None
    # A second copy of an entry beside itself is found where the next one should stand.
    assert found.seq == (at + 2 if copied == at else at + 1)


@given(PLACES)
def test_an_entry_with_a_hash_of_its_own_breaks_the_next(at: int) -> None:
    """Who changes an event and mends its hash breaks the link to the entry after it, or the head at the end."""
    forged = link(ROWS[at].prev, at + 1, terbit("kecamatan-palsu/2022/01"))
    found = broken([*ROWS[:at], row_of(forged), *ROWS[at + 1 :]], ROWS[-1].hash)
    assert found is not None
    assert found.seq == at + 2


def test_a_cut_off_end_is_found_only_with_the_head() -> None:
    assert verify(WHOLE[:-1]) is None
    assert verify(WHOLE[:-1], WHOLE[-1].hash) == len(WHOLE)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"jenis":"terbit"}', "[" * 10_000])
def test_a_row_that_is_no_event_is_named_even_with_a_fitting_hash(text: str) -> None:
    row = Row(1, GENESIS, digest(GENESIS, 1, text), text)
    found = broken([row])
    assert found is not None
    assert "bukan peristiwa" in found.apa


def test_the_same_event_written_differently_does_not_pass() -> None:
    spaced = json.dumps(event_data(EVENTS[0]), sort_keys=True, ensure_ascii=False)
    assert broken([Row(1, GENESIS, digest(GENESIS, 1, spaced), spaced)]) is not None


def test_events_that_differ_in_anything_differ_in_their_hash() -> None:
    days = {link(GENESIS, 1, act(lapor(), day=date(2023, 9, day))).hash for day in range(1, 31)}
    assert len(days) == 30
