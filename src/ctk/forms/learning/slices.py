"""The side of a table that says how figures are broken down: columns mostly, lines of a matrix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctk.forms.learning.columns import OTHER, Slice, breakdown_index, whole_slice
from ctk.forms.learning.entries import Entry, EntryKind
from ctk.forms.learning.outline import Item, outline
from ctk.forms.wording import begins_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.forms.learning.joining import Head, Joined
    from ctk.indicators import Catalogue

_YEAR = re.compile(r"\b(20\d\d)\b")
YEAR = "{year}"


def lies_across(joined: Joined) -> bool:
    """Tell whether the elements of a table are its columns: its lines are sexes and ages then."""
    rows = [
        whole_slice([row.line.label.strip()]) is not None
        for r, row in enumerate(joined.rows)
        if joined.has_figures(r)
    ]
    columns = [
        head.column.role == OTHER or whole_slice(head.column.titles) is not None
        for head in joined.heads
    ]
    return _share(rows) > _share(columns)


def _share(found: list[bool]) -> float:
    return sum(found) / len(found) if found else 0.0


def column_slices(joined: Joined, catalogue: Catalogue) -> list[Entry]:
    """The columns of a table whose lines are elements."""
    found = [whole_slice(h.column.titles) if h.column.role != OTHER else None for h in joined.heads]
    alone = sum(head.column.role != OTHER for head in joined.heads) == 1
    years = [_year(head.column.titles) for head in joined.heads]
    last = max((year for year in years if year), default=0)
    entries: list[Entry] = []
    for i, (head, slice_) in enumerate(zip(joined.heads, found, strict=True)):
        if head.column.role != OTHER and slice_ is None and alone:
            slice_ = Slice(total=True)
        old = bool(years[i]) and years[i] < last
        others = [one for one in found if one is not None]
        index = breakdown_index(slice_, catalogue, others) if slice_ and not old else None
        empty = all(table[r][i] == "" for table in joined.values for r in range(len(table)))
        known = head.column.role == OTHER or old or _is_combined(slice_)
        sure = index is not None or known or empty
        entries.append(_column(head, index, sure=sure))
    return _once(entries)


def _is_combined(found: Slice | None) -> bool:
    """Girls of ethnic minorities: understood, but the Circular has no such figure."""
    return found is not None and found.dimensions > 1


def _column(head: Head, index: int | None, *, sure: bool) -> Entry:
    titles = tuple(anonymous(title) for title in head.column.titles)
    kind = EntryKind.IGNORED if index is None else EntryKind.BREAKDOWN
    reasons = () if sure else ("words",)
    return Entry(titles[-1], kind, head.place, index, float(sure), sure,
                 reasons=reasons, above=titles[:-1])  # fmt: skip


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """Of several columns of one breakdown the first one is read; the others are to be asked."""
    seen: set[int] = set()
    found: list[Entry] = []
    for entry in entries:
        again = entry.kind is EntryKind.BREAKDOWN and entry.index in seen
        if entry.index is not None:
            seen.add(entry.index)
        if again:
            entry = Entry(entry.label, EntryKind.IGNORED, entry.place, None, 0.0, sure=False,
                          reasons=("twice",), above=entry.above)  # fmt: skip
        found.append(entry)
    return found


def line_slices(joined: Joined, catalogue: Catalogue) -> list[Entry]:
    """The lines of a table whose columns are elements."""
    labels = [row.line.label for row in joined.rows]
    items = [Item(label, has_figures=joined.has_figures(r)) for r, label in enumerate(labels)]
    nodes = outline(items)
    found = [whole_slice([label.strip()]) for label in labels]
    others = [one for one in found if one is not None]
    alone = sum(item.has_figures for item in items) == 1
    entries: list[Entry] = []
    for i, (row, slice_) in enumerate(zip(joined.rows, found, strict=True)):
        above = tuple(labels[j].strip() for j in reversed(nodes[i].ancestors))
        label = labels[i].strip()
        if not items[i].has_figures:
            entries.append(Entry(label, EntryKind.HEADING, row.place, above=above))
            continue
        if slice_ is None and alone:
            slice_ = Slice(total=True)
        index = breakdown_index(slice_, catalogue, others) if slice_ else None
        kind = EntryKind.IGNORED if index is None else EntryKind.BREAKDOWN
        sure = index is not None or _is_combined(slice_)
        entries.append(Entry(label, kind, row.place, index, float(sure), sure,
                             reasons=() if sure else ("words",), above=above))  # fmt: skip
    return _once(entries)


def without_earlier(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out columns of earlier years: of those that differ in the year the latest is read."""
    read = {(e.label, e.above) for e in entries if e.kind is EntryKind.BREAKDOWN}
    return [
        entry
        for entry in entries
        if entry.kind is not EntryKind.IGNORED
        or (entry.label, entry.above) not in read
        or not any(YEAR in title for title in (entry.label, *entry.above))
    ]


def spanned(entries: Sequence[Entry]) -> list[Entry]:
    """Put an entry for each title over several columns in front of the first of them."""
    found: list[Entry] = []
    seen: set[tuple[str, ...]] = set()
    for entry in entries:
        for n in range(1, len(entry.above) + 1):
            path = entry.above[:n]
            if path not in seen:
                seen.add(path)
                found.append(Entry(path[-1], EntryKind.HEADING, entry.place, above=path[:-1]))
        found.append(entry)
    return found


def column_items(joined: Joined) -> tuple[list[Item], list[int | None]]:
    """The columns of a matrix as an outline, headings included, and the column of each item."""
    items: list[Item] = []
    columns: list[int | None] = []
    before: tuple[str, ...] = ()
    for i, head in enumerate(joined.heads):
        *above, title = head.column.titles
        shift = 0
        for depth, text in enumerate(above):
            shift += begins_within(text)
            if tuple(above[: depth + 1]) != before[: depth + 1]:
                items.append(Item(text, has_figures=False, level=depth + shift))
                columns.append(None)
        before = tuple(above)
        filled = any(row[i] != "" for table in joined.values for row in table)
        items.append(Item(title, has_figures=filled, level=len(above) + shift))
        columns.append(i)
    return items, columns


def anonymous(title: str) -> str:
    """A title for any year."""
    return _YEAR.sub(YEAR, title)


def _year(titles: Sequence[str]) -> int:
    return max((int(year) for title in titles for year in _YEAR.findall(title)), default=0)
