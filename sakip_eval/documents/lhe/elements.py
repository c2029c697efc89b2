"""What a document is made of, before Word: headings, paragraphs, list items, tables, captions, pictures.

The content is plain data. Only `markup` knows how Word writes it, so the wording is tested without a Word file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Align = Literal["kiri", "tengah", "kanan", "penuh"]
Numbering = Literal["angka", "huruf", "kurung"]
"""1.  a.  1)"""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look; `blank` names the key of surat.yaml that is to fill it."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    blank: str | None = None


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `depth` indents it under a list item of that depth, `keep` holds it on the page of the next."""

    runs: Runs
    style: str = "Body Text"
    align: Align | None = None
    depth: int | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3, or 0 for the title of the document; `numbered` ones count by themselves.

    `new_page` begins a page: a break of its own would leave an empty page behind where the page before is full.
    """

    level: int
    text: str
    numbered: bool = True
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list. Items with the same `series` count on; a new series starts at one again."""

    runs: Runs
    numbering: Numbering
    depth: int
    series: str
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, one paragraph; `span` is the number of columns that it covers."""

    runs: Runs = ()
    align: Align = "kiri"
    shade: str | None = None
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table over the width of the text; `widths` are shares of it. `head` rows repeat on each page."""

    widths: tuple[int, ...]
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    borders: bool = True
    style: str = "LHE Tabel"


@dataclass(frozen=True, slots=True)
class Caption:
    """A counted caption (`Tabel 1. ...`) that stays with what follows, or with `after` with what stands before."""

    label: Literal["Tabel", "Gambar"]
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG picture, `width` millimetres wide; `alt` says in words what it shows."""

    png: bytes = field(repr=False)
    width: int
    alt: str


Element: TypeAlias = Paragraph | Heading | Item | Table | Caption | Picture


@dataclass(frozen=True, slots=True)
class Content:
    """A whole document: the letterhead, the body on upright pages, the annex on pages turned on their side."""

    letterhead: tuple[Element, ...]
    body: tuple[Element, ...]
    annex: tuple[Element, ...]
    title: str
    subject: str
    keywords: str
    author: str

    def walk(self) -> Iterator[Element]:
        """Yield every element in order."""
        yield from self.letterhead
        yield from self.body
        yield from self.annex

    def runs(self) -> Iterator[Run]:
        """Yield every run of text in order, those in tables too."""
        for element in self.walk():
            if isinstance(element, Paragraph | Item):
                yield from element.runs
            elif isinstance(element, Table):
                for row in (*element.head, *element.rows):
                    for cell in row:
                        yield from cell.runs

    def blanks(self) -> tuple[str, ...]:
        """Return the keys of surat.yaml that are still to be filled, in the order of the document, each once."""
        return tuple(dict.fromkeys(run.blank for run in self.runs() if run.blank is not None))


def text(*parts: str | Run | Runs) -> Runs:
    """Join strings, runs, and tuples of runs into runs."""
    joined: list[Run] = []
    for part in parts:
        if isinstance(part, str):
            joined.append(Run(part))
        elif isinstance(part, Run):
            joined.append(part)
        else:
            joined.extend(part)
    return tuple(joined)


def bold(words: str) -> Run:
    """Return the words in bold."""
    return Run(words, bold=True)


def italic(words: str) -> Run:
    """Return the words in italics."""
    return Run(words, italic=True)


def blank(key: str, label: str) -> Run:
    """Return a marked blank `[label]` that the key of surat.yaml is to fill."""
    return Run(f"[{label}]", blank=key)


def plain(runs: Runs) -> str:
    """Return the text of runs without their look."""
    return "".join(run.text for run in runs)


def outline(content: Content) -> str:
    """Return the whole document as plain text, one line for each paragraph, item, and table row; for reading."""
    lines: list[str] = []
    for element in content.walk():
        if isinstance(element, Paragraph | Item):
            lines.append(plain(element.runs))
        elif isinstance(element, Heading | Caption):
            lines.append(element.text)
        elif isinstance(element, Table):
            lines += ["\t".join(plain(cell.runs) for cell in row) for row in (*element.head, *element.rows)]
    return "\n".join(lines)
