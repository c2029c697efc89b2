"""The condition of each component, from the trace: what is met, what is lacking, what nobody has judged.

The wording of a criterion is quoted or stands by itself as an item; it is never bent to fit into a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sakip_eval.documents.lhe.bahasa import figure, listed, percent, quoted, sentence
from sakip_eval.documents.lhe.elements import Cell, Element, Item, Paragraph, Runs, Table, bold, text
from sakip_eval.documents.lhe.hasil import component
from sakip_eval.engine.result import Evaluation, HasilKomponen, HasilSubkomponen
from sakip_eval.engine.trace import TraceNode

_MET = (
    "Dari {n} kriteria yang berlaku, {t} telah terpenuhi.",
    "Sebanyak {t} dari {n} kriteria telah terpenuhi.",
    "Kriteria yang telah terpenuhi berjumlah {t} dari {n}.",
    "Komponen ini memenuhi {t} dari {n} kriterianya.",
)
_LACKING = (
    "Yang belum terpenuhi ialah kriteria {list}.",
    "Kekurangannya terletak pada kriteria {list}.",
    "Belum terpenuhi kriteria {list}.",
    "Perbaikan masih diperlukan pada kriteria {list}.",
)
_WHOLE = (
    "Pada segi {list} tidak terdapat kekurangan.",
    "Segi {list} terpenuhi seluruhnya.",
    "Seluruh kriteria pada segi {list} terpenuhi.",
    "Dari segi {list} tidak ada kriteria yang tertinggal.",
)
_WITHOUT = {
    "komponen": "Nilai diberikan langsung pada komponen, tanpa penilaian per kriteria.",
    "subkomponen": "Nilai diberikan pada subkomponen, tanpa kriteria yang berlaku.",
    "kriteria": "Setiap kriteria dinilai dengan jawabannya sendiri, sebagaimana tercantum dalam lembar kerja evaluasi.",
}


@dataclass(frozen=True, slots=True)
class Pemilahan:
    """Criteria of a part sorted by what the rater decided; proposals that nobody decided are `belum`."""

    terpenuhi: tuple[TraceNode, ...]
    sebagian: tuple[TraceNode, ...]
    tidak: tuple[TraceNode, ...]
    belum: tuple[TraceNode, ...]

    @property
    def berlaku(self) -> int:
        """Number of criteria that count."""
        return len(self.terpenuhi) + len(self.sebagian) + len(self.tidak) + len(self.belum)

    @property
    def utuh(self) -> bool:
        """Whether there are criteria and all are met."""
        return self.berlaku > 0 and len(self.terpenuhi) == self.berlaku

    @property
    def kosong(self) -> bool:
        """Whether nobody decided on any criterion."""
        return len(self.belum) == self.berlaku


def sort_criteria(node: TraceNode) -> Pemilahan:
    """Sort the criteria at or below a node by their status."""
    groups: dict[str, list[TraceNode]] = {"terpenuhi": [], "sebagian": [], "tidak": [], "belum": []}
    for below in node.walk():
        if below.grounds.jenis == "kriteria":
            grounds = below.grounds
            status = None if grounds.diusulkan else grounds.status
            # No regulation says from which grade on a criterion is met: a graded one without a status is neither.
            graded = grounds.step is not None and status is None
            if status != "tidak_berlaku" and not graded:
                groups[status or "belum"].append(below)
    return Pemilahan(*(tuple(groups[name]) for name in ("terpenuhi", "sebagian", "tidak", "belum")))


def brief(evaluation: Evaluation, komponen: HasilKomponen, at: int) -> Runs:
    """Say the condition of a component in a few sentences; `at` is its place, so that no two begin alike."""
    node = _node(evaluation, komponen.id)
    sorted_ = sort_criteria(node)
    if sorted_.berlaku == 0:
        return ()
    if sorted_.kosong:
        return text("Pemenuhan kriterianya belum dicatat.")
    if sorted_.utuh:
        return text(f"Seluruh {sorted_.berlaku} kriteria yang berlaku telah terpenuhi.")
    turn = at % len(_MET)
    words = [_MET[turn].format(n=sorted_.berlaku, t=len(sorted_.terpenuhi))]
    if whole := [_dimension(evaluation, sub) for sub in node.children if sort_criteria(sub).utuh]:
        words.append(_WHOLE[turn].format(list=listed(whole)))
    if sorted_.tidak:
        words.append(_LACKING[turn].format(list=_quotes(sorted_.tidak)))
    if sorted_.sebagian:
        words.append(f"Baru terpenuhi sebagian kriteria {_quotes(sorted_.sebagian)}.")
    if sorted_.belum:
        words.append(f"Kriteria yang belum dinilai berjumlah {len(sorted_.belum)}.")
    return text(" ".join(words))


def _quotes(nodes: Iterable[TraceNode]) -> str:
    return listed([f"{quoted(node.nama)} ({node.id})" for node in nodes])


def _node(evaluation: Evaluation, part: str) -> TraceNode:
    node = evaluation.jejak.find(part)
    assert node is not None
    return node


def _dimension(evaluation: Evaluation, sub: TraceNode) -> str:
    return evaluation.rubric.subkomponen_by_id[sub.id].dimensi


def full(evaluation: Evaluation, komponen: HasilKomponen) -> list[Element]:
    """Write the condition of a component at length: its value, what is good, what is lacking, what is open."""
    node = _node(evaluation, komponen.id)
    elements: list[Element] = [Paragraph(component(evaluation, komponen))]
    sorted_ = sort_criteria(node)
    if sorted_.berlaku == 0:
        if komponen.nilai is not None:
            elements.append(Paragraph(text(_WITHOUT[evaluation.rubric.pada])))
        return [*elements, *_notes(evaluation, komponen)]
    if sorted_.kosong:
        elements.append(Paragraph(text("Pemenuhan kriteria pada komponen ini belum dicatat.")))
        return [*elements, *_notes(evaluation, komponen)]
    if sorted_.terpenuhi:
        elements.append(Paragraph(text("Hal yang sudah baik"), "LHE Subjudul"))
        for sub in komponen.subkomponen:
            elements += _good(evaluation, sub)
    if sorted_.tidak or sorted_.sebagian:
        elements.append(Paragraph(text("Hal yang masih kurang"), "LHE Subjudul"))
        elements += _lacking(evaluation, komponen.id, sorted_)
    if sorted_.belum:
        names = ", ".join(n.id for n in sorted_.belum)
        elements.append(Paragraph(text(bold("Belum dinilai: "), f"kriteria {names}.")))
    return [*elements, *_notes(evaluation, komponen)]


def _good(evaluation: Evaluation, sub: HasilSubkomponen) -> list[Element]:
    node = _node(evaluation, sub.id)
    met = sort_criteria(node)
    if not met.terpenuhi:
        return []
    count = f"seluruh {met.berlaku}" if met.utuh else f"{len(met.terpenuhi)} dari {met.berlaku}"
    label = f"{sub.id}  {sub.nama.rstrip('.')} ({count} kriteria terpenuhi)"
    elements: list[Element] = [Paragraph(text(label), "LHE Bagian")]
    for kriteria in met.terpenuhi:
        note = _note(evaluation, kriteria.id)
        elements.append(Item(text(sentence(kriteria.nama), note), "kurung", 0, f"baik-{sub.id}"))
    return elements


def _lacking(evaluation: Evaluation, series: str, sorted_: Pemilahan) -> list[Element]:
    elements: list[Element] = []
    for nodes, lead in ((sorted_.tidak, "belum terpenuhi"), (sorted_.sebagian, "baru terpenuhi sebagian")):
        if nodes:
            which = "Kriteria berikut" if len(nodes) > 1 else "Satu kriteria"
            elements.append(Paragraph(text(f"{which} {lead}:"), keep=True))
        for node in nodes:
            words = f"{quoted(node.nama)} ({node.id})."
            elements.append(Item(text(words, _note(evaluation, node.id)), "kurung", 0, f"{lead}-{series}"))
    return elements


def _note(evaluation: Evaluation, kriteria: str) -> str:
    said = evaluation.case.penilaian.get(evaluation.penilai)
    answer = said.kriteria.get(kriteria) if said else None
    return f" Catatan: {sentence(answer.catatan)}" if answer is not None and answer.catatan else ""


def _notes(evaluation: Evaluation, komponen: HasilKomponen) -> list[Element]:
    """The rater's own words on the subkomponen: notes, and why an answer was given."""
    said = evaluation.case.penilaian.get(evaluation.penilai)
    elements: list[Element] = []
    for sub in komponen.subkomponen:
        answer = said.subkomponen.get(sub.id) if said else None
        if answer is None:
            continue
        if answer.jawaban is not None and answer.alasan:
            elements.append(
                Paragraph(text(f"Jawaban {answer.jawaban} pada {sub.id} diberikan karena: {sentence(answer.alasan)}"))
            )
        if answer.catatan:
            elements.append(
                Paragraph(text(f"Catatan {evaluation.penilai} atas {sub.id}: {sentence(answer.catatan)}"))
            )
    return elements


def fulfilment_table(evaluation: Evaluation) -> Table | None:
    """Return the table of subkomponen: criteria met, share, answer, value; None for a rubric without criteria."""
    if not any(True for _ in evaluation.rubric.each_kriteria()):
        return None
    graded = evaluation.rubric.pada == "subkomponen"
    head = ["Subkomponen", "", "Kriteria terpenuhi", "Pemenuhan", *(["Jawaban"] if graded else []), "Nilai"]
    rows: list[tuple[Cell, ...]] = []
    for komponen in evaluation.komponen:
        for sub in komponen.subkomponen:
            met = sort_criteria(_node(evaluation, sub.id))
            share = sub.pemenuhan.persen if not met.belum else None
            row = [
                Cell(text(sub.id), "tengah"),
                Cell(text(sub.nama)),
                Cell(text("belum dinilai" if met.kosong else f"{len(met.terpenuhi)} dari {met.berlaku}"), "tengah"),
                Cell(text(percent(evaluation, share) if share is not None else "belum lengkap"), "kanan"),
            ]
            if graded:
                row.append(Cell(text(sub.jawaban or "belum"), "tengah"))
            row.append(Cell(text("belum dinilai" if sub.nilai is None else figure(evaluation, sub.nilai)), "kanan"))
            rows.append(tuple(row))
    first = (
        Cell((bold("Subkomponen"),), "tengah", "D9D9D9", span=2),
        *(Cell((bold(h),), "tengah", "D9D9D9") for h in head[2:]),
    )
    return Table((7, 45, 14, 13, 10, 11) if graded else (7, 50, 16, 14, 13), (first,), tuple(rows))
