"""The YAML form of a follow-up table: pydantic models and their reading. Form: docs/impor-tindak-lanjut.md."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sakip_eval.boundary import Date, FileModel, Integer, Text, Year, shaped, validate
from sakip_eval.case.model import Sha256, Tautan
from sakip_eval.problems import SakipError
from sakip_eval.tindak_lanjut.impor_baris import Bacaan, Baris, Bukti
from sakip_eval.tindak_lanjut.impor_pasangan import Butir, pair_lists
from sakip_eval.yamlfile import YamlDocument

Slug = Annotated[
    str,
    shaped(r"^[a-z0-9]+(-[a-z0-9]+)*$", "huruf kecil, angka, dan tanda hubung, misalnya kecamatan-pelaihari", 60),
]
Nomor = Annotated[Integer, Field(ge=1, le=9999)]


class BuktiDukungEntry(FileModel):
    """One piece of evidence of a claim: a link, or a file with its sha256; only words where there is neither."""

    judul: Text
    tautan: Tautan | None = None
    berkas: Text | None = None
    sha256: Sha256 | None = None


class JawabanEntry(FileModel):
    """One answer of a list of answers that stands apart from the recommendations."""

    nomor: Nomor | None = None
    teks: Text
    asal: Text | None = None


class BarisEntry(FileModel):
    """One recommendation with the agency's plan and claim, as printed."""

    nomor: Nomor | None = None
    teks: Text
    komponen: Text | None = None
    kriteria: tuple[Text, ...] = ()
    rencana_aksi: Text | None = None
    target: Text | None = None
    waktu: Text | None = None
    mulai: Date | None = None
    selesai: Date | None = None
    penanggung_jawab: Text | None = None
    tindak_lanjut: Text | None = None
    status: Text | None = None
    progres: Text | None = None
    data_dukung: tuple[BuktiDukungEntry, ...] = ()
    asal: Text | None = None
    asal_jawaban: Text | None = None
    catatan: Text | None = None


class TindakLanjutFile(FileModel):
    """The recommendations of one evaluation and what the agency answered, from one source."""

    instansi: Slug
    nama: Text | None = None
    tahun: Year
    penerbit: Text | None = None
    tanggal_terbit: Date | None = None
    pelapor: Text | None = None
    tanggal_lapor: Date | None = None
    sumber: Text | None = None
    catatan: Text | None = None
    rekomendasi: tuple[BarisEntry, ...]
    tindak_lanjut: tuple[JawabanEntry, ...] = ()


def read_document(document: YamlDocument) -> tuple[TindakLanjutFile, Bacaan]:
    """Read the YAML form. Raises `SakipError` with all problems of its shape (M3xx)."""
    model, document, problems = validate(TindakLanjutFile, document)
    if model is None or problems:
        raise SakipError(problems)
    lines = [_line(document, index, entry) for index, entry in enumerate(model.rekomendasi)]
    if not model.tindak_lanjut:
        return model, Bacaan(tuple(lines))
    paired = pair_lists(
        [Butir(line.nomor, line.teks, line.tempat) for line in lines],
        [
            Butir(entry.nomor, entry.teks, document.locate(("tindak_lanjut", index)))
            for index, entry in enumerate(model.tindak_lanjut)
        ],
        document.locate(("tindak_lanjut",), key=True),
        (),
    )
    asal = {str(document.locate(("tindak_lanjut", i))): entry.asal for i, entry in enumerate(model.tindak_lanjut)}
    return model, Bacaan(
        tuple(
            _with_answer(line, pair.tindak_lanjut, asal.get(pair.asal_jawaban or ""))
            for line, pair in zip(lines, paired.baris, strict=True)
        ),
        paired.masalah,
        paired.lepas,
    )


def _with_answer(line: Baris, answer: str | None, asal: str | None) -> Baris:
    from dataclasses import replace

    return line if answer is None else replace(line, tindak_lanjut=answer, asal_jawaban=asal)


def _line(document: YamlDocument, index: int, entry: BarisEntry) -> Baris:
    return Baris(
        tempat=document.locate(("rekomendasi", index)),
        teks=entry.teks,
        nomor=entry.nomor,
        komponen=entry.komponen,
        kriteria=entry.kriteria,
        rencana_aksi=entry.rencana_aksi,
        tindak_lanjut=entry.tindak_lanjut,
        target=entry.target,
        waktu=entry.waktu,
        mulai=entry.mulai,
        selesai=entry.selesai,
        penanggung_jawab=entry.penanggung_jawab,
        status=entry.status,
        progres=entry.progres,
        data_dukung=tuple(Bukti(b.judul, b.tautan, b.berkas, b.sha256) for b in entry.data_dukung),
        asal=entry.asal,
        asal_jawaban=entry.asal_jawaban,
    )
