"""What a copy shall show: marks at cells and the page that goes in front."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from ctk.model import Severity


class Paint(StrEnum):
    """How a cell is coloured: by severity, paler where the cell only takes part in a comparison."""

    ERROR = "error"
    ERROR_TIED = "error_tied"
    WARNING = "warning"
    WARNING_TIED = "warning_tied"
    INFO = "info"
    INFO_TIED = "info_tied"

    @classmethod
    def of(cls, severity: Severity, *, tied: bool = False) -> Paint:
        """The paint of a severity."""
        return cls(f"{severity.value}_tied" if tied else severity.value)


STRONGEST_FIRST = tuple(Paint)
"""Where a cell has several marks, the first of these colours it: sure faults, then doubts."""

COLOURS = {
    Paint.ERROR: "F8A99D",
    Paint.ERROR_TIED: "FDE4DF",
    Paint.WARNING: "FFD966",
    Paint.WARNING_TIED: "FFF4CC",
    Paint.INFO: "C5DFF4",
    Paint.INFO_TIED: "E6F1FA",
}
"""Told apart by lightness too: for the colour-blind and on a black-and-white printout."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What to show at one cell: a colour, and a comment of a heading and lines below it."""

    sheet: str
    cell: str
    paint: Paint
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the front page; `link` is the sheet and cell to which a text leads."""

    texts: tuple[str | float | None, ...]
    link: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A band with a title and lines below it; `columns` where they differ from the page's own.

    `to_fill_in` is the column left for the reader; `wide` are the first and last column that hold
    one text together.
    """

    title: str
    paint: Paint | None
    lines: tuple[Line, ...]
    columns: tuple[str, ...] = ()
    to_fill_in: int | None = None
    wide: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The front page: title, lines of heading, the key of colours, columns, blocks.

    `record` are texts for a hidden column, by which the marks can be taken away again.
    """

    name: str
    title: str
    heading: tuple[str, ...]
    key: tuple[tuple[Paint, str], ...]
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    blocks: tuple[Block, ...]
    stamp: str
    footer: str
    link_column: int = 0
    record: tuple[str, ...] = ()

    def with_sheets(self, renamed: Mapping[str, str]) -> Page:
        """The same page with links to sheets under their new names."""
        blocks = (replace(b, lines=tuple(_relink(each, renamed) for each in b.lines))
                  for b in self.blocks)  # fmt: skip
        return replace(self, blocks=tuple(blocks))


def _relink(line: Line, renamed: Mapping[str, str]) -> Line:
    if line.link is None:
        return line
    return replace(line, link=(renamed.get(line.link[0], line.link[0]), line.link[1]))
