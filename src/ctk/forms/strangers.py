"""Rows and columns of a table that its form does not have: told, never taken for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.forms.plans import STRANGE_COLUMN, STRANGE_ROW
from ctk.forms.surroundings import is_note
from ctk.forms.types import Issue
from ctk.forms.wording import cell_text, label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctk.forms.heads import Head
    from ctk.forms.lines import Line, Lines
    from ctk.forms.plans import PlanBuilder
    from ctk.forms.types import Cells

_NUMBERS = (int, float)
_FILLED = 0.3
"""A column is of figures if so many of the rows have a number in it."""


def strange_rows(
    cells: Cells, lines: Lines, heads: Mapping[int, Head], builder: PlanBuilder
) -> None:
    """Keep the figures of rows that the form does not have, and tell each row.

    Args:
        cells: The sheet.
        lines: The rows of the table.
        heads: Its columns.
        builder: Where figures and remarks go.
    """
    last = max(lines.known, default=-1)
    for row, col in sorted(lines.unknown.items()):
        if row > last + 1:
            break  # notes below the table
        figures = [c for c in heads if isinstance(cells[row][c], _NUMBERS)]
        if figures:
            last = max(last, row)
            builder.issues.append(Issue(STRANGE_ROW, row, col, str(cells[row][col]).strip()))
            builder.add_outside(((row, c) for c in figures), (row, col))


def strange_columns(
    cells: Cells,
    lines: Mapping[int, Line],
    heads: Mapping[int, Head],
    header: range,
    known: frozenset[int] = frozenset(),
) -> Iterator[Issue]:
    """Tell columns of figures, or with a title, that stand among those of the form.

    Args:
        cells: The sheet.
        lines: The rows of the table.
        heads: Its columns.
        header: The rows of its header.
        known: Other columns of the form: that of codes, and those that it leaves out.
    """
    if not heads or not lines:
        return
    left = max(line.col for line in lines.values()) + 1
    for col in range(left, max(heads)):
        if col in heads or col in known:
            continue
        titles = [r for r in header if cells[r][col] != ""]
        if any(is_note(label_key(cell_text(cells[r][col]))) for r in titles):
            continue
        filled = sum(isinstance(cells[r][col], _NUMBERS) for r in lines)
        if filled >= _FILLED * len(lines) or (titles and col > min(heads)):
            row = titles[-1] if titles else header.start
            yield Issue(STRANGE_COLUMN, row, col, cell_text(cells[row][col]))
