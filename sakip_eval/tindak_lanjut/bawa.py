"""From the ledger back into the next evaluation: how many recommendations are in which state, and which are open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sakip_eval.case.case import RekapTindakLanjut, RekomendasiTerbuka
from sakip_eval.rubric.rubric import Rubric
from sakip_eval.tindak_lanjut.events import Event, split_id
from sakip_eval.tindak_lanjut.state import CLOSED, State, fold


@dataclass(frozen=True, slots=True)
class Bawaan:
    """What a case takes from the ledger: recap and open recommendations (None and empty where there is nothing).

    `lama` are ids of earlier years that are still open and counted; `tanpa_komponen` ids whose component is not known,
    left out of `terbuka`; `lepas` criteria by id that the rubric does not have, left out too.
    """

    rekap: RekapTindakLanjut | None
    terbuka: tuple[RekomendasiTerbuka, ...]
    lama: tuple[str, ...]
    tanpa_komponen: tuple[str, ...]
    lepas: Mapping[str, tuple[str, ...]]


def states_at(events: Iterable[Event], per_tanggal: date) -> dict[str, State]:
    """Return the states at the end of a day, from all events of one agency in the order of the ledger."""
    return fold(event for event in events if event.tanggal <= per_tanggal)


def brought(
    states: Mapping[str, State],
    tahun: int,
    per_tanggal: date,
    rubric: Rubric,
    *,
    komponen: str | None = None,
    buku: str | None = None,
) -> Bawaan:
    """Return what the evaluation after `tahun` takes from the states of one agency.

    Counted are the recommendations of `tahun`, and those of earlier years that are still open: none is lost because a
    year was skipped. What went on as another entry up to `tahun` is counted there. `komponen` stands in where the
    ledger names neither component nor criteria.
    """
    counted = {state.id: kind for state in states.values() if (kind := _kind(state, tahun, states)) is not None}
    counted = {
        name: kind
        for name, kind in sorted(counted.items())
        if states[name].tahun == tahun or (states[name].tahun < tahun and kind not in CLOSED)
    }
    counts = Counter(counted.values())
    terbuka: list[RekomendasiTerbuka] = []
    homeless: list[str] = []
    lepas: dict[str, tuple[str, ...]] = {}
    for name, kind in counted.items():
        if kind in CLOSED:
            continue
        issued = states[name].terbit
        known = tuple(k for k in issued.kriteria if k in rubric.kriteria_by_id)
        if known != issued.kriteria:
            lepas[name] = tuple(k for k in issued.kriteria if k not in rubric.kriteria_by_id)
        place = _place(rubric, issued.komponen, known) or komponen
        if place is None:
            homeless.append(name)
        else:
            terbuka.append(RekomendasiTerbuka(name, issued.teks.strip(), place, known))
    return Bawaan(
        RekapTindakLanjut(per_tanggal, len(counted), buku=buku, **counts) if counted else None,
        tuple(terbuka),
        tuple(name for name in counted if states[name].tahun < tahun),
        tuple(homeless),
        lepas,
    )


def _kind(state: State, tahun: int, states: Mapping[str, State]) -> str | None:
    """Return the count of a recap that a recommendation belongs to; None where it is counted under another id.

    A verification in force decides, also while a new report waits for its own.
    """
    if state.ke is not None and state.ke in states and split_id(state.ke)[1] <= tahun:
        return None
    if state.tahap == "dibuka_kembali":
        return "belum_sesuai"  # Reopened after the year in question: it was not settled after all.
    if state.status is not None:
        return state.status
    if state.laporan is not None:
        return "dilaporkan_berbukti" if state.data_dukung else "dilaporkan_tanpa_bukti"
    return "belum_dilaporkan" if state.rencana is not None or state.tanggapan is not None else "tidak_ditanggapi"


def _place(rubric: Rubric, komponen: str | None, kriteria: tuple[str, ...]) -> str | None:
    if komponen in rubric.komponen_by_id:
        return komponen
    places = {rubric.kriteria_by_id[name].komponen for name in kriteria}
    return places.pop() if len(places) == 1 else None
