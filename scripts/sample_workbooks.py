"""Writes filled workbooks: ctk's own blank form with figures in it.

The blank is patched in its XML, so the rates keep their formulas and carry the results that a
spreadsheet program would have stored. Times in the files are fixed: the same figures make the
same file.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from sample_population import Figures, slice_name

from ctk.indicators import Element
from ctk.model import Unit
from ctk.workbook.commune import CommuneWorkbooks, FormPlan, grid
from ctk.workbook.commune.cover import SHEET as COVER
from ctk.workbook.commune.cover import units_above

_CELL = re.compile(r'<c r="([A-Z]+\d+)"((?: [a-z]+="[^"]*")*)(?:/>|>(.*?)</c>)', re.DOTALL)
_STYLE = re.compile(r' s="\d+"')
_FORMULA = re.compile(r"<f>.*?</f>", re.DOTALL)
_QUOTIENT = re.compile(
    r"N\((?P<top>[A-Z]+\d+)\)/(?:'(?P<sheet>[^']+)'!)?(?P<below>[A-Z]+\d+)\*(?P<multiplier>\d+)"
)
_TIMES = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COVER_FIRST = 4
_FIXED_TIME = "2026-01-05T08:00:00Z"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_EXCEL_DAY_0 = date(1899, 12, 30)


class ErrorValue(NamedTuple):
    """A formula that shows an Excel error."""

    text: str
    formula: str


class Result(NamedTuple):
    """The result of a formula that stands in the cell already."""

    value: float


Content = int | float | str | date | ErrorValue | Result | None


@dataclass
class Cells:
    """What to write into one workbook, by sheet and A1 address; None empties a cell.

    Args:
        plan: The form of the period.
        parents: The units above the commune, which the cover names.
    """

    plan: FormPlan
    parents: tuple[Unit, ...]
    by_sheet: dict[str, dict[str, Content]] = field(default_factory=dict)

    def put(self, sheet: str, cell: str, content: Content) -> None:
        """Write into a cell."""
        self.by_sheet.setdefault(sheet, {})[cell] = content

    def put_on_cover(self, line: int, content: Content) -> None:
        """Write beside a label of the cover: 0 the form's version, 1 the unit's code, 2 its name.

        Below the name stand the units above it, the period, and what the commune fills in.
        """
        self.put(COVER, f"B{_COVER_FIRST + line}", content)

    def clear_row(self, element: str) -> None:
        """Empty an element's row from the label to the rate."""
        sheet, cell = self.place(element)
        width = grid.columns(self.plan.catalogue.breakdowns).rate + 1
        for column in range(1, width + 1):
            self.put(sheet, f"{get_column_letter(column)}{cell.lstrip(_LETTERS)}", None)

    def place(self, element: str, column: str = "T") -> tuple[str, str]:
        """Find the sheet and the cell of a figure."""
        sheet, row = _rows(self.plan)[element]
        names = [slice_name(breakdown) for breakdown in self.plan.catalogue.breakdowns]
        letter = get_column_letter(grid.FIRST_VALUE + names.index(column) + 1)
        return sheet, f"{letter}{row}"

    def figure(self, element: str, column: str, content: Content) -> None:
        """Write a figure."""
        self.put(*self.place(element, column), content)

    def count(self, element: str, column: str = "T") -> int:
        """Give a figure written before.

        Raises:
            TypeError: A sign stands there, or nothing.
        """
        sheet, cell = self.place(element, column)
        content = self.by_sheet[sheet][cell]
        if not isinstance(content, int):
            raise TypeError(f"{element} {column}: {content!r} is no count")
        return content


def _rows(plan: FormPlan) -> dict[str, tuple[str, int]]:
    """Sheet and row (from 1) of each element."""
    return {
        row.element.id: (sheet.name, number)
        for sheet in plan.sheets
        for number, row in enumerate(sheet.rows, grid.FIRST_ROW + 1)
        if row.element
    }


def fill(cells: Cells, figures: Figures, cut_off: date, habit: str) -> None:
    """Fill in a form.

    Args:
        cells: Takes what is written.
        figures: What the commune counted.
        cut_off: Day of the count.
        habit: How the commune writes that nothing occurred: `zero`, `dash`, or `box` (the dash,
            and a tick for a section in which nothing occurred at all).
    """
    below_units = 4 + len(units_above(cells.parents))
    cells.put_on_cover(below_units, cut_off)
    cells.put_on_cover(below_units + 1, "Thực tế")
    cells.put_on_cover(below_units + 2, "Sơ bộ")
    for sheet in cells.plan.sheets:
        if habit == "box" and not any(figures[element.id]["T"] for element in sheet.elements):
            cells.put(sheet.name, f"{get_column_letter(grid.CODE + 1)}{grid.BOX_ROW + 1}", "x")
            continue
        for element in sheet.elements:
            _fill_row(cells, element, figures[element.id], dashes=habit != "zero")


def _fill_row(cells: Cells, element: Element, counted: dict[str, int], *, dashes: bool) -> None:
    for breakdown in cells.plan.catalogue.breakdowns:
        if element.has(breakdown):
            name = slice_name(breakdown)
            nothing = dashes and counted["T"] == 0
            cells.figure(element.id, name, "-" if nothing else counted[name])


def _with_rates(cells: Cells) -> dict[str, dict[str, Content]]:
    """Add what the formulas of the rates give; one without a result stays as it is."""
    full = {sheet: dict(contents) for sheet, contents in cells.by_sheet.items()}
    letter = get_column_letter(grid.columns(cells.plan.catalogue.breakdowns).rate + 1)
    for sheet in cells.plan.sheets:
        for number, row in enumerate(sheet.rows, grid.FIRST_ROW + 1):
            cell = f"{letter}{number}"
            if row.rate is not None and cell not in full.get(sheet.name, {}):
                rate = _rate(row.rate.formula, sheet.name, cells.by_sheet)
                if rate is not None:
                    full.setdefault(sheet.name, {})[cell] = Result(rate)
    return full


def _rate(formula: str, home: str, by_sheet: Mapping[str, Mapping[str, Content]]) -> float | None:
    match = _QUOTIENT.search(formula)
    if match is None:
        raise ValueError(f"not a quotient: {formula}")
    top = by_sheet.get(home, {}).get(match["top"])
    below = by_sheet.get(match["sheet"] or home, {}).get(match["below"])
    top = 0 if top == "-" else top
    if not isinstance(top, int) or not isinstance(below, int) or below == 0:
        return None
    return top / below * int(match["multiplier"])


def write(path: Path, unit: Unit, cells: Cells) -> None:
    """Write a commune's workbook with its cells filled in."""
    CommuneWorkbooks(cells.plan).write(path, unit, cells.parents, force=True)
    names = [COVER, *(sheet.name for sheet in cells.plan.sheets)]
    sheets = {f"xl/worksheets/sheet{i}.xml": name for i, name in enumerate(names, 1)}
    contents = _with_rates(cells)
    rewrite(path, lambda part, text: _patched(text, contents.get(sheets.get(part, ""), {})))


def _patched(xml: str, wanted: Mapping[str, Content]) -> str:
    if not wanted:
        return xml
    done = set()

    def replace(match: re.Match[str]) -> str:
        cell, attributes, inner = match[1], match[2], match[3] or ""
        if cell not in wanted:
            return match[0]
        done.add(cell)
        style = _STYLE.search(attributes)
        formula = _FORMULA.search(inner)
        start = f'<c r="{cell}"{style[0] if style else ""}'
        return start + _content(wanted[cell], formula[0] if formula else "")

    text = _CELL.sub(replace, xml)
    if done != set(wanted):
        raise ValueError(f"no such cells: {sorted(set(wanted) - done)}")
    return text


def _content(content: Content, formula: str) -> str:
    if content is None:
        return "/>"
    if isinstance(content, ErrorValue):
        return f' t="e"><f>{escape(content.formula)}</f><v>{content.text}</v></c>'
    if isinstance(content, Result):
        return f">{formula}<v>{content.value!r}</v></c>"
    if isinstance(content, str):
        return f' t="inlineStr"><is><t>{escape(content)}</t></is></c>'
    if isinstance(content, date):
        content = (content - _EXCEL_DAY_0).days
    return f"><v>{content}</v></c>"


def rewrite(path: Path, patch: Callable[[str, str], str] = lambda _part, text: text) -> None:
    """Change the XML parts of a workbook and fix all times in it.

    Args:
        path: The workbook, changed in place.
        patch: Gives the new text of a part from its name and its text.
    """
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["docProps/core.xml"] = _TIMES.sub(rf"\g<1>{_FIXED_TIME}", parts["docProps/core.xml"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            archive.writestr(entry, patch(name, text), zipfile.ZIP_DEFLATED, compresslevel=9)


def move_tables(path: Path) -> None:
    """Copy a workbook's texts and figures into one with other sheet names and other places.

    Each table goes two rows down and one column right, has a column and notes more than the form.
    """
    old = openpyxl.load_workbook(path, data_only=True)
    new = openpyxl.Workbook()
    new.remove(new.active)
    for number, sheet in enumerate(old.worksheets, 1):
        copy = new.create_sheet(f"Trang {number}")
        copy.page_setup.orientation, copy.page_setup.fitToHeight = "landscape", 0
        copy.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        copy["A1"] = "Bản gõ lại của xã, số liệu như biểu gốc"
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    # From the fifth column on there is room for a column of the commune's own.
                    right = 2 if number > 1 and cell.column > grid.FIRST_VALUE + 1 else 1
                    moved = copy.cell(cell.row + 2, cell.column + right, cell.value)
                    moved.number_format = cell.number_format
        for column in "BCDEFGHIJKLM":
            copy.column_dimensions[column].width = {"B": 45, "M": 75}.get(column, 13)
        if number > 1:
            copy.cell(grid.HEADER_ROW + 3, grid.FIRST_VALUE + 3, "Ghi chú của xã")
    new.save(path)
    rewrite(path)
