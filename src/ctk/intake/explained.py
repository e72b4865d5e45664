"""Blank cells and signs of an office's form, as its notes and remarks explain them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctk.forms.notes import Meanings, meaning, read_notes
from ctk.intake.tables import Place, Table
from ctk.model import Absence
from ctk.workbook.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ctk.workbook.book import Merge, SheetCells

_SIGNS = (Absence.NOTHING_OCCURRED, Absence.NOT_COLLECTED, Absence.NOT_APPLICABLE)
_DASHES, _DOTS = "-‐‑–—―−－", "….  "


def explain(table: Table, sheet: SheetCells, *, blanks_are_sure: bool) -> list[Place]:
    """Apply what merged cells, remarks and notes say of cells without a figure.

    Args:
        table: The figures as read; cells that are explained are changed in it.
        sheet: Its sheet.
        blanks_are_sure: Whether a cell that looks empty is; in some formats it may be an error.
    """
    notes = read_notes(sheet.cells, table.plan.rows.start)
    _apply_signs(table, notes)
    places = list(_merged_signs(table, sheet))
    if table.has_blanks and blanks_are_sure:
        places += _remarks(table, sheet)
        places += _blanks(table, notes)
    return places


def _apply_signs(table: Table, notes: Meanings) -> None:
    """A note may say that a sign means something else than it usually does."""
    for position, raw in table.raw.items():
        text = raw.strip().casefold()
        sign = "-" if text in _DASHES else "…" if text.strip(_DOTS) == "" else text
        meant = notes.signs.get(sign)
        if meant is not None and table.absence[position] in _SIGNS:
            _set(table, np.array([position]), meant)


def _set(table: Table, positions: NDArray[np.intp], absence: Absence) -> None:
    table.absence[positions] = absence
    table.value[positions] = 0.0 if absence is Absence.NOTHING_OCCURRED else np.nan


def _merged_signs(table: Table, sheet: SheetCells) -> Iterator[Place]:
    """A sign in merged cells is said of all of them; a number is the first one's only."""
    for area in sheet.merged:
        inside = _inside(table, area)
        first = inside[(table.plan.row[inside] == area.row) & (table.plan.col[inside] == area.col)]
        if len(inside) < 2 or not len(first):
            continue
        absence = Absence(int(table.absence[first[0]]))
        blanks = inside[table.absence[inside] == Absence.BLANK]
        if absence in _SIGNS and len(blanks):
            _set(table, blanks, absence)
            named = f"{a1(area.row, area.col)}:{a1(area.last_row, area.last_col)}"
            params = (("range", named), ("text", table.raw.get(int(first[0]), "")))
            yield Place("V361", table.sheet, area.row, area.col, params)


def _inside(table: Table, area: Merge) -> NDArray[np.intp]:
    plan = table.plan
    rows = (plan.row >= area.row) & (plan.row <= area.last_row)
    return np.flatnonzero(rows & (plan.col >= area.col) & (plan.col <= area.last_col))


def _remarks(table: Table, sheet: SheetCells) -> Iterator[Place]:
    """A remark beside a blank row may say that its figures are yet to be collected."""
    plan = table.plan
    if plan.turned:
        return
    blanks = table.blanks()
    for row in dict.fromkeys(plan.row[blanks].tolist()):
        of_row = blanks[plan.row[blanks] == row]
        last = int(plan.col[plan.row == row].max())
        for text in sheet.cells[row][last + 1 :]:
            if isinstance(text, str) and meaning(text) is Absence.NOT_COLLECTED:
                _set(table, of_row, Absence.NOT_COLLECTED)
                for position in of_row.tolist():
                    col = int(plan.col[position])
                    yield Place("V360", table.sheet, row, col, (("text", text.strip()),))
                break


def _blanks(table: Table, notes: Meanings) -> Iterator[Place]:
    blanks = table.blanks()
    if notes.blank is None or not len(blanks):
        return
    _set(table, blanks, notes.blank)
    rule = "V362" if notes.blank is Absence.NOTHING_OCCURRED else "V363"
    params = (("count", len(blanks)), ("text", notes.text))
    yield Place(rule, table.sheet, *notes.at, params)
