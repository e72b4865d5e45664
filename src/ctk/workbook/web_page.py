"""Reads tables of a web page: what Excel and many other programs save as .xls or .htm.

Cells stand at the addresses that Excel gives them: spans are opened out, a table within a cell
starts at that cell, and text between tables takes a row of its own.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ctk.errors import UnreadableError
from ctk.workbook.book import Remark, SheetCells
from ctk.workbook.grid import MAX_CELLS, Grid, plain_or_text
from ctk.workbook.letters import decode
from ctk.workbook.markup import hear_html

_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,200})</x:Name>", re.IGNORECASE)
_OPENED = re.compile(r"<table\b", re.IGNORECASE)
_CLOSED = re.compile(r"</table\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DATE = re.compile(r"\d{1,4}[/-]\d{1,2}([/-]\d{1,4})?( .*)?|\d{1,2}[/-]\w+([/-]\d+)?")
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  (a day of a calendar, at no place)
_LAST_DAY = 2_958_465
_UNSEEN = ("head", "script", "style", "title", "xml")
_BLOCKS = ("address", "blockquote", "body", "center", "div", "form", "hr", "li", "p", "pre", "ul",
           "ol", "h1", "h2", "h3", "h4", "h5", "h6")  # fmt: skip
_MOST_ACROSS, _MOST_DOWN = 1000, 65534
_DEEPEST = 40


def read_web_page(data: bytes, charset: str = "") -> tuple[list[SheetCells], tuple[Remark, ...]]:
    """Read all tables of a page as one sheet.

    Args:
        data: The page.
        charset: The encoding that came with the page, if it came in an archive.

    Raises:
        UnreadableError: There is no table, or it is larger than any form.
    """
    text = decode(data, charset)
    page = _Page(sheet_names(text)[0] if len(sheet_names(text)) == 1 else "HTML")
    hear_html(text, page)
    if not page.tables or not page.grid:
        raise UnreadableError("is_web_page")
    cut = len(_OPENED.findall(text)) > len(_CLOSED.findall(text))
    return [page.grid.sheet()], (Remark("V117"),) if cut else ()


def sheet_names(text: str) -> list[str]:
    """The names of sheets that Excel left in a comment of the page."""
    return [html.unescape(name).strip() for name in _SHEET_NAME.findall(text)]


@dataclass(slots=True)
class _Cell:
    row: int
    col: int
    attrib: dict[str, str]
    down: int
    across: int
    height: int = 0
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """An open table: its next row and column, and how far down each column is taken."""

    top: int
    left: int
    row: int = -1
    col: int = 0
    row_height: int = 1
    right: int = 0
    taken: dict[int, int] = field(default_factory=dict)
    cell: _Cell | None = None

    @property
    def bottom(self) -> int:
        """The first row below the table."""
        return self.top if self.row < 0 else self.row + self.row_height


class _Page:
    """Hears the events of a page and fills one sheet."""

    def __init__(self, name: str) -> None:
        self.grid = Grid(name)
        self.tables = 0
        self._open: list[_Table] = []
        self._unseen = 0
        self._outside: list[str] = []
        self._row = 0
        self._work = 0

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._open_table()
        elif not self._open:
            if tag in (*_BLOCKS, "br"):
                self._flush_outside()
        elif tag == "tr":
            self._open_row()
        elif tag in ("td", "th"):
            self._open_cell(dict(attrib))
        elif tag == "br" or tag in _BLOCKS:
            self.data("\n", raw=True)

    def end(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table" and self._open:
            self._close_table()
        elif tag in ("td", "th", "tr") and self._open:
            self._close_cell(self._open[-1])
        elif not self._open and tag in _BLOCKS:
            self._flush_outside()

    def data(self, text: str, *, raw: bool = False) -> None:
        if self._unseen:
            return
        text = text if raw else _SPACE.sub(" ", text)
        cell = self._open[-1].cell if self._open else None
        if cell is not None:
            cell.text.append(text)
        elif not self._open:
            self._outside.append(text)

    def comment(self, text: str) -> None:
        """Comments hold no cells."""

    def close(self) -> None:
        """Take what a cut page left open."""
        while self._open:
            self._close_table()
        self._flush_outside()

    def _open_table(self) -> None:
        self.tables += 1
        if len(self._open) >= _DEEPEST:
            raise UnreadableError("damaged")
        around = self._open[-1].cell if self._open else None
        if self._open and around is None:  # a table between the rows of another one
            self._open_row()
            self._open_cell({})
            around = self._open[-1].cell
        if around is None:
            self._flush_outside()
            self._open.append(_Table(self._row, 0))
        else:
            self._put(around)
            self._open.append(_Table(around.row + around.height, around.col))

    def _close_table(self) -> None:
        table = self._open.pop()
        self._close_cell(table)
        around = self._open[-1].cell if self._open else None
        if around is not None:
            around.height = max(around.height, table.bottom - around.row)
            around.across = max(around.across, table.right - around.col)
        elif not self._open:
            self._row = table.bottom

    def _open_row(self) -> None:
        table = self._open[-1]
        self._close_cell(table)
        table.row, table.col, table.row_height = table.bottom, table.left, 1

    def _open_cell(self, attrib: dict[str, str]) -> None:
        table = self._open[-1]
        if table.row < 0:
            self._open_row()
        self._close_cell(table)
        while table.taken.get(table.col, 0) > table.row:
            table.col += 1
            self._count(1)
        across = _span(attrib, "colspan", _MOST_ACROSS)
        down = _span(attrib, "rowspan", _MOST_DOWN)
        table.cell = _Cell(table.row, table.col, attrib, down, across)

    def _close_cell(self, table: _Table) -> None:
        cell, table.cell = table.cell, None
        if cell is None:
            return
        self._put(cell)
        self._count(cell.across)
        if cell.down > 1:
            below = cell.row + cell.down
            table.taken.update(dict.fromkeys(range(cell.col, cell.col + cell.across), below))
        elif cell.height > table.row_height:
            table.row_height = cell.height
        table.col = cell.col + cell.across
        table.right = max(table.right, table.col)

    def _put(self, cell: _Cell) -> None:
        """Put the text so far; what follows a table in the cell stands below that table."""
        text = _tidy(cell.text)
        cell.text.clear()
        if cell.height and not text:
            return
        spans = (cell.down - 1, cell.across - 1) if not cell.height else (0, 0)
        value = _value(text, cell.attrib) if not cell.height else plain_or_text(text)
        self.grid.put(cell.row + cell.height, cell.col, value, *spans)
        cell.height += 1 if text else 0

    def _flush_outside(self) -> None:
        text = _tidy(self._outside)
        self._outside.clear()
        if text:
            self.grid.put(self._row, 0, plain_or_text(text))
            self._row += 1

    def _count(self, amount: int) -> None:
        self._work += amount
        if self._work > MAX_CELLS:
            raise UnreadableError("sheet_too_large", sheet=self.grid.name)


def _tidy(parts: list[str]) -> str:
    lines = "".join(parts).replace("\xa0", " ").split("\n")
    return "\n".join(line for part in lines if (line := _SPACE.sub(" ", part).strip()))


def _span(attrib: dict[str, str], name: str, most: int) -> int:
    text = attrib.get(name, "1").strip()
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() else 1


def _value(text: str, attrib: dict[str, str]) -> Any:  # noqa: ANN401  (a cell)
    """The true value where the page tells it, else the text: "1.234" stays ambiguous."""
    if "x:str" in attrib or "x:err" in attrib:
        return text
    if "x:bool" in attrib:
        return (attrib["x:bool"] or text).strip().lower() == "true"
    stored = attrib.get("x:num", attrib.get("sdval"))
    if stored is None:
        return plain_or_text(text)
    try:
        number = float(stored or text)
    except ValueError:
        return text
    if not abs(number) < float("inf"):
        return text
    if _DATE.fullmatch(text) and 0 < number < _LAST_DAY:
        return _DAY_ZERO + timedelta(days=number)
    return number
