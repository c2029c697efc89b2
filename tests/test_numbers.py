"""Exact numbers: reading, rounding, printing."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip_eval.numbers import RoundingMode, format_fixed, format_plain, parse_exact, round_exact

MODES: list[tuple[RoundingMode, str]] = [
    ("setengah_ke_atas", ROUND_HALF_UP),
    ("setengah_ke_genap", ROUND_HALF_EVEN),
    ("ke_bawah", ROUND_DOWN),
]


@pytest.mark.parametrize(
    ("text", "value"),
    [("6", 6), ("6.00", 6), ("4.5", Fraction(9, 2)), ("1/3", Fraction(1, 3)), ("-0.5", Fraction(-1, 2))],
)
def test_reads_exactly(text: str, value: Fraction) -> None:
    assert parse_exact(text) == value


@pytest.mark.parametrize(
    "text",
    ["6,00", "1.234,5", "1e3", "1_000", " 6", "6 ", "", ".5", "5.", "1/0", "0x10", "inf", "nan", "½", "٣", "1:30"],
)
def test_refuses_what_could_mean_something_else(text: str) -> None:
    with pytest.raises(ValueError):
        parse_exact(text)


@pytest.mark.parametrize(
    ("value", "up", "even", "down"),
    [
        ("76.405", "76.41", "76.40", "76.40"),
        ("76.415", "76.42", "76.42", "76.41"),
        ("0.005", "0.01", "0.00", "0.00"),
        ("76.4049", "76.40", "76.40", "76.40"),
        ("-0.005", "-0.01", "0.00", "0.00"),
    ],
)
def test_halves(value: str, up: str, even: str, down: str) -> None:
    shown = [format_fixed(Fraction(value), 2, mode) for mode, _ in MODES]
    assert shown == [up, even, down]


@given(st.decimals(-1000, 1000, places=6), st.integers(0, 4), st.sampled_from(MODES))
def test_rounds_as_decimal_does(value: Decimal, digits: int, mode: tuple[RoundingMode, str]) -> None:
    expected = value.quantize(Decimal(1).scaleb(-digits), rounding=mode[1])
    assert round_exact(Fraction(value), digits, mode[0]) == Fraction(expected)


@given(st.fractions(-100, 100, max_denominator=1000), st.integers(0, 4))
def test_printed_figure_is_the_rounded_one(value: Fraction, digits: int) -> None:
    assert Fraction(format_fixed(value, digits)) == round_exact(value, digits)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("7.5", "7.5"),
        ("80", "80"),
        ("1/3", "1/3"),
        ("4.50", "4.5"),
        ("1/8", "0.125"),
        ("20/3", "20/3"),
        ("0", "0"),
        ("100", "100"),
    ],
)
def test_rubric_figures_print_short_and_exact(value: str, shown: str) -> None:
    assert format_plain(Fraction(value)) == shown
    assert Fraction(shown) == Fraction(value)
