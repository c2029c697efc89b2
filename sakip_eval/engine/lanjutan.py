"""Recommendations of earlier years: what became of them in words, and which new one continues which open one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sakip_eval.case.case import RekapTindakLanjut, RekomendasiTerbuka
from sakip_eval.folding import folded
from sakip_eval.rubric.rubric import Rubric

_STATES = (
    ("sesuai", "sesuai"),
    ("belum_sesuai", "belum sesuai"),
    ("belum_ditindaklanjuti", "belum ditindaklanjuti"),
    ("tidak_dapat_ditindaklanjuti", "tidak dapat ditindaklanjuti"),
    ("dilaporkan_berbukti", "dilaporkan dengan bukti dan menunggu verifikasi"),
    ("dilaporkan_tanpa_bukti", "dilaporkan tanpa bukti"),
    ("belum_dilaporkan", "direncanakan atau ditanggapi tetapi belum dilaporkan"),
    ("tidak_ditanggapi", "tidak ditanggapi"),
)


def recap_words(rekap: RekapTindakLanjut) -> list[str]:
    """Say each count: `0 sesuai`, `12 dilaporkan tanpa bukti`, ...; of the counts of nothing only `0 sesuai`."""
    counts = ((getattr(rekap, name), words) for name, words in _STATES)
    return [f"{count} {words}" for count, words in counts if count or words == "sesuai"]


class New(Protocol):
    """What is asked of a new recommendation."""

    @property
    def komponen(self) -> str:
        """Return the component under which it stands."""

    @property
    def teks(self) -> str:
        """Return its sentence."""

    @property
    def kriteria(self) -> tuple[str, ...]:
        """Return the criteria that it answers."""


def heirs(terbuka: Sequence[RekomendasiTerbuka], new: Sequence[New]) -> list[int | None]:
    """Return for each open recommendation the number of the one new recommendation that continues it, or None.

    It shares a criterion, or says the same under the same component. Of several: the same sentence, then most criteria
    shared, then fewest others, then the first.
    """
    said = [_words(item.teks) for item in new]
    found: list[int | None] = []
    for old in terbuka:
        wanted, words = set(old.kriteria), _words(old.teks)
        best: tuple[bool, int, int, int] | None = None
        for number, item in enumerate(new):
            shared = len(wanted.intersection(item.kriteria))
            same = words == said[number]
            if shared or (same and item.komponen == old.komponen):
                rank = (same, shared, shared - len(item.kriteria), -number)
                best = rank if best is None or rank > best else best
        found.append(None if best is None else -best[3])
    return found


def _words(text: str) -> str:
    return folded(text).rstrip(" .;,")


def home(rubric: Rubric, old: RekomendasiTerbuka) -> str:
    """Return the component under which an open recommendation comes back: that of its criteria where it is one."""
    places = {rubric.kriteria_by_id[name].komponen for name in old.kriteria}
    return places.pop() if len(places) == 1 else old.komponen
