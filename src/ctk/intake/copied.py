"""Figures that are those of a hidden sheet, which is of another period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctk.forms.titles import read_titles
from ctk.intake.tables import Place, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctk.forms.titles import Title
    from ctk.workbook.book import SheetCells

_MOST = 0.5
"""A form that kept so many of the rows with figures of an earlier one was not filled in anew."""

_LEAST = 5
"""Fewer equal rows may be so by chance."""


def copied(
    shown: Sequence[Table], hidden: Table, sheets: Sequence[SheetCells], titles: Sequence[Title]
) -> Iterator[Place]:
    """Compare the tables of a file with a hidden one that it was not read from.

    Args:
        shown: The tables that count.
        hidden: The one that does not.
        sheets: The sheets of the file.
        titles: What the sheets that count say of themselves.
    """
    theirs = read_titles(sheets[hidden.sheet].cells, hidden.sheet, hidden.plan.body, set())
    other = _period(theirs)
    if not other or other == _period(titles):
        return
    before = _rows(hidden)
    for table in shown:
        now = _rows(table)
        filled = [key for key, row in now.items() if any(value for _, value in row)]
        same = [key for key in filled if before.get(key) == now[key]]
        if len(same) >= _LEAST and len(same) >= _MOST * len(filled):
            params = (
                ("same", len(same)),
                ("count", len(filled)),
                ("hidden", sheets[hidden.sheet].name),
                ("other", other),
            )
            yield Place("V257", table.sheet, params=params)


def _period(titles: Sequence[Title]) -> str:
    stated = {str(said.value) for kind, said in titles if kind == "period"}
    return stated.pop() if len(stated) == 1 else ""


def _rows(table: Table) -> dict[int, tuple[tuple[int, float], ...]]:
    """The figures of each element, as breakdown and value."""
    found: dict[int, list[tuple[int, float]]] = {}
    known = ~np.isnan(table.value)
    columns = (table.plan.element, table.plan.breakdown, table.value)
    for element, breakdown, value in zip(*(c[known].tolist() for c in columns), strict=True):
        found.setdefault(element, []).append((breakdown, value))
    return {element: tuple(sorted(row)) for element, row in found.items()}
