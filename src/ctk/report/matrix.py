"""The figures of all units side by side: indicators down, units across, the whole first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from ctk.messages import message
from ctk.model import Level, Unit
from ctk.report.appendix import write_labels
from ctk.report.book import Book
from ctk.report.figures import NOT_ASKED, WHOLE, State, Totals, longest
from ctk.report.lines import Line
from ctk.report.page import Page, print_setup, wide_enough, write_footnotes
from ctk.report.templates import render, table
from ctk.report.wording import total_title

_LEAD = ("number", "code", "label", "unit")


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """A column of the matrix: a unit, its title and what became of its report.

    Args:
        unit: The unit.
        title: Its name, or "Toàn huyện" for the whole.
        state: `complete`, `incomplete` (figures lack), `partly` (units in it lack) or `missing`.
        status: The state in words.
    """

    unit: Unit
    title: str
    state: str
    status: str


def unit_columns(
    whole: Unit | None, units: Sequence[Unit], missing: Sequence[Unit], totals: Totals, lang: str
) -> tuple[UnitColumn, ...]:
    """The whole, if there is one, and each unit below it, with their status."""
    short = {code for (code, _), figure in totals.items() if figure.state is State.INCOMPLETE}
    titled = [(whole, total_title(whole, lang))] if whole else []
    titled += [(unit, unit.full_name) for unit in units]
    return tuple(
        _column(unit, title, lying_in(unit, missing), unit.code in short, lang)
        for unit, title in titled
    )


def lying_in(unit: Unit, others: Sequence[Unit]) -> tuple[Unit, ...]:
    """Those of some units that are this unit or lie in it."""
    if unit.level is Level.COUNTRY:
        return tuple(others)
    return tuple(each for each in others if unit.code in (each.code, each.parent, each.province))


def _column(unit: Unit, title: str, missing: Sequence[Unit], short: bool, lang: str) -> UnitColumn:
    if unit in missing:
        state = "missing"
    elif missing:
        state = "partly"
    else:
        state = "incomplete" if short else "complete"
    status = message(f"report.status.{state}", lang, count=len(missing))
    return UnitColumn(unit, title, state, status)


def write_matrix(
    book: Book,
    name: str,
    annex: str,
    title: str,
    lines: Iterable[Line],
    columns: tuple[UnitColumn, ...],
    totals: Totals,
    stated: Sequence[str] = (),
) -> None:
    """Write the sheet of a matrix.

    Args:
        book: Where the sheet is added.
        name: Name of the sheet.
        annex: Annex to which the table belongs.
        title: Title of the table.
        lines: Its rows.
        columns: Its units, see `unit_columns`.
        totals: Figures without breakdown of all units.
        stated: What covers say of the figures, to stand below.
    """
    layout = table("sheets")["matrix"]
    widths = [layout[key] for key in _LEAD]
    widths += [wide_enough(layout["figure" if n else "total"], each)
               for n, each in enumerate(_digits(columns, totals))]  # fmt: skip
    page = book.page(name, widths)
    last_on_first_page = min(len(widths), len(_LEAD) + 1 + layout["columns_per_page"]) - 1
    pages_wide = max(1, ceil((len(columns) - 1) / layout["columns_per_page"]))
    page.first = len(_LEAD) + 1 if pages_wide > 1 else 0
    book.heading(page, annex, title, last_on_first_page)
    top = page.row
    _write_header(page, columns, book.lang)
    page.sheet.freeze_panes(page.row, len(_LEAD) + 1)
    for line in lines:
        _write_line(page, line, columns, totals)
    page.sheet.ignore_errors({"number_stored_as_text": f"A{top}:XFD{page.row + 1}"})
    write_footnotes(page, render("matrix_footnotes", book.lang, stated=stated), last_on_first_page)
    page.sheet.repeat_columns(0, len(_LEAD))
    print_setup(page, book.footer, layout["paper"], (top, top + 3), pages_wide)


def _digits(columns: Sequence[UnitColumn], totals: Totals) -> list[int]:
    """How long the longest figure of each unit is."""
    own: dict[str, list[float | None]] = defaultdict(list)
    for (unit, _), figure in totals.items():
        own[unit].append(figure.value)
    return [longest(own[column.unit.code]) for column in columns]


def _write_header(page: Page, columns: tuple[UnitColumn, ...], lang: str) -> None:
    """Write four rows: names, unit codes, status, letters and numbers of the columns."""
    for col, key in enumerate(_LEAD):
        title = message(f"report.column.{key}", lang)
        page.sheet.merge_range(page.row, col, page.row + 2, col, title, page.styles("header"))
    rows: list[list[tuple[str, tuple[str, ...]]]] = [
        [(column.title, ("header",)) for column in columns],
        [(column.unit.code, ("header", "ordinal")) for column in columns],
        [(column.status, ("status", *status_look(column))) for column in columns],
    ]
    for row in rows:
        for col, (text, styles) in enumerate(row, len(_LEAD)):
            page.text(col, text, *styles)
        page.end_row()
    for col, text in enumerate([*"ABCD", *(f"({n})" for n in range(1, len(columns) + 1))]):
        page.text(col, text, "ordinal")
    page.end_row()


def status_look(column: UnitColumn) -> tuple[str, ...]:
    """Styles that colour a status."""
    looks = {"complete": (), "missing": ("missing",)}
    return looks.get(column.state, ("incomplete",))


def _write_line(page: Page, line: Line, columns: tuple[UnitColumn, ...], totals: Totals) -> None:
    write_labels(page, line)
    small = ["element"] if line.kind == "element" else []
    blank = page.styles("cell", *(["section"] if line.kind == "section" else []))
    missing = page.styles("cell", "missing")
    for col, column in enumerate(columns, len(_LEAD)):
        if line.kind != "section" and column.state == "missing":
            page.sheet.write_blank(page.row, col, None, missing)
        elif line.key is None:
            page.sheet.write_blank(page.row, col, None, blank)
        else:
            figure = totals.get((column.unit.code, line.key), NOT_ASKED)
            page.figure(col, figure, line, *small, of=(column.unit.code, WHOLE))
    page.end_row()
