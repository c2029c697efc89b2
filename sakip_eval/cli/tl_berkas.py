"""Follow-up tables from files: .xlsx, .csv and .yaml as plain rows or the YAML form, opened without trusting them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from sakip_eval.problems import Location, Problem, SakipError, suggest

if TYPE_CHECKING:
    from datetime import date

    from sakip_eval.documents.lke.opening import Cell, Sheet
    from sakip_eval.tindak_lanjut.impor_baris import Bacaan
    from sakip_eval.tindak_lanjut.impor_model import TindakLanjutFile
    from sakip_eval.tindak_lanjut.impor_tabel import Row

_DELIMITERS = (";", ",", "\t")
_LONGEST_CELL = 100_000


def read_file(path: Path, sheet: str | None) -> tuple[TindakLanjutFile | None, Bacaan]:
    """Read a follow-up table; of the YAML form also what it says about itself.

    `sheet` names the sheet of a workbook. Raises `SakipError`: B1xx, X8xx, D801 and Y2xx where the file cannot be
    read, M3xx where the YAML form is wrong, I913 to I915 where the kind of file, the sheet or a cell cannot be used.
    """
    from sakip_eval.tindak_lanjut.impor_tabel import read_table

    kind = path.suffix.casefold()
    if kind in (".yaml", ".yml"):
        from sakip_eval.tindak_lanjut.impor_model import read_document
        from sakip_eval.yamlfile import load_yaml

        return read_document(load_yaml(path))
    if kind == ".csv":
        return None, read_table(_csv_rows(path), str(path))
    if kind == ".xlsx":
        rows, name = _sheet_rows(path, sheet)
        return None, read_table(rows, str(path), name)
    raise _unusable(
        str(path),
        f"Jenis berkas `{path.suffix or path.name}` tidak dikenal",
        "Tabel tindak lanjut dibaca dari .xlsx, .csv, atau .yaml",
        "Simpan ulang tabelnya sebagai .xlsx (Word dan PDF: salin tabelnya ke lembar kerja)",
    )


def _unusable(where: str, apa: str, mengapa: str, perbaikan: str, kode: str = "I913") -> SakipError:
    return SakipError([Problem(kode, Location(where), apa, mengapa, perbaikan)])


def _csv_rows(path: Path) -> list[Row]:
    """Read a CSV file with the delimiter under which most of a table is found and fewest cells are cut."""
    from sakip_eval.textfile import read_text
    from sakip_eval.tindak_lanjut.impor_kepala import header_of
    from sakip_eval.tindak_lanjut.impor_tabel import Row, read_table

    text = read_text(path)
    best: tuple[tuple[int, ...], list[Row]] | None = None
    for delimiter in _DELIMITERS:
        rows = [Row(number, cells) for number, cells in _cells(text, delimiter, path)]
        columns = max((len(h.kolom) for row in rows[:40] if (h := header_of(row.cells)) is not None), default=0)
        lines = () if columns else read_table(rows, str(path)).baris
        # A wrong delimiter cuts sentences short, or leaves answers without their number.
        answers = [line.tindak_lanjut for line in lines if line.tindak_lanjut]
        kept = sum(map(len, (*(line.teks for line in lines), *answers)))
        score = (columns, len(lines), len(answers), kept, -sum(len(row.cells) for row in rows))
        if best is None or score > best[0]:
            best = score, rows
    assert best is not None
    return best[1]


def _cells(text: str, delimiter: str, path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        line = 1
        for cells in reader:
            # A row of an export of ours has an apostrophe before what a spreadsheet would run.
            yield line, tuple(c[1:] if c[:1] == "'" and c[1:2] in ("=", "+", "-", "@") else c for c in cells)
            line = reader.line_num + 1
    except csv.Error:
        raise _unusable(
            str(path),
            "Susunan CSV tidak terbaca",
            f"Satu sel melebihi {_LONGEST_CELL} huruf; tanda kutip mungkin tidak ditutup",
            "Simpan ulang dari lembar kerja sebagai CSV UTF-8",
        ) from None
    finally:
        csv.field_size_limit(before)


def _sheet_rows(path: Path, wanted: str | None) -> tuple[list[Row], str]:
    """Return the rows of the sheet named, else of the one visible sheet that holds a table."""
    from sakip_eval.documents.lke.opening import open_book
    from sakip_eval.tindak_lanjut.impor_kepala import header_of

    book = open_book(path)
    if wanted is not None:
        sheet = book.sheet(wanted)
        if sheet is None:
            raise _unusable(
                str(path),
                f"Lembar `{wanted}` tidak ada",
                "Tabel dibaca dari satu lembar",
                suggest(wanted, [sheet.name for sheet in book.sheets]),
                "I914",
            )
        return _rows(path, sheet), sheet.name
    visible = [sheet for sheet in book.sheets if not sheet.hidden] or list(book.sheets)
    held = [sheet for sheet in visible if any(header_of(row) is not None for row in _texts(sheet, 40))]
    if len(held) > 1:
        raise _unusable(
            str(path),
            f"{len(held)} lembar memuat tabel tindak lanjut: {', '.join(sheet.name for sheet in held[:6])}",
            "Satu impor memuat rekomendasi satu evaluasi",
            "Sebut lembarnya dengan --lembar",
            "I914",
        )
    chosen = (held or visible)[0]
    return _rows(path, chosen), chosen.name


def _texts(sheet: Sheet, most: int) -> Iterator[tuple[str, ...]]:
    width = max((col for _, col in sheet.cells), default=0)
    for row in sorted({row for row, _ in sheet.cells})[:most]:
        yield tuple(_text(sheet.cells.get((row, col))) for col in range(1, width + 1))


def _rows(path: Path, sheet: Sheet) -> list[Row]:
    """Return all rows down to the last filled one, with what merged cells show further down."""
    from sakip_eval.tindak_lanjut.impor_tabel import Row

    _refuse_errors(path, sheet)
    width = max((col for _, col in sheet.cells), default=0)
    height = max((row for row, _ in sheet.cells), default=0)
    shown: dict[tuple[int, int], str] = {}
    for top, left, bottom, _ in sheet.merged:
        text = _text(sheet.cells.get((top, left)))
        if text and left <= width:
            shown.update({(row, left): text for row in range(top + 1, min(bottom, height) + 1)})
    columns: Sequence[int] = range(1, width + 1)
    return [
        Row(
            row,
            tuple(_text(sheet.cells.get((row, col))) for col in columns),
            tuple(shown.get((row, col), "") for col in columns) if shown else (),
        )
        for row in range(1, height + 1)
    ]


def _refuse_errors(path: Path, sheet: Sheet) -> None:
    bad = [
        Problem(
            "I915",
            Location(str(path), row, col, sheet.name),
            f"Sel berisi galat {cell.value}" if cell.kind == "galat" else "Rumus tanpa nilai tersimpan",
            "Yang tercetak di sini tidak dapat dibaca",
            "Buka dan simpan ulang dengan Excel atau LibreOffice, atau ganti rumusnya dengan isinya",
        )
        for (row, col), cell in sheet.cells.items()
        if cell.kind == "galat" or (cell.kind == "kosong" and cell.formula is not None)
    ]
    if bad:
        raise SakipError(bad)


def _text(cell: Cell | None) -> str:
    """Return what a cell shows: percent as percent, a day as 2023-07-13."""
    from sakip_eval.numbers import format_plain

    if cell is None or cell.value is None:
        return ""
    value: str | Fraction | date | bool = cell.value
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Fraction):
        percent = "%" in cell.format
        return format_plain(value * 100) + "%" if percent else format_plain(value)
    return value.strip() if isinstance(value, str) else value.isoformat()
