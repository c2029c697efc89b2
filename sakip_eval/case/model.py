"""The case file, as an evaluator or agency writes it: pydantic models. Format: docs/format-kasus.md."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sakip_eval.boundary import Date, Exact, FileModel, Integer, Text, Year, YesNo, shaped

BuktiId = Annotated[
    str,
    shaped(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$",
        "paling banyak 60 huruf, angka, titik, garis bawah, atau tanda hubung, diawali huruf atau angka",
    ),
]
Sha256 = Annotated[str, shaped(r"^[0-9a-f]{64}$", "64 angka heksadesimal berhuruf kecil (keluaran sha256sum)")]
Tautan = Annotated[str, shaped(r"^https?://[^\s]+$", "alamat yang diawali http:// atau https://, tanpa spasi", 2000)]
RekomendasiId = Annotated[
    str,
    shaped(
        r"^[a-z0-9]+(-[a-z0-9]+)*/[0-9]{4}/[0-9]{2,4}$",
        "<instansi>/<tahun>/<nomor> dari buku tindak lanjut, misalnya kecamatan-contoh/2022/05",
        200,
    ),
]
Count = Annotated[Integer, Field(ge=0, le=99_999)]
Klaster = Literal["utama", "pendukung", "tambahan"]


class InstansiEntry(FileModel):
    """The evaluated agency: its name, what it belongs to, its kind, and its cluster in a pemda sample."""

    nama: Text
    induk: Text | None = None
    jenis: Text
    klaster: Klaster | None = None


class RentangEntry(FileModel):
    """A span of years, both included."""

    dari: Year
    sampai: Year


class TanggalEntry(FileModel):
    """Dates of a document, in the order in which they can happen."""

    penetapan: Date | None = None
    publikasi: Date | None = None
    penyampaian: Date | None = None


class BerkasEntry(FileModel):
    """A file kept elsewhere, named by its path and its SHA-256."""

    nama: Text
    sha256: Sha256


class BuktiEntry(FileModel):
    """One piece of evidence."""

    id: BuktiId
    jenis: Text
    judul: Text
    tahun: Year | None = None
    rentang: RentangEntry | None = None
    tanggal: TanggalEntry = TanggalEntry()
    tautan: Tautan | None = None
    berkas: BerkasEntry | None = None
    asal: Text | None = None


class SubkomponenEntry(FileModel):
    """The answer of a rater to one subkomponen."""

    jawaban: Text | None = None
    alasan: Text | None = None
    catatan: Text | None = None
    bukti: tuple[Text, ...] = ()
    asal: Text | None = None


class KriteriaEntry(FileModel):
    """The judgement of a rater on one criterion."""

    status: Literal["terpenuhi", "sebagian", "tidak", "tidak_berlaku"] | None = None
    jawaban: Text | None = None
    bukti: tuple[Text, ...] = ()
    catatan: Text | None = None
    asal: Text | None = None


class KomponenEntry(FileModel):
    """A value given directly to a component, in points (rubrics scored at `komponen`)."""

    nilai: Exact | None = None
    catatan: Text | None = None
    asal: Text | None = None


class RekomendasiEntry(FileModel):
    """A recommendation that the rater writes by hand."""

    komponen: Text
    teks: Text
    kriteria: tuple[Text, ...] = ()
    asal: Text | None = None


class PenilaianEntry(FileModel):
    """All that one rater says."""

    tanggal: Date | None = None
    subkomponen: dict[str, SubkomponenEntry] = {}
    kriteria: dict[str, KriteriaEntry] = {}
    komponen: dict[str, KomponenEntry] = {}
    rekomendasi: tuple[RekomendasiEntry, ...] = ()


class RekapEntry(FileModel):
    """How many of the previous recommendations are in which state on one day, as the ledger says; the counts add up."""

    per_tanggal: Date
    buku: Sha256 | None = None
    rekomendasi: Annotated[Integer, Field(ge=1, le=99_999)]
    sesuai: Count = 0
    belum_sesuai: Count = 0
    belum_ditindaklanjuti: Count = 0
    tidak_dapat_ditindaklanjuti: Count = 0
    dilaporkan_berbukti: Count = 0
    dilaporkan_tanpa_bukti: Count = 0
    belum_dilaporkan: Count = 0
    tidak_ditanggapi: Count = 0


class TerbukaEntry(FileModel):
    """A previous recommendation that is still open, by its id in the ledger."""

    id: RekomendasiId
    teks: Text
    komponen: Text
    kriteria: tuple[Text, ...] = ()


class TindakLanjutEntry(FileModel):
    """Follow-up of the previous evaluation: were there recommendations, and what became of them."""

    ada_rekomendasi: YesNo
    bukti: tuple[Text, ...] = ()
    keterangan: Text | None = None
    asal: Text | None = None
    rekap: RekapEntry | None = None
    terbuka: tuple[TerbukaEntry, ...] = ()


class CetakEntry(FileModel):
    """Figures as a published worksheet prints them, kept also where they are wrong."""

    bobot: Exact | None = None
    nilai: Exact | None = None
    persen: Exact | None = None
    predikat: Text | None = None


class TercetakEntry(FileModel):
    """A published result: its source, and the printed figures of the total and of each part."""

    sumber: Text
    digit: Annotated[Integer, Field(ge=0, le=6)] = 2
    total: CetakEntry = CetakEntry()
    bagian: dict[str, CetakEntry] = {}


class TargetEntry(FileModel):
    """The total that the agency set itself as its target, with the predikat and the percentage printed beside it."""

    nilai: Exact
    predikat: Text | None = None
    capaian: Exact | None = None
    catatan: Text | None = None
    asal: Text | None = None


class CaseFile(FileModel):
    """A case."""

    instansi: InstansiEntry
    tahun_kinerja: Year
    tahun_evaluasi: Year
    rubrik: Text
    catatan: Text | None = None
    paket: tuple[Text, ...] = ()
    bukti: tuple[BuktiEntry, ...] = ()
    tindak_lanjut_sebelumnya: TindakLanjutEntry | None = None
    penilaian: dict[Literal["mandiri", "evaluator"], PenilaianEntry] = {}
    tercetak: TercetakEntry | None = None
    target: TargetEntry | None = None
