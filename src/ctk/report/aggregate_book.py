"""The Excel file of an aggregation: all figures to filter, units side by side, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pandas import DataFrame

from ctk.indicators import Catalogue, load_catalogue
from ctk.messages import message
from ctk.model import Level, Unit
from ctk.periods import Coverage, Period
from ctk.report.book import Book
from ctk.report.coverage import write_coverage
from ctk.report.figures import asked_ids, figures_of, totals_of
from ctk.report.heading import footer_text, write_plain_heading
from ctk.report.lines import APPENDICES, Line, appendix_lines, only_asked
from ctk.report.long_table import write_long_table
from ctk.report.matrix import unit_columns, write_matrix
from ctk.report.templates import table
from ctk.report.wording import period_title
from ctk.workbook.writing import Styles, atomic_path, new_workbook


def write_aggregate(
    path: Path,
    values: DataFrame,
    elements: DataFrame,
    units: Sequence[Unit],
    *,
    period: Period,
    missing: Sequence[Unit] = (),
    notes: Sequence[str] = (),
    coverage: Coverage = Coverage.CALENDAR,
    lang: str = "vi",
    public: bool = False,
    force: bool = False,
    catalogue: Catalogue | None = None,
) -> Path:
    """Write aggregated figures to an Excel file.

    The table to filter holds the whole with all its breakdowns, or all units if there is no
    whole; the units below the whole stand in the matrix, where a province stays quick to open.

    Args:
        path: File to write.
        values: Measures, see `ReportContext.values`.
        elements: Elements, see `ReportContext.elements`.
        units: Units of the frames in the order of the columns, at least one; a first one in
            which the others lie is the whole.
        period: The reporting period.
        missing: Expected units without a usable submission.
        notes: Remarks that the reader of the figures must know.
        coverage: What the period covers.
        lang: `vi` or `en`.
        public: Whether it is a public copy: its heads, feet and properties say so.
        force: Whether a file that is already there may be replaced.
        catalogue: Indicators and columns; None: the built-in ones.

    Raises:
        UsageError: `file_exists`, `cannot_write` or `too_many_rows`.
    """
    catalogue = catalogue or load_catalogue()
    title = message("report.title.units", lang)
    with atomic_path(path, force) as part:
        status = message("report.copy.public", lang) if public else ""
        workbook = new_workbook(part, title, message("report.title.subject", lang), status)
        heading = partial(write_plain_heading, period, coverage, lang, status)
        footer = footer_text(" - ".join(filter(None, (period_title(period, lang), status))), lang)
        book = Book(workbook, Styles(workbook, table("styles")), lang, footer, heading)
        told = units if whole_of(units) is None else units[:1]
        codes = [unit.code for unit in told]
        own, counted = (frame[frame["unit"].isin(codes)] for frame in (values, elements))
        write_long_table(book, own, counted, told, catalogue)
        _write_overview(book, values, elements, units, missing, notes, catalogue)
        workbook.close()
    return path


def whole_of(units: Sequence[Unit]) -> Unit | None:
    """The first unit, if all the others lie in it."""
    first, *others = units
    in_country = first.level is Level.COUNTRY
    lie_in = all(in_country or first.code in (unit.parent, unit.province) for unit in others)
    return first if lie_in else None


def _write_overview(
    book: Book,
    values: DataFrame,
    elements: DataFrame,
    units: Sequence[Unit],
    missing: Sequence[Unit],
    notes: Sequence[str],
    catalogue: Catalogue,
) -> None:
    """Write the matrix of all units and the sheet on coverage."""
    totals, asked = totals_of(values, elements), asked_ids(values, elements)
    whole = whole_of(units)
    below = units[1:] if whole else units
    columns = unit_columns(whole, below, missing, totals, book.lang)
    lines = only_asked(_all_lines(catalogue, asked, book.lang), asked)
    name = message("report.sheet.units", book.lang)
    title = message("report.title.units", book.lang)
    write_matrix(book, name, "", title, lines, columns, totals)
    figures = figures_of(whole.code, values, elements) if whole else None
    write_coverage(book, catalogue, lines, columns, missing, totals, figures, notes)


def _all_lines(catalogue: Catalogue, asked: frozenset[str], lang: str) -> list[Line]:
    """The lines of both appendices, each group told apart by its appendix."""
    return [
        replace(line, number=f"{appendix}.{line.number}") if line.kind == "section" else line
        for appendix in APPENDICES
        for line in appendix_lines(catalogue, appendix, asked, lang)
    ]
