"""What people write into the cells of a worksheet: numbers as text, answers, statuses, blanks, lists of ids.

Nothing is guessed: what can be read in two ways is `Unreadable`, with both readings in its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sakip_eval.documents.lke.layout import STATUS
from sakip_eval.documents.lke.opening import Cell
from sakip_eval.numbers import format_plain

MAX_TEXT = 8000
"""Longest text that a case file holds (`boundary.Text`)."""

_BLANKS = frozenset(
    {"", "-", "--", "–", "—", ".", "...", "…", "belum diisi", "belum input", "belum dinilai", "(kosong)"}
)
_STATUS = {re.sub(r"[\s_]+", " ", word.lower()): status for status, word in STATUS.items()} | {
    "ya": "terpenuhi",
    "belum terpenuhi": "tidak",
    "tidak terpenuhi": "tidak",
    "terpenuhi sebagian": "sebagian",
    "sebagian terpenuhi": "sebagian",
}
_WHOLE = re.compile(r"[0-9]{1,12}")
_DECIMAL = re.compile(r"([0-9]{1,12})[.,]([0-9]{1,12})")
_GROUPED = re.compile(r"[0-9]{1,3}([.,][0-9]{3})+")
_MIXED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})+(?!\1)[.,]([0-9]{1,12})")


class Unreadable(ValueError):  # noqa: N818  a value that was not understood is no fault of the program
    """A cell that cannot be read as what its column holds; the text says why, in Indonesian."""


def read_number(text: str) -> Fraction:
    """Read a number as people write it: `6`, `6,00`, `23.10`, `80%`, `1.234,56`.

    Raises `Unreadable` for what is no number, and for `3,522`: one separator before three digits can be decimals or
    thousands.
    """
    words = text.strip().removesuffix("%").strip()
    sign = -1 if words.startswith(("-", "−")) else 1
    words = words.lstrip("-−+").strip()
    if _WHOLE.fullmatch(words):
        return sign * Fraction(words)
    if found := _DECIMAL.fullmatch(words):
        whole, part = found.groups()
        if len(part) == 3 and len(whole) <= 3 and whole.strip("0"):
            raise Unreadable(f"`{text.strip()}` dapat berarti {whole}{part} atau {whole} koma {part}")
        return sign * Fraction(f"{whole}.{part}")
    if _GROUPED.fullmatch(words) and len({c for c in words if c in ".,"}) == 1:
        return sign * Fraction(re.sub("[.,]", "", words))
    if found := _MIXED.fullmatch(words):
        part = found.group(2)
        whole = re.sub("[.,]", "", words[: -len(part) - 1])
        return sign * Fraction(f"{whole}.{part}")
    raise Unreadable(f"`{_short(text)}` bukan angka")


def number_of(cell: Cell | None, *, percent: bool = False) -> Fraction | None:
    """Return the figure in a cell, None where it is blank. Raises `Unreadable`.

    A cell with a percent format counts in percent: 0.8 shown as 80% is 80. With `percent`, the column counts so.
    """
    if cell is None or cell.kind == "kosong":
        return None
    if isinstance(cell.value, Fraction):
        if abs(cell.value) >= 10**12:
            raise Unreadable("angka itu terlalu besar")
        return cell.value * 100 if "%" in cell.format else cell.value
    if isinstance(cell.value, str) and cell.kind == "teks":
        return None if is_blank(cell.value) else read_number(cell.value)
    raise Unreadable(f"`{text_of(cell)}` bukan angka")


def is_blank(text: str) -> bool:
    """Return whether a text stands for nothing: empty, a dash, Belum Diisi, Belum Input."""
    return _plain(text) in _BLANKS


def text_of(cell: Cell | None) -> str:
    """Return what a cell holds as text, as exactly as it can be written; empty where it is blank."""
    value = None if cell is None else cell.value
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return format_plain(value)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, date):
        return value.isoformat()
    return value.replace("\r\n", "\n").strip()


def read_answer(text: str, answers: Iterable[str]) -> str | None:
    """Return the answer of the ladder that a text names, whatever its case and blanks; None where it is blank.

    Raises `Unreadable` for every other text: an answer is never guessed.
    """
    if is_blank(text):
        return None
    known = {answer.upper(): answer for answer in answers}
    found = known.get(re.sub(r"\s+", "", text).upper())
    if found is None:
        raise Unreadable(f"jawaban `{_short(text)}` tidak ada pada skala rubrik ({', '.join(known.values())})")
    return found


def read_status(text: str) -> str | None:
    """Return the status of a criterion that a text names; None where it is blank. Raises `Unreadable`."""
    if is_blank(text):
        return None
    found = _STATUS.get(_plain(text.replace("_", " ")))
    if found is None:
        raise Unreadable(f"status `{_short(text)}` tidak dikenal ({', '.join(STATUS.values())})")
    return found


def read_ids(text: str, known: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids that a text lists, each once, and those among them that are not known.

    Ids are separated by commas, semicolons or line breaks; upper and lower case may differ where that names only one.
    """
    exact = list(known)
    folded: dict[str, list[str]] = {}
    for name in exact:
        folded.setdefault(name.lower(), []).append(name)
    found: list[str] = []
    unknown: list[str] = []
    for word in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        alike = [word] if word in exact else folded.get(word.lower(), [])
        (found if len(alike) == 1 else unknown).append(alike[0] if len(alike) == 1 else word)
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(unknown))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().lower())


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"
