"""Run all benchmarks and print ratios. Needs the extra `bench` (zen-engine)."""

from __future__ import annotations

import gc
import os
import platform
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import plain_decimal, timing, with_durable, with_zen
from sakip_eval.case.case import Case
from sakip_eval.case.load import load_with_rubric
from sakip_eval.engine.evaluate import evaluate
from sakip_eval.engine.score import score

CASE = Path(__file__).resolve().parent.parent / "cases/kecamatan-pelaihari/2022.yaml"


def varied(case: Case, seed: int, statuses: int | None, answers: int | None) -> Case:
    """Return the case with some statuses (None: all) and answers of its evaluator drawn anew."""
    draw = random.Random(seed)
    said = case.penilaian["evaluator"]
    kriteria, subkomponen = dict(said.kriteria), dict(said.subkomponen)
    for name in draw.sample(sorted(kriteria), statuses or len(kriteria)):
        kriteria[name] = replace(kriteria[name], status=draw.choice(["terpenuhi", "terpenuhi", "tidak", "sebagian"]))
    for name in draw.sample(sorted(subkomponen), answers or len(subkomponen)):
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
    each = sorted(1e6 / timing.cpu(ours["evaluate with rules"], 100) for _ in range(10))
    print(f"evaluate with rules, cases a second on one core: {_rates(each)}")
    for words, statuses, answers in (("a few judgements", 5, 2), ("all judgements", None, None)):
        batch = iter([varied(bare, number, statuses, answers) for number in range(1000)])
        each = sorted(1e6 / timing.cpu(lambda cases=batch: evaluate(rubric, next(cases)), 100) for _ in range(10))
        print(f"1,000 different cases, each once, {words} drawn anew: {_rates(each)}")

    sakip = [sys.executable, "-m", "sakip_eval", "nilai", str(CASE)]
    ratio, mine_ms, other_ms = timing.command_pairs(
        sakip, [sys.executable, str(Path(__file__).parent / "bare_app.py")]
    )
    print(
        f"sakip nilai, one case    / bare typer + pydantic + durable app  = {ratio:6.2f}   ({mine_ms:.0f} ms / {other_ms:.0f} ms)"
    )


def _rates(rates: Sequence[float]) -> str:
    return f"{rates[len(rates) // 2]:.0f} (median of ten hundreds; best {rates[-1]:.0f})"


if __name__ == "__main__":
    main()
