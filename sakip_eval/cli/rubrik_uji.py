"""`sakip rubrik uji`: run the tests that stand beside a rubric, and say what they reach of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sakip_eval.cli.options import Folders, Keluaran
from sakip_eval.cli.output import BAD_INPUT, FINDINGS, GOOD, emit, print_problems, printable
from sakip_eval.problems import Problem, SakipError


class UjiFormat(StrEnum):
    """How the outcome is printed."""

    teks = "teks"
    json = "json"


def uji(
    rubrik: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Id rubrik, atau jalur berkasnya; bawaan semua.", show_default=False),
    ] = None,
    cakupan: Annotated[
        bool, typer.Option("--cakupan", help="Sebutkan juga apa yang belum tercapai oleh uji mana pun.")
    ] = False,
    format: Annotated[
        UjiFormat, typer.Option("--format", metavar="teks|json", help="Bentuk keluaran.")
    ] = UjiFormat.teks,
    keluaran: Keluaran = None,
    folder: Folders = None,
) -> None:
    """Jalankan uji yang ditulis di samping rubrik (folder uji/).

    Kode keluar: 0 semua lulus (dan, dengan --cakupan, semua tercapai), 1 ada yang gagal atau belum tercapai, 2
    masukan tidak dapat dipakai.
    """
    from sakip_eval.render.uji_text import Tested, render_tests, render_tests_json
    from sakip_eval.rubric.catalog import list_rubrics
    from sakip_eval.uji.coverage import coverage
    from sakip_eval.uji.load import load_tests
    from sakip_eval.uji.run import run_tests

    folders = folder or []
    tested: list[Tested] = []
    problems: list[Problem] = []
    for name in rubrik or [name for name, _ in list_rubrics(folders)]:
        try:
            loaded = load_tests(name, folders)
        except SakipError as error:
            problems.extend(error.problems)
            continue
        results = run_tests(loaded.rubric, loaded.uji)
        tested.append(Tested(loaded.rubric.id, results, coverage(loaded.rubric, results) if cakupan else None))
    if tested:
        if format is UjiFormat.json:
            text = render_tests_json(tested)
        else:
            text = "\n".join(map(printable, render_tests(tested).split("\n")))
        emit(text, keluaran)
    if problems:
        print_problems(problems)
        raise typer.Exit(BAD_INPUT)
    raise typer.Exit(GOOD if all(one.lulus for one in tested) else FINDINGS)
