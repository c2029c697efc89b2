"""What has become of a recommendation: events in, state out; what is not allowed is an error with its reason.

    terbit -> rencana -> dilaporkan -> diverifikasi (sesuai, belum_sesuai, belum_ditindaklanjuti, tidak_dapat_...)
    terbit, rencana, diverifikasi -> ditanggapi -> back, or before the verification where the objection is accepted
    diverifikasi (closed) -> dibuka_kembali; what is open -> dilanjutkan: both end here and go on as a new entry

A claim (dilaporkan) and its verification are two facts. Only the evaluator verifies, and nobody his own claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sakip_eval.folding import folded
from sakip_eval.tindak_lanjut.events import (
    BukaKembali,
    DataDukung,
    Event,
    Lanjutkan,
    Lapor,
    LedgerError,
    Peran,
    Putusan,
    Rencana,
    Status,
    Tanggapan,
    Terbit,
    Verifikasi,
    split_id,
)

Tahap = Literal["terbit", "rencana", "dilaporkan", "diverifikasi", "ditanggapi", "dibuka_kembali", "dilanjutkan"]
CLOSED: tuple[Status, ...] = ("sesuai", "tidak_dapat_ditindaklanjuti")
"""Statuses after which nothing more is expected."""
ENDED: tuple[Tahap, ...] = ("dibuka_kembali", "dilanjutkan")
"""Stages after which the story goes on under another id."""

ROLES: Mapping[str, Peran] = {
    "terbit": "evaluator",
    "rencana": "instansi",
    "lapor": "instansi",
    "verifikasi": "evaluator",
    "tanggapan": "instansi",
    "putusan": "evaluator",
    "buka_kembali": "evaluator",
    "lanjutkan": "evaluator",
}
"""Kind of event -> who alone may do it."""

ALLOWED: Mapping[Tahap, tuple[str, ...]] = {
    "terbit": ("rencana", "lapor", "verifikasi", "tanggapan", "lanjutkan"),
    "rencana": ("rencana", "lapor", "verifikasi", "tanggapan", "lanjutkan"),
    "dilaporkan": ("lapor", "verifikasi"),
    "diverifikasi": ("rencana", "lapor", "verifikasi", "tanggapan", "lanjutkan"),
    "ditanggapi": ("putusan",),
    "dibuka_kembali": (),
    "dilanjutkan": (),
}
"""Stage -> the kinds of events that may follow while the recommendation is open."""
ALLOWED_CLOSED: Mapping[Status, tuple[str, ...]] = {
    "sesuai": ("buka_kembali",),
    "tidak_dapat_ditindaklanjuti": ("tanggapan", "buka_kembali"),
}
"""Status of a verification that closes -> the kinds of events that may follow."""


class TransitionError(LedgerError):
    """An event that is not allowed after those before it (T901 to T909)."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one recommendation after its events.

    `rencana`, `laporan`, `verifikasi` are the latest of their kind with the event that holds them; `laporan_baru` says
    whether something was claimed since the last verification. `status` is what the last verification in force found;
    None where nothing was verified. `data_dukung` is all evidence of all claims. `ke` is the entry that goes on after dibuka_kembali or dilanjutkan.
    """

    id: str
    terbit: Terbit
    tanggal_terbit: date
    tahap: Tahap
    terakhir: date
    status: Status | None = None
    rencana: Rencana | None = None
    laporan: Lapor | None = None
    tanggal_laporan: date | None = None
    laporan_baru: bool = False
    alasan: str | None = None
    tanggal_verifikasi: date | None = None
    tanggapan: Tanggapan | None = None
    keberatan: str | None = None
    sebelum_tanggapan: Tahap = "terbit"
    ke: str | None = None
    pelapor: frozenset[str] = frozenset()
    penanggap: str | None = None
    banyak_laporan: int = 0
    data_dukung: tuple[DataDukung, ...] = ()

    @property
    def instansi(self) -> str:
        """Return the agency's slug."""
        return self.terbit.instansi

    @property
    def tahun(self) -> int:
        """Return the year whose evaluation issued it."""
        return self.terbit.tahun

    @property
    def terbuka(self) -> bool:
        """Return whether something is still expected under this id."""
        return self.tahap not in ENDED and not (self.tahap == "diverifikasi" and self.status in CLOSED)

    def lewat_tempo(self, per_tanggal: date) -> bool:
        """Return whether it is open and its planned end lies before the day `per_tanggal`.

        A claim alone does not stop the clock, or "Selesai" without proof would: only what is verified is settled; whose
        turn it is stands in `tahap`. Without a planned day nothing is late.
        """
        due = self.rencana.selesai if self.rencana is not None else None
        return self.terbuka and due is not None and due < per_tanggal

    def hari_lewat(self, per_tanggal: date) -> int:
        """Return the days since the planned end, 0 where it is not overdue."""
        if not self.lewat_tempo(per_tanggal) or self.rencana is None or self.rencana.selesai is None:
            return 0
        return (per_tanggal - self.rencana.selesai).days


def apply(state: State | None, event: Event) -> State:
    """Return the state after an event; `state` is None before the first. Raises `TransitionError` (T901 to T909)."""
    if state is None:
        return _issue(event)
    if event.rekomendasi != state.id:
        raise ValueError(f"event of {event.rekomendasi} applied to {state.id}")
    _check_allowed(state, event)
    state = replace(state, terakhir=event.tanggal)
    isi = event.isi
    if isinstance(isi, Rencana):
        return replace(state, tahap="rencana", rencana=isi)
    if isinstance(isi, Lapor):
        return replace(
            state,
            tahap="dilaporkan",
            laporan=isi,
            tanggal_laporan=event.tanggal,
            laporan_baru=True,
            pelapor=state.pelapor | {folded(event.pelaku)},
            banyak_laporan=state.banyak_laporan + 1,
            data_dukung=tuple(dict.fromkeys((*state.data_dukung, *isi.data_dukung))),
        )
    if isinstance(isi, Verifikasi):
        return _verify(state, event, isi)
    if isinstance(isi, Tanggapan):
        return replace(
            state,
            tahap="ditanggapi",
            tanggapan=isi,
            keberatan=None,
            sebelum_tanggapan=state.tahap,
            penanggap=folded(event.pelaku),
        )
    if isinstance(isi, Putusan):
        return _decide(state, event, isi)
    if isinstance(isi, BukaKembali):
        return _hand_on(state, isi.ke, "dibuka_kembali", same_year=True)
    assert isinstance(isi, Lanjutkan)
    return _hand_on(state, isi.ke, "dilanjutkan", same_year=False)


def fold(events: Iterable[Event]) -> dict[str, State]:
    """Return the state of every recommendation after all events, in order of issue.

    Raises `TransitionError` for the first event that is not allowed. Events of different recommendations may be mixed.
    """
    states: dict[str, State] = {}
    for event in events:
        states[event.rekomendasi] = apply(states.get(event.rekomendasi), event)
    return states


def loose_links(states: Mapping[str, State]) -> list[TransitionError]:
    """Return what is wrong between entries once all events are in (T909): links that lead nowhere or one way only.

    To be asked of all states, or of those that an append touched together with those that they name.
    """
    wrong: list[TransitionError] = []
    for state in states.values():
        child = states.get(state.ke) if state.ke is not None else None
        # One entry can continue several: the first is its induk, the others its pendahulu.
        if state.ke is not None and (child is None or state.id not in (child.terbit.induk, *child.terbit.pendahulu)):
            wrong.append(_loose(f"`{state.id}` diteruskan ke `{state.ke}`, yang tidak menyebutnya sebagai induk"))
        parent = states.get(state.terbit.induk) if state.terbit.induk is not None else None
        if state.terbit.induk is not None and (parent is None or parent.ke != state.id):
            wrong.append(
                _loose(f"`{state.id}` menyebut induk `{state.terbit.induk}`, yang tidak diteruskan kepadanya")
            )
        wrong += [
            _loose(f"`{state.id}` menyebut pendahulu `{name}`, yang tidak ada")
            for name in state.terbit.pendahulu
            if name not in states
        ]
    return wrong


def _loose(apa: str) -> TransitionError:
    return TransitionError(
        "T909",
        apa,
        "Sebuah rekomendasi harus dapat diikuti dari tahun ke tahun, ke depan dan ke belakang",
        "Catat kedua peristiwa bersama-sama: `sakip tl lanjutkan` atau `sakip tl buka-kembali`",
    )


def _issue(event: Event) -> State:
    isi = event.isi
    if not isinstance(isi, Terbit):
        raise TransitionError(
            "T901",
            f"Rekomendasi `{event.rekomendasi}` belum pernah diterbitkan",
            "Rencana, laporan, dan verifikasi selalu tentang rekomendasi yang ada",
            "Periksa id dengan `sakip tl daftar`, atau terbitkan dengan `sakip tl terbit`",
        )
    _check_role(event)
    if isi.induk == event.rekomendasi or event.rekomendasi in isi.pendahulu:
        raise TransitionError(
            "T909",
            f"Rekomendasi `{event.rekomendasi}` menyebut dirinya sendiri sebagai induk atau pendahulu",
            "Riwayatnya akan melingkar",
            "Sebut id rekomendasi yang lebih dahulu",
        )
    return State(event.rekomendasi, isi, event.tanggal, "terbit", event.tanggal)


def _check_allowed(state: State, event: Event) -> None:
    _check_role(event)
    kind = event.jenis
    if kind == "terbit":
        raise TransitionError(
            "T902",
            f"Rekomendasi `{state.id}` sudah terbit pada {state.tanggal_terbit}",
            "Satu id menunjuk satu rekomendasi untuk selamanya",
            "Pakai nomor berikutnya, atau `sakip tl buka-kembali`",
        )
    closed = state.tahap == "diverifikasi" and state.status in CLOSED
    allowed = ALLOWED_CLOSED[state.status] if closed and state.status else ALLOWED[state.tahap]
    if kind not in allowed:
        stage = f"{state.tahap} ({state.status})" if state.tahap == "diverifikasi" else state.tahap
        raise TransitionError(
            "T904",
            f"`{kind}` tidak dapat dicatat pada `{state.id}`, yang sedang pada tahap {stage}",
            _WHY[state.tahap] if not closed else "Rekomendasi ini sudah ditutup",
            "Yang dapat dicatat: " + ", ".join(allowed)
            if allowed
            else f"Lanjutkan pada `{state.ke}`, tempat rekomendasi ini diteruskan",
        )
    if event.tanggal < state.terakhir:
        raise TransitionError(
            "T908",
            f"`{kind}` bertanggal {event.tanggal}, sebelum peristiwa terakhir `{state.id}` ({state.terakhir})",
            "Urutan buku besar adalah urutan kejadian",
            "Periksa tanggalnya",
        )


_WHY: Mapping[Tahap, str] = {
    "terbit": "Belum ada yang dilaporkan atau ditanggapi",
    "rencana": "Belum ada yang dilaporkan atau ditanggapi",
    "dilaporkan": "Laporan instansi menunggu verifikasi evaluator",
    "diverifikasi": "Rekomendasi ini masih terbuka",
    "ditanggapi": "Tanggapan instansi menunggu putusan evaluator",
    "dibuka_kembali": "Rekomendasi ini diteruskan dengan id lain",
    "dilanjutkan": "Rekomendasi ini diteruskan dengan id lain",
}


def _check_role(event: Event) -> None:
    wanted = ROLES[event.jenis]
    if event.peran != wanted:
        raise TransitionError(
            "T903",
            f"`{event.jenis}` dicatat oleh peran {event.peran}",
            f"Hanya {wanted} yang dapat melakukannya; klaim dan verifikasi adalah dua hal",
            f"Catat dengan peran {wanted}, oleh yang memang berwenang",
        )


def _verify(state: State, event: Event, isi: Verifikasi) -> State:
    if folded(event.pelaku) in state.pelapor:
        raise TransitionError(
            "T905",
            f"`{event.pelaku}` memverifikasi laporannya sendiri atas `{state.id}`",
            "Tidak seorang pun memverifikasi klaimnya sendiri",
            "Verifikasi dilakukan oleh jabatan atau unit lain",
        )
    if isi.status == "tidak_dapat_ditindaklanjuti" and isi.alasan is None:
        raise TransitionError(
            "T906",
            f"`{state.id}` dinyatakan tidak dapat ditindaklanjuti tanpa alasan",
            "Rekomendasi hanya gugur dengan alasan yang sah",
            "Sertakan alasan",
        )
    claimed = state.laporan is not None
    if (isi.status == "sesuai" and not state.laporan_baru) or (isi.status == "belum_sesuai" and not claimed):
        since = " sejak verifikasi terakhir" if claimed else ""
        raise TransitionError(
            "T907",
            f"`{state.id}` dinyatakan {isi.status}, padahal belum ada laporan instansi{since}",
            "Verifikasi menilai laporan; tanpa laporan tidak ada yang dapat dinilai",
            "Tunggu `sakip tl lapor`, atau nyatakan belum_ditindaklanjuti",
        )
    return replace(
        state,
        tahap="diverifikasi",
        status=isi.status,
        alasan=isi.alasan,
        tanggal_verifikasi=event.tanggal,
        laporan_baru=False,
    )


def _decide(state: State, event: Event, isi: Putusan) -> State:
    if folded(event.pelaku) == state.penanggap:
        raise TransitionError(
            "T905",
            f"`{event.pelaku}` memutus tanggapannya sendiri atas `{state.id}`",
            "Tidak seorang pun memutus tanggapannya sendiri",
            "Putusan diambil oleh jabatan atau unit lain",
        )
    if not isi.diterima:
        return replace(state, tahap=state.sebelum_tanggapan, keberatan="ditolak")
    # The verification that was objected to no longer holds; the evaluator verifies anew.
    before: Tahap = (
        "dilaporkan" if state.laporan is not None else "rencana" if state.rencana is not None else "terbit"
    )
    return replace(
        state,
        tahap=before,
        status=None,
        alasan=None,
        tanggal_verifikasi=None,
        keberatan="diterima",
        laporan_baru=state.laporan is not None,
    )


def _hand_on(state: State, ke: str, tahap: Tahap, *, same_year: bool) -> State:
    instansi, tahun, _ = split_id(ke)
    late = tahun >= state.tahun if same_year else tahun > state.tahun
    if instansi != state.instansi or not late or ke == state.id:
        raise TransitionError(
            "T909",
            f"`{state.id}` tidak dapat diteruskan ke `{ke}`",
            "Rekomendasi diteruskan pada instansi yang sama, ke tahun yang lebih kemudian",
            f"Pakai id {state.instansi}/{state.tahun + 1}/nn",
        )
    return replace(state, tahap=tahap, ke=ke)
