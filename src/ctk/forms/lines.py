"""Ties the rows of a table to what their wording says, by the rows above them where it repeats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ctk.forms.surroundings import ends_a_table
from ctk.forms.types import Kind
from ctk.forms.wording import any_year_key, label_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctk.forms.types import Cells, Entry, TableLayout


class Line(NamedTuple):
    """What a row stands for, and the column of its label."""

    col: int
    entry: Entry


@dataclass
class Lines:
    """The rows of a table: what is known of each, and texts that the form does not know."""

    known: dict[int, Line] = field(default_factory=dict)
    unknown: dict[int, int] = field(default_factory=dict)
    end: int = 0


class LineFinder:
    """Goes down the rows of a table; remembers which entries it has passed."""

    def __init__(self, table: TableLayout) -> None:
        """Start above the first row of a table."""
        self._table = table
        self._rank = {id(entry): i for i, entry in enumerate(table.rows.entries)}
        self._last_child = self._children()
        self._seen: dict[int, int] = {}
        self._passed: Entry | None = None
        self._step = 0

    def _children(self) -> dict[int, int]:
        last: dict[int, int] = {}
        for place, entry in enumerate(self._table.rows.entries):
            for parent in entry.under:
                last[id(parent)] = place
        return last

    def find(self, cells: Cells, rows: range, columns: Iterable[int], label_col: int) -> Lines:
        """Tie rows to entries.

        Args:
            cells: The sheet.
            rows: The rows to look at.
            columns: The columns in which labels may stand, from the left.
            label_col: The one in which most of them do.
        """
        columns = tuple(columns)
        found = Lines(end=rows.stop)
        for r in rows:
            texts = [(c, v) for c in columns if isinstance(v := cells[r][c], str) and v.strip()]
            keys = [(c, label_key(text)) for c, text in texts]
            if any(ends_a_table(key, self._table.ends) for _, key in keys):
                found.end = r
                break
            lines = [Line(c, entry) for c, key in keys if (entry := self._entry(key)) is not None]
            if lines:
                found.known[r] = lines[-1]
            elif texts:
                found.unknown[r] = max(texts, key=lambda t: (t[0] == label_col, len(t[1])))[0]
        return found

    def _entry(self, key: str) -> Entry | None:
        by_key = self._table.rows.by_key
        candidates = by_key.get(key, ())
        if not candidates and (of_year := any_year_key(key)):
            candidates = by_key.get(of_year[0], ())
        if not candidates:
            return None
        entry = self._nearest(candidates)
        if entry is not None:
            self._step += 1
            self._seen[id(entry)] = self._step
            self._passed = entry
        return entry

    def _nearest(self, candidates: tuple[Entry, ...]) -> Entry | None:
        """The candidate that the rows above speak for; None where they speak for none.

        One whose parent was passed last and is not left yet; else one that belongs under nothing,
        unless it was taken. One whose parent was not passed is left to `RetypedRows`: its parent
        may be worded in another way.
        """
        inside = [entry for entry in candidates if self._in_context(entry)]
        if inside:
            return max(inside, key=lambda entry: self._seen[id(entry.under[-1])])
        free = [entry for entry in candidates if not entry.under]
        fresh = [entry for entry in free if id(entry) not in self._seen]
        return next(iter(fresh or free[-1:]), None)

    def _in_context(self, entry: Entry) -> bool:
        """Whether the rows of an entry's parent were begun and not left for others."""
        if not entry.under or self._passed is None or id(entry.under[-1]) not in self._seen:
            return False
        parent = id(entry.under[-1])
        return self._rank[parent] <= self._rank[id(self._passed)] <= self._last_child[parent]


def holds_figures(line: Line) -> bool:
    """Tell whether a row's cells are figures."""
    return line.entry.kind in (Kind.FIGURES, Kind.OUTSIDE)
