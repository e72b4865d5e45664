"""Reads a form that was exported as text: one line a row, cells parted by ; or , or tabs.

Only whole numbers without any mark become numbers; "1.234" stays a text with two meanings.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from ctk.errors import UnreadableError
from ctk.workbook.book import Remark, SheetCells
from ctk.workbook.grid import Grid, plain_or_text
from ctk.workbook.letters import UNKNOWN, decode

NAME = "CSV"
_DELIMITERS = (";", "\t", ",")
_HINT = re.compile(r"sep=([;,\t|])[;,\t ]*(?:\r\n|\r|\n)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_FEW_LINES = 3
_FEW_CELLS = 3
_LONGEST = 30_000
"""Characters that one cell can hold; more means quotes that are never closed."""


def read_delimited(data: bytes) -> tuple[list[SheetCells], tuple[Remark, ...]]:
    """Read a text as one sheet.

    Raises:
        UnreadableError: It is no table.
    """
    text = decode(data)
    if _CONTROL.search(text):
        raise UnreadableError("not_a_workbook")
    hint = _HINT.match(text)
    text = text[hint.end() :] if hint else text
    delimiter = hint[1] if hint else _delimiter(text)
    grid = Grid(NAME)
    try:
        for r, row in enumerate(_rows(text, delimiter)):
            for c, cell in enumerate(row):
                grid.put(r, c, plain_or_text(cell.strip()))
    except csv.Error as error:
        raise UnreadableError("not_a_workbook") from error
    return [grid.sheet()], (Remark("V115"),) if UNKNOWN in text else ()


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """The mark that parts most cells, in enough lines to be a table."""
    counts = {mark: _tabular(text, mark) for mark in _DELIMITERS}
    best = max(counts, key=lambda mark: counts[mark])
    if not counts[best]:
        raise UnreadableError("not_a_workbook")
    return best


def _tabular(text: str, delimiter: str) -> int:
    """How many cells stand in lines of several cells; 0 where there are too few such lines."""
    try:
        sizes = [len(row) for row in _rows(text, delimiter)]
    except csv.Error:
        return 0
    wide = [size for size in sizes if size >= _FEW_CELLS]
    return sum(wide) if len(wide) >= _FEW_LINES else 0
