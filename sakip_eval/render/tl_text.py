"""Follow-up on a terminal 80 columns wide: lists, the history of one recommendation, years against statuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from textwrap import fill

from tabulate import tabulate

from sakip_eval.engine.result import Temuan
from sakip_eval.numbers import format_fixed
from sakip_eval.render.words import WIDTH, wrap
from sakip_eval.tindak_lanjut.chain import Entry
from sakip_eval.tindak_lanjut.events import (
    BukaKembali,
    DataDukung,
    Lanjutkan,
    Lapor,
    Putusan,
    Rencana,
    Tanggapan,
    Terbit,
    Verifikasi,
)
from sakip_eval.tindak_lanjut.facts import shortened
from sakip_eval.tindak_lanjut.mirip import Mirip
from sakip_eval.tindak_lanjut.rekap import GOLONGAN, Golongan, Rekap, golongan
from sakip_eval.tindak_lanjut.state import State

STATUS_WORDS: Mapping[str, str] = {
    "sesuai": "sesuai",
    "belum_sesuai": "belum sesuai",
    "belum_ditindaklanjuti": "belum ditindaklanjuti",
    "tidak_dapat_ditindaklanjuti": "tidak dapat ditindaklanjuti",
}
TAHAP_WORDS: Mapping[str, str] = {
    "terbit": "terbit",
    "rencana": "rencana aksi",
    "dilaporkan": "dilaporkan, belum diverifikasi",
    "diverifikasi": "diverifikasi",
    "ditanggapi": "ditanggapi, belum diputus",
    "dibuka_kembali": "dibuka kembali",
    "dilanjutkan": "dilanjutkan",
}


def status_text(state: State) -> str:
    """Say where a recommendation stands: the status in force where its last act was a verification, else the stage."""
    if state.tahap == "diverifikasi" and state.status is not None:
        return STATUS_WORDS[state.status]
    words = TAHAP_WORDS[state.tahap]
    if state.ke is not None:
        return f"{words} ke {state.ke.split('/', 1)[1]}"
    return f"{words} ({STATUS_WORDS[state.status]})" if state.status is not None else words


def render_list(states: Sequence[State], per_tanggal: date, seluruhnya: int | None = None) -> str:
    """Return one table for each agency and year: number, component, where it stands, planned end, words.

    Where there are more than are listed (`seluruhnya`), the last line says so.
    """
    blocks: list[str] = []
    for (agency, year), group in groupby(states, key=lambda s: (s.instansi, s.tahun)):
        own = list(group)
        table = _listed(own, per_tanggal)
        blocks.append(f"{agency}, tahun kinerja {year} ({len(own)} rekomendasi)\n\n{table}")
    blocks.append(render_rekap_line(states, per_tanggal))
    if seluruhnya is not None and seluruhnya > len(states):
        more = f"Ditampilkan {len(states)} yang pertama dari {seluruhnya} rekomendasi; sempitkan dengan --instansi, "
        blocks.append(wrap(f"{more}--tahun, atau --status, atau tampilkan semua dengan --batas 0."))
    return "\n\n".join(blocks) + "\n"


def _listed(states: Sequence[State], per_tanggal: date) -> str:
    """Return the table of one agency and year; the words get the columns that the others leave."""
    headers = ("No", "Komp", "Status", "Tempo", "Rekomendasi")
    rows = [
        (
            s.id.rsplit("/", 1)[1],
            fill(s.terbit.komponen or "-", 8),
            fill(status_text(s), 16),
            fill(_due(s, per_tanggal), 11),
            shortened(s.terbit.teks, 160),
        )
        for s in states
    ]
    # tabulate leaves two columns beside a header and two between columns.
    taken = sum(
        2 + max(len(headers[at]) + 2, *(len(line) for row in rows for line in row[at].split("\n"))) for at in range(4)
    )
    return tabulate(
        rows, headers=headers, disable_numparse=True, maxcolwidths=[None, None, None, None, WIDTH - taken]
    )


def render_rekap_line(states: Sequence[State], per_tanggal: date) -> str:
    """Sum up a list in one or two lines."""
    if not states:
        return "Tidak ada rekomendasi yang memenuhi saringan ini."
    counts: dict[Golongan | None, int] = {**dict.fromkeys(GOLONGAN, 0), None: 0}
    for state in states:
        counts[golongan(state)] += 1
    replaced = "diganti entri baru pada tahun yang sama"
    words = [f"{number} {replaced if name is None else GOLONGAN[name]}" for name, number in counts.items() if number]
    late = sum(state.lewat_tempo(per_tanggal) for state in states)
    tail = f"; {late} lewat tempo per {per_tanggal}" if late else ""
    return wrap(f"{len(states)} rekomendasi: {', '.join(words)}{tail}.")


def _due(state: State, per_tanggal: date) -> str:
    plan = state.rencana
    if plan is None or state.ke is not None or (plan.selesai is None and plan.waktu_tercetak is None):
        return "-"
    if plan.selesai is None:
        return "tanpa tanggal"
    late = state.hari_lewat(per_tanggal)
    return f"{plan.selesai}" + (f" lewat {late} hari" if late else "")


def render_history(state: State, entries: Iterable[Entry]) -> str:
    """Return everything that happened to one recommendation, in order, each with who, when and the entry's hash."""
    lines = [state.id, wrap(state.terbit.teks, "  "), wrap(f"Keadaan: {status_text(state)}", "  "), ""]
    for entry in entries:
        event = entry.event
        lines.append(
            wrap(f"{event.tanggal}  {event.jenis}, oleh {event.pelaku} ({event.peran})", f"{entry.seq:5d}  ")
        )
        for label, text in _said(event.isi):
            lines.append(wrap(text, f"       {label}: ", " " * 9))
        if event.sumber is not None:
            lines.append(wrap(event.sumber, "       sumber: ", " " * 9))
        lines.append(f"       hash {entry.hash[:16]}")
    return "\n".join(lines) + "\n"


def _said(isi: object) -> Iterable[tuple[str, str]]:
    pairs: list[tuple[str, object]]
    match isi:
        case Terbit():
            linked = ", ".join(isi.pendahulu) or None
            pairs = [
                ("komponen", isi.komponen),
                ("kriteria", ", ".join(isi.kriteria) or None),
                ("dasar", isi.dasar),
                ("asal", isi.asal),
                ("induk", isi.induk),
                ("pendahulu", linked),
            ]
        case Rencana():
            days = " sampai ".join(str(day) for day in (isi.mulai, isi.selesai) if day is not None)
            pairs = [
                ("rencana aksi", isi.rencana_aksi),
                ("target", isi.target),
                ("waktu", days or None),
                ("waktu tertulis", isi.waktu_tercetak),
                ("penanggung jawab", isi.penanggung_jawab),
            ]
        case Lapor():
            days = " sampai ".join(str(day) for day in (isi.mulai, isi.selesai) if day is not None)
            pairs = [
                ("uraian", isi.uraian),
                ("progres", f"{isi.progres}%" if isi.progres is not None else None),
                ("waktu", days or None),
                *[("data dukung", evidence_text(item)) for item in isi.data_dukung],
            ]
            if not isi.data_dukung:
                pairs.append(("data dukung", "tidak ada"))
        case Verifikasi():
            pairs = [("status", STATUS_WORDS[isi.status]), ("alasan", isi.alasan)]
        case Tanggapan():
            pairs = [("alasan", isi.alasan)]
        case Putusan():
            pairs = [("putusan", "diterima" if isi.diterima else "ditolak"), ("alasan", isi.alasan)]
        case BukaKembali():
            pairs = [("diteruskan ke", isi.ke), ("alasan", isi.alasan)]
        case Lanjutkan():
            pairs = [("diteruskan ke", isi.ke)]
        case _:
            raise TypeError(type(isi).__name__)
    return [(label, str(text)) for label, text in pairs if text is not None]


def evidence_text(item: DataDukung) -> str:
    """Name one piece of evidence with where it is."""
    where = item.tautan or f"{item.berkas} (sha256 {(item.sha256 or '')[:12]})"
    return where if item.judul in (item.tautan, item.berkas) else f"{item.judul}: {where}"


_SHORT: Mapping[Golongan, str] = {
    "sesuai": "Sesuai",
    "belum_sesuai": "Dalam proses",
    "belum_ditindaklanjuti": "Belum",
    "tidak_dapat_ditindaklanjuti": "TDD",
    "dilaporkan": "Menunggu",
}


def render_matrix(judul: str, kepala: str, rows: Sequence[Rekap], total: Rekap | None) -> str:
    """Return counts and percentages by group; the percentages of a row are of its own number of recommendations."""
    body = [(_name(r), str(r.jumlah), *[_cell(r, name) for name in GOLONGAN]) for r in rows]
    if total is not None and len(rows) > 1:
        body.append(("Semua", str(total.jumlah), *[_cell(total, name) for name in GOLONGAN]))
    table = tabulate(
        body,
        headers=(kepala, "Jml", *[_SHORT[name] for name in GOLONGAN]),
        colalign=("left", *("right",) * (1 + len(GOLONGAN))),
        disable_numparse=True,
        maxcolwidths=[14, *(None,) * (1 + len(GOLONGAN))],
    )
    note = wrap(
        "Sesuai, dalam proses (belum sesuai), belum (ditindaklanjuti), dan TDD (tidak dapat ditindaklanjuti) adalah "
        "hasil verifikasi evaluator, kecuali yang belum pernah dilaporkan, yang dihitung belum. Menunggu: dilaporkan "
        "instansi, belum diverifikasi; klaim tidak dihitung selesai."
    )
    return f"{judul}\n\n{table}\n\n{note}\n"


def _name(row: Rekap) -> str:
    return " ".join(row.kunci) or "Semua"


def _cell(row: Rekap, name: Golongan) -> str:
    percent = row.persen(name)
    count = row.banyak[name]
    return "-" if not count or percent is None else f"{count} ({format_fixed(percent, 1)}%)"


def render_findings(judul: str, temuan: Sequence[Temuan], instansi: str | None = None) -> str:
    """Return findings with what they rest on and how to clear them; ids of `instansi` are written without its name."""
    lines = [f"{judul}: {len(temuan)} temuan" if temuan else f"{judul}: tidak ada temuan"]
    for number, item in enumerate(temuan, start=1):
        lines.append(wrap(f"[{item.tingkat}] {item.kode}", f"{number:2d}. "))
        said = item.pesan if instansi is None else item.pesan.replace(f"{instansi}/", "")
        for text in (said, f"Dasar: {item.dasar}", f"Cara : {item.cara}"):
            lines.append(wrap(text, "    "))
    return "\n".join(lines) + "\n"


def render_similar(found: Mapping[str, Sequence[Mirip]], texts: Mapping[str, str]) -> str:
    """Return for each new recommendation the earlier ones it resembles, with similarity and shared words."""
    lines: list[str] = []
    for name, near in found.items():
        if not near:
            continue
        lines.append(wrap(shortened(texts[name], 200), f"{name}: "))
        for item in near:
            lines.append(wrap(shortened(texts[item.lama], 200), f"  {item.kemiripan:3d}% {item.lama}: ", " " * 7))
            lines.append(wrap(", ".join(item.kata[:8]), "       kata bersama: ", " " * 9))
    alike = sum(bool(near) for near in found.values())
    lines.append(
        wrap(f"{alike} dari {len(found)} rekomendasi mirip dengan yang lebih dahulu. Ini saran, bukan tautan.")
    )
    return "\n".join(lines) + "\n"
