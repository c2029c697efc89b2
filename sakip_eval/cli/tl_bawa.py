"""`sakip tl bawa`: what the ledger knows of the previous recommendations, into the case of the next evaluation."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.options import Database, Folders, open_database
from sakip_eval.cli.output import emit, printable
from sakip_eval.cli.tl_options import PerTanggal, check_agency, day, today
from sakip_eval.problems import Location, Problem, SakipError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sakip_eval.case.case import Case, TindakLanjut
    from sakip_eval.rubric.rubric import Rubric
    from sakip_eval.tindak_lanjut.bawa import Bawaan
    from sakip_eval.tindak_lanjut.events import Event


def bawa(
    instansi: Annotated[str, typer.Argument(metavar="INSTANSI", help="Nama instansi dalam id.", show_default=False)],
    kasus: Annotated[
        Path,
        typer.Option("--kasus", metavar="KASUS", help="Kasus evaluasi yang berikutnya (.yaml).", show_default=False),
    ],
    tahun: Annotated[
        int | None,
        typer.Option(
            "--tahun",
            metavar="TAHUN",
            min=1990,
            max=2100,
            help="Tahun kinerja rekomendasinya; bawaan setahun sebelum tahun kinerja kasus.",
            show_default=False,
        ),
    ] = None,
    komponen: Annotated[
        str | None,
        typer.Option(
            "--komponen",
            metavar="ID",
            help="Komponen untuk rekomendasi yang dalam buku tidak menyebut komponen dan kriteria.",
            show_default=False,
        ),
    ] = None,
    keluaran: Annotated[
        Path | None,
        typer.Option(
            "-o", "--keluaran", metavar="KASUS", help="Kasus baru (.yaml) yang ditulis.", show_default=False
        ),
    ] = None,
    timpa: Annotated[bool, typer.Option("--timpa", help="Ganti berkas tujuan yang sudah ada.")] = False,
    per_tanggal: PerTanggal = None,
    folder: Folders = None,
    db: Database = "sakip.db",
) -> None:
    """Bawa rekap dan rekomendasi yang masih terbuka ke kasus evaluasi berikutnya.

    Tanpa -o, hanya bagian tindak_lanjut_sebelumnya yang dicetak. Dengan -o, kasus ditulis utuh tanpa komentarnya.
    """
    from sakip_eval.case.load import load_with_rubric
    from sakip_eval.case.write import case_text, follow_up_text
    from sakip_eval.tindak_lanjut.bawa import brought, states_at

    when = _day(per_tanggal)
    if keluaran is not None and keluaran.exists() and not timpa:
        raise _refused("B109", str(keluaran), "Berkas sudah ada", "Pilih nama lain dengan -o, atau --timpa")
    loaded = load_with_rubric(kasus, {}, folder or [])
    case = loaded.case
    year = _year(tahun, case, kasus)
    if komponen is not None and komponen not in loaded.rubric.komponen_by_id:
        raise _refused(
            "K505",
            "--komponen",
            f"Komponen `{komponen}` tidak ada dalam rubrik {loaded.rubric.id}",
            f"Yang ada: {', '.join(loaded.rubric.komponen_by_id)}",
        )
    events, head = _events(instansi, db)
    found = brought(states_at(events, when), year, when, loaded.rubric, komponen=komponen, buku=head)
    follow = _follow_up(found, case, kasus, db, instansi, year)
    if keluaran is None:
        emit(follow_up_text(follow), None)
    else:
        emit(case_text(replace(case, tindak_lanjut=follow)), keluaran, [kasus, Path(db)], exact=True)
        emit(_said(found, keluaran), None)
    sys.stdout.flush()
    for note in _notes(found, case, loaded.rubric, instansi):
        print(printable(note), file=sys.stderr)


def _day(text: str | None) -> date:
    now = today()
    when = day(text) if text is not None else now
    if when > now:
        raise _refused("T922", "--per-tanggal", f"Tanggal {when} belum tiba", "Pakai hari ini, atau hari yang lalu")
    return when


def _year(given: int | None, case: Case, kasus: Path) -> int:
    year = case.tahun_kinerja - 1 if given is None else given
    if year >= case.tahun_kinerja:
        raise _refused(
            "T931",
            str(kasus),
            f"Rekomendasi tahun {year} bukan rekomendasi sebelum tahun kinerja {case.tahun_kinerja}",
            "Periksa --tahun, atau sebut kasus evaluasi yang berikutnya",
        )
    return year


def _events(instansi: str, db: str) -> tuple[list[Event], str]:
    """Return the events of an agency and the hash of the last entry of the ledger, which must be whole (T911)."""
    with open_database(db, create=False) as store:
        check_agency(store, instansi)
        broken = store.broken()
        if broken is not None:
            raise _refused(
                "T911",
                store.place,
                f"Rantai putus pada entri {broken.seq}: {broken.apa}",
                "Pulihkan cadangan yang rantainya utuh dengan `sakip db pulih`",
            )
        while True:  # The hash must be that of the entries that were read, also while others append.
            head = store.head()
            entries = store.entries(instansi=instansi)
            if store.head() == head:
                return [entry.event for entry in entries], head


def _follow_up(found: Bawaan, case: Case, kasus: Path, db: str, instansi: str, year: int) -> TindakLanjut:
    """Return what the new case says; evidence, note and source that the case already has stay."""
    from sakip_eval.case.case import TindakLanjut

    if found.rekap is None:
        raise _refused(
            "T923",
            db,
            f"Tidak ada rekomendasi {instansi} tahun {year} dalam buku ini pada tanggal itu",
            "Periksa --tahun dan --per-tanggal, lihat `sakip tl daftar`",
        )
    if found.tanpa_komponen:
        raise _refused(
            "T932",
            db,
            f"Komponen tidak diketahui untuk {', '.join(found.tanpa_komponen)}",
            "Tentukan dengan --komponen ID; yang perlu komponen lain diubah pada kasus yang ditulis",
        )
    old = case.tindak_lanjut
    if old is not None and not old.ada_rekomendasi:
        raise _refused(
            "T933",
            str(kasus),
            f"Kasus menyatakan ada_rekomendasi: tidak, padahal buku memuat {found.rekap.rekomendasi} rekomendasi",
            "Perbaiki kasusnya, atau periksa INSTANSI dan --tahun",
        )
    return replace(old or TindakLanjut(True, (), None, None), rekap=found.rekap, terbuka=found.terbuka)


def _said(found: Bawaan, keluaran: Path) -> str:
    from sakip_eval.engine.lanjutan import recap_words
    from sakip_eval.render.words import wrap

    assert found.rekap is not None
    counts = ", ".join(recap_words(found.rekap))
    return (
        wrap(f"Dari {found.rekap.rekomendasi} rekomendasi per {found.rekap.per_tanggal}: {counts}.")
        + "\n"
        + wrap(f"{len(found.terbuka)} yang masih terbuka dibawa ke {keluaran}.")
        + "\n"
    )


def _notes(found: Bawaan, case: Case, rubric: Rubric, instansi: str) -> Iterator[str]:
    from sakip_eval.tindak_lanjut.terbitan import slug

    if slug(case.instansi.nama) != instansi:
        yield f"Perhatikan: kasus ini tentang {case.instansi.nama}, rekomendasinya milik {instansi}."
    if found.lama:
        yield f"Ikut dihitung, dari tahun yang lebih lama dan masih terbuka: {', '.join(found.lama)}."
    for name, lost in found.lepas.items():
        yield f"Kriteria {name} yang tidak ada dalam rubrik {rubric.id} dilepas: {', '.join(lost)}."


_WHY = {
    "B109": "Isi dan komentar di dalamnya akan hilang bila ditimpa",
    "K505": "Rekomendasi berdiri di bawah satu komponen",
    "T911": "Rekap dari buku yang tidak utuh tidak dapat dipertahankan dalam LHE",
    "T922": "Keadaan pada hari yang belum tiba belum diketahui",
    "T923": "Yang tidak pernah dicatat tidak sama dengan tidak ada rekomendasi",
    "T931": "Evaluasi memonitor tindak lanjut rekomendasi evaluasi sebelumnya",
    "T932": "Rekomendasi dalam LHE berdiri di bawah satu komponen, dan tidak satu pun boleh hilang",
    "T933": "Keduanya tidak mungkin sama-sama benar",
}


def _refused(kode: str, place: str, apa: str, perbaikan: str) -> SakipError:
    return SakipError([Problem(kode, Location(place), apa, _WHY[kode], perbaikan)])
