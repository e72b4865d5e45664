"""Rows of an office's form that stand twice with the same figures: counted once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ctk.intake.tables import OutsideCell, Place, Table
from ctk.model import Absence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ctk.indicators import Catalogue
    from ctk.workbook.book import SheetCells


def drop_repeated(table: Table, sheet: SheetCells) -> list[Place]:
    """Leave out rows whose figures all stand the same in another row, and tell each.

    Args:
        table: The figures of a sheet; the repeated ones are taken out of it.
        sheet: Its sheet.
    """
    places = _drop_outside(table)
    plan = table.plan
    keys = plan.element.astype(np.int64) * 1000 + plan.breakdown
    if len(np.unique(keys)) == len(keys):
        return places
    lines = plan.col if plan.turned else plan.row
    of_line = {line: _figures(table, keys, lines == line) for line in np.unique(lines).tolist()}
    dropped = np.zeros(len(keys), np.bool_)
    for line, figures in of_line.items():
        earlier = (at for at, other in of_line.items() if at < line and other == figures)
        first = next(earlier, -1)
        if first >= 0 and not dropped[lines == first].all():
            dropped |= lines == line
            at = int(np.flatnonzero(lines == line)[0])
            row, col = int(plan.label_row[at]), int(plan.label_col[at])
            params = (("text", str(sheet.cells[row][col]).strip()), ("line", first + 1))
            places.append(Place("V254", table.sheet, row, col, params))
    keep_figures(table, ~dropped)
    return places


def _drop_outside(table: Table) -> list[Place]:
    """Leave out rows outside the catalogue that repeat the row before."""
    rows: dict[tuple[int, int], list[OutsideCell]] = {}
    for each in table.outside:
        rows.setdefault((each.at.label_row, each.at.label_col), []).append(each)
    places = []
    for (row, col), cells in rows.items():
        said = [(each.label, each.at.col, each.raw) for each in cells]
        before = [(each.label, each.at.col, each.raw) for each in rows.get((row - 1, col), ())]
        if said == before and any(each.raw for each in cells):
            table.outside = [each for each in table.outside if each not in cells]
            params = (("text", cells[0].label), ("line", row))
            places.append(Place("V254", table.sheet, row, col, params))
    return places


def _figures(
    table: Table, keys: NDArray[np.int64], of_line: NDArray[np.bool_]
) -> Mapping[int, tuple[float | None, int]]:
    found = {}
    for at in np.flatnonzero(of_line).tolist():
        value = float(table.value[at])
        found[int(keys[at])] = (None if value != value else value, int(table.absence[at]))
    return found


def drop_not_asked(table: Table, catalogue: Catalogue) -> None:
    """Take out what neither the catalogue asks nor the file fills in: it was not asked.

    A form may ask more breakdowns of an element than the catalogue; where it prints `x` in them,
    nobody misses a figure.
    """
    plan = table.plan
    empty = table.absence == Absence.NOT_APPLICABLE
    for at in np.flatnonzero(empty).tolist():
        element = catalogue.elements[int(plan.element[at])]
        empty[at] = not element.has(catalogue.breakdowns[int(plan.breakdown[at])])
    keep_figures(table, ~empty)


def keep_figures(table: Table, keep: NDArray[np.bool_]) -> None:
    """Take figures out of a table.

    Args:
        table: The table, which has a plan of its own afterwards.
        keep: Which figures stay.
    """
    if keep.all():
        return
    plan = table.plan
    arrays = ("element", "breakdown", "row", "col", "label_row", "label_col")
    table.plan = replace(plan, **{name: getattr(plan, name)[keep] for name in arrays})
    for name in ("value", "absence", "note"):
        setattr(table, name, getattr(table, name)[keep])
    place = {old: new for new, old in enumerate(np.flatnonzero(keep).tolist())}
    table.raw = {place[i]: text for i, text in table.raw.items() if i in place}
    table.readings = {place[i]: found for i, found in table.readings.items() if i in place}
    table.sums = {place[i]: found for i, found in table.sums.items() if i in place}
