"""A letter (LHE) against docxtpl making the same document: the same text, list items and worksheet rows."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from benchmarks import timing

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "cases/kecamatan-pelaihari"


def lhe() -> None:
    """Print the ratio of our letter to docxtpl's for Pelaihari, and what one of ours takes."""
    from sakip_eval.case.load import load_with_rubric
    from sakip_eval.documents.lhe.isi import compose
    from sakip_eval.documents.lhe.surat import load_surat
    from sakip_eval.documents.lhe.write import letter
    from sakip_eval.engine.evaluate import evaluate

    loaded = load_with_rubric(FOLDER / "2022.yaml", {})
    evaluation = evaluate(loaded.rubric, loaded.case)
    surat = load_surat(FOLDER / "surat-2023.yaml")
    render = _docxtpl(compose(evaluation, surat))
    ratio, microseconds = timing.pairs(lambda: letter(evaluation, surat), render, 3, rounds=9)
    print(
        f"{'LHE, letter with LKE':24s} / {'docxtpl, same document':36s} = {ratio:6.2f}   (ours {microseconds:7.0f} us)"
    )


def _docxtpl(content: Any) -> Any:
    """Return a function that renders the same content from a docxtpl template, as an office would set one up."""
    import docx
    import docxtpl

    from sakip_eval.documents.lhe.elements import Heading, Item, Paragraph, Table, plain

    lines = [
        {"text": e.text if isinstance(e, Heading) else plain(e.runs), "item": isinstance(e, Item)}
        for e in content.walk()
        if isinstance(e, Heading | Item | Paragraph)
    ]
    table = next(e for e in content.annex if isinstance(e, Table) and e.head)
    width = len(table.widths)
    rows = []
    for row in table.rows:
        cells = [plain(cell.runs) for cell in row]
        rows.append({"cells": cells + [""] * (width - len(cells))})
    made = docx.Document()
    made.add_paragraph("{%p for line in lines %}")
    made.add_paragraph("{%p if line.item %}")
    made.add_paragraph("{{ line.text }}", style="List Number")
    made.add_paragraph("{%p else %}")
    made.add_paragraph("{{ line.text }}")
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endfor %}")
    grid = made.add_table(rows=4, cols=width, style="Table Grid")
    for at, cell in enumerate(table.head[0]):
        grid.cell(0, at).text = plain(cell.runs)
        grid.cell(2, at).text = f"{{{{ row.cells[{at}] }}}}"
    grid.cell(1, 0).text = "{%tr for row in rows %}"
    grid.cell(3, 0).text = "{%tr endfor %}"
    stream = io.BytesIO()
    made.save(stream)
    template = stream.getvalue()

    def render() -> bytes:
        document = docxtpl.DocxTemplate(io.BytesIO(template))
        document.render({"lines": lines, "rows": rows}, autoescape=True)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return render


if __name__ == "__main__":
    lhe()
