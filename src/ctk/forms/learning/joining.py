"""Joins what several examples of one form hold: the same table, row by row and column by column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from ctk.forms.learning.columns import slice_of
from ctk.forms.learning.tables import find_tables
from ctk.forms.likeness import likeness
from ctk.forms.wording import label_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.forms.learning.headers import Column
    from ctk.forms.learning.sheets import Sheet
    from ctk.forms.learning.tables import Line, Table

_YEAR = re.compile(r"\b20\d\d\b")
_ALIKE, _LIKE, _PLACED = 0.85, 0.6, 0.3
SAME_FORM = 0.4
"""Share of a table's labels that another example must have to be the same table."""


@dataclass(frozen=True, eq=False)
class Example:
    """A filled form: its file's name and its sheets; hidden ones are left out before."""

    file: str
    sheets: tuple[Sheet, ...]


class Place(NamedTuple):
    """A cell of an example."""

    file: str
    sheet: str
    row: int
    col: int


@dataclass(eq=False)
class Row:
    """A row as the examples have it: the first one's words, and other words of the same row."""

    line: Line
    place: Place
    variants: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What makes it the same row."""
        return key_of(self.line.label)


@dataclass(frozen=True, eq=False)
class Head:
    """A column as the first example has it."""

    column: Column
    place: Place


@dataclass(eq=False)
class Joined:
    """One table over all examples; `values` holds, by example, rows of cells."""

    table: Table
    rows: list[Row]
    heads: list[Head]
    values: list[list[list[Any]]]
    sheets: list[str]

    def cells(self, row: int, col: int) -> list[Any]:
        """What a cell holds in each example."""
        return [table[row][col] for table in self.values]

    def has_figures(self, row: int) -> bool:
        """Whether any example has anything in a row."""
        return any(value != "" for table in self.values for value in table[row])


class Difference(NamedTuple):
    """What two examples do not agree on: a message's key and the labels it is about."""

    kind: str
    file: str
    table: str
    labels: tuple[str, ...] = ()


def key_of(label: str) -> str:
    """A label without numbers, accents and years."""
    return _YEAR.sub("<year>", label_key(label))


def join(examples: Sequence[Example]) -> tuple[list[Joined], list[Difference]]:
    """Find the tables of the first example that has any, and the same ones in the others."""
    found = [
        (example, [t for i, sheet in enumerate(example.sheets) for t in find_tables(i, sheet)])
        for example in examples
    ]
    differences = [Difference("no_table", e.file, "") for e, tables in found if not tables]
    found = [(example, tables) for example, tables in found if tables]
    if not found:
        return [], differences
    first, base = found[0]
    joined = [_started(first, table) for table in base]
    for example, tables in found[1:]:
        differences += _add(joined, example, tables)
    return joined, differences


def _started(example: Example, table: Table) -> Joined:
    rows = [
        Row(line, Place(example.file, table.sheet_name, line.row, line.col)) for line in table.lines
    ]
    heads = [Head(c, Place(example.file, table.sheet_name, *c.cell)) for c in table.columns]
    values = [list(line.values) for line in table.lines]
    return Joined(table, rows, heads, [values], [table.sheet_name])


def _add(joined: list[Joined], example: Example, tables: list[Table]) -> list[Difference]:
    differences: list[Difference] = []
    free = list(tables)
    for one in joined:
        best = max(free, key=lambda table: _shared(one, table), default=None)
        if best is None or _shared(one, best) < SAME_FORM:
            differences.append(Difference("missing_table", example.file, one.table.sheet_name))
            _add_nothing(one)
            continue
        free.remove(best)
        differences += _add_table(one, example, best)
    differences += [Difference("other_table", example.file, table.sheet_name) for table in free]
    return differences


def _shared(one: Joined, table: Table) -> float:
    """How much of a table another one has, in the same words or others: what names its figures."""
    mine = _naming([row.line.label for row in one.rows], [head.column for head in one.heads])
    theirs = _naming([line.label for line in table.lines], table.columns)
    keys = {key_of(label) for label in theirs}
    found = sum(
        key_of(label) in keys or any(likeness(label, other) > _LIKE for other in theirs)
        for label in mine
    )
    return found / (max(len(mine), len(theirs)) or 1)


def _naming(rows: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """The labels that name figures; "Tổng số" and "Nữ" stand in any table."""
    labels = [*rows, *(column.title for column in columns if column.role is None)]
    return [label.strip() for label in labels if slice_of(label.strip()) is None]


def _titles(column: Column) -> tuple[str, ...]:
    return tuple(key_of(title) for title in column.titles)


def _add_nothing(one: Joined) -> None:
    one.values.append([["" for _ in one.heads] for _ in one.rows])


def _add_table(one: Joined, example: Example, table: Table) -> list[Difference]:
    columns = _columns(one, table)
    pairs, fresh = _pairs(one, table)
    differences = _told(one, example, table, pairs, fresh, columns)
    for at, line in reversed(fresh):
        place = Place(example.file, table.sheet_name, line.row, line.col)
        one.rows.insert(at, Row(line, place))
        for values in one.values:
            values.insert(at, ["" for _ in one.heads])
        pairs = {(r if r < at else r + 1): other for r, other in pairs.items()}
        pairs[at] = line
    if table.sheet_name not in one.sheets:
        one.sheets.append(table.sheet_name)
    one.values.append(
        [
            [pairs[r].values[c] if r in pairs and c is not None else "" for c in columns]
            for r in range(len(one.rows))
        ]
    )
    return differences


def _columns(one: Joined, table: Table) -> list[int | None]:
    """For each column of the first example where the other one has it."""
    there = {_titles(column): i for i, column in reversed(list(enumerate(table.columns)))}
    return [there.get(_titles(head.column)) for head in one.heads]


def _pairs(one: Joined, table: Table) -> tuple[dict[int, Line], list[tuple[int, Line]]]:
    """The rows that both have, and those that only the other one has, with their places."""
    mine = [row.key for row in one.rows]
    theirs = [key_of(line.label) for line in table.lines]
    pairs: dict[int, Line] = {}
    fresh: list[tuple[int, Line]] = []
    for what, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            pairs |= {a + k: table.lines[c + k] for k in range(b - a)}
            continue
        least = _PLACED if b - a == d - c else _ALIKE
        row = a
        for line in table.lines[c:d]:
            at = next((r for r in range(row, b) if _is_same(one.rows[r], line, least)), None)
            if at is None:
                fresh.append((row if row > a else b, line))
                continue
            pairs[at] = line
            one.rows[at].variants.append(line.label.strip())
            row = at + 1
    return pairs, fresh


def _is_same(row: Row, line: Line, least: float) -> bool:
    """Whether two rows in other words are one: by likeness, less of it if their numbers agree."""
    numbered = bool(line.number.strip("-+ ")) and line.number == row.line.number
    alike = likeness(row.line.label, line.label)
    return alike > (_PLACED if numbered else least)


def _told(
    one: Joined,
    example: Example,
    table: Table,
    pairs: dict[int, Line],
    fresh: list[tuple[int, Line]],
    columns: list[int | None],
) -> list[Difference]:
    """What is to be told of two examples that differ."""
    lacking = [row.line.label.strip() for r, row in enumerate(one.rows) if r not in pairs]
    more = [line.label.strip() for _, line in fresh]
    heads = [head.column.title for head, c in zip(one.heads, columns, strict=True) if c is None]
    known = {_titles(head.column) for head in one.heads}
    new_heads = [c.title for c in table.columns if _titles(c) not in known]
    listed = {
        "rows_lacking": lacking,
        "rows_more": more,
        "columns_lacking": heads,
        "columns_more": new_heads,
    }
    return [
        Difference(kind, example.file, one.table.sheet_name, tuple(labels))
        for kind, labels in listed.items()
        if labels
    ]
