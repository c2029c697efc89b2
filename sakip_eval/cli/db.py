"""`sakip db`: the database of the ledger: what is in it, backups, restoring, and its version."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.bahasa import Command, Group
from sakip_eval.cli.case_files import Cases
from sakip_eval.cli.options import Database, Folders, PenilaiOption, open_database
from sakip_eval.cli.output import FINDINGS, emit, print_problems
from sakip_eval.problems import SakipError

if TYPE_CHECKING:
    from sakip_eval.store.store import StoreStatus

app = typer.Typer(
    cls=Group,
    help="Basis data buku tindak lanjut: isi, cadangan, pemulihan, versi.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(cls=Command)
def status(
    db: Database = "sakip.db",
    periksa: Annotated[
        bool, typer.Option("--periksa", help="Periksa juga rantai, daftar rekomendasi, dan segel hasil.")
    ] = False,
) -> None:
    """Tampilkan isi basis data; tidak pernah membuat basis data baru.

    Kode keluar: 0 baik, 1 pemeriksaan menemukan yang tidak utuh, 2 tidak dapat dibuka.
    """
    with open_database(db, create=False) as store:
        emit(_table(store.status()), None)
        if not periksa:
            return
        problems = store.verify()
    if problems:
        sys.stdout.flush()
        print_problems(problems)
        raise typer.Exit(FINDINGS)
    emit("Periksa      : utuh (rantai, daftar rekomendasi, segel hasil)\n", None)


@app.command(cls=Command)
def cadang(
    keluaran: Annotated[
        Path,
        typer.Option("-o", "--keluaran", metavar="BERKAS", help="Berkas cadangan yang baru.", show_default=False),
    ],
    db: Database = "sakip.db",
) -> None:
    """Tulis cadangan yang utuh dan sudah diperiksa; berkas yang ada tidak ditimpa.

    SQLite menjadi satu berkas SQLite, PostgreSQL menjadi baris JSON. Keduanya dapat dipulihkan ke SQLite maupun
    PostgreSQL. Basis data boleh sedang dipakai.
    """
    with open_database(db, create=False) as store:
        made = store.backup(keluaran)
    emit(f"Cadangan {keluaran}: {_counted(made)}.\nKepala {made.kepala}\n", None)


@app.command(cls=Command)
def pulih(
    cadangan: Annotated[
        Path, typer.Argument(metavar="CADANGAN", help="Berkas dari sakip db cadang.", show_default=False)
    ],
    db: Database = "sakip.db",
) -> None:
    """Pulihkan cadangan ke basis data kosong; rantai dan segelnya diperiksa lebih dahulu."""
    with open_database(db) as store:
        made = store.restore(cadangan)
        place = store.place
    emit(f"Dipulihkan ke {place}: {_counted(made)}.\nKepala {made.kepala}\n", None)


@app.command(cls=Command)
def migrasi(db: Database = "sakip.db") -> None:
    """Siapkan basis data, atau naikkan ke versi program ini; seluruhnya atau tidak sama sekali."""
    from sakip_eval.documents.extras import require

    require("db", "Buku tindak lanjut")
    from sakip_eval.store.opening import migrate

    before, after = migrate(db)
    if before == after:
        emit(f"Basis data sudah versi {after}.\n", None)
    else:
        emit(f"Basis data versi {before or '(kosong)'} menjadi versi {after}.\n", None)


@app.command(cls=Command)
def susun(db: Database = "sakip.db") -> None:
    """Susun kembali daftar rekomendasi dari buku, bila rantainya utuh."""
    with open_database(db, create=False) as store:
        count = store.rebuild()
    emit(f"{count} rekomendasi disusun kembali dari buku.\n", None)


@app.command(cls=Command)
def simpan(
    kasus: Cases,
    penilai: PenilaiOption = None,
    db: Database = "sakip.db",
    folder: Folders = None,
) -> None:
    """Nilai kasus dan simpan hasilnya, beserta hasil tercetaknya bila ada; tidak pernah menimpa.

    Hasil yang sama disimpan sekali; hasil lain untuk tahun yang sama berdiri di sampingnya. Bila ada kasus yang tidak
    dapat dinilai, tidak ada yang disimpan.
    """
    from sakip_eval.cli.nilai import evaluate_all
    from sakip_eval.tindak_lanjut.terbitan import slug

    evaluations, problems = evaluate_all(kasus, penilai, folder or [])
    if problems:
        raise SakipError(problems)
    with open_database(db) as store:
        before = store.status()
        for evaluation in evaluations:
            name = slug(evaluation.case.instansi.nama)
            store.save_evaluation(name, evaluation)
            if evaluation.case.tercetak is not None:
                store.save_published(name, evaluation)
        after = store.status()
    emit(
        f"{after.evaluasi - before.evaluasi} hasil evaluasi dan {after.terbitan - before.terbitan} hasil terbitan "
        f"disimpan dari {len(evaluations)} kasus.\n",
        None,
    )


def _counted(found: StoreStatus) -> str:
    return (
        f"{found.rekomendasi} rekomendasi, {found.peristiwa} peristiwa, {found.evaluasi} hasil evaluasi, "
        f"{found.terbitan} hasil terbitan"
    )


def _table(found: StoreStatus) -> str:
    size = f"{found.ukuran / 1024:.0f} KB" if found.ukuran < 1024 * 1024 else f"{found.ukuran / 1024 / 1024:.1f} MB"
    lines = [
        ("Basis data", f"{found.tempat} ({found.jenis}, skema {found.skema}, {size})"),
        ("Instansi", str(found.instansi)),
        ("Rekomendasi", str(found.rekomendasi)),
        ("Peristiwa", str(found.peristiwa)),
        ("Evaluasi", str(found.evaluasi)),
        ("Terbitan", str(found.terbitan)),
        ("Kepala", found.kepala),
    ]
    return "".join(f"{name:<13}: {text}\n" for name, text in lines)
