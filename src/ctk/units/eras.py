"""What a unit's figures can be compared with in an earlier period: its old self, or old units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ctk.errors import UsageError
from ctk.units.convert import Conversion, convert
from ctk.units.lookup import find_unit, has_districts


@dataclass(frozen=True, slots=True)
class Origin:
    """The units whose figures of an earlier day make up those of a unit.

    Args:
        parts: The units, each with how much of it went into the unit; none if it did not exist.
        crosses: Whether July 2025 lies between the two days.
    """

    parts: tuple[Conversion, ...]
    crosses: bool

    @property
    def adds_up(self) -> bool:
        """Whether all parts went in whole, so that their counts add up to the unit's."""
        return bool(self.parts) and all(each.part == "whole" for each in self.parts)

    @property
    def split(self) -> tuple[Conversion, ...]:
        """The units of which only a part went in: their counts cannot be divided."""
        return tuple(each for each in self.parts if each.part == "part")


def origin_of(code: str, now: date, then: date) -> Origin:
    """Find what a unit was made of on an earlier day.

    Across July 2025 the same code can mean another extent, so it is never taken for the same unit.
    """
    crosses = has_districts(now) != has_districts(then)
    try:
        if crosses:
            return Origin(convert(code, now), crosses)
        return Origin((Conversion(find_unit(code, then), "whole"),), crosses)
    except UsageError:  # it did not exist, or ended before the change
        return Origin((), crosses)
