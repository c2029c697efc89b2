"""The test file of a rubric, as an evaluator writes it: pydantic models. Format: docs/uji.md.

A short case is typed here only as far as its short form goes; what it holds is checked like a case file, so that a
test can also expect that it is refused (`buruk`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from sakip_eval.boundary import Exact, FileModel, Text, shaped
from sakip_eval.numbers import parse_exact
from sakip_eval.rubric.rubric import BELUM

Dasar = Literal["kosong", "semua_terpenuhi", "semua_tidak", "lengkap"]


def _figure(value: Any) -> Fraction | Literal["belum"]:
    if isinstance(value, Fraction):
        return value
    if value == BELUM:
        return "belum"
    try:
        return parse_exact(value)
    except (TypeError, ValueError):
        raise PydanticCustomError("angka", "angka") from None


Figure = Annotated[
    Fraction | Literal["belum"],
    PlainValidator(_figure),
    WithJsonSchema({"type": ["number", "string"], "pattern": r"^(belum|-?[0-9]+(\.[0-9]+|/[0-9]+)?)$"}),
]
"""A printed figure, or `belum` where nothing is judged yet."""
Kode = Annotated[str, shaped(r"^[A-Z][0-9]{3}$", "satu huruf besar dan tiga angka, misalnya K505")]
Kelompok = tuple[Text, ...]


class MandiriEntry(FileModel):
    """What the agency says of itself, beside the judgement of the evaluator."""

    tanggal: Any = None
    jawaban: dict[str, Any] = {}
    status: dict[str, Any] = {}


class KasusEntry(FileModel):
    """A short case; the keys of `jawaban`, `status` and the like are `semua` or ids, the more specific one wins."""

    penilai: Literal["evaluator", "mandiri"] = "evaluator"
    dasar: Dasar = "kosong"
    tahun_kinerja: Any = None
    tahun_evaluasi: Any = None
    tanggal: Any = None
    jawaban: dict[str, Any] = {}
    status: dict[str, Any] = {}
    nilai: dict[str, Any] = {}
    alasan: dict[str, Any] = {}
    catatan: dict[str, Any] = {}
    bukti_jawaban: dict[str, Any] = {}
    bukti: Any = ()
    tindak_lanjut: dict[str, Any] | None = None
    rekomendasi: tuple[Any, ...] = ()
    tercetak: dict[str, Any] | None = None
    paket: tuple[Any, ...] = ()
    mandiri: MandiriEntry | None = None


class RentangEntry(FileModel):
    """Between which totals an incomplete case can still end."""

    min: Exact | None = None
    maks: Exact | None = None


class HarapEntry(FileModel):
    """What must come out; only what is named is compared."""

    nilai: Figure | None = None
    predikat: Text | None = None
    rentang: RentangEntry | None = None
    komponen: dict[str, Figure] = {}
    usulan: dict[str, Text] = {}
    temuan: tuple[Text, ...] | None = None
    temuan_memuat: tuple[Text, ...] = ()
    temuan_tanpa: tuple[Text, ...] = ()
    rekomendasi: tuple[Kelompok, ...] | None = None
    rekomendasi_memuat: tuple[Kelompok, ...] = ()


class UjiEntry(FileModel):
    """One test: a case, and what must come out (`harap`) or with which codes it must be refused (`buruk`)."""

    nama: Text
    kasus: KasusEntry = KasusEntry()
    harap: HarapEntry | None = None
    buruk: tuple[Kode, ...] | None = None


class UjiFile(FileModel):
    """A test file."""

    uji: Annotated[tuple[UjiEntry, ...], Field(min_length=1)]
