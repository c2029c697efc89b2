"""Real input files, changed by text replacement, and what must be said of them."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from sakip_eval import Case, Problem, Rubric, SakipError, load_case, load_rubric

ROOT = Path(__file__).resolve().parents[2]
RUBRICS = ROOT / "rubrics"
CASE = ROOT / "cases" / "kecamatan-pelaihari" / "2022.yaml"

UNIT = "permenpanrb-88-2021/unit"
INSTANSI = "permenpanrb-88-2021/instansi"
TANAH_LAUT = "tanah-laut-68-2022/unit"
LAMA = "permenpanrb-12-2015/unit"
KOMPONEN = "permenpanrb-88-2021/komponen"
SHIPPED = (LAMA, INSTANSI, KOMPONEN, UNIT, TANAH_LAUT)


@cache
def shipped(name: str) -> Rubric:
    """A shipped rubric, loaded once for all tests."""
    return load_rubric(name)


@cache
def case_text() -> str:
    """The shipped case, as it is."""
    return CASE.read_text(encoding="utf-8")


@cache
def rubric_text(name: str, file: str = "rubrik.yaml") -> str:
    """A file of a shipped rubric, as it is."""
    return (RUBRICS / name / file).read_text(encoding="utf-8")


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """Replace each old text, which must stand there exactly once, by the new one."""
    for old, new in pairs:
        assert text.count(old) == 1, f"{text.count(old)} x {old!r}"
        text = text.replace(old, new)
    return text


def changed_case(*pairs: tuple[str, str]) -> str:
    """The shipped case with some places changed."""
    return changed(case_text(), *pairs)


def spot(text: str, context: str, inside: str = "") -> tuple[int, int]:
    """Line and column of `inside` (default: the start) within `context`, which stands in `text` exactly once."""
    assert text.count(context) == 1, f"{text.count(context)} x {context!r}"
    at = text.index(context) + context.index(inside)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def last_spot(text: str, context: str, inside: str = "") -> tuple[int, int]:
    """As `spot`, for the last of several places."""
    at = text.rindex(context) + context.index(inside)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def problems_of(call: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems with which `call` refuses its input."""
    with pytest.raises(SakipError) as caught:
        call()
    return caught.value.problems


def at(problem: Problem) -> tuple[int, int]:
    return problem.lokasi.line, problem.lokasi.col


def found(problems: tuple[Problem, ...]) -> list[tuple[str, tuple[int, int]]]:
    """Code and place of each problem, in order."""
    return [(p.kode, at(p)) for p in problems]


def only(problems: tuple[Problem, ...]) -> Problem:
    """The one problem; more than one is a false alarm, fewer a silence."""
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def assert_says(problem: Problem, kode: str, place: tuple[int, int], *words: str) -> None:
    """The problem has this code, stands at this line and column (0, 0: the file), and says these words."""
    said = str(problem)
    assert problem.kode == kode, said
    assert at(problem) == place, said
    for word in words:
        assert word in said, f"{word!r} not in: {said}"


class CaseDesk:
    """Writes case files into a folder and loads them against a rubric that is loaded once."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "kasus.yaml"

    def write(self, text: str | bytes) -> Path:
        self.path.write_bytes(text.encode() if isinstance(text, str) else text)
        return self.path

    def load(self, text: str | bytes, rubric: str = TANAH_LAUT) -> Case:
        return load_case(self.write(text), shipped(rubric))

    def problems(self, text: str | bytes, rubric: str = TANAH_LAUT) -> tuple[Problem, ...]:
        found = problems_of(lambda: self.load(text, rubric))
        assert all(p.lokasi.path == str(self.path) for p in found)
        return found

    def only(self, text: str | bytes, rubric: str = TANAH_LAUT) -> Problem:
        return only(self.problems(text, rubric))


class RubricDesk:
    """A folder of rubrics of one's own, searched before the shipped ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "rubrik-saya"

    def path(self, name: str, file: str = "rubrik.yaml") -> Path:
        return self.folder / name / file

    def write(self, name: str, text: str, file: str = "rubrik.yaml") -> Path:
        path = self.path(name, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def load(self, name: str) -> Rubric:
        return load_rubric(name, [self.folder])

    def problems(self, name: str) -> tuple[Problem, ...]:
        return problems_of(lambda: self.load(name))

    def refused(self, name: str, text: str) -> Problem:
        """The one problem of a rubric with this text; it must stand in the rubric's own file."""
        path = self.write(name, text)
        problem = only(self.problems(name))
        assert problem.lokasi.path == str(path), str(problem)
        return problem


VARIANT = """\
rubrik:
  id: {id}
  extends: {extends}
  nama: Rubrik setempat
  penerbit: Bupati
  peraturan: Peraturan Bupati
  tingkat: unit
  versi: "1"
  berlaku_sejak: 2023-01-01
  diperiksa: 2024-01-01
  sumber: Lembar kerja
perubahan:
{perubahan}
"""


def variant(perubahan: str, id: str = "lokal/a", extends: str = UNIT) -> str:
    """A local rubric with these changes; each line of `perubahan` is already indented by two."""
    return VARIANT.format(id=id, extends=extends, perubahan=perubahan)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail instead of hanging."""

    def late(_signal: int, _frame: object) -> None:
        raise AssertionError(f"still running after {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
