"""Annexes of invented offices as sheets, with what each of their rows means."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ctk.forms.learning.sheets import Sheet


@dataclass
class Annex:
    """A sheet, and the element of each of its rows (or columns) by row and column."""

    name: str
    cells: list[list[object]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    truth: dict[tuple[int, int], str] = field(default_factory=dict)
    across: bool = False

    @property
    def meanings(self) -> dict[tuple[int, int], str]:
        """The element of each row (or column) by the cell of its label."""
        if self.across:
            return self.truth
        # Labels are the longest texts of their rows: what holds for most rows holds for all.
        label = Counter(col for _, col in self.truth).most_common(1)[0][0]
        return {(row, label): meaning for (row, _), meaning in self.truth.items()}

    @property
    def sheet(self) -> Sheet:
        """The sheet as learning looks at it: rows of equal length."""
        width = max(map(len, self.cells))
        rows = [[*row, *[""] * (width - len(row))] for row in self.cells]
        return Sheet(self.name, rows, self.merged)


@cache
def annexes() -> dict[str, Annex]:
    """All annexes by name."""
    found: dict[str, Annex] = {}
    text = (
        Path(__file__)
        .with_name("forms")
        .joinpath("learning", "annexes.txt")
        .read_text(encoding="utf-8")
    )
    for line in text.splitlines():
        if line.startswith("== "):
            annex = found[line[3:]] = Annex(line[3:])
        elif line.startswith(">"):
            _head(annex, line[1:].removeprefix(" "))
        elif line.startswith("= "):
            _columns(annex, line[2:])
        elif line.strip() and not line.startswith("#"):
            _row(annex, line)
    return found


def _head(annex: Annex, line: str) -> None:
    cells = line.split("|")
    row = len(annex.cells)
    for col, text in enumerate(cells):
        if text == "^":
            annex.merged.append((row - 1, col, row, col))
        elif text == "<" and (col + 1 == len(cells) or cells[col + 1] != "<"):
            first = max(c for c in range(col) if cells[c] != "<")
            annex.merged.append((row, first, row, col))
    annex.cells.append([_cell("" if text in "^<" else text) for text in cells])


def _columns(annex: Annex, line: str) -> None:
    annex.across = True
    head = len(annex.cells) - 1
    for col, text in enumerate(line.split("|")):
        if text.strip():
            row = head if annex.cells[head][col] else head - 1
            annex.truth[row, col] = text.strip()


def _row(annex: Annex, line: str) -> None:
    cells, _, meaning = line.partition(" => ")
    values = [_cell(text) for text in cells.split("|")]
    row = len(annex.cells)
    if meaning:
        label = max(range(len(values)), key=lambda c: len(str(values[c])))
        annex.truth[row, label] = meaning.strip()
    annex.cells.append(values)


def _cell(text: str) -> object:
    plain = text.strip()
    return float(plain) if plain.removeprefix("-").isdecimal() else text
