"""Events that begin an entry: recommendations issued from an evaluation, carried over, or opened again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sakip_eval.engine.result import Evaluation, Rekomendasi
from sakip_eval.tindak_lanjut.events import (
    BukaKembali,
    Event,
    Lanjutkan,
    LedgerError,
    Terbit,
    rekomendasi_id,
    split_id,
)
from sakip_eval.tindak_lanjut.state import ALLOWED, State


@dataclass(frozen=True, slots=True)
class Catatan:
    """Who makes an entry, when, and where it was read: what all events of one act share."""

    pelaku: str
    tanggal: date
    sumber: str | None = None


def slug(nama: str) -> str:
    """Return an agency's name as it stands in ids: `Kecamatan Lima Puluh Pesisir` -> `kecamatan-lima-puluh-pesisir`."""
    return "-".join(re.findall(r"[a-z0-9]+", nama.lower()))


def file_slug(nama: str) -> str:
    """Return an agency's name as part of a file name: its slug, at most 80 characters, never empty."""
    return slug(nama)[:80].strip("-") or "instansi"


def next_number(ids: Iterable[str], instansi: str, tahun: int) -> int:
    """Return the first number that is free after all that were given to this agency and year."""
    taken = [split_id(name) for name in ids]
    return 1 + max((number for agency, year, number in taken if (agency, year) == (instansi, tahun)), default=0)


def issued(
    evaluation: Evaluation,
    states: Mapping[str, State],
    catatan: Catatan,
    *,
    instansi: str,
    asal: str,
    tautan: Mapping[str, str] | None = None,
) -> list[Event]:
    """Return the events that issue every recommendation of an evaluation, in the order of the letter.

    `states` are those of this agency, all years. `tautan` maps R-numbers to earlier entries: what is still open is
    carried over into the new entry (induk), what is closed is named by it (pendahulu). The same holds for the open
    ones that a recommendation continues (`Rekomendasi.induk`); of several, the first is the induk, and what waits for
    its verification or for an answer is only named. Raises `LedgerError`: T920 where this year's evaluation has issued
    before, T921 for a link that leads nowhere.
    """
    year, links = evaluation.case.tahun_kinerja, dict(tautan or {})
    _refuse_twice(states, instansi, year, {f"{asal}, {item.id}" for item in evaluation.rekomendasi})
    _check_links(evaluation, states, links, instansi)
    first = next_number(states, instansi, year)
    events: list[Event] = []
    for number, item in enumerate(evaluation.rekomendasi, start=first):
        name = rekomendasi_id(instansi, year, number)
        isi = Terbit(
            instansi,
            year,
            item.teks,
            item.komponen,
            item.kriteria,
            item.dasar,
            f"{asal}, {item.id}",
            topik=item.topik,
        )
        for ancestor in _ancestors(item, states, links):
            chosen = item.id in links and ancestor.id == links[item.id]
            if ancestor.terbuka and (chosen or "lanjutkan" in ALLOWED[ancestor.tahap]):
                events.append(_event(ancestor.id, catatan, Lanjutkan(name, year)))
                if isi.induk is None:
                    isi = replace(isi, induk=ancestor.id)
                    continue
            isi = replace(isi, pendahulu=(*isi.pendahulu, ancestor.id))
        events.append(_event(name, catatan, isi))
    return events


def _ancestors(item: Rekomendasi, states: Mapping[str, State], links: Mapping[str, str]) -> list[State]:
    """Return the earlier entries of a recommendation: the one linked by a person first, then those of its case."""
    linked = set(links.values())
    names = [links[item.id]] if item.id in links else []
    return [states[name] for name in (*names, *(name for name in item.induk if name not in linked))]


def carried_over(
    state: State, ids: Iterable[str], tahun: int, catatan: Catatan, teks: str | None = None
) -> list[Event]:
    """Return the events that carry an open recommendation over to a later year, with new words where there are some."""
    name = rekomendasi_id(state.instansi, tahun, next_number(ids, state.instansi, tahun))
    return [
        _event(state.id, catatan, Lanjutkan(name, tahun)),
        _event(name, catatan, replace(state.terbit, tahun=tahun, teks=teks or state.terbit.teks, induk=state.id)),
    ]


def reopened(state: State, ids: Iterable[str], tahun: int, alasan: str, catatan: Catatan) -> list[Event]:
    """Return the events that open a closed recommendation again as a new entry of year `tahun`, for a reason."""
    name = rekomendasi_id(state.instansi, tahun, next_number(ids, state.instansi, tahun))
    return [
        _event(state.id, catatan, BukaKembali(name, alasan)),
        _event(name, catatan, replace(state.terbit, tahun=tahun, induk=state.id)),
    ]


def _event(name: str, catatan: Catatan, isi: Terbit | Lanjutkan | BukaKembali) -> Event:
    return Event(name, "evaluator", catatan.pelaku, catatan.tanggal, isi, catatan.sumber)


def _refuse_twice(states: Mapping[str, State], instansi: str, year: int, sources: Collection[str]) -> None:
    # What was only carried over or reopened into this year does not come from this year's evaluation.
    own = [s for s in states.values() if (s.instansi, s.tahun) == (instansi, year)]
    before = [s for s in own if s.terbit.induk is None or s.terbit.asal in sources]
    if before:
        raise LedgerError(
            "T920",
            f"Rekomendasi {instansi} tahun {year} sudah terbit: {len(before)}, mulai {before[0].id}",
            "Rekomendasi yang sama akan tercatat dua kali dengan id yang berbeda",
            "Lihat `sakip tl daftar`; yang ditutup keliru dibuka dengan `sakip tl buka-kembali`",
        )


def _check_links(
    evaluation: Evaluation, states: Mapping[str, State], links: Mapping[str, str], instansi: str
) -> None:
    known: dict[str, Rekomendasi] = {item.id: item for item in evaluation.rekomendasi}
    for name in (name for item in evaluation.rekomendasi for name in item.induk if name not in states):
        raise _bad_link(
            f"`{name}`, yang dilanjutkan kasus ini, tidak ada pada {instansi}", "Pakai buku asal kasus itu"
        )
    for number, name in links.items():
        if number not in known:
            raise _bad_link(f"`{number}` bukan nomor rekomendasi kasus ini", "Yang ada: " + ", ".join(known))
        if name not in states:
            raise _bad_link(f"`{name}` tidak ada pada {instansi}", "Lihat `sakip tl daftar`")
        if states[name].tahun >= evaluation.case.tahun_kinerja:
            raise _bad_link(f"`{name}` bukan dari tahun yang lebih dahulu", "Tautkan ke rekomendasi tahun sebelumnya")
        if list(links.values()).count(name) > 1:
            raise _bad_link(f"`{name}` ditautkan dua kali", "Satu rekomendasi diteruskan ke satu rekomendasi")


def _bad_link(apa: str, perbaikan: str) -> LedgerError:
    return LedgerError("T921", apa, "Tautan yang keliru membuat riwayatnya tidak dapat diikuti", perbaikan)
