"""Where a rubric says what: the places of its ids and sections, of what a variant changes, and of what is lacking.

Places are looked up only when there is something to say about them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sakip_eval.problems import Location
from sakip_eval.yamlfile import Node, Path_, YamlDocument

_ID = re.compile(r"[0-9]{1,2}(\.[a-z](\.[0-9]{1,3})?)?")
_NAMED = ("topik", "jenis_bukti")


class Places:
    """The places of one rubric: those of its root file, and those of its variant where it has one.

    Keys: the id of a komponen, subkomponen or kriteria; a section (`predikat`); `topik:x` and `jenis_bukti:x`.
    `written` are the two files as they are, where `root` and `variant` are without bad entries.
    """

    def __init__(
        self, root: YamlDocument, variant: YamlDocument | None = None, written: Iterable[YamlDocument] = ()
    ) -> None:
        self.root, self.variant = root, variant
        self._written = tuple(written)
        self._moved: dict[str, tuple[Path_, bool]] = {}
        self._changed: dict[tuple[str, str], Path_] = {}

    @property
    def own(self) -> YamlDocument:
        """The rubric's own file."""
        return self.variant or self.root

    @property
    def complete(self) -> bool:
        """Whether nothing was left out of the files."""
        return self.root.complete and (self.variant is None or self.variant.complete)

    def __call__(self, key: str, nth: int = 0) -> Location:
        """Return the place where `key` is defined; `nth` is for an id that stands there several times."""
        if key in self._moved:
            path, itself = self._moved[key]
            return self.own.locate(path, key=itself)
        if key[0].isdigit() and key in self._paths:
            return self.root.locate((*self._paths[key][nth], "id"))
        section, _, name = key.partition(":")
        if section == "rubrik":
            return self.own.locate(("rubrik",), key=True)
        if section in _NAMED and name:
            variant = _child(_child(self.variant.root, section), name) if self.variant is not None else None
            return (self.own if variant is not None else self.root).locate((section, name), key=True)
        return self.root.locate((key,), key=True)

    def move(self, key: str, path: Path_, *, itself: bool = False) -> None:
        """Note that the variant defines `key` at `path` of its file; `itself`: the last key of it, not its value."""
        self._moved[key] = (path, itself)

    def change(self, key: str, field: str, path: Path_) -> None:
        """Note that the variant changes a field of `key` at `path` of its file."""
        self._changed[key, field] = path

    def changed(self, *fields: tuple[str, str]) -> Location | None:
        """Return where the variant changes the first of these (key, field) that it changes."""
        path = next((self._changed[field] for field in fields if field in self._changed), None)
        return self.own.locate(path) if path is not None else None

    def lacks(self, key: str) -> bool:
        """Return whether entries of `key` were left out as bad, so that what it adds up to is not known."""
        if self.complete:
            return False
        if self.variant is not None and self.variant.lacks(("perubahan",), deep=True):
            return True
        if key[0].isdigit() and key in self._paths:
            path = self._paths[key][0]
            return any(self.root.lacks(at) for at in (path, (*path, "subkomponen"), (*path, "kriteria")))
        return any(
            document.lacks((key,), deep=key != "komponen") for document in (self.root, self.variant) if document
        )

    @cached_property
    def written(self) -> Container[str]:
        """All names that the files as they are define; none where nothing was left out."""
        documents = () if self.complete else self._written
        names = frozenset(name for document in documents for name in _defined(document.root))
        doubtful = any(_doubtful(_child(document.root, "komponen")) for document in documents)
        return _Written(names, any_id=doubtful)

    @cached_property
    def _paths(self) -> dict[str, list[tuple[str | int, ...]]]:
        paths: dict[str, list[tuple[str | int, ...]]] = {}
        for name, path in _ids(_child(self.root.root, "komponen"), ("komponen",)):
            paths.setdefault(name, []).append(path)
        return paths


@dataclass(frozen=True, slots=True)
class _Written:
    """Names; with `any_id`, also every text that could be the id of an entry whose own id is bad."""

    names: frozenset[str]
    any_id: bool

    def __contains__(self, name: object) -> bool:
        return name in self.names or (self.any_id and isinstance(name, str) and _ID.fullmatch(name) is not None)


def _ids(node: Node | None, path: tuple[str | int, ...]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    for index, item in enumerate(_items(node)):
        yield from ((name, (*path, index)) for name in _text(item, "id"))
        for child in ("subkomponen", "kriteria"):
            yield from _ids(_child(item, child), (*path, index, child))


def _doubtful(node: Node | None) -> bool:
    """Return whether some id under a list cannot be read: it is bad, or lies under a key that is."""
    for item in _items(node):
        if not any(_ID.fullmatch(name) for name in _text(item, "id")):
            return True
        parts = [part for part in (_child(item, "subkomponen"), _child(item, "kriteria")) if part is not None]
        if "uraian" not in (item.value or ()) and (not parts or not isinstance(parts[0].value, list)):
            return True
        if any(map(_doubtful, parts)):
            return True
    return False


def _defined(root: Node) -> Iterator[str]:
    yield from (name for name, _ in _ids(_child(root, "komponen"), ()))
    for section in _NAMED:
        node = _child(root, section)
        yield from node.value if node is not None and isinstance(node.value, dict) else ()
    changes = _child(root, "perubahan")
    for place in (root, *_items(_child(changes, "ganti"))):
        for step in _items(_child(place, "skala")):
            yield from _text(step, "jawaban")
    for moved in _items(_child(changes, "pindah")):
        yield from _text(moved, "ke")
    for group in _items(_child(changes, "tambah")):
        for added in _items(_child(group, "kriteria")):
            yield from _text(added, "id")


def _child(node: Node | None, key: str) -> Node | None:
    return node.value.get(key) if node is not None and isinstance(node.value, dict) else None


def _items(node: Node | None) -> list[Node]:
    return node.value if node is not None and isinstance(node.value, list) else []


def _text(node: Node, key: str) -> tuple[str, ...]:
    child = _child(node, key)
    return (child.value,) if child is not None and isinstance(child.value, str) else ()
