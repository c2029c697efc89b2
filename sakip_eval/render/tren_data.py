"""Results over the years for programs: JSON and CSV. Both forms are described in docs/tren.md."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from sakip_eval.render.csv_text import inert
from sakip_eval.render.tren_text import break_words
from sakip_eval.tren.hasil import Hasil
from sakip_eval.tren.periksa import check, figure, signed
from sakip_eval.tren.seri import Perubahan, Seri

SCHEMA = "1"
"""Version of the JSON form; raised when a key changes its meaning or goes away."""
HEADER = (
    "instansi", "tahun_kinerja", "tahun_evaluasi", "ruas", "rubrik", "tingkat", "id", "nama", "bobot", "nilai",
    "tercetak", "predikat", "predikat_tercetak", "target", "capaian", "sumber",
)  # fmt: skip


def render_tren_json(all_series: Sequence[Seri]) -> str:
    """Return all series as one JSON object."""
    data = {"skema": SCHEMA, "seri": [_seri(seri) for seri in all_series]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def render_tren_csv(all_series: Sequence[Seri]) -> str:
    """Return one row for each component and total of each result; text that a spreadsheet would run is quoted."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    for seri in all_series:
        for ruas in seri.ruas:
            for h in ruas.hasil:
                head = (h.instansi, str(h.tahun_kinerja), str(h.tahun_evaluasi), ruas.nama, h.rubrik)
                for k in h.komponen:
                    cells = (k.id, k.nama, _text(k.bobot, h), _text(k.nilai, h), _text(k.tercetak, h), "", "", "", "")
                    writer.writerow([inert(cell) for cell in (*head, "komponen", *cells, h.sumber)])
                goal = h.target.nilai if h.target else None
                full = sum((k.bobot for k in h.komponen), Fraction(0))
                cells = (
                    "total", "", _text(full, h), _text(h.nilai, h), _text(h.tercetak, h), h.predikat or "",
                    h.predikat_tercetak or "", _text(goal, h), _text(h.capaian, h),
                )  # fmt: skip
                writer.writerow([inert(cell) for cell in (*head, "total", *cells, h.sumber)])
    return stream.getvalue()


def _text(value: Fraction | None, h: Hasil) -> str:
    return "" if value is None else figure(value, h.digit)


def _figure(value: Fraction | None, h: Hasil) -> str | None:
    return None if value is None else figure(value, h.digit)


def _seri(seri: Seri) -> dict[str, Any]:
    return {
        "instansi": seri.instansi,
        "induk": seri.induk,
        "ruas": [
            {"nama": ruas.nama, "rubrik": list(ruas.rubrik), "hasil": [_hasil(h) for h in ruas.hasil]}
            for ruas in seri.ruas
        ],
        "putus": [
            {
                "dari": before.hasil[-1].tahun_kinerja,
                "ke": after.hasil[0].tahun_kinerja,
                "sebab": break_words(before, after),
            }
            for before, after in pairwise(seri.ruas)
        ],
        "perubahan": [_perubahan(c) for c in seri.perubahan],
        "tidak_cocok": [
            {
                "kode": j.kode,
                "tahun": j.tahun,
                "pesan": j.pesan,
                "tercetak": j.tercetak,
                "hitung": j.hitung,
                "sumber": j.sumber,
            }
            for j in check(seri)
        ],
    }


def _hasil(h: Hasil) -> dict[str, Any]:
    goal = h.target
    return {
        "tahun_kinerja": h.tahun_kinerja,
        "tahun_evaluasi": h.tahun_evaluasi,
        "rubrik": h.rubrik,
        "penilai": h.penilai,
        "nilai": _figure(h.nilai, h),
        "predikat": h.predikat,
        "rentang": {"min": _figure(h.rentang[0], h), "maks": _figure(h.rentang[1], h)},
        "tercetak": _figure(h.tercetak, h),
        "predikat_tercetak": h.predikat_tercetak,
        "target": goal and {"nilai": _figure(goal.nilai, h), "predikat": goal.predikat, "catatan": goal.catatan},
        "capaian": _figure(h.capaian, h),
        "capaian_tercetak": _figure(goal.capaian, h) if goal else None,
        "komponen": [
            {
                "id": k.id,
                "nama": k.nama,
                "bobot": _figure(k.bobot, h),
                "nilai": _figure(k.nilai, h),
                "tercetak": _figure(k.tercetak, h),
            }
            for k in h.komponen
        ],
        "sumber": h.sumber,
    }


def _perubahan(c: Perubahan) -> dict[str, Any]:
    digit = c.ke.digit
    return {
        "dari": c.dari.tahun_kinerja,
        "ke": c.ke.tahun_kinerja,
        "nilai": None if c.selisih is None else signed(c.selisih, digit),
        "tercetak": None if c.selisih_tercetak is None else signed(c.selisih_tercetak, digit),
        "komponen": {part.id: signed(part.selisih, digit) for part in sorted(c.komponen, key=lambda p: p.id)},
        "subkomponen": {
            part.id: {"selisih": signed(part.selisih, digit), "dari": part.dari, "ke": part.ke}
            for part in sorted(c.subkomponen, key=lambda p: p.id)
        },
        "tanpa": list(c.tanpa),
    }
