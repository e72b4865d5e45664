"""Which units a figure lacks."""

from __future__ import annotations

from collections import defaultdict
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
        missing = [unit for unit in self._context.missing if _is_inside(unit, place[3])]
        names = [unit.full_name for unit in missing]
        for code, absent in self._short.get((key, place), {}).items():
            unit = self._below[code]
            inside = sum(code in (each.code, each.parent, each.province) for each in missing)
            if absent > inside and unit.level is Level.COMMUNE:
                names.append(unit.full_name)
            elif absent > inside:
                told = {"count": absent - inside, "unit": unit.full_name}
                names.append(message("appendices.lacking.some", self._context.lang, **told))
        return names

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
