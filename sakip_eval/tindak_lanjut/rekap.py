"""How much has been followed up: counts and exact percentages per agency, component or year, as inspektorats report.

A claim is not a result: what is claimed and not verified is counted by itself and never as done. The five counts add
up to the number of recommendations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from sakip_eval.tindak_lanjut.events import split_id
from sakip_eval.tindak_lanjut.state import State

Golongan = Literal["sesuai", "belum_sesuai", "belum_ditindaklanjuti", "tidak_dapat_ditindaklanjuti", "dilaporkan"]
GOLONGAN: Mapping[Golongan, str] = MappingProxyType(
    {
        "sesuai": "sesuai",
        "belum_sesuai": "dalam proses",
        "belum_ditindaklanjuti": "belum",
        "tidak_dapat_ditindaklanjuti": "TDD",
        "dilaporkan": "menunggu verifikasi",
    }
)
"""What a recommendation counts as -> how a report says it."""

Menurut = Literal["instansi", "komponen", "tahun"]


@dataclass(frozen=True, slots=True)
class Rekap:
    """Counts of one group of recommendations; `kunci` is the agency, component or year ("-" where none is named)."""

    kunci: tuple[str, ...]
    jumlah: int
    banyak: Mapping[Golongan, int]

    def persen(self, golongan: Golongan) -> Fraction | None:
        """Return the share in percent, exact; None where there is nothing to share."""
        return Fraction(100 * self.banyak[golongan], self.jumlah) if self.jumlah else None


def golongan(state: State) -> Golongan | None:
    """Return what a recommendation counts as; None where another entry of the same year has taken its place.

    A verification in force decides. Without one, what was claimed waits (dilaporkan), and the rest is not followed up.
    What was closed and then reopened in a later year is not done after all: belum_sesuai.
    """
    if state.tahap == "dibuka_kembali":
        assert state.ke is not None
        return None if split_id(state.ke)[1] == state.tahun else "belum_sesuai"
    if state.status is not None:
        return state.status
    return "dilaporkan" if state.laporan is not None else "belum_ditindaklanjuti"


def rekap(states: Iterable[State], menurut: Iterable[Menurut] = ()) -> list[Rekap]:
    """Return the counts grouped by any of agency, component, year, sorted by key; ungrouped where `menurut` is empty."""
    parts = [_KEYS[name] for name in menurut]
    groups: dict[tuple[str, ...], dict[Golongan, int]] = {}
    for state in states:
        counted = golongan(state)
        if counted is None:
            continue
        key = tuple([part(state) for part in parts])
        group = groups.setdefault(key, dict.fromkeys(GOLONGAN, 0))
        group[counted] += 1
    return [Rekap(key, sum(group.values()), group) for key, group in sorted(groups.items())]


_KEYS: Mapping[Menurut, Callable[[State], str]] = {
    "instansi": lambda state: state.instansi,
    "komponen": lambda state: state.terbit.komponen or "-",
    "tahun": lambda state: str(state.tahun),
}
