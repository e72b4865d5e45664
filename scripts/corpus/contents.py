"""What can stand in a cell of a corpus workbook beyond numbers, texts and days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sample_workbooks import ErrorValue


class Formula(NamedTuple):
    """A formula and the result that was stored with it; None: none was stored."""

    text: str
    value: float | str | None


class Percent(NamedTuple):
    """A number that the cell shows as a percentage."""

    value: float


class Shown(NamedTuple):
    """A number with a number format of its own."""

    value: float
    number_format: str


Typed = bool | int | float | str | date | ErrorValue | Formula | Percent | Shown | None
Grid = list[list[Typed]]


@dataclass
class Around:
    """What a workbook has besides the contents of its cells; sheets by their first name.

    Args:
        merged: Areas whose cells were merged.
        hidden_rows: Rows (from 1) that are hidden.
        hidden_columns: Columns (letters) that are hidden.
        comments: Comments by cell.
        renamed: Other names of sheets.
        further: Sheets that the form does not have.
        hidden: Names of sheets that are hidden.
        dropped: Sheets that were deleted.
        font: The font of all texts.
        encode: How that font needs them to be typed.
    """

    merged: list[tuple[str, str]] = field(default_factory=list)
    hidden_rows: list[tuple[str, int]] = field(default_factory=list)
    hidden_columns: list[tuple[str, str]] = field(default_factory=list)
    comments: dict[tuple[str, str], str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    further: dict[str, Grid] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    font: str = "Times New Roman"
    encode: Callable[[str], str] = str
