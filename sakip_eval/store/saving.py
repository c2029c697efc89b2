"""Results into rows and back; each is sealed with the hash of all that it says."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, func, insert, select

from sakip_eval import __version__
from sakip_eval.numbers import Rounding, to_scaled
from sakip_eval.store.projection import ensure_agencies, upsert
from sakip_eval.store.results import Bagian, BagianTerbit, Hasil, Terbitan
from sakip_eval.store.schema import evaluasi, evaluasi_bagian, instansi, terbitan, terbitan_bagian

if TYPE_CHECKING:
    from sakip_eval.case.case import Case, Cetak
    from sakip_eval.engine.result import Evaluation, HasilKomponen, HasilSubkomponen

_MICRO = 6
_NOT_SEALED = ("segel", "urutan")

Rows = tuple[dict[str, Any], list[dict[str, Any]]]


def write_result(connection: Connection, slug: str, evaluation: Evaluation) -> str:
    """Save a result and return its seal; the same result again changes nothing."""
    return _write(connection, evaluation.case, slug, evaluasi, evaluasi_bagian, _result_rows(slug, evaluation))


def write_published(connection: Connection, slug: str, evaluation: Evaluation) -> str:
    """Save what was published, beside what is computed of it, and return the seal."""
    return _write(connection, evaluation.case, slug, terbitan, terbitan_bagian, _published_rows(slug, evaluation))


def _write(connection: Connection, case: Case, slug: str, whole: Table, parts: Table, rows: Rows) -> str:
    row, part_rows = rows
    seal = seal_of(row, part_rows)
    if connection.execute(select(whole.c.segel).where(whole.c.segel == seal)).first() is not None:
        return seal
    ensure_agencies(connection, [slug])
    agency = case.instansi
    upsert(
        connection,
        instansi,
        [
            {
                "id": slug,
                "nama": agency.nama,
                "induk": agency.induk,
                "jenis": agency.jenis,
                "klaster": agency.klaster,
            }
        ],
    )
    number = (connection.execute(select(func.max(whole.c.urutan))).scalar() or 0) + 1
    connection.execute(insert(whole), {**row, "segel": seal, "urutan": number})
    connection.execute(insert(parts), [{**part, "segel": seal} for part in part_rows])
    return seal


def seal_of(row: Mapping[str, Any], parts: Iterable[Mapping[str, Any]]) -> str:
    """Return the sha256 of a result and its parts, whatever the order of columns and where it is stored."""
    said: list[dict[str, Any]] = [{k: v for k, v in row.items() if k not in _NOT_SEALED}]
    said += [{k: v for k, v in part.items() if k != "segel"} for part in parts]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _figure(name: str, value: Fraction | None) -> dict[str, Any]:
    scaled = None if value is None else to_scaled(value, _MICRO)
    return {name: _exact(value), f"{name}_mikro": scaled}


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _result_rows(slug: str, evaluation: Evaluation) -> Rows:
    case, rubric = evaluation.case, evaluation.rubric
    row = {
        "instansi": slug,
        "nama_instansi": case.instansi.nama,
        "tahun_kinerja": case.tahun_kinerja,
        "tahun_evaluasi": case.tahun_evaluasi,
        "penilai": evaluation.penilai,
        "tanggal": case.penilaian[evaluation.penilai].tanggal if evaluation.penilai in case.penilaian else None,
        "rubrik": rubric.id,
        "rubrik_versi": rubric.versi,
        "rubrik_sha256": rubric.sha256,
        "kasus_sha256": case.sha256,
        "mesin_versi": __version__,
        "digit": rubric.rounding.digits,
        "mode": rubric.rounding.mode,
        **_figure("nilai", evaluation.nilai),
        "predikat": evaluation.predikat.predikat if evaluation.predikat else None,
        "terendah": str(evaluation.rentang[0]),
        "tertinggi": str(evaluation.rentang[1]),
    }
    parts: list[dict[str, Any]] = []
    for komponen in evaluation.komponen:
        predikat = komponen.predikat.predikat if komponen.predikat else None
        parts.append({**_part(komponen, komponen.id), "jawaban": None, "predikat": predikat})
        for sub in komponen.subkomponen:
            parts.append({**_part(sub, komponen.id), "jawaban": sub.jawaban, "predikat": None})
    return row, [{"urutan": number, **part} for number, part in enumerate(parts, start=1)]


def _part(part: HasilKomponen | HasilSubkomponen, komponen: str) -> dict[str, Any]:
    return {
        "id": part.id,
        "komponen": komponen,
        "nama": part.nama,
        "bobot": str(part.bobot),
        **_figure("nilai", part.nilai),
        "persen": _exact(part.persen),
    }


def _published_rows(slug: str, evaluation: Evaluation) -> Rows:
    case, rubric = evaluation.case, evaluation.rubric
    printed = case.tercetak
    assert printed is not None
    row = {
        "instansi": slug,
        "tahun_kinerja": case.tahun_kinerja,
        "tahun_evaluasi": case.tahun_evaluasi,
        "rubrik": rubric.id,
        "rubrik_sha256": rubric.sha256,
        "kasus_sha256": case.sha256,
        "sumber": printed.sumber,
        "digit": printed.digit,
        "catatan": case.catatan,
    }
    computed = {"total": _total_of(evaluation), **_parts_of(evaluation)}
    parts = [
        {"urutan": number, "id": name, **_printed(cetak), **computed.get(name, _computed(None, None, None, None))}
        for number, (name, cetak) in enumerate([("total", printed.total), *printed.bagian.items()], start=1)
    ]
    return row, parts


def _total_of(evaluation: Evaluation) -> dict[str, Any]:
    weight = sum((k.bobot for k in evaluation.rubric.komponen), Fraction(0))
    predikat = evaluation.predikat.predikat if evaluation.predikat else None
    return _computed(weight, evaluation.nilai, None, predikat)


def _parts_of(evaluation: Evaluation) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for komponen in evaluation.komponen:
        predikat = komponen.predikat.predikat if komponen.predikat else None
        found[komponen.id] = _computed(komponen.bobot, komponen.nilai, komponen.persen, predikat)
        for sub in komponen.subkomponen:
            found[sub.id] = _computed(sub.bobot, sub.nilai, sub.persen, sub.jawaban)
    return found


def _printed(cetak: Cetak) -> dict[str, Any]:
    return {
        "cetak_bobot": _exact(cetak.bobot),
        "cetak_nilai": _exact(cetak.nilai),
        "cetak_persen": _exact(cetak.persen),
        "cetak_predikat": cetak.predikat,
    }


def _computed(
    bobot: Fraction | None, nilai: Fraction | None, persen: Fraction | None, predikat: str | None
) -> dict[str, Any]:
    return {
        "hitung_bobot": _exact(bobot),
        **_figure("hitung_nilai", nilai),
        "hitung_persen": _exact(persen),
        "hitung_predikat": predikat,
    }


def stored(connection: Connection, whole: Table, parts: Table, slug: str | None) -> list[Rows]:
    """Return what is saved of one agency, or of all, in the order of agency, year and saving."""
    query = select(whole).order_by(whole.c.instansi, whole.c.tahun_kinerja, whole.c.urutan)
    part_query = select(parts).order_by(parts.c.segel, parts.c.urutan)
    if slug is not None:
        query = query.where(whole.c.instansi == slug)
        part_query = part_query.join(whole, whole.c.segel == parts.c.segel).where(whole.c.instansi == slug)
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for part in connection.execute(part_query).mappings():
        grouped[part["segel"]].append(dict(part))
    return [(dict(row), grouped[row["segel"]]) for row in connection.execute(query).mappings()]


def result_of(row: Mapping[str, Any], parts: Iterable[Mapping[str, Any]]) -> Hasil:
    """Return a saved result as a value."""
    kept = {k: v for k, v in row.items() if k not in ("digit", "mode", "nilai_mikro", "terendah", "tertinggi")}
    return Hasil(
        **{
            **kept,
            "nilai": _fraction(row["nilai"]),
            "rounding": Rounding(row["digit"], row["mode"]),
            "rentang": (Fraction(row["terendah"]), Fraction(row["tertinggi"])),
            "bagian": tuple(
                Bagian(
                    p["id"],
                    p["komponen"],
                    p["nama"],
                    Fraction(p["bobot"]),
                    _fraction(p["nilai"]),
                    _fraction(p["persen"]),
                    p["jawaban"],
                    p["predikat"],
                )
                for p in parts
            ),
        }
    )


def published_of(row: Mapping[str, Any], parts: Iterable[Mapping[str, Any]]) -> Terbitan:
    """Return a saved published result as a value."""
    return Terbitan(
        **row,
        bagian=tuple(
            BagianTerbit(
                id=p["id"],
                cetak_bobot=_fraction(p["cetak_bobot"]),
                cetak_nilai=_fraction(p["cetak_nilai"]),
                cetak_persen=_fraction(p["cetak_persen"]),
                cetak_predikat=p["cetak_predikat"],
                hitung_bobot=_fraction(p["hitung_bobot"]),
                hitung_nilai=_fraction(p["hitung_nilai"]),
                hitung_persen=_fraction(p["hitung_persen"]),
                hitung_predikat=p["hitung_predikat"],
            )
            for p in parts
        ),
    )
