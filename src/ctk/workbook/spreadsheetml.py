"""Reads "XML Spreadsheet 2003", which Excel and many other programs save under the name .xls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ctk.errors import UnreadableError
from ctk.workbook.book import Remark, SheetCells
from ctk.workbook.grid import Grid
from ctk.workbook.letters import decode
from ctk.workbook.markup import hear_xml

_NS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_MOST_SHEETS = 1000


def read_spreadsheetml(data: bytes) -> tuple[list[SheetCells], tuple[Remark, ...]]:
    """Read all sheets and say what was noticed.

    Raises:
        UnreadableError: The XML is damaged or cut off, declares entities, or a sheet is too large.
    """
    workbook = _Workbook()
    hear_xml(decode(data), workbook)
    if not workbook.sheets:
        raise UnreadableError("damaged")
    links = (Remark("V110"),) if workbook.links else ()
    return workbook.sheets, links


class _Workbook:
    """Hears the events of the whole file."""

    def __init__(self) -> None:
        self.sheets: list[SheetCells] = []
        self.links = False
        self._grid: Grid | None = None
        self._hidden = False
        self._row = self._col = -1
        self._cell: dict[str, str] = {}
        self._type = ""
        self._text: list[str] | None = None
        self._aside = 0
        self._rows_to_skip = 0

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        if self._aside or tag == f"{_NS}Comment":
            self._aside += 1
        elif tag == f"{_NS}Worksheet":
            self._open_sheet(attrib)
        elif tag == f"{_NS}Row":
            self._row = _place(attrib, self._row + self._rows_to_skip)
            self._rows_to_skip = _count(attrib, "Span")
            self._col = -1
        elif tag == f"{_NS}Cell":
            self._open_cell(attrib)
        elif tag == f"{_NS}Data":
            self._type, self._text = attrib.get(f"{_NS}Type", "String"), []
        elif tag == f"{_EXCEL}Visible":
            self._text = []
        elif tag == f"{_EXCEL}SupBook":
            self.links = True

    def end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif tag == f"{_NS}Worksheet" and self._grid is not None:
            self.sheets.append(self._grid.sheet(hidden=self._hidden))
            self._grid = None
        elif tag == f"{_NS}Cell":
            self._close_cell()
        elif tag == f"{_EXCEL}Visible":
            self._hidden = "hidden" in "".join(self._text or ()).lower()
            self._text = None

    def data(self, text: str) -> None:
        if self._text is not None and not self._aside:
            self._text.append(text)

    def comment(self, text: str) -> None:
        """Comments hold no cells."""

    def close(self) -> None:
        """Nothing is left to do."""

    def _open_sheet(self, attrib: dict[str, str]) -> None:
        if len(self.sheets) >= _MOST_SHEETS:
            raise UnreadableError("unpacks_too_large")
        self._grid = Grid(attrib.get(f"{_NS}Name", f"Sheet{len(self.sheets) + 1}"))
        self._hidden = False
        self._row = self._col = -1
        self._rows_to_skip = 0

    def _open_cell(self, attrib: dict[str, str]) -> None:
        self._col = _place(attrib, self._col)
        self._cell, self._type, self._text = attrib, "", None

    def _close_cell(self) -> None:
        across, down = _count(self._cell, "MergeAcross"), _count(self._cell, "MergeDown")
        text = "".join(self._text) if self._text is not None else None
        self._text = None
        if self._grid is not None:
            formula = self._cell.get(f"{_NS}Formula", "")
            # A formula without a result must not look like an empty cell.
            value = formula if text is None else _value(self._type, text)
            self._grid.put(max(self._row, 0), self._col, value, down, across)
        self._col += across


def _place(attrib: dict[str, str], before: int) -> int:
    index = _count(attrib, "Index")
    return index - 1 if index else before + 1


def _count(attrib: dict[str, str], name: str) -> int:
    text = attrib.get(f"{_NS}{name}", "0")
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise UnreadableError("damaged")
    return int(text)


def _value(kind: str, text: str) -> Any:  # noqa: ANN401  (a cell)
    try:
        if kind == "Number":
            return float(text)
        if kind == "Boolean":
            return text.strip() in ("1", "true")
        if kind == "DateTime":
            return datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return text
