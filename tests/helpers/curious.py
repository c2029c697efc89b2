"""Rubrics for which every fact is made."""

from __future__ import annotations

from dataclasses import replace

from sakip_eval import Rubric
from sakip_eval.rubric.facts import STAGES
from sakip_eval.rubric.rules import Constraint, Pattern


def curious(rubric: Rubric) -> Rubric:
    """The rubric with rules at each stage that want every criterion and finding and never fire: else they are not told."""
    wishes = {"kriteria": "bukti_cocok", "temuan": "subjek"}
    firsts = {rule.jenis: rule for rule in reversed(rubric.rules)}
    extra = tuple(
        replace(
            firsts.get(stage, rubric.rules[0]),
            id=f"ingin-{stage}-{name}",
            jenis=stage,
            patterns=(Pattern("k", name, (Constraint(field, "==", "tidak pernah"),), (), absent=False),),
        )
        for stage in STAGES
        for name, field in wishes.items()
    )
    return replace(rubric, rules=(*rubric.rules, *extra))
