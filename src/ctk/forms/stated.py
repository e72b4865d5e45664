"""What a form says about itself: which unit, which period, which day the figures are of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ctk.forms.said import Stated
from ctk.forms.titles import name_filled_in, period_in_words, says_something_else
from ctk.text.fold import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.forms.types import Cells, Layout

HEADER_ROWS = 60
"""Cover and header texts stand in the first rows."""

_YEAR = re.compile(r"\b(20\d\d)\b")
TICKS = frozenset(("x", "v", "✓", "✔", "☑", "☒", "×", "1", "1.0", "true"))
NO_TICKS = frozenset(("", "-", "0", "0.0", "☐", "false"))


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
            fitting = [label for label in labels if folded.startswith(fold(label))]
            if fitting and name not in found:
                found[name] = _after(cells, sheet, r, c, fitting[0])
    return _named(found)


def _texts(cells: Cells) -> Iterator[tuple[int, int, str]]:
    for r, row in enumerate(cells[:HEADER_ROWS]):
        for c, value in enumerate(row):
            if isinstance(value, str) and value.strip():
                yield r, c, value.strip()


def _after(cells: Cells, sheet: int, r: int, c: int, label: str) -> Stated:
    """The text after a label, or the cell below it where nothing but dots is there."""
    text = str(cells[r][c])
    rest = text.partition(":")[2] if ":" in text else " ".join(text.split()[len(label.split()) :])
    own = rest.strip(" .…")
    if rest.strip() or r + 1 >= len(cells):
        return Stated(own, sheet, r, c)
    below = str(cells[r + 1][c]).strip()
    if says_something_else(below):
        return Stated("", sheet, r, c)
    return Stated(below, sheet, r + 1, c)


def _named(found: dict[str, Stated]) -> dict[str, Stated]:
    names = {"unit": "unit_name", "parent": "parent_name", "cut_off": "cut_off"}
    stated = {names[key]: found[key] for key in names if key in found}
    if unit := stated.get("unit_name"):
        stated["unit_name"] = replace(unit, value=name_filled_in(str(unit.value)))
    if period := found.get("period"):
        text = str(period.value)
        year = _YEAR.search(text)
        said = period_in_words(fold(text)) or (year[1] if year else "")
        stated["period"] = replace(period, value=said)
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
