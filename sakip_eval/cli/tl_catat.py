"""`sakip tl rencana`, `lapor`, `verifikasi`, `tanggapi`, `putuskan`, `buka-kembali`, `lanjutkan`: one act each."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.options import Database, open_database
from sakip_eval.cli.output import emit
from sakip_eval.cli.tl_options import (
    IdArgument,
    Pelaku,
    Peran,
    PeranInstansi,
    Tanggal,
    acting_day,
    day,
    file_problem,
    state_of,
)
from sakip_eval.problems import Location, SakipError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sakip_eval.store.store import Store
    from sakip_eval.tindak_lanjut.events import DataDukung, Event, Isi
    from sakip_eval.tindak_lanjut.state import State
    from sakip_eval.tindak_lanjut.terbitan import Catatan


class Status(StrEnum):
    """What a verification finds, as it is written on the command line."""

    sesuai = "sesuai"
    belum_sesuai = "belum-sesuai"
    belum_ditindaklanjuti = "belum-ditindaklanjuti"
    tidak_dapat_ditindaklanjuti = "tidak-dapat-ditindaklanjuti"


class Hasil(StrEnum):
    """How an objection is decided."""

    terima = "terima"
    tolak = "tolak"


def rencana(
    id: IdArgument,
    aksi: Annotated[str, typer.Option("--aksi", metavar="TEKS", help="Rencana aksi.", show_default=False)],
    pelaku: Pelaku,
    target: Annotated[
        str | None, typer.Option("--target", metavar="TEKS", help="Keluaran yang ditargetkan.", show_default=False)
    ] = None,
    mulai: Annotated[
        str | None, typer.Option("--mulai", metavar="TTTT-BB-HH", help="Rencana mulai.", show_default=False)
    ] = None,
    selesai: Annotated[
        str | None,
        typer.Option(
            "--selesai", metavar="TTTT-BB-HH", help="Rencana selesai; dasar lewat tempo.", show_default=False
        ),
    ] = None,
    waktu: Annotated[
        str | None,
        typer.Option("--waktu", metavar="TEKS", help="Waktu pelaksanaan seperti tertulis.", show_default=False),
    ] = None,
    penanggung_jawab: Annotated[
        str | None,
        typer.Option("--penanggung-jawab", metavar="JABATAN", help="Jabatan, bukan nama orang.", show_default=False),
    ] = None,
    peran: PeranInstansi = Peran.instansi,
    tanggal: Tanggal = None,
    db: Database = "sakip.db",
) -> None:
    """Catat rencana aksi instansi atas sebuah rekomendasi, atau perbarui."""
    from sakip_eval.tindak_lanjut.events import Rencana

    start, end = _optional_day(mulai), _optional_day(selesai)
    _record(id, lambda: Rencana(aksi, target, start, end, waktu, penanggung_jawab), peran, pelaku, tanggal, db)


def lapor(
    id: IdArgument,
    uraian: Annotated[
        str, typer.Option("--uraian", metavar="TEKS", help="Apa yang sudah dikerjakan.", show_default=False)
    ],
    pelaku: Pelaku,
    progres: Annotated[
        int | None,
        typer.Option("--progres", metavar="0-100", min=0, max=100, help="Persen selesai.", show_default=False),
    ] = None,
    tautan: Annotated[
        list[str] | None,
        typer.Option(
            "--tautan", metavar="[JUDUL=]URL", help="Data dukung berupa tautan; boleh berulang.", show_default=False
        ),
    ] = None,
    berkas: Annotated[
        list[Path] | None,
        typer.Option(
            "--berkas",
            metavar="BERKAS",
            help="Data dukung berupa berkas, dicatat dengan sha256; boleh berulang.",
            show_default=False,
        ),
    ] = None,
    mulai: Annotated[
        str | None, typer.Option("--mulai", metavar="TTTT-BB-HH", help="Mulai sebenarnya.", show_default=False)
    ] = None,
    selesai: Annotated[
        str | None, typer.Option("--selesai", metavar="TTTT-BB-HH", help="Selesai sebenarnya.", show_default=False)
    ] = None,
    peran: PeranInstansi = Peran.instansi,
    tanggal: Tanggal = None,
    db: Database = "sakip.db",
) -> None:
    """Catat laporan instansi: apa yang dikerjakan dan data dukungnya. Klaim, belum verifikasi.

    Sesudahnya dicetak catatan mutu atas laporan itu; laporannya tetap tercatat.
    """
    from sakip_eval.tindak_lanjut.events import Lapor

    start, end = _optional_day(mulai), _optional_day(selesai)

    def content() -> Isi:
        return Lapor(uraian, progres, (*map(_linked, tautan or ()), *map(_file, berkas or ())), start, end)

    with open_database(db, create=False) as store:
        _record_in(store, id, content, peran, pelaku, tanggal)
        _quality(store, id, tanggal)


def verifikasi(
    id: IdArgument,
    status: Annotated[
        Status,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="sesuai, belum-sesuai, belum-ditindaklanjuti, atau tidak-dapat-ditindaklanjuti.",
            show_default=False,
        ),
    ],
    pelaku: Pelaku,
    alasan: Annotated[
        str | None,
        typer.Option("--alasan", metavar="TEKS", help="Wajib bila tidak dapat ditindaklanjuti.", show_default=False),
    ] = None,
    peran: PeranInstansi = Peran.evaluator,
    tanggal: Tanggal = None,
    db: Database = "sakip.db",
) -> None:
    """Catat hasil verifikasi evaluator; tidak seorang pun memverifikasi laporannya sendiri."""
    from sakip_eval.tindak_lanjut.events import STATUS, Verifikasi

    found = STATUS[list(Status).index(status)]
    _record(id, lambda: Verifikasi(found, alasan), peran, pelaku, tanggal, db)


_Alasan = Annotated[str, typer.Option("--alasan", metavar="TEKS", help="Alasannya.", show_default=False)]


def tanggapi(
    id: IdArgument,
    alasan: _Alasan,
    pelaku: Pelaku,
    peran: PeranInstansi = Peran.instansi,
    tanggal: Tanggal = None,
    db: Database = "sakip.db",
) -> None:
    """Catat keberatan instansi atas rekomendasi atau atas hasil verifikasinya."""
    from sakip_eval.tindak_lanjut.events import Tanggapan

    _record(id, lambda: Tanggapan(alasan), peran, pelaku, tanggal, db)


def putuskan(
    id: IdArgument,
    hasil: Annotated[
        Hasil, typer.Option("--hasil", metavar="terima|tolak", help="Putusan atas tanggapan.", show_default=False)
    ],
    alasan: _Alasan,
    pelaku: Pelaku,
    peran: PeranInstansi = Peran.evaluator,
    tanggal: Tanggal = None,
    db: Database = "sakip.db",
) -> None:
    """Catat putusan evaluator atas tanggapan instansi.

    Bila diterima, verifikasi yang ditanggapi tidak berlaku lagi dan evaluator memverifikasi ulang.
    """
    from sakip_eval.tindak_lanjut.events import Putusan

    _record(id, lambda: Putusan(hasil is Hasil.terima, alasan), peran, pelaku, tanggal, db)


_KeTahun = Annotated[
    int, typer.Option("--ke-tahun", metavar="TAHUN", min=1990, max=2100, help="Tahun entri baru.", show_default=False)
]


def buka_kembali(
    id: IdArgument,
    alasan: _Alasan,
    pelaku: Pelaku,
    ke_tahun: Annotated[
        int | None,
        typer.Option(
            "--ke-tahun",
            metavar="TAHUN",
            min=1990,
            max=2100,
            help="Tahun entri baru; bawaan tahun yang sama.",
            show_default=False,
        ),
    ] = None,
    tanggal: Tanggal = None,
    db: Database = "sakip.db",
) -> None:
    """Buka kembali rekomendasi yang sudah ditutup, sebagai entri baru yang tertaut."""
    from sakip_eval.tindak_lanjut.terbitan import reopened

    _succeed(
        id, pelaku, tanggal, db, lambda state, ids, note: reopened(state, ids, ke_tahun or state.tahun, alasan, note)
    )


def lanjutkan(
    id: IdArgument,
    ke_tahun: _KeTahun,
    pelaku: Pelaku,
    teks: Annotated[
        str | None,
        typer.Option("--teks", metavar="TEKS", help="Bunyi baru; bawaan bunyi semula.", show_default=False),
    ] = None,
    tanggal: Tanggal = None,
    db: Database = "sakip.db",
) -> None:
    """Lanjutkan rekomendasi yang masih terbuka ke tahun berikutnya, sebagai entri baru yang tertaut."""
    from sakip_eval.tindak_lanjut.terbitan import carried_over

    _succeed(id, pelaku, tanggal, db, lambda state, ids, note: carried_over(state, ids, ke_tahun, note, teks))


def _succeed(
    name: str,
    pelaku: str,
    tanggal: str | None,
    db: str,
    events: Callable[[State, Sequence[str], Catatan], Sequence[Event]],
) -> None:
    """Append what gives a recommendation its successor; `events` is told the ids that its agency has already."""
    from sakip_eval.tindak_lanjut.terbitan import Catatan

    with open_database(db, create=False) as store:
        state = state_of(store, name)
        ids = [s.id for s in store.states(instansi=state.instansi)]
        note = Catatan(pelaku, acting_day(tanggal))
        _append(store, lambda: events(state, ids, note), name)


def _optional_day(text: str | None) -> date | None:
    return None if text is None else day(text)


def _record(name: str, content: Callable[[], Isi], peran: Peran, pelaku: str, tanggal: str | None, db: str) -> None:
    with open_database(db, create=False) as store:
        _record_in(store, name, content, peran, pelaku, tanggal)


def _record_in(
    store: Store, name: str, content: Callable[[], Isi], peran: Peran, pelaku: str, tanggal: str | None
) -> None:
    from sakip_eval.tindak_lanjut.events import Event

    state_of(store, name)
    when = acting_day(tanggal)
    _append(store, lambda: [Event(name, peran.value, " ".join(pelaku.split()), when, content())], name)


def _append(store: Store, events: Callable[[], Sequence[Event]], name: str) -> None:
    """Append what `events` makes, and say what was written; what is malformed or not allowed becomes a problem."""
    from sakip_eval.tindak_lanjut.events import LedgerError

    try:
        made = events()
    except LedgerError as error:
        raise SakipError([error.problem(Location(name))]) from None
    emit(recorded(store, made), None)


def recorded(store: Store, events: Sequence[Event]) -> str:
    """Append events and return one line for each entry. Raises `SakipError` (T901 to T909, P9xx); then none is kept."""
    return "".join(
        f"Tercatat: entri {entry.seq}, {entry.event.rekomendasi}: {entry.event.jenis}, hash {entry.hash[:16]}\n"
        for entry in store.append(events)
    )


def _linked(text: str) -> DataDukung:
    from sakip_eval.tindak_lanjut.events import DataDukung

    title, mark, url = text.partition("=")
    if mark and url and not any(sign in title for sign in ":/?"):
        return DataDukung(title.strip(), tautan=url.strip())
    return DataDukung(text, tautan=text)


def _file(path: Path) -> DataDukung:
    from sakip_eval.tindak_lanjut.events import DataDukung

    try:
        if not path.is_file():
            raise file_problem("T924", path, "Berkas data dukung tidak ada", "Periksa jalur berkas itu")
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise file_problem(
            "T924", path, f"Berkas data dukung tidak terbaca ({error.strerror or error})", "Periksa izin baca"
        ) from None
    return DataDukung(path.name, berkas=path.name, sha256=found)


def _quality(store: Store, name: str, tanggal: str | None) -> None:
    from sakip_eval.render.tl_text import render_findings
    from sakip_eval.tindak_lanjut.mutu import check

    state = state_of(store, name)
    agency = store.states(instansi=state.instansi)
    if found := check(agency, acting_day(tanggal), only=name):
        emit("\n" + render_findings("Catatan mutu", found), None)
