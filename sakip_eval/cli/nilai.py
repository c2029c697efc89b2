"""`sakip nilai` and `sakip jelaskan`: score cases, and say why a figure is what it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.case_files import Cases, case_files
from sakip_eval.cli.options import Folders, Keluaran, Penilai, PenilaiOption, choose_penilai
from sakip_eval.cli.output import BAD_INPUT, FINDINGS, GOOD, emit, emit_pieces, print_problems
from sakip_eval.problems import Location, Problem, SakipError, suggest

if TYPE_CHECKING:
    from sakip_eval.engine.result import Evaluation
    from sakip_eval.rubric.rubric import Rubric


class Format(StrEnum):
    """How `sakip nilai` prints."""

    tabel = "tabel"
    json = "json"
    markdown = "markdown"
    csv = "csv"


class TraceFormat(StrEnum):
    """How `sakip jelaskan` prints."""

    teks = "teks"
    json = "json"


def nilai(
    kasus: Cases,
    penilai: PenilaiOption = None,
    format: Annotated[
        Format, typer.Option("--format", metavar="tabel|json|markdown|csv", help="Bentuk keluaran.")
    ] = Format.tabel,
    keluaran: Keluaran = None,
    rinci: Annotated[bool, typer.Option("--rinci", help="Tabel lengkap juga bila kasusnya banyak.")] = False,
    folder: Folders = None,
) -> None:
    """Hitung nilai, predikat, temuan, dan rekomendasi satu atau beberapa kasus.

    Kode keluar: 0 tanpa temuan, 1 ada temuan, 2 masukan tidak dapat dipakai.
    """
    kasus, problems = case_files(kasus)
    scored, found = 0, False

    def counted() -> Iterator[Evaluation]:
        nonlocal scored, found
        for evaluation in evaluate_each(kasus, penilai, folder or [], problems):
            scored += 1
            found = found or bool(evaluation.temuan)
            yield evaluation

    evaluations = counted()
    first = next(evaluations, None)
    if first is not None:
        pieces = _render(chain([first], evaluations), format, full=rinci, several=len(kasus) > 1)
        try:
            emit_pieces(pieces, keluaran, kasus, exact=format in (Format.json, Format.csv))
        except SakipError as error:
            # The problems of the cases that are left are reported too.
            for _ in evaluations:
                pass
            raise SakipError([*problems, *error.problems]) from None
    if problems:
        print_problems(problems)
        if len(kasus) > 1:
            print(f"{len(kasus) - scored} dari {len(kasus)} kasus tidak dinilai.", file=sys.stderr)
        raise typer.Exit(BAD_INPUT)
    raise typer.Exit(FINDINGS if found else GOOD)


def evaluate_each(
    paths: list[Path], penilai: Penilai | None, folders: list[Path], problems: list[Problem]
) -> Iterator[Evaluation]:
    """Score cases one after another, rubrics loaded once; what cannot be scored is added to `problems`.

    There is a progress bar where there are several and a person looks. Nothing is kept: a trace is large.
    """
    from sakip_eval.case.load import load_with_rubric
    from sakip_eval.engine.evaluate import evaluate

    rubrics: dict[str, Rubric] = {}
    shown = len(paths) > 1 and sys.stderr.isatty()
    with typer.progressbar(paths, label="Menilai", file=sys.stderr) if shown else nullcontext(paths) as each:
        for path in each:
            try:
                loaded = load_with_rubric(path, rubrics, folders)
                rater = choose_penilai(loaded.case, path, penilai)
            except SakipError as error:
                problems.extend(error.problems)
            else:
                yield evaluate(loaded.rubric, loaded.case, rater)


def evaluate_all(
    paths: list[Path], penilai: Penilai | None, folders: list[Path]
) -> tuple[list[Evaluation], list[Problem]]:
    """Score cases, those in folders too, and keep them all: what could be scored, in order, and all problems."""
    files, problems = case_files(paths)
    return list(evaluate_each(files, penilai, folders, problems)), problems


def _render(evaluations: Iterator[Evaluation], format: Format, *, full: bool, several: bool) -> Iterator[str]:
    """Yield the output in pieces, each as soon as it can be written."""
    if format is Format.json:
        from sakip_eval.render.json_text import json_pieces

        return json_pieces(evaluations, several=several)
    if format is Format.csv:
        from sakip_eval.render.csv_text import csv_pieces

        return csv_pieces(evaluations)
    if format is Format.markdown:
        from sakip_eval.render.markdown import markdown_pieces

        return markdown_pieces(evaluations)
    return _tables(evaluations, full=full, several=several)


def _tables(evaluations: Iterator[Evaluation], *, full: bool, several: bool) -> Iterator[str]:
    from sakip_eval.render.table import recap_row, render_recap, render_table

    rows: list[tuple[str, ...]] = []
    for evaluation in evaluations:
        rows.append(recap_row(evaluation))
        if full or not several:
            yield ("\n" if len(rows) > 1 else "") + render_table(evaluation)
    if several:
        yield ("\n" if full else "") + render_recap(rows)


def jelaskan(
    kasus: Annotated[Path, typer.Argument(metavar="KASUS", help="Berkas kasus (.yaml).", show_default=False)],
    bagian: Annotated[
        str, typer.Argument(metavar="ID", help="Komponen, subkomponen, atau kriteria: 1, 1.b, 1.b.7.")
    ] = "total",
    kedalaman: Annotated[
        int | None,
        typer.Option(
            "--kedalaman", metavar="0-3", min=0, max=3, help="Banyaknya tingkat di bawahnya.", show_default=False
        ),
    ] = None,
    hilang: Annotated[bool, typer.Option("--hilang", help="Di mana poin hilang, terbesar lebih dahulu.")] = False,
    penilai: PenilaiOption = None,
    format: Annotated[
        TraceFormat, typer.Option("--format", metavar="teks|json", help="Bentuk keluaran.")
    ] = TraceFormat.teks,
    keluaran: Keluaran = None,
    folder: Folders = None,
) -> None:
    """Jelaskan mengapa sebuah angka demikian: kriteria, bukti, dan pasalnya."""
    evaluations, problems = evaluate_all([kasus], penilai, folder or [])
    if problems:
        raise SakipError(problems)
    evaluation = evaluations[0]
    node = evaluation.jejak.find(bagian)
    if node is None:
        known = [n.id for n in evaluation.jejak.walk()]
        raise SakipError(
            [
                Problem(
                    "K513",
                    Location(str(kasus)),
                    f"Bagian `{bagian}` tidak ada dalam rubrik {evaluation.rubric.id}",
                    "Hanya bagian rubrik yang punya angka untuk dijelaskan",
                    suggest(bagian, known),
                )
            ]
        )
    depth = kedalaman if kedalaman is not None else {"total": 1, "komponen": 1}.get(node.grounds.jenis, 0)
    if format is TraceFormat.json:
        import json

        from sakip_eval.render.json_text import trace_data

        text = json.dumps(trace_data(node, kedalaman), ensure_ascii=False, indent=2) + "\n"
    else:
        from sakip_eval.render.explain import render_explanation, render_lost

        text = render_lost(evaluation, node) if hilang else render_explanation(evaluation, node, depth)
    emit(text, keluaran, [kasus], exact=format is TraceFormat.json)
