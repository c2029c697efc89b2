"""`extends`: apply the changes of a variant to its root, one level, every change with its reason.

Order: ganti, hapus, pindah, tambah, ubah. `hapus` and `pindah.dari` name criteria of the root; `pindah.ke`, `tambah`
and `ubah` name those of the variant. All moves happen at once. A target that matches nothing is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from sakip_eval.problems import Location, Problem, suggest
from sakip_eval.rubric.model import KomponenEntry, KriteriaEntry, Perubahan, RubricFile, VariantFile
from sakip_eval.rubric.rubric import Change
from sakip_eval.yamlfile import YamlDocument

Places = dict[str, Location]
"""Where the definition of each id stands: komponen, subkomponen, kriteria, and `topik:x`, `jenis:x`."""


def places_of(document: YamlDocument) -> Places:
    """Map every id that a root file defines to the place of its definition."""
    places: Places = {}

    def walk(node: Any, path: tuple[str | int, ...]) -> None:
        for index, item in enumerate(node.value if isinstance(node.value, list) else ()):
            if not isinstance(item.value, dict):
                continue
            name = item.value.get("id")
            if name is not None and isinstance(name.value, str):
                places.setdefault(name.value, document.locate((*path, index, "id")))
            for child in ("subkomponen", "kriteria"):
                if child in item.value:
                    walk(item.value[child], (*path, index, child))

    root = document.root.value
    if isinstance(root, dict):
        if "komponen" in root:
            walk(root["komponen"], ("komponen",))
        places.update(named_places(document))
    return places


def named_places(document: YamlDocument) -> Places:
    """Map the topics and evidence kinds that a file defines to their places."""
    places: Places = {}
    root = document.root.value
    for section in ("topik", "jenis_bukti"):
        node = root.get(section) if isinstance(root, dict) else None
        if node is not None and isinstance(node.value, dict):
            for name in node.value:
                places[f"{section}:{name}"] = document.locate((section, name), key=True)
    return places


def resolve(
    root: RubricFile, variant: VariantFile, document: YamlDocument, places: Places
) -> tuple[RubricFile, list[Change], list[Problem]]:
    """Return the variant as a full rubric file, the list of its changes, and the problems (R403, R404).

    `document` is the variant's file; `places` (of the root) is updated with the places of what the variant defines.
    """
    work = _Work(root, document, places)
    changes = variant.perubahan
    sections = work.replace(changes)
    work.remove(changes)
    work.move(changes)
    work.add(changes)
    work.change(changes)
    places.update(named_places(document))
    identity = variant.rubrik.model_copy(
        update={"aturan_dari": (variant.rubrik.extends, *variant.rubrik.aturan_dari)}
    )
    resolved = root.model_copy(
        update={
            **sections,
            "rubrik": identity,
            "jenis_bukti": {**root.jenis_bukti, **variant.jenis_bukti},
            "topik": {**root.topik, **variant.topik},
            "tenggat": {**root.tenggat, **variant.tenggat},
            "paket": tuple(dict.fromkeys((*root.paket, *variant.paket))),
            "komponen": work.rebuild(root),
        }
    )
    return resolved, work.changes, work.problems


class _Work:
    """The criteria of the root while they are changed: id -> entry."""

    def __init__(self, root: RubricFile, document: YamlDocument, places: Places) -> None:
        self.document, self.places = document, places
        self.subs = {s.id: s for k in root.komponen for s in k.subkomponen}
        self.komponen = {k.id: k for k in root.komponen}
        self.root_ids = {k.id for s in self.subs.values() for k in s.kriteria}
        self.entries: dict[str, KriteriaEntry] = {k.id: k for s in self.subs.values() for k in s.kriteria}
        self.changes: list[Change] = []
        self.problems: list[Problem] = []

    def at(self, *path: str | int) -> Location:
        return self.document.locate(("perubahan", *path))

    def unknown(self, place: Location, name: str, known: Mapping[str, object] | set[str]) -> None:
        self.problems.append(
            Problem(
                "R403",
                place,
                f"Sasaran perubahan `{name}` tidak ada dalam rubrik",
                "Perubahan yang tidak mengenai apa pun akan diam-diam tidak berlaku",
                suggest(name, sorted(known)),
            )
        )

    def clash(self, place: Location, name: str) -> None:
        self.problems.append(
            Problem(
                "R404",
                place,
                f"Id `{name}` sudah dipakai kriteria lain",
                "Satu id menunjuk satu kriteria",
                "Hapus atau pindahkan yang lama lebih dahulu, atau pilih id lain",
            )
        )

    def home(self, place: Location, name: str) -> bool:
        sub = name.rpartition(".")[0]
        if sub not in self.subs:
            self.unknown(place, sub, self.subs)
        return sub in self.subs

    def replace(self, changes: Perubahan) -> dict[str, Any]:
        sections: dict[str, Any] = {}
        for group in changes.ganti:
            for name, value in group:
                if name not in ("alasan", "dasar") and value is not None:
                    sections[name] = value
                    self.changes.append(Change("ganti", name, group.alasan, group.dasar))
        return sections

    def remove(self, changes: Perubahan) -> None:
        for index, item in enumerate(changes.hapus):
            if item.id not in self.entries:
                self.unknown(self.at("hapus", index, "id"), item.id, self.root_ids)
                continue
            del self.entries[item.id]
            self.changes.append(Change("hapus", item.id, item.alasan, item.dasar))

    def move(self, changes: Perubahan) -> None:
        taken: dict[int, KriteriaEntry] = {}
        for index, item in enumerate(changes.pindah):
            entry = self.entries.pop(item.dari, None)
            if entry is None:
                self.unknown(self.at("pindah", index, "dari"), item.dari, self.root_ids)
            else:
                taken[index] = entry
        for index, item in enumerate(changes.pindah):
            place = self.at("pindah", index, "ke")
            if index not in taken or not self.home(place, item.ke):
                continue
            if item.ke in self.entries:
                self.clash(place, item.ke)
                continue
            update: dict[str, Any] = {"id": item.ke}
            if item.no_cetak is not None:
                update["no_cetak"] = item.no_cetak
            self.entries[item.ke] = taken[index].model_copy(update=update)
            self.changes.append(Change("pindah", item.ke, item.alasan, item.dasar, dari=item.dari))
        for index, item in enumerate(changes.pindah):
            if index in taken:
                self.places[item.ke] = self.at("pindah", index, "ke")

    def add(self, changes: Perubahan) -> None:
        for index, group in enumerate(changes.tambah):
            for at, entry in enumerate(group.kriteria):
                place = self.at("tambah", index, "kriteria", at, "id")
                if not self.home(place, entry.id):
                    continue
                if entry.id in self.entries:
                    self.clash(place, entry.id)
                    continue
                self.entries[entry.id] = entry
                self.places[entry.id] = place
                self.changes.append(Change("tambah", entry.id, group.alasan, group.dasar))

    def change(self, changes: Perubahan) -> None:
        for index, group in enumerate(changes.ubah):
            targets: list[tuple[str, Mapping[str, BaseModel], dict[str, Any]]] = [
                ("kriteria", group.kriteria, self.entries),
                ("subkomponen", group.subkomponen, self.subs),
                ("komponen", group.komponen, self.komponen),
            ]
            for section, wanted, known in targets:
                for name, fields in wanted.items():
                    if name not in known:
                        self.unknown(
                            self.document.locate(("perubahan", "ubah", index, section, name), key=True), name, known
                        )
                        continue
                    update = {key: value for key, value in fields if value is not None}
                    known[name] = known[name].model_copy(update=update)
                    self.changes.append(Change("ubah", name, group.alasan, group.dasar))

    def rebuild(self, root: RubricFile) -> tuple[KomponenEntry, ...]:
        by_sub: dict[str, list[KriteriaEntry]] = {}
        for entry in self.entries.values():
            by_sub.setdefault(entry.id.rpartition(".")[0], []).append(entry)
        return tuple(
            self.komponen[komponen.id].model_copy(
                update={
                    "subkomponen": tuple(
                        self.subs[sub.id].model_copy(
                            update={
                                "kriteria": tuple(
                                    sorted(by_sub.get(sub.id, ()), key=lambda e: int(e.id.rpartition(".")[2]))
                                )
                            }
                        )
                        for sub in komponen.subkomponen
                    )
                }
            )
            for komponen in root.komponen
        )
