"""The trace: a tree of nodes that is the result itself. Tables, letters, worksheets and JSON all read from it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from sakip_eval.engine.pemenuhan import Pemenuhan
from sakip_eval.numbers import Rounding, format_plain
from sakip_eval.rubric.rubric import Step


class Grounds(NamedTuple):
    """What a node's value rests on; `TraceNode.why` puts it into words only when somebody reads it.

    `jenis` names the kind of node: total, komponen, jawaban (subkomponen by answer), rata (subkomponen by average),
    nilai (component given in points), or kriteria.
    """

    jenis: str
    rounding: Rounding
    step: Step | None = None
    pemenuhan: Pemenuhan | None = None
    penilai: str = ""
    status: str | None = None
    diusulkan: bool = False
    alasan: str | None = None
    penyebut: int = 0
    band: str = ""


class TraceNode(NamedTuple):
    """One figure and its reason. (A tuple, since a case makes about a hundred.)

    `nilai` and `maks` are points of the total (None: not judged yet, or the node has no points of its own), `bobot`
    points, `poin` percent; `rentang` the least and the greatest value it can still take; `dasar` the article; `bukti`
    the ids of the evidence named for it.
    """

    id: str
    nama: str
    nilai: Fraction | None
    bobot: Fraction | None
    poin: Fraction | None
    maks: Fraction | None
    rentang: tuple[Fraction, Fraction] | None
    dasar: str
    bukti: tuple[str, ...]
    grounds: Grounds
    children: tuple[TraceNode, ...] = ()

    @property
    def why(self) -> str:
        """Say in one Indonesian sentence, without a full stop, why the figure is what it is."""
        return _WORDS[self.grounds.jenis](self)

    @property
    def kurang(self) -> tuple[str, ...]:
        """The ids of the criteria directly below that are judged, or proposed, and not fully met."""
        return tuple([c.id for c in self.children if c.grounds.status in ("tidak", "sebagian")])

    def find(self, node_id: str) -> TraceNode | None:
        """Return the node with that id at or below this one."""
        return next((node for node in self.walk() if node.id == node_id), None)

    def walk(self) -> Iterator[TraceNode]:
        """Yield this node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


def _points(node: TraceNode, value: Fraction) -> str:
    return node.grounds.rounding.format(value)


def _range(node: TraceNode) -> str:
    low, high = node.rentang or (Fraction(0), Fraction(0))
    return f"{_points(node, low)} sampai {_points(node, high)}"


def _total(node: TraceNode) -> str:
    if node.nilai is None:
        return f"belum lengkap; nilai akhir masih mungkin antara {_range(node)}"
    parts = " + ".join(_points(node, child.nilai) for child in node.children if child.nilai is not None)
    return f"jumlah komponen {parts} = {_points(node, node.nilai)}" + (
        f", {node.grounds.band}" if node.grounds.band else ""
    )


def _komponen(node: TraceNode) -> str:
    if node.nilai is None or node.maks is None:
        missing = [child.id for child in node.children if child.nilai is None]
        return f"belum dinilai: {', '.join(missing)}; nilai masih mungkin antara {_range(node)}"
    parts = " + ".join(_points(node, child.nilai) for child in node.children if child.nilai is not None)
    return f"jumlah subkomponen {parts} = {_points(node, node.nilai)} dari {format_plain(node.maks)}"


def _nilai(node: TraceNode) -> str:
    if node.nilai is None or node.maks is None:
        return f"belum dinilai; nilai masih mungkin antara {_range(node)}"
    return (
        f"{_points(node, node.nilai)} dari {format_plain(node.maks)}, diberikan langsung oleh {node.grounds.penilai}"
    )


def _counted(grounds: Grounds) -> str:
    """Say how many criteria are met and which share that is."""
    p = grounds.pemenuhan
    if p is None or p.persen_min is None or p.persen_maks is None:
        return "tidak ada kriteria yang berlaku"
    show = grounds.rounding.format
    words = f"{p.terpenuhi} dari {p.berlaku} kriteria terpenuhi"
    if p.sebagian:
        words += f" dan {p.sebagian} sebagian"
    if p.belum:
        return f"{words}, {p.belum} belum dinilai = {show(p.persen_min)} sampai {show(p.persen_maks)} %"
    return f"{words} = {show(p.persen_min)} %"


def _jawaban(node: TraceNode) -> str:
    g = node.grounds
    p = g.pemenuhan
    usulan = p.usulan if p else None
    if g.step is None:
        hint = f"; usulan {usulan.jawaban} karena {_counted(g)}, dalam {usulan.pemenuhan}" if usulan else ""
        return f"belum dinilai; nilai masih mungkin antara {_range(node)}{hint}"
    product = f"{format_plain(g.step.poin)} % x bobot {format_plain(node.bobot or Fraction(0))}"
    if usulan is not None and usulan.jawaban == g.step.jawaban:
        words = f"{g.step.jawaban} karena {_counted(g)}, dalam {usulan.pemenuhan}"
    else:
        words = f"{g.step.jawaban} menurut {g.penilai}"
        words += f" ({g.alasan})" if g.alasan else ", tanpa alasan tertulis"
        words += f"; {_counted(g)}"
        words += f", dalam {usulan.pemenuhan}, mengusulkan {usulan.jawaban}" if usulan else ", tanpa usulan"
    return f"{words}; {product} = {_points(node, node.nilai or Fraction(0))}"


def _rata(node: TraceNode) -> str:
    if node.nilai is None or node.poin is None:
        return f"belum lengkap ({_counted(node.grounds)}); nilai masih mungkin antara {_range(node)}"
    return (
        f"rata-rata {node.grounds.penyebut} kriteria = {_points(node, node.poin)} %, "
        f"x bobot {format_plain(node.bobot or Fraction(0))} = {_points(node, node.nilai)}"
    )


_STATUS = {
    "terpenuhi": "terpenuhi",
    "sebagian": "terpenuhi sebagian",
    "tidak": "tidak terpenuhi",
    "tidak_berlaku": "tidak berlaku, tidak ikut dihitung",
}


def _kriteria(node: TraceNode) -> str:
    g = node.grounds
    if g.step is not None:
        words = f"{g.step.jawaban} menurut {g.penilai} ({format_plain(g.step.poin)} %)"
    elif g.status is None:
        return "belum dinilai"
    elif g.diusulkan:
        words = f"diusulkan {_STATUS[g.status]}: {g.alasan}; belum diputuskan {g.penilai}"
    else:
        words = f"{_STATUS[g.status]} menurut {g.penilai}"
    return words + (f"; bukti: {', '.join(node.bukti)}" if node.bukti else "")


_WORDS = {
    "total": _total,
    "komponen": _komponen,
    "nilai": _nilai,
    "jawaban": _jawaban,
    "rata": _rata,
    "kriteria": _kriteria,
}
