"""sakip-eval: a rules-based scoring engine for the evaluation of government performance accountability (SAKIP).

The public API: `load_rubric` and `load_case` read files, `evaluate` scores, and the rest is what they return or raise.
Names are imported when first used, so that a caller pays only for what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sakip_eval.version import __version__

if TYPE_CHECKING:
    from sakip_eval.case.case import Case
    from sakip_eval.case.load import load_case
    from sakip_eval.engine.evaluate import evaluate
    from sakip_eval.engine.result import Evaluation, HasilKomponen, HasilSubkomponen, Rekomendasi, Temuan
    from sakip_eval.engine.trace import TraceNode
    from sakip_eval.problems import Location, Problem, SakipError
    from sakip_eval.rubric.load import load_rubric
    from sakip_eval.rubric.rubric import Rubric

_HOMES = {
    "Case": "case.case",
    "Evaluation": "engine.result",
    "HasilKomponen": "engine.result",
    "HasilSubkomponen": "engine.result",
    "Location": "problems",
    "Problem": "problems",
    "Rekomendasi": "engine.result",
    "Rubric": "rubric.rubric",
    "SakipError": "problems",
    "Temuan": "engine.result",
    "TraceNode": "engine.trace",
    "evaluate": "engine.evaluate",
    "load_case": "case.load",
    "load_rubric": "rubric.load",
}

__all__ = [
    "Case",
    "Evaluation",
    "HasilKomponen",
    "HasilSubkomponen",
    "Location",
    "Problem",
    "Rekomendasi",
    "Rubric",
    "SakipError",
    "Temuan",
    "TraceNode",
    "__version__",
    "evaluate",
    "load_case",
    "load_rubric",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
