"""What the ledger refuses in the texts of any event, and the error that says so."""

from __future__ import annotations

import re
from datetime import date

from sakip_eval.problems import Location, Problem

MAX_TEXT = 8000
"""Longest text of an event, in characters."""
MAX_ITEMS = 200

_SURROGATE = re.compile("[\\ud800-\\udfff]")
_UNSTORABLE = re.compile("[\ud800-\udfff]")
"""Half of a letter beyond the first plane, which UTF-8 cannot hold."""
# A civil servant's number has 18 digits; positions and units have none that long.
_PERSON_NUMBER = re.compile(r"[0-9](?:[ .]?[0-9]){15,}")


class LedgerError(Exception):
    """Something that must not enter the ledger; the words are those of a `Problem`, without a place."""

    def __init__(self, kode: str, apa: str, mengapa: str, perbaikan: str) -> None:
        self.kode, self.apa, self.mengapa, self.perbaikan = kode, apa, mengapa, perbaikan
        super().__init__(f"{kode}: {apa}. {mengapa}. {perbaikan}.")

    def problem(self, place: Location) -> Problem:
        """Return it as a problem at a place: a file's line, or the id of the recommendation."""
        return Problem(self.kode, place, self.apa, self.mengapa, self.perbaikan)


class EventError(LedgerError):
    """An event that is malformed in itself (T910), whatever came before it."""

    def __init__(self, apa: str, perbaikan: str) -> None:
        super().__init__("T910", apa, "Buku besar hanya menerima peristiwa yang lengkap dan terbaca", perbaikan)


def check_text(name: str, value: object, *, optional: bool = False) -> None:
    """Refuse what is not a text with something in it, short enough and storable. Raises `EventError` (T910)."""
    if value is None and optional:
        return
    if not isinstance(value, str) or not value.strip():
        raise EventError(f"`{name}` kosong", "Isi, atau hapus kuncinya bila boleh kosong")
    if len(value) > MAX_TEXT:
        raise EventError(f"`{name}` lebih dari {MAX_TEXT} huruf", "Ringkas, dan rujuk berkas lengkapnya")
    if "\x00" in value or (not value.isascii() and _SURROGATE.search(value)):
        raise EventError(f"`{name}` memuat huruf yang tidak dapat disimpan", "Hapus huruf itu")


def check_texts(name: str, values: tuple[str, ...]) -> None:
    """Refuse a list that is too long, repeats itself, or holds what is not a text. Raises `EventError` (T910)."""
    if len(values) > MAX_ITEMS or len(set(values)) != len(values):
        raise EventError(
            f"`{name}` terlalu panjang atau berulang", f"Sebut masing-masing sekali, paling banyak {MAX_ITEMS}"
        )
    for value in values:
        check_text(name, value)


def check_position(name: str, value: str | None) -> None:
    """Refuse the number of a civil servant: a position or unit has none. Raises `EventError` (T910)."""
    if value is not None and _PERSON_NUMBER.search(value):
        raise EventError(f"`{name}` memuat nomor pegawai", "Sebut jabatan atau unit, bukan orang")


def check_span(mulai: date | None, selesai: date | None) -> None:
    """Refuse an end before its beginning. Raises `EventError` (T910)."""
    if mulai is not None and selesai is not None and selesai < mulai:
        raise EventError(f"Selesai {selesai} mendahului mulai {mulai}", "Perbaiki salah satu tanggal")
