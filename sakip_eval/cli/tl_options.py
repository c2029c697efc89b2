"""Options that the commands of `sakip tl` share, and the way from them to the store."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.problems import Location, Problem, SakipError, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sakip_eval.store.store import Store
    from sakip_eval.tindak_lanjut.state import State


class Peran(StrEnum):
    """Who acts."""

    evaluator = "evaluator"
    instansi = "instansi"


class Format(StrEnum):
    """How lists are printed."""

    tabel = "tabel"
    json = "json"
    csv = "csv"


def day(text: str) -> date:
    """Read an option's day. Raises a wrong command line for anything but 2023-06-27."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise typer.BadParameter(f"`{text}` bukan tanggal; tulis misalnya 2023-06-27")


def today() -> date:
    """Return the day it is here: the one place where follow-up asks a clock."""
    return datetime.now().astimezone().date()


IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="Id rekomendasi: <instansi>/<tahun>/<nomor>.", show_default=False)
]
Pelaku = Annotated[
    str,
    typer.Option(
        "--pelaku",
        metavar="JABATAN",
        help="Jabatan atau unit yang melakukannya, bukan nama orang.",
        show_default=False,
    ),
]
PeranInstansi = Annotated[Peran, typer.Option("--peran", metavar="evaluator|instansi", help="Bertindak sebagai apa.")]
Tanggal = Annotated[
    str | None,
    typer.Option("--tanggal", metavar="TTTT-BB-HH", help="Tanggal kejadiannya; bawaan hari ini.", show_default=False),
]
PerTanggal = Annotated[
    str | None,
    typer.Option(
        "--per-tanggal", metavar="TTTT-BB-HH", help="Keadaan per tanggal ini; bawaan hari ini.", show_default=False
    ),
]
InstansiOption = Annotated[
    str | None,
    typer.Option("--instansi", metavar="NAMA", help="Hanya instansi ini (nama dalam id).", show_default=False),
]
TahunOption = Annotated[
    int | None,
    typer.Option("--tahun", metavar="TAHUN", min=1990, max=2100, help="Hanya tahun kinerja ini.", show_default=False),
]
FormatOption = Annotated[Format, typer.Option("--format", metavar="tabel|json|csv", help="Bentuk keluaran.")]


def acting_day(text: str | None) -> date:
    """Return the day of an act. Raises `SakipError` (T922) where it has not come yet."""
    now = today()
    wanted = now if text is None else day(text)
    if wanted > now:
        raise SakipError(
            [
                Problem(
                    "T922",
                    Location("--tanggal"),
                    f"Tanggal {wanted} belum tiba",
                    "Buku besar mencatat yang sudah terjadi",
                    "Catat setelah terjadi; yang akan datang masuk ke rencana aksi (--mulai, --selesai)",
                )
            ]
        )
    return wanted


def state_of(store: Store, name: str) -> State:
    """Return one recommendation. Raises `SakipError`: T910 for what is no id, T923 where there is none of that id."""
    from sakip_eval.tindak_lanjut.events import LedgerError, split_id

    try:
        agency = split_id(name)[0]
    except LedgerError as error:
        raise SakipError([error.problem(Location(name))]) from None
    found = store.state(name)
    if found is None:
        known = [state.id for state in store.states(instansi=agency)] or store.agencies()
        raise SakipError([unknown("T923", name, f"Rekomendasi `{name}` tidak ada", known, store.place)])
    return found


def check_agency(store: Store, name: str | None) -> None:
    """Refuse an agency that the ledger does not know (T923): nothing found would look like nothing to do."""
    if name is not None and name not in (known := store.agencies()):
        raise SakipError([unknown("T923", name, f"Instansi `{name}` tidak ada dalam buku ini", known, store.place)])


def unknown(kode: str, name: str, apa: str, known: Iterable[str], place: str) -> Problem:
    """Return the problem of a name that matches nothing."""
    listed = list(known)
    mend = (
        suggest(name, listed) if listed else "Buku ini masih kosong; mulai dengan `sakip tl terbit` atau `tl impor`"
    )
    return Problem(
        kode, Location(place), apa, "Hanya yang pernah diterbitkan yang dapat dilihat atau ditindaklanjuti", mend
    )


def file_problem(kode: str, path: Path, apa: str, perbaikan: str) -> SakipError:
    """Return the error of a file that cannot be used as evidence."""
    return SakipError([Problem(kode, Location(str(path)), apa, "Data dukung dikenali dari sha256 isinya", perbaikan)])
