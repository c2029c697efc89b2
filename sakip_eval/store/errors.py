"""What a database refuses, said in words: one place where errors of the drivers become coded problems."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sakip_eval.problems import SakipError
from sakip_eval.store.address import Address

_NOTHING_HALF = "Tidak ada yang tersimpan setengah: seluruh perubahan ini dibatalkan"

_SAID = {
    "P902": (
        "Basis data tidak ada atau tidak dapat dibuka",
        "Tidak ada buku yang dapat dibaca di sana",
        "Periksa --db atau variabel SAKIP_DB, dan izin foldernya",
    ),
    "P903": (
        "Ini bukan basis data sakip",
        "Menulis di dalamnya dapat merusak data milik program lain",
        "Periksa --db atau variabel SAKIP_DB, atau pilih nama berkas yang baru",
    ),
    "P906": (
        "Basis data hanya dapat dibaca",
        _NOTHING_HALF,
        "Periksa izin tulis pada basis data dan foldernya",
    ),
    "P907": (
        "Disk penuh, atau berkas tidak boleh bertambah besar",
        _NOTHING_HALF,
        "Kosongkan ruang atau longgarkan kuota, lalu ulangi perintahnya",
    ),
    "P908": (
        "Basis data sedang dipakai proses lain dan tidak kunjung bebas",
        _NOTHING_HALF,
        "Tunggu sampai proses itu selesai, lalu ulangi perintahnya",
    ),
    "P909": (
        "Server basis data tidak terjangkau, atau koneksinya terputus",
        "Bila terputus tepat saat menyimpan, perubahan tersimpan seluruhnya atau tidak sama sekali",
        "Periksa server dan jaringannya, lihat `sakip tl riwayat`, lalu ulangi bila belum tersimpan",
    ),
    "P911": (
        "Berkas basis data rusak atau gagal dibaca",
        "Isi yang terbaca darinya tidak dapat dipercaya",
        "Simpan salinannya, periksa disknya, lalu pulihkan cadangan dengan `sakip db pulih`",
    ),
    "P912": (
        "Server menolak: masuk atau izin tidak diberikan",
        "Tidak ada yang dibaca atau diubah",
        "Periksa nama pengguna, kata sandi, dan izinnya pada basis data itu",
    ),
}

_SQLITE = {
    sqlite3.SQLITE_BUSY: "P908",
    sqlite3.SQLITE_LOCKED: "P908",
    sqlite3.SQLITE_READONLY: "P906",
    sqlite3.SQLITE_PERM: "P906",
    sqlite3.SQLITE_FULL: "P907",
    sqlite3.SQLITE_CANTOPEN: "P902",
    sqlite3.SQLITE_NOTADB: "P903",
    sqlite3.SQLITE_CORRUPT: "P911",
    sqlite3.SQLITE_IOERR: "P911",
}
"""By primary code, the last eight bits."""

_SQLSTATE = {
    "3D000": "P902",
    "25006": "P906",
    "53100": "P907",
    "55P03": "P908",
    "40P01": "P908",
    "40001": "P908",
    "57P01": "P909",
    "57P02": "P909",
    "57P03": "P909",
    "53300": "P909",
    "42501": "P912",
    "XX001": "P911",
    "XX002": "P911",
}
_CLASSES = {"08": "P909", "28": "P912"}


@contextmanager
def translated(address: Address) -> Iterator[None]:
    """Turn what the database refuses within the block into a `SakipError`; a fault of ours stays what it is."""
    try:
        yield
    except PoolTimeout as error:
        raise said(address, "P908", str(error)) from error
    except SQLAlchemyError as error:
        kode = _code(error)
        if kode is None:
            raise
        raise said(address, kode, _first_line(error)) from error
    except sqlite3.Error as error:
        kode = _sqlite_code(error)
        if kode is None:
            raise
        raise said(address, kode, str(error)) from error


def said(address: Address, kode: str, detail: str = "") -> SakipError:
    """Return the error of that code about this database; `detail` is what the database said itself."""
    apa, mengapa, perbaikan = _SAID[kode]
    return address.error(kode, f"{apa} ({detail})" if detail else apa, mengapa, perbaikan)


def _code(error: SQLAlchemyError) -> str | None:
    if not isinstance(error, DBAPIError):
        return None
    original = error.orig
    if isinstance(original, sqlite3.Error):
        return _sqlite_code(original)
    state = getattr(original, "sqlstate", None)
    if state:
        return _SQLSTATE.get(state) or _CLASSES.get(state[:2]) or ("P909" if error.connection_invalidated else None)
    # Without a state the server has not answered: no connection, or none any more. It says only in words why.
    text = str(original)
    if any(words in text for words in ("password authentication", "no password supplied", "pg_hba.conf", 'role "')):
        return "P912"
    if "does not exist" in text:
        return "P902"
    lost = type(original).__name__ in ("OperationalError", "ConnectionTimeout", "InterfaceError", "AdminShutdown")
    return "P909" if lost or error.connection_invalidated else None


def _sqlite_code(error: sqlite3.Error) -> str | None:
    full = getattr(error, "sqlite_errorcode", None)
    if full is None:
        return None
    # A write that a quota or a limit on the size of files refuses is no fault of the disk.
    if full == sqlite3.SQLITE_IOERR_WRITE:
        return "P907"
    return _SQLITE.get(full & 0xFF)


def _first_line(error: SQLAlchemyError) -> str:
    original = getattr(error, "orig", None)
    return (str(original).strip().splitlines() or [""])[0]
