"""The parts that a report on the appendices consists of, each a sheet, together or alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ctk.messages import message
from ctk.report.appendix import write_appendix
from ctk.report.book import Book
from ctk.report.comparison import earlier_figures
from ctk.report.context import ReportContext
from ctk.report.coverage import write_coverage
from ctk.report.explaining import write_explaining
from ctk.report.figures import Figures, Totals, asked_ids, figures_of, totals_of
from ctk.report.lines import Line, appendix_lines, only_asked
from ctk.report.matrix import UnitColumn, lying_in, unit_columns, write_matrix
from ctk.report.tracking import Tracking, summary_lines
from ctk.report.tracking_sheet import write_tracking
from ctk.report.wording import MARKS, stated_notes


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet.

    Args:
        form: Its id where it is a file of its own.
        title: Title of that file.
        write: Adds it to a workbook.
        explained: Whether the sheet of remarks is needed to read it.
    """

    form: str
    title: str
    write: Callable[[Book], None]
    explained: bool = True


def parts_of(context: ReportContext, appendices: Sequence[str]) -> Iterator[Part]:
    """Give the parts of a report in their order: only those that there is something for.

    Args:
        context: The report; of a public copy only what may be told.
        appendices: Which appendices it holds.
    """
    lang = context.lang
    totals = totals_of(context.values, context.elements)
    asked = asked_ids(context.values, context.elements)
    lines = {a: appendix_lines(context.catalogue, a, asked, lang) for a in appendices}
    every = [line for appendix in appendices for line in lines[appendix]]
    figures = figures_of(context.unit.code, context.values, context.elements)
    units = unit_columns(context.unit, context.children, context.missing, totals, lang)
    yield from _appendices(context, lines, figures)
    if context.children:
        rows = {a: only_asked(lines[a], asked) for a in appendices}
        yield from _matrices(context, rows, units, totals)
    yield _coverage(context, every, units, totals, figures)
    if context.particulars.tracking is not None:
        yield _tracking(context.particulars.tracking, lang)
    if context.previous is not None and context.particulars.limits is not None:
        yield _explaining(context, every, totals)


def _appendices(
    context: ReportContext, lines: Mapping[str, tuple[Line, ...]], figures: Figures
) -> Iterator[Part]:
    earlier = earlier_figures(context)
    for appendix, rows in lines.items():
        write = partial(
            write_appendix,
            context=context,
            appendix=appendix,
            lines=rows,
            figures=figures,
            earlier=earlier,
        )
        title = message("report.sheet.appendix", context.lang, appendix=appendix)
        yield Part(f"TT13-{appendix}", title, write)


def _matrices(
    context: ReportContext,
    lines: Mapping[str, tuple[Line, ...]],
    units: tuple[UnitColumn, ...],
    totals: Totals,
) -> Iterator[Part]:
    lang = context.lang
    named = tuple(_marked(each, context) for each in units)
    for appendix, rows in lines.items():
        annex = message("report.sheet.appendix", lang, appendix=appendix)
        title = message(f"report.title.{appendix}", lang)
        write = partial(
            write_matrix,
            name=message("report.sheet.matrix", lang, appendix=appendix),
            annex=annex,
            title=message("report.title.matrix", lang, title=title),
            lines=rows,
            columns=named,
            totals=totals,
            stated=stated_notes(context),
        )
        name = message("appendices.file.units", lang, annex=annex)
        yield Part(f"TT13-{appendix}-units", name, write)


def _marked(column: UnitColumn, context: ReportContext) -> UnitColumn:
    """Add the marks of what the covers of a unit, or of communes in it, state."""
    stated = sorted(context.particulars.stated.items())
    marks = [MARKS[key] for key, units in stated if lying_in(column.unit, units)]
    return replace(column, title=" ".join((column.title, *marks)))


def _coverage(
    context: ReportContext,
    lines: Sequence[Line],
    units: tuple[UnitColumn, ...],
    totals: Totals,
    figures: Figures,
) -> Part:
    write = partial(
        write_coverage,
        catalogue=context.catalogue,
        lines=lines,
        units=units,
        missing=context.missing,
        totals=totals,
        figures=figures,
    )
    title = message("report.title.coverage", context.lang)
    return Part("TT13-coverage", title, write, explained=False)


def _tracking(tracking: Tracking, lang: str) -> Part:
    # The unit and the period stand in the heading already.
    lines = summary_lines(tracking, lang)[1:]
    title = message("status.sheet.title", lang)
    write = partial(write_tracking, tracking=tracking, lines=lines)
    return Part("TT13-tracking", title, write, explained=False)


def _explaining(context: ReportContext, lines: Sequence[Line], totals: Totals) -> Part:
    title = message("appendices.explaining.sheet", context.lang)
    write = partial(write_explaining, context=context, lines=lines, totals=totals)
    return Part("TT13-changes", title, write, explained=False)
