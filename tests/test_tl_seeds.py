"""The follow-up that five agencies really printed, imported into a store: counts, and the faults known of it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sakip_eval.case.load import load_case
from sakip_eval.cli.main import run
from sakip_eval.store import open_store
from sakip_eval.tindak_lanjut.state import State
from tests.helpers.files import ROOT

CASES = ROOT / "cases"
FILES = {path.parent.name: path for path in sorted(CASES.glob("*/tindak-lanjut-*.yaml"))}
COUNTS = {  # issued, planned, claimed, exit code: 1 where something is to be looked at
    "kecamatan-aluh-aluh": (10, 0, 10, 0),
    "kecamatan-kalaena": (0, 0, 0, 0),
    "kecamatan-lima-puluh-pesisir": (3, 0, 3, 0),
    "kecamatan-martapura-barat": (11, 6, 6, 1),
    "kecamatan-pelaihari": (13, 0, 12, 1),
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = str(tmp_path_factory.mktemp("seeds") / "sakip.db")
    for name, path in FILES.items():
        assert run(["tl", "impor", str(path), "--db", place]) == COUNTS[name][3], name
    return place


@pytest.fixture(scope="module")
def states(database: str) -> dict[str, State]:
    with open_store(database) as store:
        return {state.id: state for state in store.states()}


def test_all_five_agencies_are_shipped() -> None:
    assert sorted(FILES) == sorted(COUNTS)


def test_every_agency_has_the_events_of_its_source(database: str) -> None:
    with open_store(database) as store:
        for name, (issued, planned, claimed, _) in COUNTS.items():
            kinds = Counter(entry.event.jenis for entry in store.entries(instansi=name))
            assert (kinds["terbit"], kinds["rencana"], kinds["lapor"]) == (issued, planned, claimed), name
            assert set(kinds) <= {"terbit", "rencana", "lapor"}
        assert store.verify() == []


def test_a_printed_selesai_is_a_claim_and_nothing_is_verified(states: dict[str, State]) -> None:
    assert all(state.status is None for state in states.values())
    table = [states[f"kecamatan-martapura-barat/2023/{n:02d}"] for n in range(1, 7)]
    assert all(state.tahap == "dilaporkan" for state in table)
    assert [state.laporan.progres for state in table if state.laporan] == [100] * 6
    assert [state.laporan.uraian for state in table if state.laporan] == ["Selesai"] * 6


def test_thirteen_recommendations_of_pelaihari_are_answered_twelve_times(states: dict[str, State]) -> None:
    own = [state for state in states.values() if state.instansi == "kecamatan-pelaihari"]
    assert [state.id for state in own if state.laporan is None] == ["kecamatan-pelaihari/2022/13"]
    assert all(state.laporan.data_dukung == () for state in own if state.laporan)
    assert {state.tanggal_terbit for state in own} == {date(2023, 6, 27)}


def test_the_unanswered_one_is_named(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["tl", "impor", str(FILES["kecamatan-pelaihari"]), "--db", database])
    said = " ".join(capsys.readouterr().out.split())
    assert "13 rekomendasi, 12 dijawab; tanpa jawaban: 13 (Dan terhadap hasil monitoring" in said
    assert "[I957]" in said
    assert "Tidak ada yang dicatat." in said


def test_row_five_of_martapura_barat_is_done_without_a_link_and_on_a_condition(states: dict[str, State]) -> None:
    state = states["kecamatan-martapura-barat/2023/05"]
    assert state.laporan is not None
    assert state.rencana is not None
    assert (state.laporan.progres, state.laporan.data_dukung) == (100, ())
    assert (state.rencana.mulai, state.rencana.selesai) == (None, None)
    assert str(state.rencana.waktu_tercetak).startswith("Jika Aplikasi Tersedia Tahun Depan Tahun 2024 Maka")


def test_one_link_serves_four_different_outputs(states: dict[str, State]) -> None:
    uses: dict[str, set[str]] = {}
    for state in states.values():
        for item in state.laporan.data_dukung if state.laporan else ():
            assert state.rencana is not None
            uses.setdefault(str(item.tautan), set()).add(str(state.rencana.target))
    assert sorted(map(len, uses.values())) == [1, 4]


def test_every_action_of_the_table_is_worded_as_an_intention(states: dict[str, State]) -> None:
    plans = [state.rencana for state in states.values() if state.rencana]
    assert len(plans) == 6
    assert all(plan.rencana_aksi.startswith("Akan Di Tindak Lanjuti dengan") for plan in plans)
    days = [(str(plan.mulai), str(plan.selesai)) for plan in plans]
    assert days == [
        ("2023-07-13", "2023-07-13"),
        ("2023-07-13", "2023-07-13"),
        ("2023-04-05", "2023-04-05"),
        ("2023-07-13", "2023-07-13"),
        ("None", "None"),
        ("2023-12-26", "2024-01-31"),
    ]


def test_every_recommendation_says_where_its_source_has_it(states: dict[str, State]) -> None:
    assert all(state.terbit.asal and "baris" in state.terbit.asal for state in states.values())


def test_criteria_of_pelaihari_exist_in_the_rubric_and_are_unmet_in_the_case(states: dict[str, State]) -> None:
    case = load_case(CASES / "kecamatan-pelaihari/2022.yaml")
    status = case.penilaian["evaluator"].status
    for state in states.values():
        for name in state.terbit.kriteria:
            assert status[name] == "tidak", (state.id, name)


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_no_person_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "NIP" not in text.split()
    assert not any(title in text for title in ("S.Pd", "S.Sos", "A.KS", "SSTP", "M.Si", "M.M"))
