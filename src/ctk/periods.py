"""Reporting periods: `2022-6m`, `2022-9m`, `2022-12m` (the same as `2022`) and what they cover."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ctk.errors import UsageError

_LAST_DAYS = {6: (6, 30), 9: (9, 30), 12: (12, 31)}
_LAST_DAYS_OF_WORK_REPORTS = {6: (6, 14), 9: (9, 14), 12: (12, 14)}
_PATTERN = re.compile(r"(?:(?P<year>\d{4})-?)?(?:(?P<months>6|9|12)m)?", re.IGNORECASE)


class Coverage(StrEnum):
    """Which days the figures of a period are about; a setting of the reporting regime.

    `administrative` is the custom of work reports: from 15 December of the year before to
    14 June or 14 December (and, by the same pattern, 14 September).
    """

    CALENDAR = "calendar"
    ADMINISTRATIVE = "administrative"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A part of a calendar year from 1 January on; 6, 9 and 12 months of a year are cumulative."""

    year: int
    months: int

    def __str__(self) -> str:
        return f"{self.year}-{self.months}m"

    @property
    def start(self) -> date:
        """First day covered."""
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        """Last day covered; the units valid on it are the ones that report."""
        return date(self.year, *_LAST_DAYS[self.months])

    def days(self, coverage: Coverage = Coverage.CALENDAR) -> tuple[date, date]:
        """First and last day that the figures are about."""
        if coverage is Coverage.CALENDAR:
            return self.start, self.end
        last = date(self.year, *_LAST_DAYS_OF_WORK_REPORTS[self.months])
        return date(self.year - 1, 12, 15), last

    @property
    def length(self) -> str:
        """Its length as people type it, "6m"."""
        return f"{self.months}m"

    @property
    def is_annual(self) -> bool:
        """Tell whether the period is a full year."""
        return self.months == 12


def parse_period(text: str, default_year: int | None = None) -> Period:
    """Read a period as people type it.

    Args:
        text: `2022-6m`, `2022` (the whole year) or `6m` (of `default_year`).
        default_year: Year for a period typed without one; None: such a period is refused.

    Raises:
        UsageError: The text is not a period, or its year is missing or out of 2000-2100.
    """
    match = _PATTERN.fullmatch(text.strip())
    if not match or not text.strip() or text.strip().endswith("-"):
        raise UsageError("bad_period", text=text)
    year = int(match["year"]) if match["year"] else default_year
    if year is None or not 2000 <= year <= 2100:
        raise UsageError("bad_period", text=text)
    return Period(year, int(match["months"] or 12))
