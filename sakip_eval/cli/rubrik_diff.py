"""`sakip rubrik diff`: what differs between two rubrics, and what that does to cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sakip_eval.cli.nilai import TraceFormat
from sakip_eval.cli.options import Folders, Keluaran, Penilai, PenilaiOption, choose_penilai
from sakip_eval.cli.output import FINDINGS, GOOD, emit, printable
from sakip_eval.problems import Problem, SakipError

if TYPE_CHECKING:
    from sakip_eval.engine.rescore import Dinilai, Kasus, Uraian
    from sakip_eval.engine.score import Range
    from sakip_eval.rubric.diff import Beda, Pasangan, RubricDiff

SCHEMA = "1"
"""Version of the JSON form (docs/diff.md); raised when a key changes its meaning or goes away."""


def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="Id rubrik lama, atau jalur berkasnya.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="Id rubrik baru, atau jalur berkasnya.", show_default=False)],
    lagi: Annotated[
        list[Path] | None, typer.Argument(metavar="KASUS", help="Kasus; sama dengan --kasus.", show_default=False)
    ] = None,
    kasus: Annotated[
        list[Path] | None,
        typer.Option("--kasus", metavar="KASUS", help="Kasus yang dinilai menurut keduanya.", show_default=False),
    ] = None,
    penilai: PenilaiOption = None,
    format: Annotated[
        TraceFormat, typer.Option("--format", metavar="teks|json", help="Bentuk keluaran.")
    ] = TraceFormat.teks,
    keluaran: Keluaran = None,
    folder: Folders = None,
) -> None:
    """Bandingkan dua rubrik: yang pindah, berubah, hilang, dan bertambah, serta akibatnya pada kasus.

    Dua kasus dari instansi yang sama: selisihnya diurai menjadi akibat rubrik dan akibat bukti. Kode keluar: 0 tanpa
    perbedaan, 1 ada perbedaan, 2 masukan tidak dapat dipakai.
    """
    from sakip_eval.rubric.diff import compare
    from sakip_eval.rubric.load import load_rubric

    problems: list[Problem] = []
    rubrics = []
    for name in (a, b):
        try:
            rubrics.append(load_rubric(name, folder or []))
        except SakipError as error:
            problems.extend(error.problems)
    if problems:
        raise SakipError(problems)
    compared = compare(rubrics[0], rubrics[1])
    cases: list[Kasus] = []
    paths = [*(kasus or ()), *(lagi or ())]
    for path in paths:
        try:
            cases += _case(compared, path, penilai, folder or [])
        except SakipError as error:
            problems.extend(error.problems)
    if problems:
        raise SakipError(problems)
    if format is TraceFormat.json:
        import json

        text = json.dumps(as_data(compared, cases), ensure_ascii=False, indent=2) + "\n"
    else:
        from sakip_eval.render.diff_text import render_diff

        text = "\n".join(map(printable, render_diff(compared, cases).split("\n")))
    emit(text, keluaran, paths)
    raise typer.Exit(GOOD if compared.kosong else FINDINGS)


def _case(compared: RubricDiff, path: Path, penilai: Penilai | None, folders: list[Path]) -> list[Kasus]:
    """Load a case and evaluate it under both rubrics; no result where these are not like for like.

    Where both have the same id (two versions of one file), the case belongs to the first that it fits.
    """
    from sakip_eval.case.load import load_with_rubric
    from sakip_eval.engine.rescore import rescore, unlike
    from sakip_eval.yamlfile import load_yaml

    a, b = compared.a, compared.b
    try:
        loaded = load_with_rubric(path, {b.id: b, a.id: a}, folders)
    except SakipError:
        if a.id != b.id:
            raise
        loaded = load_with_rubric(path, {b.id: b}, folders)
    if loaded.rubric is not a and loaded.rubric is not b:
        raise SakipError(
            [
                Problem(
                    "K515",
                    load_yaml(path, shown=str(path)).locate(("rubrik",)),
                    f"Kasus ini ditulis untuk rubrik {loaded.rubric.id}",
                    f"Yang dibandingkan adalah {a.id} dan {b.id}",
                    "Sebutkan kasus yang ditulis untuk salah satunya, atau bandingkan dengan rubrik kasus itu",
                )
            ]
        )
    rater = choose_penilai(loaded.case, path, penilai)
    if unlike(compared):
        return []
    return [rescore(compared, str(path), loaded.case, "A" if loaded.rubric is a else "B", rater)]


def as_data(compared: RubricDiff, cases: Sequence[Kasus]) -> dict[str, Any]:
    """Return the comparison as plain data, keys in the documented order; figures are texts with the rubric's digits."""
    from sakip_eval import __version__
    from sakip_eval.engine.rescore import split, unlike
    from sakip_eval.render.diff_text import counts

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
    from sakip_eval.render.diff_text import FIELD_NAMES

    return [{"bidang": FIELD_NAMES.get(b.bidang, b.bidang), "a": b.a, "b": b.b, "kelas": b.kelas} for b in items]


def _pair(p: Pasangan) -> dict[str, Any]:
    from sakip_eval.numbers import format_fixed

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
    from sakip_eval.render.diff_text import finest

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
