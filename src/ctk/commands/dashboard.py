"""`ctk dashboard`: where a unit stands, on one page for the browser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from ctk.aggregate.grouping import choose, periods_of
from ctk.commands.following import followed
from ctk.commands.page import check_place
from ctk.commands.plans import with_plans
from ctk.commands.previous import compared, from_ledger
from ctk.commands.public import published, publishing, without_figures
from ctk.commands.report import make_context, notes_of, nothing_made, unit_reported
from ctk.commands.sources import FromLedger
from ctk.commands.status import Asked, tracking_of
from ctk.commands.workspace import TEMPLATES
from ctk.errors import UsageError
from ctk.model import Level, Result
from ctk.periods import parse_period
from ctk.regimes.due import Due, due
from ctk.regimes.loader import chosen_regime
from ctk.regimes.tracking import HERE
from ctk.report.copies import public_path
from ctk.report.dashboard import DashboardSource, load_content, write_dashboard
from ctk.units.lookup import communes_under

if TYPE_CHECKING:
    from pathlib import Path

    from ctk.commands.loading import Request
    from ctk.commands.public import Copies
    from ctk.commands.sources import Material, Source
    from ctk.frame import Batch
    from ctk.ledger.ledger import Ledger
    from ctk.periods import Period
    from ctk.report.context import ReportContext
    from ctk.report.tracking import Tracking

_OWN = "dashboard.toml"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the page shall be.

    Args:
        out: The file.
        day: The day on which is told who is late.
        ledger: Where earlier periods are looked for if the figures are read from files.
        force: Whether the file may replace one that is there.
        public: What is wanted besides a public page; None: a page for the office itself.
    """

    out: Path
    day: date
    ledger: Ledger | None = None
    force: bool = False
    public: Copies | None = None


def run(source: Source, wish: Wish) -> Result:
    """Write the page.

    Args:
        source: Files or ledger, period and unit; without a period the only one of the files, or
            the latest one of the ledger; without a unit as `ctk report`.
        wish: Where, and on which day.

    Raises:
        UsageError: No period or no unit can be told, nothing was received, or the file cannot be
            written.
    """
    request = source.request
    check_place(wish.out, request.paths, force=wish.force)
    source = _with_period(source)
    material = source.material()
    batch, findings, errors = material.batch, material.findings, material.errors
    period = _period(source, batch)
    unit = unit_reported(batch, request, period)
    books = _books(source, wish.ledger)
    context = _compared(make_context(material, request, unit, period), books)
    if len(context.missing) == len(communes_under(unit.code, period.end)):
        return nothing_made("dashboard", context, material, {"files": []})
    context = with_plans(context, source, material)
    notes, data, release = material.notes, {}, None
    if wish.public is not None:
        context, release = published(context, request, notes_of(material, context, public=True))
        wish = replace(wish, out=public_path(wish.out, request.lang))
        findings = without_figures(findings, request.lang)
        data, notes = {"public": release.row}, (*notes, *release.notes())
    with publishing(wish.public, release, wish.out.parent, force=wish.force):
        write_dashboard(wish.out, _page(source, material, context, wish), force=wish.force)
    row = {"file": str(wish.out), "unit": unit.code, "form": "dashboard"}
    return Result("dashboard", {"files": [row]} | data, "files", findings, errors, notes)


def _with_period(source: Source) -> Source:
    """Take the latest period of the ledger where none is asked for."""
    if source.expected is not None or not isinstance(source, FromLedger):
        return source
    with source.ledger.questions() as index:
        known = index.periods() if index else []
    if not known:
        raise UsageError("ledger_has_nothing", period="–")
    latest = max(map(parse_period, known))
    return replace(source, request=replace(source.request, period=str(latest)))


def _period(source: Source, batch: Batch) -> Period:
    if source.expected is not None:
        return source.expected
    periods = periods_of(batch)
    if len(periods) != 1:
        raise UsageError("report_needs_period")
    return periods[0]


def _books(source: Source, ledger: Ledger | None) -> FromLedger | None:
    """The ledger that the figures are from, else the one of the workspace."""
    if isinstance(source, FromLedger):
        return source
    return None if ledger is None else FromLedger(source.request, ledger)


def _compared(context: ReportContext, books: FromLedger | None) -> ReportContext:
    """Lay the figures of the year before beside the page's."""
    if books is None:
        return context
    return compared(context, from_ledger(books, context.period), books.request.settings)


def _page(
    source: Source, material: Material, context: ReportContext, wish: Wish
) -> DashboardSource:
    request = source.request
    workspace = request.settings.workspace
    own = workspace / TEMPLATES / _OWN if workspace else None
    content = load_content(own, context.catalogue)
    ledger = source.ledger if isinstance(source, FromLedger) else None
    communes = {unit.code for unit in communes_under(context.unit.code, context.period.end)}
    chosen = choose(material.batch, context.period).by_commune
    return DashboardSource(
        context=context,
        content=content,
        series=followed(_books(source, wish.ledger), context),
        received=_last_receipt(ledger, context.period, communes) if ledger else None,
        files=len(communes & set(chosen)),
        tracking=_tracking(request, ledger, context, wish.day)
        if ledger and not context.public
        else None,
        due=_due(request, context.period),
        version=version("ctk-circular13"),
    )


def _last_receipt(ledger: Ledger, period: Period, communes: set[str]) -> datetime | None:
    """When the last of the submissions that count was received, in Vietnam's time."""
    with ledger.questions() as index:
        if index is None:
            return None
        moments = index.current([str(period)], sorted(communes))["moment"]
    if moments.empty:
        return None
    last: datetime = moments.max().to_pydatetime()
    return last.replace(tzinfo=UTC).astimezone(HERE)


def _tracking(
    request: Request, ledger: Ledger, context: ReportContext, day: date
) -> Tracking | None:
    if context.unit.level is Level.COMMUNE:
        return None
    asked = Asked(
        settings=request.settings,
        today=day,
        period=str(context.period),
        unit=context.unit.code,
        lang=request.lang,
    )
    return tracking_of(asked, ledger)[0]


def _due(request: Request, period: Period) -> Due | None:
    regime = chosen_regime(request.settings.regime)
    return due(regime, period) if regime else None
