"""What every form of a follow-up table is read into: one line for each recommendation, and what is noted on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sakip_eval.problems import Location, Problem
from sakip_eval.tindak_lanjut.facts import JawabanLepas

MAX_ROWS = 20_000
"""Most rows of a table that is read."""


@dataclass(frozen=True, slots=True)
class Bukti:
    """Evidence as a table gives it: a link or a file where there is one, else only words (`judul`)."""

    judul: str
    tautan: str | None = None
    berkas: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Baris:
    """One recommendation with its plan and its claim, as printed; None where the table says nothing.

    `tempat` is where it stands. `nomor` is the printed number, None where the table has none. `mulai` and `selesai`
    are planned days that a person gave beside the printed `waktu`. `asal` says where the source has the
    recommendation, `asal_jawaban` where it has the answer.
    """

    tempat: Location
    teks: str
    nomor: int | None = None
    komponen: str | None = None
    kriteria: tuple[str, ...] = ()
    rencana_aksi: str | None = None
    tindak_lanjut: str | None = None
    target: str | None = None
    waktu: str | None = None
    mulai: date | None = None
    selesai: date | None = None
    penanggung_jawab: str | None = None
    status: str | None = None
    progres: str | None = None
    data_dukung: tuple[Bukti, ...] = ()
    asal: str | None = None
    asal_jawaban: str | None = None

    @property
    def dijawab(self) -> bool:
        """Return whether the agency says anything to it: a plan, a result, a status, or evidence."""
        return any((self.rencana_aksi, self.tindak_lanjut, self.status, self.progres, self.data_dukung))


@dataclass(frozen=True, slots=True)
class Bacaan:
    """A table as it was read: its lines, all problems (`galat` and `peringatan`), and answers without a question."""

    baris: tuple[Baris, ...]
    masalah: tuple[Problem, ...] = ()
    lepas: tuple[JawabanLepas, ...] = field(default=())


def galat(kode: str, place: Location, apa: str, mengapa: str, perbaikan: str) -> Problem:
    """Return a problem for which nothing is imported."""
    return Problem(kode, place, apa, mengapa, perbaikan)


def peringatan(kode: str, place: Location, apa: str, mengapa: str, perbaikan: str) -> Problem:
    """Return something to be looked at; the import goes on."""
    return Problem(kode, place, apa, mengapa, perbaikan, "peringatan")
