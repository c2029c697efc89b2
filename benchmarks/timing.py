"""CPU time of functions and commands, compared in adjacent pairs so that a busy machine disturbs both alike."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence


def cpu(run: Callable[[], object], times: int) -> float:
    """Return the process time of one call in microseconds, averaged over `times` calls."""
    start = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - start) / times * 1e6


def pairs(
    ours: Callable[[], object], theirs: Callable[[], object], times: int, rounds: int = 15
) -> tuple[float, float]:
    """Return (median of ours/theirs over adjacent pairs, median microseconds of ours)."""
    ours(), theirs()
    ratios: list[float] = []
    absolute: list[float] = []
    for number in range(rounds):
        first, second = (ours, theirs) if number % 2 else (theirs, ours)
        a = cpu(first, times)
        b = cpu(second, times)
        mine, other = (a, b) if number % 2 else (b, a)
        ratios.append(mine / other)
        absolute.append(mine)
    return statistics.median(ratios), statistics.median(absolute)


def command(arguments: Sequence[str]) -> float:
    """Return the CPU time (user and system) of one command in milliseconds."""
    # Whoever installs sakip-eval has its modules compiled after the first run; any value of this one would forbid it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, capture_output=True, check=False, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3


def command_pairs(ours: Sequence[str], theirs: Sequence[str], rounds: int = 11) -> tuple[float, float, float]:
    """Return (median ratio, median of ours, median of theirs in milliseconds) over adjacent pairs."""
    command(ours), command(theirs)
    both = [(command(ours), command(theirs)) for _ in range(rounds)]
    ratio = statistics.median(a / b for a, b in both)
    return ratio, statistics.median(a for a, _ in both), statistics.median(b for _, b in both)
