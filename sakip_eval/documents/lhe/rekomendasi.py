"""The recommendations under their components, each component with its own numbering from one."""

from __future__ import annotations

from sakip_eval.documents.lhe.elements import Element, Item, Paragraph, bold, text
from sakip_eval.engine.result import Evaluation, HasilKomponen, Rekomendasi
from sakip_eval.render.words import continues


def recommendations(evaluation: Evaluation) -> list[Element]:
    """List all components a., b., ... with their recommendations 1), 2), ...; one without any says why."""
    elements: list[Element] = []
    for komponen in evaluation.komponen:
        own = [r for r in evaluation.rekomendasi if place(evaluation, r) == komponen.id]
        elements.append(Item((bold(komponen.nama),), "huruf", 0, "rekomendasi", keep=True))
        if not own:
            elements.append(Paragraph(text(_none(evaluation, komponen)), depth=0))
        for item in own:
            elements.append(Item(text(with_ancestors(item)), "kurung", 1, f"rekomendasi-{komponen.id}"))
    return elements


def with_ancestors(item: Rekomendasi) -> str:
    """Return the sentence; where it continues earlier recommendations, they are named before its full stop."""
    if not item.induk:
        return item.teks
    words, stop = item.teks.rstrip(), ""
    if words.endswith((".", ";")):
        words, stop = words[:-1], words[-1]
    return f"{words} ({continues(item)}){stop}"


def place(evaluation: Evaluation, item: Rekomendasi) -> str:
    """Return the component under which a recommendation stands.

    One written by hand stands where its criteria are, if they are all of one component: an inspector looks for it
    there, and the finding REKOMENDASI-SALAH-KOMPONEN asks for the same. Others stand where they were put.
    """
    if item.jenis != "tangan":
        return item.komponen
    places = {evaluation.rubric.kriteria_by_id[name].komponen for name in item.kriteria}
    return places.pop() if len(places) == 1 else item.komponen


def moved(evaluation: Evaluation) -> tuple[tuple[Rekomendasi, str], ...]:
    """Return the recommendations that stand under another component than the case says, with that component."""
    placed = ((item, place(evaluation, item)) for item in evaluation.rekomendasi)
    return tuple((item, where) for item, where in placed if where != item.komponen)


def _none(evaluation: Evaluation, komponen: HasilKomponen) -> str:
    if komponen.nilai is None:
        return "Belum ada rekomendasi, karena komponen ini belum selesai dinilai."
    if not any(sub.kriteria for sub in evaluation.rubric.komponen_by_id[komponen.id].subkomponen):
        return "Tidak ada rekomendasi yang dicatat; komponen ini dinilai tanpa kriteria."
    return "Tidak ada rekomendasi."
