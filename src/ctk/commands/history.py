"""`ctk history`: everything that was ever received of a unit, and what became of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ctk.errors import UsageError
from ctk.ledger.receipts import all_receipts
from ctk.ledger.standing import moment_text
from ctk.messages import message
from ctk.model import Result
from ctk.periods import parse_period
from ctk.units.lookup import path_to_root
from ctk.units.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.commands.loading import Request
    from ctk.ledger.index import Index
    from ctk.ledger.ledger import Ledger

COLUMNS = (
    "id", "time", "state", "sha256", "file", "unit", "period", "reporter", "form", "cut_off",
    "kind", "status", "rules", "errors", "warnings", "cells", "reason",
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
        `data.receipts`, and `data.events`: what was confirmed, and when its periods were closed.

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
                r.as_dict() for r in every if _lies_in(r.row["unit"], r.row["period"], unit)
            ]
            periods = {row["period"] for row in receipts} | ({str(period)} if period else set())
            events = list(_events(index, unit, periods))
    said = () if receipts else (message("ledger.notes.no_receipts", request.lang, unit=unit),)
    data = {"receipts": receipts, "events": events}
    return Result("history", data, "receipts", notes=said, columns=COLUMNS)


def _lies_in(unit: str, period: str, wanted: str) -> bool:
    """Tell whether a unit is, or lay in the period in, the wanted one."""
    if unit == wanted:
        return True
    try:
        return any(each.code == wanted for each in path_to_root(unit, parse_period(period).end))
    except UsageError:  # a later list of units may have dropped a wrong one
        return False


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
