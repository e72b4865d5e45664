"""Tables whose rows have a code: the code is found wherever its column stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ctk.forms.heads import find_heads
from ctk.forms.lines import Line
from ctk.forms.plans import PlanBuilder
from ctk.forms.strangers import strange_columns
from ctk.forms.types import Issue
from ctk.forms.wording import cell_text
from ctk.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.forms.heads import Head
    from ctk.forms.types import Cells, Layout, Plan, TableLayout
    from ctk.indicators import Catalogue

MAX_ANCHOR_ROW = 60
"""A table's header is sought in the first rows only; forms have short heads."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The cell that holds the title of the code column (row and column from 0)."""

    row: int
    col: int


def find_anchors(cells: Cells, title: str) -> Iterator[Anchor]:
    """Find the code column's title: as printed first, then however it is accented or spaced.

    The same words may stand above the table, beside the code of a unit, so there can be several.
    """
    for r, row in enumerate(cells[:MAX_ANCHOR_ROW]):
        if title in row:
            yield Anchor(r, row.index(title))
    folded = fold(title)
    for r, row in enumerate(cells[:MAX_ANCHOR_ROW]):
        for c, value in enumerate(row):
            if isinstance(value, str) and len(value) < 4 * len(title) and fold(value) == folded:
                yield Anchor(r, c)


def plan_by_code(
    cells: Cells,
    anchor: Anchor,
    codes: tuple[Any, ...],
    layout: Layout,
    table: TableLayout,
    catalogue: Catalogue,
) -> tuple[Plan, int] | None:
    """Tie a table's cells to figures by the codes of its rows.

    Returns:
        The plan and the number of rows of the header; None if it is no table of this form.
    """
    lines = _find_lines(cells, codes, anchor, table)
    if len(lines) < table.min_rows:
        return None
    end = min(lines)
    if _is_another(cells[:end], table):
        return None
    heads = _heads(cells, anchor, end, table)
    if len(heads) < table.min_columns:
        return None
    lines = _before_other_header(cells, anchor, lines, heads)
    builder = PlanBuilder(cells, layout, table, catalogue)
    builder.add(lines, heads)
    builder.issues += _unknown_codes(cells, anchor, lines, table)
    if not table.whole:
        header = range(anchor.row, end)
        builder.issues += strange_columns(cells, lines, heads, header, frozenset((anchor.col,)))
    plan = builder.plan()
    return (plan, end - anchor.row) if plan.size else None


def _is_another(above: Cells, table: TableLayout) -> bool:
    """Whether the titles are those of a form that looks alike."""
    words = {fold(title) for title in table.not_with}
    values = (value for row in above for value in row if words and isinstance(value, str))
    return any(fold(value) in words for value in values)


def _find_lines(
    cells: Cells, codes: tuple[Any, ...], anchor: Anchor, table: TableLayout
) -> dict[int, Line]:
    known = table.rows.by_code
    found: dict[int, Line] = {}
    for r in range(anchor.row + 1, len(codes)):
        if codes[r] != "" and (entry := known.get(cell_text(codes[r]).casefold())):
            found[r] = Line(_label_col(cells, r, anchor.col), entry)
    return found


def _label_col(cells: Cells, row: int, code_col: int) -> int:
    texts = [c for c in range(code_col) if isinstance(cells[row][c], str)]
    filled = [c for c in texts if cells[row][c].strip()]
    return filled[-1] if filled else code_col


def _heads(cells: Cells, anchor: Anchor, end: int, table: TableLayout) -> dict[int, Head]:
    columns = [c for c in range(len(cells[0])) if c != anchor.col]
    return find_heads(cells[anchor.row : end], anchor.row, columns, table.columns)


def _before_other_header(
    cells: Cells, anchor: Anchor, lines: dict[int, Line], heads: dict[int, Head]
) -> dict[int, Line]:
    """Leave out lines below a second header whose columns are not those of the first."""
    title = cells[anchor.row][anchor.col]
    for r in range(min(lines) + 1, max(lines)):
        if cells[r][anchor.col] == title and any(
            cells[r][c] != cells[anchor.row][c]
            for c, head in heads.items()
            if head.row == anchor.row
        ):
            return {line: entry for line, entry in lines.items() if line < r}
    return lines


def _unknown_codes(
    cells: Cells, anchor: Anchor, lines: dict[int, Line], table: TableLayout
) -> list[Issue]:
    """Codes between known ones that mean nothing; below the table stand notes, not codes."""
    found: list[Issue] = []
    heading = False
    for r in range(min(lines), max(lines) + 1):
        text = cell_text(cells[r][anchor.col])
        if r in lines:
            heading = False
        elif text == table.code_title:
            heading = True  # it stands again where the table was continued, with its numbers
        elif text and not heading:
            found.append(Issue("V208", r, anchor.col, text))
    return found
