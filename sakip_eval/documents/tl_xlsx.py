"""The official follow-up table as a workbook: the eight columns that agencies fill in, and what was verified.

All cells are text written as text: nothing in them is ever a formula or a link that opens by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import groupby
from textwrap import wrap
from typing import Any

from sakip_eval.documents.extras import require
from sakip_eval.render.tl_text import STATUS_WORDS, evidence_text, status_text
from sakip_eval.tindak_lanjut.state import State

_COLUMNS = (
    ("NO", 5),
    ("REKOMENDASI", 30),
    ("RENCANA AKSI TINDAK LANJUT", 27),
    ("TARGET", 20),
    ("WAKTU PELAKSANAAN", 14),
    ("PENANGGUNG JAWAB", 15),
    ("STATUS/PROGRES PENYELESAIAN", 22),
    ("Link Data Dukung", 24),
    ("HASIL VERIFIKASI", 17),
    ("ID", 9),
)
"""The columns of the table as agencies print it, then the evaluator's and the id. Widths in characters."""
_HEAD_ROW = 3
_LINE, _TALLEST = 12.0, 409.0
_ILLEGAL = str.maketrans("", "", "[]:*?/\\")


def follow_up_workbook(states: Sequence[State], per_tanggal: date, kepala: str) -> bytes:
    """Return the workbook (.xlsx): a sheet for each agency, all years; the same input gives the same bytes.

    `kepala` is the hash of the ledger's last entry, printed below. Raises `SakipError` (D801) without XlsxWriter.
    """
    require("office", "Buku kerja Excel")
    import xlsxwriter

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    moment = datetime.combine(per_tanggal, time())
    book.set_properties({"title": "Tindak lanjut rekomendasi", "created": moment})
    look = _Look(book)
    used: set[str] = set()
    for agency, group in groupby(states, key=lambda state: state.instansi):
        _sheet(book.add_worksheet(_name(agency, used)), look, agency, list(group), per_tanggal, kepala)
    if not states:
        _sheet(book.add_worksheet("Tindak lanjut"), look, "-", [], per_tanggal, kepala)
    book.close()
    return stream.getvalue()


class _Look:
    def __init__(self, book: Any) -> None:
        base = {"font_name": "Arial", "font_size": 9}
        self.title = book.add_format({**base, "bold": True, "font_size": 12})
        self.note = book.add_format({**base, "font_color": "#595959"})
        self.head = book.add_format(
            {
                **base,
                "bold": True,
                "bg_color": "#BDD7EE",
                "border": 1,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
            }
        )
        self.number = book.add_format({**base, "border": 1, "align": "center", "valign": "vcenter", "italic": True})
        self.year = book.add_format({**base, "bold": True, "border": 1, "bg_color": "#DDEBF7"})
        self.cell = book.add_format({**base, "border": 1, "valign": "top", "text_wrap": True})
        self.late = book.add_format({**base, "border": 1, "valign": "top", "text_wrap": True, "bg_color": "#F8CBAD"})


def _sheet(sheet: Any, look: _Look, agency: str, states: Sequence[State], day: date, kepala: str) -> None:
    sheet.write_string(0, 0, "TINDAK LANJUT REKOMENDASI HASIL EVALUASI AKUNTABILITAS KINERJA", look.title)
    sheet.write_string(1, 0, f"{agency}, keadaan per {day}", look.note)
    for column, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD_ROW, column, title, look.head)
        sheet.write_string(_HEAD_ROW + 1, column, str(column + 1), look.number)
    sheet.set_row(_HEAD_ROW, 30)
    row = _HEAD_ROW + 2
    for year, group in groupby(states, key=lambda state: state.tahun):
        sheet.merge_range(row, 0, row, len(_COLUMNS) - 1, "", look.year)
        sheet.write_string(row, 0, f"Tahun kinerja {year}", look.year)
        row += 1
        for number, state in enumerate(group, start=1):
            late = state.lewat_tempo(day)
            cells = (str(number), *_cells(state, day))
            sheet.set_row(row, _height(cells))
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text, look.late if late and column == 4 else look.cell)
            row += 1
    sheet.write_string(row + 1, 0, f"Hash kepala buku besar: {kepala}", look.note)
    sheet.freeze_panes(_HEAD_ROW + 2, 2)
    sheet.set_landscape()
    sheet.set_paper(14)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW, _HEAD_ROW + 1)
    sheet.set_footer("&L&8" + agency.replace("&", "&&") + "&R&8Halaman &P dari &N")


def _height(cells: Sequence[str]) -> float:
    """Return the height of a row, in points: programs do not fit rows to text that they did not type themselves."""
    lines = max(
        sum(len(wrap(line, width * 6 // 5)) or 1 for line in text.split("\n"))
        for text, (_, width) in zip(cells, _COLUMNS, strict=True)
    )
    return min(_TALLEST, 3 + _LINE * lines)


def _cells(state: State, day: date) -> tuple[str, ...]:
    plan, claim = state.rencana, state.laporan
    when = [str(d) for d in (plan.mulai, plan.selesai) if d is not None] if plan is not None else []
    time_text = (plan.waktu_tercetak if plan is not None else None) or " s.d. ".join(dict.fromkeys(when))
    if late := state.hari_lewat(day):
        time_text += f"\n(lewat {late} hari)"
    claimed = ""
    if claim is not None:
        share = f"{claim.progres}%: " if claim.progres is not None else ""
        claimed = f"{share}{claim.uraian}"
    verified = STATUS_WORDS[state.status] if state.status is not None else "belum diverifikasi"
    reason = f"\n{state.alasan}" if state.alasan is not None else ""
    moved = f"\n{status_text(state)}" if state.ke is not None else ""
    return (
        state.terbit.teks,
        plan.rencana_aksi if plan is not None else "",
        (plan.target or "") if plan is not None else "",
        time_text,
        (plan.penanggung_jawab or "") if plan is not None else "",
        claimed,
        "\n".join(evidence_text(item) for item in state.data_dukung),
        f"{verified}{reason}{moved}",
        "/".join(state.id.split("/")[1:]),
    )


def _name(agency: str, used: set[str]) -> str:
    """Return a sheet's name: at most 31 characters, each once, without what Excel forbids."""
    base = agency.translate(_ILLEGAL)[:31]
    name, number = base, 1
    while name.lower() in used:
        number += 1
        name = f"{base[: 28 - len(str(number))]}~{number}"
    used.add(name.lower())
    return name
