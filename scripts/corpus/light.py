"""Writes the commune workbook with the same cells at the same places but hardly any looks.

A form of ctk weighs 34 KB, most of it looks, guidance and formulas of rates; these weigh less than
half. The times in the files are fixed: the same cells make the same file.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from sample_workbooks import Cells, ErrorValue, rewrite

from corpus.contents import Around, Formula, Grid, Percent, Shown, Typed
from ctk.model import Unit
from ctk.workbook.commune import CommuneWorkbooks, FormPlan
from ctk.workbook.commune.cover import SHEET as COVER
from ctk.workbook.writing import Format, Workbook, Worksheet, new_workbook

Place = tuple[int, int]

_WIDTHS = (45, 12, 10, *[9] * 6)
_GUIDANCE_FROM = 15
_FIGURES_TO = len(_WIDTHS)
_NO_RESULT = "ctk-no-result"
_EMPTY_RESULT = re.compile(rf'(<c r="[A-Z]+\d+"[^>]*?) t="str"(><f>[^<]*</f>)<v>{_NO_RESULT}</v>')


def write_light(path: Path, unit: Unit, cells: Cells, around: Around | None = None) -> None:
    """Write a commune's workbook with its cells filled in.

    Args:
        path: The file; one that is there is replaced.
        unit: The commune whose code and name stand on the cover.
        cells: What is filled in.
        around: What else the workbook has.
    """
    write_grids(path, filled(unit, cells), around or Around())


def filled(unit: Unit, cells: Cells) -> dict[str, dict[Place, Typed]]:
    """The cells of a filled form by sheet."""
    blank = _blank(unit, _Plan(cells.plan), cells.parents)
    grids = {name: dict(grid) for name, grid in blank.items()}
    for sheet, typed in cells.by_sheet.items():
        for cell, content in typed.items():
            grids[sheet][_place(cell)] = content
    return grids


def rows_of(grid: Mapping[Place, Typed]) -> list[list[int | str | None]]:
    """A sheet row by row, as simpler formats have it: days are texts."""
    height, width = (max(place[i] for place in grid) for i in (0, 1))
    return [
        [_plain(grid.get((row, column))) for column in range(1, width + 1)]
        for row in range(1, height + 1)
    ]


def _plain(content: Typed) -> int | str | None:
    if isinstance(content, date):
        return f"{content:%d/%m/%Y}"
    return content if isinstance(content, int | str) else None


class _Plan:
    """A plan as a key of a cache: plans of one period are the same."""

    def __init__(self, plan: FormPlan) -> None:
        self.plan = plan

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Plan) and other.plan.period == self.plan.period

    def __hash__(self) -> int:
        return hash(self.plan.period)


@cache
def _blank(unit: Unit, plan: _Plan, parents: tuple[Unit, ...]) -> dict[str, dict[Place, Typed]]:
    """The cells of the blank form, without the guidance below the cover and beside the rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "blank.xlsx")
        CommuneWorkbooks(plan.plan).write(path, unit, parents, force=True)
        book = openpyxl.load_workbook(path)
    return {
        sheet.title: {
            (cell.row, cell.column): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and not _is_guidance(sheet.title, cell.row, cell.column)
        }
        for sheet in book.worksheets
    }


def _is_guidance(sheet: str, row: int, column: int) -> bool:
    return row > _GUIDANCE_FROM or column > 2 if sheet == COVER else column > _FIGURES_TO


def _place(cell: str) -> Place:
    letters, row = coordinate_from_string(cell)
    return row, column_index_from_string(letters)


def grid_of(rows: Grid) -> dict[Place, Typed]:
    """The cells of a sheet given row by row."""
    return {
        (r, c): content
        for r, row in enumerate(rows, 1)
        for c, content in enumerate(row, 1)
        if content is not None
    }


def write_grids(
    path: Path, grids: Mapping[str, Mapping[Place, Typed]], around: Around | None = None
) -> None:
    """Write sheets of plain cells."""
    around = around or Around()
    path.parent.mkdir(parents=True, exist_ok=True)
    further = {name: grid_of(rows) for name, rows in around.further.items()}
    with new_workbook(path, "Số liệu về trẻ em", path.stem) as book:
        styles = _Styles(book, around)
        for name, grid in {**grids, **further}.items():
            if name in around.dropped:
                continue
            sheet = book.add_worksheet(around.renamed.get(name, name))
            if name in around.hidden:
                sheet.hide()
            _write_sheet(sheet, styles, grid)
            _write_around(sheet, name, grid, around)
    rewrite(path, lambda _part, text: _EMPTY_RESULT.sub(r"\1\2", text))


class _Styles:
    """The few formats that a light workbook has."""

    def __init__(self, book: Workbook, around: Around) -> None:
        self.around = around
        self._book = book
        self._of: dict[str, Format] = {}
        self.text = book.add_format({"font_name": around.font, "font_size": 11})

    def of(self, number_format: str) -> Format:
        """A format by its number format."""
        if number_format not in self._of:
            self._of[number_format] = self._book.add_format({"num_format": number_format})
        return self._of[number_format]

    def formula(self, text: str) -> str:
        """A formula with the names that sheets have now."""
        for old, new in self.around.renamed.items():
            text = text.replace(f"'{old}'!", f"'{new}'!")
        return text


def _write_sheet(sheet: Worksheet, styles: _Styles, grid: Mapping[Place, Typed]) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for (row, column), content in sorted(grid.items()):
        _write_cell(sheet, styles, row - 1, column - 1, content)


def _write_cell(sheet: Worksheet, styles: _Styles, row: int, column: int, content: Typed) -> None:
    match content:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, content)
        case ErrorValue():
            sheet.write_formula(row, column, f"={content.formula}", None, content.text)
        case Formula():
            value = _NO_RESULT if content.value is None else content.value
            sheet.write_formula(row, column, styles.formula(content.text), None, value)
        case Percent():
            sheet.write_number(row, column, content.value, styles.of("0%"))
        case Shown():
            sheet.write_number(row, column, content.value, styles.of(content.number_format))
        case str():
            sheet.write_string(row, column, styles.around.encode(content), styles.text)
        case date():
            sheet.write_datetime(row, column, content, styles.of("dd/mm/yyyy"))
        case _:
            sheet.write_number(row, column, content)


def _write_around(sheet: Worksheet, name: str, grid: Mapping[Place, Typed], around: Around) -> None:
    for home, area in around.merged:
        if home == name:
            first = _place(area.partition(":")[0])
            content = grid.get(first)
            sheet.merge_range(area, content if isinstance(content, str | int) else "")
    for home, row in around.hidden_rows:
        if home == name:
            sheet.set_row(row - 1, None, None, {"hidden": True})
    for home, column in around.hidden_columns:
        if home == name:
            sheet.set_column(f"{column}:{column}", 9, None, {"hidden": True})
    for (home, cell), text in around.comments.items():
        if home == name:
            sheet.write_comment(cell, text)
