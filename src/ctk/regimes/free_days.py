"""Public holidays of Vietnam, lunar ones too, and working days; the only place for `holidays`."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

_DAY = timedelta(days=1)


def is_public_holiday(day: date) -> bool:
    """Tell whether a day is a public holiday or the day off that makes up for one on a weekend.

    A working day that the government exchanged for a Saturday is free, but is no holiday.
    """
    calendar = _calendar()
    return day in calendar and not calendar[day].startswith(_exchanged())


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day: also on a Saturday that was exchanged for a free day."""
    return bool(_calendar().is_working_day(day))


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    day += _DAY
    while not is_working_day(day):
        day += _DAY
    return day


@cache
def _calendar() -> HolidayBase:
    import holidays  # noqa: PLC0415  (slow to load, and most commands need no holiday)

    return holidays.country_holidays("VN", language="vi")


def _exchanged() -> str:
    """How the name of an exchanged day off begins."""
    return str(_calendar().substituted_label).partition("%s")[0]
