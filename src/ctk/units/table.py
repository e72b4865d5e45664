"""The unit table: units.csv read once, and the units in force on a day made from it."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, cached_property
from importlib.resources import files

from ctk.errors import CatalogueError, UsageError
from ctk.model import Level, Unit

EARLIEST = date(2021, 11, 1)
DISTRICTS_ENDED = date(2025, 6, 30)
TWO_LEVELS_SINCE = date(2025, 7, 1)
COUNTRY = "VN"

HEADER = "code,name,type,level,parent,province,valid_from,valid_to"
_LEVELS = {level.value: level for level in Level}
_FOREVER = "9999"
_DAY = timedelta(days=1)


class Snapshot:
    """The units in force on a day, by code; parents stand before their children."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units: dict[str, Unit] = {}
        for unit in units:
            if unit.code in self.units:
                raise CatalogueError(f"units.csv: two versions of {unit.code} at the same time")
            if unit.parent not in self.units and unit.level is not Level.COUNTRY:
                raise CatalogueError(f"units.csv: unknown parent {unit.parent} of {unit.code}")
            self.units[unit.code] = unit

    @cached_property
    def children(self) -> dict[str, tuple[Unit, ...]]:
        """Units directly below each code, sorted by code."""
        below: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if unit.parent:
                below[unit.parent].append(unit)
        return {code: tuple(sorted(units, key=_code)) for code, units in below.items()}


class Table:
    """All versions of all units; only the lines of a day that is asked for become units.

    Args:
        lines: The lines of units.csv: one version of a unit a line, ISO dates, empty = open.

    Raises:
        CatalogueError: Unexpected columns; `at` raises it for what is wrong on that day: a bad
            level, two versions of a code, an unknown parent.
    """

    def __init__(self, lines: list[str]) -> None:
        if lines[0] != HEADER:
            raise CatalogueError(f"units.csv: unexpected columns {lines[0]}")
        self._lines = lines[1:]
        self._spans = [tuple(line.rsplit(",", 2)[1:]) for line in self._lines]
        self._dates = {
            day: date.fromisoformat(day) if day else None
            for span in set(self._spans)
            for day in span
        }
        self._snapshots: dict[int, Snapshot] = {}

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """Days on which something changes, sorted."""
        spans = [tuple(self._dates[day] for day in span) for span in set(self._spans)]
        starts = {start for start, _ in spans if start}
        return tuple(sorted(starts | {end + _DAY for _, end in spans if end}))

    def at(self, day: date) -> Snapshot:
        """Give the units in force on a day.

        Raises:
            UsageError: The day is before the table begins (`date_before_units`).
        """
        if day < EARLIEST:
            raise UsageError("date_before_units", at=day.isoformat(), earliest=EARLIEST.isoformat())
        stretch = bisect_right(self.changes, day)
        if stretch not in self._snapshots:
            self._snapshots[stretch] = Snapshot(self._in_force(day.isoformat()))
        return self._snapshots[stretch]

    def versions(self, code: str) -> tuple[Unit, ...]:
        """Give every version of a code, oldest first; empty if the code was never used."""
        lines = (line for line in self._lines if line.startswith(f"{code},"))
        return tuple(self._unit(row) for row in csv.reader(lines))

    def _in_force(self, day: str) -> Iterator[Unit]:
        pairs = zip(self._lines, self._spans, strict=True)
        lines = (line for line, (start, end) in pairs if start <= day <= (end or _FOREVER))
        return (self._unit(row) for row in csv.reader(lines))

    def _unit(self, row: list[str]) -> Unit:
        code, name, kind, level, parent, province, start, end = row
        if level not in _LEVELS:
            raise CatalogueError(f"units.csv: bad level {level!r} of {code}")
        return Unit(
            code=code,
            name=name,
            type=kind,
            level=_LEVELS[level],
            parent=parent or None,
            province=province or None,
            valid_from=self._dates[start],
            valid_to=self._dates[end],
        )


@cache
def table() -> Table:
    """Load the table that comes with ctk."""
    text = files(__package__).joinpath("units.csv").read_text(encoding="utf-8")
    return Table(text.splitlines())


def _code(unit: Unit) -> str:
    return unit.code
