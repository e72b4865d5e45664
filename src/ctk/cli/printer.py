"""What all that is printed for a person has in common: words, numbers, lines, tables."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ctk.messages import message
from ctk.text.numbers import format_vi

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PIPE_WIDTH = 160
STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan", "unreadable": "bold red",
          "errors": "red", "warnings": "yellow", "ok": "green"}  # fmt: skip
_WORDED = {"use", "level", "severity", "breakdowns", "publication", "part", "how", "absence"}
_SWAPPED = str.maketrans(".,", ",.")
_GAP = 2
# What a name of a file or a cell could hold to move the cursor, break a line or turn it around.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


class Printer:
    """Writes to stdout: with colours and folded lines on a terminal, plain text anywhere else.

    No box is drawn and no sign is used that the fonts of old Windows consoles lack.
    """

    def __init__(self, lang: str) -> None:
        """Find out what stdout is."""
        self.lang = lang
        self.terminal = sys.stdout.isatty()
        width = None if self.terminal else PIPE_WIDTH
        self.console = Console(width=width, highlight=False, emoji=False)

    def say(self, key: str, **params: object) -> str:
        """A sentence of the command line."""
        return message(f"cli.{key}", self.lang, **params)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """A figure as the language writes it; nothing for a missing one."""
        if value is None:
            return ""
        text = format_vi(value, decimals)
        return text if self.lang == "vi" else text.translate(_SWAPPED)

    def day(self, iso: str) -> str:
        """A date as the language writes it."""
        return "/".join(reversed(iso.split("-"))) if self.lang == "vi" else iso

    def word(self, value: object, column: str) -> object:
        """A key of the data in the user's language; everything else as it is."""
        if column not in _WORDED:
            return value
        if isinstance(value, list):
            return [self.word(item, column) for item in value]
        return self.say(f"word.{value}") if isinstance(value, str) else value

    def line(self, text: Text | str, style: str = "") -> None:
        """One line, however long: a terminal folds it, a pipe keeps it whole."""
        whole = text if isinstance(text, Text) else Text(text, style)
        if _CONTROLS.search(whole.plain):
            whole = plain(whole.plain, str(whole.style))
        self.console.print(whole, soft_wrap=True)

    def folded(self, text: Text | str, indent: int = 0, style: str = "") -> list[Text]:
        """A paragraph with all its lines indented; in a pipe it is one line."""
        whole = plain(text, style) if isinstance(text, str) else text
        space = " " * indent
        if not self.terminal:
            return [Text(space) + whole]
        parts = whole.wrap(self.console, max(self.console.width - indent, 20), overflow="fold")
        for part in parts:
            part.rstrip()
        return [Text(space) + part for part in parts]

    def table(self, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A table whose cells fold where the screen is narrow."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        for title in titles:
            table.add_column(title, overflow="fold")
        for row in rows:
            table.add_row(*(v if isinstance(v, Text) else plain(as_text(v)) for v in row))
        self.console.print(table)

    def aligned(
        self, titles: Sequence[str], rows: Sequence[Sequence[Text | str]], right: set[int]
    ) -> list[Text]:
        """A table of one line a row; the columns of `right` are aligned like numbers.

        On a terminal that is too narrow the last but one column gives way, in its middle.
        """
        cells = [[c if isinstance(c, Text) else plain(c) for c in row] for row in rows]
        cells.insert(0, [Text(title, "bold") for title in titles])
        widths = [max(cell.cell_len for cell in column) for column in zip(*cells, strict=True)]
        over = sum(widths) + _GAP * (len(widths) - 1) - self.console.width
        if self.terminal and over > 0:
            room = max(widths[-2] - over, 12)
            widths[-2] = room
            for row in cells:
                row[-2] = _shortened(row[-2], room)
        return [_joined(row, widths, right) for row in cells]


def plain(text: str, style: str = "") -> Text:
    """Text that does nothing but stand there."""
    return Text(_CONTROLS.sub(" ", text), style)


def _joined(row: Sequence[Text], widths: Sequence[int], right: set[int]) -> Text:
    line = Text()
    for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - cell.cell_len)
        line += Text(space) + cell if i in right else cell + Text(space)
        line.append(" " * _GAP)
    line.rstrip()
    return line


def _shortened(cell: Text, width: int) -> Text:
    """Leave out the middle: names of files often differ at their ends."""
    if cell.cell_len <= width:
        return cell
    text, tail = cell.plain, (width - 1) // 2
    end = text[-tail:]
    start = text
    while cell_len(start) + cell_len(end) + 1 > width:
        start = start[:-1]
    return Text(f"{start}…{end}", cell.style)


def as_text(value: object) -> str:
    """A value of the data as it stands in a table."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value)
