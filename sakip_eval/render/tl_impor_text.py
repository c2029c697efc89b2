"""What an import of a follow-up table does, as text of at most 80 columns."""

from __future__ import annotations

from collections import Counter

from sakip_eval.problems import Problem
from sakip_eval.render.words import wrap
from sakip_eval.tindak_lanjut.events import Event, Lapor, Rencana, Terbit
from sakip_eval.tindak_lanjut.facts import shortened
from sakip_eval.tindak_lanjut.impor import Impor

_WORDS = {"terbit": "terbit", "rencana": "rencana aksi", "lapor": "laporan"}


def render_import(result: Impor, *, full: bool) -> str:
    """Return the sum of an import and what is to be looked at; with `full` also every event."""
    kinds = Counter(event.jenis for event in result.events)
    parts = ", ".join(f"{kinds[kind]} {word}" for kind, word in _WORDS.items() if kinds[kind])
    lines: list[str] = []
    if full:
        lines += [_event(event) for event in result.events]
        lines += [""] if lines else []
    lines.append(f"{result.jumlah} rekomendasi, {result.dijawab} dijawab.")
    lines.append(f"{len(result.events)} peristiwa: {parts}." if result.events else "Tidak ada peristiwa baru.")
    if result.peringatan:
        lines.append(f"PERLU DILIHAT ({len(result.peringatan)})")
        lines += [_warning(number, problem) for number, problem in enumerate(result.peringatan, start=1)]
    return "\n".join(lines) + "\n"


def _event(event: Event) -> str:
    isi = event.isi
    if isinstance(isi, Terbit):
        komponen = f" [komponen {isi.komponen}]" if isi.komponen else ""
        return wrap(f"terbit {event.tanggal}{komponen}: {shortened(isi.teks, 150)}", f"{event.rekomendasi} ", "  ")
    if isinstance(isi, Rencana):
        days = f"{isi.mulai or '?'} s.d. {isi.selesai or '?'}" if isi.mulai or isi.selesai else "tanpa tanggal pasti"
        return wrap(f"rencana ({days}): {shortened(isi.rencana_aksi, 110)}", "  ", "    ")
    assert isinstance(isi, Lapor)
    progress = "" if isi.progres is None else f" {isi.progres}%"
    return wrap(
        f"laporan{progress}, {len(isi.data_dukung)} data dukung: {shortened(isi.uraian, 110)}",
        "  ",
        "    ",
    )


def _warning(number: int, problem: Problem) -> str:
    return wrap(f"[{problem.kode}] {problem.lokasi}: {problem.apa}.", f"{number:2d}. ")
