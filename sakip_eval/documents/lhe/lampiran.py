"""The annex: the worksheet (LKE) with all components, subkomponen and criteria, and who worked on it."""

from __future__ import annotations

from fractions import Fraction

from sakip_eval.case.case import Penilaian
from sakip_eval.documents.lhe.bahasa import figure, percent
from sakip_eval.documents.lhe.elements import Cell, Element, Heading, Paragraph, Run, Table, blank, bold, text
from sakip_eval.documents.lhe.hasil import maximum
from sakip_eval.documents.lhe.identity import Identity
from sakip_eval.documents.lhe.model import PejabatEntry
from sakip_eval.documents.lhe.surat import Surat
from sakip_eval.engine.result import Evaluation
from sakip_eval.engine.trace import TraceNode

_STATUS = {
    "terpenuhi": "terpenuhi",
    "sebagian": "terpenuhi sebagian",
    "tidak": "tidak terpenuhi",
    "tidak_berlaku": "tidak berlaku",
}
_SHADE, _LIGHT = "D9D9D9", "F2F2F2"
_NOTHING = Penilaian()


def annex(evaluation: Evaluation, surat: Surat, seal: Identity | None) -> tuple[Element, ...]:
    """Return the annex; a sealed document ends in the line that says what it was made from."""
    case = evaluation.case
    elements: list[Element] = [
        Heading(1, "LEMBAR KERJA EVALUASI AKUNTABILITAS KINERJA INSTANSI PEMERINTAH", numbered=False),
        Paragraph(text(f"Unit kerja: {case.instansi.nama}"), "LHE Keterangan", keep=True),
        Paragraph(text(f"Periode evaluasi: {case.tahun_kinerja}"), "LHE Keterangan", keep=True),
        worksheet(evaluation),
    ]
    if surat.file.tim:
        elements.append(_signatures(surat.file.tim))
    if seal is not None:
        if seal.alasan:
            codes = ", ".join(seal.kontradiksi) or "tidak ada"
            elements.append(
                Paragraph(
                    text(f"Diterbitkan dengan alasan: {seal.alasan} (kontradiksi yang masih terbuka: {codes})."),
                    "LHE Segel",
                )
            )
        elements.append(Paragraph(text(seal.line), "LHE Segel"))
    return tuple(elements)


def worksheet(evaluation: Evaluation) -> Table:
    """Return the LKE as a table; the other rater's answers stand in a column of their own where the case has both."""
    other = _other(evaluation)
    head = ["No.", "Komponen/Subkomponen/Kriteria", "Bobot", "Jawaban"]
    if other is not None:
        head.append("Jawaban " + ("mandiri" if evaluation.penilai == "evaluator" else "evaluator"))
    head += ["Nilai", "%", "Catatan", "Daftar evidence"]
    widths = (5, 38, 7, 10, 10, 7, 8, 13, 12) if other is not None else (5, 43, 7, 10, 7, 8, 15, 13)
    rows: list[tuple[Cell, ...]] = []
    for komponen in evaluation.jejak.children:
        rows.append(_komponen(evaluation, komponen, other is not None))
        for sub in komponen.children:
            rows.append(_subkomponen(evaluation, sub, other))
            rows += [_kriteria(evaluation, node, other) for node in sub.children]
    rows.append(_total(evaluation, other is not None))
    return Table(
        widths, (tuple(Cell((bold(h),), "tengah", _SHADE) for h in head),), tuple(rows), style="LHE Tabel Kecil"
    )


def _other(evaluation: Evaluation) -> Penilaian | None:
    rater = "mandiri" if evaluation.penilai == "evaluator" else "evaluator"
    return evaluation.case.penilaian.get("mandiri" if rater == "mandiri" else "evaluator")


def _own(evaluation: Evaluation) -> Penilaian:
    return evaluation.case.penilaian.get(evaluation.penilai, _NOTHING)


def _points(evaluation: Evaluation, value: Fraction | None) -> str:
    return "belum dinilai" if value is None else figure(evaluation, value)


def _share(evaluation: Evaluation, value: Fraction | None, bobot: Fraction | None) -> str:
    return percent(evaluation, value * 100 / bobot) if value is not None and bobot else ""


def _komponen(evaluation: Evaluation, node: TraceNode, both: bool) -> tuple[Cell, ...]:
    def cell(words: str, align: str = "kanan") -> Cell:
        return Cell((bold(words),), "tengah" if align == "tengah" else "kanan", _SHADE)

    return (
        cell(node.id, "tengah"),
        Cell((bold(node.nama.upper()),), shade=_SHADE),
        cell(figure(evaluation, node.bobot or Fraction(0))),
        *[cell("", "tengah")] * (2 if both else 1),
        cell(_points(evaluation, node.nilai)),
        cell(_share(evaluation, node.nilai, node.maks)),
        *[cell("")] * 2,
    )


def _subkomponen(evaluation: Evaluation, node: TraceNode, other: Penilaian | None) -> tuple[Cell, ...]:
    graded = evaluation.rubric.pada == "subkomponen"
    said = _own(evaluation).subkomponen.get(node.id)
    answers = [said.jawaban if said else None]
    if other is not None:
        theirs = other.subkomponen.get(node.id)
        answers.append(theirs.jawaban if theirs else None)
    valued = evaluation.rubric.pada != "komponen"
    return (
        Cell(text(node.id), "tengah", _LIGHT),
        Cell(text(node.nama), shade=_LIGHT),
        Cell(text(figure(evaluation, node.bobot or Fraction(0))), "kanan", _LIGHT),
        *[Cell((bold(a or "belum dinilai"),) if graded else (), "tengah", _LIGHT) for a in answers],
        Cell(text(_points(evaluation, node.nilai) if valued else ""), "kanan", _LIGHT),
        Cell(text(_share(evaluation, node.nilai, node.maks)), "kanan", _LIGHT),
        Cell(text(said.catatan if said and said.catatan else ""), shade=_LIGHT),
        Cell(text(_bukti(evaluation, node.bukti)), shade=_LIGHT),
    )


def _kriteria(evaluation: Evaluation, node: TraceNode, other: Penilaian | None) -> tuple[Cell, ...]:
    said = _own(evaluation).kriteria.get(node.id)
    answers = [_answer(said.jawaban, said.status) if said else "belum dinilai"]
    if other is not None:
        theirs = other.kriteria.get(node.id)
        answers.append(_answer(theirs.jawaban, theirs.status) if theirs else "belum dinilai")
    return (
        Cell(text(evaluation.rubric.kriteria_by_id[node.id].no_cetak + ")"), "kanan"),
        Cell(text(node.nama)),
        Cell(),
        *[Cell(text(a), "tengah") for a in answers],
        Cell(text(figure(evaluation, node.nilai) if node.nilai is not None else ""), "kanan"),
        Cell(),
        Cell(text(said.catatan if said and said.catatan else "")),
        Cell(text(_bukti(evaluation, node.bukti))),
    )


def _answer(jawaban: str | None, status: str | None) -> str:
    return jawaban or (_STATUS[status] if status else "belum dinilai")


def _bukti(evaluation: Evaluation, names: tuple[str, ...]) -> str:
    known = evaluation.case.bukti
    return "; ".join(known[name].judul if name in known else name for name in names)


def _total(evaluation: Evaluation, both: bool) -> tuple[Cell, ...]:
    whole = maximum(evaluation)
    category = evaluation.predikat.predikat if evaluation.lengkap and evaluation.predikat else ""
    return (
        Cell((bold("Nilai Akuntabilitas Kinerja"),), shade=_SHADE, span=2),
        Cell((bold(figure(evaluation, whole)),), "kanan", _SHADE),
        Cell((bold(category),), "tengah", _SHADE),
        *[Cell(shade=_SHADE)] * (1 if both else 0),
        Cell((bold(_points(evaluation, evaluation.nilai)),), "kanan", _SHADE),
        Cell((bold(_share(evaluation, evaluation.nilai, whole)),), "kanan", _SHADE),
        *[Cell(shade=_SHADE)] * 2,
    )


def _signatures(tim: tuple[PejabatEntry, ...]) -> Table:
    """Return the team side by side, at most four in a row, each with room to sign."""
    columns = min(len(tim), 4)
    rows: list[tuple[Cell, ...]] = []
    numbered = list(enumerate(tim))
    for start in range(0, len(tim), columns):
        group = numbered[start : start + columns]
        empty = [Cell()] * (columns - len(group))
        rows += [
            (*(Cell((_shown(p.jabatan, f"tim.{at}.jabatan", "jabatan"),), "tengah") for at, p in group), *empty),
            tuple([Cell(text("\n\n"))] * columns),
            (*(Cell((_shown(p.nama, f"tim.{at}.nama", "nama"),), "tengah") for at, p in group), *empty),
        ]
        if any(p.nip for _, p in group):
            rows.append((*(Cell(text(f"NIP {p.nip}" if p.nip else ""), "tengah") for _, p in group), *empty))
    return Table((100 // columns,) * columns, (), tuple(rows), borders=False)


def _shown(value: str | None, key: str, label: str) -> Run:
    return bold(value) if value else blank(key, label)
