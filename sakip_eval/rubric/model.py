"""The rubric file, as its author writes it: pydantic models, one for a root file and one for a variant.

A root rubric stands alone (`RubricFile`); a variant names a root with `extends` and lists its changes
(`VariantFile`). Format: docs/format-rubrik.md.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sakip_eval.boundary import Date, Exact, FileModel, Integer, Text, YesNo, shaped
from sakip_eval.rubric.catalog import RUBRIC_ID

KomponenId = Annotated[str, shaped(r"^[0-9]{1,2}$", "satu atau dua angka, misalnya 1")]
SubkomponenId = Annotated[str, shaped(r"^[0-9]{1,2}\.[a-z]$", "angka, titik, huruf kecil, misalnya 1.a")]
KriteriaId = Annotated[
    str, shaped(r"^[0-9]{1,2}\.[a-z]\.[0-9]{1,3}$", "id subkomponen, titik, angka, misalnya 1.a.3")
]
Slug = Annotated[
    str, shaped(r"^[a-z0-9]+(-[a-z0-9]+)*$", "huruf kecil, angka, dan tanda hubung, misalnya satu-dua", 60)
]
Jenis = Annotated[
    str, shaped(r"^[a-z0-9_]{2,40}$", "2 sampai 40 huruf kecil, angka, atau garis bawah, misalnya renja")
]
RubricId = Annotated[
    str, shaped(RUBRIC_ID, "huruf kecil, angka, tanda hubung, dan garis miring, misalnya pemda-1-2025/unit", 120)
]
Jawaban = Annotated[
    str, shaped(r"^[A-Za-z][A-Za-z0-9+-]{0,7}$", "huruf, lalu paling banyak 7 huruf, angka, + atau -, misalnya BB")
]

Dimensi = Literal["keberadaan", "kualitas", "pemanfaatan", "pemenuhan", "implementasi"]
Uji = Literal[
    "ada", "ditetapkan", "dipublikasikan", "dipublikasikan_tepat_waktu", "disampaikan_tepat_waktu", "berkala"
]
Tepat = Literal["dipublikasikan_tepat_waktu", "disampaikan_tepat_waktu"]
StatusName = Literal["terpenuhi", "sebagian", "tidak", "tidak_berlaku"]


class Identity(FileModel):
    """Who issued the rubric, under which regulation, for whom, and since when."""

    id: RubricId
    nama: Text
    penerbit: Text
    peraturan: Text
    tingkat: Literal["unit", "instansi"]
    versi: Text
    berlaku_sejak: Date
    berlaku_sampai: Date | None = None
    diperiksa: Date
    sumber: Text
    catatan: Text | None = None
    aturan_dari: tuple[RubricId, ...] = ()
    """Rubrics whose rule files are used too, before the rubric's own."""


class VariantIdentity(Identity):
    """Identity of a variant: the root it extends."""

    extends: RubricId


class PenilaianEntry(FileModel):
    """Where the score is given and with what."""

    pada: Literal["subkomponen", "kriteria", "komponen"]
    dengan: Literal["jawaban", "status", "nilai"]
    dasar: Text


class PembulatanEntry(FileModel):
    """Digits, mode and stage of rounding, and which total the predikat follows."""

    digit: Annotated[Integer, Field(ge=0, le=6)]
    cara: Literal["setengah_ke_atas", "setengah_ke_genap", "ke_bawah"]
    tahap: Literal["cetak", "subkomponen", "komponen", "total"]
    predikat_dari: Literal["tepat", "bulat"]
    dasar: Text


class BandEntry(FileModel):
    """An interval in percent; each bound says by its name whether it belongs to the interval."""

    dari: Exact | None = None
    lebih_dari: Exact | None = None
    sampai: Exact | None = None
    kurang_dari: Exact | None = None


class SkalaEntry(FileModel):
    """One step of the grade ladder: points in percent of the bobot, share of criteria met that it stands for."""

    jawaban: Jawaban
    poin: Exact
    pemenuhan: BandEntry
    uraian: Text
    dasar: Text
    catatan: Text | None = None


class MelampauiEntry(FileModel):
    """What an answer better than `sesudah` needs, beside every criterion met."""

    sesudah: Jawaban
    butuh: tuple[Literal["alasan", "bukti"], ...]
    dasar: Text


class StatusEntry(FileModel):
    """What a criterion status counts for, 0 to 1, or that it is left out (`dihitung: tidak`)."""

    nilai: Exact | None = None
    dihitung: YesNo = True


class PredikatEntry(FileModel):
    """One predikat band of the total, in points 0 to 100."""

    predikat: Jawaban
    dari: Exact | None = None
    lebih_dari: Exact | None = None
    sampai: Exact | None = None
    kurang_dari: Exact | None = None
    sebutan: Text
    interpretasi: Text | None = None
    dasar: Text


class TopikEntry(FileModel):
    """A group of criteria that one sentence of the letter answers together."""

    komponen: KomponenId
    teks: Text


class TenggatEntry(FileModel):
    """A deadline from a date on: the last day of the n-th month after the year whose performance is judged."""

    berlaku_sejak: Date
    bulan_sesudah_tahun_kinerja: Annotated[Integer, Field(ge=1, le=24)]
    dasar: Text
    catatan: Text | None = None


class KriteriaEntry(FileModel):
    """One criterion: the regulation's words, what shows it, and what to recommend where it is not met."""

    id: KriteriaId
    no_cetak: Text
    uraian: Text
    bukti: Annotated[tuple[Jenis, ...], Field(min_length=1)]
    uji: Uji | None = None
    upaya: Annotated[Integer, Field(ge=1, le=3)]
    topik: Slug
    pokok: Text
    rekomendasi: Text
    catatan: Text | None = None


class SubkomponenEntry(FileModel):
    """One subkomponen: its bobot in points, its dimensi, and its criteria."""

    id: SubkomponenId
    nama: Text
    dimensi: Dimensi
    bobot: Exact
    dasar: Text
    catatan: Text | None = None
    kriteria: tuple[KriteriaEntry, ...] = ()


class KomponenEntry(FileModel):
    """One component: its bobot in points, and its parts."""

    id: KomponenId
    nama: Text
    bobot: Exact
    dasar: Text
    catatan: Text | None = None
    subkomponen: tuple[SubkomponenEntry, ...] = ()


class RubricFile(FileModel):
    """A root rubric."""

    rubrik: Identity
    penilaian: PenilaianEntry
    pembulatan: PembulatanEntry
    skala: tuple[SkalaEntry, ...] = ()
    melampaui: MelampauiEntry | None = None
    status: dict[StatusName, StatusEntry] = {}
    dasar_status: Text | None = None
    predikat: Annotated[tuple[PredikatEntry, ...], Field(min_length=1)]
    jenis_bukti: dict[Jenis, Text] = {}
    topik: dict[Slug, TopikEntry] = {}
    tenggat: dict[Tepat, tuple[TenggatEntry, ...]] = {}
    paket: tuple[Slug, ...] = ()
    """Optional rule packs (`paket-<nama>.yaml`) that are always on."""
    komponen: Annotated[tuple[KomponenEntry, ...], Field(min_length=1)]


class Hapus(FileModel):
    """A criterion of the root that the variant does not have."""

    id: KriteriaId
    alasan: Text
    dasar: Text | None = None


class Pindah(FileModel):
    """A criterion of the root that stands elsewhere in the variant."""

    dari: KriteriaId
    ke: KriteriaId
    alasan: Text
    no_cetak: Text | None = None
    dasar: Text | None = None


class Tambah(FileModel):
    """Criteria that only the variant has."""

    alasan: Text
    dasar: Text | None = None
    kriteria: Annotated[tuple[KriteriaEntry, ...], Field(min_length=1)]


class UbahKriteria(FileModel):
    """New values for some fields of a criterion."""

    no_cetak: Text | None = None
    uraian: Text | None = None
    bukti: Annotated[tuple[Jenis, ...], Field(min_length=1)] | None = None
    uji: Uji | None = None
    upaya: Annotated[Integer, Field(ge=1, le=3)] | None = None
    topik: Slug | None = None
    pokok: Text | None = None
    rekomendasi: Text | None = None
    catatan: Text | None = None


class UbahBagian(FileModel):
    """New values for some fields of a komponen or subkomponen."""

    nama: Text | None = None
    bobot: Exact | None = None
    dasar: Text | None = None
    catatan: Text | None = None


class Ubah(FileModel):
    """A group of changes with one reason; ids are those of the variant."""

    alasan: Text
    dasar: Text | None = None
    kriteria: dict[KriteriaId, UbahKriteria] = {}
    subkomponen: dict[SubkomponenId, UbahBagian] = {}
    komponen: dict[KomponenId, UbahBagian] = {}


class Ganti(FileModel):
    """Whole sections that the variant states anew."""

    alasan: Text
    dasar: Text | None = None
    penilaian: PenilaianEntry | None = None
    pembulatan: PembulatanEntry | None = None
    skala: tuple[SkalaEntry, ...] | None = None
    melampaui: MelampauiEntry | None = None
    status: dict[StatusName, StatusEntry] | None = None
    predikat: tuple[PredikatEntry, ...] | None = None


class Perubahan(FileModel):
    """All changes of a variant, applied in this order: ganti, hapus, pindah, tambah, ubah."""

    ganti: tuple[Ganti, ...] = ()
    hapus: tuple[Hapus, ...] = ()
    pindah: tuple[Pindah, ...] = ()
    tambah: tuple[Tambah, ...] = ()
    ubah: tuple[Ubah, ...] = ()


class VariantFile(FileModel):
    """A rubric that extends a root rubric, one level."""

    rubrik: VariantIdentity
    jenis_bukti: dict[Jenis, Text] = {}
    topik: dict[Slug, TopikEntry] = {}
    tenggat: dict[Tepat, tuple[TenggatEntry, ...]] = {}
    paket: tuple[Slug, ...] = ()
    perubahan: Perubahan
