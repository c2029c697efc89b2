"""The sheets Temuan and Rekomendasi: what the engine found in the case as it was when the workbook was made."""

from __future__ import annotations

from collections.abc import Sequence

from sakip_eval.documents.lke.inputs import shown
from sakip_eval.documents.lke.styles import Sheet, Styles, height, page, protect, title_row
from sakip_eval.engine.result import Evaluation, Rekomendasi
from sakip_eval.render.words import by_komponen, continues

_STALE = "Berlaku untuk isi saat lembar kerja ini dibuat; setelah perubahan, buat lembar kerja baru."
_ORIGIN = {
    "rubrik": "kriteria belum terpenuhi",
    "temuan": "menjawab temuan",
    "lanjutan": "belum selesai ditindaklanjuti",
    "tangan": "ditulis penilai",
}
_TEMUAN = (("No", 6), ("Tingkat", 14), ("Kode", 30), ("Temuan", 70), ("Kriteria", 16), ("Dasar", 36), ("Cara", 44))
_REKOMENDASI = (
    ("No", 6), ("Komponen", 26), ("Rekomendasi", 80), ("Kriteria", 18), ("Menambah (poin)", 12),
    ("Bersama (poin)", 12), ("Asal", 24), ("Dasar", 34), ("Id", 8),
)  # fmt: skip
HEADER, FIRST = 3, 4
"""Rows of both sheets: column headers, and the first entry."""


def write_temuan(sheet: Sheet, styles: Styles, evaluation: Evaluation, *, blank: bool) -> None:
    """Write all findings, gravest first."""
    rows = [
        (number, t.tingkat, t.kode, t.pesan, ", ".join(t.kriteria), t.dasar, t.cara)
        for number, t in enumerate(() if blank else evaluation.temuan, start=1)
    ]
    _table(sheet, styles, "TEMUAN", _TEMUAN, rows, "Tidak ada temuan." if not blank else "Formulir kosong.")


def write_rekomendasi(sheet: Sheet, styles: Styles, evaluation: Evaluation, *, blank: bool) -> None:
    """Write all recommendations, per component in the order of the letter."""
    rows: list[tuple[int | str, ...]] = []
    if not blank:
        for letter, komponen, own in by_komponen(evaluation):
            for number, item in enumerate(own, start=1):
                rows.append(_row(evaluation, f"{letter}.{number}", komponen.nama, item))
    none = "Tidak ada rekomendasi." if not blank else "Formulir kosong."
    _table(sheet, styles, "REKOMENDASI", _REKOMENDASI, rows, none)


def _row(evaluation: Evaluation, number: str, komponen: str, item: Rekomendasi) -> tuple[int | str, ...]:
    show = evaluation.rubric.rounding.format
    gains = item.jenis == "rubrik"
    return (
        number, komponen, item.teks, ", ".join(item.kriteria), show(item.potensi).replace(".", ",") if gains else "-",
        show(item.potensi_bersama).replace(".", ",") if gains else "-",
        _ORIGIN[item.jenis]
        + (f": {', '.join(item.menjawab)}" if item.menjawab else "")
        + (f"; {continues(item)}" if item.induk else ""),
        item.dasar, item.id,
    )  # fmt: skip


def _table(
    sheet: Sheet,
    styles: Styles,
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[int | str]],
    none: str,
) -> None:
    title_row(sheet)
    sheet.write_string(0, 0, title, styles.get("title", "line"))
    sheet.write_string(1, 0, _STALE, styles.get("note", "line"))
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADER, column, name, styles.get("header"))
    sheet.set_row(HEADER, height(*((name, width - 2) for name, width in columns)))
    wrap, center = styles.get("cell"), styles.get("cell", "center")
    for index, row in enumerate(rows, start=FIRST):
        texts = [shown(str(value)) for value in row]
        for column, text in enumerate(texts):
            sheet.write_string(index, column, text, center if columns[column][1] < 15 else wrap)
        sheet.set_row(index, height(*((text, width) for text, (_, width) in zip(texts, columns, strict=True))))
    if not rows:
        sheet.write_string(FIRST, 0, none, styles.get("text", "line"))
    sheet.freeze_panes(FIRST, 0)
    page(sheet, header=(HEADER, HEADER))
    protect(sheet)
