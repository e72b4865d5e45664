"""The sheet on coverage: who has reported, who has not, which figures are incomplete and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ctk.indicators import Catalogue
from ctk.messages import message
from ctk.model import Unit
from ctk.report.book import Book
from ctk.report.figures import NOT_ASKED, Column, Figures, State, Totals, columns
from ctk.report.lines import Line
from ctk.report.matrix import UnitColumn, status_look
from ctk.report.page import Page, print_setup
from ctk.report.remarks import coverage_text
from ctk.report.templates import table
from ctk.report.wording import some_names

_NAMES_IN_A_CELL = 30
_SILENT_NAMED = 5
_LEAD = ("number", "code", "label", "status", "coverage")


def write_coverage(
    book: Book,
    catalogue: Catalogue,
    lines: Sequence[Line],
    units: Sequence[UnitColumn],
    missing: Sequence[Unit],
    totals: Totals,
    figures: Figures | None,
    notes: Sequence[str] = (),
) -> None:
    """Write the sheet on coverage.

    Args:
        book: Where the sheet is added.
        catalogue: Its breakdowns are the columns of the partial sums.
        lines: Rows of the tables, whose incomplete figures are listed.
        units: Columns of the matrix; the first one is the whole if `figures` are given.
        missing: Expected units without a usable submission.
        totals: Figures without breakdown of all units.
        figures: All figures of the whole; None: there is no whole.
        notes: Remarks on the data, below the heading.
    """
    layout = table("sheets")["coverage"]
    asked = columns(catalogue, book.lang)
    widths = [layout[key] for key in _LEAD] + [layout["figure"]] * len(asked) + [layout["names"]]
    name = message("report.sheet.coverage", book.lang)
    page = book.page(name, widths)
    book.heading(page, "", message("report.title.coverage", book.lang), len(widths) - 1)
    for note in notes:
        _sentence(page, note)
    top = page.row
    below = units if figures is None else units[1:]
    _write_units(page, below, totals, book.lang)
    _write_missing(page, missing, units, book.lang)
    header = None
    if figures is not None:
        _title(page, message("report.coverage.figures", book.lang, unit=units[0].unit.full_name))
        rows = list(_incomplete(lines, asked, figures))
        header = (page.row, page.row) if rows else None
        _write_incomplete(page, rows, below, asked, figures, totals, units[0].unit.code, book.lang)
    page.sheet.ignore_errors({"number_stored_as_text": f"A{top}:E{page.row + 1}"})
    print_setup(page, book.footer, layout["paper"], header)


def _write_units(page: Page, units: Sequence[UnitColumn], totals: Totals, lang: str) -> None:
    if not units:
        return
    _title(page, message("report.coverage.units", lang))
    _header(page, ("number", "unit_code", "unit_name", "status", "have", "expected"), lang)
    have, expected = _counts(totals)
    for number, column in enumerate(units, 1):
        code = column.unit.code
        page.text(0, str(number), "cell", "center")
        page.text(1, code, "cell", "center")
        page.text(2, column.unit.full_name, "cell")
        page.text(3, column.status, "cell", "center", *status_look(column))
        for col, count in ((4, have[code]), (5, expected[code])):
            page.sheet.write_number(page.row, col, count, page.styles("cell", "count"))
        page.end_row()


def _counts(totals: Totals) -> tuple[Counter[str], Counter[str]]:
    """How many figures each unit has, and how many it was asked."""
    expected = Counter(unit for (unit, _), figure in totals.items() if figure.expected)
    lacking = Counter(
        unit for (unit, _), figure in totals.items() if figure.state is State.INCOMPLETE
    )
    return expected - lacking, expected


def _write_missing(
    page: Page, missing: Sequence[Unit], units: Sequence[UnitColumn], lang: str
) -> None:
    _title(page, message("report.coverage.missing", lang))
    if not missing:
        _sentence(page, message("report.coverage.none_missing", lang))
        return
    _header(page, ("number", "unit_code", "unit_name", "parent"), lang)
    names = {column.unit.code: column.unit.full_name for column in units}
    for number, unit in enumerate(missing, 1):
        page.text(0, str(number), "cell", "center")
        page.text(1, unit.code, "cell", "center")
        page.text(2, unit.full_name, "cell", "missing")
        page.text(3, names.get(unit.parent or "", unit.parent or ""), "cell", "center")
        page.end_row()


def _incomplete(
    lines: Sequence[Line], asked: tuple[Column, ...], figures: Figures
) -> Iterator[Line]:
    """Lines with an incomplete figure; those below an indicator's own line carry its name."""
    heading = ""
    for line in lines:
        if line.kind == "indicator":
            heading = line.label
        own = (figures.get((line.key or "", column.slice), NOT_ASKED) for column in asked)
        if line.key and any(figure.state is State.INCOMPLETE for figure in own):
            label = line.label if line.kind == "indicator" else f"{heading}: {line.label}"
            yield replace(line, label=label)


def _write_incomplete(
    page: Page,
    rows: Sequence[Line],
    below: Sequence[UnitColumn],
    asked: tuple[Column, ...],
    figures: Figures,
    totals: Totals,
    unit: str,
    lang: str,
) -> None:
    if not rows:
        _sentence(page, message("report.coverage.all_complete", lang))
        return
    titles = [column.title for column in asked]
    titles.append(message("report.column.lacking", lang))
    _header(page, ("number", "code", "label", "unit", "coverage"), lang, titles)
    for number, line in enumerate(rows, 1):
        _write_so_far(page, number, line, asked, figures, unit)
        names = _lacking_text(below, line.key or "", totals, lang)
        page.text(len(page.widths) - 1, names, "cell", "remark")
        page.end_row()


def _write_so_far(
    page: Page,
    number: int,
    line: Line,
    asked: tuple[Column, ...],
    figures: Figures,
    unit: str,
) -> None:
    """Write what has come in so far, in italics on yellow; complete slices as usual."""
    cells = [figures.get((line.key or "", column.slice), NOT_ASKED) for column in asked]
    page.text(0, str(number), "cell", "center")
    page.text(1, line.code, "cell", "center", "small")
    page.text(2, line.label, "cell", "element")
    page.text(3, line.unit, "cell", "center", "small")
    page.text(4, coverage_text(cells[0]), "cell", "center")
    for col, (column, figure) in enumerate(zip(asked, cells, strict=True), len(_LEAD)):
        of = unit, column.slice
        if figure.state is State.INCOMPLETE and figure.reported and figure.partial is not None:
            page.number(col, figure.partial, line, "partial", of=of, partial=True)
        else:
            page.figure(col, figure, line, of=of)


def _lacking_text(below: Sequence[UnitColumn], key: str, totals: Totals, lang: str) -> str:
    """Name the units below that lack a figure; many without a report are counted.

    These are listed above already.
    """
    silent = [column.unit for column in below if column.state == "missing"]
    short = [
        column.unit
        for column in below
        if column.state != "missing"
        and totals.get((column.unit.code, key), NOT_ASKED).state is State.INCOMPLETE
    ]
    if len(silent) <= _SILENT_NAMED:
        both = sorted([*silent, *short], key=lambda unit: unit.code)
        return some_names(both, lang, _NAMES_IN_A_CELL)
    counted = message("report.coverage.silent", lang, count=len(silent))
    return "; ".join(filter(None, (counted, some_names(short, lang, _NAMES_IN_A_CELL))))


def _title(page: Page, text: str) -> None:
    page.end_row()
    _sentence(page, text, "subtitle")


def _sentence(page: Page, text: str, style: str = "side") -> None:
    page.merged(0, len(page.widths) - 1, text, style)
    page.end_row()


def _header(page: Page, keys: Sequence[str], lang: str, more: Sequence[str] = ()) -> None:
    for col, title in enumerate([*(message(f"report.column.{key}", lang) for key in keys), *more]):
        page.text(col, title, "header")
    page.end_row()
