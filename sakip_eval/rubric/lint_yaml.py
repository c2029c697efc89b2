"""Unquoted texts that other YAML tools read as something else: `NO`, `1.10`, `1:30`, `010`, dates, `null` (L712)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sakip_eval.problems import Problem
from sakip_eval.rubric.facts import FACTS
from sakip_eval.rubric.model import RubricFile, VariantFile
from sakip_eval.rubric.rules_model import PatternEntry, RuleFile
from sakip_eval.rubric.source import ReadRubric
from sakip_eval.yamlfile import Node, YamlDocument

_READINGS = (
    (re.compile(r"y|yes|true|on", re.I), "nilai benar"),
    (re.compile(r"n|no|false|off", re.I), "nilai salah"),
    (re.compile(r"[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"), "bilangan basis enam puluh"),
    (re.compile(r"[-+]?0x[0-9a-f_]+", re.I), "bilangan heksadesimal"),
    (re.compile(r"[-+]?0o?[0-7_]+"), "bilangan oktal"),
    (re.compile(r"[-+]?0b[01_]+"), "bilangan biner"),
    (re.compile(r"[-+]?[0-9][0-9_]*"), "bilangan"),
    (re.compile(r"[-+]?([0-9][0-9_]*)?\.?[0-9_]+(e[-+]?[0-9]+)?|[-+]?[0-9][0-9_]*\.", re.I), "angka pecahan"),
    (re.compile(r"[-+]?\.inf|\.nan", re.I), "angka tak hingga"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?"), "tanggal"),
    (re.compile(r"=|<<"), "penanda khusus"),
)
MAX_SCALAR = 60
"""Longest text that could be meant as a number, a date or a truth."""
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def misreading(text: str) -> str | None:
    """Say as what another YAML tool reads this unquoted text; None where it reads the text."""
    if len(text) > MAX_SCALAR:
        return None
    return next((words for pattern, words in _READINGS if pattern.fullmatch(text)), None)


def lint_yaml(read: ReadRubric) -> Iterator[Problem]:
    """Yield every unquoted scalar of the rubric's own files that stands for a text and is not read as one (L712)."""
    for source in read.own_files:
        model = VariantFile if source is read.variant else RubricFile if source is read.root else RuleFile
        walk = _Walk(source.written, _BREAK.split(source.text))
        yield from walk.node(source.written.root, model, ())


class _Walk:
    """Goes through a file beside the model that it is read as."""

    def __init__(self, document: YamlDocument, lines: list[str]) -> None:
        self.document, self.lines = document, lines

    def node(self, node: Node, wanted: Any, path: tuple[str | int, ...]) -> Iterator[Problem]:
        kinds = _kinds(wanted)
        value = node.value
        if isinstance(value, dict):
            yield from self.mapping(node, value, kinds, path)
        elif isinstance(value, list):
            items = next((get_args(kind) for kind in kinds if get_origin(kind) is tuple), ())
            for at, item in enumerate(value if items else ()):
                yield from self.node(item, items[0], (*path, at))
        elif not any(kind is str or get_origin(kind) is Literal for kind in kinds) or node.quoted:
            return
        elif value is None and NoneType in kinds:
            yield self.problem(path, "", "kosong", "Hapus kuncinya, atau isi teksnya")
        elif isinstance(value, str) and (words := misreading(value)) is not None:
            yield self.problem(path, value, words, f'Beri tanda kutip: "{value}"')

    def mapping(
        self, node: Node, value: dict[str, Node], kinds: list[Any], path: tuple[str | int, ...]
    ) -> Iterator[Problem]:
        model = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
        pair = next((get_args(kind) for kind in kinds if get_origin(kind) is dict), None)
        for key, child in value.items():
            here = (*path, key)
            if model is not None:
                field = model.model_fields.get(key)
                if field is not None and not (key == "syarat" and model is PatternEntry):
                    yield from self.node(child, field.annotation, here)
                elif field is not None:
                    yield from self.tests(node, child, field.annotation, here)
            elif pair is not None:
                words = misreading(key)
                if words is not None and not self.key_quoted(node.keys[key]):
                    yield self.problem(here, key, words, f'Beri tanda kutip: "{key}":', key=True)
                yield from self.node(child, pair[1], here)

    def tests(self, pattern: Node, node: Node, wanted: Any, path: tuple[str | int, ...]) -> Iterator[Problem]:
        """Go through `syarat`, where a field that holds numbers may be compared with a bare number."""
        named = pattern.value.get("fakta") if isinstance(pattern.value, dict) else None
        fields = FACTS.get(str(named.value), {}) if named is not None else {}
        if not isinstance(node.value, dict):
            return
        texts = {name: child for name, child in node.value.items() if name in fields and fields[name].kind == "teks"}
        yield from self.mapping(node, texts, _kinds(wanted), path)

    def key_quoted(self, place: tuple[int, int]) -> bool:
        line, col = place
        return self.lines[line - 1][col - 1 : col] in ('"', "'")

    def problem(self, path: tuple[str | int, ...], text: str, words: str, fix: str, *, key: bool = False) -> Problem:
        what = "Kunci" if key else f"Isi `{_named(path)}`"
        shown = f"`{text}` " if text else ""
        return Problem(
            "L712",
            self.document.locate(path, key=key),
            f"{what} {shown}tanpa tanda kutip dibaca perangkat YAML lain sebagai {words}, bukan teks",
            "Berkas yang sama akan berarti lain di perangkat lain",
            fix,
            "peringatan",
        )


def _named(path: tuple[str | int, ...]) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "berkas")


def _kinds(annotation: Any) -> list[Any]:
    """Return the plain types that an annotation admits: models, containers, str, literals, None."""
    if get_origin(annotation) is Annotated:
        return _kinds(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [kind for part in get_args(annotation) for kind in _kinds(part)]
    return [annotation]
