"""Cases made in memory for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from sakip_eval.case.case import (
    Bukti,
    Case,
    Instansi,
    JawabanKriteria,
    JawabanSub,
    Penilaian,
    Rater,
    RekomendasiTangan,
    TindakLanjut,
)
from sakip_eval.numbers import RoundingMode
from sakip_eval.rubric.rubric import Rubric


def make_case(
    rubric: Rubric,
    jawaban: Mapping[str, str | None] | None = None,
    status: Mapping[str, str | None] | None = None,
    *,
    komponen: Mapping[str, Fraction] | None = None,
    grades: Mapping[str, str] | None = None,
    sub: Mapping[str, JawabanSub] | None = None,
    bukti: tuple[Bukti, ...] = (),
    rekomendasi: tuple[RekomendasiTangan, ...] = (),
    tindak_lanjut: TindakLanjut | None = None,
    penilai: Rater = "evaluator",
) -> Case:
    """Return a case: answers by subkomponen, statuses (or grades) by criterion."""
    criteria = {name: JawabanKriteria(status=value) for name, value in (status or {}).items()}
    criteria |= {name: JawabanKriteria(jawaban=value) for name, value in (grades or {}).items()}
    penilaian = Penilaian(
        subkomponen={name: JawabanSub(jawaban=value) for name, value in (jawaban or {}).items()} | dict(sub or {}),
        kriteria=criteria,
        komponen=dict(komponen or {}),
        rekomendasi=rekomendasi,
    )
    return Case(
        Instansi("Kecamatan Contoh", None, "kecamatan", None),
        2022,
        2023,
        rubric.id,
        {b.id: b for b in bukti},
        tindak_lanjut,
        {penilai: penilaian},
    )


def all_answers(rubric: Rubric, jawaban: str) -> dict[str, str | None]:
    """Return the same answer for every subkomponen."""
    return {sub.id: jawaban for sub in rubric.each_subkomponen()}


def all_status(rubric: Rubric, status: str) -> dict[str, str | None]:
    """Return the same status for every criterion."""
    return {kriteria.id: status for kriteria in rubric.each_kriteria()}


def scored_by_criteria(rubric: Rubric, dengan: str = "status", **changes: Any) -> Rubric:
    """Return the rubric with the score given at its criteria."""
    return replace(rubric, pada="kriteria", dengan=dengan, **changes)  # type: ignore[arg-type]


def rounded_at(rubric: Rubric, stage: str, digits: int = 2, mode: RoundingMode = "setengah_ke_atas") -> Rubric:
    """Return the rubric with rounding at that stage."""
    rounding = replace(rubric.rounding, digits=digits, mode=mode)
    return replace(rubric, stage=stage, rounding=rounding)  # type: ignore[arg-type]
