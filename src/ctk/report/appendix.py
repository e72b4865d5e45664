"""An appendix of the Circular filled for one unit: all its indicators, one line each or more."""

from __future__ import annotations

from ctk.messages import message
from ctk.report.book import Book
from ctk.report.context import ReportContext
from ctk.report.figures import NOT_ASKED, Column, Figures, State, columns
from ctk.report.heading import write_signatures
from ctk.report.lines import Line, only_asked
from ctk.report.page import Page, print_setup, write_footnotes
from ctk.report.remarks import Cells, coverage_text, remark
from ctk.report.templates import render, table

_LEAD = ("number", "code", "label", "unit")
_TAIL = ("coverage", "note")


def write_appendix(
    book: Book, context: ReportContext, appendix: str, lines: tuple[Line, ...], figures: Figures
) -> None:
    """Write the sheet of an appendix.

    Args:
        book: Where the sheet is added.
        context: Unit, period, office and coverage.
        appendix: `I` or `II`.
        lines: Its rows, see `appendix_lines`.
        figures: All figures of the unit.
    """
    lang, layout = context.lang, table("sheets")["appendix"]
    asked = columns(context.catalogue, lang)
    widths = [layout[key] for key in _LEAD] + [layout["figure"]] * len(asked)
    widths += [layout[key] for key in _TAIL]
    annex = message("report.sheet.appendix", lang, appendix=appendix)
    page = book.page(annex, widths)
    last = len(widths) - 1
    book.heading(page, annex, message(f"report.title.{appendix}", lang), last)
    top = page.row
    _write_header(page, asked, lang)
    page.sheet.freeze_panes(page.row, 3)
    told = frozenset(only_asked(lines, {key for key, _ in figures}))
    for line in lines:
        cells = [(each, figures.get((line.key or "", each.slice), NOT_ASKED)) for each in asked]
        if line.key is None:
            _write_group(page, line, muted=line.kind == "indicator" and line not in told)
        else:
            _write_line(page, line, cells, context)
    page.sheet.ignore_errors({"number_stored_as_text": f"A{top}:D{page.row + 1}"})
    notes = render("footnotes", lang, notes=context.notes, months=context.period.months)
    write_footnotes(page, notes, last)
    write_signatures(page, context, last)
    print_setup(page, book.footer, layout["paper"], (top, top + 1))


def write_labels(page: Page, line: Line, *, muted: bool = False) -> None:
    """Write number, code, label and unit of a line into the first four columns."""
    grey = ["muted"] if muted else []
    small = ["small"] if line.kind in ("measure", "element") else []
    page.text(0, line.number, "cell", line.kind, "center", *grey)
    page.text(1, line.code, "cell", line.kind, "center", *small, *grey)
    page.text(2, line.label, "cell", line.kind, f"depth{line.depth}", *grey)
    page.text(3, line.unit, "cell", line.kind, "center", *small, *grey)


def _write_header(page: Page, asked: tuple[Column, ...], lang: str) -> None:
    """Write the titles, and below them the letters and numbers of the columns."""
    lead = [message(f"report.column.{key}", lang) for key in _LEAD]
    tail = [message(f"report.column.{key}", lang) for key in _TAIL]
    titles = [*lead, *(column.title for column in asked), *tail]
    ordinals = [*"ABCD", *(f"({n})" for n in range(1, len(asked) + len(_TAIL) + 1))]
    for style, texts in (("header", titles), ("ordinal", ordinals)):
        for col, text in enumerate(texts):
            page.text(col, text, style)
        page.end_row()


def _write_group(page: Page, line: Line, *, muted: bool) -> None:
    write_labels(page, line, muted=muted)
    _write_blanks(page, line)
    page.end_row()


def _write_line(page: Page, line: Line, cells: Cells, context: ReportContext) -> None:
    silent = all(figure.state is State.NOT_ASKED for _, figure in cells)
    write_labels(page, line, muted=silent)
    if silent:
        _write_blanks(page, line)
    else:
        _write_figures(page, line, cells, context.unit.code)
    note = remark(line, cells, context.period, context.lang)
    page.text(len(page.widths) - 1, note, "cell", "remark", *(["muted"] if silent else []))
    page.end_row()


def _write_figures(page: Page, line: Line, cells: Cells, unit: str) -> None:
    small = ["element"] if line.kind == "element" else []
    for col, (column, figure) in enumerate(cells, len(_LEAD)):
        page.figure(col, figure, line, *small, of=(unit, column.slice))
    page.text(len(_LEAD) + len(cells), coverage_text(cells[0][1]), "cell", "center")


def _write_blanks(page: Page, line: Line) -> None:
    look = page.styles("cell", *(["section"] if line.kind == "section" else []))
    for col in range(len(_LEAD), len(page.widths)):
        page.sheet.write_blank(page.row, col, None, look)
