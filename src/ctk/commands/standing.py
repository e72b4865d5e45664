"""Whose files were expected and whose have come in, where unit and period are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ctk.errors import UsageError
from ctk.units.lookup import communes_under, find_unit

if TYPE_CHECKING:
    from ctk.commands.loading import Request
    from ctk.frame import Batch
    from ctk.model import Unit
    from ctk.periods import Period


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit, its communes, and those of them from which nothing has come for a period."""

    unit: Unit
    period: Period
    expected: int
    missing: tuple[Unit, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give the keys of the JSON contract."""
        return {
            "unit": self.unit.code,
            "name": self.unit.full_name,
            "period": str(self.period),
            "expected": self.expected,
            "missing": [{"code": unit.code, "name": unit.full_name} for unit in self.missing],
        }


def standing_of(batch: Batch, request: Request) -> Standing | None:
    """Tell from whom nothing has come in.

    Returns:
        None where neither the request nor the settings name the unit, where the files are of
        several periods and none was asked for, or where the unit did not exist in the period.
    """
    code = request.unit or request.settings.unit
    period = request.parsed_period or _only_period(batch)
    if code is None or period is None:
        return None
    try:
        unit = find_unit(code, period.end)
    except UsageError:
        return None
    communes = communes_under(code, period.end)
    received = {s.unit.code for s in batch.submissions if s.unit and s.period == period}
    missing = tuple(commune for commune in communes if commune.code not in received)
    return Standing(unit, period, len(communes), missing)


def _only_period(batch: Batch) -> Period | None:
    periods = {s.period for s in batch.submissions if s.period is not None}
    return periods.pop() if len(periods) == 1 else None
