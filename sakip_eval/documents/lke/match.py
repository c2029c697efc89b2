"""Which part of the rubric a row of a foreign LKE is about: by its number, else by its wording; never by guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from sakip_eval.documents.lke.layout import Row

NEAR = 85
"""Percent of likeness from which a wording alone is taken, if no other part comes near."""
NUMBERED = 80
"""Percent of likeness from which number and wording together are taken."""
APART = 5
"""Percent by which the likest part must be ahead of the next; otherwise both are reported."""
CUT = 95
"""Percent of likeness of a wording that breaks off but is the same as far as it goes."""
_SHORTEST_CUT = 40
_LOOKED_AT = 6
"""How many parts, by shared words, are compared letter by letter."""
_TOTAL = frozenset(
    {"nilai akuntabilitas kinerja", "total", "jumlah", "nilai total", "total nilai", "nilai akhir", "jumlah nilai",
     "nilai hasil evaluasi", "nilai evaluasi akuntabilitas kinerja", "hasil evaluasi"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: its number as printed, its text, and the column of the text."""

    row: int
    col: int
    nomor: str
    uraian: str


@dataclass(frozen=True, slots=True)
class Match:
    """A row with the part it is about; `likeness` in percent; `near` are the likest parts where there is none.

    `sure`: the wording is the same, or the number says the same as a wording that is very like.
    """

    line: Line
    part: Row | None
    likeness: int
    near: tuple[tuple[Row, int], ...] = ()
    sure: bool = False


def match(lines: Sequence[Line], parts: Sequence[Row]) -> list[Match]:
    """Match each line, in order; a part may come more than once, which the caller has to settle."""
    rubric = _Parts(parts)
    found: list[Match] = []
    komponen, sub = "", ""
    for line in lines:
        result = rubric.match(line, komponen, sub)
        found.append(result)
        if result.part is not None and result.part.jenis == "komponen":
            komponen, sub = result.part.id, ""
        elif result.part is not None and result.part.jenis == "subkomponen":
            komponen, sub = result.part.id.rpartition(".")[0], result.part.id
        elif result.part is not None and result.part.jenis == "kriteria" and not sub:
            sub = result.part.id.rpartition(".")[0]
    return found


class _Parts:
    """The parts of a rubric, ready to be compared."""

    def __init__(self, parts: Sequence[Row]) -> None:
        self.parts = [part for part in parts if part.jenis in ("komponen", "subkomponen", "kriteria")]
        self.total = next(part for part in parts if part.jenis == "total")
        self.by_id = {part.id: part for part in self.parts}
        self.same: dict[str, list[Row]] = {}
        for part in self.parts:
            self.same.setdefault(plain(part.uraian), []).append(part)

    def match(self, line: Line, komponen: str, sub: str) -> Match:
        words = plain(line.uraian)
        if words in _TOTAL or words == plain(self.total.uraian):
            return Match(line, self.total, 100, sure=True)
        numbered = self.numbered(line.nomor, komponen, sub)
        same = self.same.get(words, [])
        if same:
            one = _only(same) or _only(p for p in same if p in numbered) or _only(p for p in same if _in(p, sub))
            return Match(line, one, 100, () if one else tuple((p, 100) for p in same), sure=one is not None)
        likely = self.likely(words, numbered)
        if not likely:
            return Match(line, None, 0)
        (best, likeness), second = likely[0], likely[1][1] if len(likely) > 1 else 0
        if best in numbered and likeness >= NUMBERED:
            return Match(line, best, likeness, sure=likeness >= NEAR)
        if likeness >= NEAR and likeness - second >= APART:
            return Match(line, best, likeness)
        tied = next(((p, at) for p, at in likely if p in numbered and at >= NEAR and likeness - at < APART), None)
        if tied is not None:
            return Match(line, tied[0], tied[1], sure=True)
        return Match(line, None, likeness, tuple(likely[:3]))

    def numbered(self, nomor: str, komponen: str, sub: str) -> list[Row]:
        """Return the parts that a printed number can mean, below the parts named before."""
        label = re.sub(r"[\s.)(]+$", "", nomor.strip().lower()).replace(" ", "")
        label = re.sub(r"^([0-9]+)([a-z])", r"\1.\2", label).replace(")", ".").replace("(", "")
        roman = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}.get(label, "")
        ids = {label, roman, f"{komponen}.{label}", f"{sub}.{label}"}
        found = [part for part in self.parts if part.id.lower() in ids]
        # A criterion may be printed with a number other than its place.
        printed = [p for p in self.parts if p.jenis == "kriteria" and _in(p, sub) and p.nomor.strip(" .)") == label]
        return [*found, *(p for p in printed if p not in found)]

    def likely(self, words: str, numbered: Iterable[Row]) -> list[tuple[Row, int]]:
        """Return the parts with the likest wording, the likest first."""
        mine = set(words.split())
        if not mine:
            return []
        shared = sorted(self.parts, key=lambda p: -_overlap(mine, plain(p.uraian)))[:_LOOKED_AT]
        looked_at: Mapping[str, Row] = {p.id: p for p in (*numbered, *shared)}
        return sorted(((p, likeness(words, plain(p.uraian))) for p in looked_at.values()), key=lambda item: -item[1])


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the words of a text alone: without markup such as <i>, punctuation, and upper case."""
    return " ".join(re.findall(r"\w+", re.sub(r"</?[a-z]{1,6}>", "", text.lower())))


@lru_cache(maxsize=8192)
def likeness(one: str, other: str) -> int:
    """Return how like a plain text of a sheet is to one of the rubric, in percent; 100 only where they are the same."""
    if one != other and len(one) >= _SHORTEST_CUT and other.startswith(one):
        return CUT
    return int(100 * SequenceMatcher(None, one, other, autojunk=False).ratio())


def _overlap(words: set[str], other: str) -> float:
    theirs = set(other.split())
    return len(words & theirs) / (len(words) + len(theirs))


def _in(part: Row, sub: str) -> bool:
    return bool(sub) and part.id.rpartition(".")[0] == sub


def _only(parts: Iterable[Row]) -> Row | None:
    found = list(parts)
    return found[0] if len(found) == 1 else None
