"""Load the tests of a rubric: `uji/*.yaml` beside it; shape, names, and every case in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sakip_eval.boundary import validate
from sakip_eval.case.case import Case, Rater
from sakip_eval.case.check import check_against, check_alone
from sakip_eval.case.load import build_case
from sakip_eval.case.model import CaseFile
from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.rubric.catalog import rubric_path
from sakip_eval.rubric.load import load_rubric
from sakip_eval.rubric.rubric import Rubric
from sakip_eval.textfile import shown_name
from sakip_eval.uji.expand import expand
from sakip_eval.uji.model import HarapEntry, UjiEntry, UjiFile
from sakip_eval.uji.names import check_names
from sakip_eval.yamlfile import Node, Path_, YamlDocument, load_yaml

FOLDER = "uji"
"""Folder beside a rubric file that holds its tests."""


@dataclass(frozen=True, slots=True)
class Uji:
    """One test, ready to run; `case` is None, and `problems` say why, where the case is refused as `buruk` expects.

    `document` is the file that it stands in, as entry `index`.
    """

    nama: str
    penilai: Rater
    case: Case | None
    problems: tuple[Problem, ...]
    harap: HarapEntry | None
    buruk: tuple[str, ...] | None
    document: YamlDocument
    index: int

    def at(self, *path: str | int) -> Location:
        """Return the place of a part of this test."""
        return self.document.locate(("uji", self.index, *path))


@dataclass(frozen=True, slots=True)
class RubricTests:
    """A rubric with all its tests, in the order of the files."""

    rubric: Rubric
    uji: tuple[Uji, ...]


def load_tests(name: str | Path, folders: Iterable[Path] = ()) -> RubricTests:
    """Load a rubric and its tests.

    Raises `SakipError` with every problem: those of the rubric, or B1xx file, Y2xx YAML, M3xx shape, K5xx a case that
    was not expected to be refused, U7xx tests.
    """
    folders = tuple(folders)
    rubric = load_rubric(name, folders)
    problems: list[Problem] = []
    tests: list[Uji] = []
    for path in uji_paths(rubric_path(str(name), folders)):
        try:
            found, wrong = read_tests(load_yaml(path, shown=shown_name(path)), rubric)
        except SakipError as error:
            problems += error.problems
            continue
        tests += found
        problems += wrong
    problems += _repeated(tests)
    if problems:
        raise SakipError(problems)
    return RubricTests(rubric, tuple(tests))


def uji_paths(rubric_file: Path) -> list[Path]:
    """Return the test files beside a rubric file, sorted by name."""
    return sorted((rubric_file.parent / FOLDER).glob("*.yaml"))


def read_tests(document: YamlDocument, rubric: Rubric) -> tuple[list[Uji], list[Problem]]:
    """Return the tests of one file, and all problems found in it."""
    file, document, problems = validate(UjiFile, document)
    tests: list[Uji] = []
    for index, entry in enumerate(file.uji if file is not None else ()):
        node = _entry_node(document, index)
        wrong = [*_shape(entry, node, document, index)]
        wrong += check_names(entry.harap, document, ("uji", index, "harap"), rubric) if entry.harap else ()
        case, refused = build(_child(node, "kasus") or node, document.path, rubric)
        uji = Uji(entry.nama, entry.kasus.penilai, case, refused, entry.harap, entry.buruk, document, index)
        problems += wrong
        problems += refused if entry.buruk is None else ()
        tests.append(uji)
    return tests, problems


def build(kasus: Node, path: str, rubric: Rubric) -> tuple[Case | None, tuple[Problem, ...]]:
    """Make a case of a short case, with the same checks as a case file; None where anything is wrong with it."""
    full = YamlDocument(path, expand(kasus, rubric))
    file, document, problems = validate(CaseFile, full)
    if file is not None:
        problems += check_alone(file, document)
        problems += check_against(file, document, full, rubric)
    return (build_case(file, "") if file is not None and not problems else None), tuple(dict.fromkeys(problems))


def _shape(entry: UjiEntry, node: Node, document: YamlDocument, index: int) -> Iterator[Problem]:
    """Yield what is wrong with one test beyond the shape of its keys (U702, U704)."""

    def report(kode: str, path: Path_, apa: str, mengapa: str, perbaikan: str) -> Problem:
        return Problem(kode, document.locate(("uji", index, *path), key=True), apa, mengapa, perbaikan)

    given = (entry.harap is not None) + (entry.buruk is not None)
    if given != 1 and not document.lacks(("uji", index)):
        both = "sekaligus memuat `harap` dan `buruk`" if given else "tidak memuat `harap` ataupun `buruk`"
        yield report("U702", (), f"Uji {both}", "Uji memeriksa hasil, atau penolakan", "Tulis salah satu")
    harap = _child(node, "harap")
    said = harap.value if harap is not None and isinstance(harap.value, dict) else None
    if entry.harap is not None and not said and not document.lacks(("uji", index, "harap")):
        yield report(
            "U702", ("harap",), "`harap` kosong", "Uji ini tidak akan pernah gagal", "Tulis apa yang diharapkan"
        )
    for path in _empty(harap, ("harap",)) if said else ():
        if not document.lacks(("uji", index, *path)):
            yield report(
                "U702",
                path,
                f"`{path[-1]}` kosong",
                "Yang dikosongkan tidak diperiksa, sehingga uji ini tidak akan pernah gagal karenanya",
                "Isi, tulis [] bila yang diharapkan memang tidak ada, atau hapus kuncinya",
            )
    if entry.kasus.penilai == "mandiri" and entry.kasus.mandiri is not None:
        yield report(
            "U704",
            ("kasus", "mandiri"),
            "`mandiri` ditulis, padahal penilainya sudah mandiri",
            "Penilaian mandiri menjadi dua dan tidak pasti mana yang berlaku",
            "Hapus `penilai: mandiri`, atau pindahkan isinya ke luar `mandiri`",
        )


def _empty(node: Node | None, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the path of each key at or below `node` that holds nothing."""
    if node is None or node.value is None or node.value == {}:
        yield path
    elif isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _empty(child, (*path, key))


def _repeated(tests: Iterable[Uji]) -> Iterator[Problem]:
    first: dict[str, Uji] = {}
    for uji in tests:
        other = first.setdefault(uji.nama, uji)
        if other is not uji:
            place = other.at("nama")
            yield Problem(
                "U701",
                uji.at("nama"),
                f"Nama uji `{uji.nama}` dipakai dua kali (pertama di {place.path}:{place.line})",
                "Nama mengatakan apa yang diuji",
                "Beri nama yang berbeda, atau hapus salah satu",
            )


def _entry_node(document: YamlDocument, index: int) -> Node:
    entries = _child(document.root, "uji")
    assert entries is not None
    assert isinstance(entries.value, list)
    return entries.value[index]


def _child(node: Node, key: str) -> Node | None:
    return node.value.get(key) if isinstance(node.value, dict) else None
