"""A follow-up table in rows and cells, read into one line for each recommendation.

Three forms are known: a table with a header (the eight columns of seed 004, the three of seed 000), two lists side by
side, and two lists one below the other, each under its own heading (seed 003).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sakip_eval.problems import Location, Problem
from sakip_eval.tindak_lanjut.facts import shortened
from sakip_eval.tindak_lanjut.impor_baris import MAX_ROWS, Bacaan, Baris, galat, peringatan
from sakip_eval.tindak_lanjut.impor_bukti import read_evidence
from sakip_eval.tindak_lanjut.impor_kepala import Kepala, header_of, is_numbering
from sakip_eval.tindak_lanjut.impor_pasangan import Butir, pair_lists

_NUMBER = re.compile(r"\(?\s*([0-9]{1,4})(?:\.0)?\s*[.)]{0,2}")
_ITEM = re.compile(r"\s*\(?([0-9]{1,3})\s*[.)]\)?\s+(\S.*)", re.DOTALL)
_HEADER_WITHIN = 40
"""Rows in which the header of a table is looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `nomor` as the file counts it, its cells as text, and what merged cells above show in its blank ones."""

    nomor: int
    cells: tuple[str, ...]
    merged: tuple[str, ...] = ()


def read_table(rows: Sequence[Row], path: str, sheet: str = "") -> Bacaan:
    """Read a table or two lists; `path` and `sheet` are used in messages.

    Problems: I901 nothing known, I902 to I906 rows and columns, I913 too many rows; warnings I951 to I956.
    """
    place = Location(path, sheet=sheet)
    if len(rows) > MAX_ROWS:
        found = galat(
            "I913",
            place,
            f"Tabel memuat {len(rows)} baris, lebih dari {MAX_ROWS}",
            "Tabel tindak lanjut berisi puluhan baris; berkas sebesar ini hampir pasti keliru",
            "Pisahkan menurut instansi dan tahun",
        )
        return Bacaan((), (found,))
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        header = header_of(row.cells)
        if header is not None:
            table = _Table(path, sheet, header, row.nomor)
            if header.berdampingan:
                return table.side_by_side(rows[index + 1 :])
            return table.read(rows[index + 1 :])
    lists = _two_lists(rows, path, sheet)
    if lists is not None:
        return lists
    return Bacaan(
        (),
        (
            galat(
                "I901",
                place,
                "Tidak ada tabel tindak lanjut yang dikenal",
                f"Dicari baris judul kolom (Rekomendasi dan sedikitnya satu kolom lain) dalam {_HEADER_WITHIN} baris "
                "pertama, atau dua daftar bernomor di bawah judul Rekomendasi dan Tindak Lanjut",
                "Tulis judul kolomnya, atau pakai bentuk YAML (docs/impor-tindak-lanjut.md)",
            ),
        ),
    )


class _Table:
    """One table under a header."""

    def __init__(self, path: str, sheet: str, header: Kepala, header_row: int) -> None:
        self.path, self.sheet, self.header = path, sheet, header
        self.kolom = header.kolom
        self.problems: list[Problem] = []
        for index, text in header.ganda:
            self.problems.append(
                galat(
                    "I905",
                    self.place(header_row, index),
                    f"Kolom `{text}` menyebut hal yang sudah disebut kolom lain",
                    "Tidak jelas kolom mana yang berlaku",
                    "Hapus atau ganti judul salah satunya",
                )
            )
        for index, text in header.lain.items():
            self.problems.append(
                peringatan(
                    "I954",
                    self.place(header_row, index),
                    f"Kolom `{text}` tidak dikenal dan tidak diimpor",
                    "Isinya tidak punya tempat dalam buku besar",
                    "Ganti judulnya bila kolom itu salah satu kolom tindak lanjut",
                )
            )

    def place(self, row: int, index: int | None = None) -> Location:
        if not row:
            return Location(self.path, sheet=self.sheet)
        # A row as a whole: a workbook names it without a column, a text file with its first.
        return Location(self.path, row, index + 1 if index is not None else 0 if self.sheet else 1, self.sheet)

    def cell(self, row: Row, name: str, *, merged: bool = False) -> str:
        index = self.kolom.get(name)
        if index is None:
            return ""
        own = row.cells[index].strip() if index < len(row.cells) else ""
        if not own and merged and index < len(row.merged):
            own = row.merged[index].strip()
        return own

    def read(self, rows: Sequence[Row]) -> Bacaan:
        numbered = any(_NUMBER.fullmatch(self.cell(row, "nomor")) for row in rows)
        entries: list[dict[str, object]] = []
        komponen = ""
        after_blank = False
        for row in rows:
            if not any(text.strip() for text in row.cells):
                after_blank = True
                continue
            if self.header.again(row.cells) or is_numbering(row.cells):
                after_blank = False
                continue
            if self.komponen_alone(row):
                komponen, after_blank = self.first_text(row), False
                continue
            new = bool(self.cell(row, "nomor")) if numbered else bool(self.cell(row, "teks"))
            if not new and numbered and after_blank and self.outside(row):
                self.left_out(row)
                continue
            if new or not entries:
                if not numbered and not self.cell(row, "teks") and not entries:
                    self.left_out(row)
                    continue
                komponen = self.cell(row, "komponen") or komponen
                entries.append({"row": row, "komponen": komponen, **self.fields(row, merged=True)})
            elif not numbered and after_blank:
                self.left_out(row)
                continue
            else:
                if self.cell(row, "teks")[:1].isupper():
                    self.joined_on(row)
                for name, text in self.fields(row, merged=False).items():
                    entries[-1][name] = _joined(str(entries[-1].get(name, "")), text)
            after_blank = False
        lines = [line for entry in entries if (line := self.line(entry)) is not None]
        return Bacaan(tuple(lines), tuple(self.problems))

    _FIELDS = (
        "nomor", "teks", "rencana_aksi", "tindak_lanjut", "target", "waktu", "penanggung_jawab", "status", "progres",
        "data_dukung", "kriteria", "asal",
    )  # fmt: skip

    def fields(self, row: Row, *, merged: bool) -> dict[str, str]:
        own = ("nomor", "teks")
        cells = {name: self.cell(row, name, merged=merged and name not in own) for name in self._FIELDS}
        return {name: text for name, text in cells.items() if text}

    def komponen_alone(self, row: Row) -> bool:
        """Return whether a row only heads those below it: one text, in the column of components or of numbers."""
        filled = [index for index, text in enumerate(row.cells) if text.strip()]
        if len(filled) != 1:
            return False
        homes = [self.kolom[name] for name in ("komponen", "nomor") if name in self.kolom]
        return filled[0] in homes and not _NUMBER.fullmatch(self.first_text(row)) and not row.merged

    def first_text(self, row: Row) -> str:
        return next((text.strip() for text in row.cells if text.strip()), "")

    def outside(self, row: Row) -> bool:
        """Return whether an unnumbered row after a blank one no longer belongs to the table (signatures, notes)."""
        starts = [self.cell(row, name) for name in ("teks", "rencana_aksi", "tindak_lanjut")]
        return not any(text[:1].islower() for text in starts)

    def left_out(self, row: Row) -> None:
        self.problems.append(
            peringatan(
                "I954",
                self.place(row.nomor),
                "Baris di luar tabel tidak diimpor",
                "Baris sesudah baris kosong, tanpa nomor atau rekomendasi, bukan lanjutan tabel",
                "Hapus baris kosong di atasnya bila baris ini memang lanjutannya",
            )
        )

    def joined_on(self, row: Row) -> None:
        self.problems.append(
            peringatan(
                "I959",
                self.place(row.nomor),
                f"Baris tanpa nomor digabung ke rekomendasi di atasnya: {shortened(self.cell(row, 'teks'), 50)}",
                "Dalam tabel bernomor, baris tanpa nomor adalah lanjutan; baris ini tampak sebagai kalimat baru",
                "Beri nomor bila ini rekomendasi tersendiri",
            )
        )

    def line(self, entry: dict[str, object]) -> Baris | None:
        row = entry["row"]
        assert isinstance(row, Row)
        text = {name: str(entry[name]) for name in self._FIELDS if entry.get(name)}
        place = self.place(row.nomor)
        if "teks" not in text:
            self.problems.append(
                galat(
                    "I902",
                    self.place(row.nomor, self.kolom["teks"]),
                    "Baris bernomor tanpa rekomendasi" if "nomor" in text else "Baris tanpa rekomendasi",
                    "Jawaban tanpa rekomendasi tidak dapat dicatat",
                    "Isi rekomendasinya, atau gabungkan dengan baris di atasnya",
                )
            )
            return None
        number = None
        if "nomor" in text:
            match = _NUMBER.fullmatch(text["nomor"])
            if match is None or int(match[1]) == 0:
                self.problems.append(
                    galat(
                        "I904",
                        self.place(row.nomor, self.kolom["nomor"]),
                        f"Nomor `{shortened(text['nomor'], 30)}` tidak terbaca",
                        "Nomor menjadi bagian dari id rekomendasi",
                        "Tulis bilangan bulat mulai 1",
                    )
                )
                return None
            number = int(match[1])
        bukti, problems = read_evidence(
            text.get("data_dukung", ""), self.place(row.nomor, self.kolom.get("data_dukung"))
        )
        self.problems += problems
        return Baris(
            tempat=place,
            teks=text["teks"],
            nomor=number,
            komponen=str(entry["komponen"]) or None,
            kriteria=tuple(part for part in re.split(r"[,;\s]+", text.get("kriteria", "")) if part),
            rencana_aksi=text.get("rencana_aksi"),
            tindak_lanjut=text.get("tindak_lanjut"),
            target=text.get("target"),
            waktu=text.get("waktu"),
            penanggung_jawab=text.get("penanggung_jawab"),
            status=text.get("status"),
            progres=text.get("progres"),
            data_dukung=bukti,
            asal=text.get("asal"),
        )

    def side_by_side(self, rows: Sequence[Row]) -> Bacaan:
        """Two numbered lists beside each other: paired by their numbers, not by their rows."""
        questions: list[Butir] = []
        answers: list[Butir] = []
        for row in rows:
            for number, text, into in (("nomor", "teks", questions), ("nomor_jawaban", "tindak_lanjut", answers)):
                said = self.cell(row, text)
                if not said or is_numbering(row.cells):
                    continue
                match = _NUMBER.fullmatch(self.cell(row, number))
                if match is None and into:
                    last = into[-1]
                    into[-1] = Butir(last.nomor, _joined(last.teks, said), last.tempat)
                else:
                    place = self.place(row.nomor, self.kolom[text])
                    into.append(Butir(int(match[1]) if match else None, said, place))
        return pair_lists(questions, answers, self.place(0), self.problems)


def _joined(before: str, after: str) -> str:
    """Join a cell that goes on in the next row: a sentence goes on in small letters, else it is a line of its own."""
    if not before:
        return after
    return f"{before} {after}" if after[:1].islower() else f"{before}\n{after}"


def _two_lists(rows: Sequence[Row], path: str, sheet: str) -> Bacaan | None:
    """Read two lists one below the other; None where there are no two headings."""
    lists: dict[str, list[Butir]] = {}
    current: list[Butir] | None = None
    after_blank = False
    for row in rows:
        texts = [text.strip() for text in row.cells if text.strip()]
        if not texts:
            after_blank = True
            continue
        match = _ITEM.fullmatch(" ".join(texts)) if len(texts) <= 2 else None
        if match is None and len(texts) == 2 and (number := _NUMBER.fullmatch(texts[0])):
            match = _ITEM.fullmatch(f"{number[1]}. {texts[1]}")
        place = Location(path, row.nomor, 0 if sheet else 1, sheet)
        if match is not None and current is not None:
            current.append(Butir(int(match[1]), match[2].strip(), place))
            after_blank = False
            continue
        heading = _heading(" ".join(texts)) if match is None else None
        if heading is not None and not lists.get(heading):
            current = lists.setdefault(heading, [])
            after_blank = False
            continue
        if match is None and after_blank and not texts[0][:1].islower():
            current = None  # What follows a list after a blank row is another part of the document.
        elif match is None and current:
            last = current[-1]
            current[-1] = Butir(last.nomor, _joined(last.teks, " ".join(texts)), last.tempat)
        after_blank = False
    if not lists.get("rekomendasi") or not lists.get("tindak_lanjut"):
        return None
    return pair_lists(lists["rekomendasi"], lists["tindak_lanjut"], Location(path, sheet=sheet), [])


def _heading(text: str) -> str | None:
    """Say which list a heading begins: answers where it names what was done, else recommendations."""
    words = text.casefold()
    if re.search(r"tindak\s*lanjut|upaya", words):
        return "tindak_lanjut"
    return "rekomendasi" if "rekomendasi" in words or "saran" in words else None
