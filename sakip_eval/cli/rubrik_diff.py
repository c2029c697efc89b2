"""`sakip rubrik diff`: what differs between two rubrics, and what that does to cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sakip_eval.cli.nilai import TraceFormat
from sakip_eval.cli.options import Folders, Keluaran, Penilai, PenilaiOption, choose_penilai
from sakip_eval.cli.output import FINDINGS, GOOD, emit, printable
from sakip_eval.problems import Problem, SakipError

if TYPE_CHECKING:
    from sakip_eval.engine.rescore import Kasus
    from sakip_eval.rubric.diff import RubricDiff


def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="Id rubrik lama, atau jalur berkasnya.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="Id rubrik baru, atau jalur berkasnya.", show_default=False)],
    lagi: Annotated[
        list[Path] | None, typer.Argument(metavar="KASUS", help="Kasus; sama dengan --kasus.", show_default=False)
    ] = None,
    kasus: Annotated[
        list[Path] | None,
        typer.Option("--kasus", metavar="KASUS", help="Kasus yang dinilai menurut keduanya.", show_default=False),
    ] = None,
    penilai: PenilaiOption = None,
    format: Annotated[
        TraceFormat, typer.Option("--format", metavar="teks|json", help="Bentuk keluaran.")
    ] = TraceFormat.teks,
    keluaran: Keluaran = None,
    folder: Folders = None,
) -> None:
    """Bandingkan dua rubrik: yang pindah, berubah, hilang, dan bertambah, serta akibatnya pada kasus.

    Dua kasus dari instansi yang sama: selisihnya diurai menjadi akibat rubrik dan akibat bukti. Kode keluar: 0 tanpa
    perbedaan, 1 ada perbedaan, 2 masukan tidak dapat dipakai.
    """
    from sakip_eval.rubric.diff import compare
    from sakip_eval.rubric.load import load_rubric

    problems: list[Problem] = []
    rubrics = []
    for name in (a, b):
        try:
            rubrics.append(load_rubric(name, folder or []))
        except SakipError as error:
            problems.extend(error.problems)
    if problems:
        raise SakipError(problems)
    compared = compare(rubrics[0], rubrics[1])
    cases: list[Kasus] = []
    paths = [*(kasus or ()), *(lagi or ())]
    for path in paths:
        try:
            cases += _case(compared, path, penilai, folder or [])
        except SakipError as error:
            problems.extend(error.problems)
    if problems:
        raise SakipError(problems)
    if format is TraceFormat.json:
        import json

        from sakip_eval.render.diff_json import as_data

        text = json.dumps(as_data(compared, cases), ensure_ascii=False, indent=2) + "\n"
    else:
        from sakip_eval.render.diff_text import render_diff

        text = "\n".join(map(printable, render_diff(compared, cases).split("\n")))
    emit(text, keluaran, paths)
    raise typer.Exit(GOOD if compared.kosong else FINDINGS)


def _case(compared: RubricDiff, path: Path, penilai: Penilai | None, folders: list[Path]) -> list[Kasus]:
    """Load a case and evaluate it under both rubrics; no result where these are not like for like.

    Where both have the same id (two versions of one file), the case belongs to the first that it fits.
    """
    from sakip_eval.case.load import load_with_rubric
    from sakip_eval.engine.rescore import rescore, unlike
    from sakip_eval.yamlfile import load_yaml

    a, b = compared.a, compared.b
    try:
        loaded = load_with_rubric(path, {b.id: b, a.id: a}, folders)
    except SakipError:
        if a.id != b.id:
            raise
        loaded = load_with_rubric(path, {b.id: b}, folders)
    if loaded.rubric is not a and loaded.rubric is not b:
        raise SakipError(
            [
                Problem(
                    "K515",
                    load_yaml(path, shown=str(path)).locate(("rubrik",)),
                    f"Kasus ini ditulis untuk rubrik {loaded.rubric.id}",
                    f"Yang dibandingkan adalah {a.id} dan {b.id}",
                    "Sebutkan kasus yang ditulis untuk salah satunya, atau bandingkan dengan rubrik kasus itu",
                )
            ]
        )
    rater = choose_penilai(loaded.case, path, penilai)
    if unlike(compared):
        return []
    return [rescore(compared, str(path), loaded.case, "A" if loaded.rubric is a else "B", rater)]
