"""The alternative (a), frozen: a plain loop over the rubric with Decimal, keeping a trace of dictionaries.

It does what scoring must do and nothing else: value, share of criteria met, proposed answer and one trace node with a
reason for each criterion, subkomponen, component and the total. It is a yardstick; it is not improved.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Rows = list[tuple[str, Decimal, list[tuple[str, Decimal, list[str]]]]]


def prepare(rubric: Any) -> tuple[Rows, dict[str, Decimal], list[tuple[str, Decimal]], dict[str, Decimal]]:
    """Copy a rubric into plain lists: components with their subkomponen, ladder points, bands, status values."""

    def decimal(value: Any) -> Decimal:
        return Decimal(value.numerator) / Decimal(value.denominator)

    rows = [
        (k.id, decimal(k.bobot), [(s.id, decimal(s.bobot), [c.id for c in s.kriteria]) for s in k.subkomponen])
        for k in rubric.komponen
    ]
    points = {step.jawaban: decimal(step.poin) for step in rubric.skala}
    bands = [(p.predikat, decimal(p.band.low)) for p in rubric.predikat]
    status = {name: decimal(value) for name, value in rubric.statuses.items() if value is not None}
    return rows, points, bands, status


def score(
    prepared: tuple[Rows, dict[str, Decimal], list[tuple[str, Decimal]], dict[str, Decimal]],
    answers: dict[str, str],
    statuses: dict[str, str],
) -> dict[str, Any]:
    """Return the trace of one case; its root holds the total and the predikat."""
    rows, points, bands, worth = prepared
    hundred = Decimal(100)
    total = Decimal(0)
    komponen_nodes = []
    for komponen, bobot_komponen, subs in rows:
        value = Decimal(0)
        nodes = []
        for sub, bobot, criteria in subs:
            met = Decimal(0)
            number = 0
            children = []
            for name in criteria:
                status = statuses[name]
                if status in worth:
                    met += worth[status]
                    number += 1
                children.append({"id": name, "status": status, "why": status})
            share = met * hundred / number
            proposed = (
                "BB" if share == 100 else "B" if share > 75 else "CC" if share > 50
                else "C" if share > 25 else "D" if share > 0 else "E"
            )  # fmt: skip
            answer = answers[sub]
            nilai = bobot * points[answer] / hundred
            value += nilai
            nodes.append(
                {
                    "id": sub,
                    "nilai": nilai,
                    "bobot": bobot,
                    "poin": points[answer],
                    "persen": share,
                    "usulan": proposed,
                    "why": (answer, share, proposed),
                    "children": children,
                }
            )
        total += value
        komponen_nodes.append(
            {"id": komponen, "nilai": value, "persen": value * hundred / bobot_komponen, "children": nodes}
        )
    predikat = next((name for name, low in bands if total > low), None)
    return {"id": "total", "nilai": total, "predikat": predikat, "children": komponen_nodes}
