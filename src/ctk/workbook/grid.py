"""Cells put at addresses, for formats that list them with gaps and spans."""

from __future__ import annotations

import re
from typing import Any

from ctk.errors import UnreadableError
from ctk.workbook.book import Merge, SheetCells

MAX_CELLS = 4_000_000
"""The used area of a sheet; a form has some thousands."""

_ROWS, _COLUMNS = 2**20, 2**14
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")


def plain_or_text(text: str) -> float | str:
    """A whole number that can be read in one way only, else the text as it stands."""
    return float(text) if _PLAIN.fullmatch(text) else text


class Grid:
    """One sheet that is being filled."""

    def __init__(self, name: str) -> None:
        """Start an empty sheet."""
        self.name = name
        self._cells: dict[tuple[int, int], Any] = {}
        self._merged: list[Merge] = []

    def __bool__(self) -> bool:
        return bool(self._cells)

    def put(self, row: int, col: int, value: object, down: int = 0, across: int = 0) -> None:
        """Put a value at a cell, which may reach some rows down and columns across.

        Raises:
            UnreadableError: No sheet has such an address, or there are more cells than in any form.
        """
        if not (0 <= row < _ROWS and 0 <= col < _COLUMNS) or len(self._cells) > MAX_CELLS:
            raise UnreadableError("sheet_too_large", sheet=self.name)
        if value not in ("", None):
            self._cells[row, col] = value
        if (down or across) and len(self._merged) < MAX_CELLS:
            self._merged.append(Merge(row, col, row + down, col + across))

    def sheet(self, *, hidden: bool = False) -> SheetCells:
        """The sheet as rows of equal length.

        Raises:
            UnreadableError: Its used area is larger than any form's.
        """
        height = max((row for row, _ in self._cells), default=-1) + 1
        width = max((col for _, col in self._cells), default=-1) + 1
        if height * width > MAX_CELLS:
            raise UnreadableError("sheet_too_large", sheet=self.name)
        rows: list[list[Any]] = [[""] * width for _ in range(height)]
        for (row, col), value in self._cells.items():
            rows[row][col] = value
        return SheetCells(self.name, rows, hidden, tuple(self._merged))
