"""A comparison of two rubrics as JSON. The form is public and versioned; it is described in docs/diff.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sakip_eval import __version__
from sakip_eval.engine.rescore import Dinilai, Kasus, Uraian, split, unlike
from sakip_eval.engine.score import Range
from sakip_eval.numbers import format_fixed
from sakip_eval.render.diff_text import FIELD_NAMES, counts, finest
from sakip_eval.rubric.diff import Beda, Pasangan, RubricDiff

SCHEMA = "1"
"""Version of the JSON form (docs/diff.md); raised when a key changes its meaning or goes away."""


def as_data(compared: RubricDiff, cases: Sequence[Kasus]) -> dict[str, Any]:
    """Return the comparison as plain data, keys in the documented order; figures are texts with the rubric's digits."""
    rubrics = {"a": compared.a, "b": compared.b}
    return {
        **{side: {"id": r.id, "versi": r.versi, "sha256": r.sha256} for side, r in rubrics.items()},
        "ada_perbedaan": not compared.kosong,
        "tidak_setara": unlike(compared),
        "jumlah": counts(compared),
        "bagian": {
            name: [{"id": e.id, "jenis": e.jenis, "beda": _beda(e.beda)} for e in entries]
            for name, entries in compared.bagian.items()
        },
        "kriteria": {
            **{
                jenis: [_pair(p) for p in compared.pasangan if p.jenis == jenis]
                for jenis in ("sama", "pindah", "ubah")
            },
            "hapus": [{"id": k.id, "uraian": k.uraian} for k in compared.hapus],
            "tambah": [{"id": k.id, "uraian": k.uraian} for k in compared.tambah],
        },
        "kasus": [_kasus(kasus) for kasus in cases],
        "uraian": [_uraian(uraian) for uraian in split(cases)],
        "mesin": {"nama": "sakip-eval", "versi": __version__, "skema": SCHEMA},
    }


def _beda(items: Iterable[Beda]) -> list[dict[str, Any]]:
    return [{"bidang": FIELD_NAMES.get(b.bidang, b.bidang), "a": b.a, "b": b.b, "kelas": b.kelas} for b in items]


def _pair(p: Pasangan) -> dict[str, Any]:
    return {"a": p.a.id, "b": p.b.id, "cara": p.cara, "mirip": format_fixed(p.mirip, 2), "beda": _beda(p.beda)}


def _kasus(kasus: Kasus) -> dict[str, Any]:
    carried, case = kasus.bawaan, kasus.case
    return {
        "berkas": kasus.nama,
        "instansi": case.instansi.nama,
        "tahun_kinerja": case.tahun_kinerja,
        "penilai": kasus.penilai,
        "ditulis_untuk": kasus.ditulis.lower(),
        "tidak_dibawa": list(carried.hilang),
        "belum_dinilai": list(carried.kosong),
        "kata_berubah": [list(pair) for pair in carried.berubah],
        "tidak_dibawa_lain": list(carried.lain),
        "bagian": [
            {
                "id": name,
                "jawaban": kasus.jawaban(name),
                "a": _side(kasus.a, name),
                "b": _side(kasus.b, name),
                "selisih": _difference(kasus, kasus.selisih(name)),
            }
            for name in kasus.parts()
        ],
    }


def _side(under: Dinilai, name: str) -> dict[str, Any] | None:
    """Return a part under one rubric; None where the rubric has no such part."""
    if name not in under.nodes:
        return None
    low, high = map(under.evaluation.rubric.rounding.format, under.rentang(name))
    data: dict[str, Any] = {
        "nilai": None if under.nodes[name].nilai is None else low,
        "rentang": {"min": low, "maks": high},
    }
    filled, predikat = under.pemenuhan(name), under.evaluation.predikat
    if filled is not None:
        statuses = ("terpenuhi", "sebagian", "tidak", "tidak_berlaku", "belum")
        data["kriteria"] = {status: getattr(filled, status) for status in statuses}
        data["usulan"] = list(under.usulan(name))
    if name == "total":
        data["predikat"] = predikat.predikat if predikat else None
    return data


def _difference(kasus: Kasus, value: Range) -> dict[str, str]:
    low, high = map(finest(kasus).format, value)
    return {"min": low, "maks": high}


def _uraian(uraian: Uraian) -> dict[str, Any]:
    lama, baru = uraian.lama, uraian.baru
    parts = {"rubrik": uraian.rubrik, "bukti": uraian.bukti, "seluruhnya": uraian.seluruh}
    return {
        "instansi": baru.case.instansi.nama,
        "lama": {"berkas": lama.nama, "menurut": lama.ditulis.lower()},
        "baru": {"berkas": baru.nama, "menurut": baru.ditulis.lower()},
        "bagian": [
            {"id": name, **{word: _difference(baru, part(name)) for word, part in parts.items()}}
            for name in baru.parts()
        ],
    }
