"""What a unit reported before, across July 2025 too: old units add up where all of them went in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ctk.indicators.populations import POPULATIONS
from ctk.units.eras import origin_of
from ctk.units.lookup import has_districts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ctk.frame import Batch
    from ctk.indicators import Catalogue
    from ctk.model import Unit
    from ctk.periods import Period


@dataclass(frozen=True, slots=True)
class Past:
    """What a unit reported for one period: its figures (NaN where there is none) and the file."""

    unit: str
    period: Period
    values: NDArray[np.float64]
    file: str


@dataclass(frozen=True, slots=True)
class Divided:
    """Earlier reports that cannot be compared: they are of units of which only a part went in.

    Args:
        period: The earlier period.
        units: The units that were divided.
    """

    period: Period
    units: tuple[Unit, ...]


class Pasts:
    """The reports at hand by unit, the earliest first.

    Args:
        *batches: Batches; a period of a unit with contradicting files is left out.
        weights: By old unit, the share of its population that went to each new one.
    """

    def __init__(self, *batches: Batch, weights: Mapping[str, Mapping[str, float]]) -> None:
        """Gather the reports."""
        self._weights = weights
        found: dict[tuple[str, Period], dict[str, Past]] = {}
        for batch in batches:
            for i, of in enumerate(batch.submissions):
                if of.unit is not None and of.period is not None:
                    past = Past(of.unit.code, of.period, batch.matrix[i], of.file)
                    found.setdefault((of.unit.code, of.period), {})[of.sha256] = past
        self._catalogue = batches[0].catalogue
        self._by_unit: dict[str, dict[Period, Past]] = {}
        for unit, period in sorted(found):
            same = found[unit, period]
            if len(same) == 1:
                self._by_unit.setdefault(unit, {})[period] = next(iter(same.values()))

    @cached_property
    def _old_periods(self) -> tuple[Period, ...]:
        """The periods that ended when there were districts."""
        periods = {period for reports in self._by_unit.values() for period in reports}
        return tuple(sorted(period for period in periods if has_districts(period.end)))

    def before(self, unit: str, period: Period) -> tuple[list[Past], list[Divided]]:
        """The earlier reports that a unit's can be compared with, and those that it cannot."""
        own = self._by_unit.get(unit, {})
        era = has_districts(period.end)
        pasts = [p for at, p in own.items() if at < period and has_districts(at.end) == era]
        divided: list[Divided] = []
        if not era:
            for then in self._old_periods:
                self._across(unit, period, then, pasts, divided)
        return sorted(pasts, key=lambda past: past.period), divided

    def _across(
        self, unit: str, period: Period, then: Period, pasts: list[Past], divided: list[Divided]
    ) -> None:
        origin = origin_of(unit, period.end, then.end)
        codes = [each.unit.code for each in origin.parts]
        reports = [self._by_unit[c][then] for c in codes if then in self._by_unit.get(c, {})]
        if not reports:
            return
        complete = len(reports) == len(codes)
        shares = [self._share(each.unit.code, each.part, unit) for each in origin.parts]
        weighted = bool(origin.split) and complete and None not in shares
        if origin.adds_up and complete:
            pasts.append(self._added(unit, then, reports, [1.0] * len(reports)))
        elif origin.split:
            cut = tuple(each.unit for each in origin.split)
            divided.append(Divided(then, cut))
            if weighted:
                past = self._added(unit, then, reports, [s or 0.0 for s in shares])
                past.values[~_populations(self._catalogue)] = np.nan
                pasts.append(past)

    def _share(self, old: str, part: str, new: str) -> float | None:
        return 1.0 if part == "whole" else self._weights.get(old, {}).get(new)

    def _added(self, unit: str, then: Period, reports: list[Past], shares: list[float]) -> Past:
        pairs = zip(reports, shares, strict=True)
        values = np.sum([past.values * share for past, share in pairs], axis=0)
        return Past(unit, then, values, " + ".join(past.file for past in reports))


def _populations(catalogue: Catalogue) -> NDArray[np.bool_]:
    which = [element.id in POPULATIONS for element in catalogue.elements]
    return np.repeat(np.array(which, np.bool_), len(catalogue.breakdowns))
