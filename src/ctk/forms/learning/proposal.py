"""From the sheets of filled examples to a proposed layout."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ctk.forms.learning.above import form_titles, statement_words
from ctk.forms.learning.entries import (
    Entry,
    EntryKind,
    Proposal,
    ProposedTable,
    told_apart,
    with_codes,
)
from ctk.forms.learning.joining import join, key_of
from ctk.forms.learning.matching import match
from ctk.forms.learning.names import has_subject
from ctk.forms.learning.outline import Item, mark_of
from ctk.forms.learning.slices import (
    anonymous,
    column_items,
    column_slices,
    lies_across,
    line_slices,
    spanned,
    without_earlier,
)
from ctk.forms.learning.ties import Kind
from ctk.model import Absence
from ctk.text.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctk.forms.learning.joining import Example, Joined, Place
    from ctk.forms.learning.outline import Node
    from ctk.forms.learning.ties import Tie
    from ctk.indicators import Catalogue

    Floats = NDArray[np.float64]

_KINDS = {
    Kind.ELEMENT: EntryKind.ELEMENT,
    Kind.OUTSIDE: EntryKind.OUTSIDE,
    Kind.HEADING: EntryKind.HEADING,
}


def propose(examples: Sequence[Example], catalogue: Catalogue) -> Proposal:
    """Propose a layout.

    Args:
        examples: Filled forms of one kind.
        catalogue: The catalogue, with the office's groups of age.

    Returns:
        The proposal; it has no tables where no example has one with figures.
    """
    joined, differences = join(examples)
    tables = tuple(_table(one, catalogue) for one in joined)
    sheets = [sheet for example in examples for sheet in example.sheets]
    return Proposal(form_titles(sheets), statement_words(sheets), tables, tuple(differences))


def _table(joined: Joined, catalogue: Catalogue) -> ProposedTable:
    across = lies_across(joined)
    rows, columns = (_across if across else _down)(joined, catalogue)
    rows = with_codes(rows, [row.line.code for row in joined.rows])
    return ProposedTable(
        joined.table.sheet_name,
        tuple(joined.sheets),
        joined.table.head.label_title,
        across,
        told_apart(rows, key_of),
        told_apart(spanned(without_earlier(columns)), key_of),
    )


def _down(joined: Joined, catalogue: Catalogue) -> tuple[list[Entry], list[Entry]]:
    columns = column_slices(joined, catalogue)
    items = [
        Item(row.line.label, row.line.number, joined.has_figures(r),
             row.line.unit or joined.table.unit)
        for r, row in enumerate(joined.rows)
    ]  # fmt: skip
    read = [c for c, column in enumerate(columns) if column.index is not None]
    figures = [_numbers([[row[c] for c in read] for row in table]) for table in joined.values]
    ties, nodes = match(items, figures, catalogue)
    codes = {c: catalogue.breakdowns[i].code for c in read if (i := columns[c].index) is not None}
    rows: list[Entry] = []
    for r, (tie, node) in enumerate(zip(ties, nodes, strict=True)):
        left_out = tuple(
            codes[c] for c in read if _not_asked(joined.cells(r, c), codes[c], tie, catalogue)
        )
        rows.append(replace(_row_entry(joined, r, tie, node), not_asked=left_out))
    return rows, columns


def _across(joined: Joined, catalogue: Catalogue) -> tuple[list[Entry], list[Entry]]:
    lines = line_slices(joined, catalogue)
    items, of_item = column_items(joined)
    read = [r for r, line in enumerate(lines) if line.index is not None]
    figures = [
        _numbers([["" if c is None else table[r][c] for r in read] for c in of_item])
        for table in joined.values
    ]
    ties, _ = match(items, figures, catalogue)
    codes = {r: catalogue.breakdowns[i].code for r in read if (i := lines[r].index) is not None}
    columns: list[Entry] = []
    for item, c, tie in zip(items, of_item, ties, strict=True):
        if c is None:
            continue
        head = joined.heads[c]
        above = tuple(anonymous(title) for title in head.column.titles[:-1])
        left_out = tuple(
            codes[r] for r in read if _not_asked(joined.cells(r, c), codes[r], tie, catalogue)
        )
        entry = _entry(tie, anonymous(item.label), head.place, above)
        columns.append(replace(entry, not_asked=left_out))
    return lines, columns


def _entry(tie: Tie, label: str, place: Place, above: tuple[str, ...]) -> Entry:
    return Entry(
        label.strip(),
        _KINDS[tie.kind],
        place,
        tie.element,
        round(tie.score, 3),
        tie.sure,
        tie.runner_up,
        round(tie.runner_up_score, 3),
        tie.reasons,
        above,
    )


def _row_entry(joined: Joined, r: int, tie: Tie, node: Node) -> Entry:
    row = joined.rows[r]
    above = tuple(joined.rows[j].line.label.strip() for j in reversed(node.ancestors))
    entry = _entry(tie, row.line.label, row.place, above)
    mark = mark_of(Item(row.line.label, row.line.number))
    number = mark if any(char.isalnum() for char in mark) else ""
    variants = tuple(dict.fromkeys(row.variants))
    depends = node.whole is not None and not has_subject(node.said)
    return replace(entry, variants=variants, unit=row.line.unit, number=number, depends=depends)


def _not_asked(cells: list[object], code: str, tie: Tie, catalogue: Catalogue) -> bool:
    """Whether the form leaves a cell out: all examples that say anything say "x" there.

    Where none says anything, it is left out if the catalogue does not know that breakdown either.
    """
    said = [read_number(cell).absence for cell in cells if cell != ""]
    if said or tie.element is None:
        return bool(said) and all(absence is Absence.NOT_APPLICABLE for absence in said)
    breakdown = next(each for each in catalogue.breakdowns if each.code == code)
    return not catalogue.elements[tie.element].has(breakdown)


def _numbers(cells: list[list[object]]) -> Floats:
    """The figures among the cells; anything else is none."""
    return np.array([[_number(cell) for cell in row] for row in cells], dtype=float)


def _number(cell: object) -> float:
    value = read_number(cell).value
    return float("nan") if value is None else float(value)
