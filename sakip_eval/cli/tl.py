"""`sakip tl`: the ledger of recommendations and their follow-up, and `tl terbit`, which issues them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.bahasa import Command, Group
from sakip_eval.cli.options import Database, Folders, PenilaiOption, open_database
from sakip_eval.cli.output import emit
from sakip_eval.cli.tl_bawa import bawa
from sakip_eval.cli.tl_catat import (
    buka_kembali,
    lanjutkan,
    lapor,
    putuskan,
    recorded,
    rencana,
    tanggapi,
    verifikasi,
)
from sakip_eval.cli.tl_impor import impor
from sakip_eval.cli.tl_lihat import daftar, ekspor, matriks, mirip, riwayat
from sakip_eval.cli.tl_options import Pelaku, Tanggal, acting_day
from sakip_eval.cli.tl_periksa import mutu, verifikasi_rantai
from sakip_eval.problems import Location, SakipError

if TYPE_CHECKING:
    from sakip_eval.engine.result import Evaluation
    from sakip_eval.tindak_lanjut.state import State

app = typer.Typer(
    cls=Group,
    help="Tindak lanjut rekomendasi dari tahun ke tahun: rencana, laporan, verifikasi, riwayat.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(cls=Command)
def terbit(
    kasus: Annotated[Path, typer.Argument(metavar="KASUS", help="Berkas kasus (.yaml).", show_default=False)],
    pelaku: Pelaku,
    instansi: Annotated[
        str | None,
        typer.Option(
            "--instansi", metavar="NAMA", help="Nama dalam id; bawaan dari nama instansi kasus.", show_default=False
        ),
    ] = None,
    asal: Annotated[
        str | None,
        typer.Option("--asal", metavar="TEKS", help="Nomor dan tanggal LHE yang memuatnya.", show_default=False),
    ] = None,
    tautkan: Annotated[
        list[str] | None,
        typer.Option(
            "--tautkan",
            metavar="NOMOR=ID",
            help="Tautkan rekomendasi baru ke yang lama, misalnya R-03=x/2021/05; yang masih terbuka dilanjutkan. "
            "Boleh berulang.",
            show_default=False,
        ),
    ] = None,
    tanggal: Tanggal = None,
    penilai: PenilaiOption = None,
    folder: Folders = None,
    db: Database = "sakip.db",
) -> None:
    """Terbitkan semua rekomendasi hasil evaluasi sebuah kasus ke buku tindak lanjut.

    Yang mirip dengan rekomendasi lama disebut; tautan hanya dibuat dengan --tautkan.
    """
    from sakip_eval.cli.nilai import evaluate_all
    from sakip_eval.textfile import shown_name
    from sakip_eval.tindak_lanjut.events import LedgerError
    from sakip_eval.tindak_lanjut.terbitan import Catatan, issued, slug

    links = _links(tautkan or [])
    evaluations, problems = evaluate_all([kasus], penilai, folder or [])
    if problems:
        raise SakipError(problems)
    evaluation = evaluations[0]
    name = instansi if instansi is not None else slug(evaluation.case.instansi.nama)
    note = Catatan(pelaku, acting_day(tanggal), shown_name(kasus))
    source = asal or f"evaluasi {evaluation.rubric.id} tahun kinerja {evaluation.case.tahun_kinerja}"
    with open_database(db) as store:
        states = {state.id: state for state in store.states(instansi=name)}
        try:
            events = issued(evaluation, states, note, instansi=name, asal=source, tautan=links)
        except LedgerError as error:
            raise SakipError([error.problem(Location(str(kasus)))]) from None
        emit(recorded(store, events) or "Kasus ini tidak memuat rekomendasi.\n", None)
    hints = _alike(evaluation, states, set(links))
    if hints:
        emit("\n" + hints, None)


def _links(given: list[str]) -> dict[str, str]:
    links: dict[str, str] = {}
    for text in given:
        number, mark, name = text.partition("=")
        if not mark or not number or not name or number in links:
            raise typer.BadParameter(f"--tautkan `{text}`: tulis NOMOR=ID, satu kali untuk setiap nomor")
        links[number] = name
    return links


def _alike(evaluation: Evaluation, states: dict[str, State], linked: set[str]) -> str:
    """Say which of the new recommendations resemble an earlier one that nobody linked; empty where none does."""
    from sakip_eval.render.tl_text import render_similar
    from sakip_eval.tindak_lanjut.mirip import similar

    new = {r.id: r.teks for r in evaluation.rekomendasi if r.id not in linked}
    old = {s.id: s.terbit.teks for s in states.values() if s.tahun < evaluation.case.tahun_kinerja}
    found = similar(new, old)
    return render_similar(found, {**new, **old}) if any(found.values()) else ""


app.command(cls=Command)(rencana)
app.command(cls=Command)(lapor)
app.command(cls=Command)(verifikasi)
app.command(cls=Command)(tanggapi)
app.command(cls=Command)(putuskan)
app.command(cls=Command)(lanjutkan)
app.command("buka-kembali", cls=Command)(buka_kembali)
app.command(cls=Command)(impor)
app.command(cls=Command)(bawa)
app.command(cls=Command)(daftar)
app.command(cls=Command)(riwayat)
app.command(cls=Command)(matriks)
app.command(cls=Command)(mirip)
app.command(cls=Command)(ekspor)
app.command(cls=Command)(mutu)
app.command("verifikasi-rantai", cls=Command)(verifikasi_rantai)
