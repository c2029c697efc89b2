"""What the vocabulary of facts adds to the schema of a rule file: names of facts, and the fields of each."""

from __future__ import annotations

from typing import Any

from sakip_eval.boundary import FileModel
from sakip_eval.rubric.facts import FACTS, Field
from sakip_eval.rubric.rules import Comparison, PatternEntry

_CONSTANT = {"type": ["string", "integer"], "minLength": 1}
"""A constant of a condition: a rule may write a whole number without quotes."""
_CONDITION = {"anyOf": [_CONSTANT, {"$ref": f"#/$defs/{Comparison.__name__}"}]}


def refine(model: type[FileModel], schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of `model` with what its own types leave open; other models stay as they are."""
    if model is Comparison:
        return {**schema, "properties": {name: _constants(p) for name, p in schema["properties"].items()}}
    if model is PatternEntry:
        properties = schema["properties"]
        fact = {"description": properties["fakta"]["description"], "enum": list(FACTS)}
        condition = {"description": properties["syarat"]["description"], "type": "object"}
        cases = [_fields_of(name) for name in FACTS]
        return {**schema, "properties": {**properties, "fakta": fact, "syarat": condition}, "allOf": cases}
    return schema


def _constants(part: dict[str, Any]) -> dict[str, Any]:
    """Let a comparison hold whole numbers; `sama_dengan` names a field and stays text."""
    if "alias.medan" in part["description"]:
        return part
    description = {"description": part["description"]}
    if "array" in part["type"]:
        return {**description, "type": ["array", "null"], "items": _CONSTANT}
    return {**description, **_CONSTANT, "type": ["string", "integer", "null"]}


def _fields_of(fact: str) -> dict[str, Any]:
    """Say which fields a condition on `fact` can test."""
    testable = {name: field for name, field in FACTS[fact].items() if field.kind != "pesan"}
    fields = {name: {"description": _words(field), **_CONDITION} for name, field in testable.items()}
    allowed = {"syarat": {"properties": fields, "additionalProperties": False}}
    return {
        "if": {"properties": {"fakta": {"const": fact}}, "required": ["fakta"]},
        "then": {"properties": allowed},
    }


def _words(field: Field) -> str:
    return f"{field.arti[0].upper()}{field.arti[1:]} ({field.kind})."
