"""The figures of one sheet: what stands in the cells where a plan says that figures are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ctk.forms.stated import NO_TICKS, TICKS, box_mark
from ctk.forms.wording import shown_label
from ctk.model import Absence
from ctk.text.legacy import decodings
from ctk.text.notes import NOTES, Note, Reading
from ctk.text.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ctk.forms.types import Cells, Layout, Outside, Plan
    from ctk.workbook.book import SheetCells
    from ctk.workbook.formulas import Added

MOST = 9_999_999
"""No count of a commune is larger, and its workbook takes no larger one; what is, is not taken."""

_NUMBERS = {float, int}
_GREY = frozenset(("", "x", "X"))
"""What a cell may hold that the form does not ask."""


class Place(NamedTuple):
    """What was noticed at a cell, a sheet (row -1) or the file (sheet -1), and a rule's words."""

    rule: str
    sheet: int = -1
    row: int = -1
    col: int = -1
    params: tuple[tuple[str, Any], ...] = ()


class OutsideCell(NamedTuple):
    """A cell whose figure no element covers: where it is, its label and what it holds."""

    at: Outside
    label: str
    value: float
    absence: int
    raw: str


@dataclass(eq=False)
class Table:
    """The figures of one sheet: a shared plan and this file's values, in the plan's order.

    `sums` are the cells that the formula of a figure adds up, where it does nothing else,
    `has_blanks` tells whether some cells look empty, `outside` are figures that no element covers,
    and `labels` the words of the form by row and column, where it is not ctk's own.
    """

    sheet: int
    plan: Plan
    value: NDArray[np.float64]
    absence: NDArray[np.int8]
    note: NDArray[np.int8]
    raw: dict[int, str]
    readings: dict[int, tuple[str, ...]]
    filled_unused: list[tuple[int, int, str]]
    nothing_occurred: bool
    odd_mark: str = ""
    sums: dict[int, tuple[Added, ...]] = field(default_factory=dict)
    has_blanks: bool = False
    outside: list[OutsideCell] = field(default_factory=list)
    labels: dict[tuple[int, int], str] = field(default_factory=dict)

    def blanks(self) -> NDArray[np.intp]:
        """Positions of the blank cells."""
        return np.flatnonzero(self.absence == Absence.BLANK)

    def mark(self, position: int, note: Note, raw: str) -> None:
        """Say why a cell holds no figure after all."""
        self.value[position] = np.nan
        self.absence[position] = Absence.UNREADABLE
        self.note[position] = NOTES.index(note)
        self.raw[position] = raw


def read_table(index: int, sheet: SheetCells, plan: Plan, layout: Layout) -> Table:
    """Read the figures of a sheet.

    Args:
        index: The sheet's place in the workbook.
        sheet: Its cells.
        plan: Where its figures stand.
        layout: The form.
    """
    cells = sheet.cells
    mark = box_mark(cells, layout, plan.rows.start)
    raw = [cells[r][c] for r, c in zip(plan.row.tolist(), plan.col.tolist(), strict=True)]
    grey = [(r, c, str(cells[r][c])) for r, c in plan.unused if cells[r][c] not in _GREY]
    table = Table(
        index,
        plan,
        np.full(plan.size, np.nan),
        np.zeros(plan.size, np.int8),
        np.zeros(plan.size, np.int8),
        {},
        {},
        grey,
        mark in TICKS,
        "" if mark in TICKS | NO_TICKS else mark,
        outside=list(_outside(cells, plan)),
        labels={} if layout.whole else _labels(cells, plan),
    )
    if set(map(type, raw)) <= _NUMBERS:
        table.value[:] = raw
        fit = np.abs(table.value) <= MOST
        if fit.all():
            return table
    _read_cells(table, raw)
    return table


def _labels(cells: Cells, plan: Plan) -> dict[tuple[int, int], str]:
    places = set(zip(plan.label_row.tolist(), plan.label_col.tolist(), strict=True))
    return {at: shown_label(cells[at[0]][at[1]]) for at in places}


def _outside(cells: Cells, plan: Plan) -> Iterator[OutsideCell]:
    for at in plan.outside:
        cell = cells[at.row][at.col]
        reading = _of_a_commune(_read(cell))
        if reading.absence is not Absence.NOT_APPLICABLE:
            value = float("nan") if reading.value is None else reading.value
            label = str(cells[at.label_row][at.label_col]).strip()
            yield OutsideCell(at, label, value, int(reading.absence), str(cell))


def _read_cells(table: Table, raw: list[Any]) -> None:
    for i, cell in enumerate(raw):
        if type(cell) in _NUMBERS and abs(cell) <= MOST:
            table.value[i] = cell
            continue
        reading = _of_a_commune(_read(cell))
        table.value[i] = np.nan
        table.absence[i] = reading.absence
        if reading.value is not None:
            table.value[i] = reading.value
        if reading.note is not None:
            table.note[i] = NOTES.index(reading.note)
        if cell != "":
            table.raw[i] = str(cell)
        table.has_blanks |= reading.absence == Absence.BLANK
        if reading.readings:
            table.readings[i] = reading.readings


def _read(cell: object) -> Reading:
    """Read a cell; a sign typed for an old font ("kh«ng") is one if it becomes one exactly."""
    reading = read_number(cell)
    if reading.note is Note.NOT_A_NUMBER and isinstance(cell, str):
        meant = [read_number(text) for text in decodings(cell)]
        signs = [one for one in meant if one.note is None]
        return signs[0] if len(signs) == 1 else reading
    return reading


def _of_a_commune(reading: Reading) -> Reading:
    if reading.value is None or abs(reading.value) <= MOST:
        return reading
    return Reading(None, Absence.UNREADABLE, Note.TOO_LARGE)
