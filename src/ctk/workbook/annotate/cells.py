"""Colours cells of a sheet's XML; a cell or row that is not there is made in its place."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING

from ctk.workbook.addresses import a1, parse_a1
from ctk.workbook.annotate.markup import child, children, make

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from ctk.workbook.annotate.styles import Styles
    from ctk.workbook.annotate.types import Paint

Place = tuple[int, int]
"""Row and column of a cell, counted from 0."""

_COLUMNS = 16_384
_TRUE = ("1", "true")


def merged_ranges(sheet: Element) -> list[tuple[Place, Place]]:
    """First and last cell of each merged range."""
    refs = (each.get("ref", "") for each in children(child(sheet, "mergeCells"), "mergeCell"))
    corners = (ref.partition(":") for ref in refs if ref)
    return [(parse_a1(first), parse_a1(last or first)) for first, _, last in corners]


def shown_at(place: Place, merged: list[tuple[Place, Place]]) -> Place:
    """The cell that shows what stands at a place: of a merged range the first."""
    row, col = place
    for first, last in merged:
        if first[0] <= row <= last[0] and first[1] <= col <= last[1]:
            return first
    return place


def unpaint_cells(sheet: Element, fills: Mapping[Place, str], styles: Styles) -> None:
    """Give cells that still have one of our colours the fill that they had before."""
    rows = dict(numbered_rows(child(sheet, "sheetData")))
    for (row, col), fill in fills.items():
        cell = dict(numbered_cells(rows[row])).get(col) if row in rows else None
        if cell is not None and styles.is_painted(style := int(cell.get("s", "0"))):
            cell.set("s", str(styles.refilled(style, fill)))


def paint_cells(sheet: Element, paints: Mapping[Place, Paint], styles: Styles) -> dict[Place, str]:
    """Colour cells, each in its own format with another fill, and give the fills of before."""
    data = child(sheet, "sheetData")
    if data is None:
        raise ValueError("no cells")
    columns = _column_styles(sheet)
    by_row: dict[int, dict[int, Paint]] = {}
    for (number, col), paint in paints.items():
        by_row.setdefault(number, {})[col] = paint
    rows = list(numbered_rows(data))
    before: dict[Place, str] = {}
    for number in sorted(by_row):
        row, is_new = _at(data, "row", number, rows)
        if is_new:
            row.set("r", str(number + 1))
        fills = _paint_row(row, number, by_row[number], columns, styles)
        before |= {(number, col): fill for col, fill in fills.items()}
    _widen_dimension(sheet, list(paints))
    return before


def _paint_row(
    row: Element, number: int, paints: dict[int, Paint], columns: dict[int, int], styles: Styles
) -> dict[int, str]:
    before: dict[int, str] = {}
    cells = list(numbered_cells(row))
    for col in sorted(paints):
        cell, is_new = _at(row, "c", col, cells)
        if is_new:
            cell.set("r", a1(number, col))
            whole_row = row.get("customFormat") in _TRUE
            cell.set("s", row.get("s", "0") if whole_row else str(columns.get(col, 0)))
            row.attrib.pop("spans", "")  # only a hint, and now perhaps a wrong one
        style = int(cell.get("s", "0"))
        before[col] = styles.fill_before(style)
        cell.set("s", str(styles.painted(style, paints[col])))
    return before


def numbered_rows(data: Element | None) -> Iterator[tuple[int, Element]]:
    """Rows with their numbers from 0; one that does not say its own follows the one before."""
    number = -1
    for row in children(data, "row"):
        number = int(row.get("r", number + 2)) - 1
        yield number, row


def numbered_cells(row: Element) -> Iterator[tuple[int, Element]]:
    """Cells with their columns from 0; one that does not say its own follows the one before."""
    col = -1
    for cell in children(row, "c"):
        col = parse_a1(cell.get("r", ""))[1] if cell.get("r") else col + 1
        yield col, cell


def _at(
    parent: Element, name: str, number: int, known: list[tuple[int, Element]]
) -> tuple[Element, bool]:
    """The row or cell of a number, and whether it had to be made, before the first of a higher."""
    index = bisect_left(known, number, key=itemgetter(0))
    if index < len(known) and known[index][0] == number:
        return known[index][1], False
    new = make(parent, name)
    if index < len(known):
        known[index][1].addprevious(new)
    elif known:
        known[-1][1].addnext(new)
    known.insert(index, (number, new))
    return new, True


def _column_styles(sheet: Element) -> dict[int, int]:
    styles: dict[int, int] = {}
    for col in children(child(sheet, "cols"), "col"):
        first, last = int(col.get("min", "1")), min(int(col.get("max", "1")), _COLUMNS)
        styles |= dict.fromkeys(range(first - 1, last), int(col.get("style", "0")))
    return styles


def _widen_dimension(sheet: Element, places: list[Place]) -> None:
    dimension = child(sheet, "dimension")
    if dimension is None or not dimension.get("ref"):
        return
    first, _, last = dimension.get("ref", "").partition(":")
    corners = [*places, parse_a1(first), parse_a1(last or first)]
    rows, cols = zip(*corners, strict=True)
    dimension.set("ref", f"{a1(min(rows), min(cols))}:{a1(max(rows), max(cols))}")
