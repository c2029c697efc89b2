"""Is this a case at all? Someone who names another kind of our files is told so once, not key by key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sakip_eval.problems import Location, Problem
from sakip_eval.yamlfile import YamlDocument

_OF_A_CASE = frozenset({"penilaian", "tahun_kinerja", "tahun_evaluasi", "bukti"})


class Kind(NamedTuple):
    """A kind of file that is no case: keys that every such file has, or only such files have, and what it is for."""

    nama: str
    keys: frozenset[str]
    guna: str


_OTHERS = (
    Kind("tabel tindak lanjut", frozenset({"instansi", "tahun"}), "Masukkan ke buku tindak lanjut: sakip tl impor"),
    Kind("data surat", frozenset({"kop"}), "Sebutkan bersama kasusnya: sakip lhe KASUS --surat BERKAS"),
    Kind("data surat", frozenset({"penanda_tangan"}), "Sebutkan bersama kasusnya: sakip lhe KASUS --surat BERKAS"),
    Kind("rubrik", frozenset({"rubrik", "penilaian", "komponen", "predikat"}), "Periksa dengan: sakip rubrik lint"),
    Kind("rubrik turunan", frozenset({"rubrik", "perubahan"}), "Periksa dengan: sakip rubrik lint"),
    Kind("berkas aturan", frozenset({"aturan"}), "Periksa dengan: sakip rubrik lint"),
    Kind("berkas uji rubrik", frozenset({"uji"}), "Jalankan dengan: sakip rubrik uji"),
)


def other_kind(keys: Iterable[str]) -> Kind | None:
    """Return what a file with these keys at its top plainly is, other than a case; None for all that may be one."""
    keys = frozenset(keys)
    return next((kind for kind in _OTHERS if kind.keys <= keys and not (keys - kind.keys) & _OF_A_CASE), None)


def not_a_case(document: YamlDocument) -> Problem | None:
    """Return the problem (M307) of a file that is plainly of another kind than a case; None for all others."""
    root = document.root
    kind = other_kind(root.value) if isinstance(root.value, dict) else None
    if kind is None:
        return None
    place = Location(document.path, root.line, root.col)
    return Problem("M307", place, f"Berkas ini {kind.nama}, bukan kasus", "Hanya kasus yang dapat dinilai", kind.guna)
