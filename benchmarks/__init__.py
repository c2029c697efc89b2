"""Benchmarks: `python -m benchmarks` prints ratios of CPU time against named alternatives in the same run."""
