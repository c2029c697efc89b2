"""Run all benchmarks and print ratios. Needs the extra `bench` (zen-engine)."""

from __future__ import annotations

import gc
import os
import platform
import random
import sys
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from benchmarks import plain_decimal, timing, with_durable, with_zen
from sakip_eval.case.case import Case
from sakip_eval.case.load import load_with_rubric
from sakip_eval.engine.evaluate import evaluate
from sakip_eval.engine.score import score

ORIENTATION = 42.0
"""Microseconds that (a) took where the aims were set; machines differ, ratios do not."""
CASE = Path(__file__).resolve().parent.parent / "cases/kecamatan-pelaihari/2022.yaml"


def varied(case: Case, seed: int, statuses: int | None, answers: int | None) -> Case:
    """Return the case with some statuses (None: all) and answers of its evaluator drawn anew."""
    draw = random.Random(seed)
    said = case.penilaian["evaluator"]
    kriteria, subkomponen = dict(said.kriteria), dict(said.subkomponen)
    for name in draw.sample(sorted(kriteria), len(kriteria) if statuses is None else statuses):
        kriteria[name] = replace(kriteria[name], status=draw.choice(["terpenuhi", "terpenuhi", "tidak", "sebagian"]))
    for name in draw.sample(sorted(subkomponen), len(subkomponen) if answers is None else answers):
        subkomponen[name] = replace(subkomponen[name], jawaban=draw.choice(["A", "BB", "B", "CC", "C"]))
    return replace(case, penilaian={"evaluator": replace(said, kriteria=kriteria, subkomponen=subkomponen)})


def main() -> None:
    """Print machine, ratios, and absolute figures for orientation."""
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"
    )
    loaded = load_with_rubric(CASE, {})
    rubric, case = loaded.rubric, loaded.case
    judged = case.penilaian["evaluator"]
    plain = plain_decimal.prepare(rubric)
    answers = {name: said.jawaban or "E" for name, said in judged.subkomponen.items()}
    statuses = {name: said.status or "tidak" for name, said in judged.kriteria.items()}
    zen = with_zen.decision()
    subs = [
        {"bobot": float(s.bobot), "jawaban": answers[s.id], "kriteria": [statuses[k.id] for k in s.kriteria]}
        for s in rubric.each_subkomponen()
    ]
    durable = with_durable.host()
    facts = [
        {"id": f"k{n}", "f": "kriteria", "sub": k.subkomponen, "status": statuses[k.id]}
        for n, k in enumerate(rubric.each_kriteria())
    ]
    facts += [
        {"id": f"s{n}", "f": "subkomponen", "sub": s.id, "bobot": float(s.bobot),
         "poin": float(rubric.step_by_jawaban[answers[s.id]].poin)}
        for n, s in enumerate(rubric.each_subkomponen())
    ]  # fmt: skip
    bare = replace(case, tercetak=None)

    alternatives = {
        "(a) plain Decimal loop with trace": (lambda: plain_decimal.score(plain, answers, statuses), 100),
        "(b) zen-engine, same work": (lambda: with_zen.score(zen, subs), 20),
        "(c) plain durable_rules, all of it": (lambda: with_durable.score(durable, facts), 10),
    }
    ours = {
        "score with full trace": lambda: score(rubric, judged, "evaluator", {}),
        "evaluate with rules": lambda: evaluate(rubric, bare),
    }
    gc.collect()
    gc.freeze()
    for name, mine in ours.items():
        for other, (theirs, times) in alternatives.items():
            ratio, microseconds = timing.pairs(mine, theirs, times if "evaluate" not in name else min(times, 10))
            print(f"{name:24s} / {other:36s} = {ratio:6.2f}   (ours {microseconds:7.0f} us)")
    plain_loop, _ = alternatives["(a) plain Decimal loop with trace"]
    print(
        f"evaluate with rules, cases a second on one core (last: were (a) the {ORIENTATION:.0f} us of the first record)"
    )
    for words, of_kriteria, of_subkomponen in (
        ("the shipped case", 0, 0),
        ("400 different cases, each once, a few judgements drawn anew", 5, 2),
        ("400 different cases, each once, all judgements drawn anew", None, None),
    ):
        batch = cycle([varied(bare, number, of_kriteria, of_subkomponen) for number in range(400)])
        ratio, microseconds = timing.pairs(lambda cases=batch: evaluate(rubric, next(cases)), plain_loop, 20, 19)
        print(f"  {words:60s}: {1e6 / microseconds:5.0f}; {ratio:5.2f} times (a); {1e6 / (ratio * ORIENTATION):5.0f}")

    sakip = [sys.executable, "-m", "sakip_eval", "nilai", str(CASE)]
    ratio, mine_ms, other_ms = timing.command_pairs(
        sakip, [sys.executable, str(Path(__file__).parent / "bare_app.py")]
    )
    print(
        f"sakip nilai, one case    / bare typer + pydantic + durable app  = {ratio:6.2f}   ({mine_ms:.0f} ms / {other_ms:.0f} ms)"
    )


if __name__ == "__main__":
    main()
