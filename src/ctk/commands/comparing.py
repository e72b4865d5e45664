"""The same figure a year before, on the units of then where July 2025 lies between."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ctk.aggregate.tracing import Tracer
from ctk.commands.read import plain_number
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
    its counts cannot be divided, and the figures are not comparable.

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
    value = _value(material, origin, then, wanted, source) if origin.adds_up else None
    lacking = None if value is not None else "incomplete"
    why = "split" if origin.split else lacking if origin.parts else "not_linked"
    made_of = [
        {"code": each.unit.code, "name": each.unit.full_name, "part": each.part}
        for each in origin.parts
    ]
    return {
        "period": str(then),
        "value": None if value is None else plain_number(value),
        "comparable": why is None,
        "why": why,
        "made_of": made_of,
    }


def _value(
    material: Material, origin: Origin, then: Period, wanted: Wanted, source: FromLedger
) -> float | None:
    """Add the old units' figures up; a rate is computed again from their sums."""
    side = source.request.settings.special_zone_area
    slices = [(b.sex, b.age, b.ethnicity) for b in material.batch.catalogue.breakdowns]
    place = slices.index((wanted.sex, wanted.age, wanted.ethnicity))
    parts: list[Traced] = []
    for each in origin.parts:
        tracer = Tracer(material.batch, then, each.unit, side)
        traced = tracer.trace(wanted.id, place, wanted.area)
        if traced is None or traced.reported != traced.expected:
            return None
        parts.append(traced)
    first = replace(parts[0], parts=tuple(part for traced in parts for part in traced.parts))
    return first.value
