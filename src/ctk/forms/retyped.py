"""Rows whose wording somebody changed: tied by what they say and by the place where they stand."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ctk.forms.likeness import NOTHING, Around, compare
from ctk.forms.lines import Line
from ctk.forms.order import longest_rise
from ctk.forms.phrases import phrase
from ctk.forms.types import Issue, Kind
from ctk.forms.wording import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ctk.forms.heads import Head
    from ctk.forms.lines import Lines
    from ctk.forms.types import Cells, Entry, TableLayout

    Gap = tuple[list[int], list[Entry]]

SURE = 0.5
"""So like must wordings be, from 0 to 1, where other rows could stand in the same place."""

PLACED = 0.25
"""So like must they be where as many rows as entries are open between two known rows."""

EXACT = 1.5
"""What the very words of an entry count."""

_NUMBERED = 0.3
RETYPED, _BY_PLACE = "V250", "V253"
_NUMBER = re.compile(r"\s*\(?(\d+(?:\.\d+)*)")
_NOT_ASKED = frozenset(("", "x"))


class RetypedRows:
    """Ties the rows of a table that its form does not know in these words."""

    def __init__(
        self,
        cells: Cells,
        lines: Lines,
        heads: Mapping[int, Head],
        table: TableLayout,
        others: frozenset[str] = frozenset(),
    ) -> None:
        """Start from the rows that are known.

        Args:
            cells: The sheet.
            lines: The rows as far as they are known; those that are tied are moved to them.
            heads: The columns of the table.
            table: The table of the form.
            others: Wordings of the form's other tables: a row that has one is none of this table.
        """
        self._others = others
        self._cells = cells
        self._lines = lines
        self._heads = heads
        self._table = table
        self._issues: list[Issue] = []

    def tie(self) -> list[Issue]:
        """Tie what can be, and remark each row that was."""
        doubtful = self._out_of_order()
        for row, line in doubtful.items():
            del self._lines.known[row]
            self._lines.unknown[row] = line.col
        for rows, entries in list(self._gaps()):
            for row, entry in self._aligned(rows, entries):
                self._tie(row, entry, RETYPED)
        for rows, entries in list(self._gaps()):
            if len(rows) == len(entries):
                self._by_place(rows, entries)
        self._repeated()
        for row in doubtful.keys() & self._lines.unknown.keys():  # the order was changed, then
            del self._lines.unknown[row]
            self._lines.known[row] = doubtful[row]
        self._lines.known = dict(sorted(self._lines.known.items()))
        return self._issues

    def _out_of_order(self) -> dict[int, Line]:
        """Rows that stand where other ones belong: their words may be short for something else."""
        rank = {id(entry): place for place, entry in enumerate(self._table.rows.entries)}
        rows = sorted(self._lines.known)
        ranks = [rank[id(self._lines.known[row].entry)] for row in rows]
        in_order = {rows[place] for place in longest_rise(ranks)}
        return {row: self._lines.known[row] for row in rows if row not in in_order}

    def _tie(self, row: int, entry: Entry, rule: str) -> None:
        col = self._lines.unknown.pop(row)
        self._lines.known[row] = Line(col, entry)
        if label_key(self._cells[row][col]) not in entry.keys:
            typed = str(self._cells[row][col]).strip()
            self._issues.append(Issue(rule, row, col, entry.label, typed))

    def _gaps(self) -> Iterator[Gap]:
        """Unknown rows between two known ones, and the entries that are missing there."""
        entries, known = self._table.rows.entries, self._lines.known
        rank = {id(entry): place for place, entry in enumerate(entries)}
        used = {id(line.entry) for line in known.values()}
        marks = [(-1, -1), *((r, rank[id(known[r].entry)]) for r in sorted(known))]
        marks.append((self._lines.end, len(entries)))
        for (row, low), (next_row, high) in pairwise(marks):
            stop = high if high > low else len(entries)
            open_ = [e for e in entries[low + 1 : stop] if id(e) not in used]
            rows = [r for r in sorted(self._lines.unknown) if row < r < next_row]
            yield self._distinct(rows), [e for e in open_ if e.kind is not Kind.HEADING]

    def _distinct(self, rows: Sequence[int]) -> list[int]:
        """Rows with content, without those that repeat the one before."""
        found: list[int] = []
        for row in rows:
            if label_key(self._text(row)) in self._others:
                continue
            same = bool(found) and self._text(row) == self._text(found[-1])
            if not same and any(v != "" for v in self._cells[row][self._lines.unknown[row] + 1 :]):
                found.append(row)
        return found

    def _text(self, row: int) -> str:
        return str(self._cells[row][self._lines.unknown[row]])

    def _aligned(self, rows: Sequence[int], entries: Sequence[Entry]) -> list[tuple[int, Entry]]:
        """The best way to tie rows to entries in their order."""
        least = PLACED if len(rows) == len(entries) else SURE
        scores = [[self._likeness(row, entry) for entry in entries] for row in rows]
        best = [[0.0] * (len(entries) + 1) for _ in range(len(rows) + 1)]
        for i in range(len(rows) - 1, -1, -1):
            for j in range(len(entries) - 1, -1, -1):
                tied = scores[i][j] + best[i + 1][j + 1] if scores[i][j] >= least else 0.0
                best[i][j] = max(tied, best[i + 1][j], best[i][j + 1])
        found = []
        i = j = 0
        while i < len(rows) and j < len(entries):
            if scores[i][j] >= least and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
                found.append((rows[i], entries[j]))
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1
        return found

    def _likeness(self, row: int, entry: Entry) -> float:
        """How like a row's wording is to one of an entry, with what stands above both."""
        text = self._text(row)
        if label_key(text) in entry.keys:
            return EXACT
        numbered = _NUMBERED if self._has_number(row, entry) else 0.0
        return numbered + max(_like(text, wording, entry) for wording in _wordings(entry))

    def _has_number(self, row: int, entry: Entry) -> bool:
        return bool(entry.number) and self._number(row) == entry.number

    def _number(self, row: int) -> str:
        """The number that a row has in front of its label, or in the cell before it."""
        col = self._lines.unknown[row]
        before: list[Any] = [v for v in self._cells[row][:col] if v != ""]
        value = before[-1] if before else self._text(row)
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        found = _NUMBER.match(str(value))
        return found[1] if found else ""

    def _by_place(self, rows: Sequence[int], entries: Sequence[Entry]) -> None:
        """Tie the last rows of a gap in their order, if each asks the same as its entry."""
        pairs = list(zip(rows, entries, strict=True))
        if all(self._asks_alike(row, entry) for row, entry in pairs):
            for row, entry in pairs:
                rule = RETYPED if self._has_number(row, entry) else _BY_PLACE
                self._tie(row, entry, rule)

    def _asks_alike(self, row: int, entry: Entry) -> bool:
        """Whether a row is crossed out where the form does not ask the entry, and only there."""
        if not self._has_number(row, entry) and _contradicts(self._text(row), entry):
            return False
        for col, head in self._heads.items():
            crossed = str(self._cells[row][col]).strip().casefold()
            if head.entry.breakdown in entry.not_asked:
                if crossed not in _NOT_ASKED:
                    return False
            elif crossed == "x":
                return False
        return True

    def _repeated(self) -> None:
        """A row that repeats the words of the one before is that row once more."""
        for row in sorted(self._lines.unknown):
            before = self._lines.known.get(row - 1)
            if before is not None and self._text(row) == str(self._cells[row - 1][before.col]):
                self._lines.unknown.pop(row)
                self._lines.known[row] = before


def _wordings(entry: Entry) -> tuple[str, ...]:
    return (entry.label, *entry.variants)


def _around(entry: Entry) -> Around:
    return Around(phrase(entry.under[-1].label)) if entry.under else NOTHING


def _like(text: str, wording: str, entry: Entry) -> float:
    around = _around(entry)
    like = compare(phrase(text), phrase(wording), around, around)
    return 0.0 if like.contradicts else like.score


def _contradicts(text: str, entry: Entry) -> bool:
    around = _around(entry)
    said = phrase(text)
    return all(compare(said, phrase(w), around, around).contradicts for w in _wordings(entry))
