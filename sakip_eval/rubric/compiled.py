"""The compiled form of a shipped rubric: the same rubric, ready to use, so that no command has to check it anew.

It stands beside `rubrik.yaml` as `rubrik.tersusun.json` and is only ever used while it is certain to be the same: each
file that the rubric is made of is hashed on every reading, and one changed byte, one file more or less, another
version of sakip-eval or a damaged form sends the reader back to the YAML files. Those stay the only source: lint,
messages and schemas never look here. Written by `sakip rubrik susun`; a test compares each form with its source.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from sakip_eval.numbers import Rounding
from sakip_eval.rubric.catalog import FILE_NAME, shipped_folder
from sakip_eval.rubric.rubric import (
    Band,
    Change,
    Komponen,
    Kriteria,
    Predikat,
    Rubric,
    Step,
    Subkomponen,
    Tenggat,
    Topik,
)
from sakip_eval.rubric.rules import Constraint, Join, MakaRekomendasi, MakaTemuan, MakaUsulan, Pattern, Rule
from sakip_eval.version import __version__

COMPILED_NAME = "rubrik.tersusun.json"
_RECORDS: tuple[type[Any], ...] = (
    Band, Change, Komponen, Kriteria, Predikat, Rounding, Rubric, Step, Subkomponen, Tenggat, Topik,
    Constraint, Join, MakaRekomendasi, MakaTemuan, MakaUsulan, Pattern, Rule,
)  # fmt: skip
_MAKERS: Mapping[str, Callable[..., Any]] = {
    **{record.__name__: record for record in _RECORDS},
    "pecahan": Fraction,
    "tanggal": date,
    "himpunan": lambda *items: frozenset(items),
    "peta": lambda *items: dict(items),
}


def compiled_text(rubric: Rubric, homes: Iterable[Path]) -> bytes:
    """Return the compiled form of a rubric that was built from the YAML files in the shipped folders `homes`.

    Two lines of JSON: what it rests on, and the rubric.
    """
    body = json.dumps(_plain(rubric), ensure_ascii=False, separators=(",", ":")).encode()
    folder = shipped_folder()
    head = {
        "versi": __version__,
        "bentuk": _shape(),
        "isi": hashlib.sha256(body).hexdigest(),
        "sumber": _sources(folder, sorted({home.relative_to(folder) for home in homes})),
    }
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + body + b"\n"


def load_compiled(path: Path, folders: Iterable[Path] = ()) -> Rubric | None:
    """Return the shipped rubric of this `rubrik.yaml` from its compiled form; None where that is not to be used.

    It is not where the rubric is not a shipped one, or where one of `folders` has a rubric of its own in place of one
    that it is made of.
    """
    folder = shipped_folder()
    compiled = path.with_name(COMPILED_NAME)
    try:
        if not path.is_relative_to(folder):
            return None
        first, body, rest = compiled.read_bytes().split(b"\n")
        head = json.loads(first)
        if rest or (head["versi"], head["bentuk"]) != (__version__, _shape()):
            return None
        homes = {Path(name).parent for name in head["sumber"]}
        if any((own / home / FILE_NAME).exists() for own in folders for home in homes):
            return None
        if _sources(folder, homes) != head["sumber"]:
            return None
        if hashlib.sha256(body).hexdigest() != head["isi"]:
            return None
        rubric = json.loads(body, object_hook=_made)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return rubric if isinstance(rubric, Rubric) else None


def _sources(folder: Path, homes: Iterable[Path]) -> dict[str, str]:
    """Return the hash of every YAML file in these folders below `folder`, by its path there."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for home in homes
        for file in sorted((folder / home).glob("*.yaml"))
    }


def _shape() -> str:
    """Return what tells apart forms of records: their names and those of their fields."""
    names = {record.__name__: [field.name for field in fields(record)] for record in _RECORDS}
    return hashlib.sha256(repr(names).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """Write a value of a rubric as JSON: lists are tuples, an object has one key, what it is, with its parts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {type(value).__name__: [_plain(getattr(value, field.name)) for field in fields(value)]}
    if isinstance(value, Fraction):
        return {"pecahan": [value.numerator, value.denominator]}
    if isinstance(value, date):
        return {"tanggal": [value.year, value.month, value.day]}
    if isinstance(value, frozenset):
        return {"himpunan": sorted(map(_plain, value))}
    if isinstance(value, Mapping):
        return {"peta": [[_plain(key), _plain(item)] for key, item in value.items()]}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    assert value is None or isinstance(value, str | int), value
    return value


def _made(written: dict[str, list[Any]]) -> Any:
    """Make again what `_plain` wrote; raises `ValueError` or `KeyError` for anything else."""
    ((name, parts),) = written.items()
    return _MAKERS[name](*map(_tuples, parts))


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
