"""An .xlsx is opened without trust: what could harm is refused with its reason, what is plain is read exactly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from sakip_eval.documents.lke import package
from sakip_eval.documents.lke.opening import open_book, open_bytes
from sakip_eval.problems import Location, Problem, SakipError, cell_name, sort_problems
from tests.helpers.files import only, problems_of

SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
RELS = "xl/_rels/workbook.xml.rels"


def book(fill: Callable[[Any], None] | None = None) -> bytes:
    made: Any = Workbook()
    made.active.title = "LKE"
    made.active["A1"] = "No"
    if fill is not None:
        fill(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def repacked(content: bytes, changes: dict[str, bytes] | None = None, **replaced: tuple[bytes, bytes]) -> bytes:
    """The archive with parts added or replaced (`changes`)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename not in (changes or {}):
                new.writestr(item.filename, old.read(item))
        for name, raw in (changes or {}).items():
            new.writestr(name, raw)
    return stream.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_replaced(name: str, old: bytes, new: bytes) -> bytes:
    content = book()
    raw = part(content, name)
    assert old in raw
    return repacked(content, {name: raw.replace(old, new, 1)})


def codes(content: bytes) -> set[str]:
    """The codes with which a file is refused; none where it is read."""
    try:
        open_bytes(content, "x.xlsx")
    except SakipError as error:
        return {p.kode for p in error.problems}
    return set()


def refused(content: bytes) -> Problem:
    problem = only(problems_of(lambda: open_bytes(content, "LKE.xlsx")))
    assert problem.lokasi == Location("LKE.xlsx")
    return problem


def assert_refused(content: bytes, kode: str, *words: str) -> None:
    problem = refused(content)
    assert problem.kode == kode, str(problem)
    for word in words:
        assert word in str(problem)


def test_cells_are_read_as_they_are_written() -> None:
    def fill(made: Any) -> None:
        sheet = made["LKE"]
        sheet["B2"], sheet["C2"], sheet["D2"], sheet["E2"] = 23.1, 6, "6,00", True
        sheet["B3"], sheet["C3"], sheet["D3"] = datetime(2023, 6, 27, 8, 0), "  ", "=1+2"  # noqa: DTZ001
        sheet["E3"], sheet["F3"] = "#REF!", 0.8
        sheet["F3"].number_format = "0%"
        sheet["A5"] = "judul"
        sheet.merge_cells("A5:D6")
        made.create_sheet("sembunyi").sheet_state = "hidden"

    opened = open_bytes(book(fill), "LKE.xlsx")
    sheet = opened.sheets[0]
    assert [(s.name, s.hidden) for s in opened.sheets] == [("LKE", False), ("sembunyi", True)]
    read = {cell_name(*at): (c.kind, c.value) for at, c in sheet.cells.items()}
    assert read == {
        "A1": ("teks", "No"),
        "B2": ("angka", Fraction(231, 10)),
        "C2": ("angka", Fraction(6)),
        "D2": ("teks", "6,00"),
        "E2": ("logika", True),
        "B3": ("tanggal", date(2023, 6, 27)),
        "D3": ("kosong", None),
        "E3": ("galat", "#REF!"),
        "F3": ("angka", Fraction(4, 5)),
        "A5": ("teks", "judul"),
    }
    assert sheet.cells[3, 4].formula == "=1+2"
    assert sheet.cells[3, 6].format == "0%"
    assert sheet.merged == ((5, 1, 6, 4),)
    assert opened.sheet("LKE") is sheet
    assert opened.sheet("tiada") is None


def test_a_formula_keeps_the_value_stored_with_it() -> None:
    raw = part(book(lambda made: made["LKE"].__setitem__("B2", "=1+2")), SHEET)
    stored = raw.replace(b"<f>1+2</f><v />", b"<f>1+2</f><v>76.400000000000006</v>")
    stored = stored.replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>76.400000000000006</v>")
    assert stored != raw
    cell = open_bytes(repacked(book(), {SHEET: stored}), "x").sheets[0].cells[2, 2]
    assert (cell.formula, cell.kind, cell.value) == ("=1+2", "angka", Fraction(764, 10))


def test_a_format_that_reaches_to_the_last_row_costs_nothing() -> None:
    content = book(lambda made: made["LKE"].__setitem__("XFD1048576", "jauh"))
    assert set(open_bytes(content, "x").sheets[0].cells) == {(1, 1), (1048576, 16384)}


def test_a_zip_bomb_is_refused() -> None:
    assert_refused(
        repacked(book(), {"xl/media/besar.bin": bytes(80 * 1024 * 1024)}), "X802", "mengembang", "200 kali"
    )
    several = {f"xl/media/{n}.bin": bytes(60 * 1024 * 1024) for n in range(2)}
    assert_refused(repacked(book(), several), "X802", "sesudah dibuka", "100 MB")


def test_too_many_parts_cells_rows_and_merged_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"xl/media/{n}.png": b"" for n in range(package.MAX_PARTS)}
    assert_refused(repacked(book(), many), "X802", "bagian")
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert_refused(with_replaced(SHEET, b"</sheetData>", merged), "X802", "sel")
    rows = b"<row/>" * (package.MAX_ROWS + 1) + b"</sheetData>"
    assert_refused(with_replaced(SHEET, b"</sheetData>", rows), "X802", "baris")
    deep = b"<x>" * 100 + b"</x>" * 100 + b"</sheetData>"
    assert_refused(with_replaced(SHEET, b"</sheetData>", deep), "X802", "64 tingkat")
    monkeypatch.setattr(package, "MAX_XML", 1000)
    assert_refused(book(), "X802", "Isi teks")
    monkeypatch.setattr(package, "MAX_BYTES", 1000)
    assert_refused(book(), "X802", "Berkas lebih besar")


@pytest.mark.parametrize(
    "content",
    [
        lambda: repacked(book(), {"xl/vbaProject.bin": b"x"}),
        lambda: with_replaced(
            TYPES,
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        lambda: with_replaced(
            RELS,
            b"</Relationships>",
            b'<Relationship Id="m" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
            b'Target="lain.bin"/></Relationships>',
        ),
        lambda: repacked(book(), {"xl/macrosheets/sheet1.xml": b"<x/>"}),
    ],
)
def test_macros_are_refused_wherever_they_show(content: Callable[[], bytes]) -> None:
    assert_refused(content(), "X803", "makro", "Simpan ulang sebagai .xlsx tanpa makro")


@pytest.mark.parametrize(
    "content",
    [
        lambda: repacked(book(), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
        lambda: repacked(book(), {"xl/connections.xml": b"<connections/>"}),
        lambda: with_replaced(
            RELS,
            b"</Relationships>",
            b'<Relationship Id="m" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" '
            b'Target="lain/l.xml"/></Relationships>',
        ),
    ],
)
def test_links_to_other_files_are_refused(content: Callable[[], bytes]) -> None:
    assert_refused(content(), "X804", "tautan", "Break Link")


def test_encrypted_files_are_refused() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert_refused(ole, "X805", "kata sandi")
    raw = bytearray(book())
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1  # the flag of an encrypted part in the central directory
    assert_refused(bytes(raw), "X805", "kata sandi")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "berkas kosong"),
        (b"No;Komponen;Bobot\n1;PERENCANAAN;30,00\n", "bukan arsip zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), ".xls"),
        (b"PK\x05\x06" + bytes(18), "bukan dokumen Excel"),
    ],
)
def test_what_is_no_xlsx_is_refused_whatever_its_name(content: bytes, words: str) -> None:
    assert_refused(content, "X801", words, "simpan sebagai .xlsx")


def test_other_office_files_are_told_apart() -> None:
    def archive(**parts: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as made:
            for name, raw in parts.items():
                made.writestr(name, raw)
        return stream.getvalue()

    ods = archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")
    assert_refused(ods, "X801", "OpenDocument (.ods)")
    assert_refused(repacked(book(), {"xl/workbook.bin": b"x"}), "X801", ".xlsb")
    docx = with_replaced(TYPES, b"spreadsheetml.sheet.main+xml", b"wordprocessingml.document.main+xml")
    assert_refused(docx, "X801", "bukan buku kerja Excel")
    strict = with_replaced(
        "xl/workbook.xml",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    assert_refused(strict, "X801", "Strict")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", [SHEET, "xl/worksheets/lain.vml", "docProps/apa.bin"])
def test_dtds_and_entities_are_refused_in_every_part_and_encoding(encoding: str, name: str, tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.txt"
    secret.write_text("rahasia")
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        "<worksheet><sheetData><row><c t='inlineStr'><is><t>&e;</t></is></c></row></sheetData></worksheet>"
    )
    assert_refused(repacked(book(), {name: text.encode(encoding)}), "X807", name, "DTD")


def test_a_dtd_alone_is_refused_too() -> None:
    assert_refused(with_replaced(SHEET, b"<worksheet", b'<!DOCTYPE x SYSTEM "x.dtd"><worksheet'), "X807", SHEET)


def test_a_truncated_or_damaged_file_is_refused() -> None:
    content = book()
    for cut in (10, 100, len(content) // 2, len(content) - 5):
        assert_refused(content[:cut], "X806", "rusak")
    raw = bytearray(content)
    raw[content.index(b"PK\x03\x04") + 60] ^= 0xFF
    assert refused(bytes(raw)).kode == "X806"
    assert_refused(repacked(content, {SHEET: b"<worksheet><sheetData>"}), "X806", SHEET, "bukan XML yang utuh")
    unknown = b'<row r="3"><c r="A3" t="s"><v>999</v></c></row></sheetData>'
    assert_refused(with_replaced(SHEET, b"</sheetData>", unknown), "X806", "bertentangan", "simpan ulang")


def test_files_that_are_no_files(tmp_path: Path) -> None:
    assert only(problems_of(lambda: open_book(tmp_path))).kode == "B102"
    assert only(problems_of(lambda: open_book(tmp_path / "tiada.xlsx"))).kode == "B101"
    (tmp_path / "a.xlsx").write_text("teks")
    assert only(problems_of(lambda: open_book(tmp_path / "a.xlsx"))).kode == "X801"
    assert only(problems_of(lambda: open_book(tmp_path / "a.xlsx" / "b.xlsx"))).kode == "B107"
    assert only(problems_of(lambda: open_book(Path("/dev/null")))).kode == "B107"


PLAIN = book()
ANY_REFUSAL = {f"X80{n}" for n in range(1, 8)}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_but_never_crashes(data: st.DataObject) -> None:
    raw = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert codes(bytes(raw)) <= ANY_REFUSAL


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", RELS, TYPES]), st.data())
def test_a_part_with_damaged_text_is_read_or_refused_but_never_crashes(name: str, data: st.DataObject) -> None:
    content = PLAIN
    raw = bytearray(part(content, name))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 6))] = data.draw(
            st.sampled_from([b"", b"9", b"x", b'"', b"</row>", b"-"])
        )
    assert codes(repacked(content, {name: bytes(raw)})) <= ANY_REFUSAL


def test_places_in_a_workbook_are_named_as_worksheets_name_them() -> None:
    assert str(Location("LKE.xlsx", 17, 5, "LKE")) == "LKE.xlsx[LKE!E17]"
    assert str(Location("LKE.xlsx", sheet="LKE")) == "LKE.xlsx[LKE]"
    assert [cell_name(1, n) for n in (1, 26, 27, 702, 703, 16384)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1", "XFD1"]
    places = [("LKE", 2), ("bukti", 1), ("LKE", 10), ("", 0)]
    problems = [Problem("X811", Location("a.xlsx", row, 1, sheet), "a", "b", "c") for sheet, row in places]
    assert [str(p.lokasi) for p in sort_problems(problems)] == [
        "a.xlsx", "a.xlsx[LKE!A2]", "a.xlsx[LKE!A10]", "a.xlsx[bukti!A1]",
    ]  # fmt: skip
