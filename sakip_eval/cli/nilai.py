"""`sakip nilai` and `sakip jelaskan`: score cases, and say why a figure is what it is."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.options import Folders, Keluaran, Penilai, PenilaiOption, choose_penilai
from sakip_eval.cli.output import BAD_INPUT, FINDINGS, GOOD, emit, print_problems
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
    kasus: Annotated[list[Path], typer.Argument(metavar="KASUS", help="Berkas kasus (.yaml).", show_default=False)],
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
    evaluations, problems = _evaluate_all(kasus, penilai, folder or [])
    if evaluations:
        try:
            text = _render(evaluations, format, full=rinci, several=len(kasus) > 1)
            emit(text, keluaran, kasus, exact=format in (Format.json, Format.csv))
        except SakipError as error:
            raise SakipError([*problems, *error.problems]) from None
    if problems:
        print_problems(problems)
        if len(kasus) > 1:
            failed = len(kasus) - len(evaluations)
            print(f"{failed} dari {len(kasus)} kasus tidak dinilai.", file=sys.stderr)
        raise typer.Exit(BAD_INPUT)
    raise typer.Exit(FINDINGS if any(e.temuan for e in evaluations) else GOOD)


def _evaluate_all(
    paths: list[Path], penilai: Penilai | None, folders: list[Path]
) -> tuple[list[Evaluation], list[Problem]]:
    evaluations: list[Evaluation] = []
    problems: list[Problem] = []
    rubrics: dict[str, Rubric] = {}
    if len(paths) == 1 or not sys.stderr.isatty():
        for path in paths:
            _evaluate_one(path, penilai, folders, rubrics, evaluations, problems)
    else:
        with typer.progressbar(paths, label="Menilai", file=sys.stderr) as bar:
            for path in bar:
                _evaluate_one(path, penilai, folders, rubrics, evaluations, problems)
    return evaluations, problems


def _evaluate_one(
    path: Path,
    penilai: Penilai | None,
    folders: list[Path],
    rubrics: dict[str, Rubric],
    evaluations: list[Evaluation],
    problems: list[Problem],
) -> None:
    from sakip_eval.case.load import load_with_rubric
    from sakip_eval.engine.evaluate import evaluate

    try:
        loaded = load_with_rubric(path, rubrics, folders)
        evaluations.append(evaluate(loaded.rubric, loaded.case, choose_penilai(loaded.case, path, penilai)))
    except SakipError as error:
        problems.extend(error.problems)


def _render(evaluations: list[Evaluation], format: Format, *, full: bool, several: bool) -> str:
    if format is Format.json:
        from sakip_eval.render.json_text import render_json

        return render_json(evaluations, several=several)
    if format is Format.csv:
        from sakip_eval.render.csv_text import render_csv

        return render_csv(evaluations)
    if format is Format.markdown:
        from sakip_eval.render.markdown import render_markdown

        return render_markdown(evaluations)
    from sakip_eval.render.table import render_recap, render_table

    parts = [render_table(e) for e in evaluations] if full or not several else []
    if several:
        parts.append(render_recap(evaluations))
    return "\n".join(parts)


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
    evaluations, problems = _evaluate_all([kasus], penilai, folder or [])
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
