"""A process of its own that writes to a ledger: `python -m tests.helpers.ledger_worker TASK PLACE ARGUMENTS...`."""

from __future__ import annotations

import os
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path

from sakip_eval import SakipError
from sakip_eval.store import open_store
from tests.helpers.databases import issued, planned


def say(text: object) -> None:
    print(text, flush=True)


def one_by_one(place: str, agency: str, count: str) -> None:
    """Append one event at a time, and say its number once it is stored."""
    with open_store(place, wait=60) as store:
        for number in range(1, int(count) + 1):
            store.append([issued(number, agency=agency)])
            say(number)


def eight(place: str, agency: str, count: str) -> None:
    """Be eight processes, each of which appends for an agency of its own, and say how each ended."""
    # Loaded once, before the fork, and not eight times.
    for module in (
        "alembic.command",
        "psycopg",
        "sqlalchemy.dialects.postgresql.psycopg",
        "sakip_eval.store.opening",
    ):
        import_module(module)
    children = []
    for number in range(8):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                with open_store(place, wait=60) as store:
                    for n in range(1, int(count) + 1):
                        store.append([issued(n, agency=f"{agency}-{number}")])
                code = 0
            except SakipError as error:
                print(error, file=sys.stderr, flush=True)
            finally:
                os._exit(code)
        children.append(child)
    say([os.waitpid(child, 0)[1] for child in children])


def at_once(place: str, agency: str, count: str) -> None:
    """Say `mulai`, append all events in one batch, and say `selesai`."""
    with open_store(place) as store:
        events = [issued(number, agency=agency) for number in range(1, int(count) + 1)]
        say("mulai")
        store.append(events)
        say("selesai")


def same(place: str, agency: str, count: str) -> None:
    """Issue and plan the same recommendations that others issue; say which ones it was first with."""
    with open_store(place, wait=60) as store:
        for number in range(1, int(count) + 1):
            try:
                store.append([issued(number, agency=agency), planned(number, agency=agency)])
                say(number)
            except SakipError as error:
                say(error.problems[0].kode)


def until_full(place: str, agency: str, limit: str) -> None:
    """Append until the file may not grow beyond `limit` bytes; say what was stored, then the code of the problem."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    with open_store(place) as store:
        number = 0
        try:
            while number < 5000:
                store.append([issued(n, agency=agency) for n in range(number + 1, number + 101)])
                number += 100
                say(number)
        except SakipError as error:
            say(error.problems[0])


def as_nobody(place: str, agency: str, _: str) -> None:
    """Read and append as a user who may not write, and say what comes of it."""
    # Everything that is needed later is imported now: that user may not read the interpreter's folder.
    warm = f"{place}.hangat"
    with open_store(warm) as store:
        store.append([issued(1)])
        store.verify()
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    try:
        Path(place).open("ab").close()
    except PermissionError:
        say("tanpa izin tulis")
    with open_store(place, create=False) as store:
        say(len(store.states(instansi=agency)))
        try:
            store.append([issued(900, agency=agency)])
            say("tersimpan")
        except SakipError as error:
            say(error.problems[0])


if __name__ == "__main__":
    {f.__name__: f for f in (one_by_one, eight, at_once, same, until_full, as_nobody)}[sys.argv[1]](*sys.argv[2:5])
