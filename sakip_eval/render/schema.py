"""JSON Schemas (draft 2020-12) of the files that people write, for editors: generated from the pydantic models.

A schema sees a file as a YAML editor does: `6` is a number, `"1"` a text, a date a text, `ya` a text. It knows the
shape of a file; whether ids exist and weights add up, the loaders say. The same models give the same bytes.
`patternErrorMessage` is what editors say of a text of the wrong form; JSON Schema itself ignores it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from sakip_eval.boundary import SHAPES, FileModel
from sakip_eval.case.model import CaseFile
from sakip_eval.render.schema_facts import refine
from sakip_eval.render.schema_words import field_words, title_of
from sakip_eval.rubric.model import RubricFile, VariantFile
from sakip_eval.rubric.rules_model import RuleFile
from sakip_eval.tindak_lanjut.impor_model import TindakLanjutFile

Schema: TypeAlias = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
COMMITTED = ("rubrik", "aturan", "kasus", "tindak-lanjut")
"""The schemas that lie in the repository's folder `schema/`; `rubrik` takes a root and a variant alike."""

_LIMITS = (
    ("ge", "minimum"),
    ("le", "maximum"),
    ("min_length", "minLength"),
    ("max_length", "maxLength"),
    ("pattern", "pattern"),
)


def schema_file_name(name: str) -> str:
    """Return the file name of the schema `name`."""
    return f"{name}.schema.json"


def render_schema(name: str) -> str:
    """Return the schema called `name` (one of `SCHEMAS`) as the text of its file."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2) + "\n"


def _of(model: type[FileModel]) -> Schema:
    """Return the schema of one model, as a whole file."""
    parts = _Parts()
    return parts.file(title_of(model), parts.model(model))


def _of_rubric() -> Schema:
    """Return the schema of a rubric file: a variant where it says `extends`, else a root."""
    parts = _Parts()
    variant = {"properties": {"rubrik": {"type": "object", "required": ["extends"]}}, "required": ["rubrik"]}
    either = {"if": variant, "then": parts.reference(VariantFile), "else": parts.reference(RubricFile)}
    return parts.file("Rubrik sakip-eval", {"type": "object", **either})


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "rubrik": _of_rubric,
    "turunan": lambda: _of(VariantFile),
    "aturan": lambda: _of(RuleFile),
    "kasus": lambda: _of(CaseFile),
    "tindak-lanjut": lambda: _of(TindakLanjutFile),
}


class _Parts:
    """The models met so far, each written once under `$defs` by its class name."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def file(self, title: str, body: Schema) -> Schema:
        schema = {"$schema": DRAFT, "title": title, **{k: v for k, v in body.items() if k != "title"}}
        return {**schema, "$defs": dict(sorted(self.definitions.items()))}

    def reference(self, model: type[FileModel]) -> Schema:
        name = model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.model(model)
        return {"$ref": f"#/$defs/{name}"}

    def model(self, model: type[FileModel]) -> Schema:
        properties = {}
        for name, info in model.model_fields.items():
            value = self.type(info.annotation, info.metadata)
            properties[name] = {"description": field_words(model, name), **value}
        required = [name for name, info in model.model_fields.items() if info.is_required()]
        schema: Schema = {"title": title_of(model), "type": "object", "properties": properties}
        if required:
            schema["required"] = required
        return refine(model, {**schema, "additionalProperties": False})

    def type(self, annotation: Any, metadata: Iterable[Any] = ()) -> Schema:
        """Return the schema of an annotation; `metadata` is what stands beside it in `Annotated`."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.type(arguments[0], [*arguments[1:], *metadata])
        marks = list(_flat(metadata))
        declared = next((m.json_schema for m in marks if isinstance(m, WithJsonSchema)), None)
        if declared is not None:
            return {**_as_edited(declared), **_limits(marks)}
        if origin is Literal:
            return {"enum": list(arguments)}
        if isinstance(annotation, type) and issubclass(annotation, FileModel):
            return self.reference(annotation)
        if annotation is str:
            return {"type": "string", **_limits(marks)}
        if origin is tuple and arguments[1:] == (Ellipsis,):
            limits = {key.replace("Length", "Items"): value for key, value in _limits(marks).items()}
            return {"type": "array", "items": self.type(arguments[0]), **limits}
        if origin is dict:
            return self.mapping(*arguments)
        if origin in (Union, UnionType):
            return self.union(arguments)
        raise TypeError(f"no schema for {annotation!r}: teach render/schema.py this type")

    def union(self, members: tuple[Any, ...]) -> Schema:
        options = [self.type(member) for member in members if member is not type(None)]
        if type(None) not in members:
            return {"anyOf": options}
        (option,) = options
        if "enum" in option:
            return {**option, "enum": [*option["enum"], None]}
        kinds = option.get("type", "object")
        if kinds in ("object", "array"):
            return option  # a blank section is better left out: docs/format-kasus.md
        return {**option, "type": [*(kinds if isinstance(kinds, list) else [kinds]), "null"]}

    def mapping(self, key: Any, value: Any) -> Schema:
        names, values = self.type(key), self.type(value)
        if "enum" in names:
            return {
                "type": "object",
                "properties": dict.fromkeys(names["enum"], values),
                "additionalProperties": False,
            }
        if "pattern" not in names:
            return {"type": "object", "additionalProperties": values}
        schema: Schema = {"type": "object", "patternProperties": {names["pattern"]: values}}
        if "maxLength" in names:
            schema["propertyNames"] = {"maxLength": names["maxLength"]}
        return {**schema, "additionalProperties": False}


def _flat(metadata: Iterable[Any]) -> Iterable[Any]:
    for mark in metadata:
        if isinstance(mark, FieldInfo):
            yield from _flat(mark.metadata)
        else:
            yield mark


def _as_edited(declared: Mapping[str, Any]) -> Schema:
    """Return the form that a model declares for a type of `boundary`, as plain YAML text takes it."""
    if declared.get("type") == "boolean":
        return {"enum": ["ya", "tidak", True, False]}
    if declared.get("format") == "date":
        said = "Tulis tanggal sebagai tahun-bulan-hari, misalnya 2023-06-27."
        return {**declared, "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "patternErrorMessage": said}
    if "pattern" in declared:
        said = "Tulis angka dengan titik desimal atau pecahan, tanpa koma, misalnya 6, 4.5, atau 1/3."
        return {**declared, "patternErrorMessage": said}
    return dict(declared)


def _limits(marks: Iterable[Any]) -> Schema:
    found: Schema = {}
    for mark in marks:
        for attribute, keyword in _LIMITS:
            value = getattr(mark, attribute, None)
            if value is not None:
                found[keyword] = value
    if found.get("pattern") in SHAPES:
        found["patternErrorMessage"] = f"Tulis {SHAPES[found['pattern']]}."
    return found
