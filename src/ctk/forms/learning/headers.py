"""The head of a table: its rows, the titles of its columns, which column is what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ctk.forms.learning.columns import (
    CODE,
    LABEL,
    NOTE,
    ORDER,
    OTHER,
    UNIT,
    role,
    slice_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.forms.learning.sheets import Sheet

_NUMBERED = re.compile(r"\(?\s*(?:[A-Za-zĐđ]|\d{1,2})\s*\)?(?:\s*=.*)?")
_SIGNS = frozenset(("x", "-", "…", "...", "0"))
_MOST_ROWS = 8
_ASIDE_ROLES = (ORDER, CODE, UNIT, NOTE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table by its titles, from the top, and the cell of the lowest one."""

    col: int
    titles: tuple[str, ...]
    cell: tuple[int, int]
    role: str | None = None

    @property
    def title(self) -> str:
        """The lowest title."""
        return self.titles[-1] if self.titles else ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table.

    Args:
        first: Its first row.
        body: The first row below it.
        label: The column of the labels.
        columns: All other columns that have a title.
        label_title: What stands above the labels.
    """

    first: int
    body: int
    label: int
    columns: tuple[Column, ...]
    label_title: str

    def of_role(self, wanted: str) -> int | None:
        """The first column of a role."""
        return next((each.col for each in self.columns if each.role == wanted), None)

    @property
    def figures(self) -> tuple[Column, ...]:
        """The columns that may hold figures."""
        return tuple(each for each in self.columns if each.role not in _ASIDE_ROLES)

    def same_as(self, other: Head) -> bool:
        """Tell whether this is the head of the same table, printed again on the next page."""
        mine, theirs = ({(c.col, c.titles) for c in head.columns} for head in (self, other))
        return self.label == other.label and mine == theirs


def find_heads(sheet: Sheet) -> list[Head]:
    """Find the heads of all tables of a sheet, from the top."""
    found: list[Head] = []
    row = 0
    while row < sheet.height:
        head = _head_at(sheet, row)
        if head is None:
            row += 1
        else:
            found.append(head)
            row = max(head.body, row + 1)
    return found


def _head_at(sheet: Sheet, row: int) -> Head | None:
    texts = {c: sheet.text(row, c) for c in range(sheet.width)}
    filled = {c: text for c, text in texts.items() if text}
    if len(filled) < 2 or any(sheet.is_number(row, c) for c in range(sheet.width)):
        return None
    roles = {c: role(text) for c, text in filled.items()}
    body = _body_row(sheet, row, filled)
    telling = {c for c in filled if roles[c]} | {
        c for r in range(row, body) for c in range(sheet.width) if slice_of(sheet.text(r, c))
    }
    anchors = [c for c, one in roles.items() if one in (LABEL, ORDER)]
    if len(telling) < 2 or not (anchors or len(telling) > 2):
        return None
    label = _label_column(sheet, body, [c for c, one in roles.items() if one == LABEL], roles)
    if label is None:
        return None
    title = sheet.shown(row, label)
    return Head(row, body, label, tuple(_columns(sheet, row, body, label)), title)


def _body_row(sheet: Sheet, row: int, filled: dict[int, str]) -> int:
    """The first row below the head that begins in a row."""
    labels = [c for c, text in filled.items() if role(text) == LABEL] or [min(filled)]
    last = max(sheet.last_rows.get((row, c), row) for c in filled)
    end = row
    for r in range(row + 1, min(row + _MOST_ROWS, sheet.height)):
        if is_numbering(sheet, r):
            return r + 1
        if r <= last or _continues(sheet, r, labels[0]):
            end = r
        elif any(sheet.value(r, c) != "" for c in range(sheet.width)):
            break
    return end + 1


def _continues(sheet: Sheet, row: int, label: int) -> bool:
    """Tell whether a row belongs to a head: it has titles right of the labels and no label."""
    own = sheet.shown(row, label)
    if own and sheet.text(row, label) and role(own) != UNIT:
        return False
    right = [sheet.value(row, c) for c in range(label + 1, sheet.width)]
    texts = [v for v in right if isinstance(v, str) and v.strip()]
    if any(isinstance(v, (int, float)) for v in right):
        return False
    return bool(texts) and any(text.strip().lower() not in _SIGNS for text in texts)


def is_numbering(sheet: Sheet, row: int) -> bool:
    """Tell whether a row numbers the columns: A, B, 1, 2, 3."""
    values = [v for v in sheet.cells[row] if v != ""]
    texts = [str(int(v)) if isinstance(v, float) and v.is_integer() else str(v) for v in values]
    if len(texts) < 2 or not all(_NUMBERED.fullmatch(text.strip()) for text in texts):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    rising = all(a < b <= a + 2 for a, b in pairwise(numbers))
    return (
        bool(numbers)
        and numbers[0] in (1, 2, 3, 4)
        and rising
        and (len(texts) > 2 or numbers[0] == 1)
    )


def _label_column(
    sheet: Sheet, body: int, named: list[int], roles: dict[int, str | None]
) -> int | None:
    """The column with most texts below, of those headed as labels if any are."""
    if len(named) == 1:
        return named[0]
    columns = named or [c for c in range(sheet.width) if roles.get(c) not in _ASIDE_ROLES]
    below = range(body, min(body + 60, sheet.height))
    counts = {c: sum(len(sheet.text(r, c)) > 1 for r in below) for c in columns}
    best = max(counts, key=lambda c: (counts[c], -c), default=None)
    return best if best is not None and counts[best] else None


def _columns(sheet: Sheet, first: int, body: int, label: int) -> Iterator[Column]:
    rows = [r for r in range(first, body) if not is_numbering(sheet, r)]
    rows = [r for r in rows if role(sheet.text(r, label)) != UNIT or r == first]
    for c in range(sheet.width):
        seen = [(_title(sheet, rows, r, c), r) for r in rows]
        titles: list[str] = []
        cell = (first, c)
        for text, r in seen:
            if text and (not titles or titles[-1] != text):
                titles.append(text)
                cell = sheet.origin.get((r, c), (r, c))
        if titles and c != label:
            yield Column(c, tuple(titles), cell, _role(tuple(titles)))


def _title(sheet: Sheet, rows: list[int], row: int, col: int) -> str:
    own = sheet.shown(row, col)
    if own or (row, col) in sheet.origin or row == rows[-1]:
        return own
    below = [r for r in rows if r > row]
    if not any(sheet.text(r, col) for r in below):
        return ""
    # A title over several columns that nobody merged: it stands above the first of them.
    for left in range(col - 1, -1, -1):
        text = sheet.shown(row, left)
        if text:
            spans = any(sheet.text(r, left) for r in below) and (row, left) not in sheet.origin
            return text if spans else ""
        if not any(sheet.text(r, left) for r in below):
            return ""
    return ""


def _role(titles: tuple[str, ...]) -> str | None:
    lowest = role(titles[-1])
    if lowest in _ASIDE_ROLES:
        return lowest
    if any(role(title) == OTHER for title in titles):
        return OTHER
    return NOTE if role(titles[0]) == NOTE else None
