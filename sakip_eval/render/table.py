"""The evaluation on a terminal 80 columns wide: the LKE table, findings, recommendations per component."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabulate import tabulate

from sakip_eval.engine.result import Evaluation
from sakip_eval.render.words import by_komponen, continues, figure, predikat_text, range_text, rounding_notes, wrap

_HEADERS = ("No", "Komponen/Subkomponen", "Bobot", "Jawaban", "Usulan", "Nilai", "%")
_ALIGN = ("left", "left", "right", "center", "center", "right", "right")


def render_table(evaluation: Evaluation) -> str:
    """Return the whole evaluation as text, lines of at most 80 columns, ending in a line break."""
    blocks = [_head(evaluation), lke_table(evaluation), _result(evaluation), _findings(evaluation)]
    blocks.append(_recommendations(evaluation))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _head(evaluation: Evaluation) -> str:
    case = evaluation.case
    owner = f", {case.instansi.induk}" if case.instansi.induk else ""
    lines = [
        "LEMBAR KERJA EVALUASI AKUNTABILITAS KINERJA",
        wrap(f"{case.instansi.nama}{owner}", "Unit kerja    : "),
        f"Tahun kinerja : {case.tahun_kinerja} (dievaluasi {case.tahun_evaluasi})",
        wrap(f"{evaluation.rubric.id} versi {evaluation.rubric.versi}", "Rubrik        : "),
        f"Penilai       : {evaluation.penilai}",
    ]
    return "\n".join(lines)


def lke_table(
    evaluation: Evaluation, style: str = "simple", width: int | None = 28, shown: Callable[[str], str] = str
) -> str:
    """Return the rows of an LKE: components, subkomponen, total.

    `width` wraps the names, None leaves them whole; `shown` escapes them.
    """
    rows: list[tuple[str, ...]] = []
    for komponen in evaluation.komponen:
        bobot = evaluation.rubric.rounding.format(komponen.bobot)
        name = shown(komponen.nama.upper())
        rows.append(
            (
                komponen.id,
                name,
                bobot,
                komponen.predikat.predikat if komponen.predikat else "",
                "",
                figure(evaluation, komponen.nilai),
                "" if komponen.persen is None else figure(evaluation, komponen.persen),
            )
        )
        for sub in komponen.subkomponen:
            rows.append(
                (
                    sub.id,
                    shown(sub.nama),
                    evaluation.rubric.rounding.format(sub.bobot),
                    sub.jawaban or ("-" if evaluation.rubric.pada != "subkomponen" else "belum"),
                    sub.usulan or "-",
                    figure(evaluation, sub.nilai),
                    "" if sub.persen is None else figure(evaluation, sub.persen),
                )
            )
    full = evaluation.rubric.rounding.format(evaluation.jejak.maks or evaluation.rentang[1])
    total = figure(evaluation, evaluation.nilai)
    predikat = evaluation.predikat.predikat if evaluation.predikat else ""
    rows.append(("", "NILAI AKUNTABILITAS KINERJA", full, predikat, "", total, total if evaluation.lengkap else ""))
    return tabulate(
        rows,
        headers=_HEADERS,
        tablefmt=style,
        colalign=_ALIGN,
        disable_numparse=True,
        maxcolwidths=[None, width, None, None, None, None, None] if width else None,
    )


def _result(evaluation: Evaluation) -> str:
    if evaluation.lengkap:
        lines = [f"Nilai {figure(evaluation, evaluation.nilai)}, predikat {predikat_text(evaluation)}"]
    else:
        lines = [
            f"Belum lengkap: {evaluation.dinilai} dari {evaluation.seluruh} bagian dinilai.",
            f"Nilai akhir masih mungkin {range_text(evaluation)}; predikat {predikat_text(evaluation)}.",
        ]
    if evaluation.predikat is not None and evaluation.predikat.interpretasi:
        lines.append(wrap(evaluation.predikat.interpretasi))
    lines += [wrap(note) for note in rounding_notes(evaluation)]
    return "\n".join(lines)


def _findings(evaluation: Evaluation) -> str:
    if not evaluation.temuan:
        return "TEMUAN\nTidak ada."
    lines = [f"TEMUAN ({len(evaluation.temuan)})"]
    for number, temuan in enumerate(evaluation.temuan, start=1):
        lead = f"{number:2d}. "
        lines.append(wrap(f"[{temuan.tingkat}] {temuan.kode}", lead))
        for text in (temuan.pesan, f"Dasar: {temuan.dasar}", f"Cara : {temuan.cara}"):
            lines.append(wrap(text, "    "))
    return "\n".join(lines)


def _recommendations(evaluation: Evaluation) -> str:
    if not evaluation.rekomendasi:
        return "REKOMENDASI\nTidak ada."
    lines = [f"REKOMENDASI ({len(evaluation.rekomendasi)})"]
    for letter, komponen, own in by_komponen(evaluation):
        lines.append(f"{letter}. {komponen.nama}")
        for number, item in enumerate(own, start=1):
            lines.append(wrap(item.teks, f"   {number}) "))
            lines.append(wrap(_note(evaluation, item.id), "      "))
    return "\n".join(lines)


def _note(evaluation: Evaluation, item_id: str) -> str:
    item = next(r for r in evaluation.rekomendasi if r.id == item_id)
    words: list[str] = [item.id]
    if item.kriteria:
        words.append("kriteria " + ", ".join(item.kriteria))
    if item.menjawab:
        words.append("menjawab " + ", ".join(item.menjawab))
    if item.jenis == "tangan":
        words.append("ditulis penilai")
    if item.induk:
        words.append(continues(item))
    if item.jenis == "rubrik":
        if item.potensi or not (item.potensi_bersama or item.rawan):
            words.append(f"menambah {figure(evaluation, item.potensi)}")
        if item.potensi_bersama != item.potensi:
            words.append(
                f"menambah {figure(evaluation, item.potensi_bersama)} bila subkomponennya terpenuhi seluruhnya"
            )
        if item.rawan:
            words.append(f"mengamankan {figure(evaluation, item.rawan)} yang belum didukung kriteria")
    return "[" + "; ".join(words) + "]"


def recap_row(e: Evaluation) -> tuple[str, ...]:
    """Return one evaluation as a row of `render_recap`."""
    return (
        e.case.instansi.nama,
        str(e.case.tahun_kinerja),
        e.penilai,
        figure(e, e.nilai) if e.lengkap else range_text(e),
        e.predikat.predikat if e.predikat else "-",
        str(len(e.temuan)),
    )


def render_recap(rows: Sequence[tuple[str, ...]]) -> str:
    """Return one table of several evaluations."""
    return (
        tabulate(
            rows,
            headers=("Instansi", "Tahun", "Penilai", "Nilai", "Predikat", "Temuan"),
            colalign=("left", "left", "left", "right", "center", "right"),
            disable_numparse=True,
            maxcolwidths=[30, None, None, 8, None, None],
        )
        + "\n"
    )
