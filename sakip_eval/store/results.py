"""Results as the store keeps them: what an evaluation came to, and what was published, printed beside recomputed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sakip_eval.case.case import Rater
from sakip_eval.numbers import Rounding, round_exact


@dataclass(frozen=True, slots=True)
class Bagian:
    """A komponen (`id` equals `komponen`) or subkomponen of a result.

    `nilai` and `bobot` in points, `persen` percent of the bobot, None where not judged; exact.
    """

    id: str
    komponen: str
    nama: str
    bobot: Fraction
    nilai: Fraction | None
    persen: Fraction | None
    jawaban: str | None
    predikat: str | None


@dataclass(frozen=True, slots=True)
class Hasil:
    """A sealed result. `nilai` points, exact; None while incomplete, then `rentang` says what it can still become.

    `segel` is the sha256 of everything else here but `urutan`, the number in the order of saving. `rounding` is how
    the rubric prints figures; `tanggal` the day the rater gave.
    """

    segel: str
    urutan: int
    instansi: str
    nama_instansi: str
    tahun_kinerja: int
    tahun_evaluasi: int
    penilai: Rater
    tanggal: date | None
    rubrik: str
    rubrik_versi: str
    rubrik_sha256: str
    kasus_sha256: str
    mesin_versi: str
    rounding: Rounding
    nilai: Fraction | None
    predikat: str | None
    rentang: tuple[Fraction, Fraction]
    bagian: tuple[Bagian, ...]


@dataclass(frozen=True, slots=True)
class BagianTerbit:
    """A part of a published result (`total` for the whole): `cetak_*` as printed, `hitung_*` as we compute it."""

    id: str
    cetak_bobot: Fraction | None
    cetak_nilai: Fraction | None
    cetak_persen: Fraction | None
    cetak_predikat: str | None
    hitung_bobot: Fraction | None
    hitung_nilai: Fraction | None
    hitung_persen: Fraction | None
    hitung_predikat: str | None

    def selisih(self, digit: int) -> Fraction | None:
        """Return printed less computed, in points, both with `digit` decimals; None where one is missing."""
        if self.cetak_nilai is None or self.hitung_nilai is None:
            return None
        return self.cetak_nilai - round_exact(self.hitung_nilai, digit)


@dataclass(frozen=True, slots=True)
class Terbitan:
    """A published result: `sumber` says where it stands, figures were printed with `digit` decimals."""

    segel: str
    urutan: int
    instansi: str
    tahun_kinerja: int
    tahun_evaluasi: int
    rubrik: str
    rubrik_sha256: str
    kasus_sha256: str
    sumber: str
    digit: int
    catatan: str | None
    bagian: tuple[BagianTerbit, ...]

    @property
    def total(self) -> BagianTerbit:
        """Return the figures of the whole."""
        return self.bagian[0]

    @property
    def salah_cetak(self) -> tuple[BagianTerbit, ...]:
        """Return the parts whose printed figure or predikat is not what its own parts come to."""
        return tuple(
            b
            for b in self.bagian
            if b.selisih(self.digit)
            or (b.cetak_predikat and b.hitung_predikat and b.cetak_predikat != b.hitung_predikat)
        )
