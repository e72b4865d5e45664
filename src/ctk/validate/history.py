"""Comparisons of a commune's figures with those of its earlier periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctk.validate.jumps import CUMULATIVE, STABLE, jumped
from ctk.validate.told import Told, totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from ctk.frame import Batch
    from ctk.indicators import Catalogue
    from ctk.periods import Period
    from ctk.validate.pasts import Divided, Past, Pasts
    from ctk.validate.rulebook import RuleSet

_HAPPENED = {"event", "cumulative"}


def history(batch: Batch, places: Iterable[int], reports: Pasts, rules: RuleSet) -> Iterator[Told]:
    """Compare submissions of one period with the same units' earlier ones.

    Args:
        batch: The files checked.
        places: Positions of the period's submissions.
        reports: All reports at hand.
        rules: The rules in force for the period.
    """
    for i in places:
        unit, period = batch.submissions[i].unit, batch.submissions[i].period
        if unit is None or period is None:
            continue
        earlier, divided = reports.before(unit.code, period)
        yield from (_not_comparable(i, each) for each in divided)
        if earlier:
            yield from _against(batch.catalogue, batch.matrix[i], i, period, earlier, rules)


def _against(
    catalogue: Catalogue,
    values: NDArray[np.float64],
    place: int,
    period: Period,
    earlier: list[Past],
    rules: RuleSet,
) -> Iterator[Told]:
    last = earlier[-1]
    # Within a year the same children may well be reached; what happened goes on happening.
    same_year = last.period.year == period.year
    figures = totals(catalogue, _HAPPENED if same_year else CUMULATIVE)
    yield from _copied(figures, values, place, last, rules["V603"].limits)
    limits = rules["V605"].limits
    if same_year:
        yield from _fallen(catalogue, values, place, last)
        grown = period.months / last.period.months
        yield from _jumps(totals(catalogue, CUMULATIVE), values, place, last, limits, grown)
    yield from _jumps(totals(catalogue, STABLE), values, place, last, limits)
    for past in earlier:
        if past.period.year == period.year - 1 and past.period.months == period.months:
            yield from _jumps(totals(catalogue, CUMULATIVE), values, place, past, limits)


def _copied(
    figures: NDArray[np.intp],
    values: NDArray[np.float64],
    place: int,
    past: Past,
    limits: dict[str, float],
) -> Iterator[Told]:
    now, then = values[figures], past.values[figures]
    told = (now > 0) | (then > 0)
    same = int((told & (now == then)).sum())
    count = int((told & ~np.isnan(now) & ~np.isnan(then)).sum())
    if count >= limits["rows"] and same >= limits["share"] * count:
        params = {"same": float(same), "count": float(count)}
        yield Told("V603", place, None, {**params, **_named(past)})


def _fallen(
    catalogue: Catalogue, values: NDArray[np.float64], place: int, past: Past
) -> Iterator[Told]:
    for figure in totals(catalogue, CUMULATIVE).tolist():
        if values[figure] < past.values[figure]:
            yield _told("V604", place, figure, values, past)


def _jumps(
    figures: NDArray[np.intp],
    values: NDArray[np.float64],
    place: int,
    past: Past,
    limits: dict[str, float],
    grown: float = 1.0,
) -> Iterator[Told]:
    """Figures far from the earlier ones, times what they would have grown by themselves.

    What grows within a year may also have come to an end: there only a rise is odd.
    """
    now, then = values[figures], past.values[figures] * grown
    jump = jumped(now, then, limits)
    if grown != 1:
        jump &= now > then
    for figure in figures[jump].tolist():
        yield _told("V605", place, figure, values, past)


def _told(rule: str, place: int, figure: int, values: NDArray[np.float64], past: Past) -> Told:
    sides = {"left": float(values[figure]), "right": float(past.values[figure])}
    return Told(rule, place, figure, {**sides, **_named(past)})


def _not_comparable(place: int, divided: Divided) -> Told:
    """Only a part of an old unit went into this one: its counts cannot be divided."""
    names = ", ".join(f"{unit.code} {unit.full_name}" for unit in divided.units)
    return Told("V610", place, None, {"period_other": str(divided.period), "units": names})


def _named(past: Past) -> dict[str, str | float]:
    return {"period_other": str(past.period), "other": past.file}
