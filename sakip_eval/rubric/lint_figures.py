"""Where a rubric's figures come from: their `dasar`, the day they were checked, the folder that names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath

from sakip_eval.folding import folded
from sakip_eval.problems import Problem
from sakip_eval.rubric.catalog import FILE_NAME
from sakip_eval.rubric.model import RubricFile, VariantFile
from sakip_eval.rubric.source import ReadRubric, Source
from sakip_eval.yamlfile import Node, YamlDocument

MIN_DASAR = 8
"""Shortest text that can name an article, e.g. `UU 25/09`."""
MAX_AGE = timedelta(days=365)
_NO_DASAR = {"belum ada", "belum diketahui", "menyusul", "tidak ada", "tidak diketahui", "to be determined"}
_NAMED = ("jenis_bukti", "topik")
"""Sections whose keys are names that the author chose."""


def lint_figures(read: ReadRubric, per_tanggal: date | None) -> Iterator[Problem]:
    """Yield figures without usable `dasar` (L701), a stale `diperiksa` (L702), an id that its folder denies (L715)."""
    for source in read.own_files:
        yield from _empty_dasar(source.written)
    own = read.own
    if own is None:
        return
    yield from _missing_dasar(read)
    if per_tanggal is not None and own.model is not None:
        yield from _stale(own, own.model.rubrik.diperiksa, per_tanggal)
    yield from _folder(read, own.written)


def _empty_dasar(document: YamlDocument) -> Iterator[Problem]:
    for path, node in _entries(document.root, ()):
        text = node.value
        if path[-1] not in ("dasar", "dasar_status") or not isinstance(text, str) or usable(text):
            continue
        yield Problem(
            "L701",
            document.locate(path),
            f"`{path[-1]}` berisi `{text.strip()}`, yang tidak menunjuk pasal atau lampiran mana pun",
            "Angka yang tidak dapat ditelusuri ke peraturan tidak dapat dipertahankan",
            "Tulis peraturan dan pasal atau lampirannya, atau sebutkan bahwa ini kebijakan rubrik beserta alasannya",
        )


def usable(dasar: str) -> bool:
    """Tell whether a `dasar` can lead a reader anywhere."""
    said = folded(dasar).strip(" .-?!")
    return len(said) >= MIN_DASAR and said not in _NO_DASAR and not said.startswith(("todo", "tbd", "fixme", "xxx"))


def _entries(node: Node, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    value = node.value
    children: Iterable[tuple[str | int, Node]] = ()
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    for step, child in children:
        if not path and step in _NAMED:
            continue
        yield (*path, step), child
        yield from _entries(child, (*path, step))


def _missing_dasar(read: ReadRubric) -> Iterator[Problem]:
    """Yield the figures whose `dasar` may be left out by the shape of the file, but not by its sense."""
    variant, root = read.variant, read.root
    if variant is not None and variant.model is not None:
        yield from _changed_figures(variant, variant.model)
    elif variant is None and root is not None and root.model is not None:
        file: RubricFile = root.model
        if file.status and file.dasar_status is None:
            yield _without(root.document, ("status",), "Arti status kriteria", "Tambahkan `dasar_status: ...`")


def _changed_figures(source: Source[VariantFile], file: VariantFile) -> Iterator[Problem]:
    for at, ganti in enumerate(file.perubahan.ganti):
        if ganti.status is not None and ganti.dasar is None:
            path: tuple[str | int, ...] = ("perubahan", "ganti", at, "status")
            yield _without(source.document, path, "Arti status kriteria yang diganti", "Tambahkan `dasar: ...`")
    for at, ubah in enumerate(file.perubahan.ubah):
        for section, parts in (("subkomponen", ubah.subkomponen), ("komponen", ubah.komponen)):
            for name, part in parts.items():
                if part.bobot is not None and part.dasar is None and ubah.dasar is None:
                    path = ("perubahan", "ubah", at, section, name, "bobot")
                    yield _without(
                        source.document, path, f"Bobot {name} yang diubah", "Tambahkan `dasar: ...` di sampingnya"
                    )


def _without(document: YamlDocument, path: tuple[str | int, ...], what: str, fix: str) -> Problem:
    return Problem(
        "L701",
        document.locate(path, key=True),
        f"{what} tidak disertai dasar",
        "Angka yang tidak dapat ditelusuri ke peraturan tidak dapat dipertahankan",
        fix,
    )


def _stale(source: Source[RubricFile] | Source[VariantFile], checked: date, today: date) -> Iterator[Problem]:
    age = today - checked
    if age > MAX_AGE:
        yield Problem(
            "L702",
            source.document.locate(("rubrik", "diperiksa")),
            f"Rubrik terakhir dicocokkan dengan sumbernya pada {checked}, {age.days} hari sebelum {today}",
            "Peraturan mungkin sudah diubah sejak itu",
            "Cocokkan lagi dengan peraturan yang berlaku, lalu perbarui `diperiksa`",
            "peringatan",
        )


def _folder(read: ReadRubric, document: YamlDocument) -> Iterator[Problem]:
    head = document.root.value.get("rubrik") if isinstance(document.root.value, dict) else None
    node = head.value.get("id") if head is not None and isinstance(head.value, dict) else None
    place = document.locate(("rubrik", "id"))
    if node is None or not isinstance(node.value, str) or read.path.name != FILE_NAME:
        return
    wanted = PurePosixPath(node.value).parts
    folder = read.path.parent.parts[-len(wanted) :]
    refused = any(problem.lokasi == place for problem in read.problems)
    if folder != wanted and not refused:
        yield Problem(
            "L715",
            place,
            f"Rubrik ber-id `{node.value}`, tetapi berkasnya berada di folder `{'/'.join(folder)}`",
            "Rubrik dicari menurut foldernya, sehingga id ini tidak akan menemukannya",
            f"Pindahkan berkas ke folder `{node.value}`, atau samakan `id` dengan foldernya",
            "peringatan",
        )
