"""`sakip rubrik lint`: what is wrong or doubtful in rubrics, all at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from textwrap import wrap
from typing import Annotated

import typer

from sakip_eval.cli.options import Folders, Keluaran
from sakip_eval.cli.output import BAD_INPUT, FINDINGS, GOOD, emit, printable
from sakip_eval.problems import Location, Problem, SakipError, sort_problems

WIDTH = 80


class Format(StrEnum):
    """How `sakip rubrik lint` prints."""

    teks = "teks"
    json = "json"


class _NoDayError(typer.BadParameter):
    """A wrong day, said in our own words."""

    def format_message(self) -> str:
        return self.message


def _day(text: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise _NoDayError(f"Isi --per-tanggal bukan tanggal: {text}. Tulis misalnya 2026-01-31.")


def lint(
    jalur: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Id rubrik, berkas rubrik, atau folder; tanpa PATH: semua rubrik yang tersedia.",
            show_default=False,
        ),
    ] = None,
    per_tanggal: Annotated[
        date | None,
        typer.Option(
            "--per-tanggal",
            metavar="TANGGAL",
            parser=_day,
            help="Tegur rubrik yang lebih dari 365 hari sebelum TANGGAL terakhir dicocokkan dengan sumbernya.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", metavar="teks|json", help="Bentuk keluaran.")] = Format.teks,
    keluaran: Keluaran = None,
    folder: Folders = None,
) -> None:
    """Periksa rubrik dan aturannya: semua galat dan semua yang patut dicurigai, sekaligus.

    Kode keluar: 0 bersih, 1 hanya peringatan, 2 ada galat. Arti kode L7xx ada di docs/lint.md.
    """
    from sakip_eval.rubric.lint import lint as lint_rubric
    from sakip_eval.rubric.read import read_rubric

    targets, problems = _targets(jalur or [], folder or [])
    for name, folders in targets:
        problems += lint_rubric(read_rubric(name, folders), per_tanggal)
    problems = sort_problems(problems)
    emit(_json(problems) if format is Format.json else _text(problems, len(targets)), keluaran)
    galat = any(problem.tingkat == "galat" for problem in problems)
    raise typer.Exit(BAD_INPUT if galat else FINDINGS if problems else GOOD)


def _targets(names: Sequence[Path], folders: list[Path]) -> tuple[list[tuple[str, list[Path]]], list[Problem]]:
    """Return the rubrics that the arguments name, by id or file, each with the folders its names are looked up in."""
    from sakip_eval.rubric.catalog import FILE_NAME, list_rubrics, rubric_path

    if not names:
        return [(name, folders) for name, _ in list_rubrics(folders)], []
    found: dict[Path, tuple[str, list[Path]]] = {}
    problems: list[Problem] = []
    for given in names:
        path = _existing(given)
        if path is not None and path.is_dir():
            below = sorted(file.resolve() for file in path.rglob(FILE_NAME))
            if not below:
                problems.append(_no_rubric(given))
            for file in below:
                found.setdefault(file, (str(file), [*folders, path]))
        elif path is not None:
            file = _rubric_of(path.resolve())
            found.setdefault(file, (str(file), folders))
        else:
            try:
                found.setdefault(rubric_path(str(given), folders).resolve(), (str(given), folders))
            except SakipError as error:
                problems += error.problems
    return list(found.values()), problems


def _existing(path: Path) -> Path | None:
    """Return the path with `~` expanded where something is there, else None: then it is a rubric's id, or a mistake."""
    try:
        path = path.expanduser()
        return path if path.exists() else None
    except (OSError, RuntimeError):
        return None


def _rubric_of(path: Path) -> Path:
    """Return the rubric that a rule file belongs to; everything else as it is."""
    from sakip_eval.rubric.catalog import FILE_NAME

    beside = path.with_name(FILE_NAME)
    return beside if path.name.startswith(("aturan", "paket-")) and beside.is_file() else path


def _no_rubric(name: Path) -> Problem:
    return Problem(
        "R401",
        Location(str(name)),
        f"Folder `{name}` tidak memuat rubrik",
        "Rubrik adalah berkas rubrik.yaml, di folder mana pun di bawahnya",
        "Periksa foldernya, atau sebutkan id rubriknya",
    )


def _json(problems: Iterable[Problem]) -> str:
    rows = [
        {
            "kode": problem.kode,
            "tingkat": problem.tingkat,
            "berkas": problem.lokasi.path,
            "baris": problem.lokasi.line,
            "kolom": problem.lokasi.col,
            "apa": problem.apa,
            "mengapa": problem.mengapa,
            "perbaikan": problem.perbaikan,
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _text(problems: Sequence[Problem], rubrics: int) -> str:
    lines: list[str] = []
    for problem in problems:
        lines += _wrapped("", f"{problem.lokasi}: {problem.kode}: {problem.tingkat}: {problem.apa}.", "  ")
        lines += _wrapped("  Mengapa  : ", f"{problem.mengapa}.", " " * 13)
        lines += _wrapped("  Perbaikan: ", f"{problem.perbaikan}.", " " * 13)
    galat = sum(problem.tingkat == "galat" for problem in problems)
    counted = f"{galat} galat, {len(problems) - galat} peringatan" if problems else "tidak ada temuan"
    end = "; arti setiap kode ada di docs/lint.md dan docs/kode.md" if problems else ""
    lines += _wrapped("", f"{rubrics} rubrik diperiksa: {counted}{end}.", "  ")
    return "\n".join(lines) + "\n"


def _wrapped(head: str, text: str, indent: str) -> list[str]:
    return wrap(
        printable(text),
        WIDTH,
        initial_indent=head,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
