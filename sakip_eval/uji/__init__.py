"""Tests of a rubric, written beside it: short cases and what must come out of them. Format: docs/uji.md."""
