"""The workbook with the two appendices of the Circular, filled for one unit and period."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

from ctk.errors import UsageError
from ctk.messages import message
from ctk.report.appendix import write_appendix
from ctk.report.book import Book
from ctk.report.context import ReportContext
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
FORMS = {BOTH: APPENDICES, "TT13-I": ("I",), "TT13-II": ("II",)}
"""The appendices in each form that `--form` can name."""


def write_appendices(
    context: ReportContext,
    out_dir: Path,
    *,
    forms: Collection[str] | None = None,
    force: bool = False,
) -> list[dict[str, str]]:
    """Write the filled appendices and give the files of the JSON contract (file, unit, form).

    Args:
        context: The unit's figures and names.
        out_dir: Folder to write to; made if it is not there.
        forms: Ids out of `FORMS`; None: both appendices.
        force: Whether a file that is already there may be replaced.

    Raises:
        UsageError: `unknown_form`, `file_exists` or `cannot_write`.
    """
    appendices = chosen_appendices(forms)
    form = next(form for form, held in FORMS.items() if held == appendices)
    path = out_dir / _file_name(context, form)
    subject = message("report.title.subject", context.lang)
    with atomic_path(path, force) as part:
        workbook = new_workbook(part, _name(context), subject)
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


def chosen_appendices(forms: Collection[str] | None) -> tuple[str, ...]:
    """The appendices that the forms hold, in their order.

    Raises:
        UsageError: `unknown_form`.
    """
    chosen: set[str] = set()
    for form in forms or [BOTH]:
        if form not in FORMS:
            raise UsageError("unknown_form", form=form, known=", ".join(FORMS))
        chosen |= set(FORMS[form])
    return tuple(appendix for appendix in APPENDICES if appendix in chosen)


def _file_name(context: ReportContext, form: str) -> str:
    unit, period = context.unit, str(context.period)
    return message(
        "report.file.appendices",
        context.lang,
        code=unit.code,
        name=unit.name,
        period=period,
        form=form,
    )


def _name(context: ReportContext) -> str:
    return f"{context.unit.full_name} - {period_title(context.period, context.lang)}"


def _book(workbook: Workbook, context: ReportContext) -> Book:
    footer = footer_text(_name(context), context.lang)
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
