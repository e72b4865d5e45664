"""Finds the table of a form on a sheet and ties its cells to figures; pure, no files.

Both orientations are read by the same code: a figure stands where a line (found by its code) meets
a head (found by its title); one of them is an element, the other a breakdown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.forms.types import Issue, Plan
from ctk.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ctk.forms.types import Axis, Cells, Entry, Layout
    from ctk.indicators import Catalogue

MAX_ANCHOR_ROW = 60
"""A table's header is sought in the first rows only; forms have short heads."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The cell that holds the title of the code column (row and column from 0)."""

    row: int
    col: int


def find_anchors(cells: Cells, layout: Layout) -> Iterator[Anchor]:
    """Find the code column's title: as printed first, then however it is accented or spaced.

    The same words may stand above the table, beside the code of a unit, so there can be several.
    """
    title = layout.code_header
    for r, row in enumerate(cells[:MAX_ANCHOR_ROW]):
        if title in row:
            yield Anchor(r, row.index(title))
    folded = fold(title)
    for r, row in enumerate(cells[:MAX_ANCHOR_ROW]):
        for c, value in enumerate(row):
            if isinstance(value, str) and len(value) < 4 * len(title) and fold(value) == folded:
                yield Anchor(r, c)


def code_text(value: object) -> str:
    """A code as text: Excel keeps "100" as the number 100.0 where someone typed it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


class Planner:
    """Makes plans and remembers them: workbooks of one form mostly have the same shape."""

    def __init__(self, layouts: tuple[Layout, ...], catalogue: Catalogue) -> None:
        """Keep the layouts to try, in order."""
        self.layouts = {layout.id: layout for layout in layouts}
        self._catalogue = catalogue
        self._known: dict[Any, list[tuple[Cells, Plan]]] = {}

    def plan(self, cells: Cells) -> Plan | None:
        """Tie a sheet's cells to figures; None if it holds no table of a known form."""
        for title in {layout.code_header for layout in self.layouts.values()}:
            layouts = [layout for layout in self.layouts.values() if layout.code_header == title]
            plans = (self._remembered(cells, a, layouts) for a in find_anchors(cells, layouts[0]))
            plan = next((plan for plan in plans if plan is not None), None)
            if plan is not None:
                return plan
        return None

    def _remembered(self, cells: Cells, anchor: Anchor, layouts: list[Layout]) -> Plan | None:
        codes = tuple([row[anchor.col] for row in cells])
        for head, found in self._known.get((anchor, codes), ()):
            if cells[anchor.row : anchor.row + len(head)] == head:
                return found
        plan, head_rows = self._best(cells, anchor, codes, layouts)
        if plan is not None:  # a table that is not understood must not stand for its likes
            head = cells[anchor.row : anchor.row + head_rows]
            self._known.setdefault((anchor, codes), []).append((head, plan))
        return plan

    def _best(
        self, cells: Cells, anchor: Anchor, codes: tuple[Any, ...], layouts: list[Layout]
    ) -> tuple[Plan | None, int]:
        best: Plan | None = None
        head_rows = 1
        for layout in layouts:
            lines = _find_lines(codes, anchor, layout.lines)
            if len(lines) < layout.min_lines:
                continue
            end = min(lines)
            heads = _find_heads(cells[anchor.row : end], anchor, layout.heads)
            if len(heads) < layout.min_heads:
                continue
            lines = _before_other_header(cells, anchor, lines, heads)
            plan = _Builder(cells, anchor, layout, self._catalogue).build(lines, heads)
            if plan.size and (best is None or plan.size > best.size):
                best, head_rows = plan, end - anchor.row
        return best, head_rows


def _find_lines(codes: tuple[Any, ...], anchor: Anchor, axis: Axis) -> dict[int, Entry]:
    below = range(anchor.row + 1, len(codes))
    pairs = ((r, axis.entries.get(fold(code_text(codes[r])))) for r in below if codes[r] != "")
    return {r: entry for r, entry in pairs if entry is not None}


def _before_other_header(
    cells: Cells, anchor: Anchor, lines: dict[int, Entry], heads: dict[int, tuple[int, Entry]]
) -> dict[int, Entry]:
    """Leave out lines below a second header whose columns are not those of the first."""
    title = cells[anchor.row][anchor.col]
    for r in range(min(lines) + 1, max(lines)):
        if cells[r][anchor.col] == title and any(
            cells[r][c] != cells[anchor.row][c]
            for c, (row, _) in heads.items()
            if row == anchor.row
        ):
            return {line: entry for line, entry in lines.items() if line < r}
    return lines


def _find_heads(header: Cells, anchor: Anchor, axis: Axis) -> dict[int, tuple[int, Entry]]:
    """Map each column to the header row that names it and what it names; lower rows decide."""
    found: dict[int, tuple[int, Entry]] = {}
    for r, row in enumerate(header):
        for c, value in enumerate(row):
            if isinstance(value, str) and value and c != anchor.col:
                entry = axis.entries.get(fold(value))
                if entry is not None:
                    found[c] = (anchor.row + r, entry)
    return found


class _Builder:
    """Builds one plan; split from the search so that each part stays readable."""

    def __init__(self, cells: Cells, anchor: Anchor, layout: Layout, catalogue: Catalogue) -> None:
        self.cells = cells
        self.anchor = anchor
        self.layout = layout
        self.catalogue = catalogue

    def build(self, lines: dict[int, Entry], heads: dict[int, tuple[int, Entry]]) -> Plan:
        figures: list[tuple[int, int, int, int, int, int]] = []
        unused: list[tuple[int, int]] = []
        for r, line in lines.items():
            for c, (head_row, head) in heads.items():
                figure = self._figure(line, head)
                if figure is None:
                    unused.append((r, c))
                else:
                    figures.append((*figure, r, c, *self._label(r, c, head_row)))
        columns = np.array(figures, dtype=np.int32).reshape(-1, 6).T
        return Plan(
            self.layout.id,
            columns[0].astype(np.int16),
            columns[1].astype(np.int8),
            columns[2],
            columns[3].astype(np.int16),
            columns[4],
            columns[5].astype(np.int16),
            tuple(unused),
            tuple(self._unknown_codes(lines)),
            _missing(self.layout.heads, (head for _, head in heads.values())),
            self._missing_lines(lines),
        )

    def _figure(self, line: Entry, head: Entry) -> tuple[int, int] | None:
        if line.index is None or head.index is None:
            return None
        down = self.layout.lines.are == "elements"
        element, breakdown = (line.index, head.index) if down else (head.index, line.index)
        asked = self.catalogue.elements[element].has(self.catalogue.breakdowns[breakdown])
        return (element, breakdown) if asked else None

    def _label(self, row: int, col: int, head_row: int) -> tuple[int, int]:
        if self.layout.lines.are == "breakdowns":
            return head_row, col
        texts = [c for c in range(self.anchor.col) if isinstance(self.cells[row][c], str)]
        filled = [c for c in texts if self.cells[row][c].strip()]
        return row, filled[-1] if filled else self.anchor.col

    def _unknown_codes(self, lines: dict[int, Entry]) -> list[Issue]:
        """Codes between known ones that mean nothing; below the table stand notes, not codes."""
        col = self.anchor.col
        found: list[Issue] = []
        heading = False
        for r in range(min(lines), max(lines) + 1):
            text = code_text(self.cells[r][col])
            if r in lines:
                heading = False
            elif text == self.layout.code_header:
                heading = True  # it stands again where the table was continued, with its numbers
            elif text and not heading:
                found.append(Issue("V208", r, col, text))
        return found

    def _missing_lines(self, lines: dict[int, Entry]) -> tuple[str, ...]:
        """Lines that are elements stand on several sheets and depend on the period: not here."""
        if self.layout.lines.are == "elements":
            return ()
        return _missing(self.layout.lines, lines.values())


def _missing(axis: Axis, found: Iterable[Entry]) -> tuple[str, ...]:
    present = {None, *(entry.index for entry in found)}
    wanted = {entry.index: entry.key for entry in reversed(axis.entries.values())}
    return tuple(key for index, key in reversed(wanted.items()) if index not in present)
