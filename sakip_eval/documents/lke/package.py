"""The zip archive behind an .xlsx: is it what it says, small enough, and free of what could harm? (X801 to X807)"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax import SAXException, handler

from sakip_eval.problems import Location, Problem, SakipError

MAX_BYTES = 20 * 1024 * 1024
"""Largest file, in bytes. A filled LKE is about 100 KB; pictures in one of an office may add megabytes."""
MAX_UNZIPPED = 100 * 1024 * 1024
"""Largest sum of all parts, unzipped, in bytes."""
MAX_XML = 24 * 1024 * 1024
"""Largest sum of all XML parts, in bytes."""
MAX_PARTS = 2000
"""Most parts in the archive."""
MAX_RATIO = 200
"""Most times that a part of more than a megabyte may grow when it is unzipped."""
MAX_CELLS = 200_000
"""Most cells, stored or covered by merged ranges, in the whole workbook."""
MAX_ROWS = 50_000
"""Most stored rows in the whole workbook."""
MAX_DEPTH = 64
"""Deepest nesting of XML elements."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_LINKS = ("/externalLink", "/externalLinkPath", "/connections", "/queryTable")
_ODF = b"application/vnd.oasis.opendocument"


def read_bytes(path: Path) -> bytes:
    """Read a file of at most `MAX_BYTES`. Raises `SakipError`: B101, B102, B107, X802."""
    name = str(path)
    try:
        if path.is_dir():
            raise _refused(
                "B102",
                name,
                "Yang ditunjuk adalah folder, bukan berkas",
                "Perintah ini membaca satu berkas .xlsx",
                "Sebutkan berkas di dalamnya",
            )
        if path.exists() and not path.is_file():
            raise _refused(
                "B107",
                name,
                "Bukan berkas biasa (perangkat, pipa, atau soket)",
                "Isinya tidak dapat dibaca dengan aman",
                "Simpan isinya ke berkas biasa lebih dahulu",
            )
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refused(
            "B101",
            name,
            "Berkas tidak ditemukan",
            "Tidak ada berkas pada jalur itu",
            "Periksa ejaan nama dan folder kerja Anda",
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "nama tidak sah"
        raise _refused(
            "B107",
            name,
            f"Berkas tidak dapat dibaca ({reason})",
            "Sistem menolak membuka berkas itu",
            "Periksa izin baca dan nama berkas",
        ) from None
    if len(content) > MAX_BYTES:
        raise _too_large(name, f"Berkas lebih besar dari {_mb(MAX_BYTES)}")
    return content


def check_package(content: bytes, name: str) -> None:
    """Refuse what is no plain .xlsx. Raises `SakipError` with one problem, X801 to X807."""
    if len(content) > MAX_BYTES:
        raise _too_large(name, f"Berkas lebih besar dari {_mb(MAX_BYTES)}")
    if content.startswith(_OLE):
        raise _ole(content, name)
    if not content.startswith(b"PK"):
        raise _not_xlsx(name, "berkas kosong" if not content else "isinya bukan arsip zip seperti berkas .xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _Package(archive, name).check()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
        raise _broken(name, "arsip zip di dalamnya rusak atau terpotong") from None


class _Package:
    """One archive under inspection."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name = archive, name
        self.parts = archive.infolist()
        self.seen = _Seen(name)

    def check(self) -> None:
        names = [part.filename for part in self.parts]
        self.sizes(names)
        if any(part.flag_bits & 1 for part in self.parts):
            raise _encrypted(self.name)
        lower = [name.lower() for name in names]
        if any(name.rpartition("/")[2].startswith("vbaproject") or "/macrosheets/" in name for name in lower):
            raise _macros(self.name)
        if any(name.startswith("xl/externallinks/") or name == "xl/connections.xml" for name in lower):
            raise _links(self.name)
        if "xl/workbook.bin" in lower:
            raise _not_xlsx(self.name, "ini buku kerja biner (.xlsb)")
        if "[content_types].xml" not in lower:
            if "mimetype" in lower and self.archive.read(names[lower.index("mimetype")]).startswith(_ODF):
                raise _not_xlsx(self.name, "ini dokumen OpenDocument (.ods)")
            raise _not_xlsx(self.name, "arsip zip ini bukan dokumen Excel")
        read = 0
        for part in self.parts:
            raw = self.archive.read(part)
            if not _looks_like_xml(raw):
                continue
            read += len(raw)
            if read > MAX_XML:
                raise _too_large(self.name, f"Isi teks lembar kerja lebih besar dari {_mb(MAX_XML)}")
            self.xml(part.filename, raw)
        if not self.seen.workbook:
            raise _not_xlsx(self.name, "dokumen Office ini bukan buku kerja Excel")

    def sizes(self, names: list[str]) -> None:
        if len(names) > MAX_PARTS:
            raise _too_large(self.name, f"Arsip memuat {len(names)} bagian, lebih dari {MAX_PARTS}")
        if len(set(names)) < len(names):
            raise _broken(self.name, "dua bagian arsip bernama sama")
        if sum(part.file_size for part in self.parts) > MAX_UNZIPPED:
            raise _too_large(self.name, f"Isi berkas sesudah dibuka lebih besar dari {_mb(MAX_UNZIPPED)}")
        for part in self.parts:
            if part.file_size > 1024 * 1024 and part.file_size > MAX_RATIO * max(part.compress_size, 1):
                raise _too_large(self.name, f"Bagian `{part.filename}` mengembang lebih dari {MAX_RATIO} kali")

    def xml(self, part: str, raw: bytes) -> None:
        from defusedxml.common import DefusedXmlException
        from defusedxml.sax import parseString

        self.seen.depth = 0
        try:
            parseString(raw, self.seen, forbid_dtd=True)
        except DefusedXmlException:
            raise _refused(
                "X807",
                self.name,
                f"Bagian `{part}` memuat DTD atau entitas XML",
                "Dengan itu sebuah berkas dapat membaca berkas lain atau menghabiskan memori; Excel tidak menulisnya",
                "Minta berkas asli, atau buka dan simpan ulang dengan Excel atau LibreOffice",
            ) from None
        except (SAXException, UnicodeError, LookupError, ValueError):
            if not part.lower().endswith(".vml"):  # Excel itself writes drawings that are no XML; they are not read.
                raise _broken(self.name, f"bagian `{part}` bukan XML yang utuh") from None


@dataclass
class _Seen(handler.ContentHandler):
    """What the XML parts say of the workbook; refuses while it reads, so that nothing large is ever built."""

    name: str
    cells: int = 0
    rows: int = 0
    depth: int = 0
    workbook: bool = False

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802  the name that xml.sax calls
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _too_large(self.name, f"Susunan XML lebih dalam dari {MAX_DEPTH} tingkat")
        tag = name.rpartition(":")[2]
        if tag == "c":
            self.count(cells=1)
        elif tag == "row":
            self.count(rows=1)
        elif tag == "mergeCell":
            self.count(cells=_area(attrs.get("ref", "")))
        elif tag in ("Override", "Default"):
            self.content_type(attrs.get("ContentType", ""))
        elif tag == "Relationship":
            self.relationship(attrs)
        elif tag == "workbook" and "purl.oclc.org" in " ".join(attrs.values()):
            raise _not_xlsx(self.name, "ini bentuk Strict Open XML yang jarang dipakai")

    def endElement(self, name: str) -> None:  # noqa: N802
        self.depth -= 1

    def count(self, cells: int = 0, rows: int = 0) -> None:
        self.cells += cells
        self.rows += rows
        if self.cells > MAX_CELLS:
            raise _too_large(self.name, f"Buku kerja memuat lebih dari {MAX_CELLS} sel")
        if self.rows > MAX_ROWS:
            raise _too_large(self.name, f"Buku kerja memuat lebih dari {MAX_ROWS} baris")

    def content_type(self, kind: str) -> None:
        kind = kind.lower()
        if "macroenabled" in kind or "vbaproject" in kind or "macrosheet" in kind:
            raise _macros(self.name)
        if "externallink" in kind or kind.endswith("connections+xml"):
            raise _links(self.name)
        self.workbook = self.workbook or kind.endswith(("spreadsheetml.sheet.main+xml", "template.main+xml"))

    def relationship(self, attrs: Any) -> None:
        kind = attrs.get("Type", "")
        if kind.endswith("/vbaProject"):
            raise _macros(self.name)
        if kind.endswith(_LINKS):
            raise _links(self.name)


def _looks_like_xml(raw: bytes) -> bool:
    """Judge by the content: a part may have any name."""
    return raw[:512].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<")


def _area(reference: str) -> int:
    match = _RANGE.fullmatch(reference)
    if match is None:
        return 0  # openpyxl refuses it.
    left, top, right, bottom = match.groups()
    if right is None:
        return 1
    return (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _mb(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"


def _refused(kode: str, name: str, apa: str, mengapa: str, perbaikan: str) -> SakipError:
    return SakipError([Problem(kode, Location(name), apa, mengapa, perbaikan)])


def _not_xlsx(name: str, what: str) -> SakipError:
    return _refused(
        "X801",
        name,
        f"Bukan buku kerja Excel (.xlsx): {what}",
        "Hanya .xlsx yang dibaca; nama berkas saja tidak mengubah isinya",
        "Buka dengan Excel atau LibreOffice, lalu simpan sebagai .xlsx",
    )


def _too_large(name: str, what: str) -> SakipError:
    return _refused(
        "X802",
        name,
        what,
        "LKE yang terisi berukuran sekitar 100 KB; yang sebesar ini keliru, atau dibuat untuk menghabiskan memori",
        "Hapus gambar, lembar, dan baris yang tidak terpakai, lalu simpan ulang",
    )


def _macros(name: str) -> SakipError:
    return _refused(
        "X803",
        name,
        "Buku kerja memuat makro",
        "Makro adalah program; lembar kerja evaluasi tidak membutuhkannya",
        "Simpan ulang sebagai .xlsx tanpa makro",
    )


def _links(name: str) -> SakipError:
    return _refused(
        "X804",
        name,
        "Buku kerja memuat tautan ke buku kerja atau sumber data lain",
        "Angka yang diambil dari berkas lain tidak dapat diperiksa di sini",
        "Putuskan tautannya (Data, Edit Links, Break Link), lalu simpan ulang",
    )


def _encrypted(name: str) -> SakipError:
    return _refused(
        "X805",
        name,
        "Buku kerja terkunci dengan kata sandi",
        "Isinya tidak dapat dibaca tanpa membuka kuncinya",
        "Buka dengan kata sandinya, hapus kata sandi itu, lalu simpan ulang",
    )


def _broken(name: str, what: str) -> SakipError:
    return _refused(
        "X806",
        name,
        f"Berkas .xlsx rusak: {what}",
        "Isi yang tidak utuh tidak boleh menjadi dasar sebuah nilai",
        "Salin atau unduh sekali lagi; atau buka dengan Excel atau LibreOffice dan simpan ulang",
    )


def _ole(content: bytes, name: str) -> SakipError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _encrypted(name)
    return _not_xlsx(name, "ini bentuk lama Excel (.xls) atau dokumen Office lama lainnya")
