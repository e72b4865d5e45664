"""Comparisons between elements as rules write them: `I-0201 <= I-0203`, sums on either side."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIDES = re.compile(r"(.+?)\s(<=|=)\s(.+)")
_TERM = re.compile(r"(?P<element>[\w.-]+)(?:\[(?P<column>[\w-]+)\])?")


@dataclass(frozen=True, slots=True)
class Term:
    """One element of a comparison; `column` is None where every common column is compared."""

    element: str
    column: str | None


@dataclass(frozen=True, slots=True)
class Expression:
    """`left` = or <= `right`, both sums; `text` is how it was written."""

    text: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    exact: bool

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, left ones first."""
        return self.left + self.right


def parse_expression(text: str) -> Expression:
    """Read a comparison such as `I-0101.2[T] + I-0101.4[T] <= I-0101[T]`.

    A column in brackets is `T` (total), `M`, `F`, a code of the age groups or `minority`; either
    all terms name theirs or none, and then the comparison is made in every column that all have.

    Raises:
        ValueError: It is no comparison of sums, or only some terms name a column.
    """
    sides = _SIDES.fullmatch(text)
    if sides is None:
        raise ValueError(f"no comparison: {text!r}")
    left, right = (tuple(map(_term, side.split(" + "))) for side in (sides[1], sides[3]))
    if len({term.column is None for term in left + right}) > 1:
        raise ValueError(f"all terms name a column, or none: {text!r}")
    return Expression(text, left, right, sides[2] == "=")


def _term(text: str) -> Term:
    found = _TERM.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"no element: {text!r}")
    return Term(found["element"], found["column"])
