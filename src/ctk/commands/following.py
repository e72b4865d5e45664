"""A unit's figures over the periods of the ledger, across July 2025 on the units of then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctk.aggregate.grouping import add_up, choose
from ctk.commands.sources import FromLedger
from ctk.periods import parse_period
from ctk.report.dashboard.source import Moment
from ctk.report.figures import Figure, totals_of
from ctk.units.eras import origin_of
from ctk.units.lookup import communes_under

if TYPE_CHECKING:
    from pandas import DataFrame

    from ctk.commands.sources import Source
    from ctk.indicators import Catalogue
    from ctk.periods import Period
    from ctk.report.context import ReportContext

_SLICE = ("sex", "age", "ethnicity", "area")


def followed(source: Source, context: ReportContext) -> tuple[Moment, ...]:
    """The periods of the ledger up to the one shown, the earliest first.

    That of the page itself is taken from the page's figures. From files there is no other.
    """
    last = Moment(context.period, _own(context))
    if not isinstance(source, FromLedger):
        return (last,)
    with source.ledger.questions() as index:
        known = sorted(map(parse_period, index.periods())) if index else []
    earlier = [period for period in known if period < context.period]
    found = (_moment(source, period, context) for period in earlier)
    return (*(each for each in found if each is not None), last)


def _own(context: ReportContext) -> dict[str, Figure]:
    """The figures that the page itself shows of the unit."""
    code = context.unit.code
    frames = (frame[frame["unit"].eq(code)] for frame in (context.values, context.elements))
    return {id_: figure for (_, id_), figure in totals_of(*frames).items()}


def _moment(source: FromLedger, then: Period, context: ReportContext) -> Moment | None:
    """The unit in an earlier period; None where nothing of it was received then."""
    origin = origin_of(context.unit.code, context.period.end, then.end)
    units = tuple(each.unit for each in origin.parts)
    communes = {c.code for each in units for c in communes_under(each.code, then.end)}
    request = replace(source.request, period=str(then))
    batch = replace(source, request=request, needed=False).material().batch
    if not communes & set(choose(batch, then).by_commune):
        return None
    if not origin.adds_up:
        return Moment(then, {}, origin.crosses, comparable=False)
    totals = add_up(batch, then, units, request.settings.special_zone_area)
    figures = _figures(totals.values, totals.elements, batch.catalogue)
    return Moment(then, figures, origin.crosses)


def _figures(values: DataFrame, elements: DataFrame, catalogue: Catalogue) -> dict[str, Figure]:
    """Figures without breakdown over all units of the frames; rates from the sums of their terms.

    A sum is complete only if each unit's figure is.
    """
    multipliers = {each.id: each.multiplier for each in catalogue.measures if not each.is_count}
    found = {}
    for frame, name in ((values, "measure"), (elements, "element")):
        whole = frame[(frame[list(_SLICE)] == "T").all(axis=1)]
        for id_, rows in whole.groupby(name, sort=False):
            found[str(id_)] = _joined(rows, multipliers.get(str(id_)))
    return found


def _joined(rows: DataFrame, multiplier: int | None) -> Figure:
    reported, expected = int(rows["reported"].sum()), int(rows["expected"].sum())
    if multiplier is None:
        known = float(rows["value"].fillna(rows["partial"]).sum())
        so_far = known if reported else None
    else:
        below = float(rows["denominator"].sum())
        so_far = float(rows["numerator"].sum()) * multiplier / below if below else None
    return Figure(so_far if reported == expected else None, so_far, reported, expected)
