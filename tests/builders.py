"""Reads commune workbooks with plain openpyxl, as another program than ctk would."""

from __future__ import annotations

import openpyxl

CODE_TITLE = "Mã số"
COLUMNS = {
    "Tổng số": ("T", "T", "T"),
    "Nam": ("M", "T", "T"),
    "Nữ": ("F", "T", "T"),
    "Dưới 6 tuổi": ("T", "U6", "T"),
    "6 đến dưới 16 tuổi": ("T", "6-15", "T"),
    "Dân tộc thiểu số": ("T", "T", "minority"),
}
"""Sex, age and ethnicity of each column of a data sheet."""

NOTHING = ("-", "không")
BOX_TITLE = "Không phát sinh"


def input_cells(book):
    """The unlocked cells of the data sheets, by code and column title."""
    found = {}
    for sheet in book.worksheets:
        heads = [c for row in sheet.iter_rows(max_row=20) for c in row if c.value == CODE_TITLE]
        if not heads:
            continue
        titles = {c.column: c.value for c in sheet[heads[0].row] if c.value in COLUMNS}
        for row in sheet.iter_rows(min_row=heads[0].row + 1):
            code = row[heads[0].column - 1].value
            for cell in row:
                if code and cell.column in titles and not cell.protection.locked:
                    found[code, titles[cell.column]] = cell
    return found


def typed(path):
    """What a commune typed: numbers by code and column title; signs and a ticked box count 0."""
    book = openpyxl.load_workbook(path)
    idle = {sheet.title for sheet in book.worksheets if _ticked(sheet)}
    found = {}
    for place, cell in input_cells(book).items():
        nothing = cell.value in NOTHING or (cell.value is None and cell.parent.title in idle)
        found[place] = 0 if nothing else cell.value
    return found


def _ticked(sheet):
    labels = [c for row in sheet.iter_rows(max_row=8) for c in row if c.value == BOX_TITLE]
    return any(sheet.cell(c.row, c.column + 1).value for c in labels)
