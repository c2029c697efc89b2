"""The alternative (c): plain durable-rules doing all of it, one rule per step, one fact per thing, arithmetic in actions.

It is what the library's own examples look like: every criterion is a fact, actions accumulate. Shares and values are
taken in the actions with plain numbers.
"""

from __future__ import annotations

from itertools import count
from typing import Any

_sids = count(1)


def host() -> Any:
    """Return a host with the rule set registered; results are collected in `host.sink`."""
    from durable.engine import Host

    class Quiet(Host):  # type: ignore[misc]
        def _run(self) -> None:
            pass

    engine = Quiet()
    engine.sink = {}

    def met(context: Any) -> None:
        matches = [context._m] if context._m is not None else [c._d for c in context.m]
        for match in matches:
            sub = match["m"]["sub"] if "m" in match else match["sub"]
            engine.sink[sub] = engine.sink.get(sub, 0) + 1

    def answered(context: Any) -> None:
        matches = [context._m] if context._m is not None else [c._d for c in context.m]
        for match in matches:
            fact = match.get("m", match)
            engine.sink["nilai " + fact["sub"]] = fact["bobot"] * fact["poin"] / 100

    engine.set_rulesets(
        {
            "plain": {
                "met": {"all": [{"m": {"$and": [{"f": "kriteria"}, {"status": "terpenuhi"}]}}], "run": met},
                "unmet": {
                    "all": [{"m": {"$and": [{"f": "kriteria"}, {"$neq": {"status": "terpenuhi"}}]}}],
                    "run": lambda c: None,
                },
                "answer": {"all": [{"m": {"f": "subkomponen"}}], "run": answered},
            }
        }
    )
    return engine


def score(engine: Any, facts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the actions collected for one case."""
    sid = f"c{next(_sids)}"
    engine.sink.clear()
    engine.assert_facts("plain", [{**fact, "sid": sid} for fact in facts])
    engine.delete_state("plain", sid)
    return dict(engine.sink)
