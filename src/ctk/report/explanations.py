"""The sheet that explains signs, rounding, coverage and what a part-year figure means."""

from __future__ import annotations

from collections.abc import Iterator

from ctk.messages import message
from ctk.report.book import Book
from ctk.report.comparison import comparison_notes, without_comparison
from ctk.report.context import ReportContext
from ctk.report.page import print_setup
from ctk.report.templates import render, table
from ctk.report.wording import cut_off_text, kinds_text, period_line

_SPECIAL_ZONE = "Đặc khu"


def write_explanations(book: Book, context: ReportContext) -> None:
    """Write the sheet of remarks, and last those on this report's data."""
    layout = table("sheets")["remarks"]
    name = message("report.sheet.remarks", context.lang)
    page = book.page(name, [layout["mark"], layout["text"]])
    for style, mark, text in _lines(context):
        page.text(0, mark, style)
        if text:
            page.text(1, text, "text")
        page.end_row()
    print_setup(page, book.footer, layout["paper"], None)


def _comparison(context: ReportContext) -> Iterator[str]:
    """With what the figures are compared, or why they are not."""
    yield from comparison_notes(context)
    if nothing := without_comparison(context):
        yield nothing
    elif context.particulars.limits is None and not context.public:
        yield message("appendices.comparison.off", context.lang)


def _lines(context: ReportContext) -> list[tuple[str, ...]]:
    cut_off = cut_off_text(context)
    return render(
        "remarks",
        context.lang,
        period=period_line(context.period, context.coverage, context.lang),
        months=context.period.months,
        cut_off=cut_off,
        several_cut_offs=";" in cut_off,
        kinds=kinds_text(context),
        has_special_zones=any(unit.type == _SPECIAL_ZONE for unit in context.children),
        notes=context.notes,
        comparison=tuple(_comparison(context)),
    )
