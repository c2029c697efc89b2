"""Indonesian for the command line: the layout of every help page, and the words of wrong command lines."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand, TyperGroup

_WIDTH = 80
_LEFT = 30


class Command(TyperCommand):
    """A command whose help is Indonesian."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page, at most 80 columns wide."""
        return help_page(self, ctx)


class Group(TyperGroup):
    """A group of commands whose help is Indonesian."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page, at most 80 columns wide."""
        return help_page(self, ctx)


def help_page(command: Any, ctx: Any) -> str:
    """Lay out the help of a command or group: usage, description, arguments, options, commands."""
    params = command.get_params(ctx)
    arguments = [p for p in params if p.param_type_name == "argument"]
    options = [p for p in params if p.param_type_name == "option" and not p.hidden]
    commands = getattr(command, "commands", {})
    usage = ["[OPSI]", *(_argument(p) for p in arguments), *(["PERINTAH [ISI]..."] if commands else [])]
    lead = f"Pemakaian: {ctx.command_path} "
    blocks = [textwrap.fill(" ".join(usage), _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))]
    blocks += _paragraphs(command.help or "")
    blocks += _section("Argumen", [(p.metavar or p.name.upper(), _notes(p)) for p in arguments])
    blocks += _section("Opsi", [(_option(p), _notes(p)) for p in options])
    blocks += _section("Perintah", [(name, _first_sentence(c.help or "")) for name, c in commands.items()])
    return "\n\n".join(blocks)


def _argument(param: Any) -> str:
    name = param.metavar or param.name.upper()
    repeated = "..." if param.nargs == -1 else ""
    return f"{name}{repeated}" if param.required else f"[{name}]{repeated}"


def _option(param: Any) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    if param.is_flag or param.name == "help":
        return names
    return f"{names} {param.metavar or 'ISI'}"


def _notes(param: Any) -> str:
    words = "Tampilkan bantuan ini." if param.name == "help" else (param.help or "")
    notes: list[str] = []
    if param.required:
        notes.append("wajib")
    elif param.default is not None and param.show_default and not getattr(param, "is_flag", False):
        default = param.default() if callable(param.default) else param.default
        if default not in ("", (), []) and default is not None:
            notes.append(f"bawaan: {getattr(default, 'value', default)}")
    if getattr(param, "envvar", None) and param.param_type_name == "option":
        notes.append(f"variabel: {param.envvar}")
    return words + (f" [{'; '.join(notes)}]" if notes else "")


def _section(title: str, rows: list[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    left = min(_LEFT, 4 + max(len(name) for name, _ in rows))
    lines = [f"{title}:"]
    for name, words in rows:
        wrapped = textwrap.wrap(words, _WIDTH - left, break_long_words=False, break_on_hyphens=False) or [""]
        head = f"  {name}"
        if len(head) > left - 2:
            lines.append(head)
            head = ""
        lines.append(f"{head:<{left}}{wrapped[0]}".rstrip())
        lines += [" " * left + line for line in wrapped[1:]]
    return ["\n".join(lines)]


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.strip():
            yield textwrap.fill(" ".join(paragraph.split()), _WIDTH, initial_indent="  ", subsequent_indent="  ")


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=\.)\s", " ".join(text.split()), maxsplit=1)[0]


_ERRORS = (
    (re.compile(r"^Missing command\.?$"), r"Perintah belum disebutkan."),
    (re.compile(r"^No such command '(.*?)'\..*$", re.S), r"Perintah '\1' tidak dikenal."),
    (re.compile(r"^No such option: (\S+?)\.?(?: .*)?$", re.S), r"Opsi \1 tidak dikenal."),
    (re.compile(r"^Missing (?:argument|parameter):? '?(.*?)'?\.?\s*$", re.S), r"\1 belum disebutkan."),
    (re.compile(r"^Missing option '?(.*?)'?\.?\s*$", re.S), r"Opsi \1 belum disebutkan."),
    (re.compile(r"^Got unexpected extra arguments?(?:\(s\))? \((.*)\)$", re.S), r"Kelebihan isian: \1."),
    (re.compile(r"^Option '?(.*?)'? requires an argument\.?$"), r"Opsi \1 memerlukan isi."),
    (re.compile(r"^Option '?(.*?)'? does not take a value\.?$"), r"Opsi \1 tidak memerlukan isi."),
    (
        re.compile(r"^Invalid value for '?(.*?)'?: (?:Value error, )?(.*?) is not one of (.*?)\.?$", re.S),
        r"Isi \1 tidak dikenal: \2. Pilihannya: \3.",
    ),
    (
        re.compile(r"^Invalid value for '?(.*?)'?: .*less than or equal to (-?\d+).*$", re.S),
        r"Isi \1 paling besar \2.",
    ),
    (
        re.compile(r"^Invalid value for '?(.*?)'?: .*greater than or equal to (-?\d+).*$", re.S),
        r"Isi \1 paling kecil \2.",
    ),
    (
        re.compile(r"^Invalid value for '?(.*?)'?: .*(-?\d+) is not in the range (-?\d+)<=x<=(-?\d+).*$", re.S),
        r"Isi \1 harus \3 sampai \4.",
    ),
    (re.compile(r"^Invalid value for '?(.*?)'?: .*valid int.*$", re.S), r"Isi \1 harus bilangan bulat."),
    (re.compile(r"^Invalid value for '?(.*?)'?: .*$", re.S), r"Isi \1 tidak sah."),
)


def translate_error(text: str) -> str:
    """Put an error of the command line into Indonesian; an unknown one stays as it is."""
    for pattern, words in _ERRORS:
        if pattern.match(text):
            return pattern.sub(words, text)
    return text
