"""The alternative (b): zen-engine (GoRules) scoring the same case: values, shares, proposals, total, with its trace."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

_POINTS = (
    "jawaban == 'AA' ? 100 : jawaban == 'A' ? 90 : jawaban == 'BB' ? 80 : jawaban == 'B' ? 70 : "
    "jawaban == 'CC' ? 60 : jawaban == 'C' ? 50 : jawaban == 'D' ? 30 : 0"
)
_SHARE = "sum(map(kriteria, # == 'terpenuhi' ? 1 : # == 'sebagian' ? 0.5 : 0)) * 100 / len(kriteria)"
_PROPOSED = (
    "$.persen == 100 ? 'BB' : $.persen > 75 ? 'B' : $.persen > 50 ? 'CC' : "
    "$.persen > 25 ? 'C' : $.persen > 0 ? 'D' : 'E'"
)
_BAND = (
    "$.nilai > 90 ? 'AA' : $.nilai > 80 ? 'A' : $.nilai > 70 ? 'BB' : $.nilai > 60 ? 'B' : "
    "$.nilai > 50 ? 'CC' : $.nilai > 30 ? 'C' : $.nilai > 0 ? 'D' : ''"
)


def _expressions(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"id": key, "key": key, "value": value} for key, value in pairs]


def decision() -> Any:
    """Return the compiled decision graph."""
    import zen

    each = {
        "executionMode": "loop",
        "inputField": "subs",
        "outputPath": "subs",
        "passThrough": True,
        "expressions": _expressions(
            ("poin", _POINTS), ("nilai", "bobot * $.poin / 100"), ("persen", _SHARE), ("usulan", _PROPOSED)
        ),
    }
    whole = {
        "passThrough": True,
        "expressions": _expressions(("nilai", "sum(map(subs, #.nilai))"), ("predikat", _BAND)),
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "each", "type": "expressionNode", "name": "each", "content": each},
        {"id": "whole", "type": "expressionNode", "name": "whole", "content": whole},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    order = [node["id"] for node in nodes]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in pairwise(order)]
    graph = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    return zen.ZenEngine().create_decision(json.dumps(graph))


def score(graph: Any, subs: list[dict[str, Any]]) -> Any:
    """Return the decision's answer with its trace."""
    return graph.evaluate({"subs": subs}, {"trace": True})
