"""Gathers what targets are judged with: the sets that apply, typed figures, baseline years."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ctk.aggregate.carrying import carry_over
from ctk.commands.sources import FromLedger
from ctk.errors import UsageError
from ctk.periods import Period
from ctk.report.figures import Figures, figures_of
from ctk.report.targets.plans import Plans
from ctk.targets.figures import load_figures
from ctk.targets.loader import all_targets, choose_targets

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from ctk.commands.sources import Material, Source
    from ctk.model import Unit
    from ctk.report.context import ReportContext
    from ctk.targets.types import TargetSet


def with_plans(
    context: ReportContext, source: Source, material: Material, ids: Collection[str] = ()
) -> ReportContext:
    """A context that knows its targets; nothing is read before a document asks for them.

    Args:
        context: The unit's figures.
        source: Where they are from: a ledger also has those of earlier years.
        material: What was read of it.
        ids: Ids of target sets; none: all that apply.
    """
    gather: Callable[[], Plans] = lru_cache(maxsize=1)(
        lambda: gather_plans(context, source, material, ids)
    )
    return replace(context, plans=gather)


def gather_plans(
    context: ReportContext, source: Source, material: Material, ids: Collection[str] = ()
) -> Plans:
    """Read the targets of a unit and period.

    Raises:
        UsageError: An unknown set, or a file of the office that is wrong.
    """
    workspace = source.request.settings.workspace
    known = all_targets(workspace)
    sets = choose_targets(ids, known) if ids else tuple(known.values())
    applying = applying_sets(sets, (context.unit, *context.parents), context.period.year)
    earlier = {}
    for year in sorted(_baselines(applying, context.period.year)):
        figures = _figures(context, source, material, year)
        if figures is not None:
            earlier[year] = figures
    return Plans(applying, load_figures(workspace, known), earlier)


def applying_sets(
    sets: Iterable[TargetSet], units: Iterable[Unit], year: int
) -> tuple[TargetSet, ...]:
    """The sets of a year that are of one of the units, those of the first unit first."""
    order = {unit.code: rank for rank, unit in enumerate(units)}
    found = [s for s in sets if s.unit in order and s.first_year <= year <= s.last_year]
    return tuple(sorted(found, key=lambda s: order[s.unit]))


def _baselines(sets: Iterable[TargetSet], year: int) -> set[int]:
    years = (due.target.baseline_year(year) for set_ in sets for due in set_.due(year))
    return {found for found in years if found is not None}


def _figures(
    context: ReportContext, source: Source, material: Material, year: int
) -> Figures | None:
    """The unit's figures of a full year; None where its area then cannot be put together."""
    period, unit = Period(year, 12), context.unit
    batch = material.batch
    if isinstance(source, FromLedger):
        asked = replace(source.request, period=str(period))
        try:
            batch = replace(source, request=asked, needed=False).material().batch
        except UsageError:
            return None
    side = source.request.settings.special_zone_area
    carried = carry_over(batch, period, context.period, (unit,), side)
    if unit.code in carried.apart:
        return None
    return figures_of(unit.code, carried.totals.values, carried.totals.elements)
