"""Why a figure is what it is: the trace as an indented text, and where points were lost."""

from __future__ import annotations

from collections.abc import Iterator

from sakip_eval.engine.result import Evaluation
from sakip_eval.engine.trace import TraceNode
from sakip_eval.numbers import format_plain
from sakip_eval.render.words import OPEN, lost_points, wrap


def render_explanation(evaluation: Evaluation, node: TraceNode, depth: int) -> str:
    """Return the reasons of `node` and of what lies `depth` levels below it."""
    return "\n".join(_lines(evaluation, node, depth, 0)) + "\n"


def _lines(evaluation: Evaluation, node: TraceNode, depth: int, level: int) -> Iterator[str]:
    indent = "  " * level
    criterion = node.grounds.jenis == "kriteria"
    if criterion:
        yield wrap(f"{node.id}: {node.why}", indent, indent + "  ")
        if level == 0:
            yield wrap(f"Kriteria: {node.nama}", indent + "  ")
            yield from _criterion_details(evaluation, node.id, indent + "  ")
        return
    shown = OPEN if node.nilai is None else evaluation.rubric.rounding.format(node.nilai)
    most = format_plain(node.maks) if node.maks is not None else "?"
    yield wrap(f"{node.id}: {shown} dari {most} - {node.nama}", indent, indent + "  ")
    yield wrap(f"{node.why}; {node.dasar}", indent + "  ")
    if node.grounds.pemenuhan is not None:
        yield from _why_not(evaluation, node, indent + "  ")
    if node.bukti:
        yield wrap("Bukti: " + ", ".join(node.bukti), indent + "  ")
    for temuan in evaluation.temuan:
        if node.id in temuan.subjek:
            yield wrap(f"Temuan {temuan.kode} ({temuan.tingkat}); cara: {temuan.cara}", indent + "  ")
    if depth > 0:
        for child in node.children:
            yield from _lines(evaluation, child, depth - 1, level + 1)


def _why_not(evaluation: Evaluation, node: TraceNode, indent: str) -> Iterator[str]:
    """Say what stands between this subkomponen and the highest answer that a percentage can justify."""
    rubric, filled = evaluation.rubric, node.grounds.pemenuhan
    assert filled is not None
    top = next((step for step in rubric.skala if step.jawaban not in rubric.beyond), None)
    if top is None or (filled.usulan is not None and filled.usulan.jawaban == top.jawaban):
        return
    if node.kurang:
        yield wrap(f"Bukan {top.jawaban} karena {len(node.kurang)} kriteria belum terpenuhi:", indent)
        for name in node.kurang:
            kriteria = rubric.kriteria_by_id[name]
            yield wrap(f"{name} {kriteria.uraian}", indent + "- ")
    if filled.belum:
        yield wrap(f"{filled.belum} kriteria belum dinilai", indent)


def _criterion_details(evaluation: Evaluation, name: str, indent: str) -> Iterator[str]:
    rubric = evaluation.rubric
    kriteria = rubric.kriteria_by_id[name]
    kinds = ", ".join(rubric.jenis_bukti[jenis] for jenis in kriteria.bukti)
    yield wrap(f"Ditunjukkan oleh: {kinds}", indent)
    proposed = evaluation.usulan.get(name)
    if proposed is not None:
        yield wrap(
            f"Usulan {proposed.status}: {proposed.alasan} (aturan {proposed.aturan}; {proposed.dasar})", indent
        )
    said = evaluation.case.penilaian.get(evaluation.penilai)
    judged = said.kriteria.get(name) if said else None
    if judged is not None and judged.catatan:
        yield wrap(f"Catatan: {judged.catatan}", indent)
    if judged is not None and judged.asal:
        yield wrap(f"Asal bacaan: {judged.asal}", indent)
    if kriteria.catatan:
        yield wrap(f"Catatan rubrik: {kriteria.catatan}", indent)
    for item in evaluation.rekomendasi:
        if name in item.kriteria:
            yield wrap(f"Rekomendasi {item.id}: {item.teks}", indent)


def render_lost(evaluation: Evaluation, node: TraceNode) -> str:
    """Return where points were lost at or below `node`, largest first, with the reason of each."""
    show = evaluation.rubric.rounding.format
    lost = lost_points(node)
    if not lost:
        return f"{node.id}: tidak ada poin yang hilang pada bagian yang sudah dinilai.\n"
    whole = sum((item.poin for item in lost), start=lost[0].poin * 0)
    lines = [f"{node.id}: {show(whole)} poin hilang"]
    for item in lost:
        lines.append(wrap(f"{item.node.id}: {item.why}; {item.node.dasar}", f"{'-' + show(item.poin):>7}  "))
        if item.node.grounds.pemenuhan is not None and item.node.kurang:
            lines.append(wrap("kriteria belum terpenuhi: " + ", ".join(item.node.kurang), " " * 9))
    return "\n".join(lines) + "\n"
