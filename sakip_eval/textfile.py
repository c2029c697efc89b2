"""Reading a text file from disk without trusting it: size cap, encoding, and plain words when it cannot be read."""

from __future__ import annotations

import errno
from pathlib import Path

from sakip_eval.problems import Location, Problem, SakipError

MAX_BYTES = 4 * 1024 * 1024
"""Largest input text file, in bytes. The largest shipped rubric is about 100 KB."""

_REASONS = {
    errno.EACCES: "tidak ada izin baca",
    errno.EPERM: "tidak ada izin baca",
    errno.ELOOP: "tautan yang melingkar",
    errno.ENAMETOOLONG: "nama terlalu panjang",
    errno.ENOTDIR: "jalurnya melewati berkas, bukan folder",
    errno.EIO: "perangkat penyimpanan gagal membacanya",
}


def shown_name(path: Path) -> str:
    """Name a file as a user would: relative to the working folder where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError, RuntimeError):
        return str(path)


def read_text(path: Path, *, shown: str | None = None, max_bytes: int = MAX_BYTES) -> str:
    """Read a UTF-8 text file; `shown` is the name used in messages (default: the path as given).

    Raises `SakipError` with a problem B101..B107 if the file is missing, a folder, not a regular file, too large,
    unreadable, empty, binary, or not UTF-8. At most `max_bytes` + 1 bytes are ever read.
    """
    name = shown or str(path)

    def refuse(kode: str, apa: str, mengapa: str, perbaikan: str, line: int = 0, col: int = 0) -> SakipError:
        return SakipError([Problem(kode, Location(name, line, col), apa, mengapa, perbaikan)])

    try:
        if path.is_dir():
            raise refuse(
                "B102",
                "Yang ditunjuk adalah folder, bukan berkas",
                "Perintah ini membaca satu berkas YAML",
                "Sebutkan berkas di dalamnya, misalnya " + str(path / "2022.yaml"),
            )
        if path.exists() and not path.is_file():
            raise refuse(
                "B107",
                "Bukan berkas biasa (perangkat, pipa, atau soket)",
                "Isinya tidak dapat dibaca dengan aman",
                "Simpan isinya ke berkas biasa lebih dahulu",
            )
        with path.open("rb") as stream:
            raw = stream.read(max_bytes + 1)
    except FileNotFoundError:
        raise refuse(
            "B101",
            "Berkas tidak ditemukan",
            "Tidak ada berkas pada jalur itu",
            "Periksa ejaan nama dan folder kerja Anda",
        ) from None
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) else None
        reason = _REASONS.get(number, f"galat sistem {number}") if number is not None else "nama tidak sah"
        raise refuse(
            "B107",
            f"Berkas tidak dapat dibaca ({reason})",
            "Sistem menolak membuka berkas itu",
            "Periksa izin baca dan nama berkas",
        ) from None
    if len(raw) > max_bytes:
        raise refuse(
            "B103",
            f"Berkas lebih besar dari batas {max_bytes // (1024 * 1024)} MB",
            "Berkas kasus dan rubrik berukuran puluhan kilobita; berkas sebesar ini hampir pasti keliru",
            "Periksa apakah berkas yang benar yang disebutkan; bukti disimpan terpisah dan cukup dirujuk",
        )
    if not raw.strip():
        raise refuse(
            "B105", "Berkas kosong", "Tidak ada isi yang dapat dinilai", "Mulai dari kerangka: sakip kasus baru"
        )
    if b"\0" in raw:
        raise refuse(
            "B106",
            "Berkas biner, bukan teks",
            "Berkas berisi bita NUL; kasus dan rubrik adalah teks YAML",
            "Jika ini berkas Excel, Word atau PDF, salin isinya ke berkas YAML (kerangka: sakip kasus baru)",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `error.object` is what was decoded: without the byte order mark.
        bad, before = error.object[error.start], error.object[: error.start].decode()
        line = before.count("\n") + 1
        col = len(before) - before.rfind("\n")
        raise refuse(
            "B104",
            f"Berkas bukan UTF-8 (bita 0x{bad:02X} tidak sah)",
            "Huruf di luar ASCII akan terbaca keliru",
            "Simpan ulang berkas dengan penyandian UTF-8",
            line,
            col,
        ) from None
