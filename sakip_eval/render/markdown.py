"""The evaluation as Markdown; text from users is escaped so that it stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sakip_eval.engine.result import Evaluation
from sakip_eval.render.table import lke_table
from sakip_eval.render.words import by_komponen, continues, figure, predikat_text, range_text, rounding_notes

MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def escape(text: str) -> str:
    """Put a backslash before every character that Markdown or HTML would read as markup; keep one line."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


def render_markdown(evaluations: Iterable[Evaluation]) -> str:
    """Return one section for each evaluation."""
    return "".join(markdown_pieces(evaluations))


def markdown_pieces(evaluations: Iterable[Evaluation]) -> Iterator[str]:
    """Yield the sections one by one, so that no more than one evaluation need be kept."""
    for number, evaluation in enumerate(evaluations):
        yield ("\n" if number else "") + _section(evaluation)


def _section(e: Evaluation) -> str:
    lines = [
        f"# {escape(e.case.instansi.nama)}, tahun kinerja {e.case.tahun_kinerja}",
        "",
        f"Rubrik {escape(e.rubric.id)}, penilai {e.penilai}.",
        "",
        lke_table(e, style="github", width=None, shown=escape),
        "",
    ]
    if e.lengkap:
        lines.append(f"Nilai **{figure(e, e.nilai)}**, predikat **{escape(predikat_text(e))}**.")
    else:
        lines.append(
            f"Belum lengkap ({e.dinilai} dari {e.seluruh} bagian): nilai akhir {range_text(e)}, "
            f"predikat {predikat_text(e)}."
        )
    lines += ["", *[escape(note) for note in rounding_notes(e)], "## Temuan", ""]
    lines += [
        f"{n}. **{t.kode}** ({t.tingkat}): {escape(t.pesan)}. Dasar: {escape(t.dasar)}. Cara: {escape(t.cara)}."
        for n, t in enumerate(e.temuan, start=1)
    ] or ["Tidak ada."]
    lines += ["", "## Rekomendasi", ""]
    for letter, komponen, own in by_komponen(e):
        lines += [f"**{letter}. {escape(komponen.nama)}**", ""]
        for number, item in enumerate(own, start=1):
            notes = [f"kriteria {', '.join(item.kriteria)}"] if item.kriteria else []
            notes += [continues(item)] if item.induk else []
            lines.append(f"{number}. {escape(item.teks)}" + (f" ({'; '.join(notes)})" if notes else ""))
        lines.append("")
    if not e.rekomendasi:
        lines += ["Tidak ada.", ""]
    return "\n".join(lines)
