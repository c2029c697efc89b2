"""What pydantic says about a file of the wrong shape, said in Indonesian and at its place (codes M3xx).

Only bad input comes here. Pydantic's own English words never reach a user: what is not in the table gets general
words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from sakip_eval.problems import Problem, suggest
from sakip_eval.yamlfile import YamlDocument

Steps = tuple[str | int, ...]

_LIMIT = "Kunci ini hanya menerima bilangan dalam batas tertentu"
_VALUE_ERRORS: Mapping[str, tuple[str, str, str, str]] = {
    "angka": ("M304", "bukan angka yang tepat", "Angka ditulis dengan titik desimal atau pecahan, tanpa koma",
              "Tulis misalnya 6, 4.5, atau 1/3"),
    "bulat": ("M304", "bukan bilangan bulat", "Kunci ini berisi bilangan bulat", "Tulis misalnya 4"),
    "tahun": ("M304", "bukan tahun", "Tahun ditulis dengan empat angka", "Tulis misalnya 2022"),
    "tanggal": ("M306", "bukan tanggal", "Tanggal ditulis tahun-bulan-hari dan harus ada di kalender",
                "Tulis misalnya 2023-06-27"),
    "ya_tidak": ("M305", "bukan ya atau tidak", "Kunci ini hanya mengenal dua jawaban", "Tulis ya atau tidak"),
    "greater_than_equal": ("M303", "kurang dari {ge}", _LIMIT, "Tulis bilangan paling kecil {ge}"),
    "less_than_equal": ("M303", "lebih dari {le}", _LIMIT, "Tulis bilangan paling besar {le}"),
    "string_type": ("M303", "bukan teks tunggal", "Kunci ini berisi satu teks", "Tulis satu teks sesudah titik dua"),
    "string_too_short": ("M303", "kosong", "Kunci ini tidak boleh kosong", "Isi, atau hapus kuncinya bila boleh tiada"),
    "string_too_long": ("M303", "terlalu panjang", "Teks ini paling banyak {max_length} huruf", "Persingkat"),
    "too_short": ("M303", "kosong", "Daftar ini harus berisi", "Tambahkan paling sedikit satu butir"),
}  # fmt: skip
"""Kind of error: code, what is wrong with the value, why it matters, how to mend it."""


def shape_problem(
    detail: ErrorDetails,
    loc: Steps,
    document: YamlDocument,
    model: type[BaseModel],
    shapes: Mapping[str, str],
) -> Problem:
    """Say one error of `model` about `document`; `loc` is its place in the file, `shapes` the words of patterns."""
    kind, value = detail["type"], detail.get("input")
    context: Mapping[str, Any] = detail.get("ctx", {})
    if kind == "extra_forbidden":
        known = _keys(_at(model, loc[:-1]))
        return Problem(
            "M301",
            document.locate(loc, key=True),
            f"Kunci {_shown(loc[-1])} tidak dikenal di sini",
            "Kunci yang tidak dikenal akan diabaikan diam-diam bila dibiarkan",
            suggest(str(loc[-1]), known) if known else "Periksa ejaan atau hapus",
        )
    if kind == "missing":
        return Problem(
            "M302",
            document.locate(loc[:-1], key=True),
            f"Kunci `{loc[-1]}` belum ada" + (f" pada {_called(loc[:-1])}" if len(loc) > 1 else ""),
            "Tanpa kunci ini isinya tidak dapat dinilai",
            f"Tambahkan `{loc[-1]}: ...`",
        )
    if detail["loc"][-1:] == ("[key]",):
        place, said = document.locate(loc, key=True), f"Nama {_called(loc)}"
    else:
        place, said = document.locate(loc), f"{_called(loc)} berisi {_shown(value)}"
        said = said[0].upper() + said[1:]
    if kind == "literal_error":
        expected = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return Problem(
            "M305",
            place,
            f"{said}, yang tidak dikenal" if " berisi " in said else f"{said} tidak dikenal di sini",
            "Hanya nilai tertentu yang punya arti di sini",
            "Pilih salah satu: " + ", ".join(expected),
        )
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        return Problem(
            "M303",
            place,
            f"{said}, yang bentuknya tidak sesuai",
            "Nilai ini dipakai sebagai pengenal atau rujukan sehingga bentuknya tetap",
            "Bentuk yang diterima: " + shapes.get(pattern, pattern),
        )
    if kind in _VALUE_ERRORS:
        kode, what, why, fix = _VALUE_ERRORS[kind]
        limits = {name: f"{n:,}".replace(",", ".") if isinstance(n, int) else n for name, n in context.items()}
        if kind == "angka" and isinstance(value, str) and re.fullmatch(r"-?[0-9]+,[0-9]+", value):
            fix = f"Tulis {value.replace(',', '.')}"
        return Problem(kode, place, f"{said}, {what.format(**limits)}", why.format(**limits), fix.format(**limits))
    options = _at(model, loc)
    if kind in ("model_type", "model_attributes_type", "dict_type", "mapping_type"):
        known = _keys(options)
        return Problem(
            "M303",
            place,
            f"{said}, seharusnya {'satu teks, atau ' if str in options else ''}kumpulan `kunci: isi`",
            "Bentuk isinya tidak sesuai",
            ("Kunci yang dikenal: " + ", ".join(known)) if known else "Tulis `kunci: isi`, satu per baris",
        )
    if kind in ("list_type", "tuple_type", "set_type", "frozen_set_type"):
        return Problem(
            "M303",
            place,
            f"{said}, seharusnya daftar",
            "Bentuk isinya tidak sesuai",
            "Tulis sebagai daftar: [a, b] atau satu `- butir` per baris",
        )
    return Problem("M303", place, f"{said}, yang tidak sesuai", "Isinya tidak sesuai", "Lihat docs/ untuk bentuknya")


def _called(loc: Steps) -> str:
    """Call a place as its author would: by its key, or as the n-th entry of a list (counted from 1)."""
    if not loc:
        return "berkas"
    if isinstance(loc[-1], str):
        return _shown(loc[-1])
    section = next((step for step in reversed(loc) if isinstance(step, str)), None)
    return f"butir ke-{loc[-1] + 1}" + (f" `{section}`" if section else "")


def _shown(value: Any) -> str:
    if value is None:
        return "kosong"
    if isinstance(value, dict):
        return "kumpulan `kunci: isi`"
    if isinstance(value, list):
        return "daftar"
    text = str(value).replace("\n", " ")
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"


def _at(model: type[BaseModel], loc: Steps) -> list[Any]:
    """Return the types that the model takes at a place in the file (empty where there is no such place)."""
    options: list[Any] = [model]
    for step in loc:
        found: list[Any] = []
        for option in options:
            if _is_model(option):
                found += [_type_of(option, step)]
            elif get_origin(option) is not Literal:
                # The elements of `tuple[X, ...]` and `list[X]`, the values of `dict[str, X]`.
                found += [argument for argument in get_args(option) if argument is not Ellipsis][-1:]
        options = [option for one in found for option in _options(one)]
    return options


def _type_of(model: type[BaseModel], key: str | int) -> Any:
    fields = model.model_fields
    return next((info.annotation for name, info in fields.items() if key in (name, info.alias)), None)


def _options(annotation: Any) -> list[Any]:
    """Return the types of a union, each without its `Annotated`; None is no type."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _options(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [option for one in get_args(annotation) for option in _options(one)]
    return [] if annotation in (None, NoneType) else [annotation]


def _keys(options: list[Any]) -> list[str]:
    """Return the keys that the first model among the types knows."""
    for option in options:
        if _is_model(option):
            return [info.alias or name for name, info in option.model_fields.items()]
    return []


def _is_model(option: Any) -> bool:
    return isinstance(option, type) and issubclass(option, BaseModel)
