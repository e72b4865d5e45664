"""Cell addresses: rows and columns are counted from 0 inside ctk, printed as A1."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1 << 10)
def column_letters(col: int) -> str:
    """Letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def a1(row: int, col: int) -> str:
    """Address of a cell whose row and column are counted from 0: (0, 0) is A1."""
    return f"{column_letters(col)}{row + 1}"
