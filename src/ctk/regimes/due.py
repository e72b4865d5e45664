"""From the deadline that a document prints to the last day on which a report is on time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ctk.periods import Period
from ctk.regimes.free_days import is_public_holiday, is_working_day, next_working_day
from ctk.regimes.types import Before, FreeDay, Regime


@dataclass(frozen=True, slots=True)
class Due:
    """When the report of a period is due.

    Args:
        words: The deadline as the document prints it.
        named_day: The day that it names.
        last_day: The last day on which a report is on time.
        moved: Whether a free day moved the last day.
    """

    words: str
    named_day: date
    last_day: date
    moved: bool = False

    def days_late(self, day: date) -> int:
        """By how many days a report of a day is late; 0: on time."""
        return max(0, (day - self.last_day).days)


def due(regime: Regime, period: Period) -> Due | None:
    """Tell when a period's report is due; None where the document prints no date."""
    deadline = regime.deadline(period)
    if deadline is None:
        return None
    named = deadline.named_day(period)
    one_less = deadline.before and regime.before is Before.DAY_BEFORE
    last = named - timedelta(days=1) if one_less else named
    kept = _kept(last, regime.free_day)
    return Due(deadline.words, named, kept, kept != last)


def _kept(last: date, reading: FreeDay) -> date:
    """Move a last day off a free day, as far as the regime does."""
    if reading is FreeDay.DECREE_139:
        moves = is_public_holiday(last)
    else:
        moves = reading is FreeDay.NEXT_WORKING_DAY and not is_working_day(last)
    return next_working_day(last) if moves else last
