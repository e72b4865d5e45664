"""Where each figure of a report is printed."""

from __future__ import annotations

from typing import NamedTuple

Slice = tuple[str, str, str, str]


class Printed(NamedTuple):
    """A figure in a cell.

    Args:
        sheet: Name of the sheet.
        row: Row, from 0.
        col: Column, from 0.
        unit: Code of the unit.
        key: Measure or element.
        slice: Sex, age, ethnicity, area.
        partial: Whether it is a sum so far.
        value: What the cell holds.
    """

    sheet: str
    row: int
    col: int
    unit: str
    key: str
    slice: Slice
    partial: bool
    value: float
