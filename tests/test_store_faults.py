"""What a ledger has to survive, each for real: killed processes, full disks, lost servers, others who write."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from sakip_eval.problems import Location
from sakip_eval.store import open_store
from sakip_eval.store.engine import reading
from sakip_eval.store.opening import migrate
from tests.conftest import ROOT
from tests.helpers.databases import (
    AGENCY,
    BOTH,
    behind_its_back,
    claimed,
    issued,
    name_of,
    new_place,
    planned,
    ready_place,
    verified,
)
from tests.helpers.files import only, problems_of
from tests.helpers.postgres import Server, running


def worker(task: str, place: str, agency: str = AGENCY, argument: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.ledger_worker", task, place, agency, str(argument)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def lines_of(process: subprocess.Popen[str]) -> list[str]:
    """All that a worker that ends well has said."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.splitlines()


# ---- Killed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BOTH)
def test_killed_in_the_middle_of_1000_appends_every_acknowledged_entry_is_there(
    kind: str, tmp_path: Path, postgresql: Server
) -> None:
    place = ready_place(kind, tmp_path, postgresql)
    acknowledged = 0
    with worker("one_by_one", place, argument=1000) as process:
        assert process.stdout is not None
        for line in process.stdout:
            acknowledged = int(line)
            if acknowledged == 250:
                os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert 250 <= acknowledged < 1000
    with open_store(place) as store:
        stored = [entry.event.rekomendasi for entry in store.entries()]
        # One more may have been stored without having been said.
        assert stored[:acknowledged] == [name_of(n) for n in range(1, acknowledged + 1)]
        assert len(stored) - acknowledged in (0, 1)
        assert store.verify() == []
        store.append([issued(len(stored) + 1)])


@pytest.mark.parametrize("kind", BOTH)
def test_killed_in_the_middle_of_one_batch_nothing_of_it_is_there(
    kind: str, tmp_path: Path, postgresql: Server
) -> None:
    place = ready_place(kind, tmp_path, postgresql)
    with worker("at_once", place, argument=9000) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "mulai\n"
        os.kill(process.pid, signal.SIGKILL)
        assert process.stdout.read() == "", "it ended before it was killed: make the batch larger"
    with open_store(place) as store:
        assert (store.entries(), store.states(), store.verify()) == ([], [], [])
        store.append([issued(1)])


def test_a_server_that_crashes_keeps_what_it_acknowledged_and_is_found_again(tmp_path: Path) -> None:
    with running() as server:
        place = server.create()
        with open_store(place) as store:
            store.append([issued(n) for n in range(1, 51)])
            server.stop(signal.SIGQUIT)
            problem = only(problems_of(store.head))
            assert problem.kode == "P909"
            assert "tidak terjangkau" in problem.apa
            assert only(problems_of(lambda: store.append([issued(51)]))).kode == "P909"
            assert only(problems_of(lambda: open_store(place))).kode == "P909"
            server.start()
            # The same store, opened before the crash.
            store.append([issued(51)])
            assert len(store.entries()) == 51
            assert store.verify() == []


# ---- Several at once -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BOTH)
def test_8_processes_append_at_once_to_a_database_that_none_has_made_yet(
    kind: str, tmp_path: Path, postgresql: Server
) -> None:
    place = new_place(kind, tmp_path, postgresql)
    agencies = [f"dinas-{n}" for n in range(8)]
    assert lines_of(worker("eight", place, "dinas", 25)) == [str([0] * 8)]
    with open_store(place) as store:
        entries = store.entries()
        assert [entry.seq for entry in entries] == list(range(1, 201))
        for agency in agencies:
            told = [entry.event.rekomendasi for entry in entries if f"{agency}/" in entry.event.rekomendasi]
            assert told == [name_of(n, agency=agency) for n in range(1, 26)]
        assert store.verify() == []


@pytest.mark.parametrize("kind", BOTH)
def test_of_two_processes_that_issue_the_same_number_one_is_refused(
    kind: str, tmp_path: Path, postgresql: Server
) -> None:
    place = ready_place(kind, tmp_path, postgresql)
    first, second = [lines_of(p) for p in [worker("same", place, argument=20) for _ in range(2)]]
    for number, (one, other) in enumerate(zip(first, second, strict=True), start=1):
        assert {one, other} == {str(number), "T902"}
    with open_store(place) as store:
        assert len(store.entries()) == 40
        assert store.verify() == []


@pytest.mark.parametrize("kind", BOTH)
def test_who_waits_too_long_for_another_writer_is_told(kind: str, tmp_path: Path, postgresql: Server) -> None:
    place = ready_place(kind, tmp_path, postgresql)
    with open_store(place) as other, open_store(place, wait=0.2) as store:
        store.append([issued(1)])
        with other._writing():
            problem = only(problems_of(lambda: store.append([issued(2)])))
            assert problem.kode == "P908"
            assert "dipakai proses lain" in problem.apa
            # Reading goes on meanwhile.
            assert len(store.entries()) == 1
        store.append([issued(2)])
        assert store.verify() == []


@pytest.mark.parametrize("kind", BOTH)
def test_a_reader_sees_one_moment_while_another_appends(kind: str, tmp_path: Path, postgresql: Server) -> None:
    place = ready_place(kind, tmp_path, postgresql)
    with open_store(place) as writer, open_store(place) as reader:
        writer.append([issued(1)])
        with reading(reader._engine) as connection:
            count = text("SELECT count(*) FROM ledger")
            assert connection.execute(count).scalar() == 1
            writer.append([issued(2)])
            assert connection.execute(count).scalar() == 1
        assert len(reader.entries()) == 2


# ---- No room, no permission ------------------------------------------------------------------------------------


@contextmanager
def small_disk(size: str) -> Iterator[Path | None]:
    """A file system of that size, None where this user may not make one."""
    folder = Path(tempfile.mkdtemp(prefix="sakip-penuh-", dir="/tmp"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True)
    try:
        yield folder if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


def test_a_limit_on_the_size_of_files_leaves_a_whole_sqlite_ledger(tmp_path: Path) -> None:
    place = ready_place("sqlite", tmp_path, None)
    _check_full(place, lines_of(worker("until_full", place, argument=1_000_000)))


def test_a_full_disk_leaves_a_whole_sqlite_ledger(tmp_path: Path) -> None:
    with small_disk("2m") as folder:
        # Where nothing may be mounted, the test above is what there is.
        place = ready_place("sqlite", folder or tmp_path, None)
        limit = 10**9 if folder else 1_000_000
        _check_full(place, lines_of(worker("until_full", place, argument=limit)))


def _check_full(place: str, said: list[str]) -> None:
    stored, problem = said[:-1], said[-1]
    assert stored, "it was full before anything was stored"
    assert "P907: Disk penuh" in problem
    assert "Tidak ada yang tersimpan setengah" in problem
    with open_store(place, create=False) as store:
        assert len(store.entries()) == int(stored[-1])
        assert store.verify() == []


def test_a_full_disk_leaves_a_whole_postgresql_ledger(postgresql: Server) -> None:
    with small_disk("12m") as folder, ExitStack() as after:
        if folder is None:
            # Only root may make a small disk. What the server says then is known: SQLSTATE 53100.
            place = postgresql.create()
            open_store(place).close()
            behind_its_back(
                place,
                "CREATE FUNCTION penuh() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
                "'No space left on device' USING ERRCODE = '53100'; END $$",
                "CREATE TRIGGER penuh AFTER INSERT ON ledger FOR EACH ROW WHEN (NEW.seq > 150) "
                "EXECUTE FUNCTION penuh()",
            )
        else:
            shutil.chown(folder, "postgres")
            postgresql.execute(f"CREATE TABLESPACE kecil LOCATION '{folder}'")
            after.callback(postgresql.execute, "DROP TABLESPACE kecil")
            place = postgresql.create(tablespace="kecil")
            after.callback(postgresql.execute, f"DROP DATABASE {place.split('?')[0].rsplit('/')[-1]} WITH (FORCE)")
        said: list[str] = []
        with open_store(place) as store:
            while len(said) < 100:
                start = len(said) * 100
                batch = [issued(n) for n in range(start + 1, start + 101)]
                try:
                    store.append(batch)
                except Exception:
                    said.append(str(only(problems_of(lambda events=batch: store.append(events)))))  # type: ignore[misc]
                    break
                said.append(str(start + 100))
        _check_full(place, said)


def test_a_read_only_file_can_be_read_and_says_why_it_cannot_be_written() -> None:
    folder = Path(tempfile.mkdtemp(prefix="sakip-baca-", dir="/tmp"))
    try:
        place = ready_place("sqlite", folder, None)
        with open_store(place) as store:
            store.append([issued(1)])
        open_store(f"{place}.hangat").close()
        Path(place).chmod(0o444)
        folder.chmod(0o555)
        before = Path(place).read_bytes()
        said = lines_of(worker("as_nobody", place))
        assert said[:2] == ["tanpa izin tulis", "1"]
        assert "P906: Basis data hanya dapat dibaca" in said[2]
        assert Path(place).read_bytes() == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_server_that_only_reads_says_so(postgresql: Server) -> None:
    place = postgresql.create()
    with open_store(place) as store:
        store.append([issued(1)])
    name = place.split("?")[0].rsplit("/")[-1]
    postgresql.execute(f"ALTER DATABASE {name} SET default_transaction_read_only TO on")
    with open_store(place) as store:
        assert len(store.states()) == 1
        assert only(problems_of(lambda: store.append([issued(2)]))).kode == "P906"


# ---- Not ours, not there ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize(("version", "kode"), [("0002", "P904"), ("9999", "P904"), ("bukan", "P904")])
def test_a_database_of_a_newer_version_is_left_alone(
    kind: str, tmp_path: Path, postgresql: Server, version: str, kode: str
) -> None:
    place = new_place(kind, tmp_path, postgresql)
    with open_store(place) as store:
        store.append([issued(1)])
    behind_its_back(place, f"UPDATE sakip_versi SET version_num = '{version}'")
    for attempt in (lambda: open_store(place), lambda: open_store(place, create=False), lambda: migrate(place)):
        problem = only(problems_of(attempt))
        assert problem.kode == kode
        assert f"versi {version}, lebih baru" in problem.apa
    behind_its_back(place, "UPDATE sakip_versi SET version_num = '0001'")
    with open_store(place) as store:
        assert len(store.entries()) == 1


@pytest.mark.parametrize("kind", BOTH)
def test_a_migration_that_fails_leaves_nothing(
    kind: str, tmp_path: Path, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sakip_eval.store import opening

    place = new_place(kind, tmp_path, postgresql)
    whole = opening._run_migrations

    def breaks(connection: object) -> None:
        whole(connection)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(opening, "_run_migrations", breaks)
    with pytest.raises(KeyboardInterrupt):
        open_store(place)
    monkeypatch.undo()
    assert only(problems_of(lambda: open_store(place, create=False))).kode == "P902"
    assert migrate(place) == (None, "0001")
    assert migrate(place) == ("0001", "0001")


@pytest.mark.parametrize("kind", BOTH)
def test_a_database_of_another_program_is_left_alone(kind: str, tmp_path: Path, postgresql: Server) -> None:
    place = new_place(kind, tmp_path, postgresql)
    if kind == "sqlite":
        behind_its_back(place, "CREATE TABLE belanja (id INTEGER)")
    else:
        behind_its_back(place, "CREATE SCHEMA sakip", "CREATE TABLE sakip.belanja (id INTEGER)")
    for attempt in (lambda: open_store(place), lambda: migrate(place)):
        problem = only(problems_of(attempt))
        assert problem.kode == "P903"
        assert "belanja" in problem.apa


def test_tables_beside_our_schema_are_none_of_our_business(postgresql: Server) -> None:
    place = postgresql.create()
    behind_its_back(place, "SET search_path TO public", "CREATE TABLE ledger (id INTEGER)")
    with open_store(place) as store:
        store.append([issued(1)])
        assert store.verify() == []


@pytest.mark.parametrize("content", [b"bukan basis data, hanya teks\n" * 200, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "laporan.docx"
    path.write_bytes(content)
    problem = only(problems_of(lambda: open_store(str(path))))
    assert problem.kode in ("P903", "P911")
    assert problem.lokasi == Location(str(path))
    assert path.read_bytes() == content


def test_a_torn_file_is_damage_and_no_crash(tmp_path: Path) -> None:
    place = ready_place("sqlite", tmp_path, None)
    with open_store(place) as store:
        store.append([issued(n) for n in range(1, 400)])
    path = Path(place)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    problem = only(problems_of(lambda: open_store(place).verify()))
    assert problem.kode == "P911"
    assert "sakip db pulih" in problem.perbaikan


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "tiada.db"
    problem = only(problems_of(lambda: open_store(str(missing), create=False)))
    assert (problem.kode, "berkas tidak ada" in problem.apa) == ("P902", True)
    assert not missing.exists()
    assert only(problems_of(lambda: open_store(str(tmp_path)))).kode == "P902"
    assert only(problems_of(lambda: open_store(str(tmp_path / "tiada" / "a.db")))).kode == "P902"
    empty = tmp_path / "kosong.db"
    empty.touch()
    assert only(problems_of(lambda: open_store(str(empty), create=False))).kode == "P902"
    with open_store(str(empty)) as store:
        assert store.verify() == []


@pytest.mark.parametrize(
    "place",
    ["mysql://server/a", "postgresql://pengguna:rahasia@server", "sqlite://", "sqlite:///:memory:", "sqlite:///a?mode=ro",
     "http://pengguna:rahasia@server/a", "://", "postgresql://pengguna:rahasia@server:bukanangka/a", "", " ", "a\0b"],
)  # fmt: skip
def test_an_address_that_means_nothing_is_refused_without_its_password(place: str) -> None:
    problem = only(problems_of(lambda: open_store(place)))
    assert problem.kode == "P901"
    assert "rahasia" not in str(problem)


def test_a_file_may_have_any_name(tmp_path: Path) -> None:
    for name in ("buku?mode=ro#x.db", "100% pasti.db", "file:a.db", ":memory:", "buku tindak lanjut é.db"):
        place = tmp_path / name
        with open_store(str(place)) as store:
            store.append([issued(1)])
        assert place.read_bytes().startswith(b"SQLite format 3\0")


# ---- Servers ---------------------------------------------------------------------------------------------------


def test_a_connection_lost_between_two_calls_is_made_anew(postgresql: Server) -> None:
    place = postgresql.ready()
    with open_store(place) as store:
        store.append([issued(1)])
        _hang_up(postgresql, place)
        store.append([issued(2)])
        assert len(store.entries()) == 2


def _hang_up(server: Server, place: str) -> None:
    name = place.split("?")[0].rsplit("/")[-1]
    server.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")


def test_a_connection_lost_in_the_middle_of_an_append_leaves_nothing(
    postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sakip_eval.store import ledger, projection

    place = postgresql.ready()

    def hangs_up(*arguments: object) -> None:
        projection.write_states(*arguments)  # type: ignore[arg-type]
        _hang_up(postgresql, place)

    with open_store(place) as store:
        store.append([issued(1)])
        monkeypatch.setattr(ledger, "write_states", hangs_up)
        problem = only(problems_of(lambda: store.append([issued(2), issued(3)])))
        monkeypatch.undo()
        assert problem.kode == "P909"
        assert "tersimpan seluruhnya atau tidak sama sekali" in problem.mengapa
        assert [state.id for state in store.states()] == [name_of(1)]
        assert store.verify() == []
        store.append([issued(2), issued(3)])


def test_a_server_that_is_not_there_or_lets_nobody_in(postgresql: Server) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"postgresql://pengguna:rahasia@127.0.0.1:{taken.getsockname()[1]}/a"
        problem = only(problems_of(lambda: open_store(nobody)))
        assert problem.kode == "P909"
        assert "rahasia" not in str(problem)
    assert only(problems_of(lambda: open_store(postgresql.url("tiada")))).kode == "P902"
    stranger = postgresql.url("postgres").replace("postgres@", "orang_asing:rahasia@")
    problem = only(problems_of(lambda: open_store(stranger)))
    assert (problem.kode, "rahasia" in str(problem)) == ("P912", False)


def test_a_user_who_may_not_make_tables_is_told(postgresql: Server) -> None:
    place = postgresql.create()
    postgresql.execute("CREATE ROLE tamu LOGIN")
    guest = place.replace("postgres@", "tamu@")
    assert only(problems_of(lambda: open_store(guest))).kode == "P912"
    with open_store(place) as store:
        store.append([issued(1)])
    assert only(problems_of(lambda: open_store(guest))).kode == "P912"


# ---- A large batch ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BOTH)
def test_a_batch_of_5000_of_which_40_are_bad(kind: str, tmp_path: Path, postgresql: Server) -> None:
    place = ready_place(kind, tmp_path, postgresql)
    numbers = range(1, 1251)
    events = [e for n in numbers for e in (issued(n), planned(n), claimed(n), verified(n))]
    places = [Location("tindak-lanjut.xlsx", row, 1, "TL") for row in range(2, 5002)]
    bad = range(7, 5000, 125)
    broken = list(events)
    for at in bad:
        # Whatever follows on the same recommendation is not reported: it may only follow from this.
        wrong = "instansi" if events[at].peran == "evaluator" else "evaluator"
        broken[at] = replace(events[at], peran=wrong)  # type: ignore[arg-type]
    assert len(bad) == 40
    with open_store(place) as store:
        problems = problems_of(lambda: store.append(broken, places))
        assert [p.lokasi.line for p in problems] == [at + 2 for at in bad]
        assert {p.kode for p in problems} == {"T903"}
        assert (store.entries(), store.states(), store.agencies()) == ([], [], [])
        assert len(store.append(events, places)) == 5000
        assert len(store.states(status="sesuai")) == 1250
        assert store.verify() == []
