"""The case as text for the hidden sheet, and back: everything of it, also what has no cell of its own.

JSON in ASCII, so that no character is lost in a workbook; fractions as text ("231/10"), dates as ISO text.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from sakip_eval.case.case import Case
from sakip_eval.documents.lke.layout import CHUNK


def encode(case: Case) -> str:
    """Return the case as text."""
    return json.dumps(_plain(case), separators=(",", ":"))


def chunks(text: str) -> list[str]:
    """Cut a text into the pieces that the cells of the sheet DATA hold (keys `kasus.1`, `kasus.2`, ...)."""
    return [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]


def decode(text: str) -> Case:
    """Return the case that `encode` wrote; its shape is checked, its meaning is not (load it through `case.load`).

    Raises `ValueError` for every text that `encode` could not have written.
    """
    try:
        case = _built(Case, json.loads(text))
    except (KeyError, TypeError, AttributeError, RecursionError, ArithmeticError) as error:
        raise ValueError(str(error)) from None
    assert isinstance(case, Case)
    return case


def _plain(value: Any) -> object:
    """Return a value as JSON has it; fields that hold their default are left out."""
    return _writer(value.__class__)(value)


@cache
def _writer(kind: Any) -> Callable[[Any], object]:
    """Return the function that makes values of a class plain; there are few classes, and many values."""
    if issubclass(kind, Fraction | date):
        return str
    if issubclass(kind, Mapping):
        return lambda value: {key: _plain(entry) for key, entry in value.items()}
    if issubclass(kind, tuple):
        return lambda value: [_plain(entry) for entry in value]
    if is_dataclass(kind):
        known = tuple(_names(kind).items())  # type: ignore[arg-type]
        return lambda value: {
            name: _plain(entry) for name, default in known if (entry := getattr(value, name)) != default
        }
    return lambda value: value


@cache
def _names(kind: Any) -> dict[str, object]:
    return {field.name: field.default for field in fields(kind) if field.init}


@cache
def _types(kind: Any) -> dict[str, Any]:
    return {name: hint for name, hint in typing.get_type_hints(kind).items() if name in _names(kind)}


def _built(kind: Any, value: Any) -> Any:
    """Return `value` as the annotation `kind` wants it. Raises `ValueError` or `TypeError` where it is not that."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        return None if value is None else _built(next(k for k in inner if k is not type(None)), value)
    if origin is Literal:
        return _one_of(value, inner)
    if origin is tuple:
        return tuple(_built(inner[0], entry) for entry in _a(list, value))
    if origin is not None:
        return {_built(inner[0], key): _built(inner[1], entry) for key, entry in _a(dict, value).items()}
    if isinstance(kind, type) and is_dataclass(kind):
        known = _types(kind)
        return kind(**{name: _built(known[name], entry) for name, entry in _a(dict, value).items()})
    if kind is Fraction:
        return Fraction(_a(str, value))
    if kind is date:
        return date.fromisoformat(_a(str, value))
    return _a(kind, value)


def _one_of(value: object, known: tuple[object, ...]) -> object:
    if value not in known:
        raise ValueError(f"{value!r}")
    return value


def _a(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{value!r}")
    return value
