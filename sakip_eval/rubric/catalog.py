"""Where rubric files are: the user's folders first, then those shipped with the package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sakip_eval.problems import Location, Problem, SakipError, suggest

FILE_NAME = "rubrik.yaml"
RUBRIC_ID = r"^[a-z0-9-]+(/[a-z0-9-]+)+$"
"""The form of a rubric's id. It is never a path that leads out of the folders of rubrics."""


def shipped_folder() -> Path:
    """Return the folder of the rubrics that ship with the package, installed or in a source checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_rubrics"
    return installed if installed.is_dir() else package.parent / "rubrics"


def rubric_path(name: str, folders: Iterable[Path] = ()) -> Path:
    """Return the file of the rubric with id `name`, or of the path `name` to a rubric file or its folder.

    For a name that a person gives; a file names rubrics by id only (`find_rubric`). `folders` are searched before the
    shipped ones. Raises `SakipError` (R401) where there is none.
    """
    if not is_path(name):
        return find_rubric(name, folders)
    given = Path(name)
    try:
        given = given.expanduser()
        return given / FILE_NAME if given.is_dir() else given
    except (OSError, RuntimeError):  # Reading it will say what is wrong with it.
        return given


def is_path(name: str) -> bool:
    """Return whether `name` is a path rather than an id."""
    return name.endswith((".yaml", ".yml")) or Path(name).is_absolute() or name.startswith((".", "~"))


def find_rubric(name: str, folders: Iterable[Path] = ()) -> Path:
    """Return the file of the rubric with id `name`; a path is not an id.

    `folders` are searched before the shipped ones. Raises `SakipError` (R401) where there is none.
    """
    searched = [*folders, shipped_folder()]
    if len(name) <= 120 and re.fullmatch(RUBRIC_ID, name):
        for folder in searched:
            candidate = folder / name / FILE_NAME
            if candidate.is_file():
                return candidate
    known = [rubric_id for rubric_id, _ in list_rubrics(folders)]
    mend = suggest(name, known)
    raise SakipError(
        [
            Problem(
                "R401",
                Location(name),
                f"Rubrik `{name}` tidak ditemukan",
                "Rubrik dicari di: " + ", ".join(map(str, searched)),
                f"Tulis id rubrik, bukan jalur berkas; {mend[0].lower()}{mend[1:]}" if is_path(name) else mend,
            )
        ]
    )


def list_rubrics(folders: Iterable[Path] = ()) -> Iterator[tuple[str, Path]]:
    """Yield (id by folder, file) of every rubric found, sorted by id; the user's folders win over shipped ones."""
    found: dict[str, Path] = {}
    for folder in [*folders, shipped_folder()]:
        for path in sorted(folder.rglob(FILE_NAME)):
            found.setdefault(path.parent.relative_to(folder).as_posix(), path)
    yield from sorted(found.items())


def pack_paths(path: Path) -> dict[str, Path]:
    """Return the optional rule packs beside a rubric file: name -> `paket-<name>.yaml`."""
    return {p.stem.removeprefix("paket-"): p for p in sorted(path.parent.glob("paket-*.yaml"))}


def rule_paths(path: Path) -> list[Path]:
    """Return the rule files beside a rubric file, sorted by name."""
    return sorted(path.parent.glob("aturan*.yaml"))
