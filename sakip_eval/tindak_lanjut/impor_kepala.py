"""Headers of follow-up tables, recognised by their words: offices name the same columns differently."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_COLUMNS: tuple[tuple[str, str], ...] = (
    ("nomor", r"no|nomor|no urut|nomor urut"),
    ("rencana_aksi", r".*\b(?:rencana aksi|rencana tindak lanjut|rencana kegiatan|rencana perbaikan|rencana)\b.*"),
    ("waktu", r".*\b(?:waktu|jadwal|tenggat|jangka waktu|batas waktu)\b.*"),
    ("penanggung_jawab", r".*\b(?:penanggung\w*|pj|pic|pelaksana)\b.*"),
    ("data_dukung", r".*\b(?:data dukung|data pendukung|dokumen pendukung|bukti\w*|link|tautan|eviden\w*)\b.*"),
    ("status", r".*\bstatus\b.*"),
    ("progres", r".*\b(?:progres|progress|persentase|capaian penyelesaian)\b.*|%"),
    ("target", r".*\b(?:target|output|keluaran)\b.*"),
    ("tindak_lanjut", r".*\b(?:tindak lanjut|tindaklanjut|upaya\w*)\b.*"),
    ("teks", r".*\b(?:rekomendasi|saran)\b.*"),
    ("komponen", r".*\b(?:komponen|aspek)\b.*"),
    ("kriteria", r"(?:id )?kriteria"),
    ("asal", r"asal|sumber"),
)
"""Column -> the words of its header, without signs, in small letters; the first that fits counts."""
_WORDS = re.compile(r"[^a-z0-9%]+")
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Kepala:
    """Where the columns are: name -> index from 0. `ganda` are headers that name a column a second time.

    `berdampingan`: two lists side by side, each with numbers of its own (`nomor` and `nomor_jawaban`).
    `lain` are headers of no known column, by index; `judul` the words of all headers, to know them when they come
    again on the next page.
    """

    kolom: dict[str, int]
    ganda: tuple[tuple[int, str], ...]
    lain: dict[int, str]
    judul: tuple[str, ...] = ()

    @property
    def berdampingan(self) -> bool:
        """Return whether answers have numbers of their own."""
        return "nomor_jawaban" in self.kolom

    def again(self, cells: Sequence[str]) -> bool:
        """Return whether a row is this header once more: a recommendation may well speak of recommendations."""
        said = [(index, text) for index, cell in enumerate(cells) if (text := _plain(cell))]
        return len(said) > 1 and all(index < len(self.judul) and text == self.judul[index] for index, text in said)


def column_of(text: str) -> str | None:
    """Return the column that a header names, None for no known one."""
    words = _plain(text)
    if not words or len(text) > _LONGEST:
        return None
    return next((name for name, pattern in _COLUMNS if re.fullmatch(pattern, words)), None)


def _plain(text: str) -> str:
    return _WORDS.sub(" ", text.casefold()).strip()


def header_of(cells: Sequence[str]) -> Kepala | None:
    """Return the columns of a row where it is the header of a follow-up table: a recommendation and one more."""
    found: dict[str, int] = {}
    twice: list[tuple[int, str]] = []
    other: dict[int, str] = {}
    for index, text in enumerate(cells):
        name = column_of(text)
        if name is None:
            if text.strip():
                other[index] = " ".join(text.split())
        elif name == "nomor" and name in found and "teks" in found and "nomor_jawaban" not in found:
            found["nomor_jawaban"] = index
        elif name in found:
            twice.append((index, " ".join(text.split())))
        else:
            found[name] = index
    if "teks" not in found or len(found) < 2 or len(other) > len(found):
        return None
    return Kepala(found, tuple(twice), other, tuple(map(_plain, cells)))


def is_numbering(cells: Sequence[str]) -> bool:
    """Return whether a row only numbers the columns: 1, 2, 3, ..."""
    numbers = [text.strip(" ().") for text in cells if text.strip()]
    return len(numbers) >= 3 and numbers == [
        str(n) for n in range(int_or(numbers[0]), int_or(numbers[0]) + len(numbers))
    ]


def int_or(text: str, default: int = 0) -> int:
    """Return a text of digits as a number, `default` for any other."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default
