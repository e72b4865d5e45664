"""One sheet's XML: its cells with placeholders, and its rows repeated and filled."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from ctk.workbook.addresses import a1, parse_a1
from ctk.workbook.annotate.cells import numbered_cells, numbered_rows
from ctk.workbook.annotate.markup import child, children
from ctk.workbook.fill.formulas import Place, shifted, translated
from ctk.workbook.fill.strings import empty, runs_of, write_number, write_runs, write_text
from ctk.workbook.fill.types import CannotShiftError, CellText, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from ctk.workbook.fill.formats import NumberFormats
    from ctk.workbook.fill.plan import Plan
    from ctk.workbook.fill.strings import SharedStrings
    from ctk.workbook.fill.types import Value

OPENINGS = ("{{", "{%", "{#")
_Cells = dict[tuple[int, int], CellText]


def is_placeholder(text: str | None) -> bool:
    """Tell whether a text holds anything to be filled in."""
    return text is not None and any(mark in text for mark in OPENINGS)


def texts_of(
    sheet: Element, strings: SharedStrings, formats: NumberFormats
) -> tuple[_Cells, list[tuple[str, str]]]:
    """The cells with placeholders, and the address and text of formulas that hold any."""
    found: _Cells = {}
    wrong: list[tuple[str, str]] = []
    for row, col, cell in cells_of(sheet):
        formula = child(cell, "f")
        if formula is not None:
            if is_placeholder(formula.text):
                wrong.append((a1(row, col), formula.text or ""))
            continue
        item = strings.of(cell)
        runs = runs_of(item) if item is not None else ()
        if is_placeholder("".join(runs)):
            style = int(cell.get("s", "0"))
            shown = formats.is_percent(style), formats.is_general(style)
            found[row, col] = CellText(runs, *shown)
    return found, wrong


def cells_of(sheet: Element) -> Iterator[tuple[int, int, Element]]:
    """All cells with their row and column, from 0."""
    for number, row in numbered_rows(child(sheet, "sheetData")):
        for col, cell in numbered_cells(row):
            yield number, col, cell


def unshare_formulas(sheet: Element) -> None:
    """Write out formulas that several cells share: their rows will no longer lie side by side."""
    masters: dict[str, tuple[str, str]] = {}
    for row, col, cell in cells_of(sheet):
        formula = child(cell, "f")
        if formula is None or formula.get("t") != "shared":
            continue
        if formula.text:
            masters[formula.get("si", "")] = formula.text, a1(row, col)
        text, origin = masters[formula.get("si", "")]
        formula.text = translated(text, origin, a1(row, col))
        for name in ("t", "si", "ref"):
            formula.attrib.pop(name, "")


def lay_rows(sheet: Element, plan: Plan) -> None:
    """Repeat rows and move down those below, cells and all."""
    data = child(sheet, "sheetData")
    if data is None:
        return
    old = dict(numbered_rows(data))
    for row in old.values():
        data.remove(row)
    used: set[int] = set()
    for new, placed in enumerate(plan.rows):
        if placed.source in old:
            row = old[placed.source]
            data.append(_numbered(deepcopy(row) if placed.source in used else row, new))
            used.add(placed.source)
    for number, row in old.items():
        if number not in used:
            data.append(_numbered(row, plan.first(number)))


def _numbered(row: Element, new: int) -> Element:
    cells = list(numbered_cells(row))
    row.set("r", str(new + 1))
    for col, cell in cells:
        cell.set("r", a1(new, col))
    return row


def write_values(
    sheet: Element, values: Mapping[tuple[int, int], Value], strings: SharedStrings
) -> None:
    """Fill cells, each keeping its format."""
    for row, col, cell in cells_of(sheet):
        if (row, col) not in values:
            continue
        match values[row, col]:
            case None:
                empty(cell)
            case str() as text:
                write_text(cell, text)
            case tuple() as texts:
                item = strings.of(cell)
                if item is not None:
                    write_runs(cell, item, texts)
            case number:
                write_number(cell, number)


def shift_formulas(
    sheet: Element, name: str, plans: Mapping[str, Plan]
) -> tuple[bool, list[Fault]]:
    """Let formulas follow the rows, and forget their results.

    Returns:
        Whether the sheet has formulas, and those that cannot follow.
    """
    faults: list[Fault] = []
    plan = plans[name]
    any_formula = False
    for row, col, cell in cells_of(sheet):
        formula = child(cell, "f")
        if formula is None:
            continue
        any_formula = True
        _forget_result(cell)
        place = Place(name, plan.path_at(row))
        try:
            _shift(formula, place, plans, a1(row, col))
        except CannotShiftError as error:
            faults.append(Fault(error.code, error.found, name, _source(plan, row, col)))
    return any_formula, faults


def _shift(formula: Element, place: Place, plans: Mapping[str, Plan], cell: str) -> None:
    if formula.get("t") == "dataTable":
        if any(plan.moves for plan in plans.values()):
            raise CannotShiftError("table_data", formula.get("ref", ""))
        return
    if formula.text:
        formula.text = shifted(formula.text, place, plans)
    if (ref := formula.get("ref")) and plans[place.sheet].moves:
        formula.set("ref", _array(ref, plans[place.sheet], cell))


def _array(ref: str, plan: Plan, cell: str) -> str:
    """The range of a formula that fills several cells; one that fills its own is repeated too."""
    first, _, last = ref.partition(":")
    if not last or first == last:
        return cell
    (top, start), (bottom, end) = parse_a1(first), parse_a1(last)
    copies = plan.each(top, bottom)
    if len(copies) > 1:
        raise CannotShiftError("range_across", ref)
    return f"{a1(copies[0][0], start)}:{a1(copies[0][1], end)}"


def _forget_result(cell: Element) -> None:
    """The program that opens the file computes it anew; an old result would be a wrong figure."""
    result = child(cell, "v")
    if result is not None:
        cell.remove(result)
    cell.attrib.pop("t", "")


def _source(plan: Plan, row: int, col: int) -> str:
    """The address of a cell in the template."""
    source = plan.rows[row].source if row < len(plan.rows) else row - plan.shift
    return a1(source, col)


def has_formulas(sheet: Element) -> bool:
    """Tell whether any cell is computed."""
    return any(next(children(cell, "f"), None) is not None for _, _, cell in cells_of(sheet))
