"""A unit's figures over the periods of the ledger, across July 2025 on the units of then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctk.aggregate.grouping import add_up, choose, periods_of
from ctk.commands.sources import FromLedger
from ctk.report.dashboard.source import Moment
from ctk.report.figures import Figure, totals_of
from ctk.units.eras import origin_of
from ctk.units.lookup import communes_under

if TYPE_CHECKING:
    from typing import Literal

    from pandas import DataFrame

    from ctk.commands.sources import Source
    from ctk.frame import Batch
    from ctk.indicators import Catalogue
    from ctk.model import Unit
    from ctk.periods import Period
    from ctk.report.context import ReportContext

_SLICE = ("sex", "age", "ethnicity", "area")


def followed(source: Source, context: ReportContext) -> tuple[Moment, ...]:
    """The periods of the ledger up to the one shown, the earliest first.

    That of the page itself is taken from the page's figures. From files there is no other.
    """
    totals = totals_of(context.values, context.elements)
    own = {id_: figure for (code, id_), figure in totals.items() if code == context.unit.code}
    last = Moment(context.period, own)
    if not isinstance(source, FromLedger):
        return (last,)
    request = replace(source.request, period=None)
    batch = replace(source, request=request, needed=False).material().batch
    side = request.settings.special_zone_area
    earlier = [period for period in periods_of(batch) if period < context.period]
    found = (_moment(batch, period, context.unit, context.period, side) for period in earlier)
    return (*(each for each in found if each is not None), last)


def _moment(
    batch: Batch, then: Period, unit: Unit, now: Period, side: Literal["urban", "rural"] | None
) -> Moment | None:
    """The unit in an earlier period; None where nothing of it was received then."""
    origin = origin_of(unit.code, now.end, then.end)
    units = tuple(each.unit for each in origin.parts)
    communes = {c.code for each in units for c in communes_under(each.code, then.end)}
    if not communes & set(choose(batch, then).by_commune):
        return None
    if not origin.adds_up:
        return Moment(then, {}, origin.crosses, comparable=False)
    totals = add_up(batch, then, units, side)
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
