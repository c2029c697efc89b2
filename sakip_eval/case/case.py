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
class RekapTindakLanjut:
    """How many of the previous recommendations were in which state at the end of the day `per_tanggal`.

    The first four counts are verified by the evaluator, the others are not: reported with or without evidence,
    answered by a plan or an objection but not reported, or not answered at all. All eight add up to `rekomendasi`.
    `buku` is the hash of the last entry of the ledger that was read, None where the counts come from elsewhere.
    """

    per_tanggal: date
    rekomendasi: int
    sesuai: int = 0
    belum_sesuai: int = 0
    belum_ditindaklanjuti: int = 0
    tidak_dapat_ditindaklanjuti: int = 0
    dilaporkan_berbukti: int = 0
    dilaporkan_tanpa_bukti: int = 0
    belum_dilaporkan: int = 0
    tidak_ditanggapi: int = 0
    buku: str | None = None

    @property
    def terbuka(self) -> int:
        """Return how many are not settled: neither verified as sesuai nor as tidak dapat ditindaklanjuti."""
        return self.rekomendasi - self.sesuai - self.tidak_dapat_ditindaklanjuti


REKAP_COUNTS = (
    "sesuai",
    "belum_sesuai",
    "belum_ditindaklanjuti",
    "tidak_dapat_ditindaklanjuti",
    "dilaporkan_berbukti",
    "dilaporkan_tanpa_bukti",
    "belum_dilaporkan",
    "tidak_ditanggapi",
)
"""The counts of a `RekapTindakLanjut` that add up to its `rekomendasi`, in the order of a report."""


@dataclass(frozen=True, slots=True)
class RekomendasiTerbuka:
    """A previous recommendation that is still open; `id` is `<instansi>/<tahun>/<nn>` of the ledger."""

    id: str
    teks: str
    komponen: str
    kriteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TindakLanjut:
    """Follow-up of the previous evaluation: counts (`rekap`) and open recommendations where the ledger was read."""

    ada_rekomendasi: bool
    bukti: tuple[str, ...]
    keterangan: str | None
    asal: str | None
    rekap: RekapTindakLanjut | None = None
    terbuka: tuple[RekomendasiTerbuka, ...] = ()


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
