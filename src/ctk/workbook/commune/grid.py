"""Where things stand on a data sheet, in rows and columns from 0, and how high a row must be."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.indicators import Breakdown

LABEL, CODE, UNIT, FIRST_VALUE = range(4)
TITLE_ROWS = 3
BOX_ROW, GROUP_ROW, HEADER_ROW, NUMBER_ROW, FIRST_ROW = range(TITLE_ROWS, TITLE_ROWS + 5)

LABEL_WIDTH, CODE_WIDTH, UNIT_WIDTH = 45, 12, 10
TOTAL_WIDTH, PART_WIDTH, RATE_WIDTH, HELP_WIDTH = 12.5, 11, 14, 46

_POINTS = 15.6
_PADDING = 3.0
# Characters of Times New Roman that fit into one unit of column width, on the safe side.
_PER_WIDTH = 1.0
_PER_WIDTH_BOLD = 0.93
_PER_WIDTH_SMALL = 1.13


class Columns(NamedTuple):
    """Positions of the columns that follow the breakdowns."""

    rate: int
    help: int


def columns(breakdowns: Sequence[Breakdown]) -> Columns:
    """Place the rate and help columns right of the breakdowns."""
    rate = FIRST_VALUE + len(breakdowns)
    return Columns(rate, rate + 1)


class Group(NamedTuple):
    """A run of neighbouring columns of one dimension (None: the total)."""

    dimension: str | None
    first: int
    last: int


def groups(breakdowns: Sequence[Breakdown]) -> tuple[Group, ...]:
    """Find the runs of columns that share one dimension."""
    runs = []
    col = FIRST_VALUE
    for dimension, members in groupby(breakdowns, key=_dimension_name):
        size = len(list(members))
        runs.append(Group(dimension, col, col + size - 1))
        col += size
    return tuple(runs)


def _dimension_name(breakdown: Breakdown) -> str | None:
    return breakdown.dimension.split("=")[0] if breakdown.dimension else None


def column_numbers(breakdowns: Sequence[Breakdown]) -> tuple[str, ...]:
    """Give the texts of the numbered row: letters, and (1) with its arithmetic, (2), (3).

    Sexes and age groups make up the total; a single column (a minority) is only a part of it.
    """
    sums = [
        "+".join(f"({col - FIRST_VALUE + 1})" for col in range(group.first, group.last + 1))
        for group in groups(breakdowns)
        if group.dimension and group.last > group.first
    ]
    # Broken before the second sum so that the total's column need not be wide.
    total = "\n".join(f"{'(1)' if i == 0 else ''}={text}" for i, text in enumerate(sums)) or "(1)"
    numbers = (f"({n})" for n in range(2, len(breakdowns) + 2))
    return ("(A)", "(B)", "(C)", total, *numbers, "(D)")


def lines(text: str, width: float, *, bold: bool = False, small: bool = False) -> int:
    """Estimate how many lines a wrapped text takes in a column."""
    factor = _PER_WIDTH_SMALL if small else _PER_WIDTH_BOLD if bold else _PER_WIDTH
    fits = int(width * factor)
    return max(1, sum(len(textwrap.wrap(line, fits)) for line in text.splitlines()))


def height(line_count: int) -> float:
    """Height in points of a row of wrapped text."""
    return line_count * _POINTS + _PADDING
