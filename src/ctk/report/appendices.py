"""The workbook with the two appendices of the Circular, filled for one unit and period."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

from ctk.messages import message
from ctk.report.appendix import write_appendix
from ctk.report.book import Book
from ctk.report.context import ReportContext
from ctk.report.copies import copy_status, file_name
from ctk.report.coverage import write_coverage
from ctk.report.explanations import write_explanations
from ctk.report.figures import asked_ids, figures_of, totals_of
from ctk.report.heading import footer_text, write_heading
from ctk.report.lines import APPENDICES, appendix_lines, only_asked
from ctk.report.matrix import unit_columns, write_matrix
from ctk.report.printed import Printed
from ctk.report.templates import table
from ctk.report.wording import period_title
from ctk.workbook.writing import Styles, Workbook, atomic_path, new_workbook

BOTH = "TT13"


def write_appendices(
    context: ReportContext,
    out_dir: Path,
    form: str = BOTH,
    appendices: tuple[str, ...] = APPENDICES,
    *,
    force: bool = False,
) -> list[dict[str, str]]:
    """Write the filled appendices and give the files of the JSON contract (file, unit, form).

    Args:
        context: The unit's figures and names.
        out_dir: Folder to write to; made if it is not there.
        form: Id of the document.
        appendices: Which of the two it holds.
        force: Whether a file that is already there may be replaced.

    Raises:
        UsageError: `file_exists` or `cannot_write`.
    """
    path = out_dir / _file_name(context, form)
    subject = message("report.title.subject", context.lang)
    with atomic_path(path, force) as part:
        workbook = new_workbook(part, _name(context), subject, copy_status(context))
        _write_sheets(_book(workbook, context), context, appendices)
        workbook.close()
    return [{"file": str(path), "unit": context.unit.code, "form": form}]


def printed_figures(context: ReportContext) -> tuple[str, list[Printed]]:
    """Tell where each figure stands in the workbook with both appendices, without writing it.

    Returns:
        The name of the file, and the figures with their cells.
    """
    workbook = new_workbook(BytesIO(), _name(context), "")
    book = _book(workbook, context)
    _write_sheets(book, context, APPENDICES)
    return _file_name(context, BOTH), book.printed


def _file_name(context: ReportContext, form: str) -> str:
    return file_name(context, message("report.file.appendices", context.lang, form=form))


def _name(context: ReportContext) -> str:
    return f"{context.unit.full_name} - {period_title(context.period, context.lang)}"


def _book(workbook: Workbook, context: ReportContext) -> Book:
    name = f"{_name(context)} - {copy_status(context)}" if context.public else _name(context)
    footer = footer_text(name, context.lang)
    styles = Styles(workbook, table("styles"))
    return Book(workbook, styles, context.lang, footer, partial(write_heading, context))


def _write_sheets(book: Book, context: ReportContext, appendices: Sequence[str]) -> None:
    lang, catalogue = context.lang, context.catalogue
    figures = figures_of(context.unit.code, context.values, context.elements)
    totals = totals_of(context.values, context.elements)
    asked = asked_ids(context.values, context.elements)
    units = unit_columns(context.unit, context.children, context.missing, totals, lang)
    lines = {a: appendix_lines(catalogue, a, asked, lang) for a in appendices}
    for appendix in appendices:
        write_appendix(book, context, appendix, lines[appendix], figures)
    for appendix in appendices if context.children else ():
        name = message("report.sheet.matrix", lang, appendix=appendix)
        title = message(f"report.title.{appendix}", lang)
        title = message("report.title.matrix", lang, title=title)
        annex = message("report.sheet.appendix", lang, appendix=appendix)
        write_matrix(book, name, annex, title, only_asked(lines[appendix], asked), units, totals)
    every = [line for appendix in appendices for line in lines[appendix]]
    write_coverage(book, catalogue, every, units, context.missing, totals, figures)
    write_explanations(book, context)
