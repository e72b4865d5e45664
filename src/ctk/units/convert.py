"""From the units of before July 2025 to those of after, and back, along official links."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from ctk.errors import CatalogueError, UsageError
from ctk.model import Level, Unit
from ctk.units.lookup import communes_under, find_unit, has_districts
from ctk.units.table import COUNTRY, DISTRICTS_ENDED, TWO_LEVELS_SINCE, table

Part = Literal["whole", "part"]
_PARTS = ("whole", "part")
_HEADER = ["old_code", "new_code", "part"]


@dataclass(frozen=True, slots=True)
class Conversion:
    """A unit on the other side of July 2025, and how much of the *old* unit is in the new one."""

    unit: Unit
    part: Part


class Links:
    """Which old unit went into which new one.

    Args:
        lines: The lines of links.csv.

    Raises:
        CatalogueError: Unexpected columns, or a part that does not fit the number of targets.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        header, *rows = csv.reader(lines)
        if header != _HEADER:
            raise CatalogueError(f"links.csv: unexpected columns {header}")
        self.new: dict[str, dict[str, Part]] = defaultdict(dict)
        self.old: dict[str, dict[str, Part]] = defaultdict(dict)
        for old, new, part in rows:
            if part not in _PARTS:
                raise CatalogueError(f"links.csv: bad part {part!r} of {old}")
            self.new[old][new] = self.old[new][old] = cast("Part", part)
        for old, targets in self.new.items():
            if set(targets.values()) != {"whole" if len(targets) == 1 else "part"}:
                raise CatalogueError(f"links.csv: parts of {old} do not fit")


@cache
def links() -> Links:
    """Load the links that come with ctk."""
    text = files(__package__).joinpath("links.csv").read_text(encoding="utf-8")
    return Links(text.splitlines())


def convert(code: str, at: date) -> tuple[Conversion, ...]:
    """Convert a unit across July 2025, by code: what an old one became, or a new one was made of.

    Communes become communes, provinces provinces; a district becomes the communes its own went
    into. Units come as they were on the day of the change. An island district without communes
    stands where its commune would.

    Raises:
        UsageError: `unknown_unit`; `unit_not_linked` if the unit ended before 30 June 2025.
    """
    unit = find_unit(code, at)
    old_side = has_districts(at)
    sides = (DISTRICTS_ENDED, TWO_LEVELS_SINCE)
    here, there = sides if old_side else sides[::-1]
    if code not in table().at(here).units:
        raise UsageError("unit_not_linked", unit=code, name=unit.full_name, at=at.isoformat())
    found = _forward(code) if old_side else _back(code)
    if unit.level in (Level.PROVINCE, Level.COUNTRY):
        found = _lifted(found, unit.level, there)
    units = table().at(there).units
    return tuple(Conversion(units[other], part) for other, part in sorted(found.items()))


def _forward(code: str) -> dict[str, Part]:
    """Collect the new communes of an old unit of any level."""
    sources = links().new.get(code)
    if sources is not None:
        return sources
    below = communes_under(code, DISTRICTS_ENDED)
    targets = {new for commune in below for new in links().new[commune.code]}
    return dict.fromkeys(targets, "whole" if len(targets) == 1 else "part")


def _back(code: str) -> dict[str, Part]:
    """Collect the old communes (and island districts) of a new unit of any level."""
    below = communes_under(code, TWO_LEVELS_SINCE)
    return {old: part for unit in below for old, part in links().old[unit.code].items()}


def _lifted(found: dict[str, Part], level: Level, side: date) -> dict[str, Part]:
    """Replace communes by their province or country; old provinces nest in new ones."""
    units = table().at(side).units
    above = {COUNTRY if level is Level.COUNTRY else units[code].province for code in found}
    return {code: "whole" for code in above if code}
