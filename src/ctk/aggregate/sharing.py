"""Earlier populations of a unit that holds parts of divided ones, by the office's shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ctk.aggregate.roll_up import ELEMENTS, VALUES, Totals
from ctk.indicators.populations import POPULATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctk.indicators import Catalogue
    from ctk.model import Unit
    from ctk.units.eras import Origin

_FIGURE = ["element", "sex", "age", "ethnicity", "area"]


def shares_of(
    unit: Unit, origin: Origin, weights: Mapping[str, Mapping[str, float]]
) -> dict[str, float] | None:
    """How much of each old unit's population counts for a unit; None if one share is not known."""
    shares = {
        each.unit.code: 1.0
        if each.part == "whole"
        else weights.get(each.unit.code, {}).get(unit.code)
        for each in origin.parts
    }
    known = {code: share for code, share in shares.items() if share is not None}
    return known if known and len(known) == len(shares) else None


def shared_out(
    old: Totals, unit: Unit, shares: Mapping[str, float], catalogue: Catalogue
) -> Totals:
    """Give the populations of a unit: the old units' times their shares; nothing else can be told.

    Args:
        old: Figures of the old units, each by itself.
        unit: The unit.
        shares: By old unit, how much of it went into the unit.
        catalogue: Which counts are populations as they are.
    """
    rows = old.elements[old.elements["element"].isin(POPULATIONS)]
    rows = rows.assign(value=rows["value"] * rows["unit"].map(shares))
    found = rows.groupby(["period", *_FIGURE], sort=False, as_index=False).agg(
        value=("value", lambda values: values.sum(min_count=len(shares))),
        reported=("reported", "sum"),
        expected=("expected", "sum"),
        known=("unit", "size"),
    )
    # An old unit without a report has no row, and is expected all the same.
    found["expected"] += len(shares) - found["known"]
    found = found.assign(unit=unit.code, partial=float("nan"))
    single = {m.numerator[0]: m.id for m in catalogue.measures if m.numerator and m.is_count}
    counts = found[found["element"].isin(single)]
    counts = counts.assign(
        measure=counts["element"].map(single), numerator=counts["value"], denominator=float("nan")
    )
    values = counts[list(VALUES)] if len(counts) else pd.DataFrame(columns=list(VALUES))
    return Totals(values, found[list(ELEMENTS)], old.form_rates.iloc[:0])
