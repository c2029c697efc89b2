"""The result in sentences: the total with its predikat, each component, and the year before."""

from __future__ import annotations

from fractions import Fraction

from sakip_eval.documents.lhe.bahasa import (
    counted,
    figure,
    kategori,
    listed,
    nama_lengkap,
    percent,
    plain_figure,
    sentence,
)
from sakip_eval.documents.lhe.dasar_hukum import root_of
from sakip_eval.documents.lhe.elements import Cell, Runs, Table, bold, text
from sakip_eval.engine.result import Evaluation, HasilKomponen
from sakip_eval.engine.score import predikat_basis
from sakip_eval.engine.trace import TraceNode


def maximum(evaluation: Evaluation) -> Fraction:
    """Return the points that can be reached in all."""
    return evaluation.jejak.maks if evaluation.jejak.maks is not None else evaluation.rentang[1]


def total(evaluation: Evaluation) -> Runs:
    """Say the total and its predikat; for an incomplete case what is open and what the total can still become."""
    name = nama_lengkap(evaluation.case.instansi)
    if evaluation.nilai is None:
        low, high = (figure(evaluation, value) for value in evaluation.rentang)
        parts = text(
            f"Penilaian atas {name} belum lengkap: {evaluation.dinilai} dari {evaluation.seluruh} "
            f"{_parts_word(evaluation)} telah dinilai. Nilai akhirnya masih mungkin antara {low} dan {high}, sehingga "
        )
        if evaluation.predikat is None:
            return text(parts, "predikat belum dapat diberikan.")
        return text(
            parts, "nilai belum dapat ditetapkan; seluruh rentang itu berada dalam kategori ",
            bold(kategori(evaluation.predikat)), ".",
        )  # fmt: skip
    value = bold(figure(evaluation, evaluation.nilai))
    if evaluation.predikat is None:
        return text(f"{name} memperoleh nilai sebesar ", value, ". Nilai itu tidak mempunyai kategori predikat.")
    return text(
        f"{name} memperoleh nilai sebesar ", value, " dengan kategori ", bold(kategori(evaluation.predikat)), ".",
        _exactness(evaluation, evaluation.nilai),
    )  # fmt: skip


def interpretation(evaluation: Evaluation) -> Runs:
    """Quote what the regulation says the predikat of a complete case means; empty where it says nothing."""
    predikat = evaluation.predikat
    if not evaluation.lengkap or predikat is None or predikat.interpretasi is None:
        return ()
    words = " ".join(predikat.interpretasi.split())
    return text(f"Interpretasi kategori {predikat.predikat} menurut {predikat.dasar}: “{words}”")


def _exactness(evaluation: Evaluation, value: Fraction) -> str:
    """Say so where the printed total, read by itself, would have another predikat than the exact one."""
    rubric = evaluation.rubric
    printed = rubric.predikat_of(rubric.rounding.apply(value))
    if printed is evaluation.predikat or predikat_basis(rubric, value) != value:
        return ""
    return " Kategori ditetapkan dari nilai sebelum dibulatkan menjadi angka yang tercetak."


def _parts_word(evaluation: Evaluation) -> str:
    return "komponen" if evaluation.rubric.pada == "komponen" else "subkomponen"


def component(evaluation: Evaluation, komponen: HasilKomponen) -> Runs:
    """Say the value of one component against what is expected of it, as the real letter does."""
    expected = f"(hasil evaluasi dari yang diharapkan sebesar {plain_figure(komponen.bobot)}%)"
    if komponen.nilai is None:
        node = next(n for n in evaluation.jejak.children if n.id == komponen.id)
        return text(f"{_open_parts(node)}. {_range(evaluation, node)} {expected}.")
    value = text("Diperoleh nilai sebesar ", bold(figure(evaluation, komponen.nilai)), f" {expected}")
    if komponen.predikat is None:
        return text(value, ".")
    return text(value, " dengan kategori ", bold(kategori(komponen.predikat)), ".")


def _open_parts(node: TraceNode) -> str:
    missing = [child.id for child in node.children if child.nilai is None]
    if len(missing) == len(node.children):
        return "Belum dinilai"
    return f"Belum selesai dinilai: {listed(missing)} masih terbuka"


def _range(evaluation: Evaluation, node: TraceNode) -> str:
    low, high = node.rentang or (Fraction(0), Fraction(0))
    return f"Nilainya masih mungkin antara {figure(evaluation, low)} dan {figure(evaluation, high)}"


def rounding_note(evaluation: Evaluation) -> str | None:
    """Say so where the printed components do not add up to the printed total; None where they do."""
    rounding = evaluation.rubric.rounding
    if evaluation.nilai is None:
        return None
    printed = sum((rounding.apply(k.nilai) for k in evaluation.komponen if k.nilai is not None), Fraction(0))
    if printed == rounding.apply(evaluation.nilai):
        return None
    return (
        f"Nilai komponen yang tercetak berjumlah {figure(evaluation, printed)}, sedangkan nilai akhirnya "
        f"{figure(evaluation, evaluation.nilai)}, karena nilai dihitung dari angka sebelum dibulatkan."
    )


def previous(evaluation: Evaluation, before: Evaluation | None) -> Runs:
    """Set the result beside that of an earlier year; empty where none is given."""
    if before is None or before.nilai is None:
        return ()
    category = f" dengan kategori {kategori(before.predikat)}" if before.predikat else ""
    words = (
        f"Pada evaluasi tahun kinerja {before.case.tahun_kinerja} diperoleh nilai "
        f"{figure(before, before.nilai)}{category}."
    )
    if root_of(before.rubric) != root_of(evaluation.rubric):
        return text(
            f"{words} Nilai itu dihitung menurut {sentence(before.rubric.nama)[:-1]}, yang komponen dan bobotnya "
            "berbeda, sehingga kedua nilai tidak dapat dibandingkan begitu saja."
        )
    if evaluation.nilai is None:
        return text(words)
    change = evaluation.rubric.rounding.apply(evaluation.nilai) - before.rubric.rounding.apply(before.nilai)
    if change == 0:
        return text(f"{words} Nilai tahun ini sama.")
    moved = "meningkat" if change > 0 else "menurun"
    return text(f"{words} Nilai tahun ini {moved} {figure(evaluation, abs(change))}.")


def comparable(evaluation: Evaluation, before: Evaluation | None) -> Evaluation | None:
    """Return the earlier evaluation where its components stand beside ours one for one, else None."""
    if before is None or root_of(before.rubric) != root_of(evaluation.rubric):
        return None
    same = [(k.id, k.bobot) for k in before.komponen] == [(k.id, k.bobot) for k in evaluation.komponen]
    return before if same else None


def component_table(evaluation: Evaluation, before: Evaluation | None = None) -> Table:
    """Return the table of components: bobot, value (of the earlier year too, where comparable), share, predikat."""
    earlier = comparable(evaluation, before)
    head = ["No.", "Komponen", "Bobot"]
    if earlier is not None:
        head.append(f"Nilai {earlier.case.tahun_kinerja}")
    head += [f"Nilai {evaluation.case.tahun_kinerja}", "%", "Kategori"]
    rows: list[tuple[Cell, ...]] = []
    for at, komponen in enumerate(evaluation.komponen):
        row = [_cell(komponen.id), Cell(text(komponen.nama)), _number(figure(evaluation, komponen.bobot))]
        if earlier is not None:
            row.append(_number(_value(earlier, earlier.komponen[at].nilai)))
        row.append(_number(_value(evaluation, komponen.nilai)))
        row.append(_number(percent(evaluation, komponen.persen) if komponen.persen is not None else ""))
        row.append(_cell(komponen.predikat.predikat if komponen.predikat else ""))
        rows.append(tuple(row))
    whole = maximum(evaluation)
    last = [
        Cell((bold("Nilai Akuntabilitas Kinerja"),), span=2),
        Cell((bold(figure(evaluation, whole)),), "kanan"),
    ]
    if earlier is not None:
        last.append(Cell((bold(_value(earlier, earlier.nilai)),), "kanan"))
    share = percent(evaluation, evaluation.nilai * 100 / whole) if evaluation.nilai is not None and whole else ""
    last.append(Cell((bold(_value(evaluation, evaluation.nilai)),), "kanan"))
    last.append(Cell((bold(share),), "kanan"))
    category = evaluation.predikat.predikat if evaluation.lengkap and evaluation.predikat else ""
    last.append(Cell((bold(category),), "tengah"))
    rows.append(tuple(last))
    widths = (6, 40, 11, 12, 12, 12, 11) if earlier is not None else (6, 46, 12, 13, 12, 11)
    return Table(widths, (tuple(Cell((bold(h),), "tengah", "D9D9D9") for h in head),), tuple(rows))


def _value(evaluation: Evaluation, value: Fraction | None) -> str:
    return "belum dinilai" if value is None else figure(evaluation, value)


def _cell(words: str) -> Cell:
    return Cell(text(words), "tengah")


def _number(words: str) -> Cell:
    return Cell(text(words), "kanan")


def component_count(evaluation: Evaluation) -> str:
    """Say how many components there are and name them: `4 (empat) komponen besar manajemen kinerja, ...`."""
    return f"{counted(len(evaluation.komponen))} komponen besar manajemen kinerja"
