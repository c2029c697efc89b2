"""Where each field of each criterion of a resolved rubric is written: in the root, or in the change that made it so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from sakip_eval.problems import Location
from sakip_eval.rubric.model import KriteriaEntry, RubricFile, VariantFile
from sakip_eval.rubric.source import ReadRubric, Source
from sakip_eval.yamlfile import YamlDocument

FieldPlaces: TypeAlias = dict[str, dict[str, Location]]
"""Criterion id -> field name -> where its value is written."""


def field_places(read: ReadRubric) -> FieldPlaces:
    """Return the place of every field of every criterion; of a moved one `id` and `no_cetak` are where it moved."""
    places: FieldPlaces = {}
    if read.root is not None and read.root.model is not None:
        places = _of_root(read.root, read.root.model)
    if read.variant is not None and read.variant.model is not None:
        _change(places, read.variant, read.variant.model)
    return places


def gone_places(read: ReadRubric) -> dict[str, Location]:
    """Return where a variant says that a criterion of the root leaves its place: `hapus`, `pindah`."""
    if read.variant is None or read.variant.model is None:
        return {}
    changes, document = read.variant.model.perubahan, read.variant.document
    hapus = {item.id: document.locate(("perubahan", "hapus", at, "id")) for at, item in enumerate(changes.hapus)}
    pindah = {
        item.dari: document.locate(("perubahan", "pindah", at, "dari")) for at, item in enumerate(changes.pindah)
    }
    return hapus | pindah


def _of_root(source: Source[RubricFile], file: RubricFile) -> FieldPlaces:
    places: FieldPlaces = {}
    for i, komponen in enumerate(file.komponen):
        for j, sub in enumerate(komponen.subkomponen):
            path = ("komponen", i, "subkomponen", j, "kriteria")
            places |= _entries(source.document, path, sub.kriteria)
    return places


def _entries(document: YamlDocument, path: tuple[str | int, ...], entries: Iterable[KriteriaEntry]) -> FieldPlaces:
    return {
        entry.id: {name: document.locate((*path, at, name)) for name in entry.model_fields_set}
        for at, entry in enumerate(entries)
    }


def _change(places: FieldPlaces, source: Source[VariantFile], file: VariantFile) -> None:
    changes, document = file.perubahan, source.document
    for removed in changes.hapus:
        places.pop(removed.id, None)
    taken = [places.pop(moved.dari, {}) for moved in changes.pindah]
    for at, (moved, fields) in enumerate(zip(changes.pindah, taken, strict=True)):
        path = ("perubahan", "pindah", at)
        number = document.locate((*path, "ke" if moved.no_cetak is None else "no_cetak"))
        places[moved.ke] = fields | {"id": document.locate((*path, "ke")), "no_cetak": number}
    for at, group in enumerate(changes.tambah):
        places.update(_entries(document, ("perubahan", "tambah", at, "kriteria"), group.kriteria))
    for at, ubah in enumerate(changes.ubah):
        for name, entry in ubah.kriteria.items():
            here = ("perubahan", "ubah", at, "kriteria", name)
            fields = {field: document.locate((*here, field)) for field in entry.model_fields_set}
            places.setdefault(name, {}).update(fields)
