"""Exact numbers: how they are read from a file, rounded, and printed.

A score is a `fractions.Fraction` from the file to the output; a float never appears. Rounding is an explicit
step that a rubric declares (`Rounding`), or the printing of a figure with a fixed number of digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

RoundingMode: TypeAlias = Literal["setengah_ke_atas", "setengah_ke_genap", "ke_bawah"]
ROUNDING_MODES: tuple[str, ...] = get_args(RoundingMode)

_EXACT = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15}|/[0-9]{1,15})?")


def parse_exact(text: str) -> Fraction:
    """Read a number written as `6`, `4.5` or `1/3`, exactly.

    Raises `ValueError` for everything else: a decimal comma, thousands separators, exponents, spaces, and a
    zero denominator are refused, never guessed.
    """
    if not _EXACT.fullmatch(text):
        raise ValueError(text)
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(text) from None


def _divide(numerator: int, denominator: int, mode: RoundingMode) -> int:
    """Divide two integers (`denominator` > 0) to the nearest integer in the way `mode` names."""
    negative = numerator < 0
    quotient, remainder = divmod(-numerator if negative else numerator, denominator)
    twice = 2 * remainder
    if mode == "setengah_ke_atas":
        quotient += twice >= denominator
    elif mode == "setengah_ke_genap":
        quotient += twice > denominator or (twice == denominator and quotient % 2 == 1)
    return -quotient if negative else quotient


def to_scaled(value: Fraction, digits: int, mode: RoundingMode = "setengah_ke_atas") -> int:
    """Round `value` to `digits` decimals and return it as an integer of that unit (2 digits: hundredths)."""
    return _divide(value.numerator * 10**digits, value.denominator, mode)


def round_exact(value: Fraction, digits: int, mode: RoundingMode = "setengah_ke_atas") -> Fraction:
    """Round `value` to `digits` decimals and return the rounded figure, again exact."""
    return Fraction(to_scaled(value, digits, mode), 10**digits)


@lru_cache(maxsize=4096)
def format_fixed(value: Fraction, digits: int, mode: RoundingMode = "setengah_ke_atas") -> str:
    """Print `value` with exactly `digits` decimals and a decimal point: `Fraction(764, 10)` -> `"76.40"`."""
    scaled = to_scaled(value, digits, mode)
    sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
    if digits == 0:
        return f"{sign}{scaled}"
    whole, part = divmod(scaled, 10**digits)
    return f"{sign}{whole}.{part:0{digits}d}"


def format_plain(value: Fraction) -> str:
    """Print an exact figure of a rubric as short as it is exact: `7.5`, `80`, and `1/3` where no decimal ends."""
    denominator = value.denominator
    digits = 0
    while denominator % 10 == 0:
        denominator //= 10
        digits += 1
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    if denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    return format_fixed(value, digits + max(twos, fives))


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a rubric rounds: `digits` decimals, in `mode`; used as a value, it knows nothing of the stage."""

    digits: int
    mode: RoundingMode

    def apply(self, value: Fraction) -> Fraction:
        """Return `value` rounded."""
        return round_exact(value, self.digits, self.mode)

    def format(self, value: Fraction) -> str:
        """Return `value` printed with the declared digits, decimal point."""
        return format_fixed(value, self.digits, self.mode)
