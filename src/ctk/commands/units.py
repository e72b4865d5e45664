"""`ctk units`: look up administrative units by date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.model import Level, Result, Unit
from ctk.units.convert import convert
from ctk.units.lookup import children, descendants, find_unit, units_at
from ctk.units.match import match_name

if TYPE_CHECKING:
    from datetime import date


COLUMNS = ("code", "name", "type", "level", "parent", "province", "valid_from", "valid_to")


def list_units(at: date, within: str | None, level: Level | None) -> Result:
    """Units in force on a day: those directly below a unit, or all of a level."""
    if within is not None:
        found = children(within, at) if level is None else descendants(within, at, level)
    else:
        found = tuple(u for u in units_at(at) if level is None or u.level is level)
    rows = [_unit(unit) for unit in found]
    return Result("units list", {"units": rows}, "units", columns=COLUMNS)


def show_unit(code: str, at: date) -> Result:
    """One unit by its code."""
    return Result("units show", {"units": [_unit(find_unit(code, at))]}, "units")


def find_units(text: str, within: str | None, at: date, level: Level | None) -> Result:
    """Units that a text may mean, the sure ones first."""
    matches = match_name(text, within=within, at=at, level=level)
    rows = [_unit(m.unit) | {"how": m.how, "score": round(m.score, 3)} for m in matches]
    return Result("units find", {"units": rows}, "units", columns=(*COLUMNS, "how", "score"))


def convert_unit(code: str, at: date) -> Result:
    """The units that a unit became on 1 July 2025, or that a present one was made of."""
    rows = [_unit(found.unit) | {"part": found.part} for found in convert(code, at)]
    return Result("units convert", {"units": rows}, "units", columns=(*COLUMNS, "part"))


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "type": unit.type,
        "level": unit.level.value,
        "parent": unit.parent,
        "province": unit.province,
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else None,
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
    }
