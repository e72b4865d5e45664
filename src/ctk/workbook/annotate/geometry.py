"""Where a comment's box lies: Excel wants it in columns, rows and pixels within them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from ctk.workbook.annotate.markup import child, children

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        said = {} if default is None else dict(default.items())
        self._edges = _edges(sheet, float(said.get("defaultColWidth", 0)))
        self._default_height = _row_pixels(float(said.get("defaultRowHeight", 0))) or _ROW
        self._heights = {
            int(row.get("r", 0)) - 1: 0
            if row.get("hidden") in _TRUE
            else _row_pixels(float(row.get("ht", 0))) or self._default_height
            for row in children(child(sheet, "sheetData"), "row")
            if row.get("ht") or row.get("hidden")
        }

    def anchor(self, row: int, col: int, width: int, height: int) -> str:
        """The anchor of a box beside a cell, left of it where there is no room to the right.

        Columns that are hidden up to the last one leave no room: a box there could not be read.
        """
        start = self._edges[min(col + 1, _LAST_COLUMN)] + _MARGIN_LEFT
        if start + width > self._edges[-1]:
            start = max(0, self._edges[min(col, _LAST_COLUMN)] - _MARGIN_LEFT - width)
        top = max(row - 1, 0)
        bottom, down = self._walk(top, _MARGIN_TOP + height)
        numbers = (
            *self._column(start),
            top,
            _MARGIN_TOP,
            *self._column(start + width),
            bottom,
            down,
        )
        return ", ".join(map(str, numbers))

    def _column(self, pixels: int) -> tuple[int, int]:
        """The column that lies at a distance from the left edge, and how far within it."""
        col = min(bisect_right(self._edges, pixels) - 1, _LAST_COLUMN)
        return col, pixels - self._edges[col]

    def _walk(self, row: int, pixels: int) -> tuple[int, int]:
        while row < _LAST_ROW and pixels >= self._height(row):
            pixels -= self._height(row)
            row += 1
        return row, min(pixels, self._height(row))

    def _height(self, row: int) -> int:
        return self._heights.get(row, self._default_height)


def _edges(sheet: Element, default: float) -> list[int]:
    """Distance of each column's left edge from that of the sheet, and that of the right end."""
    usual = _column_pixels(default) or _COLUMN
    widths = [usual] * (_LAST_COLUMN + 1)
    for each in children(child(sheet, "cols"), "col"):
        first = max(int(each.get("min", 1)) - 1, 0)
        last = max(min(int(each.get("max", 1)), _LAST_COLUMN + 1), first)
        said = _column_pixels(float(each.get("width", 0)))
        width = 0 if each.get("hidden") in _TRUE else said or usual
        widths[first:last] = [width] * (last - first)
    return [0, *accumulate(widths)]


def _column_pixels(width: float) -> int:
    return round(width * 7 + 5) if width > 0 else 0


def _row_pixels(points: float) -> int:
    return round(points * 4 / 3)
