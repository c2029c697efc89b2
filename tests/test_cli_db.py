"""`sakip db`: what it prints, its exit codes, and that reading never makes a database."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from sakip_eval.cli.main import run
from sakip_eval.documents import extras
from sakip_eval.store import open_store
from tests.conftest import ROOT
from tests.helpers.databases import behind_its_back, drop_guards, issued, planned

Sakip = Callable[..., tuple[int, str, str]]


@pytest.fixture
def sakip(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sakip:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAKIP_DB", raising=False)

    def call(*words: str) -> tuple[int, str, str]:
        code = run(["db", *words])
        caught = capsys.readouterr()
        return code, caught.out, caught.err

    return call


def test_status_says_what_is_there_and_checks_when_asked(sakip: Sakip, place: str) -> None:
    with open_store(place) as store:
        store.append([issued(1), issued(2), planned(1)])
        head = store.head()
    code, out, err = sakip("status", "--db", place, "--periksa")
    assert (code, err) == (0, "")
    said = {line.split(":")[0].strip(): line.split(": ", 1)[1] for line in out.splitlines()}
    assert ("PostgreSQL 1" if "://" in place else "SQLite 3.") in said["Basis data"]
    assert {k: said[k] for k in ("Rekomendasi", "Peristiwa", "Kepala")} == {
        "Rekomendasi": "2", "Peristiwa": "3", "Kepala": head,
    }  # fmt: skip
    assert said["Periksa"].startswith("utuh")
    assert all(len(line) <= 80 for line in out.splitlines()[1:])


def test_status_of_a_broken_ledger_ends_with_1_and_names_the_entry(sakip: Sakip, place: str) -> None:
    with open_store(place) as store:
        store.append([issued(1), issued(2), issued(3)])
    drop_guards(place)
    behind_its_back(place, "UPDATE ledger SET hash = prev WHERE seq = 2")
    code, _, err = sakip("status", "--db", place, "--periksa")
    assert code == 1
    assert "P910: Rantai buku putus pada entri 2" in err


def test_reading_makes_nothing(sakip: Sakip, tmp_path: Path) -> None:
    for words in (["status"], ["cadang", "-o", "a.bak"], ["susun"]):
        code, _, err = sakip(*words)
        assert (code, "sakip.db: P902" in err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_backup_and_restore(sakip: Sakip, place: str, tmp_path: Path) -> None:
    with open_store(place) as store:
        store.append([issued(1), planned(1)])
        head = store.head()
    code, out, _ = sakip("cadang", "--db", place, "-o", "buku.cadangan")
    assert (code, "1 rekomendasi, 2 peristiwa" in out, head in out) == (0, True, True)
    code, _, err = sakip("cadang", "--db", place, "-o", "buku.cadangan")
    assert (code, "P917" in err) == (2, True)
    code, out, err = sakip("pulih", "buku.cadangan", "--db", "pulih.db")
    assert (code, "Dipulihkan ke pulih.db" in out, head in out, err) == (0, True, True, "")
    code, _, err = sakip("pulih", "buku.cadangan", "--db", place)
    assert (code, "P916" in err) == (2, True)


def test_migrating_prepares_a_database_and_then_has_nothing_to_do(sakip: Sakip, tmp_path: Path) -> None:
    assert sakip("migrasi") == (0, "Basis data versi (kosong) menjadi versi 0001.\n", "")
    assert sakip("migrasi") == (0, "Basis data sudah versi 0001.\n", "")
    assert sakip("status")[0] == 0


def test_the_listing_is_made_anew(sakip: Sakip, place: str) -> None:
    with open_store(place) as store:
        store.append([issued(1), issued(2)])
        behind_its_back(place, "UPDATE rekomendasi SET tahap = 'rencana'")
        assert sakip("susun", "--db", place)[:2] == (0, "2 rekomendasi disusun kembali dari buku.\n")
        assert store.verify() == []


def test_the_environment_names_the_database(sakip: Sakip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAKIP_DB", str(tmp_path / "lain.db"))
    assert sakip("migrasi")[0] == 0
    assert [p.name for p in tmp_path.iterdir()] == ["lain.db"]


def test_without_the_extra_one_line_says_what_to_install(sakip: Sakip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "sqlalchemy" else find_spec(name))
    for words in (["status"], ["migrasi"], ["pulih", "a"], ["cadang", "-o", "a"]):
        code, _, err = sakip(*words)
        assert (code, "D801" in err, "pip install 'sakip-eval[db]'" in err) == (2, True, True)


CASES = ROOT / "cases/kecamatan-pelaihari"


def test_results_are_kept_beside_what_was_printed_and_only_once(sakip: Sakip, place: str) -> None:
    years = [str(CASES / f"{year}.yaml") for year in (2019, 2021, 2022)]
    code, out, _ = sakip("simpan", *years, "--db", place)
    assert (code, out) == (0, "3 hasil evaluasi dan 3 hasil terbitan disimpan dari 3 kasus.\n")
    code, out, _ = sakip("simpan", *years, "--db", place)
    assert (code, out) == (0, "0 hasil evaluasi dan 0 hasil terbitan disimpan dari 3 kasus.\n")
    with open_store(place, create=False) as store:
        kept = {found.tahun_kinerja: found for found in store.published("kecamatan-pelaihari")}
        assert {year: len(found.salah_cetak) > 0 for year, found in kept.items()} == {
            2019: True,
            2021: True,
            2022: False,
        }
        assert not store.verify()


def test_nothing_is_kept_where_one_case_is_bad(sakip: Sakip, place: str) -> None:
    code, _, err = sakip("simpan", str(CASES / "2022.yaml"), "tiada.yaml", "--db", place)
    assert (code, "tiada.yaml: B101" in err) == (2, True)
    assert sakip("status", "--db", place)[0] == 2 or "Evaluasi     : 0" in sakip("status", "--db", place)[1]
