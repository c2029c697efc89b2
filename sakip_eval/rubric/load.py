"""Load a rubric: read its files, refuse it with all problems at once, or build it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sakip_eval.problems import SakipError
from sakip_eval.rubric.catalog import rubric_path
from sakip_eval.rubric.compiled import load_compiled
from sakip_eval.rubric.rubric import Rubric

if TYPE_CHECKING:
    from sakip_eval.rubric.source import ReadRubric


def load_rubric(name: str | Path, folders: Iterable[Path] = ()) -> Rubric:
    """Load the rubric with id `name` (or the file at that path), resolved and checked, with its rules.

    `folders` are searched before the shipped rubrics. Raises `SakipError` with every problem found: B1xx file, Y2xx
    YAML, M3xx shape, R4xx rubric, A6xx rules.
    """
    folders = tuple(folders)
    return load_compiled(rubric_path(str(name), folders), folders) or load_source(name, folders)


def load_source(name: str | Path, folders: Iterable[Path] = ()) -> Rubric:
    """Load a rubric from its YAML files; see `load_rubric`."""
    # Whoever has the compiled form needs no models of the files, and making them takes longer than all the rest.
    from sakip_eval.rubric.read import read_rubric

    return built(read_rubric(name, folders))


def built(read: ReadRubric) -> Rubric:
    """Build a rubric that was read; raises `SakipError` with all its problems where it has some."""
    from sakip_eval.rubric.build import build_rubric

    if read.problems or read.file is None:
        raise SakipError(read.problems)
    rules = {rule.id: rule for source in read.rule_files if source.paket is None for rule in source.rules}
    packs = {source.paket: source.rules for source in read.rule_files if source.paket is not None}
    extends = read.variant.model.rubrik.extends if read.variant and read.variant.model else None
    return build_rubric(read.file, extends, read.changes, tuple(rules.values()), packs, read.content)
