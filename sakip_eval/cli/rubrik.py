"""`sakip rubrik`: list rubrics, and look at one."""

from __future__ import annotations

from typing import Annotated

import typer

from sakip_eval.cli.bahasa import Command, Group
from sakip_eval.cli.options import Folders, Keluaran
from sakip_eval.cli.output import emit
from sakip_eval.cli.rubrik_aturan import aturan
from sakip_eval.cli.rubrik_baru import baru
from sakip_eval.cli.rubrik_diff import diff
from sakip_eval.cli.rubrik_lint import lint
from sakip_eval.cli.rubrik_skema import skema
from sakip_eval.cli.rubrik_susun import susun
from sakip_eval.cli.rubrik_uji import uji
from sakip_eval.problems import Problem, SakipError

app = typer.Typer(cls=Group, help="Rubrik yang tersedia dan isinya.", no_args_is_help=True, rich_markup_mode=None)


@app.command(cls=Command)
def daftar(folder: Folders = None) -> None:
    """Daftar rubrik yang tersedia."""
    from sakip_eval.render.rubric_text import render_list
    from sakip_eval.rubric.catalog import list_rubrics
    from sakip_eval.rubric.load import load_rubric

    rubrics = []
    problems: list[Problem] = []
    for name, _ in list_rubrics(folder or []):
        try:
            rubrics.append(load_rubric(name, folder or []))
        except SakipError as error:
            problems.extend(error.problems)
    emit(render_list(rubrics), None)
    if problems:
        raise SakipError(problems)


@app.command(cls=Command)
def lihat(
    rubrik: Annotated[str, typer.Argument(metavar="ID", help="Id rubrik, atau jalur berkasnya.", show_default=False)],
    ringkas: Annotated[bool, typer.Option("--ringkas", help="Tanpa daftar kriteria.")] = False,
    keluaran: Keluaran = None,
    folder: Folders = None,
) -> None:
    """Tampilkan satu rubrik utuh: bobot, skala, predikat, kriteria, dan perubahan terhadap induknya."""
    from sakip_eval.render.rubric_text import render_rubric
    from sakip_eval.rubric.load import load_rubric

    emit(render_rubric(load_rubric(rubrik, folder or []), short=ringkas), keluaran)


app.command(cls=Command)(aturan)
app.command(cls=Command)(baru)
app.command(cls=Command)(diff)
app.command(cls=Command)(lint)
app.command(cls=Command)(skema)
app.command(cls=Command)(susun)
app.command(cls=Command)(uji)
