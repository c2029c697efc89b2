"""What a printed status says: how far the agency claims to be, and whether it claims anything at all."""

from __future__ import annotations

import re
from fractions import Fraction

from sakip_eval.folding import folded

_PERCENT = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,4})?)\s*(?:%|persen)?")
_IN_TEXT = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,4})?)\s*(?:%|persen)")
_DONE = re.compile(r"(?:sudah |telah )?(?:selesai|tuntas|rampung)(?: (?:ditindaklanjuti|dilaksanakan))?|"
                   r"(?:sudah|telah) (?:ditindaklanjuti|dilaksanakan)|sudah")  # fmt: skip
_NOT_YET = re.compile(
    r"belum(?: (?:selesai|ada|ditindaklanjuti|dilaksanakan|mulai|tl))?|tidak ada|nihil|[-\u2013. ]*"
)


def read_progress(status: str | None, progres: str | None) -> int | None:
    """Return the claimed progress in whole percent; None where none is claimed.

    "Selesai" claims 100. Raises `ValueError` for a progress that is no whole percent from 0 to 100.
    """
    for text, pattern in ((progres, _PERCENT), (status, _IN_TEXT)):
        if text is None or _NOT_YET.fullmatch(text.casefold().strip()):
            continue
        words = text.casefold().strip()
        match = pattern.fullmatch(words) if pattern is _PERCENT else pattern.search(words)
        if match is not None:
            value = Fraction(match[1].replace(",", "."))
            if value.denominator != 1 or not 0 <= value <= 100:
                raise ValueError(text)
            return int(value)
        if pattern is _PERCENT and not _DONE.fullmatch(words.rstrip(".")):
            raise ValueError(text)
    said = (progres or status or "").casefold().strip().rstrip(".")
    return 100 if _DONE.fullmatch(" ".join(said.split())) else None


def claims_nothing(status: str | None) -> bool:
    """Return whether a printed status says that nothing was done yet, or says nothing."""
    return status is None or bool(_NOT_YET.fullmatch(folded(status).rstrip(".")))
