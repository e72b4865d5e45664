"""What stands beside a report's figures for comparison, and what has to be said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ctk.messages import message
from ctk.model import Unit
from ctk.periods import Period
from ctk.report.context import ReportContext
from ctk.report.figures import Figures, figures_of
from ctk.report.particulars import Particulars
from ctk.report.wording import period_line, period_title, some_names
from ctk.units.lookup import has_districts


def told(context: ReportContext) -> ReportContext:
    """Leave out of a public copy what would give its withheld figures away, or is the office's."""
    if not context.public:
        return context
    kept = Particulars(stated=context.particulars.stated)
    return replace(context, previous=None, particulars=kept)


def earlier_figures(context: ReportContext) -> Figures | None:
    """All earlier figures of the report's unit; None if it cannot be compared."""
    previous = context.previous
    if previous is None or _is_apart(context.unit, previous):
        return None
    return figures_of(context.unit.code, previous.values, previous.elements)


def comparison_notes(context: ReportContext) -> Iterator[str]:
    """Say with what the figures of the report's unit are compared, or why they are not."""
    previous, lang = context.previous, context.lang
    if previous is None:
        return
    if context.unit.code in previous.particulars.apart:
        yield _apart(context.unit, previous, lang)
    if _is_apart(context.unit, previous):
        return
    period = period_line(previous.period, previous.coverage, lang)
    yield message("appendices.comparison.period", lang, period=period)
    if crosses(context, previous):
        yield message("appendices.comparison.crosses", lang)


def units_apart(context: ReportContext) -> str:
    """Name the units below that cannot be compared; empty if all can."""
    previous, lang = context.previous, context.lang
    apart = previous.particulars.apart if previous else {}
    units = [unit for unit in context.children if unit.code in apart]
    if previous is None or not units:
        return ""
    period = period_title(previous.period, lang)
    names = some_names(units, lang, shown=30)
    return message("appendices.comparison.several", lang, period=period, names=names)


def crosses(context: ReportContext, previous: ReportContext) -> bool:
    """Whether July 2025 lies between the two periods."""
    return has_districts(context.period.end) != has_districts(previous.period.end)


def without_comparison(context: ReportContext) -> str:
    """Say that there is nothing to compare with; empty where there is, and on public copies."""
    if context.previous is not None or context.public:
        return ""
    then = Period(context.period.year - 1, context.period.months)
    return message(
        "appendices.comparison.none", context.lang, period=period_title(then, context.lang)
    )


def _is_apart(unit: Unit, previous: ReportContext) -> bool:
    """Whether nothing at all of a unit can be compared."""
    told = previous.particulars
    return unit.code in told.apart and unit.code not in told.shared


def _apart(unit: Unit, previous: ReportContext, lang: str) -> str:
    divided: Mapping[str, tuple[Unit, ...]] = previous.particulars.apart
    names = ", ".join(f"{old.full_name}" for old in divided[unit.code])
    shared = "shared" if unit.code in previous.particulars.shared else "split"
    return message(
        f"appendices.comparison.{shared if names else 'new'}",
        lang,
        period=period_title(previous.period, lang),
        unit=unit.full_name,
        names=names,
    )
