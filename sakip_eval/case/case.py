"""The case as the engine uses it: plain, immutable, in the vocabulary of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

Rater = Literal["evaluator", "mandiri"]


@dataclass(frozen=True, slots=True)
class Instansi:
    """The evaluated agency."""

    nama: str
    induk: str | None
    jenis: str
    klaster: str | None


@dataclass(frozen=True, slots=True)
class Bukti:
    """One piece of evidence; `dari` and `sampai` are the years it is about, equal for a single year."""

    id: str
    jenis: str
    judul: str
    dari: int | None = None
    sampai: int | None = None
    penetapan: date | None = None
    publikasi: date | None = None
    penyampaian: date | None = None
    tautan: str | None = None
    berkas: str | None = None
    sha256: str | None = None
    asal: str | None = None


@dataclass(frozen=True, slots=True)
class JawabanSub:
    """What a rater says of one subkomponen; `jawaban` None means not judged yet."""

    jawaban: str | None = None
    alasan: str | None = None
    catatan: str | None = None
    bukti: tuple[str, ...] = ()
    asal: str | None = None


@dataclass(frozen=True, slots=True)
class JawabanKriteria:
    """What a rater says of one criterion; `status` None means not judged yet."""

    status: str | None = None
    jawaban: str | None = None
    bukti: tuple[str, ...] = ()
    catatan: str | None = None
    asal: str | None = None


@dataclass(frozen=True, slots=True)
class RekomendasiTangan:
    """A recommendation written by hand."""

    komponen: str
    teks: str
    kriteria: tuple[str, ...]
    asal: str | None


@dataclass(frozen=True, slots=True)
class Penilaian:
    """All that one rater says; `komponen` holds values in points for rubrics scored there.

    `status` and `rinci` are read off `kriteria`: the statuses given, and the criteria with evidence or an answer.
    """

    tanggal: date | None = None
    subkomponen: Mapping[str, JawabanSub] = field(default_factory=dict)
    kriteria: Mapping[str, JawabanKriteria] = field(default_factory=dict)
    komponen: Mapping[str, Fraction] = field(default_factory=dict)
    rekomendasi: tuple[RekomendasiTangan, ...] = ()
    status: Mapping[str, str] = field(init=False, repr=False, compare=False)
    rinci: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        said = self.kriteria.items()
        object.__setattr__(self, "status", {name: k.status for name, k in said if k.status is not None})
        object.__setattr__(self, "rinci", frozenset(name for name, k in said if k.bukti or k.jawaban is not None))


@dataclass(frozen=True, slots=True)
class TindakLanjut:
    """Follow-up of the previous evaluation."""

    ada_rekomendasi: bool
    bukti: tuple[str, ...]
    keterangan: str | None
    asal: str | None


@dataclass(frozen=True, slots=True)
class Cetak:
    """Printed figures of one part, or of the total."""

    bobot: Fraction | None = None
    nilai: Fraction | None = None
    persen: Fraction | None = None
    predikat: str | None = None


@dataclass(frozen=True, slots=True)
class Tercetak:
    """A published result; figures were printed with `digit` decimals."""

    sumber: str
    digit: int
    total: Cetak
    bagian: Mapping[str, Cetak]


@dataclass(frozen=True, slots=True)
class Target:
    """The total in points that the agency set itself; `predikat` and `capaian` (percent) as printed beside it."""

    nilai: Fraction
    predikat: str | None = None
    capaian: Fraction | None = None
    catatan: str | None = None
    asal: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One agency, one year, one rubric, its evidence, and what its raters say.

    `paket` names the optional rule packs that run for it; `sha256` identifies the content.
    """

    instansi: Instansi
    tahun_kinerja: int
    tahun_evaluasi: int
    rubrik: str
    bukti: Mapping[str, Bukti] = field(default_factory=dict)
    tindak_lanjut: TindakLanjut | None = None
    penilaian: Mapping[Rater, Penilaian] = field(default_factory=dict)
    tercetak: Tercetak | None = None
    catatan: str | None = None
    paket: tuple[str, ...] = ()
    target: Target | None = None
    sha256: str = field(default="", compare=False)
