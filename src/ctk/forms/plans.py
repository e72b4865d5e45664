"""Builds a plan: what stands where the rows of a table meet its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.forms.types import Are, Kind, Outside, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctk.forms.heads import Head
    from ctk.forms.lines import Line
    from ctk.forms.types import Cells, Entry, Issue, Layout, Side, TableLayout
    from ctk.indicators import Catalogue

    Cell = tuple[int, int]

STRANGE_ROW, STRANGE_COLUMN = "V251", "V252"
"""The rules that tell rows and columns which a form does not have."""

_OUTSIDE, _NOTHING, _NOT_ASKED = "outside", "nothing", "not asked"


class PlanBuilder:
    """Collects the figures of one table on a sheet, header by header."""

    def __init__(
        self, cells: Cells, layout: Layout, table: TableLayout, catalogue: Catalogue
    ) -> None:
        """Start a plan without figures."""
        self.cells = cells
        self.layout = layout
        self.table = table
        self.catalogue = catalogue
        self.issues: list[Issue] = []
        self._figures: list[tuple[int, int, int, int, int, int]] = []
        self._unused: list[Cell] = []
        self._outside: list[Outside] = []
        self._rows: list[Entry] = []
        self._columns: list[Entry] = []

    def add(self, lines: Mapping[int, Line], heads: Mapping[int, Head]) -> None:
        """Add the figures of some rows below one header.

        Args:
            lines: The rows.
            heads: The columns.
        """
        self._rows += [line.entry for line in lines.values()]
        self._columns += [head.entry for head in heads.values()]
        for r, line in lines.items():
            for c, head in heads.items():
                self._cell(r, c, line, head)

    def add_outside(self, cells: Iterable[Cell], label: Cell) -> None:
        """Add figures of a row that the form does not have."""
        self._outside += [Outside(r, c, *label) for r, c in cells]

    @property
    def is_complete(self) -> bool:
        """Whether enough rows and columns were found, and not more strange ones beside them."""
        rows, columns = (
            len({id(entry) for entry in entries if entry.kind is not Kind.HEADING})
            for entries in (self._rows, self._columns)
        )
        strange_rows = {issue.row for issue in self.issues if issue.rule == STRANGE_ROW}
        strange_columns = {issue.col for issue in self.issues if issue.rule == STRANGE_COLUMN}
        found = rows >= self.table.min_rows and columns >= self.table.min_columns
        return found and len(strange_rows) <= rows and len(strange_columns) <= columns

    def _cell(self, r: int, c: int, line: Line, head: Head) -> None:
        label = (r, line.col) if self.table.elements_down else (head.row, c)
        figure = self._figure(line.entry, head.entry)
        if figure == _NOT_ASKED:
            self._unused.append((r, c))
        elif figure == _OUTSIDE:
            self._outside.append(Outside(r, c, *label))
        elif not isinstance(figure, str):
            self._figures.append((*figure, r, c, *label))

    def _figure(self, row: Entry, column: Entry) -> tuple[int, int] | str:
        kinds = {row.kind, column.kind}
        if Kind.IGNORED in kinds or column.kind is Kind.HEADING:
            return _NOTHING
        if Kind.HEADING in kinds:
            return _NOT_ASKED
        if row.breakdown is None or column.breakdown is None:
            return _NOT_ASKED
        breakdown = row.breakdown or column.breakdown
        if breakdown in row.not_asked | column.not_asked:
            return _NOT_ASKED
        element = column.element if row.element is None else row.element
        crossed = breakdown != (column.breakdown or breakdown)
        if Kind.OUTSIDE in kinds or crossed or element is None:
            return _OUTSIDE
        asked = self.catalogue.elements[element].has(self.catalogue.breakdowns[breakdown])
        return (element, breakdown) if asked or not self.table.whole else _NOT_ASKED

    def plan(self) -> Plan:
        """The plan of what was added."""
        columns = np.array(self._figures, dtype=np.int32).reshape(-1, 6).T
        return Plan(
            self.layout.id,
            columns[0].astype(np.int16),
            columns[1].astype(np.int8),
            columns[2],
            columns[3].astype(np.int16),
            columns[4],
            columns[5].astype(np.int16),
            tuple(self._unused),
            tuple(self.issues),
            _missing(self.table.columns, self._columns),
            () if self.table.whole else _missing(self.table.rows, self._rows),
            tuple(self._outside),
            (self.layout.tables.index(self.table),),
        )


def joined(plans: Sequence[Plan]) -> Plan:
    """Several tables of one form on a sheet as one plan."""
    if len(plans) == 1:
        return plans[0]
    arrays = ("element", "breakdown", "row", "col", "label_row", "label_col")
    lists = ("unused", "issues", "missing_heads", "missing_lines", "outside", "tables")
    together: dict[str, Any] = {
        name: np.concatenate([getattr(plan, name) for plan in plans]) for name in arrays
    }
    together |= {name: tuple(x for plan in plans for x in getattr(plan, name)) for name in lists}
    heads = [plan.head_row for plan in plans]
    return Plan(layout=plans[0].layout, head_row=min(heads), **together)


def _missing(side: Side, found: Iterable[Entry]) -> tuple[str, ...]:
    """Names of the entries with figures that were not found."""
    present = set(map(id, found))
    if side.are is Are.BREAKDOWNS:  # another row or column may say the same slice
        slices = {entry.breakdown for entry in found}
        return tuple(e.name for e in side.wanted if e.breakdown not in slices)
    return tuple(entry.name for entry in side.wanted if id(entry) not in present)
