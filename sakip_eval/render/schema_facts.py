"""What the vocabulary of facts adds to the schema of a rule file: names of facts, and the fields of each."""

from __future__ import annotations

from typing import Any

from sakip_eval.boundary import FileModel
from sakip_eval.rubric.facts import FACTS
from sakip_eval.rubric.facts_tindak_lanjut import FACTS_TINDAK_LANJUT
from sakip_eval.rubric.rules_model import Comparison, PatternEntry

_ALL = {**FACTS, **FACTS_TINDAK_LANJUT}
"""A schema knows no folders: it takes rules about an evaluation and rules about follow-up alike."""
_CONSTANT = {"type": ["string", "integer"], "minLength": 1}
"""A constant of a condition: a rule may write a whole number without quotes."""


def refine(model: type[FileModel], schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of `model` with what its own types leave open; other models stay as they are."""
    properties = dict(schema["properties"])
    if model is Comparison:
        return {**schema, "properties": {name: _constants(name, part) for name, part in properties.items()}}
    if model is PatternEntry:
        comparison = {"$ref": f"#/$defs/{Comparison.__name__}"}
        condition = {"if": {"type": "object"}, "then": comparison, "else": _CONSTANT}
        properties["fakta"] = {"description": properties["fakta"]["description"], "enum": list(_ALL)}
        properties["syarat"] = {**properties["syarat"], "additionalProperties": condition}
        return {**schema, "properties": properties, "allOf": [_fields_of(name) for name in _ALL]}
    return schema


def _constants(name: str, part: dict[str, Any]) -> dict[str, Any]:
    """Let a comparison hold whole numbers; `sama_dengan` names a field and stays text."""
    if name == "sama_dengan":
        return part
    if "items" in part:
        return {**part, "items": _CONSTANT}
    return {**part, "type": ["string", "integer", "null"]}


def _fields_of(fact: str) -> dict[str, Any]:
    """Say which fields a condition on `fact` can test."""
    fields = {
        name: {"description": f"{field.kind}: {field.arti}."}
        for name, field in _ALL[fact].items()
        if field.kind != "pesan"
    }
    return {
        "if": {"properties": {"fakta": {"const": fact}}, "required": ["fakta"]},
        "then": {"properties": {"syarat": {"properties": fields, "additionalProperties": False}}},
    }
