"""The figures of evaluations as CSV: one row for each subkomponen, component and total, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from sakip_eval.engine.result import Evaluation

HEADER = (
    "instansi", "tahun_kinerja", "penilai", "rubrik", "tingkat", "id", "nama", "bobot", "jawaban", "nilai", "persen",
    "predikat", "usulan", "pemenuhan",
)  # fmt: skip


def render_csv(evaluations: Iterable[Evaluation]) -> str:
    """Return CSV with a header; empty cells are what is not judged. Text that a spreadsheet would run is quoted."""
    return "".join(csv_pieces(evaluations))


def csv_pieces(evaluations: Iterable[Evaluation]) -> Iterator[str]:
    """Yield the text of `render_csv` in pieces, so that no more than one evaluation need be kept."""
    yield _lines([HEADER])
    for evaluation in evaluations:
        yield _lines([inert(cell) for cell in row] for row in _rows(evaluation))


def _lines(rows: Iterable[Iterable[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def inert(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _rows(e: Evaluation) -> Iterator[tuple[str, ...]]:
    show = e.rubric.rounding.format
    head = (e.case.instansi.nama, str(e.case.tahun_kinerja), e.penilai, e.rubric.id)
    for k in e.komponen:
        predikat = k.predikat.predikat if k.predikat else ""
        nilai = "" if k.nilai is None else show(k.nilai)
        persen = "" if k.persen is None else show(k.persen)
        yield (*head, "komponen", k.id, k.nama, show(k.bobot), "", nilai, persen, predikat, "", "")
        for s in k.subkomponen:
            p = s.pemenuhan
            share = "" if p.persen is None else show(p.persen)
            yield (
                *head, "subkomponen", s.id, s.nama, show(s.bobot), s.jawaban or "",
                "" if s.nilai is None else show(s.nilai), "" if s.persen is None else show(s.persen), "",
                s.usulan or "", share,
            )  # fmt: skip
    total = "" if e.nilai is None else show(e.nilai)
    predikat = e.predikat.predikat if e.predikat else ""
    yield (
        *head,
        "total",
        "total",
        e.jejak.nama,
        show(e.jejak.maks or e.rentang[1]),
        "",
        total,
        total,
        predikat,
        "",
        "",
    )
