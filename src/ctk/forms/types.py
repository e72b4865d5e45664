"""Form layouts: what ties the cells of a table to elements and breakdowns."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ctk.forms.wording import label_key
from ctk.text.fold import fold

Cells = list[list[Any]]
"""The cells of a sheet from A1 on, as the reader gives them; rows of equal length."""


class Kind(StrEnum):
    """What a row or column holds: figures of the catalogue, none, others, or of another time."""

    FIGURES = "figures"
    HEADING = "heading"
    OUTSIDE = "outside"
    IGNORED = "ignored"


class Are(StrEnum):
    """What one side of a table stands for."""

    ELEMENTS = "elements"
    BREAKDOWNS = "breakdowns"


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What a row or column stands for; compared by identity, as wordings may repeat.

    Args:
        label: Its wording on the form.
        kind: Whether it holds figures, and whose.
        element: Position in the catalogue's elements; None where the other side says it.
        breakdown: Position in the catalogue's breakdowns, 0 for the total; None where the
            catalogue has no such slice (an office's own age groups).
        code: Its code, where the form has a column of codes.
        variants: Other wordings that mean the same.
        under: Entries to which it belongs, the outermost first.
        not_asked: Breakdowns that the form leaves out for it.
        unit: The unit that the form prints.
        number: The number that the form prints before it.
    """

    label: str
    kind: Kind = Kind.FIGURES
    element: int | None = None
    breakdown: int | None = 0
    code: str = ""
    variants: tuple[str, ...] = ()
    under: tuple[Entry, ...] = ()
    not_asked: frozenset[int] = frozenset()
    unit: str = ""
    number: str = ""

    @property
    def name(self) -> str:
        """What people call it: its code, else its wording."""
        return self.code or self.label

    @property
    def keys(self) -> tuple[str, ...]:
        """All its wordings as they are compared."""
        keys = [*map(label_key, (self.label, *self.variants))]
        coded = [f"{key} {fold(self.code)}" for key in keys] if self.code else []
        return tuple(dict.fromkeys(keys + coded))


@dataclass(frozen=True, eq=False)
class Side:
    """The rows or the columns of a table.

    Args:
        are: What they stand for.
        entries: What is declared, in the order of the form.
    """

    are: Are
    entries: tuple[Entry, ...]

    @cached_property
    def by_key(self) -> dict[str, tuple[Entry, ...]]:
        """Entries by their wordings; several where `under` tells them apart."""
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            for key in entry.keys:
                found[key] = (*found.get(key, ()), entry)
        return found

    @cached_property
    def by_code(self) -> dict[str, Entry]:
        """Entries by their code, in lower case."""
        return {entry.code.casefold(): entry for entry in self.entries if entry.code}

    @cached_property
    def wanted(self) -> tuple[Entry, ...]:
        """Entries that hold figures of the catalogue."""
        return tuple(e for e in self.entries if e.kind is Kind.FIGURES and e.breakdown is not None)


@dataclass(frozen=True, eq=False)
class TableLayout:
    """One table of a form.

    Args:
        rows: What its rows stand for.
        columns: What its columns stand for.
        name: What people call it.
        code_title: Title of the column of codes; empty: rows are found by their wording.
        row_titles: What stands above the row labels.
        titles: Words of a title above it, a hint.
        sheets: Names of its sheet, a hint.
        ends: Words that end it.
        min_rows: Rows that must be found.
        min_columns: Columns that must be found.
        whole: Whether its rows are all elements of the catalogue, so that the period says which.
        not_with: Titles of a form that looks alike and is not this one: rates, where this counts.
    """

    rows: Side
    columns: Side
    name: str = ""
    code_title: str = ""
    row_titles: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    min_rows: int = 1
    min_columns: int = 1
    whole: bool = False
    not_with: tuple[str, ...] = ()

    @property
    def elements_down(self) -> bool:
        """Tell whether rows are elements; else columns are."""
        return self.rows.are is Are.ELEMENTS


@dataclass(frozen=True, eq=False)
class Layout:
    """A form that ctk can read; recognised by the content of a sheet, never by its name.

    `cover` and `header` map what is sought (unit, period …) to the words that stand before it.
    `file` is the office's own file that it was read from; empty for those that come with ctk.
    """

    id: str
    version: int
    title_vi: str
    tables: tuple[TableLayout, ...]
    periods: tuple[str, ...]
    title_en: str = ""
    source: str = ""
    family: str = ""
    nothing_occurred: str = ""
    titles: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    cover: dict[str, str] = field(default_factory=dict)
    header: dict[str, tuple[str, ...]] = field(default_factory=dict)
    file: str = ""

    def title(self, lang: str) -> str:
        """The form's name."""
        return self.title_vi if lang == "vi" or not self.title_en else self.title_en

    @property
    def whole(self) -> bool:
        """Whether it asks what the catalogue asks in a period."""
        return any(table.whole for table in self.tables)

    @cached_property
    def elements(self) -> frozenset[int]:
        """Positions of the elements that it asks."""
        sides = (side for table in self.tables for side in (table.rows, table.columns))
        return frozenset(e.element for side in sides for e in side.wanted if e.element is not None)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something odd about a table's shape: a rule id, a cell (from 0) and the text found there.

    Where the text is what was meant, `typed` is what stands in the cell.
    """

    rule: str
    row: int
    col: int
    text: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """A cell with a figure that no element covers, and its label (rows and columns from 0)."""

    row: int
    col: int
    label_row: int
    label_col: int

    def turned(self) -> Outside:
        """The same in a table whose rows are columns."""
        return Outside(self.col, self.row, self.label_col, self.label_row)


@dataclass(frozen=True, eq=False)
class Plan:
    """Where the figures of a sheet stand; equal tables of many workbooks share one plan.

    The arrays have one entry a figure: element and breakdown (positions in the catalogue), row and
    column of the value and of the label (from 0). `unused` are cells of the table's rows and
    columns that the form leaves grey, `outside` those of figures outside the catalogue.
    `missing_heads` are titles that the table lacks and `missing_lines` codes or labels, where every
    period asks all lines. `tables` are positions of the layout's tables, and `turned` tells that
    the rows were found as columns; `head_row` is the first row of the header, where that is known.
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
    outside: tuple[Outside, ...] = ()
    tables: tuple[int, ...] = (0,)
    turned: bool = False
    head_row: int = -1

    @cached_property
    def rows(self) -> range:
        """Rows from the first figure to the last."""
        return range(int(self.row.min()), int(self.row.max()) + 1)

    @property
    def body(self) -> range:
        """Rows from the header to the last figure: what is written there are no titles."""
        return range(self.head_row, self.rows.stop) if self.head_row >= 0 else self.rows

    @property
    def size(self) -> int:
        """Number of figures."""
        return len(self.element)
