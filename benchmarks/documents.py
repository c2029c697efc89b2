"""Writing documents, compared with the usual library doing the same document. Run: python -m benchmarks.documents."""

from __future__ import annotations

import gc
import io
from copy import copy
from pathlib import Path

import openpyxl

from benchmarks import timing
from sakip_eval.case.load import load_with_rubric
from sakip_eval.documents.lke.write import workbook
from sakip_eval.engine.evaluate import evaluate

CASE = Path(__file__).resolve().parent.parent / "cases/kecamatan-pelaihari/2022.yaml"


def lke() -> None:
    """Print the ratio of an LKE workbook to openpyxl writing the same cells, styles and rules."""
    loaded = load_with_rubric(CASE, {})
    evaluation = evaluate(loaded.rubric, loaded.case)
    content = workbook([evaluation])
    model = openpyxl.load_workbook(io.BytesIO(content))

    styles = {}
    sheets = []
    for sheet in model.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.has_style or cell.value is not None]
        for cell in cells:
            if cell.style_id not in styles:
                parts = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
                styles[cell.style_id] = (*(copy(part) for part in parts), cell.number_format)
        rules = sheet.data_validations.dataValidation
        sheets.append((sheet.title, [(c.row, c.column, c.value, styles[c.style_id]) for c in cells], rules))

    def same() -> None:
        """Write what stands in ours, cell by cell; formulas have no cached values there."""
        book = openpyxl.Workbook()
        for title, cells, rules in sheets:
            made = book.create_sheet(title)
            for row, column, value, style in cells:
                cell = made.cell(row, column, value)
                cell.font, cell.fill, cell.border, cell.alignment, cell.protection, cell.number_format = style
            for rule in rules:
                made.add_data_validation(rule)
        book.save(io.BytesIO())

    gc.collect()
    gc.freeze()
    ratio, microseconds = timing.pairs(lambda: workbook([evaluation]), same, 3, 7)
    print(f"LKE workbook / openpyxl, same document = {ratio:6.2f}   (ours {microseconds / 1000:.1f} ms each)")


if __name__ == "__main__":
    lke()
