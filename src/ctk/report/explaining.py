"""The sheet on which abrupt rises and falls are explained, with lines to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ctk.messages import message
from ctk.model import Unit
from ctk.report.book import Book
from ctk.report.changes import Change, change_of
from ctk.report.comparison import units_apart
from ctk.report.confirmations import Confirmations
from ctk.report.context import ReportContext
from ctk.report.figures import NOT_ASKED, WHOLE, State, Totals, longest, totals_of
from ctk.report.heading import write_signatures
from ctk.report.lines import Line
from ctk.report.page import Page, print_setup, wide_enough, write_footnotes
from ctk.report.templates import render, table
from ctk.report.wording import period_line, said_number, unit_path
from ctk.validate.jumps import CUMULATIVE, STABLE, jumped

_RULE = "V605"
_COLUMNS = ("number", "unit_name", "code", "label", "unit", "now", "then", "difference",
            "percent", "reason", "explained_by")  # fmt: skip
_OWN = ("unit_name", "now", "then", "difference", "percent", "reason", "explained_by")
_ORDINALS = ("A", "B", "C", "D", "E", "(1)", "(2)", "(3)=(1-2)", "(4)= (3:2)x100", "F", "G")


@dataclass(frozen=True, slots=True)
class Jump:
    """A figure that has to be explained."""

    unit: Unit
    line: Line
    change: Change


def jumps(context: ReportContext, lines: Iterable[Line], totals: Totals) -> Iterator[Jump]:
    """Find the figures of the unit, then of those below it, that rise or fall beyond the limits.

    Rates follow from counts and have no limits of their own.
    """
    previous, limits = context.previous, context.particulars.limits
    if previous is None or limits is None:
        return
    before = totals_of(previous.values, previous.elements)
    counts = list(_counts(context, lines))
    for unit in (context.unit, *context.children):
        pairs = [
            (
                totals.get((unit.code, line.key or ""), NOT_ASKED),
                before.get((unit.code, line.key or ""), NOT_ASKED),
            )
            for line in counts
        ]
        changes = [change_of(*pair) for pair in pairs]
        for line, change, far in zip(counts, changes, _far(changes, limits), strict=True):
            if far:
                yield Jump(unit, line, change)


def write_explaining(
    book: Book, context: ReportContext, lines: Iterable[Line], totals: Totals
) -> None:
    """Write the sheet, laid out as Decree 139/2026 has statistical forms.

    Args:
        book: Where it is added.
        context: The report and the earlier period.
        lines: Rows of the appendices.
        totals: Figures without breakdown of all units.
    """
    lang, layout = context.lang, table("sheets")["explaining"]
    found = list(jumps(context, lines, totals))
    widths = _widths(layout, found)
    page = book.page(message("appendices.explaining.sheet", lang), widths)
    last = len(widths) - 1
    _write_heading(page, context, last)
    top = page.row
    _write_header(page, lang)
    page.sheet.freeze_panes(page.row, 4)
    confirmations = Confirmations(context)
    for number, jump in enumerate(found, 1):
        _write_jump(page, number, jump, confirmations, layout["row_height"])
    if not found:
        page.merged(0, last, message("appendices.explaining.nothing", lang), "cell")
        page.end_row()
    page.sheet.ignore_errors({"number_stored_as_text": f"A{top}:E{page.row + 1}"})
    write_footnotes(page, _notes(context), last)
    write_signatures(page, context, last)
    print_setup(page, book.footer, layout["paper"], (top, top + 1))


def _widths(layout: Mapping[str, float], found: Sequence[Jump]) -> list[float]:
    numbers = {
        "now": [jump.change.now.value for jump in found],
        "then": [jump.change.then.value for jump in found],
        "difference": [jump.change.difference for jump in found],
        "percent": [jump.change.percent for jump in found],
    }
    return [
        wide_enough(layout[key], longest(numbers[key], signed=True))
        if key in numbers
        else layout[key]
        for key in _COLUMNS
    ]


def _counts(context: ReportContext, lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that a jump can be told of: not yes or no, not school years; each count once.

    Those below an indicator's own line carry its name.
    """
    catalogue = context.catalogue
    changing = {e.id for e in catalogue.elements if e.adds in CUMULATIVE | STABLE}
    summed = {m.id: m.numerator for m in catalogue.measures if m.is_count}
    repeated = {ids[0] for ids in summed.values() if len(ids) == 1}
    heading, seen = "", set()
    for line in lines:
        if line.kind == "indicator":
            heading = line.label
        ids = summed.get(line.key or "", (line.key or "",))
        again = ids in seen or (line.kind == "element" and line.key in repeated)
        if line.key and changing.issuperset(ids) and not again:
            seen.add(ids)
            own = line.kind == "indicator"
            yield line if own else replace(line, label=f"{heading}: {line.label}")


def _far(changes: list[Change], limits: Mapping[str, float]) -> list[bool]:
    now, then = (
        np.array([np.nan if side is None else side for side in sides], np.float64)
        for sides in (
            [c.now.value if c.state is State.COMPLETE else None for c in changes],
            [c.then.value if c.state is State.COMPLETE else None for c in changes],
        )
    )
    return [bool(far) for far in jumped(now, then, limits)]


def _write_heading(page: Page, context: ReportContext, last: int) -> None:
    """Receipt to the left, who reports to whom to the right, name and period in the centre."""
    lines = render(
        "explaining_heading",
        context.lang,
        unit=unit_path(context),
        receiver=context.office.receiver,
        title=message("appendices.explaining.title", context.lang),
        period=period_line(context.period, context.coverage, context.lang),
    )
    middle = _COLUMNS.index("reason") - 1
    for style, left, right in lines:
        if right:
            page.merged(0, 3, left, style)
            page.merged(middle, last, right, style)
        else:
            page.merged(0, last, left, style)
        page.end_row()


def _write_header(page: Page, lang: str) -> None:
    titles = [
        message(f"{'appendices' if key in _OWN else 'report'}.column.{key}", lang)
        for key in _COLUMNS
    ]
    for style, texts in (("header", titles), ("ordinal", _ORDINALS)):
        for col, text in enumerate(texts):
            page.text(col, text, style)
        page.end_row()


def _write_jump(
    page: Page, number: int, jump: Jump, confirmations: Confirmations, height: float
) -> None:
    unit, line, change = jump.unit, jump.line, jump.change
    known = confirmations.of_total(unit.code, line.key or "", _RULE) or {}
    page.height = height
    texts = (str(number), unit.full_name, line.code, line.label, line.unit)
    for col, text in enumerate(texts):
        centre = ["center"] if _COLUMNS[col] in ("number", "code", "unit") else []
        page.text(col, text, "cell", *centre)
    page.figure(5, change.now, line, of=(unit.code, WHOLE))
    page.compared(6, change.then.value, line)
    page.compared(7, change.difference, line, "change")
    page.compared(8, change.percent, line, "percent")
    page.text(9, known.get("why", ""), "cell")
    page.text(10, known.get("by", ""), "cell")
    page.end_row()


def _notes(context: ReportContext) -> Iterator[tuple[str, ...]]:
    limits = context.particulars.limits or {}
    shown = {name: said_number(value, _places(value), context.lang)
             for name, value in limits.items()}  # fmt: skip
    yield "footnote", message("appendices.explaining.limits", context.lang, **shown)
    if apart := units_apart(context):
        yield "footnote", apart


def _places(value: float) -> int:
    return 0 if float(value).is_integer() else 1
