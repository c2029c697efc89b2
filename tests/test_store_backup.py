"""Backups: whole and checked, restorable into either kind of database, and never from something that does not hold."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sakip_eval import Case, Rubric, SakipError, evaluate
from sakip_eval.store import open_store
from sakip_eval.store.schema import COPIED
from sakip_eval.store.store import Store
from tests.helpers.databases import (
    BOTH,
    behind_its_back,
    claimed,
    drop_guards,
    issued,
    new_place,
    planned,
    ready_place,
    verified,
)
from tests.helpers.files import only, problems_of
from tests.helpers.postgres import Server

SLUG = "kecamatan-pelaihari"


@pytest.fixture
def filled(store: Store, tanah_laut: Rubric, pelaihari: Case) -> Store:
    return fill(store, tanah_laut, pelaihari)


def fill(store: Store, tanah_laut: Rubric, pelaihari: Case) -> Store:
    """Put something into every table."""
    store.append([issued(n) for n in range(1, 6)])
    store.append([planned(1, date(2023, 9, 30)), claimed(1), verified(1), claimed(2)])
    evaluation = evaluate(tanah_laut, pelaihari)
    store.save_evaluation(SLUG, evaluation)
    store.save_published(SLUG, evaluation)
    return store


def content(store: Store) -> tuple[object, ...]:
    return store.entries(), store.states(), store.results(), store.published(), store.agencies(), store.head()


@pytest.mark.parametrize("target", BOTH)
def test_a_backup_of_either_kind_is_restored_into_either_kind(
    filled: Store, target: str, tmp_path: Path, postgresql: Server
) -> None:
    path = tmp_path / "cadangan"
    made = filled.backup(path)
    assert (made.peristiwa, made.evaluasi, made.terbitan) == (9, 1, 1)
    place = new_place(target, tmp_path, postgresql, "pulih.db")
    with open_store(place) as restored:
        assert restored.restore(path).kepala == filled.head()
        assert content(restored) == content(filled)
        assert restored.verify() == []
        restored.append([issued(6)])


def test_a_backup_of_a_backup_is_the_same(filled: Store, place: str, tmp_path: Path, postgresql: Server) -> None:
    if "://" not in place:
        return  # Files of SQLite differ in their counters; what is in them is compared above.
    filled.backup(tmp_path / "a")
    with open_store(postgresql.create()) as again:
        again.restore(tmp_path / "a")
        again.backup(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_backup_holds_every_table(filled: Store, place: str, tmp_path: Path) -> None:
    path = tmp_path / "cadangan"
    filled.backup(path)
    if "://" in place:
        found = {json.loads(line).get("tabel") for line in path.read_text(encoding="utf-8").splitlines()} - {None}
    else:
        with sqlite3.connect(path) as raw:
            assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",), "it would need a file beside it"
            found = {t.name for t in COPIED if raw.execute(f"SELECT count(*) FROM {t.name}").fetchone()[0]}
        raw.close()
    assert found == {table.name for table in COPIED}
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_backup_made_while_others_append_is_of_one_moment(store: Store, place: str, tmp_path: Path) -> None:
    store.append([issued(n) for n in range(1, 101)])
    stop = threading.Event()

    def keep_appending() -> None:
        with open_store(place) as other:
            number = 101
            while not stop.is_set():
                other.append([issued(number), planned(number)])
                number += 1

    thread = threading.Thread(target=keep_appending)
    thread.start()
    try:
        for number in range(3):
            store.backup(tmp_path / f"cadangan{number}")
    finally:
        stop.set()
        thread.join()
    for number in range(3):
        with open_store(str(tmp_path / f"pulih{number}.db")) as restored:
            found = restored.restore(tmp_path / f"cadangan{number}")
            assert found.peristiwa % 2 == 0
            assert found.rekomendasi - 100 == (found.peristiwa - 100) // 2
    assert store.verify() == []


def test_a_backup_is_never_written_over_anything(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "ada"
    path.write_text("penting")
    problem = only(problems_of(lambda: store.backup(path)))
    assert (problem.kode, "sudah ada" in problem.apa) == ("P917", True)
    assert path.read_text() == "penting"
    assert only(problems_of(lambda: store.backup(tmp_path / "tiada" / "a"))).kode == "P917"


def test_what_does_not_hold_is_not_backed_up(filled: Store, place: str, tmp_path: Path) -> None:
    drop_guards(place)
    behind_its_back(place, "UPDATE ledger SET peristiwa = replace(peristiwa, 'kinerja 3', 'kinerja 9') WHERE seq = 3")
    problem = only(problems_of(lambda: filled.backup(tmp_path / "cadangan")))
    assert problem.kode == "P910"
    assert "entri 3" in problem.apa
    assert [p.name for p in tmp_path.iterdir() if "cadangan" in p.name] == []


def test_a_backup_is_restored_into_an_empty_database_only(filled: Store, tmp_path: Path, postgresql: Server) -> None:
    path = tmp_path / "cadangan"
    filled.backup(path)
    before = content(filled)
    assert only(problems_of(lambda: filled.restore(path))).kode == "P916"
    assert content(filled) == before


# ---- Backups that are not whole --------------------------------------------------------------------------------


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def _resealed(lines: list[bytes]) -> bytes:
    """The lines with an end that fits them, as somebody would write who knows how."""
    body = lines[:-1]
    end = {"akhir": {"baris": len(body) - 1, "sha256": hashlib.sha256(b"".join(body)).hexdigest()}}
    return b"".join(body) + json.dumps(end).encode() + b"\n"


def _without(word: bytes) -> Callable[[list[bytes]], bytes]:
    return lambda lines: _resealed([line for line in lines if word not in line])


def _with(old: bytes, new: bytes) -> Callable[[list[bytes]], bytes]:
    def changed(lines: list[bytes]) -> bytes:
        assert any(old in line for line in lines)
        return _resealed([line.replace(old, new) for line in lines])

    return changed


DAMAGED: dict[str, tuple[Callable[[list[bytes]], bytes], str]] = {
    "empty": (lambda lines: b"", "P918"),
    "cut off": (lambda lines: b"".join(lines[:-3]), "P918"),
    "cut off in a line": (lambda lines: b"".join(lines)[:-200], "P918"),
    "a line left out": (lambda lines: b"".join(lines[:5] + lines[6:]), "P918"),
    "a letter changed": (lambda lines: b"".join(lines).replace(b"kinerja 3", b"kinerja 9", 1), "P918"),
    "something after its end": (lambda lines: b"".join(lines) + lines[3], "P918"),
    "no backup": (lambda lines: b'{"a": 1}\n', "P918"),
    "no text": (lambda lines: b"\x00\xff" * 5000, "P918"),
    "deep": (lambda lines: b"[" * 100_000, "P918"),
    "a list": (lambda lines: lines[0] + b"[]\n", "P918"),
    "an unknown table": (_with(b'"tabel":"kepala"', b'"tabel":"belanja"'), "P918"),
    "an unknown column": (_with(b'"nomor":3', b'"nomer":3'), "P918"),
    "a wrong type": (_with(b'"nomor":3', b'"nomor":"3"'), "P918"),
    "a wrong day": (_with(b'"tanggal":"2023-06-27"', b'"tanggal":"2023-06-31"'), "P918"),
    "a newer version": (_with(b'"skema":"0001"', b'"skema":"0002"'), "P904"),
    "an event changed, resealed": (_with(b"kinerja 3", b"kinerja 9"), "P910"),
    "the last event left out, resealed": (_without(b'"seq":9,"prev"'), "P910"),
    "the listing changed, resealed": (_with(b'"tahap":"diverifikasi","status":"sesuai"', b'"tahap":"rencana","status":null'), "P913"),
    "a result changed, resealed": (_with(b'"nilai":"382/5"', b'"nilai":"400/5"'), "P914"),
}  # fmt: skip


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory, postgresql: Server, tanah_laut: Rubric, pelaihari: Case) -> Path:
    path = tmp_path_factory.mktemp("dump") / "cadangan"
    with open_store(postgresql.create()) as store:
        fill(store, tanah_laut, pelaihari)
        store.backup(path)
    return path


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_backup_is_not_let_in(dump: Path, damage: str, tmp_path: Path) -> None:
    change, kode = DAMAGED[damage]
    path = tmp_path / "cadangan"
    path.write_bytes(change(_lines(dump)))
    with open_store(ready_place("sqlite", tmp_path, None)) as store:
        assert only(problems_of(lambda: store.restore(path))).kode == kode
        assert store.status().peristiwa == store.status().instansi == store.status().evaluasi == 0
        store.restore(dump)


def test_an_sqlite_backup_that_was_changed_is_not_let_in(tmp_path: Path) -> None:
    path = tmp_path / "cadangan.db"
    with open_store(ready_place("sqlite", tmp_path, None)) as store:
        store.append([issued(n) for n in range(1, 300)])
        store.backup(path)
    whole = path.read_bytes()
    drop_guards(str(path))
    behind_its_back(str(path), "UPDATE ledger SET hash = prev WHERE seq = 77")
    with open_store(str(tmp_path / "pulih.db")) as target:
        problem = only(problems_of(lambda: target.restore(path)))
        assert (problem.kode, "entri 77" in problem.apa) == ("P910", True)
        path.write_bytes(whole[: len(whole) // 2])
        assert only(problems_of(lambda: target.restore(path))).kode == "P918"
        path.write_bytes(whole)
        behind_its_back(str(path), "UPDATE sakip_versi SET version_num = '0009'")
        assert only(problems_of(lambda: target.restore(path))).kode == "P904"
        other = tmp_path / "lain.db"
        behind_its_back(str(other), "CREATE TABLE belanja (id INTEGER)")
        assert only(problems_of(lambda: target.restore(other))).kode == "P918"
        assert only(problems_of(lambda: target.restore(tmp_path / "tiada"))).kode == "P918"
        assert only(problems_of(lambda: target.restore(tmp_path))).kode == "P918"
        path.write_bytes(whole)
        assert target.restore(path).peristiwa == 299


def test_a_backup_onto_a_full_disk_leaves_nothing(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def full(_fd: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SakipError) as caught:
        filled.backup(tmp_path / "cadangan")
    assert "P917" in str(caught.value)
    assert "No space left on device" in str(caught.value)
    assert [p.name for p in tmp_path.iterdir() if "cadangan" in p.name] == []
