"""The sheet that explains signs, rounding, coverage and what a part-year figure means."""

from __future__ import annotations

from ctk.messages import message
from ctk.report.book import Book
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
    )
