"""Words and figures of charts: decimal comma, and the line that says whose result it is."""

from __future__ import annotations

from fractions import Fraction

from sakip_eval.engine.result import Evaluation
from sakip_eval.numbers import format_plain

MINUS = "\u2212"


def points(evaluation: Evaluation, value: Fraction) -> str:
    """Print points or percent with the rubric's digits and a decimal comma."""
    return evaluation.rubric.rounding.format(value).replace(".", ",")


def short(value: Fraction) -> str:
    """Print a figure of a rubric without needless digits: `7,5`, `80`."""
    return format_plain(value).replace(".", ",")


def clean(text: str, limit: int = 80) -> str:
    """Make text of a file fit for one line of a picture: no control characters, at most `limit` letters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "\u2026"


def name(evaluation: Evaluation) -> str:
    """Return the name of the agency, fit for one line."""
    return clean(evaluation.case.instansi.nama, 200)


def subject(evaluation: Evaluation) -> str:
    """Say what follows the agency's name: the year, and who judged."""
    return f", tahun kinerja {evaluation.case.tahun_kinerja}, penilaian {evaluation.penilai}"


def result_text(evaluation: Evaluation) -> str:
    """Say the total with its predikat, or between which totals it still lies."""
    if evaluation.nilai is None:
        low, high = (points(evaluation, value) for value in evaluation.rentang)
        kept = f", predikat {evaluation.predikat.predikat}" if evaluation.predikat else ""
        return f"belum lengkap, {low} sampai {high}{kept}"
    band = evaluation.predikat
    return f"{points(evaluation, evaluation.nilai)}" + (f", {band.predikat} ({band.sebutan})" if band else "")
