"""Follow-up as data for programs: JSON and CSV of lists, histories, percentages and findings."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sakip_eval.engine.result import Temuan
from sakip_eval.numbers import format_fixed
from sakip_eval.render.csv_text import inert
from sakip_eval.tindak_lanjut.chain import Entry
from sakip_eval.tindak_lanjut.events import event_data
from sakip_eval.tindak_lanjut.rekap import GOLONGAN, Rekap
from sakip_eval.tindak_lanjut.state import State


def states_json(states: Iterable[State], per_tanggal: date) -> str:
    """Return recommendations as JSON; what is not known is null, days are ISO dates."""
    return _json({"per_tanggal": per_tanggal, "rekomendasi": [_state(s, per_tanggal) for s in states]})


def states_csv(states: Iterable[State], per_tanggal: date) -> str:
    """Return recommendations as CSV with a header; lists are joined by semicolons, empty cells are not known."""
    rows = [_state(s, per_tanggal) for s in states]
    return _csv(_COLUMNS, ([row[name] for name in _COLUMNS] for row in rows))


_COLUMNS = (
    "id", "instansi", "tahun", "tanggal_terbit", "komponen", "kriteria", "teks", "tahap", "status", "alasan", "terbuka",
    "rencana_aksi", "target", "rencana_mulai", "rencana_selesai", "waktu_tercetak", "penanggung_jawab", "uraian",
    "progres", "tanggal_laporan", "tanggal_verifikasi", "data_dukung", "lewat_tempo", "hari_lewat", "induk",
    "pendahulu", "ke",
)  # fmt: skip


def _state(s: State, day: date) -> dict[str, Any]:
    plan, claim = s.rencana, s.laporan
    return {
        "id": s.id,
        "instansi": s.instansi,
        "tahun": s.tahun,
        "tanggal_terbit": s.tanggal_terbit,
        "komponen": s.terbit.komponen,
        "kriteria": s.terbit.kriteria,
        "teks": s.terbit.teks,
        "tahap": s.tahap,
        "status": s.status,
        "alasan": s.alasan,
        "terbuka": s.terbuka,
        "rencana_aksi": plan.rencana_aksi if plan else None,
        "target": plan.target if plan else None,
        "rencana_mulai": plan.mulai if plan else None,
        "rencana_selesai": plan.selesai if plan else None,
        "waktu_tercetak": plan.waktu_tercetak if plan else None,
        "penanggung_jawab": plan.penanggung_jawab if plan else None,
        "uraian": claim.uraian if claim else None,
        "progres": claim.progres if claim else None,
        "tanggal_laporan": s.tanggal_laporan,
        "tanggal_verifikasi": s.tanggal_verifikasi,
        "data_dukung": [item.tautan or f"sha256:{item.sha256}" for item in s.data_dukung],
        "lewat_tempo": s.lewat_tempo(day),
        "hari_lewat": s.hari_lewat(day),
        "induk": s.terbit.induk,
        "pendahulu": s.terbit.pendahulu,
        "ke": s.ke,
    }


def entries_json(entries: Iterable[Entry]) -> str:
    """Return entries as JSON: what is hashed, with seq, prev and hash."""
    return _json([{"seq": e.seq, "prev": e.prev, "hash": e.hash, "peristiwa": event_data(e.event)} for e in entries])


def entries_csv(entries: Iterable[Entry]) -> str:
    """Return entries as CSV; the content of an event is one cell of JSON."""
    header = ("seq", "hash", "rekomendasi", "jenis", "peran", "pelaku", "tanggal", "isi", "sumber")
    rows = []
    for entry in entries:
        data = event_data(entry.event)
        content = json.dumps(data["isi"], ensure_ascii=False, sort_keys=True)
        rows.append([entry.seq, entry.hash, *[data[name] for name in header[2:7]], content, data.get("sumber")])
    return _csv(header, rows)


def rekap_json(kunci: str, rows: Iterable[Rekap]) -> str:
    """Return counts as JSON, percentages as exact fractions in text (`100/3`)."""
    return _json(
        [
            {kunci: " ".join(r.kunci), "jumlah": r.jumlah, "banyak": r.banyak,
             "persen": {name: str(r.persen(name)) for name in GOLONGAN}}
            for r in rows
        ]
    )  # fmt: skip


def rekap_csv(kunci: str, rows: Iterable[Rekap]) -> str:
    """Return counts as CSV, percentages with two decimals."""
    header = (kunci, "jumlah", *GOLONGAN, *[f"persen_{name}" for name in GOLONGAN])
    return _csv(
        header,
        ([" ".join(r.kunci), r.jumlah, *r.banyak.values(), *[_percent(r, name) for name in GOLONGAN]] for r in rows),
    )


def _percent(row: Rekap, name: Any) -> str:
    value = row.persen(name)
    return "" if value is None else format_fixed(value, 2)


def findings_json(found: Mapping[str, Sequence[Temuan]]) -> str:
    """Return findings as JSON, by agency."""
    return _json([{"instansi": name, **_finding(item)} for name, items in found.items() for item in items])


def findings_csv(found: Mapping[str, Sequence[Temuan]]) -> str:
    """Return findings as CSV, by agency."""
    header = ("instansi", "kode", "tingkat", "subjek", "pesan", "dasar", "cara")
    rows = [[name, *_finding(item).values()] for name, items in found.items() for item in items]
    return _csv(header, rows)


def _finding(item: Temuan) -> dict[str, Any]:
    return {
        "kode": item.kode,
        "tingkat": item.tingkat,
        "subjek": item.subjek,
        "pesan": item.pesan,
        "dasar": item.dasar,
        "cara": item.cara,
    }


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


def _csv(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([inert(_cell(value)) for value in row] for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)
