"""YAML files as plain data with places: every scalar stays text, every node knows its line and column.

PyYAML's C parser reads the syntax; this module only builds the tree from its events, so that `NO` is not turned
into false, `1.10` not into 1.1 and `1:30` not into 90, a key written twice is seen, and an alias cannot blow up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.textfile import read_text

MAX_DEPTH = 24
"""Deepest nesting of mappings and lists that is read."""

Path_: TypeAlias = Sequence[str | int]

_NULLS = {"", "~", "null", "Null", "NULL"}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A node of the file: `value` is text, None, a dict of nodes, or a list of nodes; `line`, `col` from 1.

    `keys` gives the place of each key of a mapping; `lost` the keys or indexes of entries that were left out.
    """

    line: int
    col: int
    value: str | dict[str, Node] | list[Node] | None
    quoted: bool = False
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    lost: set[str | int] | None = None

    def child(self, step: str | int) -> Node | None:
        """Return the node under a key or at an index of this one."""
        if isinstance(step, str):
            return self.value.get(step) if isinstance(self.value, dict) else None
        return self.value[step] if isinstance(self.value, list) and step < len(self.value) else None

    def data(self) -> Any:
        """Return the plain data below this node: dict, list, str and None only."""
        value = self.value
        if isinstance(value, dict):
            return {key: node.data() for key, node in value.items()}
        if isinstance(value, list):
            return [node.data() for node in value]
        return value


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """One YAML file: its root node, and the name used for it in messages.

    It is not `complete` where bad entries were left out (`boundary.validate`).
    """

    path: str
    root: Node
    complete: bool = True

    def data(self) -> Any:
        """Return the whole file as plain data."""
        return self.root.data()

    def locate(self, path: Path_, *, key: bool = False) -> Location:
        """Return the place of the node that `path` names, or of the nearest one above it that exists.

        With `key`, the place of the last key itself rather than of what it holds.
        """
        node, line, col = self.root, self.root.line, self.root.col
        for step in path:
            value = node.value
            if isinstance(value, dict) and isinstance(step, str) and step in value:
                line, col = node.keys[step]
                node = value[step]
                if not key:
                    line, col = node.line, node.col
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                node = value[step]
                line, col = node.line, node.col
            else:
                break
        return Location(self.path, line, col)

    def lacks(self, path: Path_, *, deep: bool = False) -> bool:
        """Return whether entries of the node that `path` names were left out; with `deep`, also further below."""
        if self.complete:
            return False
        node = self.root
        for step in path:
            child = node.child(step)
            if child is None:
                return node.lost is not None and (step in node.lost or isinstance(step, int))
            node = child
        nodes = [node]
        while nodes:
            node = nodes.pop()
            if node.lost:
                return True
            if deep and isinstance(node.value, dict | list):
                nodes += node.value.values() if isinstance(node.value, dict) else node.value
        return False


def load_yaml(path: Path, *, shown: str | None = None) -> YamlDocument:
    """Read one YAML file.

    Raises `SakipError` with B1xx problems for a file that cannot be read, and Y2xx for bad YAML: syntax, repeated
    keys (all of them), anchors and aliases, tags, several documents, non-text keys, nesting beyond `MAX_DEPTH`.
    """
    name = shown or str(path)
    return parse_yaml(read_text(path, shown=name), name)


def parse_yaml(text: str, name: str) -> YamlDocument:
    """Read YAML from a string; see `load_yaml`."""
    builder = _Builder(name)
    try:
        root = builder.build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        from sakip_eval.yaml_messages import syntax_problem

        raise SakipError([*builder.problems, syntax_problem(error, name, text, _LOADER)]) from None
    except yaml.reader.ReaderError:
        from sakip_eval.yaml_messages import unreadable_problem

        raise SakipError([*builder.problems, unreadable_problem(name, text)]) from None
    if builder.problems:
        raise SakipError(builder.problems)
    if root is None:
        raise SakipError(
            [
                Problem(
                    "B105",
                    Location(name),
                    "Berkas kosong",
                    "Tidak ada isi selain komentar",
                    "Mulai dari kerangka: sakip kasus baru",
                )
            ]
        )
    return YamlDocument(name, root)


class _TooDeepError(Exception):
    pass


class _Builder:
    """Turns parser events into `Node`s and collects what is not allowed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def _problem(self, kode: str, event: Any, apa: str, mengapa: str, perbaikan: str) -> None:
        mark = event.start_mark
        self.problems.append(
            Problem(kode, Location(self.name, mark.line + 1, mark.column + 1), apa, mengapa, perbaikan)
        )

    def build(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        documents = 0
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents == 2:
                        self._problem(
                            "Y205",
                            event,
                            "Berkas memuat lebih dari satu dokumen YAML (---)",
                            "Dokumen kedua dan seterusnya akan hilang tanpa jejak",
                            "Pisahkan menjadi beberapa berkas",
                        )
                        break
                elif isinstance(event, yaml.NodeEvent):
                    root = self._node(event, events, 0)
        except _TooDeepError:
            pass
        if root is not None and root.value is None:
            return None
        return root

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        line, col = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent):
            self._problem(
                "Y203",
                event,
                f"Alias *{event.anchor} tidak didukung",
                "Alias dapat melingkar dan menyembunyikan dari mana sebuah nilai berasal",
                "Tuliskan isinya langsung",
            )
            return Node(line, col, None)
        if event.anchor is not None:
            self._problem(
                "Y203",
                event,
                f"Jangkar &{event.anchor} tidak didukung",
                "Alias dapat melingkar dan menyembunyikan dari mana sebuah nilai berasal",
                "Hapus jangkar dan tuliskan isinya langsung di setiap tempat",
            )
        if event.tag is not None:
            self._problem(
                "Y207",
                event,
                f"Penanda jenis {event.tag.replace('tag:yaml.org,2002:', '!!')} tidak didukung",
                "Jenis sebuah nilai ditentukan oleh nama kuncinya",
                "Hapus penanda itu; apit dengan tanda kutip jika harus teks",
            )
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style is None or event.style == ""
            value = None if plain and event.value in _NULLS else event.value
            return Node(line, col, value, quoted=not plain)
        if depth >= MAX_DEPTH:
            self._problem(
                "Y204",
                event,
                f"Susunan lebih dalam dari {MAX_DEPTH} tingkat",
                "Tidak ada berkas rubrik atau kasus yang sedalam itu",
                "Periksa kurung [ ] dan { } yang tidak ditutup",
            )
            raise _TooDeepError
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            for child in events:
                if isinstance(child, yaml.SequenceEndEvent):
                    break
                items.append(self._node(child, events, depth + 1))
            return Node(line, col, items)
        return self._mapping(events, Node(line, col, {}), depth)

    def _mapping(self, events: Iterator[Any], node: Node, depth: int) -> Node:
        entries: dict[str, Node] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key.value, str):
                self._problem(
                    "Y206",
                    event,
                    "Kunci harus berupa teks, bukan daftar, kurung, atau kosong",
                    "Nama yang tidak dapat ditulis tidak dapat dirujuk",
                    "Tulis `kunci: isi`",
                )
            elif key.value in entries:
                first = node.keys[key.value][0]
                self._problem(
                    "Y202",
                    event,
                    f"Kunci `{key.value}` ditulis dua kali (pertama di baris {first})",
                    "YAML biasa diam-diam membuang salah satunya",
                    "Gabungkan keduanya atau hapus salah satu",
                )
            else:
                entries[key.value] = value
                node.keys[key.value] = (key.line, key.col)
        node.value = entries
        return node
