"""`sakip tl impor`: an existing follow-up table into the ledger, all of it or nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.options import Database, open_database
from sakip_eval.cli.output import FINDINGS, GOOD, emit, printable
from sakip_eval.cli.tl_options import Peran, acting_day, day
from sakip_eval.problems import Location, Problem, SakipError

if TYPE_CHECKING:
    from sakip_eval.tindak_lanjut.impor import Tujuan
    from sakip_eval.tindak_lanjut.impor_model import TindakLanjutFile
    from sakip_eval.tindak_lanjut.state import State


def impor(
    berkas: Annotated[
        Path, typer.Argument(metavar="BERKAS", help="Tabel tindak lanjut (.xlsx, .csv, .yaml).", show_default=False)
    ],
    instansi: Annotated[
        str | None,
        typer.Option(
            "--instansi", metavar="NAMA", help="Nama dalam id, misalnya kecamatan-pelaihari.", show_default=False
        ),
    ] = None,
    tahun: Annotated[
        int | None,
        typer.Option(
            "--tahun", metavar="TAHUN", min=1990, max=2100, help="Tahun kinerja yang dievaluasi.", show_default=False
        ),
    ] = None,
    peran: Annotated[
        Peran | None,
        typer.Option(
            "--peran",
            metavar="evaluator|instansi",
            help="Hanya yang boleh dicatat peran ini: evaluator menerbitkan, instansi menjawab.",
            show_default=False,
        ),
    ] = None,
    penerbit: Annotated[
        str | None,
        typer.Option("--penerbit", metavar="UNIT", help="Unit yang menerbitkan rekomendasinya.", show_default=False),
    ] = None,
    tanggal_terbit: Annotated[
        str | None,
        typer.Option("--tanggal-terbit", metavar="TTTT-BB-HH", help="Tanggal LHE-nya.", show_default=False),
    ] = None,
    pelaku: Annotated[
        str | None,
        typer.Option(
            "--pelaku", metavar="JABATAN", help="Jabatan atau unit yang melaporkan jawabannya.", show_default=False
        ),
    ] = None,
    tanggal: Annotated[
        str | None,
        typer.Option(
            "--tanggal", metavar="TTTT-BB-HH", help="Tanggal jawabannya; bawaan hari ini.", show_default=False
        ),
    ] = None,
    lembar: Annotated[
        str | None,
        typer.Option("--lembar", metavar="LEMBAR", help="Lembar .xlsx yang dibaca.", show_default=False),
    ] = None,
    uji_coba: Annotated[
        bool, typer.Option("--uji-coba", help="Tampilkan yang akan diimpor; tidak ada yang dicatat.")
    ] = False,
    db: Database = "sakip.db",
) -> None:
    """Impor tabel tindak lanjut yang sudah ada; yang tercetak Selesai dicatat sebagai laporan, bukan verifikasi.

    Satu masalah saja membatalkan semuanya. Kode keluar: 0 diimpor, 1 diimpor dan ada yang perlu dilihat, 2 batal.
    """
    from sakip_eval.cli.tl_berkas import read_file
    from sakip_eval.render.tl_impor_text import render_import
    from sakip_eval.tindak_lanjut.impor import Tujuan, plan_import

    head, bacaan = read_file(berkas, lembar)
    name, year = _agency(berkas, head, instansi), _year(berkas, head, tahun)
    if bad := [p for p in (name, year) if isinstance(p, Problem)]:
        raise SakipError([*bad, *(p for p in bacaan.masalah if p.tingkat == "galat")])
    assert isinstance(name, str)
    assert isinstance(year, int)
    wanted = Tujuan(
        name,
        year,
        str(berkas),
        penerbit or (head.penerbit if head else None),
        _day(tanggal_terbit, head.tanggal_terbit if head else None),
        pelaku or (head.pelapor if head else None),
        _day(tanggal, head.tanggal_lapor if head else None) or acting_day(None),
        None if peran is None else peran.value,
    )
    if peran is Peran.evaluator and pelaku is not None and penerbit is None:
        wanted = replace(wanted, penerbit=pelaku)
    # Planned before the database is opened for writing: a table that is refused leaves no trace, not even a file.
    result = plan_import(bacaan, wanted, _known(db, wanted))
    if result.galat:
        places = len({problem.lokasi for problem in result.galat})
        print(f"Impor dibatalkan: {places} tempat bermasalah, tidak ada yang dicatat.", file=sys.stderr)
        raise SakipError(result.galat)
    done = "Uji coba: tidak ada yang dicatat." if uji_coba else "Tidak ada yang dicatat."
    if result.events and not uji_coba:
        with open_database(db, create=True) as store:
            store.append(result.events)
            done = f"Dicatat di {store.place}."
    emit(render_import(result, full=uji_coba) + printable(done) + "\n", None)
    raise typer.Exit(FINDINGS if result.peringatan else GOOD)


def _agency(path: Path, head: TindakLanjutFile | None, given: str | None) -> str | Problem:
    own = head.instansi if head is not None else None
    if own is not None and given is not None and own != given:
        return _said_twice(path, "instansi", own, given)
    return given or own or _missing(path, "Instansi", "--instansi kecamatan-pelaihari")


def _year(path: Path, head: TindakLanjutFile | None, given: int | None) -> int | Problem:
    own = head.tahun if head is not None else None
    if own is not None and given is not None and own != given:
        return _said_twice(path, "tahun", str(own), str(given))
    return given or own or _missing(path, "Tahun kinerja", "--tahun 2022")


def _missing(path: Path, what: str, option: str) -> Problem:
    return Problem(
        "I910",
        Location(str(path)),
        f"{what} belum disebut",
        "Id rekomendasi memuat instansi dan tahun kinerja",
        f"Pakai {option}",
    )


def _said_twice(path: Path, key: str, own: str, given: str) -> Problem:
    return Problem(
        "I910",
        Location(str(path)),
        f"Berkas menyebut {key} {own}, opsi menyebut {given}",
        "Rekomendasi akan masuk ke tempat yang salah",
        f"Hapus --{key}, atau perbaiki berkasnya",
    )


def _day(option: str | None, own: date | None) -> date | None:
    """Return a day that is not still to come. Raises as `acting_day`."""
    found = day(option) if option is not None else own
    return None if found is None else acting_day(found.isoformat())


def _known(db: str, wanted: Tujuan) -> dict[str, State]:
    """Return what the ledger holds; a database file that is not there yet holds nothing."""
    if "://" not in db and not Path(db).exists():
        return {}
    with open_database(db, create=False) as store:
        return {state.id: state for state in store.states(instansi=wanted.instansi, tahun=wanted.tahun)}
