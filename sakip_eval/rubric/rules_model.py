"""The rule file, as its author writes it: the pydantic models of `aturan*.yaml` and `paket-*.yaml`.

Format: docs/format-aturan.md. What is checked becomes `rules.Rule`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Tag
from pydantic import Field as ModelField

from sakip_eval.boundary import FileModel, Text, YesNo, shaped
from sakip_eval.rubric.model import Slug

RuleId = Slug
Alias = Annotated[
    str, shaped(r"^[a-z][a-z0-9_]{0,20}$", "huruf kecil, lalu huruf kecil, angka, garis bawah, misalnya k")
]
KodeTemuan = Annotated[
    str, shaped(r"^[A-Z0-9]+(-[A-Z0-9]+)*$", "huruf besar, angka, dan tanda hubung, misalnya TANPA-BUKTI", 40)
]
Tingkat = Literal["kontradiksi", "kekurangan", "perhatian"]


class Comparison(FileModel):
    """A test other than equality with a constant."""

    bukan: Text | None = None
    minimal: Text | None = None
    maksimal: Text | None = None
    salah_satu: Annotated[tuple[Text, ...], ModelField(min_length=1)] | None = None
    sama_dengan: Text | None = None


Wanted = Annotated[
    Annotated[Text, Tag("teks")] | Annotated[Comparison, Tag("pembanding")],
    Discriminator(lambda value: "teks" if isinstance(value, str) else "pembanding"),
]
"""A constant that a field equals, or a comparison."""


class PatternEntry(FileModel):
    """One fact that must be there, or (`tidak_ada: ya`) must not."""

    sebut: Alias
    fakta: Text
    syarat: dict[Text, Wanted] = {}
    tidak_ada: YesNo = False


class UsulanEntry(FileModel):
    """Propose `status` for the criterion that the fact `untuk` speaks of."""

    untuk: Alias
    status: Literal["terpenuhi", "sebagian", "tidak"]
    alasan: Text


class TemuanEntry(FileModel):
    """Report a finding; where `pesan_gabung` is given, all firings of the rule are joined into one finding.

    `pesan_gabung` may hold {banyak}, {daftar} (the subjects) and {rincian} (each firing's `rincian`).
    """

    kode: KodeTemuan
    tingkat: Tingkat
    subjek: Text
    kriteria: Text | None = None
    pesan: Text
    pesan_gabung: Text | None = None
    rincian: Text | None = None
    cara: Text


class RekomendasiEntry(FileModel):
    """Recommend what the rubric says for criterion `dari`, or the own sentence `teks` under `komponen`."""

    dari: Alias | None = None
    komponen: Text | None = None
    teks: Text | None = None
    kriteria: Text | None = None
    bukti: tuple[Text, ...] = ()


class RuleEntry(FileModel):
    """One rule; exactly the part of `maka` that belongs to its `jenis` is given."""

    id: RuleId
    jenis: Literal["usulan", "temuan", "rekomendasi"]
    bila: Annotated[tuple[PatternEntry, ...], ModelField(min_length=1)]
    usulan: UsulanEntry | None = None
    temuan: TemuanEntry | None = None
    rekomendasi: RekomendasiEntry | None = None
    dasar: Text
    contoh: Text | None = None


class RuleFile(FileModel):
    """A rule file."""

    aturan: Annotated[tuple[RuleEntry, ...], ModelField(min_length=1)]
