"""What a form says about itself: which unit, which period, which day the figures are of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ctk.text.fold import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.forms.types import Cells, Layout

HEADER_ROWS = 60
"""Cover and header texts stand in the first rows."""

_YEAR = re.compile(r"\b(20\d\d)\b")
TICKS = frozenset(("x", "v", "✓", "✔", "☑", "☒", "×", "1", "1.0", "true"))
NO_TICKS = frozenset(("", "-", "0", "0.0", "☐", "false"))


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement and the cell it stands in (sheet, row and column from 0)."""

    value: Any
    sheet: int
    row: int
    col: int


def read_cover(cells: Cells, sheet: int, layout: Layout) -> dict[str, Stated]:
    """Read label and value pairs of a cover sheet: the value stands right of its label."""
    wanted = {fold(label): name for name, label in layout.cover.items()}
    found: dict[str, Stated] = {}
    for r, c, text in _texts(cells):
        name = wanted.get(fold(text.removesuffix(":")))
        right = _next_column(cells, c) if name and name not in found else None
        if name and right is not None:
            found[name] = Stated(cells[r][right], sheet, r, right)
    return found


def _next_column(cells: Cells, col: int) -> int | None:
    """The column right of one; a column without any content was inserted by somebody."""
    for right in range(col + 1, len(cells[0])):
        if any(row[right] != "" for row in cells):
            return right
    return None


def read_header(cells: Cells, sheet: int, layout: Layout) -> dict[str, Stated]:
    """Read the block above a form: reporter, receiver, period and the day of the figures."""
    found: dict[str, Stated] = {}
    for r, c, text in _texts(cells):
        folded = fold(text)
        for name, labels in layout.header.items():
            if name not in found and any(folded.startswith(fold(label)) for label in labels):
                found[name] = _after(cells, sheet, r, c)
    return _named(found)


def _texts(cells: Cells) -> Iterator[tuple[int, int, str]]:
    for r, row in enumerate(cells[:HEADER_ROWS]):
        for c, value in enumerate(row):
            if isinstance(value, str) and value.strip():
                yield r, c, value.strip()


def _after(cells: Cells, sheet: int, r: int, c: int) -> Stated:
    """The text after the label's colon, or the cell below it where that is empty."""
    own = str(cells[r][c]).partition(":")[2].strip(" .…")
    if own or r + 1 >= len(cells):
        return Stated(own, sheet, r, c)
    return Stated(str(cells[r + 1][c]).strip(), sheet, r + 1, c)


def _named(found: dict[str, Stated]) -> dict[str, Stated]:
    names = {"unit": "unit_name", "parent": "parent_name", "cut_off": "cut_off"}
    stated = {names[key]: found[key] for key in names if key in found}
    year = found.get("period")
    if year is not None:
        match = _YEAR.search(str(year.value))
        text = match[1] if match else ""
        stated["period"] = Stated(text, year.sheet, year.row, year.col)
    return stated


def box_mark(cells: Cells, layout: Layout, first_line: int) -> str:
    """What stands in a section's "nothing occurred" box, right of its label; in lower case.

    Only rows above the table's first line count: below, the same words are signs in cells.
    """
    if not layout.nothing_occurred:
        return ""
    label = fold(layout.nothing_occurred)
    for r, c, text in _texts(cells[:first_line]):
        if fold(text.removesuffix(":")) == label:
            right = _next_column(cells, c)
            mark = "" if right is None else str(cells[r][right])
            return nfc(mark).strip().casefold()
    return ""
