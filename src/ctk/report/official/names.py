"""Who reports and who receives a form: as the office says, else the bodies of the time."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from ctk.model import Level, Unit
from ctk.report.context import ReportContext
from ctk.report.official.layout import source
from ctk.text.fold import fold

_ONE_LINE = 34
"""Letters that fit right of the title."""


def reporter(context: ReportContext) -> tuple[str, str]:
    """The agency that reports, and what stands below it.

    A commune's form is read by its unit's name, so its office stands below that.
    """
    usual = _usual(context)["reporter"].format(**_units(context))
    own = context.office.agency if context.office_of_unit else ""
    if not own:
        return usual, ""
    if context.unit.level is Level.COMMUNE:
        return usual, own
    named = fold(context.unit.name) in fold(own) or context.unit.level is Level.COUNTRY
    if named:
        return own, ""
    joined = f"{own} {_within_sentence(context.unit)}"
    return (joined, "") if len(joined) <= _ONE_LINE else (own, _within_sentence(context.unit))


def receiver(context: ReportContext) -> str:
    """The agency that receives the form."""
    own = context.office.receiver if context.office_of_unit else ""
    return own or str(_usual(context)["receiver"]).format(**_units(context))


def _usual(context: ReportContext) -> dict[str, Any]:
    at = context.period.end
    rows = (row for row in _agencies() if row["level"] == context.unit.level.value)
    return next(row for row in rows if "last_day" not in row or at <= row["last_day"])


def _units(context: ReportContext) -> dict[str, str]:
    above = {unit.level.value: unit for unit in context.parents}
    named = {level: _within_sentence(unit) for level, unit in above.items()}
    missing = dict.fromkeys(("district", "province"), "………")
    return missing | named | {"unit": _within_sentence(context.unit)}


def _within_sentence(unit: Unit) -> str:
    """A unit's name as it stands within a sentence: "tỉnh Quảng Trị"."""
    return unit.full_name[:1].lower() + unit.full_name[1:]


@cache
def _agencies() -> list[dict[str, Any]]:
    return list(tomllib.loads(source("agencies"))["level"])
