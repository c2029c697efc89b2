"""The rubric as the engine uses it: resolved, flat, exact and immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Literal

from sakip_eval.numbers import Rounding, format_plain
from sakip_eval.rubric.rules import Rule

BELUM = "belum"
"""Name of the state of a criterion or subkomponen that nobody has judged yet. It is not zero."""


@dataclass(frozen=True, slots=True)
class Band:
    """An interval of exact numbers, each bound with or without its end point."""

    low: Fraction | None
    low_inclusive: bool
    high: Fraction | None
    high_inclusive: bool

    def __contains__(self, value: Fraction) -> bool:
        low, high = self.low, self.high
        if low is not None and not (value >= low if self.low_inclusive else value > low):
            return False
        return high is None or (value <= high if self.high_inclusive else value < high)

    def __str__(self) -> str:
        """Write the band as the regulation does: `>75-<100 %`, `>50-75 %`, `100 %`."""
        low = "" if self.low is None else ("" if self.low_inclusive else ">") + format_plain(self.low)
        high = "" if self.high is None else ("" if self.high_inclusive else "<") + format_plain(self.high)
        return (low if low == high else f"{low}-{high}") + " %"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the grade ladder. `poin` is percent of the bobot; `rank` 1 is the lowest step."""

    jawaban: str
    poin: Fraction
    pemenuhan: Band
    uraian: str
    dasar: str
    rank: int


@dataclass(frozen=True, slots=True)
class Predikat:
    """One predikat band of a total in points."""

    predikat: str
    band: Band
    sebutan: str
    interpretasi: str | None
    dasar: str


@dataclass(frozen=True, slots=True)
class Kriteria:
    """One criterion; see `model.KriteriaEntry`."""

    id: str
    no_cetak: str
    uraian: str
    bukti: tuple[str, ...]
    uji: str | None
    upaya: int
    topik: str
    pokok: str
    rekomendasi: str
    catatan: str | None
    subkomponen: str
    komponen: str


@dataclass(frozen=True, slots=True)
class Subkomponen:
    """One subkomponen; `bobot` in points of the total."""

    id: str
    nama: str
    dimensi: str
    bobot: Fraction
    dasar: str
    catatan: str | None
    kriteria: tuple[Kriteria, ...]
    komponen: str


@dataclass(frozen=True, slots=True)
class Komponen:
    """One component; `bobot` in points of the total."""

    id: str
    nama: str
    bobot: Fraction
    dasar: str
    catatan: str | None
    subkomponen: tuple[Subkomponen, ...]


@dataclass(frozen=True, slots=True)
class Topik:
    """A recommendation topic of one component."""

    id: str
    komponen: str
    teks: str


@dataclass(frozen=True, slots=True)
class Tenggat:
    """A deadline: the last day of month `bulan` after the year judged, for years that end on or after `sejak`."""

    sejak: date
    bulan: int
    dasar: str

    def day(self, tahun_kinerja: int) -> date:
        """Return the last day that is in time."""
        years, month = divmod(self.bulan, 12)
        return date(tahun_kinerja + 1 + years, month + 1, 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a variant makes to its root, for reading and for `diff`."""

    jenis: Literal["ganti", "hapus", "pindah", "tambah", "ubah"]
    id: str
    alasan: str
    dasar: str | None
    dari: str | None = None


@dataclass(frozen=True, eq=False)
class Rubric:
    """A resolved rubric. `sha256` identifies its content (rules included), independent of comments and layout.

    Two loads are two rubrics (compared by identity), so that what is prepared for one is never used for another.

    `pada` says where the score is given (subkomponen, kriteria, komponen), `dengan` with what (jawaban, status,
    nilai); `stage` at which figures are rounded; `statuses` maps a status to its share, None where it is left out.
    """

    id: str
    nama: str
    penerbit: str
    peraturan: str
    tingkat: str
    versi: str
    berlaku_sejak: date
    berlaku_sampai: date | None
    diperiksa: date
    sumber: str
    extends: str | None
    pada: Literal["subkomponen", "kriteria", "komponen"]
    dengan: Literal["jawaban", "status", "nilai"]
    dasar_penilaian: str
    rounding: Rounding
    stage: Literal["cetak", "subkomponen", "komponen", "total"]
    predikat_dari: Literal["tepat", "bulat"]
    skala: tuple[Step, ...]
    melampaui_sesudah: str | None
    melampaui_butuh: frozenset[str]
    melampaui_dasar: str | None
    statuses: Mapping[str, Fraction | None]
    predikat: tuple[Predikat, ...]
    jenis_bukti: Mapping[str, str]
    topik: Mapping[str, Topik]
    komponen: tuple[Komponen, ...]
    tenggat: Mapping[str, tuple[Tenggat, ...]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    rules: tuple[Rule, ...] = ()
    packs: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    packs_on: tuple[str, ...] = ()
    sha256: str = ""

    def each_subkomponen(self) -> Iterator[Subkomponen]:
        """Yield all subkomponen in printed order."""
        for komponen in self.komponen:
            yield from komponen.subkomponen

    def each_kriteria(self) -> Iterator[Kriteria]:
        """Yield all criteria in printed order."""
        for subkomponen in self.each_subkomponen():
            yield from subkomponen.kriteria

    @cached_property
    def komponen_by_id(self) -> Mapping[str, Komponen]:
        """Components by id."""
        return {k.id: k for k in self.komponen}

    @cached_property
    def subkomponen_by_id(self) -> Mapping[str, Subkomponen]:
        """Subkomponen by id."""
        return {s.id: s for s in self.each_subkomponen()}

    @cached_property
    def kriteria_by_id(self) -> Mapping[str, Kriteria]:
        """Criteria by id."""
        return {k.id: k for k in self.each_kriteria()}

    @cached_property
    def step_by_jawaban(self) -> Mapping[str, Step]:
        """Steps of the ladder by their answer."""
        return {s.jawaban: s for s in self.skala}

    @cached_property
    def beyond(self) -> frozenset[str]:
        """Answers that lie beyond what a percentage alone can justify (A and AA of the Permen)."""
        if self.melampaui_sesudah is None:
            return frozenset()
        limit = self.step_by_jawaban[self.melampaui_sesudah].rank
        return frozenset(s.jawaban for s in self.skala if s.rank > limit)

    def deadline(self, uji: str, tahun_kinerja: int) -> date | None:
        """Return the last day in time for a test of timeliness in a year; None where the rubric fixes none."""
        in_force = [t for t in self.tenggat.get(uji, ()) if t.sejak <= date(tahun_kinerja, 12, 31)]
        return max(in_force, key=lambda t: t.sejak).day(tahun_kinerja) if in_force else None

    def predikat_of(self, nilai: Fraction) -> Predikat | None:
        """Return the band that holds a total of `nilai` points; None at 0.00, which has no predikat."""
        return next((p for p in self.predikat if nilai in p.band), None)
