"""A foreign LKE, the same table under other headers and in other order, read into a case.

Rows are matched by `match`; what could not be matched or read is a finding with its cell, and stays open in the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from sakip_eval.case.case import Case, Cetak, Instansi, Penilaian, Rater, Tercetak
from sakip_eval.documents.lke.cell_values import is_blank, text_of
from sakip_eval.documents.lke.foreign_row import ForeignRow
from sakip_eval.documents.lke.header import Column, Table, find_tables
from sakip_eval.documents.lke.layout import Row, layout
from sakip_eval.documents.lke.match import Line, Match, match
from sakip_eval.documents.lke.opening import Book
from sakip_eval.documents.lke.reading import (
    Figures,
    Findings,
    Reading,
    checked,
    differs,
    figures_of,
    listed,
    same_figure,
    score,
)
from sakip_eval.documents.lke.title import Title, read_title
from sakip_eval.numbers import format_plain
from sakip_eval.problems import cell_name
from sakip_eval.rubric.rubric import Rubric

_NUMBERED = re.compile(r"\s*((?:[0-9]{1,2}|[IVX]{1,4})(?:\.?[a-z])?(?:\.[0-9]{1,2})?[.)]*|[a-z][.)])\s+(\S.*)", re.S)


@dataclass(frozen=True, slots=True)
class About:
    """What the user says of a foreign sheet; what is None is looked for above the table."""

    instansi: str | None = None
    jenis: str | None = None
    tahun_kinerja: int | None = None
    tahun_evaluasi: int | None = None
    lembar: str | None = None


def read_foreign(book: Book, rubric: Rubric, rater: Rater, about: About) -> Reading:
    """Read a foreign LKE.

    Raises `SakipError` where no case can be made of it: X821 no table, X822 two columns for one thing, X823 several
    tables, X824 agency or years unknown; M3xx and K5xx for what the case could not hold.
    """
    found = Findings(book.path)
    parts = layout(rubric, (rater,)).rows
    table, matches = _choose(book, parts, about.lembar, found)
    title = read_title(table)
    facts = _facts(title, about, rubric, table, found)
    columns = _columns(table, rater, found)
    found.stop_if_refused()
    rows = [
        ForeignRow(table, columns, m.line.row, m.part, rubric, found)
        for m in _settled(matches, table, columns, parts, found)
    ]
    found.stop_if_refused()
    case = checked(_case(rows, facts, rubric, rater, book, table), rubric, book.path)
    hasil = score(case, rubric, (rater,))[0]
    total = next((row.cetak.nilai for row in rows if row.part.jenis == "total"), None)
    _compare(rows, figures_of(hasil), rubric, found)
    return Reading(
        "asing", case, rubric, (hasil,), (total,), tuple(found.problems), tuple(_told(table, columns, rows, parts))
    )


def _choose(book: Book, parts: Sequence[Row], sheet: str | None, found: Findings) -> tuple[Table, list[Match]]:
    """Return the table with the most rows that the rubric knows."""
    tables = [(table, match(_lines(table), parts)) for table in find_tables(book, sheet)]
    known = sorted(
        ((len({m.part.id for m in matches if m.part is not None}), at) for at, (_, matches) in enumerate(tables)),
        reverse=True,
    )
    if not known or not known[0][0]:
        names = listed(f"`{s.name}`" for s in book.sheets)
        found.add(
            "X821",
            None,
            "Tabel LKE tidak ditemukan" if not known else "Tidak satu pun baris tabel dikenal oleh rubrik itu",
            f"Dicari baris judul kolom dengan komponen atau kriteria, dan jawaban atau nilai; lembar: {names}",
            "Periksa judul kolomnya, sebutkan lembarnya dengan --lembar, atau rubrik lain dengan --rubrik",
            refuse=True,
        )
        found.stop_if_refused()
    if len(known) > 1 and known[1][0] == known[0][0]:
        names = listed(f"`{tables[at][0].sheet.name}`" for count, at in known if count == known[0][0])
        found.add(
            "X823",
            None,
            f"Beberapa lembar memuat tabel LKE yang sama lengkapnya: {names}",
            "Lembar mana yang berlaku tidak boleh ditebak",
            "Sebutkan lembarnya dengan --lembar",
            refuse=True,
        )
        found.stop_if_refused()
    return tables[known[0][1]]


def _lines(table: Table) -> list[Line]:
    sheet = table.sheet
    texts, numbers = table.of("uraian"), table.of("no")
    lines: list[Line] = []
    for row in sorted({row for row, _ in sheet.cells if row >= table.first}):
        nomor = next((text for c in numbers if (text := text_of(sheet.cells.get((row, c.col))))), "")
        for column in texts:
            text = text_of(sheet.cells.get((row, column.col)))
            if is_blank(text) and column is texts[-1] and numbers and not any(line.row == row for line in lines):
                # A line over the whole width, such as the total, stands in the column of the numbers.
                nomor, text = ("", nomor) if len(nomor) > 8 else (nomor, text)
            if is_blank(text):
                continue
            inside = _NUMBERED.fullmatch(text) if not nomor else None
            lines.append(
                Line(row, column.col, inside.group(1), inside.group(2))
                if inside
                else Line(row, column.col, nomor, text)
            )
    return lines


def _facts(title: Title, about: About, rubric: Rubric, table: Table, found: Findings) -> tuple[Instansi, int, int]:
    nama = about.instansi or title.nama
    kinerja, evaluasi = about.tahun_kinerja or title.tahun_kinerja, about.tahun_evaluasi or title.tahun_evaluasi
    missing = [
        option
        for option, value in (("--instansi", nama), ("--tahun-kinerja", kinerja), ("--tahun-evaluasi", evaluasi))
        if value is None
    ]
    if missing:
        unclear = f"; lembar hanya menyebut `{title.unclear}`, yang dipakai untuk keduanya" if title.unclear else ""
        found.add(
            "X824",
            (table.sheet.name, 0, 0),
            f"Lembar ini tidak menyebut dengan jelas: {', '.join(missing)}{unclear}",
            "Kasus tanpa nama instansi dan tahunnya tidak dapat dipakai",
            "Sebutkan pada perintah: " + " ".join(f"{option} ..." for option in missing),
            refuse=True,
        )
    jenis = about.jenis or ("unit kerja" if rubric.tingkat == "unit" else "instansi")
    return Instansi(nama or "?", None, jenis, None), kinerja or 0, evaluasi or 0


def _columns(table: Table, rater: Rater, found: Findings) -> dict[str, Column]:
    """Return one column for each role, of this rater where headers say whose they are."""
    columns: dict[str, Column] = {}
    for role in dict.fromkeys(c.role for c in table.columns):
        all_of_it = table.of(role)
        mine = [c for c in all_of_it if c.rater == rater] or [c for c in all_of_it if c.rater is None]
        if role in ("uraian", "no"):
            continue
        if len(mine) > 1:
            cells = listed(cell_name(table.header, c.col) for c in mine)
            found.add(
                "X822",
                (table.sheet.name, table.header, mine[0].col),
                f"Beberapa kolom dapat berisi {role}: {cells}",
                f"Kolom mana yang dari penilai {rater} tidak boleh ditebak",
                "Beri judul di atasnya yang menyebut mandiri atau evaluator, atau hapus kolom yang tidak berlaku",
                refuse=True,
            )
        elif mine:
            columns[role] = mine[0]
        elif role in ("jawaban", "status", "nilai"):
            found.add(
                "X822",
                (table.sheet.name, table.header, all_of_it[0].col),
                f"Kolom {role} hanya ada untuk penilai {all_of_it[0].rater}, bukan {rater}",
                "Jawaban seorang penilai tidak boleh dicatat sebagai jawaban penilai lain",
                f"Sebutkan --penilai {all_of_it[0].rater}, atau perbaiki judul kolomnya",
                refuse=True,
            )
    return columns


@dataclass(frozen=True, slots=True)
class _Settled:
    line: Line
    part: Row


def _settled(
    matches: Sequence[Match], table: Table, columns: dict[str, Column], parts: Sequence[Row], found: Findings
) -> Iterator[_Settled]:
    """Yield the rows that are about exactly one part each; all others are findings."""
    sheet = table.sheet.name
    by_part: dict[str, list[Match]] = {}
    total = min((m.line.row for m in matches if m.part is not None and m.part.id == "total"), default=1 << 30)
    for m in matches:
        if m.part is not None:
            by_part.setdefault(m.part.id, []).append(m)
        elif m.line.row <= total and (m.line.nomor or m.near or _has_values(table, columns, m.line.row)):
            near = listed(f"{p.id} ({at} %)" for p, at in m.near)
            tied = len(m.near) > 1 and m.near[0][1] - m.near[1][1] < 5
            found.add(
                "X826",
                (sheet, m.line.row, m.line.col),
                f"Baris `{_short(m.line.uraian)}` tidak cocok dengan satu bagian rubrik"
                + (f"; {'hampir sama miripnya' if tied else 'yang termirip'}: {near}" if near else ""),
                "Isinya tidak masuk ke kasus, karena bagiannya tidak boleh ditebak",
                "Perbaiki nomor atau bunyinya menurut rubrik, atau pindahkan isinya ke kasus dengan tangan",
            )
    for part in parts:
        mine = by_part.get(part.id, [])
        same = [m for m in mine if m.likeness == 100 and m.sure] if len(mine) > 1 else mine
        if len(mine) > 1:
            kept = same[0].line.row if len(same) == 1 else None
            cells = listed(cell_name(m.line.row, m.line.col) for m in mine)
            found.add(
                "X828",
                (sheet, mine[0].line.row, mine[0].line.col),
                f"Beberapa baris cocok dengan {part.id}: {cells}",
                f"Yang dibaca hanya baris {kept}, yang bunyinya sama" if kept else "Tidak satu pun dibaca",
                "Perbaiki nomor atau bunyi baris yang lain",
            )
        if len(same) == 1:
            if not same[0].sure:
                found.add(
                    "X825",
                    (sheet, same[0].line.row, same[0].line.col),
                    f"Baris ini dibaca sebagai {part.id} menurut bunyinya, kemiripan {same[0].likeness} %",
                    f"Bunyinya tidak sama dengan rubrik: {_short(part.uraian, 90)}",
                    "Periksa apakah memang bagian itu yang dimaksud",
                )
            yield _Settled(same[0].line, part)
    _missing(parts, by_part, table, found)


def _missing(parts: Sequence[Row], by_part: dict[str, list[Match]], table: Table, found: Findings) -> None:
    for jenis in ("komponen", "subkomponen", "kriteria"):
        names = [p.id for p in parts if p.jenis == jenis and p.id not in by_part]
        # A sheet without any criteria is the short form of the table.
        if names and len(names) < sum(p.jenis == jenis for p in parts):
            found.add(
                "X827",
                (table.sheet.name, 0, 0),
                f"{len(names)} {jenis} rubrik tidak ada barisnya: {listed(names)}",
                "Bagian itu tetap belum dinilai dalam kasus",
                "Tambahkan barisnya, atau periksa apakah rubriknya benar",
            )


def _has_values(table: Table, columns: dict[str, Column], row: int) -> bool:
    return any(not is_blank(text_of(table.sheet.cells.get((row, c.col)))) for c in columns.values())


def _short(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _case(
    rows: Sequence[ForeignRow],
    facts: tuple[Instansi, int, int],
    rubric: Rubric,
    rater: Rater,
    book: Book,
    table: Table,
) -> Case:
    instansi, kinerja, evaluasi = facts
    said = Penilaian(
        subkomponen={row.part.id: sub for row in rows if (sub := row.subkomponen()) is not None},
        kriteria={row.part.id: one for row in rows if (one := row.kriteria()) is not None},
        komponen={row.part.id: nilai for row in rows if (nilai := row.komponen()) is not None},
    )
    printed = {row.part.id: row.cetak for row in rows if row.cetak != Cetak() and row.part.jenis != "kriteria"}
    total = printed.pop("total", Cetak())
    source = f"{PurePath(book.path).name}, lembar {table.sheet.name}"
    tercetak = Tercetak(source, rubric.rounding.digits, total, printed) if printed or total != Cetak() else None
    return Case(instansi, kinerja, evaluasi, rubric.id, penilaian={rater: said}, tercetak=tercetak)


def _compare(rows: Sequence[ForeignRow], figures: Figures, rubric: Rubric, found: Findings) -> None:
    for row in rows:
        part, cetak = row.part, row.cetak
        if cetak.bobot is not None and part.bobot is not None and cetak.bobot != part.bobot:
            found.add(
                "X812",
                row.place("bobot"),
                f"Bobot {part.id} pada lembar {rubric.rounding.format(cetak.bobot)}, menurut rubrik "
                f"{rubric.rounding.format(part.bobot)}",
                "Yang dipakai adalah bobot rubrik; bobot yang lain mengubah nilai",
                f"Perbaiki menjadi {format_plain(part.bobot)}, atau periksa apakah rubriknya benar",
            )
        nilai, persen = figures.get(part.id, (None, None))
        for what, key, printed, ours in (
            ("Nilai", "nilai", cetak.nilai, nilai),
            ("Persen", "persen", cetak.persen, persen),
        ):
            if printed is not None and not same_figure(rubric, printed, ours):
                differs(found, row.place(key), f"{what} {part.id}", printed, ours, rubric.rounding.format)


def _told(
    table: Table, columns: dict[str, Column], rows: Sequence[ForeignRow], parts: Sequence[Row]
) -> Iterator[str]:
    roles = {"uraian": table.of("uraian")[0], **columns}
    where = ", ".join(
        f"{role} {cell_name(table.header, c.col)}" for role, c in sorted(roles.items(), key=lambda i: i[1].col)
    )
    yield f"Lembar `{table.sheet.name}`, judul kolom: {where}"
    for jenis in ("komponen", "subkomponen", "kriteria"):
        whole = sum(p.jenis == jenis for p in parts)
        if whole:
            yield f"{sum(row.part.jenis == jenis for row in rows)} dari {whole} {jenis} rubrik dicocokkan"
