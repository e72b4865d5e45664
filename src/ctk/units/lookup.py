"""Units by code and date, up and down the tree; a code without a date means nothing."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ctk.errors import UsageError
from ctk.model import Level, Unit
from ctk.units.table import DISTRICTS_ENDED, table

_URBAN = {"Phường": True, "Thị trấn": True, "Xã": False}
_SPECIAL_ZONE = "Đặc khu"
_RANK = (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE, Level.COUNTRY)


def units_at(at: date) -> tuple[Unit, ...]:
    """Give all units in force on a day: the country, provinces, districts, communes, by code."""
    return tuple(table().at(at).units.values())


def find_unit(code: str, at: date) -> Unit:
    """Find the unit that a code means on a day.

    Raises:
        UsageError: `unknown_unit` (params unit, at, known: what the code means at other times,
            "–" if nothing); `date_before_units` if the table does not reach back that far.
    """
    unit = table().at(at).units.get(code)
    if unit is None:
        known = "; ".join(_describe(version) for version in table().versions(code)) or "–"
        raise UsageError("unknown_unit", unit=code, at=at.isoformat(), known=known)
    return unit


def children(code: str, at: date) -> tuple[Unit, ...]:
    """Give the units directly below a unit, by code; empty for a commune.

    Below a province are districts until 30 June 2025 and communes since.
    """
    find_unit(code, at)
    return table().at(at).children.get(code, ())


def descendants(code: str, at: date, level: Level) -> tuple[Unit, ...]:
    """Give the units of one level in a unit, by code; the unit itself if it is of that level."""
    found: tuple[Unit, ...] = (find_unit(code, at),)
    below = table().at(at).children
    reached: list[Unit] = []
    while found:
        reached += (unit for unit in found if unit.level is level)
        deeper = (unit for unit in found if _RANK.index(unit.level) > _RANK.index(level))
        found = tuple(child for unit in deeper for child in below.get(unit.code, ()))
    return tuple(sorted(reached, key=lambda unit: unit.code))


def communes_under(code: str, at: date) -> tuple[Unit, ...]:
    """Give the communes of a unit, by code; a commune is its own.

    The five island districts of before July 2025 had no communes: theirs are empty.
    """
    return descendants(code, at, Level.COMMUNE)


def path_to_root(code: str, at: date) -> tuple[Unit, ...]:
    """Give a unit and all above it, the country last."""
    path = [find_unit(code, at)]
    while parent := path[-1].parent:
        path.append(find_unit(parent, at))
    return tuple(path)


def has_districts(at: date) -> bool:
    """Tell whether there was a district level on a day."""
    return at <= DISTRICTS_ENDED


def is_urban(unit: Unit, special_zone_area: Literal["urban", "rural"] | None) -> bool | None:
    """Tell the side of a commune from its type; that of a đặc khu is a setting.

    Returns:
        None for a đặc khu without a setting, and for units above communes.
    """
    if unit.level is not Level.COMMUNE:
        return None
    if unit.type == _SPECIAL_ZONE:
        return None if special_zone_area is None else special_zone_area == "urban"
    return _URBAN[unit.type]


def _describe(unit: Unit) -> str:
    start, end = (day.isoformat() if day else "…" for day in (unit.valid_from, unit.valid_to))
    return f"{unit.full_name} ({start} – {end})"
