"""Looks at a workbook's own XML for what the values do not show; slow parts only where needed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ctk.intake.tables import Place, Table
from ctk.model import Absence
from ctk.text.notes import Note
from ctk.workbook.addresses import a1, column_letters
from ctk.workbook.comments import comments
from ctk.workbook.formulas import added_cells, of_other_book
from ctk.workbook.oddities import SheetXml
from ctk.workbook.styles import percent_styles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctk.forms.types import Plan
    from ctk.workbook.book import Merge, SheetCells
    from ctk.workbook.parts import Parts


def examine(table: Table, sheet: SheetCells, parts: Parts) -> list[Place]:
    """Correct what the reader could not see in a table, and tell what a person should look at.

    Args:
        table: The figures as read; cells that only look empty are marked in it.
        sheet: The sheet that they are from.
        parts: The package; empty for other formats.
    """
    seen = list(_merged(table, sheet))
    part = parts.sheets.get(sheet.name)
    if part is None:
        return seen
    xml = SheetXml(parts.read(part))
    _mark_empty(table, xml)
    _mark_percentages(table, xml, parts)
    seen += _errors_outside(table, xml)
    seen += _hidden(table, xml)
    seen += _formulas(table, xml)
    if parts.has_comments:
        seen += _comments(table, comments(parts, sheet.name))
    return seen


@lru_cache(maxsize=256)
def _positions(plan: Plan) -> dict[str, int]:
    """The position of each figure by the address of its cell."""
    pairs = zip(plan.row.tolist(), plan.col.tolist(), strict=True)
    return {a1(row, col): i for i, (row, col) in enumerate(pairs)}


def _at(table: Table, rule: str, position: int, **params: object) -> Place:
    place = int(table.plan.row[position]), int(table.plan.col[position])
    return Place(rule, table.sheet, *place, tuple(params.items()))


def _mark_empty(table: Table, xml: SheetXml) -> None:
    """Tell error values and formulas without a result from cells that are really empty."""
    if not table.has_blanks:
        return
    found = xml.oddities()
    for i in table.blanks().tolist() if found.errors or found.uncomputed else ():
        address = a1(int(table.plan.row[i]), int(table.plan.col[i]))
        if address in found.errors:
            table.mark(i, Note.ERROR_VALUE, found.errors[address])
        elif address in found.uncomputed:
            table.mark(i, Note.FORMULA_WITHOUT_VALUE, "")


def _errors_outside(table: Table, xml: SheetXml) -> Iterator[Place]:
    """Error values in cells that no element covers; they look blank."""
    blanks = [i for i, each in enumerate(table.outside) if each.absence == Absence.BLANK]
    errors = xml.oddities().errors if blanks else {}
    for i in blanks:
        at = table.outside[i].at
        if error := errors.get(a1(at.row, at.col)):
            table.outside[i] = table.outside[i]._replace(absence=int(Absence.UNREADABLE), raw=error)
            params = (("text", table.outside[i].label), ("error", error))
            yield Place("V365", table.sheet, at.row, at.col, params)


def _mark_percentages(table: Table, xml: SheetXml, parts: Parts) -> None:
    """A number that is not whole may be one that the cell shows as a percentage."""
    rests = np.mod(table.value, 1) > 0
    if not rests.any():
        return
    broken = np.flatnonzero(rests & (table.note == 0))
    percent, styles = percent_styles(parts), xml.styles()
    for i in broken.tolist():
        if styles.get(a1(int(table.plan.row[i]), int(table.plan.col[i]))) in percent:
            shown = f"{table.value[i] * 100:.10g}%".replace(".", ",")
            table.mark(i, Note.PERCENT_TEXT, shown)


def _merged(table: Table, sheet: SheetCells) -> Iterator[Place]:
    first_row = table.plan.rows.start
    for area in sheet.merged:
        if area.last_row >= first_row and _hides_figures(table.plan, sheet, area):
            first = a1(area.row, area.col)
            named = f"{first}:{a1(area.last_row, area.last_col)}"
            params = (("range", named), ("first", first))
            yield Place("V330", table.sheet, area.row, area.col, params)


def _hides_figures(plan: Plan, sheet: SheetCells, area: Merge) -> bool:
    """Whether a merged area with content covers cells of figures other than its first."""
    inside = (plan.row >= area.row) & (plan.row <= area.last_row)
    inside &= (plan.col >= area.col) & (plan.col <= area.last_col)
    inside &= (plan.row != area.row) | (plan.col != area.col)
    return bool(inside.any()) and sheet.cells[area.row][area.col] != ""


def _hidden(table: Table, xml: SheetXml) -> Iterator[Place]:
    found = xml.hidden()
    if not found.rows and not found.cols:
        return
    plan = table.plan
    counted = table.value > 0
    for first, last in found.rows:
        stretch = f"{first + 1}" if first == last else f"{first + 1}–{last + 1}"
        yield from _stretch(table, counted & (plan.row >= first) & (plan.row <= last), stretch)
    for first, last in found.cols:
        ends = dict.fromkeys(map(column_letters, (first, last)))
        inside = counted & (plan.col >= first) & (plan.col <= last)
        yield from _stretch(table, inside, "–".join(ends))


def _stretch(table: Table, inside: np.typing.NDArray[np.bool_], name: str) -> Iterator[Place]:
    if inside.any():
        yield _at(table, "V332", int(np.flatnonzero(inside)[0]), range=name)


def _formulas(table: Table, xml: SheetXml) -> Iterator[Place]:
    """Formulas where a person types figures: what they add, and those of another workbook."""
    positions = _positions(table.plan)
    inside = positions.keys() & xml.formula_cells()
    formulas = xml.formulas() if inside else {}
    for address in sorted(inside, key=positions.__getitem__):
        position, formula = positions[address], formulas.get(address, "")
        if of_other_book(formula):
            yield _at(table, "V334", position)
        elif cells := added_cells(formula):
            table.sums[position] = cells


def _comments(table: Table, said: dict[str, str]) -> Iterator[Place]:
    positions = _positions(table.plan) if said else {}
    for address in positions.keys() & said.keys():
        yield _at(table, "V331", positions[address], text=said[address])


def fill_blanks(tables: Sequence[Table]) -> None:
    """A ticked box turns blanks into "nothing occurred", but not what only looks blank."""
    for table in tables:
        if table.nothing_occurred:
            blank = table.absence == Absence.BLANK
            table.absence[blank] = Absence.NOTHING_OCCURRED
            table.value[blank] = 0.0
