"""Cell addresses: rows and columns are counted from 0 inside ctk, printed as A1."""

from __future__ import annotations

import re
from functools import lru_cache

_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


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


def parse_a1(address: str) -> tuple[int, int]:
    """Row and column of an address, counted from 0: F12 is (11, 5).

    Raises:
        ValueError: It is none.
    """
    match = _A1.fullmatch(address)
    if match is None:
        raise ValueError(f"no cell: {address}")
    col = 0
    for letter in match[1].upper():
        col = col * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, col - 1
