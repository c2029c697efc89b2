"""What nobody should have changed in a sheet LKE of ours: formulas, weights, and the figures they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sakip_eval.case.case import Rater
from sakip_eval.documents.lke import layout as at
from sakip_eval.documents.lke.cell_values import Unreadable, number_of, text_of
from sakip_eval.documents.lke.figures import Figure, figures
from sakip_eval.documents.lke.formulas import formulas
from sakip_eval.documents.lke.layout import Block, Layout, Row
from sakip_eval.documents.lke.opening import Cell, Sheet
from sakip_eval.documents.lke.own_fields import TOLERANCE
from sakip_eval.documents.lke.reading import Findings, differs
from sakip_eval.engine.result import Evaluation
from sakip_eval.numbers import format_plain

_BOBOT = at.COLUMN_BOBOT + 1
_PROPOSED = ("pemenuhan", "usulan")
"""Follow the rules as they fired when the sheet was written; no formula can fire them anew for what was filled in."""


def compare_locked(sheet: Sheet, layout: Layout, rows: dict[str, int], found: Findings) -> None:
    """Report every formula that is none any more (X811) and every weight that is not the rubric's (X812)."""
    by_row = {part.index: part for part in layout.rows}
    for row, column in formulas(layout):
        part = by_row[row]
        place = rows.get(part.id, 0), column + 1
        cell = sheet.cells.get(place)
        if place[0] and (cell is None or cell.formula is None):
            now = f"diganti `{text_of(cell)[:40]}`" if cell is not None else "dihapus"
            found.add(
                "X811",
                (sheet.name, *place),
                f"Rumus {_key(layout, column)} {part.id} {now}",
                "Angka itu tidak lagi mengikuti jawaban; yang berlaku adalah hitungan ulang",
                "Kembalikan rumusnya, atau tulis LKE baru dari kasus yang dihasilkan",
            )
    for part in layout.rows:
        if part.bobot is not None and part.id in rows:
            _compare_bobot(sheet, part, rows[part.id], found)


def _compare_bobot(sheet: Sheet, part: Row, row: int, found: Findings) -> None:
    cell, wanted = sheet.cells.get((row, _BOBOT)), part.bobot
    try:
        bobot = number_of(cell)
    except Unreadable:
        bobot = None
    if cell is not None and cell.formula is not None:
        return  # The total of the weights may be a formula.
    if bobot is None or wanted is None or abs(bobot - wanted) > TOLERANCE:
        found.add(
            "X812",
            (sheet.name, row, _BOBOT),
            f"Bobot {part.id} pada lembar {text_of(cell)[:40] or 'kosong'}, menurut rubrik {format_plain(wanted or Fraction(0))}",
            "Yang dipakai adalah bobot rubrik; bobot yang lain mengubah nilai",
            "Kembalikan bobotnya; bila bobot memang berbeda, buat rubrik turunan",
        )


def compare_figures(
    sheet: Sheet,
    layout: Layout,
    rows: dict[str, int],
    evaluations: Sequence[Evaluation],
    found: Findings,
    rater: Rater | None,
) -> list[Fraction | None]:
    """Report every stored figure that is not ours (X815); return the total that the sheet shows for each rater."""
    ours = figures(layout, evaluations)
    totals: list[Fraction | None] = []
    for block, evaluation in zip(layout.blocks, evaluations, strict=True):
        stored = {
            (part.id, key): sheet.cells.get((rows[part.id], block.columns[key] + 1))
            for part in layout.rows
            if part.id in rows
            for key in block.visible
        }
        total = stored.get(("total", "nilai"))
        totals.append(total.value if total is not None and isinstance(total.value, Fraction) else None)
        if rater not in (None, block.rater):
            continue
        computed = [cell for cell in stored.values() if cell is not None and cell.formula is not None]
        if computed and all(cell.kind == "kosong" for cell in computed):
            found.add(
                "X815",
                (sheet.name, rows.get("total", 0), block.columns["nilai"] + 1),
                "Lembar disimpan tanpa hasil hitungannya",
                "Angka pada lembar tidak dapat dibandingkan dengan hitungan ulang",
                "Buka dan simpan dengan Excel atau LibreOffice, lalu baca sekali lagi",
            )
            continue
        for part in layout.rows:
            # The sentence about completeness has the decimal sign of the machine that computed it.
            if part.id in rows and part.jenis != "rentang":
                _compare_row(sheet, layout, block, part, rows[part.id], ours, stored, evaluation, found)
    return totals


def _compare_row(
    sheet: Sheet,
    layout: Layout,
    block: Block,
    part: Row,
    row: int,
    ours: Mapping[tuple[int, int], Figure],
    stored: dict[tuple[str, str], Cell | None],
    evaluation: Evaluation,
    found: Findings,
) -> None:
    """Report the first figure of a row that differs; what follows from it says no more."""
    for key in sorted(block.visible, key=lambda k: ("nilai", "persen").index(k) if k in ("nilai", "persen") else 2):
        if key in _PROPOSED:
            continue
        wanted: Figure | None = ours.get((part.index, block.columns[key]))
        cell = stored[part.id, key]
        if wanted is None or _same(cell, wanted):
            continue
        place = (sheet.name, row, block.columns[key] + 1)
        what = f"{at.HEADERS[key]} {part.id}"
        value = cell.value if cell is not None else None
        if isinstance(value, Fraction) and not isinstance(wanted, str):
            differs(found, place, what, value, wanted, evaluation.rubric.rounding.format)
        else:
            shown = evaluation.rubric.rounding.format(wanted) if isinstance(wanted, Fraction) else wanted or "kosong"
            found.add(
                "X815",
                place,
                f"{what} pada lembar {text_of(cell)[:60] or 'kosong'}, hasil hitung ulang {shown}",
                "Yang berlaku adalah hitungan dari jawaban menurut rubrik; isi lembar tidak dipakai",
                "Hitung ulang lembar kerja (Ctrl+Shift+F9), atau periksa jawabannya",
            )
        return


def _same(cell: Cell | None, wanted: Figure) -> bool:
    if isinstance(wanted, str):
        return text_of(cell) == wanted.strip()
    value = cell.value if cell is not None else None
    return isinstance(value, Fraction) and abs(value - wanted) <= TOLERANCE


def _key(layout: Layout, column: int) -> str:
    return next(key for block in layout.blocks for key, at_ in block.columns.items() if at_ == column)
