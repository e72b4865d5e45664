"""Finds the tables of a sheet: head, lines, where they end; nothing is known of the form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ctk.forms.learning.columns import CODE, ORDER, UNIT, ends_table
from ctk.forms.learning.headers import find_heads, is_numbering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.forms.learning.headers import Column, Head
    from ctk.forms.learning.sheets import Sheet

_UNIT_ABOVE = re.compile(r"(?:đơn vị tính|đvt)\s*:\s*(.+)", re.IGNORECASE)
_ROWS_ABOVE = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table.

    Args:
        row: Its row on the sheet.
        col: Where its label stands.
        label: Its label, with the spaces in front.
        number: What stands in the column of numbers, "12.1".
        code: Its code.
        unit: Its unit of measurement.
        values: What its cells hold, one for each column of the table.
    """

    row: int
    col: int
    label: str
    number: str
    code: str
    unit: str
    values: tuple[Any, ...]

    @property
    def has_figures(self) -> bool:
        """Whether any of its cells holds something."""
        return any(value != "" for value in self.values)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a sheet: `columns` are those that hold figures, whatever they are."""

    sheet: int
    sheet_name: str
    head: Head
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    unit: str = ""


def find_tables(index: int, sheet: Sheet) -> list[Table]:
    """Find all tables of a sheet that hold figures.

    Args:
        index: The sheet's place in the workbook.
        sheet: Its cells.
    """
    heads = find_heads(sheet)
    found: list[Table] = []
    for i, head in enumerate(heads):
        if any(head.same_as(other) for other in heads[:i]) and found:
            continue  # printed again on the next page
        later = [other for other in heads[i + 1 :] if not head.same_as(other)]
        stop = later[0].first if later else sheet.height
        again = {r for other in heads[i + 1 :] for r in range(other.first, other.body)}
        table = _table(index, sheet, head, stop, again)
        if table is not None:
            found.append(table)
    return found


def _table(index: int, sheet: Sheet, head: Head, stop: int, skipped: set[int]) -> Table | None:
    columns = head.figures
    rows = [r for r in range(head.body, _end(sheet, head, stop)) if r not in skipped]
    rows = [r for r in rows if not is_numbering(sheet, r)]
    labelled = [r for r in rows if sheet.text(r, head.label)]
    columns = tuple(
        c
        for c in columns
        if _holds_figures(sheet, labelled, c.col) and not _only_spanned(sheet, labelled, c, columns)
    )
    lines = [line for r in rows if (line := _line(sheet, head, columns, r)) is not None]
    while lines and not lines[-1].has_figures:
        lines.pop()
    if not columns or not lines:
        return None
    return Table(index, sheet.name, head, columns, tuple(lines), _unit_above(sheet, head))


def _holds_figures(sheet: Sheet, rows: list[int], col: int) -> bool:
    """Tell figures from remarks: numbers, or texts no longer than a number or a sign."""
    values = [v for r in rows if (v := sheet.value(r, col)) != ""]
    short = [v for v in values if not isinstance(v, str) or len(v.strip()) <= 10]
    return 2 * len(short) >= len(values)


def _only_spanned(
    sheet: Sheet, rows: list[int], column: Column, columns: tuple[Column, ...]
) -> bool:
    """Tell whether an empty column has no title but one that reaches over it: an inserted one."""
    if any(sheet.value(r, column.col) != "" for r in rows):
        return False
    size = len(column.titles)
    return any(len(c.titles) > size and c.titles[:size] == column.titles for c in columns)


def _end(sheet: Sheet, head: Head, stop: int) -> int:
    """The first row below the table: another head, signatures, the end of the sheet."""
    for r in range(head.body, stop):
        texts = [sheet.text(r, c) for c in range(sheet.width)]
        numbers = any(sheet.is_number(r, c.col) for c in head.figures)
        if not numbers and any(text and ends_table(text) for text in texts):
            return r
    return stop


def _line(sheet: Sheet, head: Head, columns: tuple[Column, ...], row: int) -> Line | None:
    values = tuple(_value(sheet, row, c.col) for c in columns)
    order = head.of_role(ORDER)
    number = _plain(sheet.value(row, order)) if order is not None else ""
    col = head.label
    label = _label(sheet, row, col)
    if not label:
        texts = [(c, _label(sheet, row, c)) for c in _left_of(columns, head)]
        col, label = next(((c, text) for c, text in texts if len(text.strip()) > 1), (col, ""))
        number = "" if label.strip() == number else number
    if not label.strip():
        return None
    code, unit = (_plain(sheet.value(row, c)) if (c := head.of_role(kind)) is not None else ""
                  for kind in (CODE, UNIT))  # fmt: skip
    return Line(row, col, label, number, code, unit, values)


def _left_of(columns: tuple[Column, ...], head: Head) -> Iterator[int]:
    first = min((c.col for c in columns), default=head.label)
    yield from (c for c in range(first) if c != head.label)


def _value(sheet: Sheet, row: int, col: int) -> Any:  # noqa: ANN401  (a cell holds anything)
    value = sheet.value(row, col)
    return "" if isinstance(value, str) and not value.strip() else value


def _label(sheet: Sheet, row: int, col: int) -> str:
    """The text of a cell with the spaces in front: they show what belongs to what."""
    value = sheet.value(row, col)
    if not isinstance(value, str):
        return ""
    indent = len(value) - len(value.lstrip(" \u00a0\t"))
    text = sheet.text(row, col)
    return " " * indent + text if text else ""


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _unit_above(sheet: Sheet, head: Head) -> str:
    for r in range(max(0, head.first - _ROWS_ABOVE), head.first):
        for c in range(sheet.width):
            if found := _UNIT_ABOVE.fullmatch(sheet.text(r, c)):
                return found[1]
    return ""
