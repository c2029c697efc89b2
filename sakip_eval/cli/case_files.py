"""The case files that a command is given: named one by one, or in folders."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from sakip_eval.case.kind import other_kind
from sakip_eval.cli.output import printable
from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.textfile import read_text

_TOP_KEY = re.compile(r"^[\"']?([a-z_]+)[\"']?\s*:", re.MULTILINE)


def case_files(given: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """Return the files as given, and in place of a folder all case files in it and below, by name; none twice.

    Other files in a folder (letters, follow-up, rubrics) are passed over, and named on standard error. The problems are
    the folders without a case (B111).
    """
    found: dict[Path, Path] = {}
    empty: list[Problem] = []
    for path in given:
        files = [file for file in sorted(path.rglob("*.yaml")) if _is_case(file)] if path.is_dir() else [path]
        if not files:
            empty.append(
                Problem(
                    "B111",
                    Location(str(path)),
                    "Folder ini tidak memuat berkas kasus",
                    "Yang dicari: berkas .yaml di dalamnya dan di subfoldernya",
                    "Periksa letak foldernya",
                )
            )
        for file in files:
            found.setdefault(file.resolve(), file)
    return list(found.values()), empty


def _is_case(path: Path) -> bool:
    """Whether a file in a folder may mean to be a case; one that is plainly something else is named."""
    try:
        kind = other_kind(_TOP_KEY.findall(read_text(path)))
    except SakipError:
        return True  # Loading it says what is wrong with it.
    if kind is not None:
        print(f"Dilewati, bukan berkas kasus: {printable(str(path))}", file=sys.stderr)
    return kind is None


Cases = Annotated[
    list[Path],
    typer.Argument(
        metavar="KASUS",
        help="Berkas kasus (.yaml), atau folder berkas kasus.",
        show_default=False,
    ),
]
"""Case files and folders of them, for `case_files`."""
