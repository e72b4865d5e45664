"""The earlier period that a report is compared with, from the ledger or from files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctk.aggregate.carrying import carry_over
from ctk.aggregate.grouping import codes_spoken_for
from ctk.commands.aggregate import join_totals
from ctk.commands.loading import input_errors, load_batch
from ctk.periods import Period
from ctk.report.context import ReportContext
from ctk.report.particulars import Particulars
from ctk.report.targets.plans import no_plans

if TYPE_CHECKING:
    from ctk.commands.loading import Reading
    from ctk.commands.sources import FromLedger
    from ctk.frame import Batch
    from ctk.model import InputError
    from ctk.settings import Settings


def year_before(period: Period) -> Period:
    """The period that figures are compared with: as many months of the year before."""
    return Period(period.year - 1, period.months)


def from_files(reading: Reading) -> tuple[Batch, tuple[InputError, ...]]:
    """Read the files of an earlier period; they are not checked again."""
    batch = load_batch(reading)
    return batch, input_errors(batch, reading.request.lang)


def from_ledger(source: FromLedger, period: Period) -> Batch:
    """What the ledger has of the period that a period is compared with; perhaps nothing."""
    request = replace(source.request, period=str(year_before(period)))
    # What counts of that year, whichever of this year's reports were asked for.
    return replace(source, request=request, status=None, needed=False).material().batch


def compared(context: ReportContext, batch: Batch, settings: Settings) -> ReportContext:
    """Lay the figures of the year before beside those of a report, where they can be compared.

    Args:
        context: The report.
        batch: Reports of earlier periods; only those of the same months count.
        settings: Of the office: the side of a đặc khu, and how divided units were divided.
    """
    then, now = year_before(context.period), context.period
    if not codes_spoken_for(batch, then):
        return context
    side, weights = settings.special_zone_area, settings.weights
    own = carry_over(batch, then, now, (context.unit,), side, weights)
    below = carry_over(batch, then, now, context.children, side, weights)
    if not own.totals.elements["reported"].any() and not own.apart:
        return context
    totals = join_totals([own.totals, below.totals, *own.shared, *below.shared])
    earlier = replace(
        context,
        period=then,
        values=totals.values,
        elements=totals.elements,
        form_rates=totals.form_rates,
        own_elements=tuple(id_ for file in own.totals.own for id_ in file.elements),
        missing=own.totals.missing.get(context.unit.code, ()),
        notes=(),
        cut_offs=(),
        kinds=(),
        plans=no_plans,
        particulars=Particulars(
            apart={**own.apart, **below.apart},
            shared=frozenset(
                code for part in (*own.shared, *below.shared) for code in part.elements["unit"]
            ),
        ),
    )
    return replace(context, previous=earlier)
