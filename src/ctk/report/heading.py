"""Heads, feet and signature blocks: the official ones of a report, a plain one of an overview."""

from __future__ import annotations

from ctk.messages import message
from ctk.periods import Coverage, Period
from ctk.report.context import ReportContext
from ctk.report.copies import copy_status
from ctk.report.page import Page
from ctk.report.templates import render
from ctk.report.wording import (
    coverage_line,
    cut_off_text,
    kinds_text,
    period_line,
    superior_line,
    unit_path,
)

_LEFT = ("superior", "agency")
_RIGHT = ("side",)


def write_heading(context: ReportContext, page: Page, annex: str, title: str, last: int) -> None:
    """Write the head of an official table over the columns up to `last`."""
    lines = render(
        "heading",
        context.lang,
        superior=superior_line(context),
        agency=context.office.agency,
        receiver=context.office.receiver,
        unit=unit_path(context),
        annex=annex,
        title=title,
        period=period_line(context.period, context.coverage, context.lang),
        coverage=coverage_line(context),
        cut_off=cut_off_text(context),
        kinds=kinds_text(context, marked=bool(annex)),
        copy=copy_status(context) if context.public else "",
    )
    _write_sides(page, lines, last)
    for style, text in lines:
        if text and style not in _LEFT + _RIGHT:
            page.merged(page.first, last, text, style)
            page.end_row()


def _write_sides(page: Page, lines: list[tuple[str, ...]], last: int) -> None:
    """Write the agency to the left, and level with it who reports to whom."""
    left = [line for line in lines if line[0] in _LEFT]
    right = [line for line in lines if line[0] in _RIGHT]
    middle = max(3, last // 2, page.first)
    for (left_style, left_text), (right_style, right_text) in zip(left, right, strict=True):
        page.merged(0, 2, left_text, left_style)
        page.merged(middle, last, right_text, right_style)
        page.end_row()


def write_plain_heading(
    period: Period,
    coverage: Coverage,
    lang: str,
    copy: str,
    page: Page,
    _annex: str,
    title: str,
    last: int,
) -> None:
    """Write title, period and what copy it is: the head of a table that nobody signs."""
    line = period_line(period, coverage, lang)
    lines = ((title.upper(), "title"), (line, "line"), *([(copy, "copy")] if copy else []))
    for text, style in lines:
        page.merged(page.first, last, text, style)
        page.end_row()


def write_signatures(page: Page, context: ReportContext, last: int) -> None:
    """Write the block of three signatures."""
    office = context.office
    page.end_row()
    lines = render(
        "signature",
        context.lang,
        place=office.place,
        prepared_by=office.prepared_by,
        checked_by=office.checked_by,
        signatory_title=office.signatory_title,
        signatory_name=office.signatory_name,
    )
    second, third = 3, max(5, last - 4)
    for style, *blocks in lines:
        starts = zip((0, second, third), (second - 1, third - 1, last), blocks, strict=True)
        for start, end, text in starts:
            page.merged(start, end, text, style)
        page.end_row()


def footer_text(name: str, lang: str) -> str:
    """Give the footer of a page, in Excel's notation: a name, and the page number."""
    font = '&"Times New Roman,Regular"&9 '
    number = message("report.page.footer", lang)
    return f"&L{font}{name.replace('&', '&&')}&R{font}{number} &P/&N"
