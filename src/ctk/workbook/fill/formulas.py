"""Formulas and references that follow rows which were repeated or moved down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.formula.translate import Translator

from ctk.workbook.fill.plan import Plan
from ctk.workbook.fill.types import CannotShiftError, Path

_CELL = r"(\$?[A-Za-z]{1,3})(\$?)([0-9]{1,7})"
_REFERENCE = re.compile(rf"{_CELL}(?::{_CELL})?")
_ROWS = re.compile(r"(\$?)([0-9]{1,7}):(\$?)([0-9]{1,7})")
_UNSAFE = ("INDIRECT(", "OFFSET(")


class Place(NamedTuple):
    """Where a formula stands: its sheet and the turns of its row."""

    sheet: str
    path: Path = ()


def shifted(formula: str, at: Place, plans: Mapping[str, Plan]) -> str:
    """A formula, without its equals sign, as it must read in the filled workbook.

    Args:
        formula: As the template has it.
        at: Where it stands in the filled workbook.
        plans: How the rows of each sheet move.

    Raises:
        CannotShiftError: It would point to other cells than it does now.
    """
    moving = {name: plan for name, plan in plans.items() if plan.moves}
    if not moving:
        return formula
    try:
        tokens = Tokenizer(f"={formula}").items
    except TokenizerError as error:
        raise CannotShiftError("formula_unsafe", formula) from error
    return "".join(_token(token, at, moving) for token in tokens)


def _token(token: Token, at: Place, moving: Mapping[str, Plan]) -> str:
    value: str = token.value
    if token.type == Token.FUNC and (value.upper() in _UNSAFE or ":" in value):
        raise CannotShiftError("formula_unsafe", value.rstrip("("))
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return value
    sheet, _, reference = value.rpartition("!")
    if ":" in sheet and not sheet.startswith("["):
        raise CannotShiftError("formula_sheets", value)
    name = sheet.strip("'").replace("''", "'") if sheet else at.sheet
    plan = moving.get(name)
    if plan is None:
        return value
    path = at.path if name == at.sheet else ()
    try:
        moved = _reference(reference, plan, path)
    except CannotShiftError as error:
        raise CannotShiftError(error.code, value) from error
    return f"{sheet}!{moved}" if sheet else moved


def _reference(reference: str, plan: Plan, at: Path) -> str:
    if found := _REFERENCE.fullmatch(reference):
        col, fixed, row, to_col, to_fixed, to_row = found.groups()
        if to_row is None:
            return f"{col}{fixed}{plan.single(int(row) - 1, at, bool(fixed)) + 1}"
        first, last = plan.span(int(row) - 1, int(to_row) - 1, at, (bool(fixed), bool(to_fixed)))
        return f"{col}{fixed}{first + 1}:{to_col}{to_fixed}{last + 1}"
    if found := _ROWS.fullmatch(reference):
        fixed, row, to_fixed, to_row = found.groups()
        first, last = plan.span(int(row) - 1, int(to_row) - 1, at, (bool(fixed), bool(to_fixed)))
        return f"{fixed}{first + 1}:{to_fixed}{last + 1}"
    return reference  # a name, a column of a table, a whole column: they follow by themselves


def translated(formula: str, origin: str, target: str) -> str:
    """A formula that several cells share, as it reads in one of them."""
    moved: str = Translator(f"={formula}", origin).translate_formula(target)
    return moved[1:]


def areas(sqref: str, plan: Plan) -> str:
    """A list of ranges, each with all copies of its rows."""
    found: list[str] = []
    for area in sqref.split():
        first, last = corners(area)
        found += [
            f"{_letters(first)}{top + 1}:{_letters(last)}{bottom + 1}"
            if ":" in area or top != bottom
            else f"{_letters(first)}{top + 1}"
            for top, bottom in plan.runs(_row(first), _row(last))
        ]
    return " ".join(found)


def pieces(ref: str, plan: Plan) -> list[str]:
    """One range as it reads in every copy of the rows that it lies in."""
    first, last = corners(ref)
    try:
        ranges = plan.each(_row(first), _row(last))
    except CannotShiftError as error:
        raise CannotShiftError(error.code, ref) from error
    end = _letters(last) if ":" in ref else ""
    return [
        f"{_letters(first)}{top + 1}:{end}{bottom + 1}" if end else f"{_letters(first)}{top + 1}"
        for top, bottom in ranges
    ]


def corners(area: str) -> tuple[str, str]:
    """First and last cell of a range."""
    first, _, last = area.partition(":")
    return first, last or first


def _row(cell: str) -> int:
    return int(re.sub("[^0-9]", "", cell)) - 1


def _letters(cell: str) -> str:
    return re.sub("[0-9]", "", cell)
