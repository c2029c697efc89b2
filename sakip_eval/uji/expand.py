"""From a short case to a case file: every node keeps the place at which it was written, for messages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sakip_eval.numbers import format_plain
from sakip_eval.rubric.rubric import BELUM, Rubric
from sakip_eval.yamlfile import Node

SEMUA = "semua"
"""The key that speaks of every part at once."""
ONE_OF_EACH, COMPLETE = "semua_jenis", "lengkap"
YEAR = 2022
"""The tahun_kinerja of a case that names none."""

_KRITERIA = re.compile(r"[0-9]+\.[a-z]+\.[0-9]+")
_SAID = {"jawaban": "jawaban", "status": "status", "nilai": "nilai", "alasan": "alasan", "catatan": "catatan",
         "bukti_jawaban": "bukti"}  # fmt: skip
"""Key of the short form -> key of the case file."""


def expand(kasus: Node, rubric: Rubric) -> Node:
    """Return the case file that a short case stands for."""
    short = kasus.value if isinstance(kasus.value, dict) else {}
    base = short.get("dasar", text(kasus, "kosong"))
    kinerja = short.get("tahun_kinerja", text(kasus, str(YEAR)))
    said = kinerja.value
    year = int(said) if isinstance(said, str) and len(said) == 4 and said.isdecimal() else YEAR
    penilai = str(short["penilai"].value) if "penilai" in short else "evaluator"

    rater = Rater(rubric, kasus)
    rater.start(base)
    rater.hear(short)
    raters = {penilai: rater.node(short)}
    if "mandiri" in short and isinstance(short["mandiri"].value, dict):
        own = Rater(rubric, short["mandiri"])
        own.hear(short["mandiri"].value)
        raters["mandiri"] = own.node(short["mandiri"].value)
    entries = {
        "instansi": mapping(kasus, {"nama": text(kasus, "Kasus uji"), "jenis": text(kasus, "kasus uji")}),
        "tahun_kinerja": kinerja,
        "tahun_evaluasi": short.get("tahun_evaluasi", text(kasus, str(year + 1))),
        "rubrik": text(kasus, rubric.id),
        "bukti": evidence(short.get("bukti"), base, rubric, year),
        "penilaian": mapping(kasus, raters),
    }
    if base.value == COMPLETE:
        entries["tindak_lanjut_sebelumnya"] = mapping(base, {"ada_rekomendasi": text(base, "tidak")})
    if "tindak_lanjut" in short:
        entries["tindak_lanjut_sebelumnya"] = short["tindak_lanjut"]
    if "paket" in short:
        entries["paket"] = short["paket"]
    if "tercetak" in short:
        entries["tercetak"] = with_defaults(short["tercetak"], {"sumber": "uji"})
    return mapping(kasus, entries)


class Rater:
    """What one rater says, gathered for the three sections of a case file."""

    def __init__(self, rubric: Rubric, at: Node) -> None:
        self.rubric, self.at = rubric, at
        self.sections: dict[str, dict[str, dict[str, Node]]] = {"subkomponen": {}, "kriteria": {}, "komponen": {}}
        self.places: dict[tuple[str, str], tuple[int, int]] = {}

    def start(self, base: Node) -> None:
        """Say what the starting point `dasar` stands for."""
        rubric = self.rubric
        everywhere = {
            "semua_terpenuhi": {"status": "terpenuhi"},
            "semua_tidak": {"status": "tidak"},
            COMPLETE: self.best(),
        }.get(str(base.value), {})
        self.hear({key: mapping(base, {SEMUA: text(base, word)}) for key, word in everywhere.items()})
        if base.value != COMPLETE:
            return
        if rubric.pada == "komponen":
            full = {k.id: text(base, format_plain(k.bobot)) for k in rubric.komponen}
            self.hear({"nilai": mapping(base, full)})
        shown = {s.id: s.kriteria[0].bukti[0] for s in rubric.each_subkomponen() if s.kriteria}
        lists = {name: sequence(base, [text(base, jenis)]) for name, jenis in shown.items()}
        self.hear({"bukti_jawaban": mapping(base, lists)})

    def best(self) -> dict[str, str]:
        """Return what a complete judgement says of every part: the best that a percentage alone justifies."""
        rubric = self.rubric
        if rubric.pada == "komponen":
            return {}
        said = {"status": "terpenuhi", "catatan": "ada"} if any(rubric.each_kriteria()) else {"catatan": "ada"}
        if rubric.dengan == "jawaban":
            said["jawaban"] = next(s.jawaban for s in rubric.skala if s.jawaban not in rubric.beyond)
        return said

    def hear(self, short: Mapping[str, Node]) -> None:
        """Take in the parts of a short case that are a rater's, the more specific key after the more general."""
        for key, field in _SAID.items():
            said = short.get(key)
            if said is None or not isinstance(said.value, dict):
                continue
            for name in sorted(said.value, key=self.level):
                node = said.value[name]
                if key in ("jawaban", "status") and node.value == BELUM:
                    node = Node(node.line, node.col, None)
                for section, target in self.targets(key, name):
                    self.sections[section].setdefault(target, {})[field] = node
                    self.places.setdefault((section, target), said.keys[name])

    def level(self, name: str) -> int:
        """Return how specific a key is."""
        if name == SEMUA:
            return 0
        return 1 if name in self.rubric.komponen_by_id else 2 if name in self.rubric.subkomponen_by_id else 3

    def targets(self, key: str, name: str) -> list[tuple[str, str]]:
        """Return the section and id of every part that a key speaks of; an unknown one stays, to be reported."""
        rubric = self.rubric
        if key == "nilai":
            return [("komponen", name)]
        at_criteria = key == "status" or (key == "jawaban" and rubric.pada == "kriteria")
        section = "kriteria" if at_criteria or _KRITERIA.fullmatch(name) else "subkomponen"
        if name == SEMUA:
            subs = tuple(rubric.each_subkomponen())
        elif name in rubric.komponen_by_id:
            subs = rubric.komponen_by_id[name].subkomponen
        else:
            subs = tuple(s for s in rubric.each_subkomponen() if s.id == name)
        found = [k.id for s in subs for k in s.kriteria] if at_criteria else [s.id for s in subs]
        return [(section, target) for target in found or [name]]

    def node(self, short: Mapping[str, Node]) -> Node:
        """Return what the rater says as a node of a case file."""
        entries: dict[str, Node] = {key: short[key] for key in ("tanggal", "rekomendasi") if key in short}
        for section, said in self.sections.items():
            parts = {name: mapping(self.at, fields) for name, fields in said.items()}
            node = mapping(self.at, parts)
            node.keys = {name: self.places[section, name] for name in parts}
            entries[section] = node
        return mapping(self.at, entries)


def evidence(said: Node | None, base: Node, rubric: Rubric, year: int) -> Node:
    """Return the list of evidence: `semua_jenis` and `lengkap` stand for many pieces, a plain word for one kind."""
    at = said or base
    items = at.value if said is not None and isinstance(at.value, list) else [said] if said is not None else []
    if said is not None and not isinstance(said.value, str | list):
        return said
    made: dict[str, Node] = all_pieces(base, rubric, year) if base.value == COMPLETE else {}
    own: list[Node] = []
    for item in items:
        if item.value == COMPLETE:
            made |= all_pieces(item, rubric, year)
        elif item.value == ONE_OF_EACH:
            made |= {jenis: piece(text(item, jenis)) for jenis in rubric.jenis_bukti}
        else:
            own.append(piece(item))
    for node in own:
        name = node.value["id"].value if isinstance(node.value, dict) and "id" in node.value else None
        made.pop(name if isinstance(name, str) else "", None)
    return sequence(at, [*made.values(), *own])


def piece(item: Node) -> Node:
    """Fill up one piece of evidence: its id is its jenis, its judul its id, where they are not given."""
    if isinstance(item.value, str):
        return mapping(item, {"id": item, "jenis": item, "judul": item})
    if not isinstance(item.value, dict) or "jenis" not in item.value:
        return item
    name = str(item.value.get("id", item.value["jenis"]).value)
    return with_defaults(item, {"id": name, "judul": name})


def all_pieces(at: Node, rubric: Rubric, year: int) -> dict[str, Node]:
    """Return evidence of every kind, dated in time, four pieces of each kind that shows something periodic."""
    periodic = {k.bukti[0] for k in rubric.each_kriteria() if k.uji == "berkala"}
    dates = {"penetapan": f"{year}-01-03", "publikasi": f"{year}-01-10", "penyampaian": f"{year + 1}-01-31"}
    made: dict[str, Node] = {}
    for jenis in rubric.jenis_bukti:
        for number in range(1, 5 if jenis in periodic else 2):
            name = jenis if number == 1 else f"{jenis}-{number}"
            fields = {"id": text(at, name), "jenis": text(at, jenis), "judul": text(at, name)}
            fields["tahun"] = text(at, str(year))
            fields["tanggal"] = mapping(at, {key: text(at, day) for key, day in dates.items()})
            made[name] = mapping(at, fields)
    return made


def text(at: Node, value: str) -> Node:
    """Return a text that stands for something written at `at`."""
    return Node(at.line, at.col, value)


def sequence(at: Node, items: list[Node]) -> Node:
    """Return a list that stands for something written at `at`."""
    return Node(at.line, at.col, items)


def mapping(at: Node, entries: Mapping[str, Node]) -> Node:
    """Return a mapping that stands for something written at `at`; its keys stand where their contents do."""
    return Node(at.line, at.col, dict(entries), keys={key: (node.line, node.col) for key, node in entries.items()})


def with_defaults(node: Node, defaults: Mapping[str, str]) -> Node:
    """Return a mapping with the texts that it leaves out."""
    if not isinstance(node.value, dict):
        return node
    filled = mapping(node, {**{key: text(node, value) for key, value in defaults.items()}, **node.value})
    filled.keys |= node.keys
    return filled
