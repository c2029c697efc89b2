"""The very hidden sheet Data: what the workbook was made from, the case as text, and lists for the dropdowns."""

from __future__ import annotations

from sakip_eval import __version__
from sakip_eval.documents.lke.case_text import chunks, encode
from sakip_eval.documents.lke.layout import DATA, VERSION, Layout, address
from sakip_eval.documents.lke.styles import Sheet
from sakip_eval.engine.result import Evaluation

COLUMN_KEY, COLUMN_VALUE, COLUMN_LIST = 0, 1, 3


def write_data(sheet: Sheet, layout: Layout, evaluation: Evaluation, *, blank: bool) -> None:
    """Write the sheet. A blank form has no case yet."""
    rubric, case = layout.rubric, evaluation.case
    entries = [
        ("tata_letak", VERSION),
        ("mesin", __version__),
        ("rubrik", rubric.id),
        ("rubrik_versi", rubric.versi),
        ("rubrik_sha256", rubric.sha256),
        ("kasus_sha256", "" if blank else case.sha256),
        ("penilai", " ".join(layout.raters)),
        ("kosong", "ya" if blank else "tidak"),
    ]
    if not blank:
        entries += [(f"kasus.{number}", piece) for number, piece in enumerate(chunks(encode(case)), start=1)]
    for row, (key, value) in enumerate(entries):
        sheet.write_string(row, COLUMN_KEY, key)
        sheet.write_string(row, COLUMN_VALUE, value)
    for row, name in enumerate(rubric.jenis_bukti):
        sheet.write_string(row, COLUMN_LIST, name)
    sheet.very_hidden()
    sheet.protect()


def kinds_of_evidence(layout: Layout) -> str | None:
    """Where the list of kinds of evidence stands, for a dropdown; None where the rubric names none."""
    number = len(layout.rubric.jenis_bukti)
    if not number:
        return None
    cells = (address(row, COLUMN_LIST, absolute=True) for row in (0, number - 1))
    return f"={DATA}!{':'.join(cells)}"
