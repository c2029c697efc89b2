"""Cells of evidence: links where there are links, else the words that stand there."""

from __future__ import annotations

import re

from sakip_eval.problems import Location, Problem
from sakip_eval.tindak_lanjut.facts import shortened
from sakip_eval.tindak_lanjut.impor_baris import Bukti, galat

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_SCHEME = re.compile(
    r"\b(?!https?:)[a-z][a-z0-9+.-]{1,20}:/{0,2}[^\s/]|\bhttps?:(?!//)|\bhttps?/|\bwww\.", re.IGNORECASE
)
_BLANK = re.compile(r"[\s\-\u2013\u2014.]*")
MAX_LINK = 2000


def read_evidence(text: str, place: Location) -> tuple[tuple[Bukti, ...], list[Problem]]:
    """Return the evidence that a cell names, and links that are none (I906); nothing for a blank or `-`.

    Several links may stand in one cell. Words beside a link are its title; words alone are kept as words.
    """
    if _BLANK.fullmatch(text):
        return (), []
    links = [link.rstrip(".,;)") for link in _LINK.findall(text)]
    words = " ".join(_LINK.sub(" ", text).split()).strip(" ,;:-")
    problems = [
        galat(
            "I906",
            place,
            f"Tautan `{shortened(link, 60)}` tidak dapat dibuka",
            "Bukti yang tidak dapat dibuka tidak dapat diperiksa",
            "Tulis alamat lengkap yang diawali http:// atau https://",
        )
        for link in (*[link for link in links if len(link) > MAX_LINK or not re.search(r"//[^/]+\.[^/]", link)],)
    ]
    if not links and (match := _SCHEME.search(words)) is not None and " " not in words[match.start() :]:
        problems.append(
            galat(
                "I906",
                place,
                f"Tautan `{shortened(words, 60)}` tidak dapat dibuka",
                "Bukti yang tidak dapat dibuka tidak dapat diperiksa",
                "Tulis alamat lengkap yang diawali http:// atau https://",
            )
        )
    if links:
        return tuple(Bukti(words or "Data dukung", tautan=link) for link in dict.fromkeys(links)), problems
    return (Bukti(words),), problems
