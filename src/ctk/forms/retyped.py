"""Rows whose wording somebody changed: tied by what they say and by the place where they stand."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ctk.forms.likeness import compare
from ctk.forms.lines import Line
from ctk.forms.phrases import phrase
from ctk.forms.types import Issue, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctk.forms.lines import Lines
    from ctk.forms.types import Cells, Entry, TableLayout

SURE = 0.5
"""So like must wordings be, from 0 to 1, where other rows could stand in the same place."""

PLACED = 0.25
"""So like must they be where as many rows as entries are open between two known rows."""

RULE = "V250"


def tie_retyped(cells: Cells, lines: Lines, table: TableLayout) -> list[Issue]:
    """Tie rows of unknown wording that stand where entries of the form are missing.

    Args:
        cells: The sheet.
        lines: The rows as far as they are known; those that are tied are moved to the known ones.
        table: The table of the form.

    Returns:
        One remark for each row that was tied.
    """
    issues = []
    for rows, entries in list(_gaps(lines, table)):
        contents = [r for r in rows if _has_content(cells, r, lines.unknown[r])]
        for row, entry in _aligned(cells, contents, entries, lines):
            col = lines.unknown.pop(row)
            lines.known[row] = Line(col, entry)
            if entry.kind is not Kind.HEADING:
                issues.append(Issue(RULE, row, col, entry.label))
    lines.known = dict(sorted(lines.known.items()))
    return issues


def _has_content(cells: Cells, row: int, label_col: int) -> bool:
    """Whether anything stands right of a label; else it is a heading or a note."""
    return any(value != "" for value in cells[row][label_col + 1 :])


def _gaps(lines: Lines, table: TableLayout) -> Iterator[tuple[list[int], list[Entry]]]:
    """Unknown rows between two known ones, and the entries that are missing there."""
    rank = {id(entry): place for place, entry in enumerate(table.rows.entries)}
    used = {id(line.entry) for line in lines.known.values()}
    marks = [(-1, -1), *((r, rank[id(lines.known[r].entry)]) for r in sorted(lines.known))]
    marks.append((lines.end, len(table.rows.entries)))
    for (row, low), (next_row, high) in pairwise(marks):
        rows = [r for r in sorted(lines.unknown) if row < r < next_row]
        stop = high if high > low else len(table.rows.entries)
        entries = [
            entry
            for entry in table.rows.entries[low + 1 : stop]
            if id(entry) not in used and entry.kind is not Kind.HEADING
        ]
        if rows and entries:
            yield rows, entries


def _aligned(
    cells: Cells, rows: Sequence[int], entries: Sequence[Entry], lines: Lines
) -> list[tuple[int, Entry]]:
    """The best way to tie rows to entries in their order."""
    least = PLACED if len(rows) == len(entries) else SURE
    scores = [[_likeness(cells, row, entry, lines) for entry in entries] for row in rows]
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


def _likeness(cells: Cells, row: int, entry: Entry, lines: Lines) -> float:
    """How like a row's wording is to one of an entry, with what stands above both."""
    said = phrase(cells[row][lines.unknown[row]])
    above = [phrase(parent.label) for parent in entry.under[-1:]]
    around = above[0] if above else None
    return max(
        0.0 if like.contradicts else like.score
        for wording in (entry.label, *entry.variants)
        for like in [compare(said, phrase(wording), around, around)]
    )
