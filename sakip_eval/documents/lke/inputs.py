"""What stands in the input cells for a case: the writer writes it, the reader compares with it.

A cell that still holds exactly this was not changed, and the case's own value (exact, also where a cell cannot hold
it) stays. Values: `str`, `int` (years), `date`, `Fraction` (points; a cell holds `float(value)`), None (empty).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from sakip_eval.case.case import Bukti, Case, JawabanKriteria, JawabanSub, Penilaian, Rater
from sakip_eval.documents.lke.layout import BUKTI_FIELDS, STATUS, Layout, Row

Value = str | int | date | Fraction | None

LONGEST = 32_000
"""Most characters that are written into one cell (a cell holds 32,767); what is longer ends in an ellipsis."""
SEPARATOR = ", "
"""Between ids of evidence in a cell."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NO_SUB, _NO_KRITERIA, _NOTHING = JawabanSub(), JawabanKriteria(), Penilaian()


def shown(text: str) -> str:
    """Return a text as a cell can hold it: control characters become `?`, line breaks a line feed, long ends cut."""
    text = _NOT_IN_XML.sub("?", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def answers(layout: Layout, case: Case, rater: Rater, row: Row) -> Mapping[str, Value]:
    """Return what stands in the input cells of a row of the sheet LKE, by key; empty cells are absent."""
    penilaian = case.penilaian.get(rater, _NOTHING)
    found: dict[str, Value] = {}
    if row.jenis == "komponen":
        found = {"nilai": penilaian.komponen.get(row.id)}
    elif row.jenis == "subkomponen":
        sub = penilaian.subkomponen.get(row.id, _NO_SUB)
        found = {"jawaban": sub.jawaban, "catatan": sub.catatan, "bukti": refs(sub.bukti), "alasan": sub.alasan}
    elif row.jenis == "kriteria":
        said = penilaian.kriteria.get(row.id, _NO_KRITERIA)
        found = {
            "jawaban": said.jawaban,
            "status": STATUS[said.status] if said.status else None,
            "catatan": said.catatan,
            "bukti": refs(said.bukti),
        }
    keys = layout.inputs(row)
    return {
        key: shown(value) if isinstance(value, str) else value
        for key, value in found.items()
        if value is not None and key in keys
    }


def refs(ids: tuple[str, ...]) -> str | None:
    """Return ids of evidence as one cell holds them."""
    return SEPARATOR.join(ids) or None


def identity(case: Case) -> Mapping[str, Value]:
    """Return what stands on the sheet IDENTITAS, by key of its fields; empty cells are absent."""
    agency, follow = case.instansi, case.tindak_lanjut
    found: dict[str, Value] = {
        "nama": agency.nama,
        "induk": agency.induk,
        "jenis": agency.jenis,
        "klaster": agency.klaster,
        "tahun_kinerja": case.tahun_kinerja,
        "tahun_evaluasi": case.tahun_evaluasi,
        "catatan": case.catatan,
    }
    found |= {f"tanggal.{rater}": said.tanggal for rater, said in case.penilaian.items()}
    if follow is not None:
        found["ada_rekomendasi"] = "ya" if follow.ada_rekomendasi else "tidak"
        found["bukti_tindak_lanjut"] = refs(follow.bukti)
        found["keterangan_tindak_lanjut"] = follow.keterangan
    return {
        key: shown(value) if isinstance(value, str) else value for key, value in found.items() if value is not None
    }


def evidence(bukti: Bukti) -> Mapping[str, Value]:
    """Return what stands in a row of the sheet BUKTI, by key of its columns; empty cells are absent.

    A single year stands in `dari` alone.
    """
    found: dict[str, Value] = {field.key: getattr(bukti, field.key) for field in BUKTI_FIELDS}
    if bukti.sampai == bukti.dari:
        found["sampai"] = None
    return {
        key: shown(value) if isinstance(value, str) else value for key, value in found.items() if value is not None
    }
