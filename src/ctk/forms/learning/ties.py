"""What learning says about a row: its element, how sure that is, what else it may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a row or column is."""

    ELEMENT = "element"
    OUTSIDE = "outside"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Tie:
    """How one row (or column) of elements is tied.

    Args:
        kind: What it is.
        element: Position of the element in the catalogue; None: no element covers it.
        score: From 0 to 1, how well the element fits, or for want of one the nearest element.
        sure: Whether nobody needs to be asked.
        runner_up: The next best element, or the best one where none is taken.
        runner_up_score: How well that fits.
        reasons: Why it is not sure: `score`, `margin`, `words`, `age`, `figures`, `unit`, `empty`,
            `rival`, `examples`.
    """

    kind: Kind
    element: int | None
    score: float
    sure: bool
    runner_up: int | None = None
    runner_up_score: float = 0.0
    reasons: tuple[str, ...] = ()
