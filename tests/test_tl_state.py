"""The life of a recommendation: what may follow what, who may do it, and what it has become."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip_eval.tindak_lanjut.events import (
    JENIS,
    STATUS,
    BukaKembali,
    DataDukung,
    Event,
    Isi,
    Lanjutkan,
    Lapor,
    Peran,
    Putusan,
    Rencana,
    Status,
    Tanggapan,
    Terbit,
    Verifikasi,
    event_data,
    event_of,
    split_id,
)
from sakip_eval.tindak_lanjut.rekap import GOLONGAN, golongan, rekap
from sakip_eval.tindak_lanjut.state import CLOSED, ENDED, ROLES, State, TransitionError, apply, fold, loose_links
from sakip_eval.tindak_lanjut.texts import EventError
from tests.helpers.tl import CAMAT, ID, INSPEKTORAT, NEXT, act, after, diverifikasi, lapor, rencana, terbit

_NUMBER = ("19800101", "200501", "1", "001")
"""Made up, in the form of an employee number; such a number must not stand in a file of ours."""

OBJECTION = Tanggapan("Bukan kewenangan kecamatan")


def reached(situation: str) -> State:
    steps: dict[str, list[Isi]] = {
        "terbit": [],
        "rencana": [rencana()],
        "dilaporkan": [rencana(), lapor()],
        "dilaporkan tanpa rencana": [lapor()],
        **{status: [lapor(), diverifikasi(status)] for status in STATUS},
        "ditanggapi": [OBJECTION],
        "ditanggapi sesudah verifikasi": [lapor(), diverifikasi("belum_sesuai"), OBJECTION],
        "keberatan diterima": [lapor(), diverifikasi("belum_sesuai"), OBJECTION, Putusan(True, "benar")],
        "keberatan ditolak": [lapor(), diverifikasi("belum_sesuai"), OBJECTION, Putusan(False, "keliru")],
        "rencana baru": [lapor(), diverifikasi("belum_sesuai"), rencana()],
        "dilanjutkan": [Lanjutkan(NEXT, 2023)],
        "dibuka_kembali": [lapor(), diverifikasi("sesuai"), BukaKembali(NEXT, "ternyata keliru")],
    }
    return after(terbit(), *map(act, steps[situation]))


ACTS: dict[str, Isi] = {
    "terbit": Terbit("kecamatan-contoh", 2022, "Agar lain"),
    "rencana": rencana(),
    "lapor": lapor(),
    **{status: diverifikasi(status) for status in STATUS},
    "tanggapan": OBJECTION,
    "putusan": Putusan(True, "benar"),
    "buka": BukaKembali(NEXT, "keliru"),
    "lanjut": Lanjutkan(NEXT, 2023),
}
# Situation -> what may follow; everything else is refused, and with which code unless it is T904.
OPEN_AGAIN = "rencana lapor belum_sesuai belum_ditindaklanjuti tidak_dapat_ditindaklanjuti tanggapan lanjut"
LEGAL = {
    "terbit": "rencana lapor belum_ditindaklanjuti tidak_dapat_ditindaklanjuti tanggapan lanjut",
    "rencana": "rencana lapor belum_ditindaklanjuti tidak_dapat_ditindaklanjuti tanggapan lanjut",
    "dilaporkan": "lapor sesuai belum_sesuai belum_ditindaklanjuti tidak_dapat_ditindaklanjuti",
    "dilaporkan tanpa rencana": "lapor sesuai belum_sesuai belum_ditindaklanjuti tidak_dapat_ditindaklanjuti",
    "sesuai": "buka",
    "belum_sesuai": OPEN_AGAIN,
    "belum_ditindaklanjuti": OPEN_AGAIN,
    "tidak_dapat_ditindaklanjuti": "tanggapan buka",
    "ditanggapi": "putusan",
    "ditanggapi sesudah verifikasi": "putusan",
    "keberatan diterima": "lapor sesuai belum_sesuai belum_ditindaklanjuti tidak_dapat_ditindaklanjuti",
    "keberatan ditolak": OPEN_AGAIN,
    "rencana baru": OPEN_AGAIN,
    "dilanjutkan": "",
    "dibuka_kembali": "",
}
WITHOUT_CLAIM = {
    ("terbit", "sesuai"), ("terbit", "belum_sesuai"), ("rencana", "sesuai"), ("rencana", "belum_sesuai"),
    ("belum_sesuai", "sesuai"), ("belum_ditindaklanjuti", "sesuai"), ("keberatan ditolak", "sesuai"),
    ("rencana baru", "sesuai"),
}  # fmt: skip


@pytest.mark.parametrize("situation", LEGAL)
@pytest.mark.parametrize("name", ACTS)
def test_every_transition_is_legal_or_refused_with_its_reason(situation: str, name: str) -> None:
    state, event = reached(situation), act(ACTS[name])
    if name in LEGAL[situation].split():
        assert apply(state, event).terakhir == event.tanggal
        return
    with pytest.raises(TransitionError) as caught:
        apply(state, event)
    expected = "T902" if name == "terbit" else "T907" if (situation, name) in WITHOUT_CLAIM else "T904"
    assert caught.value.kode == expected
    assert caught.value.apa
    assert caught.value.perbaikan


@pytest.mark.parametrize("kind", ROLES)
def test_who_may_not_is_refused(kind: str) -> None:
    before = {
        "terbit": None,
        "rencana": reached("terbit"),
        "lapor": reached("terbit"),
        "verifikasi": reached("dilaporkan"),
        "tanggapan": reached("terbit"),
        "putusan": reached("ditanggapi"),
        "buka_kembali": reached("sesuai"),
        "lanjutkan": reached("terbit"),
    }[kind]
    content = {"verifikasi": ACTS["sesuai"], "buka_kembali": ACTS["buka"], "lanjutkan": ACTS["lanjut"]}.get(kind)
    isi = content or ACTS[kind]
    apply(before, act(isi))
    other: Peran = "instansi" if ROLES[kind] == "evaluator" else "evaluator"
    with pytest.raises(TransitionError, match="T903"):
        apply(before, act(isi, peran=other))


@pytest.mark.parametrize("pelaku", [CAMAT, CAMAT.upper(), f"  {CAMAT.replace(' ', '   ')} "])
def test_nobody_verifies_his_own_claim(pelaku: str) -> None:
    with pytest.raises(TransitionError, match=r"T905.*laporannya sendiri"):
        apply(reached("dilaporkan"), act(diverifikasi("sesuai"), pelaku=pelaku))


def test_nobody_verifies_an_earlier_claim_of_his_own_either() -> None:
    state = after(terbit(), act(lapor()), act(lapor(), pelaku="Sekretaris Camat"))
    with pytest.raises(TransitionError, match="T905"):
        apply(state, act(diverifikasi("sesuai"), pelaku=CAMAT))


def test_nobody_decides_on_his_own_objection() -> None:
    with pytest.raises(TransitionError, match=r"T905.*tanggapannya sendiri"):
        apply(reached("ditanggapi"), act(Putusan(True, "setuju"), pelaku=CAMAT))


def test_what_cannot_be_followed_up_needs_a_reason() -> None:
    with pytest.raises(TransitionError, match="T906"):
        apply(reached("dilaporkan"), act(Verifikasi("tidak_dapat_ditindaklanjuti")))


def test_the_ledger_goes_forward_in_time() -> None:
    with pytest.raises(TransitionError, match=r"T908.*2023-06-26"):
        apply(reached("terbit"), act(lapor(), day=date(2023, 6, 26)))


def test_nothing_happens_to_what_was_never_issued() -> None:
    with pytest.raises(TransitionError, match="T901"):
        apply(None, act(lapor()))


@pytest.mark.parametrize("ke", ["kecamatan-lain/2023/01", "kecamatan-contoh/2022/02", "kecamatan-contoh/2021/01", ID])
def test_it_is_carried_over_only_within_the_agency_and_to_a_later_year(ke: str) -> None:
    with pytest.raises(TransitionError, match="T909"):
        apply(reached("terbit"), act(Lanjutkan(ke, split_id(ke)[1])))


def test_an_accepted_objection_lifts_the_verification_and_a_rejected_one_does_not() -> None:
    assert reached("keberatan diterima").status is None
    assert reached("keberatan diterima").tahap == "dilaporkan"
    assert reached("keberatan ditolak").status == "belum_sesuai"
    assert reached("keberatan ditolak").tahap == "diverifikasi"


def test_links_are_followed_both_ways() -> None:
    moved = act(Lanjutkan(NEXT, 2023))
    new = terbit(NEXT)
    assert isinstance(new.isi, Terbit)
    linked = replace(new, isi=replace(new.isi, induk=ID))
    assert not loose_links(fold([terbit(), moved, linked]))
    assert "tidak menyebutnya sebagai induk" in str(loose_links(fold([terbit(), moved, new]))[0])
    assert "tidak menyebutnya" in str(loose_links(fold([terbit(), moved]))[0])
    assert "tidak diteruskan" in str(loose_links(fold([terbit(), linked]))[0])
    ghost = replace(new, isi=replace(new.isi, pendahulu=("kecamatan-contoh/2019/09",)))
    assert "2019/09" in str(loose_links(fold([ghost]))[0])


@pytest.mark.parametrize(
    ("situation", "day", "late"),
    [
        ("rencana", date(2023, 8, 31), 0),
        ("rencana", date(2023, 9, 1), 1),
        ("rencana", date(2024, 6, 30), 304),
        ("terbit", date(2030, 1, 1), 0),
        ("dilaporkan", date(2023, 9, 1), 1),
        ("rencana baru", date(2023, 9, 2), 2),
        ("dilanjutkan", date(2030, 1, 1), 0),
    ],
)
def test_overdue_is_counted_against_a_given_day(situation: str, day: date, late: int) -> None:
    assert reached(situation).hari_lewat(day) == late
    assert reached(situation).lewat_tempo(day) is (late > 0)


# ---- Percentages -----------------------------------------------------------------------------------------------


def test_a_claim_is_never_counted_as_done_and_parts_add_up() -> None:
    situations = [
        "sesuai",
        "belum_sesuai",
        "dilaporkan",
        "terbit",
        "tidak_dapat_ditindaklanjuti",
        "rencana",
        "ditanggapi",
    ]
    states = [replace(reached(name), id=f"kecamatan-contoh/2022/{at:02d}") for at, name in enumerate(situations, 1)]
    (found,) = rekap(states)
    assert found.banyak == {
        "sesuai": 1, "belum_sesuai": 1, "belum_ditindaklanjuti": 3, "tidak_dapat_ditindaklanjuti": 1, "dilaporkan": 1,
    }  # fmt: skip
    assert found.persen("sesuai") == Fraction(100, 7)
    assert sum(found.persen(name) or 0 for name in GOLONGAN) == 100
    assert [(row.kunci, row.jumlah) for row in rekap(states, ("komponen", "tahun"))] == [(("3", "2022"), 7)]
    assert rekap([]) == []


def test_what_was_reopened_is_not_done_after_all_and_counted_once_a_year() -> None:
    assert golongan(reached("dibuka_kembali")) == "belum_sesuai"
    same_year = after(
        terbit(), act(lapor()), act(diverifikasi("sesuai")), act(BukaKembali("kecamatan-contoh/2022/02", "keliru"))
    )
    assert golongan(same_year) is None


# ---- Events ----------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30).filter(str.strip)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
EVIDENCE = st.builds(DataDukung, WORDS, tautan=WORDS, sha256=st.none() | st.just("a" * 64))
NAMES = st.sampled_from([ID, "kecamatan-contoh/2022/02"])
POSITIONS = st.sampled_from([CAMAT, INSPEKTORAT, "Sekretaris"])
CONTENT: dict[str, st.SearchStrategy[Isi]] = {
    "terbit": st.builds(Terbit, st.just("kecamatan-contoh"), st.just(2022), WORDS, kriteria=st.just(("1.a.1",))),
    "rencana": st.builds(Rencana, WORDS, st.none() | WORDS, st.none(), st.none() | DAYS, st.none() | WORDS),
    "lapor": st.builds(
        Lapor, WORDS, st.none() | st.integers(0, 100), st.lists(EVIDENCE, max_size=2).map(tuple), st.none() | DAYS
    ),
    "verifikasi": st.builds(Verifikasi, st.sampled_from(STATUS), st.none() | WORDS),
    "tanggapan": st.builds(Tanggapan, WORDS),
    "putusan": st.builds(Putusan, st.booleans(), WORDS),
    "buka_kembali": st.builds(BukaKembali, st.just(NEXT), WORDS),
    "lanjutkan": st.just(Lanjutkan(NEXT, 2023)),
}
EVENTS = st.builds(
    Event,
    NAMES,
    st.sampled_from(["evaluator", "instansi"]),
    POSITIONS,
    DAYS,
    st.one_of(*CONTENT.values()),
    st.none() | WORDS,
)
# Mostly by who may, and in order of time, so that long stories come about.
LIKELY = st.builds(
    lambda name, isi, day, pelaku: act(isi, name, date(2023, 7, 1 + day), pelaku),
    NAMES,
    st.one_of(*CONTENT.values()),
    st.integers(0, 2),
    st.sampled_from(["", "", CAMAT]),
)


def play(events: list[Event]) -> tuple[dict[str, State], list[Event]]:
    """Apply what is allowed, as a store does, and return the states and what was accepted."""
    states: dict[str, State] = {}
    accepted: list[Event] = []
    refused: set[str] = set()
    for event in events:
        try:
            states[event.rekomendasi] = apply(states.get(event.rekomendasi), event)
        except TransitionError as error:
            refused.add(error.kode)
        else:
            accepted.append(event)
    assert refused <= {f"T90{number}" for number in range(1, 10)}
    return states, accepted


@given(st.lists(EVENTS | LIKELY, max_size=40))
def test_no_sequence_of_events_leads_to_an_illegal_state(events: list[Event]) -> None:
    states, accepted = play([terbit(), *events])
    for name, state in states.items():
        own = [event for event in accepted if event.rekomendasi == name]
        assert own[0].jenis == "terbit"
        assert [event.tanggal for event in own] == sorted(event.tanggal for event in own)
        assert all(event.peran == ROLES[event.jenis] for event in own)
        assert (state.ke is not None) is (state.tahap in ENDED)
        assert (state.tahap == "diverifikasi") <= (state.status is not None)
        if state.tahap in ENDED:
            assert own[-1].jenis in ("buka_kembali", "lanjutkan")
        if state.status == "sesuai":
            claims = [event for event in own if event.jenis == "lapor"]
            verified = next(e for e in reversed(own) if e.jenis == "verifikasi")
            assert claims
            assert verified.pelaku not in {event.pelaku for event in claims}
        if state.tahap == "diverifikasi" and state.status in CLOSED:
            assert not state.terbuka
        assert golongan(state) in (*GOLONGAN, None)
        assert (state.laporan is not None) is (state.banyak_laporan > 0)


@given(st.lists(LIKELY, max_size=30), st.randoms(use_true_random=False))
def test_the_order_among_recommendations_never_matters(events: list[Event], chance: object) -> None:
    _, accepted = play([terbit(), terbit("kecamatan-contoh/2022/02"), *events])
    apart: dict[str, list[Event]] = {}
    for event in accepted:
        apart.setdefault(event.rekomendasi, []).append(event)
    mixed: list[Event] = []
    queues = list(apart.values())
    take: Callable[[list[list[Event]]], list[Event]] = chance.choice  # type: ignore[attr-defined]
    while left := [queue for queue in queues if queue]:
        mixed.append(take(left).pop(0))
    assert fold(mixed) == fold(accepted)


@given(EVENTS)
def test_an_event_survives_being_written_down(event: Event) -> None:
    assert event_of(event_data(event)) == event


GOOD = event_data(act(lapor()))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rekomendasi": "tanpa-nomor"}, "bukan id rekomendasi"),
        ({"rekomendasi": "a/2022/1"}, "bukan id rekomendasi"),
        ({"rekomendasi": "A/2022/01"}, "bukan id rekomendasi"),
        ({"jenis": "hapus"}, "Jenis peristiwa tidak dikenal"),
        ({"peran": "admin"}, "Peran `admin` tidak dikenal"),
        ({"pelaku": " "}, "`pelaku` kosong"),
        ({"pelaku": "Camat, NIP 196901151990021001"}, "nomor pegawai"),
        ({"pelaku": f"Camat ({' '.join(_NUMBER)})"}, "nomor pegawai"),
        ({"tanggal": "27/06/2023"}, "bukan tanggal"),
        ({"tanggal": "2023-02-30"}, "bukan tanggal"),
        ({"tahun": 2022}, "Kunci `tahun` tidak dikenal"),
        ({"isi": {"uraian": "x", "progress": 5}}, "Kunci `progress` tidak dikenal"),
        ({"isi": {"uraian": "x", "progres": 101}}, "di luar 0 sampai 100"),
        ({"isi": {"uraian": "x", "progres": True}}, "bukan bilangan bulat"),
        ({"isi": {"uraian": "x", "progres": 99.5}}, "bukan bilangan bulat"),
        ({"isi": {}}, "Kunci `uraian` tidak ada"),
        ({"isi": {"uraian": "x" * 8001}}, "lebih dari 8000"),
        ({"isi": {"uraian": "x\x00"}}, "tidak dapat disimpan"),
        ({"isi": {"uraian": "\ud800"}}, "tidak dapat disimpan"),
        ({"isi": {"uraian": "x", "data_dukung": [{"judul": "y"}]}}, "tanpa tautan dan tanpa berkas"),
        ({"isi": {"uraian": "x", "data_dukung": [{"judul": "y", "berkas": "y.pdf"}]}}, "tanpa sha256"),
        ({"isi": {"uraian": "x", "data_dukung": [{"judul": "y", "tautan": "z", "sha256": "1"}]}}, "64 angka"),
        ({"isi": {"uraian": "x", "mulai": "2023-02-01", "selesai": "2023-01-01"}}, "mendahului"),
        ({"isi": ["x"]}, "bukan objek"),
        ({"isi": {"uraian": 5}}, "bukan teks"),
    ],
)
def test_malformed_events_are_refused_in_words(change: dict[str, object], words: str) -> None:
    with pytest.raises(EventError, match="T910") as caught:
        event_of({**GOOD, **change})
    assert words in str(caught.value)


def test_every_kind_has_content_and_a_role() -> None:
    assert set(JENIS) == set(ROLES) == set(CONTENT)


@pytest.mark.parametrize("status", STATUS)
def test_statuses_close_or_leave_open(status: Status) -> None:
    assert reached(status).terbuka is (status in ("belum_sesuai", "belum_ditindaklanjuti"))
