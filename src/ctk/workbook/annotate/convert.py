"""Turns a workbook of another format into an .xlsx with the same content, to be marked then."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from math import ceil, isfinite
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import OverlappingRange

from ctk.workbook.annotate.looks import SheetLook, looks_of_xls
from ctk.workbook.annotate.markup import MAX_TEXT
from ctk.workbook.writing import A4, FONT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from ctk.workbook.annotate.looks import Look
    from ctk.workbook.book import Book, Merge, SheetCells

_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_OLE = b"\xd0\xcf\x11\xe0"
_UPRIGHT_COLUMNS = 8
_TABLE_ROW = 4
_NARROWEST, _FIGURES, _WORDS = 5, 11, 36
_LINE, _TALLEST = 15, 409
_DATES = {
    datetime: "dd/mm/yyyy hh:mm",
    date: "dd/mm/yyyy",
    time: "hh:mm:ss",
    timedelta: "[h]:mm:ss",
}
_FIRST_YEAR = 1900  # Excel has no day before it
_PLAIN: Look = {"valign": "top", "text_wrap": True}


def convert(book: Book) -> tuple[bytes, dict[str, str]]:
    """Write a workbook's cells, sheets and merged areas as .xlsx; of an .xls file also its looks.

    Returns:
        The bytes, and the new names of sheets whose own Excel would refuse.
    """
    target = io.BytesIO()
    font = {"font_name": FONT, "font_size": 11, "font_scheme": "none"}
    workbook = Workbook(target, {"in_memory": True, "default_format_properties": font})
    writer = _Writer(workbook)
    looks = looks_of_xls(book.data) if book.data.startswith(_OLE) else {}
    names = _names([sheet.name for sheet in book.sheets])
    for sheet, name in zip(book.sheets, names, strict=True):
        page = workbook.add_worksheet(name)
        if sheet.name in looks:
            writer.write(page, sheet, looks[sheet.name].formats)
            _lay_out(page, looks[sheet.name])
        else:
            writer.write(page, sheet, _table_looks(sheet))
            _lay_out_plainly(page, sheet)
        _set_up(page, sheet)
    workbook.close()
    renamed = zip((sheet.name for sheet in book.sheets), names, strict=True)
    return target.getvalue(), {old: new for old, new in renamed if old != new}


class _Writer:
    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[str, Format] = {}

    def write(
        self, page: Worksheet, sheet: SheetCells, looks: Mapping[tuple[int, int], Look]
    ) -> None:
        """Write cells as they were read, each in its look; merged areas first, as they blank."""
        for merge in sheet.merged:
            if (merge.row, merge.col) != (merge.last_row, merge.last_col):
                look = looks.get((merge.row, merge.col), _PLAIN)
                with suppress(OverlappingRange):  # Excel would not open a file with such areas
                    page.merge_range(*merge, "", self._format(look))
        filled = {
            (r, c): content
            for r, row in enumerate(sheet.cells)
            for c, content in enumerate(row)
            if content != ""
        }
        for place in sorted(looks.keys() | filled.keys()):
            self._cell(page, place, filled.get(place), looks.get(place, _PLAIN))

    def _cell(self, page: Worksheet, place: tuple[int, int], content: Any, look: Look) -> None:  # noqa: ANN401
        """Write one cell: a text stays text, whatever it looks like."""
        if content is None:
            page.write_blank(*place, None, self._format(look))
        elif isinstance(content, bool):
            page.write_boolean(*place, content, self._format(look))
        elif isinstance(content, (int, float)) and isfinite(content):
            page.write_number(*place, content, self._format(look))
        elif type(content) in _DATES and getattr(content, "year", _FIRST_YEAR) >= _FIRST_YEAR:
            shown = {"num_format": _DATES[type(content)]} | look
            page.write_datetime(*place, content, self._format(shown))
        else:
            page.write_string(*place, str(content)[:MAX_TEXT], self._format(look))

    def _format(self, look: Look) -> Format:
        key = repr(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(look)
        return self._made[key]


def _table_looks(sheet: SheetCells) -> dict[tuple[int, int], Look]:
    """Where no looks are known: lines around the cells of rows that hold several figures."""
    looks: dict[tuple[int, int], Look] = {}
    for r, row in enumerate(sheet.cells):
        filled = [c for c, content in enumerate(row) if content != ""]
        if len(filled) >= _TABLE_ROW:
            lined = _PLAIN | {"border": 1}
            looks |= {(r, c): lined for c in range(filled[0], filled[-1] + 1)}
    return looks


def _lay_out(page: Worksheet, look: SheetLook) -> None:
    for col, width, hidden in look.columns:
        page.set_column(col, col, width, None, {"hidden": hidden})
    for row, height, hidden in look.rows:
        page.set_row(row, height, None, {"hidden": hidden})
    for place, text in look.comments.items():
        page.write_comment(*place, text)


def _lay_out_plainly(page: Worksheet, sheet: SheetCells) -> None:
    """Widths by content: those of figures narrow, with long titles folded above them."""
    merged = {(merge.row, merge.col): merge for merge in sheet.merged}
    widths = [_width(sheet, col, merged) for col in range(max(map(len, sheet.cells), default=0))]
    for col, width in enumerate(widths):
        page.set_column(col, col, width)
    for r, row in enumerate(sheet.cells):
        lines = [
            _lines(str(content), widths, c, merged.get((r, c)))
            for c, content in enumerate(row)
            if content != ""
        ]
        if max(lines, default=1) > 1:
            page.set_row(r, min(_LINE * max(lines), _TALLEST))


def _width(sheet: SheetCells, col: int, merged: Mapping[tuple[int, int], Merge]) -> int:
    contents = [row[col] for r, row in enumerate(sheet.cells)
                if col < len(row) and row[col] != "" and (r, col) not in merged]  # fmt: skip
    figures = sum(not isinstance(content, str) for content in contents)
    widest = _FIGURES if figures * 2 >= len(contents) else _WORDS
    longest = max((len(str(content)) for content in contents), default=0)
    return min(max(longest + 2, _NARROWEST), widest)


def _lines(text: str, widths: list[int], col: int, merge: Merge | None) -> int:
    """Lines that a text takes in its own row; a merged area shares them out over its rows."""
    last, rows = (merge.last_col, merge.last_row - merge.row + 1) if merge else (col, 1)
    room = sum(widths[col : last + 1])
    return ceil(sum(max(1, ceil(len(part) / room)) for part in text.split("\n")) / rows)


def _set_up(page: Worksheet, sheet: SheetCells) -> None:
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    if max(map(len, sheet.cells), default=0) > _UPRIGHT_COLUMNS:
        page.set_landscape()
    if sheet.hidden:
        page.hide()


def _names(names: list[str]) -> list[str]:
    """Names that Excel takes: short, without brackets or slashes, no two alike."""
    taken: set[str] = set()
    allowed: list[str] = []
    for number, name in enumerate(names, start=1):
        wanted = name.translate(_FORBIDDEN).strip("'")[:_LONGEST_NAME] or f"Sheet{number}"
        if wanted.casefold() in taken:
            wanted = f"{wanted[: _LONGEST_NAME - 6]} ({number})"
        taken.add(wanted.casefold())
        allowed.append(wanted)
    return allowed
