"""The same figure a year before, on the units of then where July 2025 lies between."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ctk.aggregate.tracing import Tracer
from ctk.commands.read import plain_number
from ctk.indicators.populations import POPULATIONS
from ctk.periods import Period
from ctk.units.eras import origin_of

if TYPE_CHECKING:
    from ctk.aggregate.tracing import Traced
    from ctk.commands.sources import FromLedger, Material
    from ctk.commands.trace import Wanted
    from ctk.model import Unit
    from ctk.units.eras import Origin


def earlier_figure(
    source: FromLedger, unit: Unit, period: Period, wanted: Wanted
) -> dict[str, Any] | None:
    """Find the figure of the same months of the year before.

    Counts of units that were merged add up; where only a part of an old unit went into the unit
    its counts cannot be divided, and the figures are not comparable; populations are divided by
    the office's weights.

    Returns:
        None where nothing was received for that period; else period, value, `comparable`, `why`
        (`split`, `not_linked` or `incomplete`, where it is not) and the units it is made of.
    """
    then = Period(period.year - 1, period.months)
    request = replace(source.request, period=str(then))
    material = replace(source, request=request, needed=False).material()
    if not material.batch.submissions:
        return None
    origin = origin_of(unit.code, period.end, then.end)
    shares = _shares(material, origin, unit, wanted, source)
    value = _value(material, origin, shares, then, wanted, source)
    lacking = None if value is not None else "incomplete"
    why = lacking if len(shares) == len(origin.parts) else "split"
    made_of = [
        {"code": each.unit.code, "name": each.unit.full_name, "part": each.part}
        for each in origin.parts
    ]
    return {
        "period": str(then),
        "value": None if value is None else plain_number(value),
        "comparable": value is not None,
        "why": why if origin.parts else "not_linked",
        "made_of": made_of,
    }


def _shares(
    material: Material, origin: Origin, unit: Unit, wanted: Wanted, source: FromLedger
) -> list[float]:
    """How much of each old unit's figure counts; of a divided one only populations can."""
    catalogue = material.batch.catalogue
    measure = next((each for each in catalogue.measures if each.id == wanted.id), None)
    counted = {wanted.id} if measure is None else {*measure.numerator, *measure.denominator}
    weights = source.request.settings.weights if counted <= POPULATIONS else {}
    shares = [
        1.0 if each.part == "whole" else weights.get(each.unit.code, {}).get(unit.code)
        for each in origin.parts
    ]
    return [share for share in shares if share is not None]


def _value(
    material: Material,
    origin: Origin,
    shares: list[float],
    then: Period,
    wanted: Wanted,
    source: FromLedger,
) -> float | None:
    """Add the old units' figures up; a rate is computed again from their sums."""
    if not origin.parts or len(shares) < len(origin.parts):
        return None
    side = source.request.settings.special_zone_area
    slices = [(b.sex, b.age, b.ethnicity) for b in material.batch.catalogue.breakdowns]
    place = slices.index((wanted.sex, wanted.age, wanted.ethnicity))
    above, below = 0.0, 0.0
    traced: Traced | None = None
    for each, share in zip(origin.parts, shares, strict=True):
        tracer = Tracer(material.batch, then, each.unit, side)
        traced = tracer.trace(wanted.id, place, wanted.area)
        if traced is None or traced.reported != traced.expected:
            return None
        above += share * (traced.numerator or 0)
        below += share * (traced.denominator or 0)
    if traced is None or not traced.is_rate:
        return above
    return above * (traced.multiplier or 1) / below if below else None
