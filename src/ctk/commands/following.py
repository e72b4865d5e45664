"""A unit's figures over the periods of the ledger, across July 2025 on the units of then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctk.aggregate.carrying import carry_over
from ctk.periods import parse_period
from ctk.report.dashboard.source import Moment
from ctk.report.figures import totals_of
from ctk.units.lookup import has_districts

if TYPE_CHECKING:
    from pandas import DataFrame

    from ctk.commands.sources import FromLedger
    from ctk.periods import Period
    from ctk.report.context import ReportContext
    from ctk.report.figures import Figure


def followed(source: FromLedger | None, context: ReportContext) -> tuple[Moment, ...]:
    """The periods of the ledger up to the one shown, the earliest first.

    That of the page itself is taken from the page's figures. On a public copy it stands alone:
    what earlier periods tell was not protected together with it.
    """
    last = Moment(context.period, _own(context.unit.code, context.values, context.elements))
    if source is None or context.public:
        return (last,)
    with source.ledger.questions() as index:
        known = sorted(map(parse_period, index.periods())) if index else []
    earlier = [period for period in known if period < context.period]
    found = (_moment(source, period, context) for period in earlier)
    return (*(each for each in found if each is not None), last)


def _moment(source: FromLedger, then: Period, context: ReportContext) -> Moment | None:
    """The unit in an earlier period; None where nothing of it was received then."""
    request = replace(source.request, period=str(then))
    batch = replace(source, request=request, needed=False).material().batch
    side, unit = request.settings.special_zone_area, context.unit
    carried = carry_over(batch, then, context.period, (unit,), side)
    crosses = has_districts(then.end) != has_districts(context.period.end)
    if unit.code in carried.apart:
        divided = carried.apart[unit.code]
        return Moment(then, {}, crosses, comparable=False) if divided else None
    totals = carried.totals
    if not totals.elements["reported"].any():
        return None
    return Moment(then, _own(unit.code, totals.values, totals.elements), crosses)


def _own(code: str, values: DataFrame, elements: DataFrame) -> dict[str, Figure]:
    """A unit's figures without breakdown."""
    frames = (frame[frame["unit"].eq(code)] for frame in (values, elements))
    return {id_: figure for (_, id_), figure in totals_of(*frames).items()}
