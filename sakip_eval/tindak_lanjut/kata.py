"""Words of Indonesian sentences about performance: split, without the small ones, each as its stem.

The stemmer is snowball's for Indonesian (an implementation of Tala 2003), which cuts some words of this field apart:
`perencanaan` becomes encana, `rencana` stays; `berikan` (give) becomes ikan (fish). Those are mended here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

_WORD = re.compile(r"[a-z]+|[0-9]+")

SMALL = frozenset(
    _WORD.findall("""
    ada adalah adanya agar akan antara apabila apakah atas atau bagi bahwa baik banyak belum beserta bila bisa cara dalam
    dan dapat dari demi dengan di dilakukan guna hal hanya harus hendaknya hingga ialah ini itu jadi jika juga karena ke
    kepada lagi lain lalu lebih maka masih maupun melakukan melalui memang mengenai menjadi merupakan namun oleh pada para
    per perlu pun saat sampai sangat saja sebagai sebagaimana sebelum sebuah secara sedang segera sehingga sejak selain
    selalu seluruh semua sepenuhnya seperti serta sesuai setiap suatu sudah supaya tanpa telah tentang terhadap terkait
    tersebut tetapi tidak tiap untuk upaya yaitu yakni yang dilaksanakan melaksanakan terlaksana pelaksanaan dibuat
    membuat dibuatkan kami nya tindak ditindak lanjut lanjuti ditindaklanjuti menindaklanjuti tindaklanjut
    """)
)
"""Words that say nothing of what is recommended: particles, and the phrases of every recommendation."""

EXCEPTIONS = {
    "analisa": "analisis",
    "analisi": "analisis",
    "berikan": "beri",
    "berkala": "berkala",
    "bulanan": "bulan",
    "capaian": "capai",
    "diawasi": "awas",
    "diketahui": "tahu",
    "ditunjuk": "tunjuk",
    "indikator": "indikator",
    "kepegawaian": "pegawai",
    "kendala": "kendala",
    "kendali": "kendali",
    "kinerja": "kinerja",
    "monitoring": "pantau",
    "monev": "pantau",
    "nilai": "nilai",
    "pegawai": "pegawai",
    "pelaporan": "lapor",
    "penilaian": "nilai",
    "menilai": "nilai",
    "dinilai": "nilai",
    "petugas": "petugas",
    "review": "reviu",
    "sasaran": "sasaran",
    "selesai": "selesai",
    "triwulan": "triwulan",
    "triwulanan": "triwulan",
}
"""Word -> stem where the stemmer is wrong or two words of this field mean one thing (`review`, `reviu`)."""

MENDED = {
    "anggung": "tanggung",
    "capa": "capai",
    "egur": "tegur",
    "encana": "rencana",
    "endali": "kendali",
    "etahu": "tahu",
    "etap": "tetap",
    "gawai": "pegawai",
    "indaklanjut": "tindaklanjut",
    "ingkat": "tingkat",
    "ingkatk": "tingkat",
    "panfaat": "manfaat",
    "selesa": "selesai",
    "umpul": "kumpul",
    "unjuk": "tunjuk",
    "urun": "turun",
    "usun": "susun",
}
"""Stem that lost its first letter to a prefix (meN-, peN- swallow k, p, s, t) -> the stem it has elsewhere."""


def words(text: str) -> list[str]:
    """Return the words of a text in order: small letters and digits, marks left out."""
    return _WORD.findall(text.lower())


def stems(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order, repeats included.

    Raises ImportError where snowballstemmer is not installed (extra `db`).
    """
    return [stem(word) for word in words(text) if word not in SMALL and len(word) > 1]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of one word in small letters."""
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    found = str(_stemmer().stemWord(word))
    return MENDED.get(found, found)


@cache
def _stemmer() -> Any:
    # It has no types; and without the extra `db` nothing else here needs it.
    return import_module("snowballstemmer").stemmer("indonesian")
