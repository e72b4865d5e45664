"""Rises and falls: exact, half up, and only between complete figures."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.report.changes import change_of
from ctk.report.figures import Figure, State
from ctk.text.numbers import round_half_up

COUNTS = st.integers(0, 10**9)
RATES = st.decimals(0, 10**4, allow_nan=False, places=6).map(float)


def complete(value):
    """A figure that all of 13 communes stand behind."""
    return Figure(value, None, 13, 13)


def half_up(fraction, decimals):
    """Round an exact fraction, halves away from zero, without any float."""
    scaled = abs(fraction) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = -1 if fraction < 0 else 1
    return sign * Decimal(whole).scaleb(-decimals)


@given(COUNTS, COUNTS)
def test_counts_change_by_their_exact_difference_and_per_cent(now, then):
    """The same as with fractions; of nothing there is no per cent."""
    change = change_of(complete(float(now)), complete(float(then)))
    assert change.state is State.COMPLETE
    assert now - then == change.difference
    if then == 0:
        assert change.percent is None
    else:
        expected = half_up(Fraction(100 * (now - then), then), 2)
        assert float(expected) == round_half_up(change.percent, 2)


@given(RATES, RATES)
def test_rates_change_by_what_their_decimals_say(now, then):
    """No half tips the wrong way for the sake of a float's last digits."""
    change = change_of(complete(now), complete(then))
    difference = Decimal(str(now)) - Decimal(str(then))
    expected = difference.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert float(expected) == round_half_up(change.difference, 2)


def test_a_half_is_rounded_away_from_zero_both_ways():
    """12.5 - 12.495 is 0.01 and its opposite -0.01; 1 of 800 is 0.13 %."""
    rise, fall = (
        change_of(complete(12.5), complete(12.495)),
        change_of(complete(12.495), complete(12.5)),
    )
    assert (round_half_up(rise.difference, 2), round_half_up(fall.difference, 2)) == (0.01, -0.01)
    assert round_half_up(change_of(complete(801.0), complete(800.0)).percent, 2) == 0.13


@pytest.mark.parametrize(
    ("other", "state"),
    [
        (Figure(None, 5.0, 12, 13), State.INCOMPLETE),
        (Figure(5.0, 5.0, 12, 13), State.INCOMPLETE),
        (Figure(None, None, 13, 13), State.UNDEFINED),
        (Figure(None, None, 0, 0), State.NOT_ASKED),
        (Figure(5.0, None, 13, 13, withheld=True), State.WITHHELD),
    ],
)
def test_only_complete_figures_are_compared(other, state):
    """On whichever side the figure is that is not complete."""
    for change in (change_of(complete(4.0), other), change_of(other, complete(4.0))):
        assert (change.difference, change.percent, change.state) == (None, None, state)
