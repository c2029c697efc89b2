"""The file boundary: field types that read YAML text exactly, and pydantic's errors said in Indonesian.

Every scalar arrives here as text (see `yamlfile`), so a field's type alone decides how it is read.
"""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, PlainValidator, StringConstraints, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from sakip_eval.numbers import parse_exact
from sakip_eval.problems import Problem, suggest
from sakip_eval.yamlfile import Node, YamlDocument

M = TypeVar("M", bound=BaseModel)

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INTEGER = re.compile(r"-?\d{1,12}")


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


def validate(model: type[M], document: YamlDocument) -> tuple[M | None, YamlDocument, list[Problem]]:
    """Read a document as `model`: the model, the document that it was read from, and all problems.

    Where some entries are bad, they are reported and left out of both, so that the rest can still be checked in the
    same run; the model is None only when too little is left. What comes with problems must not be scored.
    """
    work = YamlDocument(document.path, deepcopy(document.root))
    dropped: set[tuple[int, str | int]] = set()
    problems: list[Problem] = []
    while True:
        try:
            return model.model_validate(work.data()), work, problems
        except ValidationError as error:
            drops: set[tuple[str | int, ...]] = set()
            for detail in error.errors(include_url=False, include_context=True):
                loc = _plain(detail["loc"], work)
                missing = detail["type"] == "missing"
                if not (missing and (id(_node_at(work.root, loc[:-1])), loc[-1]) in dropped):
                    problems.append(_translate(detail, loc, work, _field_names(model, loc[:-1])))
                drops.add(loc[:-1] if missing else loc)
            if () in drops:
                return None, work, problems
            # The last index first, so that leaving out one item does not move another.
            for loc in sorted(drops, key=lambda p: [(isinstance(s, int), s) for s in p], reverse=True):
                parent = _node_at(work.root, loc[:-1])
                step = loc[-1]
                dropped.add((id(parent), step))
                if parent is None:
                    return None, work, problems
                if isinstance(parent.value, dict) and isinstance(step, str):
                    parent.value.pop(step, None)
                elif isinstance(parent.value, list) and isinstance(step, int):
                    del parent.value[step]


def _node_at(node: Node | None, loc: tuple[str | int, ...]) -> Node | None:
    for step in loc:
        value = node.value if node else None
        if isinstance(value, dict) and isinstance(step, str):
            node = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            node = value[step]
        else:
            return None
    return node


def _plain(loc: tuple[str | int, ...], document: YamlDocument) -> tuple[str | int, ...]:
    """Strip pydantic's own markers (`[key]`, tags of unions) from an error's path, keeping the file's steps."""
    steps: list[str | int] = []
    named = [step for step in loc if step != "[key]"]
    for at, step in enumerate(named):
        if at == len(named) - 1 or _node_at(document.root, (*steps, step)) is not None:
            steps.append(step)
    return tuple(steps)


def _field_names(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the model reached by `loc` knows (best effort, for suggestions)."""
    current: Any = model
    for step in loc:
        if isinstance(current, type) and issubclass(current, BaseModel):
            info = current.model_fields.get(str(step))
            if info is None:
                info = next((f for f in current.model_fields.values() if f.alias == step), None)
            if info is None:
                return []
            current = info.annotation
        else:
            current = _inner(current)
        current = _unwrap(current)
    current = _unwrap(current)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [info.alias or name for name, info in current.model_fields.items()]
    return []


def _unwrap(annotation: Any) -> Any:
    """Take the model out of `X | None` and `Annotated[X, ...]`."""
    args = getattr(annotation, "__args__", ())
    if hasattr(annotation, "__metadata__"):
        return _unwrap(annotation.__origin__)
    models = [a for a in args if a is not type(None)]
    if type(None) in args and len(models) == 1:
        return _unwrap(models[0])
    return annotation


def _inner(annotation: Any) -> Any:
    """Take the element type out of `tuple[X, ...]`, `list[X]`, `dict[str, X]`."""
    args = [a for a in getattr(annotation, "__args__", ()) if a is not Ellipsis]
    return args[-1] if args else None


def _shown(value: Any) -> str:
    if value is None:
        return "kosong"
    if isinstance(value, dict):
        return "kumpulan `kunci: isi`"
    if isinstance(value, list):
        return "daftar"
    text = str(value).replace("\n", " ")
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"


_VALUE_ERRORS = {
    "angka": ("M304", "bukan angka yang tepat", "Angka ditulis dengan titik desimal atau pecahan, tanpa koma",
              "Tulis misalnya 6, 4.5, atau 1/3"),
    "bulat": ("M304", "bukan bilangan bulat", "Kunci ini berisi bilangan bulat", "Tulis misalnya 4"),
    "tahun": ("M304", "bukan tahun", "Tahun ditulis dengan empat angka", "Tulis misalnya 2022"),
    "tanggal": ("M306", "bukan tanggal", "Tanggal ditulis tahun-bulan-hari dan harus ada di kalender",
                "Tulis misalnya 2023-06-27"),
    "ya_tidak": ("M305", "bukan ya atau tidak", "Kunci ini hanya mengenal dua jawaban", "Tulis ya atau tidak"),
    "string_type": ("M303", "bukan teks tunggal", "Kunci ini berisi satu teks", "Tulis satu teks sesudah titik dua"),
    "string_too_short": ("M303", "kosong", "Kunci ini tidak boleh kosong", "Isi, atau hapus kuncinya bila boleh tiada"),
    "string_too_long": ("M303", "terlalu panjang", "Satu teks paling banyak 8.000 huruf", "Persingkat"),
    "too_short": ("M303", "kosong", "Daftar ini harus berisi", "Tambahkan paling sedikit satu butir"),
}  # fmt: skip


def _translate(detail: ErrorDetails, loc: tuple[str | int, ...], document: YamlDocument, known: list[str]) -> Problem:
    kind, value = detail["type"], detail.get("input")
    name = str(loc[-1]) if loc else "berkas"
    place = document.locate(loc)
    if kind == "extra_forbidden":
        return Problem(
            "M301",
            document.locate(loc, key=True),
            f"Kunci `{name}` tidak dikenal di sini",
            "Kunci yang tidak dikenal akan diabaikan diam-diam bila dibiarkan",
            suggest(name, known) if known else "Periksa ejaan atau hapus",
        )
    if kind == "missing":
        where = f" pada `{loc[-2]}`" if len(loc) > 1 else ""
        return Problem(
            "M302",
            document.locate(loc[:-1], key=True),
            f"Kunci `{name}` belum ada{where}",
            "Tanpa kunci ini isinya tidak dapat dinilai",
            f"Tambahkan `{name}: ...`",
        )
    if kind == "literal_error":
        expected = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
        return Problem(
            "M305",
            place,
            f"`{name}` berisi {_shown(value)}, yang tidak dikenal",
            "Hanya nilai tertentu yang punya arti di sini",
            "Pilih salah satu: " + ", ".join(expected),
        )
    if kind == "string_pattern_mismatch":
        return Problem(
            "M303",
            place,
            f"`{name}` berisi {_shown(value)}, yang bentuknya tidak sesuai",
            "Nilai ini dipakai sebagai pengenal atau sidik berkas sehingga bentuknya tetap",
            "Bentuk yang diterima: " + str(detail.get("ctx", {}).get("pattern", "")),
        )
    if kind in _VALUE_ERRORS:
        kode, what, why, fix = _VALUE_ERRORS[kind]
        if kind == "angka" and isinstance(value, str) and re.fullmatch(r"[0-9]+,[0-9]+", value):
            fix = f"Tulis {value.replace(',', '.')}"
        return Problem(kode, place, f"`{name}` berisi {_shown(value)}, {what}", why, fix)
    if kind in ("model_type", "model_attributes_type", "dict_type", "mapping_type"):
        return Problem(
            "M303",
            place,
            f"`{name}` berisi {_shown(value)}, seharusnya kumpulan `kunci: isi`",
            "Bentuk isinya tidak sesuai",
            ("Kunci yang dikenal: " + ", ".join(known)) if known else "Tulis `kunci: isi`, satu per baris",
        )
    if kind in ("list_type", "tuple_type", "set_type", "frozen_set_type"):
        return Problem(
            "M303",
            place,
            f"`{name}` berisi {_shown(value)}, seharusnya daftar",
            "Bentuk isinya tidak sesuai",
            "Tulis sebagai daftar: [a, b] atau satu `- butir` per baris",
        )
    said = detail["msg"].removeprefix("Value error, ")
    return Problem("M303", place, f"`{name}`: {said}", "Isinya tidak sesuai", "Lihat docs/ untuk bentuk berkasnya")
