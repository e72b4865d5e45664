"""A sheet as the search for tables looks at it: cells, and what merged cells cover."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ctk.text.fold import nfc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.forms.types import Cells

    Span = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet of an example.

    Args:
        name: Its name.
        cells: Its cells from A1 on.
        merged: Merged areas: first row and column, last row and column, from 0.
    """

    name: str
    cells: Cells
    merged: Sequence[Span] = ()

    @cached_property
    def origin(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each cell of a merged area the cell that holds its content."""
        return {
            (r, c): (first_row, first_col)
            for first_row, first_col, last_row, last_col in self.merged
            for r in range(first_row, last_row + 1)
            for c in range(first_col, last_col + 1)
        }

    @cached_property
    def last_rows(self) -> dict[tuple[int, int], int]:
        """The last row of each merged area, by its first cell."""
        return {(r, c): last for r, c, last, _ in self.merged}

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.cells)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.cells[0]) if self.cells else 0

    def value(self, row: int, col: int) -> Any:  # noqa: ANN401  (a cell holds anything)
        """What a cell itself holds."""
        return self.cells[row][col] if row < self.height and col < self.width else ""

    def text(self, row: int, col: int) -> str:
        """The text of a cell itself, on one line; empty for numbers."""
        value = self.value(row, col)
        return " ".join(nfc(value).split()) if isinstance(value, str) else ""

    def shown(self, row: int, col: int) -> str:
        """The text that is seen at a cell: that of the merged area it belongs to."""
        return self.text(*self.origin.get((row, col), (row, col)))

    def is_number(self, row: int, col: int) -> bool:
        """Tell whether a cell holds a number."""
        value = self.value(row, col)
        return isinstance(value, (int, float)) and not isinstance(value, bool)
