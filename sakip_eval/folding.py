"""When two names, positions or sentences are the same to us: whatever their case and spacing."""

from __future__ import annotations


def folded(text: str) -> str:
    """Return a text in one case, with single spaces and none at its ends."""
    return " ".join(text.casefold().split())
