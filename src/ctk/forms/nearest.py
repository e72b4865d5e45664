"""Which form a sheet that fits none is nearest to, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctk.forms.wording import cell_text, label_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ctk.forms.types import Cells, Entry, Layout, Side, TableLayout

_NAMED = 6
"""So many missing rows or columns are named."""

_LEAST_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Near:
    """A form and how much of it a sheet holds.

    Args:
        form: Its id.
        rows: Rows found.
        all_rows: Rows of the form.
        columns: Columns found.
        all_columns: Columns of the form.
        missing: What was not found, rows first; at most so many that a sentence can hold them.
        sheet: The sheet's place in the workbook.
    """

    form: str
    rows: int
    all_rows: int
    columns: int
    all_columns: int
    missing: tuple[str, ...]
    sheet: int

    @property
    def share(self) -> float:
        """How much of the form the sheet holds."""
        return self.rows / self.all_rows + self.columns / self.all_columns


def nearest(sheets: Sequence[Cells], layouts: Iterable[Layout]) -> Near | None:
    """The form that a workbook comes nearest to; None if it is like none.

    Args:
        sheets: The cells of its sheets.
        layouts: The forms that are known.
    """
    near = [
        _compared(texts, layout, table, place)
        for place, cells in enumerate(sheets)
        for texts in [frozenset(_texts(cells))]
        for layout in layouts
        for table in layout.tables
    ]
    best = max(near, key=lambda one: one.share, default=None)
    return best if best is not None and best.share >= _LEAST_SHARE and best.rows else None


def _texts(cells: Cells) -> Iterator[str]:
    for row in cells:
        for value in row:
            if value != "":
                text = cell_text(value)
                yield label_key(text)
                yield text.casefold()


def _compared(texts: frozenset[str], layout: Layout, table: TableLayout, place: int) -> Near:
    missing_rows, missing_columns = (
        [entry for entry in side.wanted if not _is_there(entry, side, texts)]
        for side in (table.rows, table.columns)
    )
    rows, columns = table.rows.wanted, table.columns.wanted
    named = [entry.name for entry in (*missing_rows[:_NAMED], *missing_columns[:_NAMED])]
    return Near(
        layout.id,
        len(rows) - len(missing_rows),
        max(1, len(rows)),
        len(columns) - len(missing_columns),
        max(1, len(columns)),
        tuple(named),
        place,
    )


def _is_there(entry: Entry, side: Side, texts: frozenset[str]) -> bool:
    if entry.code and entry.code.casefold() in texts:
        return True
    return any(key in texts and side.by_key[key][0] is entry for key in entry.keys)
