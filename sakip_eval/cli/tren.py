"""`sakip tren`: results over the years, from case files or from the ledger."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.case_files import case_files
from sakip_eval.cli.options import Database, Folders, Keluaran, PenilaiOption, open_database
from sakip_eval.cli.output import BAD_INPUT, FINDINGS, GOOD, emit, print_problems
from sakip_eval.problems import Problem, SakipError

if TYPE_CHECKING:
    from sakip_eval.tren.hasil import Hasil
    from sakip_eval.tren.seri import Seri


class Format(StrEnum):
    """How `sakip tren` prints."""

    tabel = "tabel"
    json = "json"
    csv = "csv"
    markdown = "markdown"


def tren(
    kasus: Annotated[
        list[str],
        typer.Argument(
            metavar="KASUS",
            help="Berkas kasus, folder berkas kasus, atau nama instansi dalam basis data.",
            show_default=False,
        ),
    ],
    penilai: PenilaiOption = None,
    format: Annotated[
        Format, typer.Option("--format", metavar="tabel|json|csv|markdown", help="Bentuk keluaran.")
    ] = Format.tabel,
    keluaran: Keluaran = None,
    db: Database = "sakip.db",
    folder: Folders = None,
) -> None:
    """Tampilkan hasil dari tahun ke tahun: komponen, predikat, target, dan sebab perubahannya.

    Kode keluar: 0 semua cocok, 1 ada angka tercetak yang tidak cocok, 2 masukan tidak dapat dipakai.
    """
    from sakip_eval.cli.nilai import evaluate_each
    from sakip_eval.textfile import shown_name
    from sakip_eval.tren.hasil import hasil_of
    from sakip_eval.tren.periksa import check
    from sakip_eval.tren.seri import series

    paths, slugs, problems = _sorted_out(kasus)
    results: list[Hasil] = []
    for path in paths:  # One by one, so that each result keeps the name of its file.
        evaluations = evaluate_each([path], penilai, folder or [], problems)
        results += [hasil_of(evaluation, shown_name(path)) for evaluation in evaluations]
    if slugs:
        from sakip_eval.cli.tren_simpanan import stored_results

        rater = None if penilai is None else penilai.value
        try:
            with open_database(db, create=False) as store:
                for name in slugs:
                    results += stored_results(store, name, rater, folder or [])
        except SakipError as error:
            problems += error.problems
    found = series(results)
    if found:
        emit(_render(found, format), keluaran, paths, exact=format in (Format.json, Format.csv))
    if problems:
        print_problems(problems)
        if found:
            print("Hasil di atas tanpa masukan yang bermasalah.", file=sys.stderr)
        raise typer.Exit(BAD_INPUT)
    raise typer.Exit(FINDINGS if any(check(seri) for seri in found) else GOOD)


def _render(found: Sequence[Seri], format: Format) -> str:
    from sakip_eval.render import tren_data, tren_text

    if format is Format.json:
        return tren_data.render_tren_json(found)
    if format is Format.csv:
        return tren_data.render_tren_csv(found)
    if format is Format.markdown:
        return tren_text.render_tren_markdown(found)
    return tren_text.render_tren(found)


def _sorted_out(words: Sequence[str]) -> tuple[list[Path], list[str], list[Problem]]:
    """Tell files, the case files of folders, and names of agencies apart; each file once."""
    from sakip_eval.tindak_lanjut.terbitan import slug

    given: list[Path] = []
    slugs: list[str] = []
    for word in words:
        path = Path(word)
        if path.exists() or path.suffix in (".yaml", ".yml") or len(path.parts) != 1:
            given.append(path)
        else:
            slugs.append(slug(word))
    paths, problems = case_files(given)
    return paths, slugs, problems
