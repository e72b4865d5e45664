"""Totals of an earlier period on the units of a later one, so that the two can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctk.aggregate.grouping import add_up_communes
from ctk.aggregate.sharing import shared_out, shares_of
from ctk.units.eras import origin_of
from ctk.units.lookup import communes_under, has_districts, is_urban

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctk.aggregate.grouping import Side
    from ctk.aggregate.roll_up import Totals
    from ctk.frame import Batch
    from ctk.model import Unit
    from ctk.periods import Period
    from ctk.units.eras import Origin


@dataclass(frozen=True, slots=True)
class Carried:
    """Earlier figures under the codes of the later units.

    Args:
        totals: Figures of the units that can be compared.
        apart: The units that cannot, by code, each with the old units of which only a part went
            into it; with none, it did not exist then.
        shared: Populations of such units, where the office has said how they were divided.
    """

    totals: Totals
    apart: dict[str, tuple[Unit, ...]]
    shared: tuple[Totals, ...] = ()


def carry_over(
    batch: Batch,
    then: Period,
    now: Period,
    targets: tuple[Unit, ...],
    special_zone: Side | None,
    weights: Mapping[str, Mapping[str, float]] | None = None,
) -> Carried:
    """Add the communes of an earlier period up to the units of a later one.

    Across July 2025 counts of old communes add up where all of each went into the unit. Towns
    and villages were cut anew then, so that urban and rural figures cannot be compared across it.

    Args:
        batch: Files of the earlier period.
        then: The earlier period.
        now: The later one.
        targets: Units of one level, of the later period.
        special_zone: Side of a đặc khu, see `add_up`.
        weights: By divided unit, the share of its population in each new one; None: not known.
    """
    origins = {unit.code: origin_of(unit.code, now.end, then.end) for unit in targets}
    apart = {
        code: tuple(each.unit for each in origin.split)
        for code, origin in origins.items()
        if not origin.adds_up
    }
    kept = tuple(unit for unit in targets if unit.code not in apart)
    communes = [
        [c for part in origins[unit.code].parts for c in communes_under(part.unit.code, then.end)]
        for unit in kept
    ]
    crosses = has_districts(then.end) != has_districts(now.end)
    sides = [
        [None if crosses else is_urban(unit, special_zone) for unit in units] for units in communes
    ]
    totals = add_up_communes(batch, then, kept, communes, sides)
    divided = [unit for unit in targets if apart.get(unit.code)]
    shared = (_shared(batch, then, unit, origins[unit.code], weights or {}) for unit in divided)
    return Carried(totals, apart, tuple(each for each in shared if each is not None))


def _shared(
    batch: Batch,
    then: Period,
    unit: Unit,
    origin: Origin,
    weights: Mapping[str, Mapping[str, float]],
) -> Totals | None:
    shares = shares_of(unit, origin, weights)
    if shares is None:
        return None
    parts = tuple(each.unit for each in origin.parts)
    communes = [communes_under(part.code, then.end) for part in parts]
    sides = [[None] * len(units) for units in communes]
    old = add_up_communes(batch, then, parts, communes, sides)
    return shared_out(old, unit, shares, batch.catalogue)
