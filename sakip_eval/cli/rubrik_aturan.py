"""`sakip rubrik aturan`: the rules of a rubric as a page to read."""

from __future__ import annotations

from typing import Annotated

import typer

from sakip_eval.cli.options import Folders, Keluaran
from sakip_eval.cli.output import emit


def aturan(
    rubrik: Annotated[str, typer.Argument(metavar="ID", help="Id rubrik, atau jalur berkasnya.", show_default=False)],
    keluaran: Keluaran = None,
    folder: Folders = None,
) -> None:
    """Tulis seluruh aturan sebuah rubrik sebagai halaman Markdown: bila, maka, dasar, contoh."""
    from sakip_eval.render.rules_text import render_rules
    from sakip_eval.rubric.load import load_rubric

    emit(render_rules(load_rubric(rubrik, folder or [])), keluaran)
