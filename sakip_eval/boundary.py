"""The file boundary: field types that read YAML text exactly, and pydantic's errors said in Indonesian.

Every scalar arrives here as text (see `yamlfile`), so a field's type alone decides how it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, TypeAlias, TypeVar, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic_core import PydanticCustomError

from sakip_eval.numbers import parse_exact
from sakip_eval.problems import Problem
from sakip_eval.yamlfile import Node, YamlDocument

M = TypeVar("M", bound=BaseModel)
Steps: TypeAlias = tuple[str | int, ...]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"-?[0-9]{1,12}")


class FileModel(BaseModel):
    """Base of every model of a file: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _exact(value: Any) -> Fraction:
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str):
        try:
            return parse_exact(value)
        except ValueError:
            pass
    raise PydanticCustomError("angka", "angka")


def _integer(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value)
    raise PydanticCustomError("bulat", "bulat")


def _year(value: Any) -> int:
    try:
        year = _integer(value)
    except PydanticCustomError:
        year = 0
    if not 1990 <= year <= 2100:
        raise PydanticCustomError("tahun", "tahun")
    return year


def _date(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("tanggal", "tanggal")


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("ya", "true"):
        return True
    if value in ("tidak", "false"):
        return False
    raise PydanticCustomError("ya_tidak", "ya_tidak")


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000)]
"""A non-empty text."""
Exact = Annotated[
    Fraction,
    PlainValidator(_exact),
    WithJsonSchema({"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$"}),
]
"""An exact number: `6`, `4.5`, `1/3`."""
Integer = Annotated[int, PlainValidator(_integer), WithJsonSchema({"type": "integer"})]
Year = Annotated[int, PlainValidator(_year), WithJsonSchema({"type": "integer", "minimum": 1990, "maximum": 2100})]
Date = Annotated[date, PlainValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
"""A date written as 2023-06-27."""
YesNo = Annotated[bool, PlainValidator(_boolean), WithJsonSchema({"type": "boolean"})]
"""ya / tidak (also true / false)."""


def shaped(pattern: str, words: str, max_length: int | None = None) -> Any:
    """Return the mark of a text of a fixed form; `words` say the form to who writes the file."""
    SHAPES[pattern] = words
    return Field(pattern=pattern, max_length=max_length)


SHAPES: dict[str, str] = {}
"""Pattern of a text -> its form in words."""


def validate(
    model: type[M], document: YamlDocument, *, partial: bool = False
) -> tuple[M | None, YamlDocument, list[Problem]]:
    """Read a document as `model`: the model, the document that it was read from, and all problems.

    Where some entries are bad, they are reported and left out of both, so that the rest can still be checked in the
    same run; `YamlDocument.lacks` tells where. The model is None when a key that it needs is left out; with `partial`,
    that key is None in it, or empty where it is a list. What comes with problems must not be scored.
    """
    try:
        return model.model_validate(document.data()), document, []
    except ValidationError as error:
        return _salvage(model, document, error, partial)


def _salvage(
    model: type[M], document: YamlDocument, error: ValidationError, partial: bool
) -> tuple[M | None, YamlDocument, list[Problem]]:
    """Report the errors, leave out what they are about, and read again, until the rest is good."""
    from sakip_eval.shape_messages import shape_problem

    work = YamlDocument(document.path, deepcopy(document.root), complete=False)
    problems: list[Problem] = []
    lost: set[str] = set()
    while True:
        drops: set[Steps] = set()
        known = len(lost)
        for detail in error.errors(include_url=False):
            missing, short = detail["type"] == "missing", detail["type"] == "too_short"
            loc = _plain(detail["loc"], work, keep_last=missing)
            node = _node_at(work.root, loc[:-1] if missing else loc)
            if short and node is not None and node.value:
                continue  # It is short only of entries that are bad themselves.
            # What only follows from an entry left out before is no problem of its own.
            if node is None or not node.lost or not (short or (missing and loc[-1] in node.lost)):
                problems.append(shape_problem(detail, loc, work, model, SHAPES))
            drops.add(loc[:-1] if missing else loc)
            if missing and len(loc) == 1:
                lost.add(str(loc[0]))
        if () in drops and not (partial and lost and isinstance(work.root.value, dict)):
            return None, work, problems
        drops.discard(())
        if not drops and len(lost) == known:
            return None, work, problems  # Nothing more can be left out.
        _leave_out(work.root, drops)
        try:
            return _lenient(model, lost).model_validate(work.data()), work, problems
        except ValidationError as again:
            error = again


def _leave_out(root: Node, drops: Iterable[Steps]) -> None:
    # The last index first, so that leaving out one item does not move another.
    for loc in sorted(drops, key=lambda p: [(isinstance(s, int), s) for s in p], reverse=True):
        parent, step = _node_at(root, loc[:-1]), loc[-1]
        if parent is None:
            continue
        if isinstance(parent.value, dict) and isinstance(step, str):
            parent.value.pop(step, None)
        elif isinstance(parent.value, list) and isinstance(step, int):
            del parent.value[step]
        if parent.lost is None:
            parent.lost = set()
        parent.lost.add(step)


def _lenient(model: type[M], lost: set[str]) -> type[M]:
    """Return `model` without the need for the keys `lost`."""
    if not lost:
        return model
    fields: dict[str, Any] = {
        name: (Any, () if get_origin(model.model_fields[name].annotation) is tuple else None) for name in sorted(lost)
    }
    return create_model(model.__name__, __base__=model, **fields)


def _node_at(node: Node | None, loc: Steps) -> Node | None:
    for step in loc:
        node = node.child(step) if node is not None else None
    return node


def _plain(loc: Steps, document: YamlDocument, *, keep_last: bool) -> Steps:
    """Strip pydantic's own markers (`[key]`, tags of unions) from an error's path, keeping the file's steps.

    `keep_last`: the last step is a key that the file does not have.
    """
    steps: Steps = ()
    named = [step for step in loc if step != "[key]"]
    for at, step in enumerate(named):
        if (keep_last and at == len(named) - 1) or _node_at(document.root, (*steps, step)) is not None:
            steps = (*steps, step)
    return steps
