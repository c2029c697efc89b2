"""Real files, broken at random: bytes, tokens, and structure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

TOKENS = [
    ":", "- ", "[", "]", "{", "}", "&a ", "*a", "!!str ", "!!python/object:os.system ", "|", ">", "%", "@", "`", "\t", "'",
    '"', "#", "---\n", "...\n", "null", "~", "NO", "1:30", "1.10", "0x1F", "1e9", "6,00", "1/0", "-1", "99999999999999999",
    "2023-02-30", "<<: ", "? ", "\\x", "é", "\u202e", "\ufeff", "\x00", "\x1b[31m", "{k.x}", "=1+1", "../../etc", "AA", "1.a.3",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, sources: Sequence[str]) -> bytes:
    """Return the bytes of a real file after one to four random changes."""
    text = draw(st.sampled_from(sources))
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from(_CHANGES))(draw, text)
    raw = text.encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 9)) == 0 and raw:
        at = draw(st.integers(0, len(raw) - 1))
        raw = raw[:at] + bytes([draw(st.integers(0, 255))]) + raw[at + 1 :]
    return raw


def _token(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(TOKENS)) + text[at:]


def _cut(draw: st.DrawFn, text: str) -> str:
    start = draw(st.integers(0, len(text)))
    return text[:start] + text[start + draw(st.integers(1, 40)) :]


def _lines(draw: st.DrawFn, text: str) -> tuple[list[str], int]:
    lines = text.split("\n")
    return lines, draw(st.integers(0, len(lines) - 1))


def _drop_line(draw: st.DrawFn, text: str) -> str:
    lines, at = _lines(draw, text)
    return "\n".join(lines[:at] + lines[at + 1 :])


def _repeat_line(draw: st.DrawFn, text: str) -> str:
    lines, at = _lines(draw, text)
    return "\n".join([*lines[:at], lines[at], *lines[at:]])


def _move_line(draw: st.DrawFn, text: str) -> str:
    lines, at = _lines(draw, text)
    line = lines.pop(at)
    lines.insert(draw(st.integers(0, len(lines))), line)
    return "\n".join(lines)


def _indent(draw: st.DrawFn, text: str) -> str:
    lines, at = _lines(draw, text)
    lines[at] = " " * draw(st.integers(0, 12)) + lines[at].lstrip()
    return "\n".join(lines)


def _value(draw: st.DrawFn, text: str) -> str:
    lines, at = _lines(draw, text)
    key, colon, _ = lines[at].partition(":")
    lines[at] = key + (colon or ":") + " " + draw(st.sampled_from(["", *TOKENS, "[a, b]", "{a: b}", "teks"]))
    return "\n".join(lines)


_CHANGES: list[Callable[[st.DrawFn, str], str]] = [
    _token, _token, _cut, _drop_line, _repeat_line, _move_line, _indent, _value, _value,
]  # fmt: skip
