"""The evaluation as JSON. The form is public and versioned (`SCHEMA`); it is described in docs/json.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import Any

from sakip_eval import __version__
from sakip_eval.engine.pemenuhan import Pemenuhan
from sakip_eval.engine.result import Evaluation
from sakip_eval.engine.trace import TraceNode

SCHEMA = "1"
"""Version of the JSON form; raised when a key changes its meaning or goes away."""


def render_json(evaluations: Iterable[Evaluation], *, several: bool = False) -> str:
    """Return one evaluation as an object; an array where `several` were asked for, however many came out."""
    return "".join(json_pieces(evaluations, several=several))


def json_pieces(evaluations: Iterable[Evaluation], *, several: bool = False) -> Iterator[str]:
    """Yield the text of `render_json` in pieces, so that no more than one evaluation need be kept."""
    texts = (json.dumps(as_data(e), ensure_ascii=False, indent=2) for e in evaluations)
    if not several:
        yield from (text + "\n" for text in texts)
        return
    before = "[\n"
    for text in texts:
        yield before + indent(text, "  ")
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def as_data(e: Evaluation) -> dict[str, Any]:
    """Return the evaluation as plain data, keys in the documented order."""
    show = e.rubric.rounding.format
    low, high = e.rentang
    return {
        "rubrik": e.rubric.id,
        "instansi": e.case.instansi.nama,
        "tahun_kinerja": e.case.tahun_kinerja,
        "tahun_evaluasi": e.case.tahun_evaluasi,
        "penilai": e.penilai,
        "nilai": None if e.nilai is None else show(e.nilai),
        "predikat": e.predikat.predikat if e.predikat else None,
        "sebutan": e.predikat.sebutan if e.predikat else None,
        "lengkap": e.lengkap,
        "rentang": {"min": show(low), "maks": show(high)},
        "komponen": [
            {
                "id": k.id,
                "nama": k.nama,
                "bobot": show(k.bobot),
                "nilai": None if k.nilai is None else show(k.nilai),
                "persen": None if k.persen is None else show(k.persen),
                "predikat": k.predikat.predikat if k.predikat else None,
                "subkomponen": [
                    {
                        "id": s.id,
                        "nama": s.nama,
                        "bobot": show(s.bobot),
                        "jawaban": s.jawaban,
                        "nilai": None if s.nilai is None else show(s.nilai),
                        "persen": None if s.persen is None else show(s.persen),
                        "usulan": s.usulan,
                        "pemenuhan": _share(e, s.pemenuhan),
                        "kriteria": _counts(s.pemenuhan),
                    }
                    for s in k.subkomponen
                ],
            }
            for k in e.komponen
        ],
        "temuan": [
            {
                "kode": t.kode,
                "tingkat": t.tingkat,
                "pesan": t.pesan,
                "subjek": list(t.subjek),
                "kriteria": list(t.kriteria),
                "dasar": t.dasar,
                "cara": t.cara,
                "aturan": t.aturan,
                "fakta": [{"fakta": fact.name, **fact.values} for fact in t.fakta],
            }
            for t in e.temuan
        ],
        "rekomendasi": [
            {
                "id": r.id,
                "komponen": r.komponen,
                "teks": r.teks,
                "kriteria": list(r.kriteria),
                "potensi": show(r.potensi),
                "potensi_bersama": show(r.potensi_bersama),
                "rawan": show(r.rawan),
                "jenis": r.jenis,
                "topik": r.topik,
                "bukti": list(r.bukti),
                "upaya": r.upaya,
                "menjawab": list(r.menjawab),
                "dasar": r.dasar,
                "induk": list(r.induk),
            }
            for r in e.rekomendasi
        ],
        "mesin": {
            "nama": "sakip-eval",
            "versi": __version__,
            "skema": SCHEMA,
            "rubrik_versi": e.rubric.versi,
            "rubrik_sha256": e.rubric.sha256,
            "kasus_sha256": e.case.sha256,
        },
    }


def _share(e: Evaluation, p: Pemenuhan) -> str | None:
    return None if p.persen is None else e.rubric.rounding.format(p.persen)


def _counts(p: Pemenuhan) -> dict[str, int]:
    return {
        "terpenuhi": p.terpenuhi,
        "sebagian": p.sebagian,
        "tidak": p.tidak,
        "tidak_berlaku": p.tidak_berlaku,
        "belum": p.belum,
    }


def trace_data(node: TraceNode, depth: int | None = None) -> dict[str, Any]:
    """Return a node of the trace as plain data, down to `depth` levels below it (None: all)."""
    show = node.grounds.rounding.format
    return {
        "id": node.id,
        "nama": node.nama,
        "nilai": None if node.nilai is None else show(node.nilai),
        "bobot": None if node.bobot is None else show(node.bobot),
        "poin": None if node.poin is None else show(node.poin),
        "maks": None if node.maks is None else show(node.maks),
        "why": node.why,
        "dasar": node.dasar,
        "bukti": list(node.bukti),
        "children": []
        if depth == 0
        else [trace_data(child, None if depth is None else depth - 1) for child in node.children],
    }
