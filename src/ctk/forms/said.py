"""A statement of a form, with the cell that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement and the cell it stands in (sheet, row and column from 0)."""

    value: Any
    sheet: int
    row: int
    col: int
