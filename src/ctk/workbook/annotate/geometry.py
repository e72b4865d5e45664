"""Where a comment's box lies: Excel wants it in columns, rows and pixels within them."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from ctk.workbook.annotate.markup import child, children

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.etree import _Element as Element

_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_COLUMN, _ROW = 64, 20
_MARGIN_LEFT, _MARGIN_TOP = 15, 2
_TRUE = ("1", "true")

_CHARACTERS, _CHARACTER, _LINE = 46, 7, 16
_MANY_LINES, _TALLEST = 24, 640


def box_size(lines: Sequence[str]) -> tuple[int, int]:
    """Width and height in pixels of a box in which lines of text can be read whole."""
    characters = _CHARACTERS
    if _line_count(lines, characters) > _MANY_LINES:
        characters *= 2
    height = _LINE * (_line_count(lines, characters) + 1)
    return characters * _CHARACTER, min(height, _TALLEST)


def _line_count(lines: Sequence[str], characters: int) -> int:
    return sum(max(1, ceil(len(line) / characters)) for line in lines)


class Grid:
    """Widths of a sheet's columns and heights of its rows, in pixels."""

    def __init__(self, sheet: Element) -> None:
        """Read what the sheet says of them."""
        default = child(sheet, "sheetFormatPr")
        said: dict[str, str] = (
            {} if default is None else {str(k): str(v) for k, v in default.items()}
        )
        self._default_width = _column_pixels(float(said.get("defaultColWidth", 0))) or _COLUMN
        self._default_height = _row_pixels(float(said.get("defaultRowHeight", 0))) or _ROW
        self._columns = list(children(child(sheet, "cols"), "col"))
        rows = children(child(sheet, "sheetData"), "row")
        self._heights = {
            int(row.get("r", 0)) - 1: 0 if row.get("hidden") in _TRUE else
            _row_pixels(float(row.get("ht", 0))) or self._default_height
            for row in rows if row.get("ht") or row.get("hidden")
        }  # fmt: skip

    def anchor(self, row: int, col: int, width: int, height: int) -> str:
        """The anchor of a box beside a cell."""
        left, top = min(col + 1, _LAST_COLUMN - 8), max(row - 1, 0)
        right, across = self._walk(left, _MARGIN_LEFT + width, self._width, _LAST_COLUMN)
        bottom, down = self._walk(top, _MARGIN_TOP + height, self._height, _LAST_ROW)
        numbers = (left, _MARGIN_LEFT, top, _MARGIN_TOP, right, across, bottom, down)
        return ", ".join(map(str, numbers))

    def _walk(self, start: int, pixels: int, size: Callable[[int], int], last: int) -> tuple[
        int, int
    ]:  # fmt: skip
        while start < last and pixels >= size(start):
            pixels -= size(start)
            start += 1
        return start, min(pixels, size(start))

    def _width(self, col: int) -> int:
        for each in self._columns:
            if int(each.get("min", 1)) <= col + 1 <= int(each.get("max", 1)):
                hidden = each.get("hidden") in _TRUE
                said = _column_pixels(float(each.get("width", 0)))
                return 0 if hidden else said or self._default_width
        return self._default_width

    def _height(self, row: int) -> int:
        return self._heights.get(row, self._default_height)


def _column_pixels(width: float) -> int:
    return round(width * 7 + 5) if width > 0 else 0


def _row_pixels(points: float) -> int:
    return round(points * 4 / 3)
