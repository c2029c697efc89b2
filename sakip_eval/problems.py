"""What can be wrong with an input, and where: problems are values; one exception carries them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an input file. `line` and `col` count from 1; 0 means the file as a whole.

    In a workbook `sheet` names the sheet, `line` and `col` are row and column: `LKE.xlsx[LKE!E17]`.
    """

    path: str
    line: int = 0
    col: int = 0
    sheet: str = ""

    def __str__(self) -> str:
        if self.sheet:
            cell = f"!{cell_name(self.line, self.col)}" if self.line else ""
            return f"{self.path}[{self.sheet}{cell}]"
        return f"{self.path}:{self.line}:{self.col}" if self.line else self.path


def cell_name(row: int, col: int) -> str:
    """Name a cell as worksheets do, from numbers that count from 1: (17, 5) -> `E17`."""
    letters = ""
    while col > 0:
        col, rest = divmod(col - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input.

    `kode` is stable and documented (docs/kode.md); `apa` says what is wrong, `mengapa` why it matters and
    `perbaikan` how to mend it, each in Indonesian, each one sentence without a full stop at its end. `tingkat` is
    galat (the input cannot be used) or peringatan (it can, but somebody should look).
    """

    kode: str
    lokasi: Location
    apa: str
    mengapa: str
    perbaikan: str
    tingkat: Literal["galat", "peringatan"] = "galat"

    def __str__(self) -> str:
        return f"{self.lokasi}: {self.kode}: {self.apa}. {self.mengapa}. {self.perbaikan}."


class SakipError(Exception):
    """Input that cannot be used. `problems` holds every problem found, in the order of the files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sort_problems(problems))
        super().__init__("\n".join(map(str, self.problems)))


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Order problems as a reader meets them, and drop exact repeats."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.lokasi.path, p.lokasi.sheet, p.lokasi, p.kode, p.apa))


def suggest(word: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, or list a few: the tail of a mend."""
    known = list(known)
    close = get_close_matches(word, known, n=3, cutoff=0.6)
    if close:
        return "Mungkin yang dimaksud: " + ", ".join(close)
    shown = ", ".join(known[:12])
    return f"Yang dikenal: {shown}" + (", ..." if len(known) > 12 else "")
