"""Reporting periods as people type them, and the days they cover."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.errors import UsageError
from ctk.periods import Coverage, Period, parse_period


@pytest.mark.parametrize(
    ("text", "year", "months"),
    [
        ("2022-6m", 2022, 6),
        ("2022-9m", 2022, 9),
        ("2022-12m", 2022, 12),
        ("2022", 2022, 12),
        (" 2022-6M ", 2022, 6),
        ("20226m", 2022, 6),
    ],
)
def test_typed_periods(text, year, months):
    """A year alone is the whole year; case and spaces around do not matter."""
    assert Period(year, months) == parse_period(text)


@pytest.mark.parametrize("text", ["6m", "9m", "12m"])
def test_period_without_year(text):
    """Months alone are of the default year; without one they are refused."""
    assert (2024, int(text[:-1])) == (
        parse_period(text, 2024).year,
        parse_period(text, 2024).months,
    )
    with pytest.raises(UsageError):
        parse_period(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "2022-", "2022-7m", "2022-6", "2022-Q2", "22-6m", "1999", "2101", "6m-2022",
     "2022-06", "2022-6m2022-9m", "２０２２x", "m", "2022-0m"],
)  # fmt: skip
def test_what_is_no_period(text):
    """Anything else is refused, also with a default year."""
    with pytest.raises(UsageError) as caught:
        parse_period(text, 2022)
    assert caught.value.code == "bad_period"


@given(st.integers(2000, 2100), st.sampled_from([6, 9, 12]))
def test_printed_periods_are_read_back(year, months):
    """A period as ctk prints it is a period as people type it."""
    assert Period(year, months) == parse_period(str(Period(year, months)))


@pytest.mark.parametrize(
    ("months", "end"), [(6, date(2025, 6, 30)), (9, date(2025, 9, 30)), (12, date(2025, 12, 31))]
)
def test_days(months, end):
    """All periods of a year start on 1 January; each contains the one before."""
    period = Period(2025, months)
    assert (date(2025, 1, 1), end, months == 12) == (period.start, period.end, period.is_annual)


def test_order():
    """Periods sort by year, then by length."""
    periods = [Period(2023, 6), Period(2022, 12), Period(2022, 6)]
    assert [str(p) for p in sorted(periods)] == ["2022-6m", "2022-12m", "2023-6m"]


@pytest.mark.parametrize(
    ("text", "calendar", "administrative"),
    [
        ("2022-6m", ("2022-01-01", "2022-06-30"), ("2021-12-15", "2022-06-14")),
        ("2022-12m", ("2022-01-01", "2022-12-31"), ("2021-12-15", "2022-12-14")),
    ],
)
def test_what_a_period_covers(text, calendar, administrative):
    """The calendar, or from 15 December of the year before as in work reports."""
    period = parse_period(text)
    said = {
        coverage: tuple(day.isoformat() for day in period.days(coverage)) for coverage in Coverage
    }
    assert said == {Coverage.CALENDAR: calendar, Coverage.ADMINISTRATIVE: administrative}
