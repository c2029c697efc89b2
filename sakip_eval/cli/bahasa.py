"""Indonesian for what typer says by itself: headings of the help, and errors of the command line."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

_HELP = (
    (re.compile(r"^Usage:", re.M), "Pemakaian:"),
    (re.compile(r"^Options:", re.M), "Opsi:"),
    (re.compile(r"^Commands:", re.M), "Perintah:"),
    (re.compile(r"^Arguments:", re.M), "Argumen:"),
    (re.compile(r"\[OPTIONS\]"), "[OPSI]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "PERINTAH [ISI]..."),
    (re.compile(r"Show this message and exit\."), "Tampilkan bantuan ini."),
    (re.compile(r"\[required\]"), "[wajib]"),
    (re.compile(r"\[default:"), "[bawaan:"),
    (re.compile(r" <list\[Path\]>| <Path>| <str>"), ""),
    (re.compile(r"<int(?: range)?>"), "<bilangan>"),
    (re.compile(r"; required\]"), "; wajib]"),
    (re.compile(r"; default: "), "; bawaan: "),
    (re.compile(r"\[env var: "), "[variabel: "),
)

_ERRORS = (
    (re.compile(r"^Missing command\.?$"), "Perintah belum disebutkan."),
    (re.compile(r"^No such command '(.*?)'\.(.*)$", re.S), r"Perintah '\1' tidak dikenal.\2"),
    (re.compile(r"^No such option: (\S+?)\.?(?: .*)?$", re.S), r"Opsi \1 tidak dikenal."),
    (re.compile(r"^Missing (?:argument|parameter):? '?(.*?)'?\.?\s*$", re.S), r"\1 belum disebutkan."),
    (re.compile(r"^Missing option '?(.*?)'?\.?\s*$", re.S), r"Opsi \1 belum disebutkan."),
    (re.compile(r"^Got unexpected extra arguments?(?:\(s\))? \((.*)\)$", re.S), r"Kelebihan isian: \1."),
    (re.compile(r"^Option '(.*?)' requires an argument\.?$"), r"Opsi \1 memerlukan isi."),
    (
        re.compile(r"^Invalid value for (.*?): (.*?) is not one of (.*?)\.?$", re.S),
        r"Isi \1 tidak dikenal: \2. Pilihannya: \3.",
    ),
    (
        re.compile(r"^Invalid value for (.*?): (.*?) is not a valid (?:integer|int)(?: range)?\.?$", re.S),
        r"Isi \1 harus bilangan bulat: \2.",
    ),
    (re.compile(r"^Invalid value for (.*?): (.*)$", re.S), r"Isi \1 tidak sah: \2"),
)


def translate_help(text: str) -> str:
    """Put the headings of a help text into Indonesian; the descriptions are written so already."""
    for pattern, words in _HELP:
        text = pattern.sub(words, text)
    return text


def translate_error(text: str) -> str:
    """Put an error of the command line into Indonesian; an unknown one stays as it is."""
    for pattern, words in _ERRORS:
        if pattern.match(text):
            return pattern.sub(words, text)
    return text


class Command(TyperCommand):
    """A command whose help is Indonesian."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return translate_help(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help is Indonesian."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return translate_help(super().get_help(ctx))
