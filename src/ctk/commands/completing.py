"""What is laid beside the figures of a report: an earlier period, and who has sent in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from ctk.commands.particulars import tracked_files
from ctk.commands.previous import compared, from_files, from_ledger, year_before
from ctk.commands.sources import FromLedger
from ctk.errors import LedgerError
from ctk.messages import message
from ctk.model import InputError, Level
from ctk.regimes.tracking import HERE
from ctk.units.lookup import communes_under

if TYPE_CHECKING:
    from ctk.commands.loading import Reading, Request
    from ctk.commands.sources import Material, Source
    from ctk.frame import Batch
    from ctk.ledger.ledger import Ledger
    from ctk.periods import Period
    from ctk.report.context import ReportContext
    from ctk.report.tracking import Tracking


def completed(
    context: ReportContext,
    material: Material,
    source: Source,
    previous: Reading | None = None,
    ledger: Ledger | None = None,
) -> tuple[ReportContext, tuple[InputError, ...]]:
    """Lay the earlier period and the tracking of reports beside a report's figures.

    Args:
        context: The report.
        material: What it was made from.
        source: Where that came from.
        previous: Files of the earlier period.
        ledger: Where the earlier period is looked for, if no files of it are given.

    Returns:
        The report, and the files of the earlier period that could not be read.
    """
    batch, unread = _earlier(context, source, previous, ledger)
    if batch is not None:
        context = compared(context, batch, source.request.settings)
    tracking = _tracking(context, material, source)
    particulars = replace(context.particulars, tracking=tracking)
    return replace(context, particulars=particulars), unread


def unused_note(context: ReportContext, previous: Reading | None) -> tuple[str, ...]:
    """Say that none of the files named to compare with is of the earlier period and the unit."""
    if previous is None or context.previous is not None:
        return ()
    told = {"period": year_before(context.period), "unit": context.unit.full_name}
    return (message("appendices.comparison.unused", context.lang, **told),)


def _earlier(
    context: ReportContext, source: Source, previous: Reading | None, ledger: Ledger | None
) -> tuple[Batch | None, tuple[InputError, ...]]:
    if previous is not None:
        return from_files(previous)
    if isinstance(source, FromLedger):
        return from_ledger(source, context.period), ()
    return _known(ledger, source.request, context.period)


def _known(
    ledger: Ledger | None, request: Request, period: Period
) -> tuple[Batch | None, tuple[InputError, ...]]:
    """Look into the ledger; one that cannot be asked does not keep files from being reported."""
    if ledger is None:
        return None, ()
    try:
        return from_ledger(FromLedger(request, ledger), period), ()
    except LedgerError as error:
        told = error.title(request.lang), error.hint(request.lang)
        return None, (InputError(str(ledger.root), error.code, *told),)


def _tracking(context: ReportContext, material: Material, source: Source) -> Tracking | None:
    """Who has sent in; a commune has nobody below it to wait for."""
    request, unit = source.request, context.unit
    if unit.level is Level.COMMUNE or not communes_under(unit.code, context.period.end):
        return None
    if not isinstance(source, FromLedger):
        return tracked_files(material, request, unit, context.period)
    return _tracked_receipts(context, request, source.ledger)


def _tracked_receipts(context: ReportContext, request: Request, ledger: Ledger) -> Tracking:
    from ctk.commands.status import Asked, tracking_of  # noqa: PLC0415  (not needed for files)

    asked = Asked(
        request.settings,
        datetime.now(HERE).date(),  # days of receipt are Vietnam's
        str(context.period),
        unit=context.unit.code,
        lang=request.lang,
    )
    return tracking_of(asked, ledger)[0]
