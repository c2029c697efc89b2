"""`sakip tl daftar`, `riwayat`, `matriks`, `mirip`, `ekspor`: what is in the ledger; nothing is written to it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sakip_eval.cli.options import Database, Keluaran, open_database
from sakip_eval.cli.output import emit, emit_bytes
from sakip_eval.cli.tl_options import (
    Format,
    FormatOption,
    IdArgument,
    InstansiOption,
    PerTanggal,
    TahunOption,
    check_agency,
    day,
    state_of,
    today,
)

if TYPE_CHECKING:
    from sakip_eval.tindak_lanjut.rekap import Rekap


class Saringan(StrEnum):
    """What a list can be narrowed to: a status in force, or a stage."""

    terbuka = "terbuka"
    terbit = "terbit"
    rencana = "rencana"
    dilaporkan = "dilaporkan"
    ditanggapi = "ditanggapi"
    sesuai = "sesuai"
    belum_sesuai = "belum-sesuai"
    belum_ditindaklanjuti = "belum-ditindaklanjuti"
    tidak_dapat_ditindaklanjuti = "tidak-dapat-ditindaklanjuti"
    dilanjutkan = "dilanjutkan"
    dibuka_kembali = "dibuka-kembali"


class Menurut(StrEnum):
    """What percentages are grouped by."""

    tahun = "tahun"
    komponen = "komponen"


_Status = Annotated[
    Saringan | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="Tahap (terbit, rencana, dilaporkan, ditanggapi, dilanjutkan, dibuka-kembali), hasil verifikasi "
        "(sesuai, belum-sesuai, belum-ditindaklanjuti, tidak-dapat-ditindaklanjuti), atau terbuka.",
        show_default=False,
    ),
]
_LewatTempo = Annotated[
    bool, typer.Option("--lewat-tempo", help="Hanya yang lewat tempo: terbuka, belum terverifikasi, batasnya lewat.")
]


def daftar(
    status: _Status = None,
    instansi: InstansiOption = None,
    tahun: TahunOption = None,
    lewat_tempo: _LewatTempo = False,
    per_tanggal: PerTanggal = None,
    batas: Annotated[
        int, typer.Option("--batas", metavar="N", min=0, help="Baris tabel paling banyak; 0 berarti semua.")
    ] = 1000,
    format: FormatOption = Format.tabel,
    keluaran: Keluaran = None,
    db: Database = "sakip.db",
) -> None:
    """Daftar rekomendasi dengan keadaannya, menurut instansi dan tahun.

    Tabel memuat paling banyak 1000 baris (--batas) dan mengatakannya; JSON dan CSV selalu memuat semua.
    """
    when = day(per_tanggal) if per_tanggal is not None else today()
    with open_database(db, create=False) as store:
        check_agency(store, instansi)
        late = when if lewat_tempo else None
        most = batas if batas and format is Format.tabel else None
        states = store.states(instansi=instansi, tahun=tahun, lewat_tempo=late, paling_banyak=most, **_filter(status))
    if format is Format.json:
        from sakip_eval.render.tl_data import states_json

        emit(states_json(states, when), keluaran, exact=True)
    elif format is Format.csv:
        from sakip_eval.render.tl_data import states_csv

        emit(states_csv(states, when), keluaran, exact=True)
    else:
        from sakip_eval.render.tl_text import render_list

        emit(render_list(states, when, states.seluruhnya), keluaran)


def _filter(status: Saringan | None) -> dict[str, Any]:
    """Return what to ask the store for; a status counts while the verification that found it is the last word."""
    if status is None:
        return {}
    if status is Saringan.terbuka:
        return {"terbuka": True}
    verified = status.name in ("sesuai", "belum_sesuai", "belum_ditindaklanjuti", "tidak_dapat_ditindaklanjuti")
    return {"tahap": "diverifikasi", "status": status.name} if verified else {"tahap": status.name}


def riwayat(
    id: IdArgument, format: FormatOption = Format.tabel, keluaran: Keluaran = None, db: Database = "sakip.db"
) -> None:
    """Semua yang terjadi pada satu rekomendasi: siapa, kapan, apa, dan mengapa."""
    with open_database(db, create=False) as store:
        state = state_of(store, id)
        entries = store.entries(id)
    if format is Format.tabel:
        from sakip_eval.render.tl_text import render_history

        emit(render_history(state, entries), keluaran)
    else:
        from sakip_eval.render.tl_data import entries_csv, entries_json

        text = entries_json(entries) if format is Format.json else entries_csv(entries)
        emit(text, keluaran, exact=True)


def matriks(
    instansi: Annotated[
        str | None,
        typer.Argument(metavar="INSTANSI", help="Nama instansi dalam id; tanpa itu semua.", show_default=False),
    ] = None,
    menurut: Annotated[
        Menurut, typer.Option("--menurut", metavar="tahun|komponen", help="Baris tabelnya.")
    ] = Menurut.tahun,
    tahun: TahunOption = None,
    format: FormatOption = Format.tabel,
    keluaran: Keluaran = None,
    db: Database = "sakip.db",
) -> None:
    """Banyak dan persentase tindak lanjut menurut tahun (atau komponen) dan status.

    Tanpa INSTANSI, satu baris untuk setiap instansi.
    """
    from sakip_eval.tindak_lanjut.rekap import rekap

    with open_database(db, create=False) as store:
        check_agency(store, instansi)
        states = store.states(instansi=instansi, tahun=tahun)
    rows = rekap(states, ("instansi",) if instansi is None else (menurut.value,))
    total: list[Rekap] = rekap(states)
    if format is Format.tabel:
        from sakip_eval.render.tl_text import render_matrix

        title = f"TINDAK LANJUT REKOMENDASI {(instansi or 'SEMUA INSTANSI').upper()}" + (f" {tahun}" if tahun else "")
        header = "Instansi" if instansi is None else menurut.value.capitalize()
        emit(render_matrix(title, header, rows, total[0] if total else None), keluaran)
    else:
        from sakip_eval.render.tl_data import rekap_csv, rekap_json

        header = "instansi" if instansi is None else menurut.value
        text = rekap_json(header, rows) if format is Format.json else rekap_csv(header, rows)
        emit(text, keluaran, exact=True)


def mirip(
    instansi: Annotated[str, typer.Argument(metavar="INSTANSI", help="Nama instansi dalam id.", show_default=False)],
    tahun: TahunOption = None,
    minimal: Annotated[
        int, typer.Option("--minimal", metavar="PERSEN", min=1, max=100, help="Kemiripan paling rendah.")
    ] = 40,
    keluaran: Keluaran = None,
    db: Database = "sakip.db",
) -> None:
    """Rekomendasi yang mirip dengan yang terbit pada tahun sebelumnya.

    Ini saran untuk dilihat orang, tidak pernah menggabungkan apa pun. Bawaannya tahun yang terakhir.
    """
    from sakip_eval.render.tl_text import render_similar
    from sakip_eval.tindak_lanjut.mirip import similar

    with open_database(db, create=False) as store:
        check_agency(store, instansi)
        states = store.states(instansi=instansi)
    year = tahun if tahun is not None else max((state.tahun for state in states), default=0)
    texts = {state.id: state.terbit.teks for state in states}
    new = {state.id: state.terbit.teks for state in states if state.tahun == year}
    old = {state.id: state.terbit.teks for state in states if state.tahun < year}
    emit(render_similar(similar(new, old, minimum=minimal), texts), keluaran)


def ekspor(
    keluaran: Annotated[
        Path,
        typer.Option("-o", "--keluaran", metavar="BERKAS.xlsx", help="Buku kerja yang ditulis.", show_default=False),
    ],
    instansi: InstansiOption = None,
    tahun: TahunOption = None,
    status: _Status = None,
    per_tanggal: PerTanggal = None,
    db: Database = "sakip.db",
) -> None:
    """Tulis tabel tindak lanjut yang baku sebagai buku kerja Excel (.xlsx), satu lembar untuk setiap instansi."""
    from sakip_eval.documents.extras import require

    require("office", "Buku kerja Excel")
    from sakip_eval.documents.tl_xlsx import follow_up_workbook

    when = day(per_tanggal) if per_tanggal is not None else today()
    with open_database(db, create=False) as store:
        check_agency(store, instansi)
        states = store.states(instansi=instansi, tahun=tahun, **_filter(status))
        head = store.head()
    emit_bytes(follow_up_workbook(states, when, head), keluaran, [Path(db)])
    emit(f"Ditulis: {keluaran} ({len(states)} rekomendasi)\n", None)
