"""`extends`: apply the changes of a variant to its root, one level, every change with its reason.

Order: ganti, hapus, pindah, tambah, ubah. `hapus` and `pindah.dari` name criteria of the root; `pindah.ke`, `tambah`
and `ubah` name those of the variant. All moves happen at once. A target that matches nothing is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from sakip_eval.problems import Problem, suggest
from sakip_eval.rubric.model import KomponenEntry, KriteriaEntry, Perubahan, RubricFile, VariantFile
from sakip_eval.rubric.places import Places
from sakip_eval.rubric.rubric import Change
from sakip_eval.yamlfile import Path_


def resolve(root: RubricFile, variant: VariantFile, places: Places) -> tuple[RubricFile, list[Change], list[Problem]]:
    """Return the variant as a full rubric file, the list of its changes, and the problems (R403, R404).

    `places` learns what the variant defines and changes. Either file may lack keys, as `boundary.validate` leaves it.
    """
    work = _Work(root, places)
    changes = variant.perubahan or Perubahan()
    sections = work.replace(changes)
    work.remove(changes)
    work.move(changes)
    work.add(changes)
    work.change(changes)
    borrowed = root.rubrik.aturan_dari if root.rubrik else ()
    identity = variant.rubrik and variant.rubrik.model_copy(
        update={"aturan_dari": (*borrowed, variant.rubrik.extends, *variant.rubrik.aturan_dari)}
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

    def __init__(self, root: RubricFile, places: Places) -> None:
        self.places = places
        self.subs = {s.id: s for k in root.komponen for s in k.subkomponen}
        self.komponen = {k.id: k for k in root.komponen}
        self.root_ids = {k.id for s in self.subs.values() for k in s.kriteria}
        self.entries: dict[str, KriteriaEntry] = {k.id: k for s in self.subs.values() for k in s.kriteria}
        self.changes: list[Change] = []
        self.problems: list[Problem] = []

    def unknown(self, path: Path_, name: str, known: Mapping[str, object], *, key: bool = False) -> None:
        if name in self.places.written or not self.komponen:
            return  # It is defined, in an entry that was left out as bad.
        if name in self.root_ids and name not in known:
            apa = f"Sasaran perubahan `{name}` tidak ada lagi dalam rubrik"
            mengapa = "Perubahan lain dalam berkas ini sudah menghapus atau memindahkannya"
            perbaikan = "Hapus salah satu dari kedua perubahan itu"
        else:
            apa = f"Sasaran perubahan `{name}` tidak ada dalam rubrik"
            mengapa = "Perubahan yang tidak mengenai apa pun akan diam-diam tidak berlaku"
            perbaikan = suggest(name, sorted(known))
        self.problems.append(Problem("R403", self.places.own.locate(path, key=key), apa, mengapa, perbaikan))

    def clash(self, path: Path_, name: str) -> None:
        if self.places.lacks("perubahan"):
            return  # What was left out may be what takes the other one away.
        self.problems.append(
            Problem(
                "R404",
                self.places.own.locate(path),
                f"Id `{name}` sudah dipakai kriteria lain",
                "Satu id menunjuk satu kriteria",
                "Hapus atau pindahkan yang lama lebih dahulu, atau pilih id lain",
            )
        )

    def home(self, path: Path_, name: str) -> bool:
        sub = name.rpartition(".")[0]
        if sub not in self.subs:
            self.unknown(path, sub, self.subs)
        return sub in self.subs

    def gone(self, name: str, path: Path_) -> None:
        """Note that a criterion leaves its subkomponen."""
        self.places.change(name.rpartition(".")[0], "kriteria", path)

    def replace(self, changes: Perubahan) -> dict[str, Any]:
        sections: dict[str, Any] = {}
        for index, group in enumerate(changes.ganti):
            for name, value in group:
                if name not in ("alasan", "dasar") and value is not None:
                    sections[name] = value
                    self.places.move(name, ("perubahan", "ganti", index, name), itself=True)
                    self.changes.append(Change("ganti", name, group.alasan, group.dasar))
        return sections

    def remove(self, changes: Perubahan) -> None:
        for index, item in enumerate(changes.hapus):
            path = ("perubahan", "hapus", index, "id")
            if item.id not in self.entries:
                self.unknown(path, item.id, self.entries)
                continue
            del self.entries[item.id]
            self.gone(item.id, path)
            self.changes.append(Change("hapus", item.id, item.alasan, item.dasar))

    def move(self, changes: Perubahan) -> None:
        taken: dict[int, KriteriaEntry] = {}
        for index, item in enumerate(changes.pindah):
            path = ("perubahan", "pindah", index, "dari")
            entry = self.entries.pop(item.dari, None)
            if entry is None:
                self.unknown(path, item.dari, self.entries)
            else:
                taken[index] = entry
                self.gone(item.dari, path)
        for index, item in enumerate(changes.pindah):
            path = ("perubahan", "pindah", index, "ke")
            if index not in taken or not self.home(path, item.ke):
                continue
            if item.ke in self.entries:
                self.clash(path, item.ke)
                continue
            update: dict[str, Any] = {"id": item.ke}
            if item.no_cetak is not None:
                update["no_cetak"] = item.no_cetak
            self.entries[item.ke] = taken[index].model_copy(update=update)
            self.places.move(item.ke, path)
            self.changes.append(Change("pindah", item.ke, item.alasan, item.dasar, dari=item.dari))

    def add(self, changes: Perubahan) -> None:
        for index, group in enumerate(changes.tambah):
            for at, entry in enumerate(group.kriteria):
                path = ("perubahan", "tambah", index, "kriteria", at, "id")
                if not self.home(path, entry.id):
                    continue
                if entry.id in self.entries:
                    self.clash(path, entry.id)
                    continue
                self.entries[entry.id] = entry
                self.places.move(entry.id, path)
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
                    path = ("perubahan", "ubah", index, section, name)
                    if name not in known:
                        self.unknown(path, name, known, key=True)
                        continue
                    update = {key: value for key, value in fields if value is not None}
                    known[name] = known[name].model_copy(update=update)
                    for field in update:
                        self.places.change(name, field, (*path, field))
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
