"""A template of the office, opened without trust: sizes capped; macros, encryption and foreign links refused (S805)."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from sakip_eval.problems import Location, Problem, SakipError

MAX_BYTES = 10 * 1024 * 1024
MAX_UNZIPPED = 60 * 1024 * 1024
MAX_PARTS = 2000

_OLE = b"\xd0\xcf\x11\xe0"
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_HARMLESS = (b"/hyperlink", b"/attachedTemplate")


def read_template(path: Path) -> bytes:
    """Return the bytes of a .docx or .dotx that may be used as a template.

    Raises `SakipError` (S805) for what is no such file, is too large, encrypted, has macros or links to other places.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise refusal(path, f"Templat tidak dapat dibaca ({getattr(error, 'strerror', None) or error})") from None
    if len(content) > MAX_BYTES:
        raise refusal(path, f"Templat lebih besar dari {MAX_BYTES // 1024 // 1024} MB")
    if content.startswith(_OLE):
        raise refusal(path, "Templat berkata sandi, atau disimpan dalam bentuk Word lama (.doc)")
    return _checked(path, content)


def _checked(path: Path, content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_UNZIPPED:
                raise refusal(path, f"Isi templat melebihi {MAX_UNZIPPED // 1024 // 1024} MB sesudah dibuka")
            parts = {e.filename: package.read(e) for e in entries if not e.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise refusal(path, "Templat bukan berkas Word (.docx) yang utuh") from None
    types = parts.get("[Content_Types].xml", b"")
    if b"wordprocessingml" not in types and b"ms-word" not in types:
        raise refusal(path, "Templat bukan berkas Word (.docx)")
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise refusal(path, "Templat memuat makro")
    for name, part in parts.items():
        if name.endswith(".rels") and any(_foreign(tag) for tag in _RELATIONSHIP.findall(part)):
            raise refusal(path, "Templat memuat tautan ke berkas di luar dirinya")
        if part.lstrip()[:2000].find(b"<!DOCTYPE") >= 0:
            raise refusal(path, "Templat memuat deklarasi XML yang tidak lazim (DOCTYPE)")
    return content


def _foreign(tag: bytes) -> bool:
    kind = re.search(rb'Type="([^"]*)"', tag)
    return b'TargetMode="External"' in tag and not (kind is not None and kind.group(1).endswith(_HARMLESS))


def refusal(path: Path, what: str) -> SakipError:
    """Return the refusal of a template."""
    return SakipError(
        [
            Problem(
                "S805",
                Location(str(path)),
                what,
                "Surat dinas hanya dibuat dari templat yang dapat dibaca dan diperiksa seluruhnya",
                "Buka templat itu di Word, lalu simpan sebagai .docx tanpa makro, kata sandi, dan gambar tertaut",
            )
        ]
    )
