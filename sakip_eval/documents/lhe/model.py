"""The file surat.yaml: what an office fills into its letter. Format: docs/lhe.md."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sakip_eval.boundary import Date, FileModel, Text

Texts = Annotated[tuple[Text, ...], Field(max_length=50)]


class KepadaEntry(FileModel):
    """The addressee, by position."""

    jabatan: Text | None = None
    tempat: Text | None = None


class SuratTugasEntry(FileModel):
    """The order by which the evaluators worked."""

    oleh: Text | None = None
    nomor: Text | None = None
    tanggal: Date | None = None


class PejabatEntry(FileModel):
    """Who signs: the position; name, rank and NIP where the office wants them printed."""

    jabatan: Text | None = None
    nama: Text | None = None
    pangkat: Text | None = None
    nip: Text | None = None


class SuratFile(FileModel):
    """All that an office fills in; whatever is left out shows as a marked blank where a letter needs it."""

    kop: Annotated[tuple[Text, ...], Field(max_length=8)] = ()
    kertas: Literal["F4", "A4"] = "F4"
    nomor: Text | None = None
    sifat: Text | None = None
    lampiran: Text | None = None
    hal: Text | None = None
    tempat: Text | None = None
    tanggal: Date | None = None
    kepada: KepadaEntry = KepadaEntry()
    surat_tugas: SuratTugasEntry = SuratTugasEntry()
    dasar_hukum: Texts = ()
    dokumen: Texts = ()
    rekomendasi_sebelumnya: Texts = ()
    penanda_tangan: PejabatEntry = PejabatEntry()
    tim: Annotated[tuple[PejabatEntry, ...], Field(max_length=12)] = ()
    tembusan: Texts = ()
    latar_belakang: Texts = ()
    gambaran_umum: Texts = ()
    capaian_kinerja: Texts = ()
