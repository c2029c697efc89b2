"""The whole content of an LHE from an evaluation and what the office filled in. Pure: no file, clock or Word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sakip_eval.documents.lhe.bagian import letterhead, subject, unit
from sakip_eval.documents.lhe.bentuk_bab import report_body
from sakip_eval.documents.lhe.bentuk_surat import letter_body
from sakip_eval.documents.lhe.elements import Content, Picture
from sakip_eval.documents.lhe.identity import Identity
from sakip_eval.documents.lhe.lampiran import annex
from sakip_eval.documents.lhe.surat import EMPTY, Surat
from sakip_eval.engine.result import Evaluation

Bentuk = Literal["surat", "bab"]


def compose(
    evaluation: Evaluation,
    surat: Surat = EMPTY,
    bentuk: Bentuk = "surat",
    *,
    before: Evaluation | None = None,
    pictures: Sequence[tuple[str, Picture]] = (),
    seal: Identity | None = None,
) -> Content:
    """Return the content of the letter (`surat`) or the report (`bab`), with the LKE as annex.

    `before` is an earlier year's evaluation of the same agency; `pictures` (caption, chart) go into the report alone;
    a `seal` adds what the document was made from at its end.
    """
    if bentuk == "surat":
        body = letter_body(evaluation, surat, before)
    else:
        body = report_body(evaluation, surat, before, pictures)
    case = evaluation.case
    name = unit(evaluation)
    return Content(
        letterhead(surat),
        body,
        annex(evaluation, surat, seal),
        title=f"Laporan Hasil Evaluasi AKIP {name} Tahun {case.tahun_kinerja}",
        subject=subject(surat, case),
        keywords=f"LHE; AKIP; SAKIP; {evaluation.rubric.id}; tahun kinerja {case.tahun_kinerja}",
        author=surat.file.penanda_tangan.jabatan or "",
    )
