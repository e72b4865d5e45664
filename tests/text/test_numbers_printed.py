"""Figures as people read them."""

import math
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.text.numbers import format_vi, round_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, 0, "0"),
        (-0.4, 0, "0"),
        (-0.04, 1, "0,0"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1,01"),
        (2.675, 2, "2,68"),
        (0.285, 2, "0,29"),
        (99.95, 1, "100,0"),
        (12.3, 2, "12,30"),
        (1234, 0, "1.234"),
        (1234.5, 0, "1.235"),
        (1234.5, 2, "1.234,50"),
        (1234567, 0, "1.234.567"),
        (1234567.891, 2, "1.234.567,89"),
        (1e-09, 3, "0,000"),
        (10**25 + 1, 0, "10.000.000.000.000.000.000.000.001"),
    ],
)
def test_figures_print_half_up_with_vietnamese_separators(value, decimals, expected):
    """A dot parts thousands, a comma decimals; a half goes up; zero has no sign."""
    assert format_vi(value, decimals) == expected


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_only_finite_figures_are_printed(value):
    """What is no figure is refused."""
    with pytest.raises(ValueError, match="no figure"):
        format_vi(value)
    with pytest.raises(ValueError, match="no figure"):
        round_half_up(value)


def test_rounding_is_half_up_on_displayed_decimals():
    """The decimals that people see decide, not the binary fraction behind them."""
    expected = [1.0, 3.0, -3.0, 2.68, 1.01]
    given_values = [(0.5, 0), (2.5, 0), (-2.5, 0), (2.675, 2), (1.005, 2)]
    assert [round_half_up(value, decimals) for value, decimals in given_values] == expected
    assert math.copysign(1, round_half_up(-0.4)) == 1


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 6))
def test_printing_agrees_with_decimal_arithmetic(value, decimals):
    """The printed figure is the exact decimal, rounded half up."""
    with localcontext() as context:
        context.prec = 400
        shift = Decimal(10) ** decimals
        units = (abs(Decimal(repr(value))) * shift).to_integral_value(ROUND_HALF_UP)
        digits = str(int(units)).rjust(decimals + 1, "0")
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if value < 0 and units else ""
    assert format_vi(value, decimals) == sign + grouped + ("," + fraction if decimals else "")
