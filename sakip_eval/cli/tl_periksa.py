"""`sakip tl mutu` and `sakip tl verifikasi-rantai`: are the claims worth anything, and is the ledger whole?"""

from __future__ import annotations

from itertools import groupby

import typer

from sakip_eval.cli.options import Database, Keluaran, open_database
from sakip_eval.cli.output import FINDINGS, GOOD, emit
from sakip_eval.cli.tl_options import (
    Format,
    FormatOption,
    InstansiOption,
    PerTanggal,
    TahunOption,
    check_agency,
    day,
    today,
)
from sakip_eval.problems import Location, Problem, SakipError


def mutu(
    instansi: InstansiOption = None,
    tahun: TahunOption = None,
    per_tanggal: PerTanggal = None,
    format: FormatOption = Format.tabel,
    keluaran: Keluaran = None,
    db: Database = "sakip.db",
) -> None:
    """Periksa mutu laporan tindak lanjut: bukti, tanggal, syarat, pengulangan, yang tidak dijawab.

    Kode keluar: 0 tanpa temuan, 1 ada temuan, 2 masukan tidak dapat dipakai.
    """
    from sakip_eval.tindak_lanjut.mutu import check

    when = day(per_tanggal) if per_tanggal is not None else today()
    with open_database(db, create=False) as store:
        check_agency(store, instansi)
        states = store.states(instansi=instansi, tahun=tahun)
    found = {agency: check(list(group), when) for agency, group in groupby(states, key=lambda state: state.instansi)}
    if format is Format.tabel:
        from sakip_eval.render.tl_text import render_findings

        pieces = [render_findings(agency, items, agency) for agency, items in found.items()]
        emit("\n".join(pieces) or "Belum ada rekomendasi.\n", keluaran)
    else:
        from sakip_eval.render.tl_data import findings_csv, findings_json

        emit(findings_json(found) if format is Format.json else findings_csv(found), keluaran, exact=True)
    raise typer.Exit(FINDINGS if any(found.values()) else GOOD)


def verifikasi_rantai(
    kepala: str | None = typer.Option(
        None,
        "--kepala",
        metavar="HASH",
        help="Hash kepala yang pernah dicatat (misalnya pada LHE); harus ada dalam rantai.",
        show_default=False,
    ),
    db: Database = "sakip.db",
) -> None:
    """Periksa seluruh rantai buku besar dan sebut entri pertama yang tidak utuh."""
    with open_database(db, create=False) as store:
        found = store.broken()
        if found is not None:
            raise SakipError(
                [
                    Problem(
                        "T911",
                        Location(store.place),
                        f"Rantai putus pada entri {found.seq}: {found.apa}",
                        "Sejak entri itu isi buku ini tidak dapat dipercaya",
                        "Pulihkan cadangan yang rantainya utuh dengan `sakip db pulih`",
                    )
                ]
            )
        if kepala is not None and not any(entry.hash.startswith(kepala.lower()) for entry in store.entries()):
            raise SakipError(
                [
                    Problem(
                        "T912",
                        Location(store.place),
                        f"Hash {kepala[:16]} tidak ada dalam rantai ini",
                        "Buku ini bukan buku yang dirujuk, atau bagian akhirnya telah dihapus",
                        "Periksa hash yang tercetak, atau pulihkan cadangan dengan `sakip db pulih`",
                    )
                ]
            )
        now = store.status()
    emit(f"Rantai utuh: {now.peristiwa} entri, kepala\n{now.kepala}\n", None)
