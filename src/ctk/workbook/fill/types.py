"""What a template's cells hold and what is put into them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

Value = float | str | tuple[str, ...] | None
"""A number, a text, a text in the formats of the template's runs, or an empty cell."""


class Step(NamedTuple):
    """One turn of one loop over rows."""

    block: int
    turn: int


Path = tuple[Step, ...]
"""The turns of the loops that a row stands in, from the outermost on."""


class Placed(NamedTuple):
    """A row of the filled sheet: the template's row, from 0, and the turns that it belongs to."""

    source: int
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of the template, from 0, that are repeated."""

    first: int
    last: int

    def __contains__(self, row: object) -> bool:
        return isinstance(row, int) and self.first <= row <= self.last


@dataclass(frozen=True, slots=True)
class CellText:
    """A text with placeholders.

    Args:
        runs: Its parts of one format each; of a plain text one.
        percent: Whether the cell shows a number as per cent.
        general: Whether the cell has no number format of its own.
    """

    runs: tuple[str, ...]
    percent: bool = False
    general: bool = True

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.runs)


@dataclass(frozen=True, slots=True)
class SheetFill:
    """What becomes of one sheet.

    Args:
        blocks: Rows that are repeated.
        rows: All rows of the filled sheet up to the end of the last block.
        values: What to put into cells, by row and column of the filled sheet, from 0.
    """

    blocks: tuple[Block, ...] = ()
    rows: tuple[Placed, ...] = ()
    values: dict[tuple[int, int], Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a template from being filled: a code of `own.problem`, where, and what."""

    code: str
    found: str
    sheet: str
    cell: str = ""


class CannotShiftError(Exception):
    """Rows cannot be repeated without something else pointing to a wrong place."""

    def __init__(self, code: str, found: str) -> None:
        super().__init__(code)
        self.code = code
        self.found = found
