"""Which units a figure lacks."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property

from ctk.messages import message
from ctk.model import Level, Unit
from ctk.report.context import ReportContext
from ctk.report.figures import Slice
from ctk.units.lookup import is_urban

_SHOWN = 30
_PLACE = ["sex", "age", "ethnicity", "area", "unit", "reported", "expected"]


class Lacking:
    """Names the communes that an incomplete figure of the report's unit lacks."""

    def __init__(self, context: ReportContext) -> None:
        """Take the figures of the units below."""
        self._context = context
        self._below = {unit.code: unit for unit in context.children}

    def named(self, key: str, place: Slice) -> str:
        """List them in words, the first ones by name."""
        names = self.names(key, place)
        listed, rest = ", ".join(names[:_SHOWN]), len(names) - _SHOWN
        if rest <= 0:
            return listed
        return message("report.coverage.more", self._context.lang, names=listed, count=rest)

    def names(self, key: str, place: Slice) -> list[str]:
        """Name them; where the units below are districts, communes with a file by their number.

        Args:
            key: Measure or element.
            place: Its slice.
        """
        silent, inside = self._silent[place[3]]
        names = list(silent)
        for code, absent in self._short.get((key, place), {}).items():
            unit, more = self._below[code], absent - inside[code]
            if more > 0 and unit.level is Level.COMMUNE:
                names.append(unit.full_name)
            elif more > 0:
                told = {"count": more, "unit": unit.full_name}
                names.append(message("appendices.lacking.some", self._context.lang, **told))
        return names

    @cached_property
    def _silent(self) -> dict[str, tuple[tuple[str, ...], Counter[str]]]:
        """By side, the communes without a report, and how many of them lie in each unit."""
        found = {}
        for area in ("T", "urban", "rural"):
            missing = [unit for unit in self._context.missing if _is_inside(unit, area)]
            above = Counter(
                code for unit in missing for code in {unit.code, unit.parent, unit.province} if code
            )
            found[area] = tuple(unit.full_name for unit in missing), above
        return found

    @cached_property
    def _short(self) -> dict[tuple[str, Slice], dict[str, int]]:
        """By figure, the units below that it lacks, each with how many communes."""
        found: dict[tuple[str, Slice], dict[str, int]] = defaultdict(dict)
        context = self._context
        for frame, name in ((context.values, "measure"), (context.elements, "element")):
            rows = frame[frame["reported"] < frame["expected"]]
            columns = zip(*(rows[each].tolist() for each in [name, *_PLACE]), strict=True)
            for key, sex, age, ethnicity, area, unit, reported, expected in columns:
                if unit in self._below:
                    found[key, (sex, age, ethnicity, area)][unit] = int(expected - reported)
        return found


def _is_inside(unit: Unit, area: str) -> bool:
    """Whether a commune is of a side; a đặc khu may be of either."""
    return area == "T" or is_urban(unit, None) in (None, area == "urban")
