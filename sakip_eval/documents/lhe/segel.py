"""The seal of an issued LHE: what must hold before one is issued, the sidecar beside it, and checking both later.

The seal finds changes; it is no signature. Whoever can write both files can also write a new seal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from sakip_eval.documents.lhe.elements import Content
from sakip_eval.documents.lhe.identity import Identity, open_contradictions
from sakip_eval.documents.lhe.isi import Bentuk
from sakip_eval.documents.lhe.surat import Surat
from sakip_eval.engine.result import Evaluation
from sakip_eval.problems import Location, Problem, SakipError

SUFFIX = ".segel.json"
MAX_BYTES = 1024 * 1024


def sidecar_path(document: Path) -> Path:
    """Return where the seal of a document lies: `LHE.docx.segel.json`."""
    return document.with_name(document.name + SUFFIX)


def refusals(
    evaluation: Evaluation, surat: Surat, content: Content, path: Path, alasan: str | None
) -> Iterator[Problem]:
    """Yield why this LHE cannot be issued (S801 incomplete, S802 contradictions, S803 blanks, S808 own judgement).

    Blanks are never excused; an incomplete case and open contradictions are where a reason is given.
    """
    if evaluation.penilai != "evaluator":
        yield Problem(
            "S808",
            Location(str(path)),
            "LHE tidak dapat disegel atas penilaian mandiri",
            "LHE melaporkan hasil evaluasi oleh evaluator, bukan penilaian instansi atas dirinya",
            "Segel penilaian evaluator, atau buat draf tanpa --final",
        )
    if not evaluation.lengkap and alasan is None:
        yield Problem(
            "S801",
            Location(str(path)),
            f"Kasus belum lengkap: {evaluation.dinilai} dari {evaluation.seluruh} bagian dinilai",
            "LHE yang terbit menyebut nilai dan predikat, dan keduanya belum ada",
            "Lengkapi penilaiannya, atau sebutkan alasan menerbitkannya dengan --alasan",
        )
    if alasan is None:
        for kode in open_contradictions(evaluation):
            found = next(t for t in evaluation.temuan if t.kode == kode)
            yield Problem(
                "S802",
                Location(str(path)),
                f"Kontradiksi {kode} masih terbuka: {found.pesan}",
                "Dua pernyataan dalam surat ini tidak mungkin sama-sama benar",
                f"{found.cara}; atau sebutkan alasan menerbitkannya dengan --alasan",
            )
    labels = {run.blank: run.text for run in content.runs() if run.blank is not None}
    for key in content.blanks():
        yield Problem(
            "S803",
            surat.locate(key),
            f"Isian `{key}` belum ada, dalam surat tercetak {labels[key]}",
            "Surat yang terbit tidak boleh memuat isian kosong",
            f"Isi `{key}` pada berkas surat (--surat)",
        )


def exists_problem(path: Path) -> Problem:
    """Return the refusal to touch an issued document (S804)."""
    return Problem(
        "S804",
        Location(str(path)),
        "Berkas sudah ada dan tidak ditimpa",
        "LHE yang terbit tidak pernah diganti diam-diam; yang lama tetap berlaku sampai dicabut",
        "Pilih nama lain dengan -o, misalnya dengan menambahkan -perubahan-1",
    )


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DokumenSegel(_Part):
    """The sealed file."""

    berkas: str
    sha256: str


class KasusSegel(_Part):
    """The case that it was made from."""

    instansi: str
    tahun_kinerja: int
    tahun_evaluasi: int
    sha256: str


class RubrikSegel(_Part):
    """The rubric, its rules included in the hash."""

    id: str
    versi: str
    sha256: str


class MesinSegel(_Part):
    """The engine."""

    nama: str
    versi: str


class HasilSegel(_Part):
    """The result: exact total as a fraction, the printed one, the predikat, and the exact components."""

    nilai: str | None
    tercetak: str | None
    predikat: str | None
    komponen: dict[str, str | None]


class Segel(_Part):
    """The sidecar of a sealed LHE. It is made from the inputs alone, not from clock or machine."""

    format: Literal[1] = 1
    dokumen: DokumenSegel
    bentuk: Literal["surat", "bab"]
    nomor: str | None
    tanggal: str | None
    kasus: KasusSegel
    rubrik: RubrikSegel
    mesin: MesinSegel
    penilai: Literal["evaluator", "mandiri"]
    hasil: HasilSegel
    kontradiksi: list[str]
    alasan: str | None
    buku_sha256: str | None = None


def result_of(evaluation: Evaluation) -> HasilSegel:
    """Return the figures that a seal keeps."""
    return HasilSegel(
        nilai=None if evaluation.nilai is None else str(evaluation.nilai),
        tercetak=None if evaluation.nilai is None else evaluation.rubric.rounding.format(evaluation.nilai),
        predikat=evaluation.predikat.predikat if evaluation.predikat else None,
        komponen={k.id: None if k.nilai is None else str(k.nilai) for k in evaluation.komponen},
    )


def seal(evaluation: Evaluation, surat: Surat, bentuk: Bentuk, made: Identity, name: str, document: bytes) -> Segel:
    """Return the seal of a document of that name."""
    case = evaluation.case
    file = surat.file
    return Segel(
        dokumen=DokumenSegel(berkas=name, sha256=hashlib.sha256(document).hexdigest()),
        bentuk=bentuk,
        nomor=file.nomor,
        tanggal=file.tanggal.isoformat() if file.tanggal else None,
        kasus=KasusSegel(
            instansi=case.instansi.nama,
            tahun_kinerja=case.tahun_kinerja,
            tahun_evaluasi=case.tahun_evaluasi,
            sha256=made.kasus_sha256,
        ),
        rubrik=RubrikSegel(id=made.rubrik, versi=made.rubrik_versi, sha256=made.rubrik_sha256),
        mesin=MesinSegel(nama=made.mesin, versi=made.mesin_versi),
        penilai=evaluation.penilai,
        hasil=result_of(evaluation),
        kontradiksi=list(made.kontradiksi),
        alasan=made.alasan,
        buku_sha256=made.buku,
    )


def seal_text(sealed: Segel) -> str:
    """Return the sidecar as JSON, always the same text for the same seal."""
    return json.dumps(sealed.model_dump(), ensure_ascii=False, indent=2) + "\n"


def read_seal(path: Path) -> Segel:
    """Read a sidecar. Raises `SakipError` (S806) where there is none, or it is no seal."""

    def refuse(what: str) -> SakipError:
        return SakipError(
            [
                Problem(
                    "S806",
                    Location(str(path)),
                    what,
                    "Tanpa segel tidak dapat diketahui apakah LHE itu berubah sesudah diterbitkan",
                    "Sertakan berkas .segel.json yang dibuat bersama LHE itu, di folder yang sama",
                )
            ]
        )

    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise refuse("Berkas segel tidak ada") from None
    except (OSError, ValueError) as error:
        raise refuse(f"Berkas segel tidak dapat dibaca ({getattr(error, 'strerror', None) or error})") from None
    if len(raw) > MAX_BYTES:
        raise refuse("Berkas segel terlalu besar")
    try:
        return Segel.model_validate_json(raw)
    except (ValidationError, UnicodeDecodeError):
        raise refuse("Isi berkas segel bukan segel LHE") from None
