"""`ctk history`: everything that was ever received of a unit, and what became of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ctk.errors import UsageError
from ctk.ledger.receipts import all_receipts
from ctk.ledger.standing import moment_text
from ctk.messages import message
from ctk.model import Level, Result
from ctk.periods import parse_period
from ctk.units.eras import origin_of
from ctk.units.lookup import find_unit, has_districts, path_to_root
from ctk.units.table import DISTRICTS_ENDED, TWO_LEVELS_SINCE, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.commands.loading import Request
    from ctk.ledger.index import Index
    from ctk.ledger.ledger import Ledger

COLUMNS = (
    "id", "time", "state", "sha256", "file", "unit", "unit_name", "period", "reporter", "form",
    "cut_off", "kind", "status", "rules", "errors", "warnings", "cells", "reason",
)  # fmt: skip
_OF_UNIT = ("confirmed",)
_OF_PERIOD = ("closed", "reopened")


def run(request: Request, ledger: Ledger, unit: str) -> Result:
    """List the receipts of a unit and of all units in it, the earliest first.

    Args:
        request: The period, if only one is wanted.
        ledger: The ledger.
        unit: Code of a unit of any level.

    Returns:
        `data.receipts`; `data.events`: what was confirmed, and when its periods were closed;
        `data.made_of`: the units of before July 2025 that a commune was made of.

    Raises:
        UsageError: No unit ever had this code.
    """
    if not table().versions(unit):
        raise UsageError("code_never_used", unit=unit)
    period = request.parsed_period
    receipts: list[dict[str, Any]] = []
    made_of: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    with ledger.questions() as index:
        if index is not None:
            every = all_receipts(index, str(period) if period else None)
            receipts = [
                r.as_dict() | {"unit_name": _name(r.row["unit"], r.row["period"])}
                for r in every
                if _lies_in(r.row["unit"], r.row["period"], unit)
            ]
            made_of = _made_of(unit)
            periods = {row["period"] for row in receipts} | ({str(period)} if period else set())
            events = list(_events(index, unit, periods))
    said = _notes(unit, receipts, made_of, request.lang)
    data = {"receipts": receipts, "events": events, "made_of": made_of}
    return Result("history", data, "receipts", notes=said, columns=COLUMNS)


def _lies_in(unit: str, period: str, wanted: str) -> bool:
    """Tell whether a unit is, or lay in the period in, the wanted one."""
    if unit == wanted:
        return True
    try:
        return any(each.code == wanted for each in path_to_root(unit, parse_period(period).end))
    except UsageError:  # a later list of units may have dropped a wrong one
        return False


def _name(unit: str, period: str) -> str:
    """The unit's name in a period: the same code can mean another unit after July 2025."""
    try:
        return find_unit(unit, parse_period(period).end).full_name
    except UsageError:
        return ""


def _made_of(unit: str) -> list[dict[str, Any]]:
    origin = origin_of(unit, TWO_LEVELS_SINCE, DISTRICTS_ENDED)
    return [
        {"code": each.unit.code, "name": each.unit.full_name, "part": each.part}
        for each in origin.parts
        if each.unit.level is Level.COMMUNE
    ]


def _notes(
    unit: str, receipts: list[dict[str, Any]], made_of: list[dict[str, Any]], lang: str
) -> tuple[str, ...]:
    said: tuple[str, ...] = ()
    if not receipts:
        said = (message("ledger.notes.no_receipts", lang, unit=unit),)
    if all(has_districts(parse_period(row["period"]).end) for row in receipts):
        return said
    others = [f"{each['code']} {each['name']}" for each in made_of]
    if len(others) > 1:
        said += (message("ledger.notes.made_of", lang, unit=unit, names=", ".join(others)),)
    return said


def _events(index: Index, unit: str, periods: set[str]) -> Iterator[dict[str, Any]]:
    marks = index.marks((*_OF_UNIT, *_OF_PERIOD))
    for kind, moment, text in zip(marks["kind"], marks["moment"], marks["detail"], strict=True):
        detail = json.loads(text)
        about = detail["period"] in periods
        if kind in _OF_UNIT:
            about = about and _lies_in(detail["unit"], detail["period"], unit)
        if about:
            named = {key: detail.get(key) for key in ("period", "unit", "rule", "why", "by")}
            yield {"time": moment_text(moment), "kind": kind, **named}
