"""What reading an LKE gives: a case that is checked and scored anew, and everything that was found on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from sakip_eval.boundary import validate
from sakip_eval.case.case import Case, Rater
from sakip_eval.case.check import check_against, check_alone
from sakip_eval.case.load import build_case
from sakip_eval.case.model import CaseFile
from sakip_eval.case.write import case_text
from sakip_eval.engine.evaluate import evaluate
from sakip_eval.engine.result import Evaluation
from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.rubric.rubric import Rubric
from sakip_eval.yamlfile import parse_yaml

Figures: TypeAlias = dict[str, tuple[Fraction | None, Fraction | None]]
"""Nilai in points and percent of the bobot, by id of a part."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A worksheet that was read.

    `asal`: sendiri (a workbook that `sakip lke` wrote) or asing. `hasil` are the new scores, one for each rater that
    was read; `tercetak` the total that the sheet shows for each, None where it shows none. `temuan` are problems that
    do not stand in the way of a case (`tingkat` peringatan); `isi` says in short sentences what was read.
    """

    asal: str
    case: Case
    rubric: Rubric
    hasil: tuple[Evaluation, ...]
    tercetak: tuple[Fraction | None, ...]
    temuan: tuple[Problem, ...]
    isi: tuple[str, ...]


class Findings:
    """Collects what is found; what stands in the way (`refuse`) is raised at the end, all at once."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def add(
        self,
        kode: str,
        place: tuple[str, int, int] | None,
        apa: str,
        mengapa: str,
        perbaikan: str,
        *,
        refuse: bool = False,
    ) -> None:
        """Note one problem; `place` is (sheet, row, column), rows and columns from 1, 0 for a sheet as a whole."""
        location = Location(self.path) if place is None else Location(self.path, place[1], place[2], place[0])
        self.problems.append(Problem(kode, location, apa, mengapa, perbaikan, "galat" if refuse else "peringatan"))

    def stop_if_refused(self) -> None:
        """Raise `SakipError` with everything that stands in the way, and with the findings beside it."""
        if any(problem.tingkat == "galat" for problem in self.problems):
            raise SakipError(self.problems)


def checked(case: Case, rubric: Rubric, path: str) -> Case:
    """Return the case as `load_case` would read it from its own text. Raises `SakipError` (M3xx, K5xx)."""
    document = parse_yaml(case_text(case), path)
    file, work, problems = validate(CaseFile, document, partial=True)
    if file is not None:
        problems += check_alone(file, work) + check_against(file, work, document, rubric)
    if problems or file is None:
        # Lines of a file that is not written yet would lead nowhere.
        raise SakipError(replace(problem, lokasi=Location(path)) for problem in problems)
    return build_case(file, "")


def score(case: Case, rubric: Rubric, raters: Sequence[Rater]) -> tuple[Evaluation, ...]:
    """Return the case scored anew for each rater."""
    return tuple(evaluate(rubric, case, rater) for rater in raters)


def same_figure(rubric: Rubric, printed: Fraction, ours: Fraction | None) -> bool:
    """Return whether a printed figure is ours, as far as the rubric prints digits."""
    return ours is not None and rubric.rounding.apply(printed) == rubric.rounding.apply(ours)


def figures_of(evaluation: Evaluation) -> Figures:
    """Return nilai (points) and percent of each komponen and subkomponen by id, and of `total`."""
    found: Figures = {"total": (evaluation.nilai, evaluation.nilai)}
    for komponen in evaluation.komponen:
        found[komponen.id] = (komponen.nilai, komponen.persen)
        found |= {sub.id: (sub.nilai, sub.persen) for sub in komponen.subkomponen}
    return found


def differs(
    found: Findings,
    place: tuple[str, int, int],
    what: str,
    printed: Fraction,
    ours: Fraction | None,
    show: Callable[[Fraction], str],
) -> None:
    """Note a printed figure that is not ours (X815)."""
    found.add(
        "X815",
        place,
        f"{what} pada lembar {show(printed)}, hasil hitung ulang {'belum ada' if ours is None else show(ours)}",
        "Yang berlaku adalah hitungan dari jawaban menurut rubrik; angka pada lembar tidak dipakai",
        "Hitung ulang lembar kerja (Ctrl+Shift+F9), atau periksa jawaban dan bobotnya"
        if ours is not None
        else "Isi jawabannya; sebuah jawaban tidak pernah ditebak dari nilai",
    )


def listed(names: Iterable[str], most: int = 12) -> str:
    """List names, the first few only where there are many."""
    names = list(names)
    return ", ".join(names[:most]) + (f", dan {len(names) - most} lainnya" if len(names) > most else "")
