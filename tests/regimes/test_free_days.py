"""Public holidays against the days that the government announced, typed here by hand."""

from datetime import date, timedelta

import pytest

from ctk.regimes.free_days import is_public_holiday, is_working_day, next_working_day

# Mondays to Fridays on which offices were closed for a public holiday or in its stead.
ANNOUNCED = {
    2022: "3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9",
    2023: "2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9",
    2024: "1/1 8/2 9/2 12/2 13/2 14/2 18/4 30/4 1/5 2/9 3/9",
    2025: "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 1/9 2/9",
    2026: "1/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 1/9 2/9 24/11",
}
ON_WEEKENDS = [(2022, 1, 1), (2022, 4, 10), (2022, 4, 30), (2022, 5, 1), (2023, 1, 1),
               (2023, 1, 22), (2023, 4, 29), (2023, 9, 2), (2024, 2, 10),
               (2026, 4, 26)]  # fmt: skip
# Working days exchanged for a Saturday: free, Saturday worked.
EXCHANGED = [((2024, 4, 29), (2024, 5, 4)), ((2025, 5, 2), (2025, 4, 26)),
             ((2026, 8, 31), (2026, 8, 22))]  # fmt: skip


@pytest.mark.parametrize("year", ANNOUNCED)
def test_holidays_on_weekdays_are_the_announced_ones(year):
    """Solar and lunar holidays, and the days off for those on a weekend; nothing more."""
    days = (date(year, 1, 1) + timedelta(days=i) for i in range(366))
    found = [d for d in days if d.year == year and d.weekday() < 5 and is_public_holiday(d)]
    assert [f"{d.day}/{d.month}" for d in found] == ANNOUNCED[year].split()


@pytest.mark.parametrize("day", ON_WEEKENDS)
def test_a_holiday_on_a_weekend_is_a_holiday(day):
    """The day itself stays a holiday although another day makes up for it."""
    assert is_public_holiday(date(*day))


@pytest.mark.parametrize(("free", "worked"), EXCHANGED)
def test_an_exchanged_day_is_no_holiday(free, worked):
    """It is free without being a holiday, and the Saturday is a working day."""
    assert not is_public_holiday(date(*free))
    assert not is_working_day(date(*free))
    assert is_working_day(date(*worked))


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ((2022, 1, 30), (2022, 2, 7)),  # Tết: Monday to Friday, then a weekend
        ((2022, 4, 29), (2022, 5, 4)),  # 30/4 and 1/5 on a weekend, made up for on two days
        ((2024, 4, 26), (2024, 5, 2)),  # an exchanged Monday before two holidays
        ((2025, 4, 25), (2025, 4, 26)),  # a Saturday that is worked
        ((2024, 11, 14), (2024, 11, 15)),
    ],
)
def test_the_next_working_day(day, following):
    """Weekends, holidays and exchanged days are passed over."""
    assert next_working_day(date(*day)) == date(*following)
