"""Scoring, facts, rules, trace: everything between a rubric, a case and an evaluation. No I/O below this point."""
