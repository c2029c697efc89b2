"""LibreOffice as a converter: really run, missing, hung, failing, two at once, and nothing left behind."""

from __future__ import annotations

import io
import os
import select
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sakip_eval.documents.libreoffice import convert, recalculated
from sakip_eval.problems import Problem, SakipError

Fake = Callable[[str], None]


@pytest.fixture(autouse=True)
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A short temporary folder of the test's own; afterwards nothing of ours may be left in it."""
    folder = tmp_path / "t"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Put a shell script in the place of LibreOffice."""

    def place(script: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("SAKIP_SOFFICE", str(program))

    return place


def problem_of(make: Callable[[], object]) -> Problem:
    with pytest.raises(SakipError) as caught:
        make()
    (problem,) = caught.value.problems
    return problem


def docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def workbook(cached: int) -> bytes:
    """A sheet with 20 and 22 and their sum, stored with a value of our choice."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("LKE")
        sheet.write_number("A1", 20)
        sheet.write_number("A2", 22)
        sheet.write_formula("A3", "=SUM(A1:A2)", None, cached)
    return stream.getvalue()


def sum_in(xlsx: bytes) -> object:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(xlsx), data_only=True)["LKE"]["A3"].value


def test_a_letter_becomes_a_pdf_and_nothing_is_left_behind(temp: Path) -> None:
    assert convert(docx("Nilai 76,40"), ".docx", "pdf").startswith(b"%PDF-")
    assert list(temp.iterdir()) == []


def test_formulas_are_computed_anew_although_a_wrong_value_is_stored(temp: Path) -> None:
    wrong = workbook(cached=7)
    assert sum_in(wrong) == 7
    assert convert(wrong, ".xlsx", "csv").split() == [b"20", b"22", b"7"]
    assert sum_in(recalculated(wrong)) == 42
    assert list(temp.iterdir()) == []


def test_two_conversions_at_once_both_give_their_own_result() -> None:
    texts = ["satu", "dua"]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda text: convert(docx(text), ".docx", "txt:Text (encoded):UTF8"), texts))
    assert [content.decode("utf-8-sig").strip() for content in made] == texts


def test_a_missing_libreoffice_is_said_with_the_install_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    problem = problem_of(lambda: convert(b"x", ".docx", "pdf"))
    assert problem.kode == "D802"
    assert problem.apa == "LibreOffice tidak ditemukan"
    assert "apt install libreoffice-calc-nogui libreoffice-writer-nogui" in problem.perbaikan


def test_a_wrong_place_of_libreoffice_is_said_with_that_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAKIP_SOFFICE", "/tidak/ada/soffice")
    problem = problem_of(lambda: recalculated(b"x"))
    assert (problem.kode, problem.lokasi.path) == ("D802", "/tidak/ada/soffice")
    assert "SAKIP_SOFFICE" in problem.apa


def test_a_hung_libreoffice_is_killed_with_its_children(fake: Fake, temp: Path, tmp_path: Path) -> None:
    fifo, ready = tmp_path / "fifo", tmp_path / "anak"
    os.mkfifo(fifo)
    # Opened for reading and writing, the pipe gives its end of file only once nobody else holds it.
    fake(f"exec 3>{fifo}\nsleep 600 &\necho $! >{ready}\nsleep 600")
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    problem = problem_of(lambda: convert(b"x", ".docx", "pdf", timeout=1.5))
    assert problem.kode == "D803"
    assert problem.apa == "LibreOffice tidak selesai dalam 1,5 detik dan dihentikan"
    child = int(ready.read_text())
    ended, _, _ = select.select([reader], [], [], 20)
    os.close(reader)
    assert ended, f"child {child} still lives"
    assert list(temp.iterdir()) == []


def test_a_failing_libreoffice_is_quoted(fake: Fake, temp: Path) -> None:
    fake("echo 'Error: source file could not be loaded' >&2\nexit 81")
    problem = problem_of(lambda: convert(b"x", ".docx", "pdf"))
    assert problem.kode == "D803"
    assert problem.apa == "LibreOffice berhenti dengan kode 81: Error: source file could not be loaded"
    assert list(temp.iterdir()) == []


def test_success_without_a_file_is_a_failure(fake: Fake, temp: Path) -> None:
    fake("exit 0")
    assert problem_of(lambda: convert(b"x", ".docx", "pdf")).apa == "LibreOffice tidak menghasilkan berkas"
    fake("mkdir hasil\n: >hasil/masukan.pdf\nexit 0")
    assert problem_of(lambda: convert(b"x", ".docx", "pdf")).apa == "LibreOffice tidak menghasilkan berkas"
    assert list(temp.iterdir()) == []


def test_a_program_that_cannot_be_started_is_no_traceback(fake: Fake, tmp_path: Path) -> None:
    fake("")
    (tmp_path / "soffice").write_bytes(b"\x7fELF rusak")
    problem = problem_of(lambda: convert(b"x", ".docx", "pdf"))
    assert problem.kode == "D803"
    assert problem.apa.startswith("LibreOffice tidak dapat dijalankan (")


def test_a_document_that_is_none_is_refused(temp: Path) -> None:
    assert problem_of(lambda: convert(b"PK\x03\x04 rusak", ".xlsx", "pdf")).kode == "D803"
    assert list(temp.iterdir()) == []
