"""Tells whether a sheet seems to list children by name; such files must not be kept or shared."""

from __future__ import annotations

from itertools import chain

from ctk.text.fold import fold

_MARKS = {
    "name": ("ho va ten", "ho ten", "ten tre"),
    "birth": ("ngay sinh", "ngay thang nam sinh", "nam sinh", "sinh ngay"),
    "address": ("dia chi", "noi o", "cho o", "thon", "ho khau"),
    "parent": ("ho ten cha", "ho ten me", "ten cha", "ten me", "cha me", "nguoi cham soc"),
}
_LONGEST = 40


_REMEMBERED = 100_000
_plain: set[object] = set()
"""Cells seen before that head no such column: most sheets repeat the same texts."""


def identity_columns(cells: list[list[object]], table: range = range(0)) -> list[tuple[int, int]]:
    """Find rows that head a list of persons: a name beside a birth date, address or parent.

    Args:
        cells: The sheet's cells.
        table: Rows of a form's own table, which heads no list.

    Returns:
        Row and column (from 0) of the name's title in each such row; nothing of what stands below.
    """
    seen: set[object] = set()
    for row in chain(cells[: table.start], cells[table.stop :]):
        seen.update(row)
    marks = {value: mark for value in seen - _plain if (mark := _mark(value))}
    if len(_plain) > _REMEMBERED:
        _plain.clear()
    _plain.update(filter(_is_text, seen.difference(_plain, marks)))
    if "name" not in marks.values() or len(set(marks.values())) == 1:
        return []
    return [(r, c) for r, row in enumerate(cells) if (c := _name_column(row)) is not None]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _mark(value: object) -> str | None:
    if isinstance(value, str) and 0 < len(value) < _LONGEST:
        folded = fold(value)
        for mark in ("parent", "birth", "address", "name"):
            if folded.startswith(_MARKS[mark]):
                return mark
    return None


def _name_column(row: list[object]) -> int | None:
    marks = {mark: c for c, value in reversed(list(enumerate(row))) if (mark := _mark(value))}
    return marks["name"] if "name" in marks and len(marks) > 1 else None
