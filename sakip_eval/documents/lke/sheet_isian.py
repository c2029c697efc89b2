"""The sheets Identitas and Bukti: what else is filled in by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sakip_eval.case.case import Case
from sakip_eval.documents.lke.inputs import Value, evidence, identity
from sakip_eval.documents.lke.layout import (
    BUKTI_FIELDS,
    BUKTI_FIRST,
    BUKTI_HEADER,
    BUKTI_SPARE,
    IDENTITAS_FIRST,
    IDENTITAS_KEY,
    IDENTITAS_NAMA,
    IDENTITAS_VALUE,
    Field,
    Layout,
    identitas_fields,
)
from sakip_eval.documents.lke.sheet_data import kinds_of_evidence
from sakip_eval.documents.lke.styles import Sheet, Styles, height, page, protect, title_row

_BUKTI_WIDTHS = (20, 27, 52, 10, 10, 13, 16, 13, 40, 44)
_KINDS = {"tanggal": "date", "tahun": "year"}
_YEARS = {"validate": "integer", "criteria": "between", "minimum": 1990, "maximum": 2100}
_DATES = {"validate": "date", "criteria": "between", "minimum": date(1990, 1, 1), "maximum": date(2100, 12, 31)}


def write_identitas(sheet: Sheet, styles: Styles, layout: Layout, case: Case, *, blank: bool) -> None:
    """Write the sheet Identitas; all cells of a blank form are empty."""
    values = {} if blank else identity(case)
    sheet.set_column(IDENTITAS_KEY, IDENTITAS_KEY, 8, None, {"hidden": True})
    sheet.set_column(IDENTITAS_NAMA, IDENTITAS_NAMA, 46)
    sheet.set_column(IDENTITAS_VALUE, IDENTITAS_VALUE, 80)
    title_row(sheet)
    sheet.write_string(0, IDENTITAS_NAMA, "IDENTITAS", styles.get("title", "line"))
    words = "Sel putih diisi; tahun, tanggal, dan pilihan diperiksa saat lembar dibaca kembali."
    sheet.write_string(1, IDENTITAS_NAMA, words, styles.get("note", "line"))
    for row, field in enumerate(identitas_fields(layout.raters), start=IDENTITAS_FIRST):
        value = values.get(field.key)
        sheet.write_string(row, IDENTITAS_KEY, field.key, styles.get("text", "id"))
        sheet.write_string(row, IDENTITAS_NAMA, field.nama, styles.get("label"))
        kind = _KINDS.get(field.jenis, "wrap")
        _put(sheet, row, IDENTITAS_VALUE, value, styles.get("cell", kind, free=True))
        sheet.set_row(row, height((field.nama, 46), (str(value or ""), 80)))
        _check(sheet, (row, IDENTITAS_VALUE, row, IDENTITAS_VALUE), field, None)
    page(sheet)
    protect(sheet)


def write_bukti(sheet: Sheet, styles: Styles, layout: Layout, case: Case, *, blank: bool) -> None:
    """Write the sheet Bukti: a row for each piece of evidence, then empty rows for more."""
    listed = [] if blank else [evidence(bukti) for bukti in case.bukti.values()]
    title_row(sheet)
    sheet.write_string(0, 0, "DAFTAR BUKTI (DAFTAR EVIDENCE)", styles.get("title", "line"))
    words = (
        "Satu baris satu dokumen. Id dipakai pada kolom Daftar Evidence lembar LKE; jenis menurut lembar Petunjuk."
    )
    sheet.write_string(1, 0, words, styles.get("note", "line"))
    for column, (field, width) in enumerate(zip(BUKTI_FIELDS, _BUKTI_WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(BUKTI_HEADER, column, field.nama, styles.get("header"))
    sheet.set_row(BUKTI_HEADER, height(("a b", 1)))
    empty: Mapping[str, Value] = {}
    last = BUKTI_FIRST + len(listed) + BUKTI_SPARE - 1
    formats = [styles.get("cell", _KINDS.get(field.jenis, "wrap"), free=True) for field in BUKTI_FIELDS]
    for row, values in enumerate([*listed, *[empty] * BUKTI_SPARE], start=BUKTI_FIRST):
        for column, field in enumerate(BUKTI_FIELDS):
            _put(sheet, row, column, values.get(field.key), formats[column])
        texts = [(str(values.get(f.key) or ""), width) for f, width in zip(BUKTI_FIELDS, _BUKTI_WIDTHS, strict=True)]
        if values and (tall := height(*texts)) > height():
            sheet.set_row(row, tall)
    for column, field in enumerate(BUKTI_FIELDS):
        _check(sheet, (BUKTI_FIRST, column, last, column), field, kinds_of_evidence(layout))
    sheet.freeze_panes(BUKTI_FIRST, 1)
    page(sheet, header=(BUKTI_HEADER, BUKTI_HEADER))
    protect(sheet)


def _put(sheet: Sheet, row: int, column: int, value: Value, style: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value), style)


def _check(sheet: Sheet, cells: tuple[int, int, int, int], field: Field, kinds: str | None) -> None:
    known: dict[str, dict[str, Any] | None] = {
        "tahun": _YEARS,
        "tanggal": _DATES,
        "klaster": {"validate": "list", "source": ["utama", "pendukung", "tambahan"]},
        "ya_tidak": {"validate": "list", "source": ["ya", "tidak"]},
        "jenis_bukti": {"validate": "list", "source": kinds} if kinds else None,
    }
    options = known.get(field.jenis)
    if options is not None:
        words = {"tahun": "Tulis tahun, empat angka.", "tanggal": "Tulis tanggal, misalnya 2023-06-27."}
        said = words.get(field.jenis, "Pilih salah satu dari daftar.")
        sheet.data_validation(*cells, options | {"error_title": "Isian tidak dikenal", "error_message": said})
