"""Is a sealed LHE still what was issued, and does its case still give the same result?"""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Literal
from xml.sax.saxutils import unescape

from sakip_eval import __version__
from sakip_eval.documents.lhe.segel import Segel, result_of
from sakip_eval.engine.result import Evaluation

State = Literal["sama", "berbeda", "catatan"]
_MAX_PROPERTIES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """One thing that was compared; `catatan` says something that by itself is no difference."""

    hal: str
    keadaan: State
    uraian: str


def check_document(document: bytes, sealed: Segel) -> list[Pemeriksaan]:
    """Compare the bytes of the document with its seal, and the seal with what the document says of itself."""
    actual = hashlib.sha256(document).hexdigest()
    if actual != sealed.dokumen.sha256:
        return [
            Pemeriksaan(
                "dokumen", "berbeda",
                f"berkas berubah sesudah disegel: sha256 {actual}, pada segel {sealed.dokumen.sha256}",
            )
        ]  # fmt: skip
    checks = [Pemeriksaan("dokumen", "sama", f"tidak berubah sejak disegel (sha256 {actual})")]
    inside = read_properties(document)
    for name, expected in (
        ("SAKIP Kasus SHA-256", sealed.kasus.sha256),
        ("SAKIP Rubrik SHA-256", sealed.rubrik.sha256),
        ("SAKIP Mesin", f"{sealed.mesin.nama} {sealed.mesin.versi}"),
        ("SAKIP Alasan", sealed.alasan),
        ("SAKIP Buku SHA-256", sealed.buku_sha256),
    ):
        found = inside.get(name)
        if found != expected:
            checks.append(
                Pemeriksaan(
                    "segel", "berbeda",
                    f"segel diubah: {name} dalam dokumen {found or 'tidak ada'}, pada segel {expected or 'tidak ada'}",
                )
            )  # fmt: skip
    return checks


def read_properties(document: bytes) -> dict[str, str]:
    """Return the custom properties that a sealed document carries; empty where it cannot be read."""
    try:
        with zipfile.ZipFile(BytesIO(document)) as package:
            info = package.getinfo("docProps/custom.xml")
            if info.file_size > _MAX_PROPERTIES:
                return {}
            xml = package.read(info).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return {}
    found = re.findall(r'<property\b[^>]*\bname="([^"]*)"[^>]*>\s*<vt:lpwstr[^>]*>([^<]*)</vt:lpwstr>', xml)
    return {_text(name): _text(value) for name, value in found}


def _text(xml: str) -> str:
    return unescape(xml, {"&quot;": '"'})


def check_case(evaluation: Evaluation, sealed: Segel) -> list[Pemeriksaan]:
    """Compare a fresh evaluation of the case with the seal: inputs first, then the result."""
    checks: list[Pemeriksaan] = []

    def compare(what: str, ours: object, theirs: object, words: str) -> None:
        if ours == theirs:
            checks.append(Pemeriksaan(what, "sama", f"{words} {ours if ours is not None else 'belum ada'}"))
        else:
            checks.append(Pemeriksaan(what, "berbeda", f"{words} sekarang {ours}, pada segel {theirs}"))

    compare("kasus", evaluation.case.sha256, sealed.kasus.sha256, "sha256")
    compare("rubrik", evaluation.rubric.id, sealed.rubrik.id, "id")
    compare("rubrik", evaluation.rubric.sha256, sealed.rubrik.sha256, "sha256")
    now = result_of(evaluation)
    compare("nilai", now.nilai, sealed.hasil.nilai, "nilai tepat")
    compare("predikat", now.predikat, sealed.hasil.predikat, "predikat")
    if now.komponen != sealed.hasil.komponen:
        changed = [name for name, value in now.komponen.items() if sealed.hasil.komponen.get(name) != value]
        checks.append(
            Pemeriksaan("komponen", "berbeda", f"nilai komponen berbeda: {', '.join(changed) or 'susunan'}")
        )
    if sealed.mesin.versi != __version__:
        checks.append(
            Pemeriksaan(
                "mesin", "catatan", f"disegel dengan versi {sealed.mesin.versi}, diperiksa dengan {__version__}"
            )
        )
    return checks
