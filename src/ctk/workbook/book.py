"""A workbook as read, whatever its format: sheets of cells, and what was noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Merge(NamedTuple):
    """A merged area: rows and columns from 0, the last ones included."""

    row: int
    col: int
    last_row: int
    last_col: int


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A sheet's name and its cells from A1 on (rows of equal length, "" where empty).

    `hidden` tells whether the whole sheet is; of a merged area only the first cell has content.
    """

    name: str
    cells: list[list[Any]]
    hidden: bool = False
    merged: tuple[Merge, ...] = ()


class Remark(NamedTuple):
    """Something about the file as a whole: a rule's id and the values of its message."""

    rule: str
    params: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook.

    Args:
        sheets: All sheets, in order.
        kind: `xlsx`, `xlsm`, `xls`, `xlsb`, `ods`, `spreadsheetml`, `html` or `csv`, by content.
        data: The bytes that were read: those of the file, decrypted if it had a password.
        remarks: What was noticed about the file.
    """

    sheets: list[SheetCells]
    kind: str
    data: bytes
    remarks: tuple[Remark, ...] = ()
