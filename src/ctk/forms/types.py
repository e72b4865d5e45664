"""Form layouts: what ties the cells of a table to elements and breakdowns."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Cells = list[list[Any]]
"""The cells of a sheet from A1 on, as the reader gives them; rows of equal length."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line's code or a column's title stands for: an element or a breakdown.

    `index` is a position in the catalogue's elements or breakdowns; None for a heading.
    """

    key: str
    index: int | None


@dataclass(frozen=True, slots=True)
class Axis:
    """One side of a table: its lines (down) or its heads (across).

    Args:
        by: `code` (read in the code column) or `label` (read in the header).
        are: `elements` or `breakdowns`.
        entries: Entries by folded key.
    """

    by: str
    are: str
    entries: dict[str, Entry]


@dataclass(frozen=True, slots=True)
class Layout:
    """A form that ctk can read; recognised by the content of a sheet, never by its name.

    `cover` and `header` map what is sought (unit, period …) to the words that stand before it.
    """

    id: str
    version: int
    title_vi: str
    title_en: str
    source: str
    code_header: str
    lines: Axis
    heads: Axis
    periods: tuple[str, ...]
    min_lines: int = 1
    min_heads: int = 1
    nothing_occurred: str = ""
    cover: dict[str, str] = field(default_factory=dict)
    header: dict[str, str] = field(default_factory=dict)

    def title(self, lang: str) -> str:
        """The form's name."""
        return self.title_vi if lang == "vi" else self.title_en


@dataclass(frozen=True, slots=True)
class Issue:
    """Something odd about a table's shape: a rule id, a cell (from 0) and the text found there."""

    rule: str
    row: int
    col: int
    text: str


@dataclass(frozen=True, eq=False)
class Plan:
    """Where one table's figures stand; equal tables of many workbooks share one plan.

    The arrays have one entry a figure: element and breakdown (positions in the catalogue), row and
    column of the value and of the label (from 0). `unused` are cells of the table's rows and
    columns that the form leaves grey. `missing_heads` are titles that the table lacks and
    `missing_lines` codes, where every period asks all lines.
    """

    layout: str
    element: NDArray[np.int16]
    breakdown: NDArray[np.int8]
    row: NDArray[np.int32]
    col: NDArray[np.int16]
    label_row: NDArray[np.int32]
    label_col: NDArray[np.int16]
    unused: tuple[tuple[int, int], ...]
    issues: tuple[Issue, ...]
    missing_heads: tuple[str, ...]
    missing_lines: tuple[str, ...]

    @cached_property
    def rows(self) -> range:
        """Rows from the first figure to the last."""
        return range(int(self.row.min()), int(self.row.max()) + 1)

    @property
    def size(self) -> int:
        """Number of figures."""
        return len(self.element)
