"""Formulas as text: which cells a sum adds, and formulas that cells share."""

from __future__ import annotations

import re
from typing import NamedTuple

from ctk.workbook.addresses import column_letters, parse_a1

MOST_CELLS = 4096
"""A sum over more cells is none over a form's parts."""

_CELL = r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}"
_SHEET = r"(?:'(?:[^'\[\]]|'')+'|[^\W\d][\w.]*)!"
_AREA = rf"(?:{_SHEET})?{_CELL}(?::{_CELL})?"
_TERM = rf"(?:SUM\({_AREA}(?:[,;+]{_AREA})*\)|{_AREA})"
_ADDITION = re.compile(rf"\+?{_TERM}(?:\+{_TERM})*", re.IGNORECASE)
_ONE_AREA = re.compile(rf"(?P<sheet>{_SHEET})?(?P<first>{_CELL})(?::(?P<last>{_CELL}))?", re.I)
_OTHER_BOOK = re.compile(r"\[[^\[\]]+\][^\[\]!]*'?!")
_QUOTED = re.compile(r'"[^"]*"')
# Names of sheets and texts are skipped, and what is only part of a longer name.
_MOVABLE = re.compile(
    r"""'(?:[^']|'')+'!|"[^"]*"|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w(!.])"""
)


class Added(NamedTuple):
    """A cell that a sum adds; `sheet` is empty for the formula's own."""

    sheet: str
    row: int
    col: int


def added_cells(formula: str) -> tuple[Added, ...]:
    """Give the cells that a formula adds up, each as often as it is added.

    Args:
        formula: Such as `SUM(E8:F8)` or `E8+F8`, without the equals sign.

    Returns:
        Nothing if the formula does anything else, or if it only repeats one cell.
    """
    plain = "".join(formula.split()) if "'" not in formula else formula.strip()
    while plain.startswith("(") and plain.endswith(")") and plain.count("(") == 1:
        plain = plain[1:-1]
    if not _ADDITION.fullmatch(plain):
        return ()
    cells: list[Added] = []
    for found in _ONE_AREA.finditer(re.sub(r"(?i)\bSUM\(", "(", plain)):
        cells += _area(found["sheet"] or "", found["first"], found["last"] or found["first"])
        if len(cells) > MOST_CELLS:
            return ()
    adds = len(cells) > 1 or "SUM(" in plain.upper()
    return tuple(cells) if adds else ()


def _area(sheet: str, first: str, last: str) -> list[Added]:
    name = sheet.removesuffix("!").strip("'").replace("''", "'")
    (r1, c1), (r2, c2) = parse_a1(first.replace("$", "")), parse_a1(last.replace("$", ""))
    rows, cols = range(min(r1, r2), max(r1, r2) + 1), range(min(c1, c2), max(c1, c2) + 1)
    if len(rows) * len(cols) > MOST_CELLS:
        return [Added(name, r1, c1)] * (MOST_CELLS + 1)
    return [Added(name, r, c) for r in rows for c in cols]


def of_other_book(formula: str) -> bool:
    """Tell whether a formula refers to another workbook."""
    return bool(_OTHER_BOOK.search(_QUOTED.sub("", formula)))


def moved(formula: str, rows: int, cols: int) -> str:
    """Write a formula that cells share as it stands some rows and columns away."""

    def move(found: re.Match[str]) -> str:
        fixed_col, letters, fixed_row, _ = found.groups()
        if letters is None:
            return found[0]
        row, col = parse_a1(found[0].replace("$", ""))
        row, col = row + (0 if fixed_row else rows), col + (0 if fixed_col else cols)
        if row < 0 or col < 0:
            return "#REF!"
        return f"{fixed_col}{column_letters(col)}{fixed_row}{row + 1}"

    return _MOVABLE.sub(move, formula)
