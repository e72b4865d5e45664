"""What else a sheet's XML ties to rows: merges, formats by condition, validation, breaks, views."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from ctk.workbook.addresses import a1, parse_a1
from ctk.workbook.annotate.markup import child, children, local
from ctk.workbook.fill.formulas import Place, areas, corners, pieces, shifted
from ctk.workbook.fill.types import CannotShiftError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml.etree import _Element as Element

    from ctk.workbook.fill.plan import Plan

_FORMULAS = ("formula", "formula1", "formula2", "f")
_RULES = ("conditionalFormatting", "dataValidation")


def shift_surroundings(sheet: Element, name: str, plans: Mapping[str, Plan]) -> list[Fault]:
    """Let everything beside the cells follow the rows; tell what cannot."""
    faults: list[Fault] = []

    def attempt(step: Callable[[], None]) -> None:
        try:
            step()
        except CannotShiftError as error:
            faults.append(Fault(error.code, error.found, name))

    plan = plans[name]
    for rule in list(_rules(sheet)):
        attempt(lambda rule=rule: _shift_rule(rule, name, plans))  # type: ignore[misc]
    if not plan.moves:
        return faults
    for merge in list(children(child(sheet, "mergeCells"), "mergeCell")):
        attempt(lambda merge=merge: _repeat(merge, plan))  # type: ignore[misc]
    for link in list(children(child(sheet, "hyperlinks"), "hyperlink")):
        attempt(lambda link=link: _shift_target(link, name, plans))  # type: ignore[misc]
        attempt(lambda link=link: _repeat(link, plan))  # type: ignore[misc]
    attempt(lambda: span_ref(child(sheet, "autoFilter"), plan))
    _widen(child(sheet, "dimension"), plan)
    for element in sheet.iter():
        attempt(lambda element=element: _shift_simple(element, plan))  # type: ignore[misc]
    _count(child(sheet, "mergeCells"))
    return faults


def _rules(sheet: Element) -> Iterator[Element]:
    """Elements that hold both ranges and formulas seen from the first cell of these."""
    return (each for each in sheet.iter() if local(each) in (*_RULES, "sparkline"))


def _shift_rule(rule: Element, name: str, plans: Mapping[str, Plan]) -> None:
    plan = plans[name]
    sqref = rule.get("sqref") or next((e.text for e in rule.iter() if local(e) == "sqref"), "")
    if not sqref:
        return
    row = parse_a1(corners(sqref.split()[0])[0])[0]
    if local(rule) == "sparkline" and len(plan.copies(row)) > 1:
        raise CannotShiftError("range_across", sqref)
    place = Place(name, plan.copies(row)[0].path)
    for each in rule.iter():
        if local(each) in _FORMULAS and each.text:
            each.text = shifted(each.text, place, plans)


def _repeat(element: Element, plan: Plan) -> None:
    """Give an element that ties one range one copy for each copy of its rows."""
    refs = pieces(element.get("ref", ""), plan)
    element.set("ref", refs[0])
    after = element
    for ref in refs[1:]:
        new = deepcopy(element)
        new.set("ref", ref)
        after.addnext(new)
        after = new


def _shift_target(link: Element, name: str, plans: Mapping[str, Plan]) -> None:
    """Let a link to another cell follow it; what the repeated links point to stays one cell."""
    if location := link.get("location"):
        link.set("location", shifted(location, Place(name), plans))


def _widen(dimension: Element | None, plan: Plan) -> None:
    if dimension is None or not dimension.get("ref"):
        return
    first, last = (parse_a1(corner) for corner in corners(dimension.get("ref", "")))
    runs = plan.runs(first[0], last[0])
    dimension.set("ref", f"{a1(runs[0][0], first[1])}:{a1(runs[-1][1], last[1])}")


def span_ref(element: Element | None, plan: Plan) -> None:
    """Let a range grow with the repeated rows in it, with what refers to rows inside."""
    for each in () if element is None else element.iter():
        ref = each.get("ref")
        if not ref:
            continue
        first, last = (parse_a1(corner) for corner in corners(ref))
        try:
            top, bottom = plan.span(first[0], last[0])
        except CannotShiftError as error:
            raise CannotShiftError(error.code, ref) from error
        each.set("ref", f"{a1(top, first[1])}:{a1(bottom, last[1])}")


def _shift_simple(element: Element, plan: Plan) -> None:
    name = local(element)
    if element.get("sqref"):
        element.set("sqref", areas(element.get("sqref", ""), plan))
    if name == "sqref" and element.text:
        element.text = areas(element.text, plan)
    for attribute in ("activeCell", "topLeftCell"):
        if element.get(attribute):
            element.set(attribute, first_cell(element.get(attribute, ""), plan))
    parent = element.getparent()
    if name == "brk" and parent is not None and local(parent) == "rowBreaks":
        above = plan.copies(int(element.get("id", "1")) - 1)[-1].row
        element.set("id", str(above + 1))
    if name in ("from", "to"):
        shift_anchor_row(element, plan)


def shift_anchor_row(corner: Element, plan: Plan) -> None:
    """Let the corner of a shape follow its row."""
    row = child(corner, "row")
    if row is not None and row.text:
        row.text = str(plan.first(int(row.text)))


def first_cell(cell: str, plan: Plan) -> str:
    """Where a cell, or the first copy of it, comes to stand."""
    row, col = parse_a1(cell)
    return a1(plan.first(row), col)


def _count(listed: Element | None) -> None:
    if listed is not None and listed.get("count"):
        listed.set("count", str(len(listed)))
