"""The appendices of the Circular, filled for one unit and period, and what goes with them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from io import BytesIO
from pathlib import Path

from ctk.messages import message
from ctk.report.book import Book
from ctk.report.comparison import told
from ctk.report.context import ReportContext
from ctk.report.copies import copy_status, file_name
from ctk.report.explanations import write_explanations
from ctk.report.heading import footer_text, write_heading
from ctk.report.lines import APPENDICES
from ctk.report.parts import Part, parts_of
from ctk.report.printed import Printed
from ctk.report.templates import table
from ctk.report.wording import period_title
from ctk.workbook.writing import Styles, Workbook, atomic_path, new_workbook, refuse_existing

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
    context = told(context)
    path = out_dir / _file_name(context, form)
    _write(path, context, parts_of(context, appendices), force)
    return [{"file": str(path), "unit": context.unit.code, "form": form}]


def write_separately(
    context: ReportContext, out_dir: Path, appendices: tuple[str, ...], *, force: bool = False
) -> list[dict[str, str]]:
    """Write each table into a file of its own, see `write_appendices`.

    Raises:
        UsageError: `file_exists`, before anything is written, or `cannot_write`.
    """
    context = told(context)
    parts = tuple(parts_of(context, appendices))
    paths = [out_dir / file_name(context, part.title) for part in parts]
    for path in paths:
        refuse_existing(path, force)
    for path, part in zip(paths, parts, strict=True):
        _write(path, context, (part,), force)
    return [
        {"file": str(path), "unit": context.unit.code, "form": part.form}
        for path, part in zip(paths, parts, strict=True)
    ]


def printed_figures(context: ReportContext) -> tuple[str, list[Printed]]:
    """Tell where each figure stands in the workbook with both appendices, without writing it.

    Returns:
        The name of the file, and the figures with their cells.
    """
    context = told(context)
    book = _book(new_workbook(BytesIO(), _name(context), ""), context)
    for part in parts_of(context, APPENDICES):
        part.write(book)
    return _file_name(context, BOTH), book.printed


def _write(path: Path, context: ReportContext, parts: Iterable[Part], force: bool) -> None:
    """Write parts into one file, and last the sheet that explains them, where they need it."""
    subject = message("report.title.subject", context.lang)
    with atomic_path(path, force) as part_path:
        workbook = new_workbook(part_path, _name(context), subject, copy_status(context))
        book, explained = _book(workbook, context), False
        for part in parts:
            part.write(book)
            explained |= part.explained
        if explained:
            write_explanations(book, context)
        workbook.close()


def _file_name(context: ReportContext, form: str) -> str:
    return file_name(context, message("report.file.appendices", context.lang, form=form))


def _name(context: ReportContext) -> str:
    return f"{context.unit.full_name} - {period_title(context.period, context.lang)}"


def _book(workbook: Workbook, context: ReportContext) -> Book:
    name = f"{_name(context)} - {copy_status(context)}" if context.public else _name(context)
    footer = footer_text(name, context.lang)
    styles = Styles(workbook, table("styles"))
    return Book(workbook, styles, context.lang, footer, partial(write_heading, context))
