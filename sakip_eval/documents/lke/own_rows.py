"""Where the rows of the rubric stand in a sheet LKE of ours now; what was moved, deleted, inserted or copied."""

from __future__ import annotations

from sakip_eval.documents.lke import layout as at
from sakip_eval.documents.lke.cell_values import is_blank, text_of
from sakip_eval.documents.lke.layout import Layout
from sakip_eval.documents.lke.match import plain
from sakip_eval.documents.lke.opening import Sheet
from sakip_eval.documents.lke.reading import Findings, listed
from sakip_eval.problems import cell_name

_ID, _URAIAN = at.COLUMN_ID + 1, at.COLUMN_URAIAN + 1


def find_rows(sheet: Sheet, layout: Layout, found: Findings) -> dict[str, int]:
    """Return the row (from 1) of each id of the layout that is there.

    Refused, because an answer could end up with another part: columns that moved (X810), an id that stands in several
    rows, a row with the text of another one (X813). Found: rows moved, missing, or inserted (X813).
    """
    _check_columns(sheet, layout, found)
    known = layout.row_by_id
    places: dict[str, list[int]] = {}
    for (row, col), cell in sorted(sheet.cells.items()):
        if col == _ID and row > at.ROW_HEADER + 1 and text_of(cell) in known:
            places.setdefault(text_of(cell), []).append(row)
    rows = {name: where[0] for name, where in places.items()}
    for name, where in places.items():
        if len(where) > 1:
            cells = listed(cell_name(row, _ID) for row in where)
            _row(
                found,
                sheet,
                where[1],
                f"Baris {name} ada {len(where)} kali: {cells}",
                "Baris mana yang berlaku tidak boleh ditebak",
                refuse=True,
            )
    _check_order(sheet, layout, rows, found)
    _check_texts(sheet, layout, rows, found)
    missing = [row.id for row in layout.rows if row.id not in rows]
    if missing:
        found.add(
            "X813",
            (sheet.name, 0, 0),
            f"{len(missing)} baris dihapus: {listed(missing)}",
            "Untuk bagian itu berlaku isian kasus sebelum lembar diisi",
            "Kembalikan barisnya, atau ubah kasus yang ditulis bila memang harus kosong",
        )
    _check_inserted(sheet, layout, set(rows.values()), found)
    return rows


def _check_columns(sheet: Sheet, layout: Layout, found: Findings) -> None:
    expected = {at.COLUMN_NO: "no", at.COLUMN_URAIAN: "uraian", at.COLUMN_BOBOT: "bobot"}
    for block in layout.blocks:
        expected |= {block.columns[key]: key for key in block.visible}
    for column, key in expected.items():
        said = sheet.text(at.ROW_HEADER + 1, column + 1)
        if plain(said) != plain(at.HEADERS[key]) or (not plain(said) and said != at.HEADERS[key]):
            found.add(
                "X810",
                (sheet.name, at.ROW_HEADER + 1, column + 1),
                f"Judul kolom `{said[:40]}` seharusnya `{at.HEADERS[key]}`",
                "Kolom yang disisipkan atau dipindah membuat isian terbaca pada tempat yang salah",
                "Kembalikan susunan kolomnya, atau baca sebagai LKE asing dengan --rubrik",
                refuse=True,
            )


def _check_order(sheet: Sheet, layout: Layout, rows: dict[str, int], found: Findings) -> None:
    """Say once for each stretch of rows that stands elsewhere by the same distance."""
    shift = 0
    for part in layout.rows:
        row = rows.get(part.id)
        if row is None:
            # Rows below one that was deleted move up with it; that alone is not worth a word.
            shift -= 1
        elif row != part.index + 1 + shift:
            inserted = row - part.index - 1 - shift
            shift = row - part.index - 1
            if inserted > 0 and all(_without_id(sheet, r) for r in range(row - inserted, row)):
                continue  # Empty or foreign rows in between are reported where they say something.
            _row(
                found,
                sheet,
                row,
                f"Baris {part.id} pindah dari baris {part.index + 1}",
                "Dibaca menurut id tersembunyinya",
                refuse=False,
            )


def _without_id(sheet: Sheet, row: int) -> bool:
    return not text_of(sheet.cells.get((row, _ID)))


def _check_texts(sheet: Sheet, layout: Layout, rows: dict[str, int], found: Findings) -> None:
    texts = {plain(part.uraian): part.id for part in layout.rows}
    for part in layout.rows:
        row = rows.get(part.id)
        said = plain(sheet.text(row, _URAIAN)) if row is not None else None
        if row is None or said is None or said == plain(part.uraian):
            continue
        other = texts.get(said)
        if other is not None:
            _row(
                found,
                sheet,
                row,
                f"Baris {part.id} memuat bunyi {other}",
                "Baris diurutkan atau dipindah tanpa id tersembunyinya, sehingga isian tidak pasti milik bagian mana",
                refuse=True,
            )
        else:
            _row(
                found,
                sheet,
                row,
                f"Bunyi {part.id} diubah",
                "Isiannya dibaca untuk bunyi menurut rubrik",
                refuse=False,
            )


def _check_inserted(sheet: Sheet, layout: Layout, known: set[int], found: Findings) -> None:
    last = max(known, default=0)
    columns = [column + 1 for block in layout.blocks for column in block.columns.values()]
    for row in range(at.ROW_FIRST + 1, min(last, at.ROW_FIRST + 10 * len(layout.rows))):
        if row not in known:
            filled = [c for c in (_URAIAN, *columns) if not is_blank(text_of(sheet.cells.get((row, c))))]
            if filled:
                words = "Baris ini bukan bagian rubrik"
                _row(found, sheet, row, words, "Isinya tidak masuk ke kasus", refuse=False)


def _row(found: Findings, sheet: Sheet, row: int, apa: str, mengapa: str, *, refuse: bool) -> None:
    mend = (
        "Kembalikan susunan barisnya seperti semula"
        if refuse
        else "Periksa barisnya; bila perlu kembalikan seperti semula"
    )
    found.add("X813", (sheet.name, row, _URAIAN), apa, mengapa, mend, refuse=refuse)
