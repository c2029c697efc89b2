"""Changes of a variant that change nothing (L716)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from sakip_eval.problems import Problem
from sakip_eval.rubric.lint_names import criteria_of
from sakip_eval.rubric.model import RubricFile, VariantFile
from sakip_eval.rubric.places import Places
from sakip_eval.rubric.resolve import resolve
from sakip_eval.rubric.source import ReadRubric
from sakip_eval.yamlfile import YamlDocument


def lint_changes(read: ReadRubric) -> Iterator[Problem]:
    """Yield the changes of a variant after which everything is as it was (L716)."""
    root, variant = read.root, read.variant
    if root is None or variant is None or root.model is None or variant.model is None:
        return
    document = variant.document
    yield from _named_again(root.model, variant.model, document)
    yield from _stated_again(root.model, variant.model, document)
    yield from _moved_nowhere(variant.model, document)
    yield from _changed_to_the_same(root.model, variant.model, Places(root.document, document))


def _nothing(document: YamlDocument, path: tuple[str | int, ...], apa: str, *, key: bool = False) -> Problem:
    return Problem(
        "L716",
        document.locate(path, key=key),
        apa,
        "Perubahan yang tidak mengubah apa pun menyesatkan pembaca daftar perubahan",
        "Hapus perubahan ini, atau tulis isi yang dimaksud",
        "peringatan",
    )


def _named_again(root: RubricFile, variant: VariantFile, document: YamlDocument) -> Iterator[Problem]:
    for section in ("jenis_bukti", "topik", "tenggat"):
        before: Mapping[str, object] = getattr(root, section)
        after: Mapping[str, object] = getattr(variant, section)
        for name, value in after.items():
            if name in before and before[name] == value:
                yield _nothing(
                    document, (section, name), f"`{section}` menulis ulang `{name}` sama seperti induknya", key=True
                )


def _stated_again(root: RubricFile, variant: VariantFile, document: YamlDocument) -> Iterator[Problem]:
    for at, ganti in enumerate(variant.perubahan.ganti):
        sections = {name: value for name, value in ganti if name not in ("alasan", "dasar") and value is not None}
        if not sections:
            yield _nothing(document, ("perubahan", "ganti", at), "`ganti` tidak menyebut satu bagian pun")
        for name, value in sections.items():
            if getattr(root, name) == value:
                path = ("perubahan", "ganti", at, name)
                yield _nothing(document, path, f"`ganti` menyatakan `{name}` sama seperti induknya", key=True)


def _moved_nowhere(variant: VariantFile, document: YamlDocument) -> Iterator[Problem]:
    for at, item in enumerate(variant.perubahan.pindah):
        if item.dari == item.ke:
            path = ("perubahan", "pindah", at, "ke")
            yield _nothing(document, path, f"`pindah` memindahkan {item.dari} ke tempatnya sendiri")


def _changed_to_the_same(root: RubricFile, variant: VariantFile, places: Places) -> Iterator[Problem]:
    """Replay the groups of `ubah` on what the other changes have made of the root."""
    document = places.own
    others = variant.model_copy(update={"perubahan": variant.perubahan.model_copy(update={"ubah": ()})})
    before, _, _ = resolve(root, others, Places(document, document))
    now: dict[str, dict[str, BaseModel]] = {
        "kriteria": {entry.id: entry for entry in criteria_of(before)},
        "subkomponen": {sub.id: sub for komponen in before.komponen for sub in komponen.subkomponen},
        "komponen": {komponen.id: komponen for komponen in before.komponen},
    }
    for at, group in enumerate(variant.perubahan.ubah):
        path: tuple[str | int, ...] = ("perubahan", "ubah", at)
        if not (group.kriteria or group.subkomponen or group.komponen):
            yield _nothing(document, path, "`ubah` tidak menyebut satu bagian pun")
        for section, entries in now.items():
            wanted: Mapping[str, BaseModel] = getattr(group, section)
            for name, fields in wanted.items():
                entry = entries.get(name)
                if entry is None:
                    continue
                here = (*path, section, name)
                update = {field: value for field, value in fields if value is not None}
                if not update:
                    yield _nothing(document, here, f"`ubah` atas {name} tidak menyebut satu isi pun", key=True)
                for field, value in update.items():
                    if getattr(entry, field) == value:
                        yield _nothing(
                            document,
                            (*here, field),
                            f"`ubah` memberi {name} `{field}` yang sudah dimilikinya",
                            key=True,
                        )
                entries[name] = entry.model_copy(update=update)
