"""An appendix of the Circular filled for one unit: all its indicators, one line each or more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ctk.messages import message
from ctk.report.book import Book
from ctk.report.changes import Change, change_of
from ctk.report.comparison import comparison_notes
from ctk.report.context import ReportContext
from ctk.report.figures import NOT_ASKED, WHOLE, Column, Figures, State, columns, longest
from ctk.report.heading import write_signatures
from ctk.report.lines import Line, only_asked
from ctk.report.page import Page, print_setup, wide_enough, write_footnotes
from ctk.report.remarks import Cells, Remarks, coverage_text
from ctk.report.templates import render, table
from ctk.report.wording import stated_notes

_LEAD = ("number", "code", "label", "unit")
_COMPARED = ("then", "difference", "percent")
_TAIL = ("coverage", "note")


def write_appendix(
    book: Book,
    context: ReportContext,
    appendix: str,
    lines: tuple[Line, ...],
    figures: Figures,
    earlier: Figures | None = None,
) -> None:
    """Write the sheet of an appendix.

    Args:
        book: Where the sheet is added.
        context: Unit, period, office and coverage.
        appendix: `I` or `II`.
        lines: Its rows, see `appendix_lines`.
        figures: All figures of the unit.
        earlier: Its figures of an earlier period; None: there are no columns for them.
    """
    lang = context.lang
    asked = columns(context.catalogue, lang)
    changes = _changes(lines, figures, earlier) if earlier is not None else None
    widths = _widths(len(asked), figures, changes)
    annex = message("report.sheet.appendix", lang, appendix=appendix)
    page = book.page(annex, widths)
    last = len(widths) - 1
    book.heading(page, annex, message(f"report.title.{appendix}", lang), last)
    top = page.row
    _write_header(page, asked, lang, compared=changes is not None)
    page.sheet.freeze_panes(page.row, 3)
    told, remarks = frozenset(only_asked(lines, {key for key, _ in figures})), Remarks(context)
    for line in lines:
        cells = [(each, figures.get((line.key or "", each.slice), NOT_ASKED)) for each in asked]
        if line.key is None:
            _write_group(page, line, muted=line.kind == "indicator" and line not in told)
        else:
            change = changes[line.key] if changes else None
            _write_line(page, line, cells, change, remarks, context.unit.code)
    page.sheet.ignore_errors({"number_stored_as_text": f"A{top}:D{page.row + 1}"})
    write_footnotes(page, _footnotes(context, remarks), last)
    write_signatures(page, context, last)
    print_setup(page, book.footer, table("sheets")["appendix"]["paper"], (top, top + 1))


def _changes(lines: Iterable[Line], figures: Figures, earlier: Figures) -> dict[str, Change]:
    """The change of the total of each line, by measure or element."""
    return {
        line.key: change_of(
            *(each.get((line.key, WHOLE), NOT_ASKED) for each in (figures, earlier))
        )
        for line in lines
        if line.key is not None
    }


def _widths(asked: int, figures: Figures, changes: Mapping[str, Change] | None) -> list[float]:
    """Widths of the columns; those of figures are as wide as the longest of them needs."""
    layout = table("sheets")["appendix"]
    beside: list[float] = []
    if changes is not None:
        layout = layout | table("sheets")["compared"]
        every = changes.values()
        digits = (
            longest(change.then.value for change in every),
            longest((change.difference for change in every), signed=True),
            longest((change.percent for change in every), signed=True),
        )
        beside = [wide_enough(layout[k], n) for k, n in zip(_COMPARED, digits, strict=True)]
    figure = wide_enough(layout["figure"], longest(each.value for each in figures.values()))
    lead, tail = ([layout[key] for key in keys] for keys in (_LEAD, _TAIL))
    return [*lead, *([figure] * asked), *beside, *tail]


def _footnotes(context: ReportContext, remarks: Remarks) -> list[tuple[str, ...]]:
    return render(
        "footnotes",
        context.lang,
        marks=remarks.footnotes.lines,
        stated=stated_notes(context),
        notes=(*comparison_notes(context), *context.notes),
        months=context.period.months,
    )


def write_labels(page: Page, line: Line, *, muted: bool = False) -> None:
    """Write number, code, label and unit of a line into the first four columns."""
    grey = ["muted"] if muted else []
    small = ["small"] if line.kind in ("measure", "element") else []
    page.text(0, line.number, "cell", line.kind, "center", *grey)
    page.text(1, line.code, "cell", line.kind, "center", *small, *grey)
    page.text(2, line.label, "cell", line.kind, f"depth{line.depth}", *grey)
    page.text(3, line.unit, "cell", line.kind, "center", *small, *grey)


def _write_header(page: Page, asked: tuple[Column, ...], lang: str, *, compared: bool) -> None:
    """Write the titles, and below them the letters and numbers of the columns."""
    lead = [message(f"report.column.{key}", lang) for key in _LEAD]
    more = _COMPARED if compared else ()
    beside = [message(f"appendices.column.{key}", lang) for key in more]
    tail = [message(f"report.column.{key}", lang) for key in _TAIL]
    titles = [*lead, *(column.title for column in asked), *beside, *tail]
    ordinals = [*"ABCD", *(f"({n})" for n in range(1, len(titles) - len(lead) + 1))]
    if compared:
        then = len(asked) + 1
        at = len(lead) + then
        ordinals[at] = f"({then + 1})= (1-{then})"
        ordinals[at + 1] = f"({then + 2})= ({then + 1}:{then})x100"
    for style, texts in (("header", titles), ("ordinal", ordinals)):
        for col, text in enumerate(texts):
            page.text(col, text, style)
        page.end_row()


def _write_group(page: Page, line: Line, *, muted: bool) -> None:
    write_labels(page, line, muted=muted)
    _write_blanks(page, line)
    page.end_row()


def _write_line(
    page: Page, line: Line, cells: Cells, change: Change | None, remarks: Remarks, unit: str
) -> None:
    silent = all(figure.state is State.NOT_ASKED for _, figure in cells)
    write_labels(page, line, muted=silent)
    if silent:
        _write_blanks(page, line)
    else:
        _write_figures(page, line, cells, change, unit)
    note = remarks.of(line, cells, change)
    page.text(len(page.widths) - 1, note, "cell", "remark", *(["muted"] if silent else []))
    page.end_row()


def _write_figures(page: Page, line: Line, cells: Cells, change: Change | None, unit: str) -> None:
    small = ["element"] if line.kind == "element" else []
    for col, (column, figure) in enumerate(cells, len(_LEAD)):
        page.figure(col, figure, line, *small, of=(unit, column.slice))
    after = len(_LEAD) + len(cells)
    if change is not None:
        _write_change(page, after, line, change)
        after += len(_COMPARED)
    page.text(after, coverage_text(cells[0][1]), "cell", "center")


def _write_change(page: Page, first: int, line: Line, change: Change) -> None:
    """Write the earlier figure if it is complete, and how much it changed if both are."""
    earlier = change.then.value if change.then.state is State.COMPLETE else None
    for col, (value, kind) in enumerate(
        ((earlier, ""), (change.difference, "change"), (change.percent, "percent")), first
    ):
        state = change.then.state if not kind else change.state
        if state is State.COMPLETE and value is None:
            state = State.UNDEFINED
        if value is None:
            look = "off" if state is State.NOT_ASKED else state.value
            page.sheet.write_blank(page.row, col, None, page.styles("cell", look))
        else:
            page.compared(col, value, line, kind)


def _write_blanks(page: Page, line: Line) -> None:
    look = page.styles("cell", *(["section"] if line.kind == "section" else []))
    for col in range(len(_LEAD), len(page.widths)):
        page.sheet.write_blank(page.row, col, None, look)
