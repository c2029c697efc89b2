"""What `sakip lke-baca` says of an LKE that it read: what was read, both totals, and every finding."""

from __future__ import annotations

from collections.abc import Iterator

from sakip_eval.documents.lke.reading import Reading
from sakip_eval.render.words import figure, predikat_text, range_text, wrap


def render_reading(reading: Reading, path: str) -> str:
    """Return the report as text of at most 80 columns, where names are not longer."""
    return "\n".join(_lines(reading, path)) + "\n"


def _lines(reading: Reading, path: str) -> Iterator[str]:
    case = reading.case
    kind = "LKE buatan sakip" if reading.asal == "sendiri" else "LKE asing"
    yield wrap(f"{path}: {kind}, rubrik {reading.rubric.id}", rest="  ")
    about = f"{case.instansi.nama}, tahun kinerja {case.tahun_kinerja}, tahun evaluasi {case.tahun_evaluasi}"
    for text in (about, *reading.isi, *_judged(reading)):
        yield wrap(text, "- ", "  ")
    yield ""
    yield f"{'Penilai':<12}{'Pada lembar':>13}{'Hitung ulang':>14}   Predikat"
    yield f"{'-' * 10:<12}{'-' * 11:>13}{'-' * 12:>14}   {'-' * 28}"
    for evaluation, printed in zip(reading.hasil, reading.tercetak, strict=True):
        shown = reading.rubric.rounding.format(printed) if printed is not None else "-"
        yield (
            f"{evaluation.penilai:<12}{shown:>13}{figure(evaluation, evaluation.nilai):>14}   {predikat_text(evaluation)}"
        )
        if not evaluation.lengkap:
            judged = f"{evaluation.dinilai} dari {evaluation.seluruh} bagian dinilai"
            yield wrap(f"Belum lengkap: {judged}; nilai masih mungkin {range_text(evaluation)}", "  ")
    yield ""
    if not reading.temuan:
        yield "Tanpa temuan pembacaan."
        return
    yield f"TEMUAN PEMBACAAN ({len(reading.temuan)})"
    for number, problem in enumerate(reading.temuan, 1):
        yield wrap(f"{problem.lokasi}: {problem.kode}", f"{number:>2}. ", "    ")
        yield wrap(f"{problem.apa}. {problem.mengapa}.", "    ")
        yield wrap(f"Cara: {problem.perbaikan}.", "    ")


def _judged(reading: Reading) -> Iterator[str]:
    for evaluation in reading.hasil:
        said = reading.case.penilaian.get(evaluation.penilai)
        if said is not None:
            answers = sum(s.jawaban is not None for s in said.subkomponen.values())
            criteria = sum(k.status is not None or k.jawaban is not None for k in said.kriteria.values())
            yield f"{evaluation.penilai}: {answers} jawaban subkomponen, {criteria} kriteria dinilai"
