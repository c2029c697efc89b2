"""Several years of one agency, in order, split where the rubric changes so that totals are not like for like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise

from sakip_eval.documents.grafik import words
from sakip_eval.engine.facts import printed_facts
from sakip_eval.engine.result import Evaluation
from sakip_eval.folding import folded
from sakip_eval.problems import Location, Problem, SakipError
from sakip_eval.tren.hasil import scale


@dataclass(frozen=True, slots=True)
class Stretch:
    """Years whose totals can be compared; `nama` is A, B, ... in the chart and its notes."""

    nama: str
    years: tuple[Evaluation, ...]

    @property
    def rubrics(self) -> tuple[str, ...]:
        """Ids of the rubrics, each once, in the order of the years."""
        return tuple(dict.fromkeys(e.rubric.id for e in self.years))

    def runs(self) -> list[list[Evaluation]]:
        """Complete years that follow one another: what a line may join."""
        found: list[list[Evaluation]] = []
        previous: Evaluation | None = None
        for year in self.years:
            joined = (
                previous is not None
                and previous.lengkap
                and year.lengkap
                and year.case.tahun_kinerja == previous.case.tahun_kinerja + 1
            )
            if joined:
                found[-1].append(year)
            elif year.lengkap:
                found.append([year])
            previous = year
        return found


def stretches(evaluations: Sequence[Evaluation]) -> tuple[Stretch, ...]:
    """Order evaluations by tahun kinerja and split them at each break.

    Raises `SakipError`: D812 for other agencies than the first (told apart by nama and induk), D813 where a year
    comes twice; all of them at once.
    """
    ordered = sorted(evaluations, key=lambda e: e.case.tahun_kinerja)
    if problems := [*_strangers(evaluations), *_twins(ordered)]:
        raise SakipError(problems)
    found: list[list[Evaluation]] = [ordered[:1]]
    for before, after in pairwise(ordered):
        if scale(before.rubric) == scale(after.rubric):
            found[-1].append(after)
        else:
            found.append([after])
    return tuple(Stretch(chr(ord("A") + i), tuple(years)) for i, years in enumerate(found))


def agency(evaluation: Evaluation) -> tuple[str, str]:
    """Return what tells agencies apart: nama and induk, whatever their case and spacing."""
    case = evaluation.case
    return folded(case.instansi.nama), folded(case.instansi.induk or "")


def _label(evaluation: Evaluation) -> str:
    return words.clean(f"{evaluation.case.instansi.nama} {evaluation.case.tahun_kinerja}")


def _strangers(evaluations: Sequence[Evaluation]) -> list[Problem]:
    first = evaluations[0]
    return [
        Problem(
            "D812",
            Location(_label(other)),
            f"Instansi ini lain daripada {words.clean(first.case.instansi.nama)}"
            + (f" ({words.clean(first.case.instansi.induk)})" if first.case.instansi.induk else ""),
            "Tren adalah hasil satu instansi dari tahun ke tahun",
            "Buat satu grafik untuk setiap instansi, atau samakan nama dan induk instansinya",
        )
        for other in evaluations[1:]
        if agency(other) != agency(first)
    ]


def _twins(ordered: Sequence[Evaluation]) -> list[Problem]:
    found = []
    for (_, year), group in groupby(ordered, key=lambda e: (agency(e), e.case.tahun_kinerja)):
        if len(same := list(group)) > 1:
            found.append(
                Problem(
                    "D813",
                    Location(_label(same[0])),
                    f"Tahun kinerja {year} ada pada {len(same)} kasus",
                    "Satu tahun hanya punya satu titik pada tren",
                    "Sertakan satu kasus untuk setiap tahun kinerja",
                )
            )
    return found


def printed_total(evaluation: Evaluation) -> Fraction | None:
    """Return the total as published, where it differs from the computed one beyond rounding."""
    predikat = evaluation.predikat.predikat if evaluation.predikat else None
    facts = printed_facts(evaluation.case, evaluation.jejak, predikat)
    differs = any((f.values["letak"], f.values["besaran"]) == ("total", "nilai") for f in facts)
    printed = evaluation.case.tercetak
    return printed.total.nilai if differs and printed is not None else None
