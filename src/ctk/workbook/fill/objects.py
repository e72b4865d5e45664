"""Parts beside the sheet that are tied to rows: drawings, comments, tables, charts, pivots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctk.workbook.annotate.markup import child, children, local, parse, serialise
from ctk.workbook.fill.formulas import Place, shifted
from ctk.workbook.fill.surroundings import first_cell, shift_anchor_row, span_ref
from ctk.workbook.fill.types import CannotShiftError, Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lxml.etree import _Element as Element

    from ctk.workbook.annotate.package import Package
    from ctk.workbook.fill.plan import Plan

_CACHES = ("numCache", "strCache", "multiLvlStrCache")
_SHAPES = re.compile(rb"<(?:\w+:)?ClientData\b.*?</(?:\w+:)?ClientData\s*>", re.DOTALL)
_ROW = re.compile(rb"(<(?:\w+:)?Row\s*>\s*)(\d+)")
_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor\s*>)([^<]*)")
_NOT_OF_ROWS = ("absoluteAnchor",)


def shift_objects(package: Package, part: str, name: str, plan: Plan) -> list[Fault]:
    """Let what is tied to a sheet's rows follow them; tell what cannot."""
    faults: list[Fault] = []
    for relation in package.relations(part):
        if not package.has(relation.target):
            continue
        try:
            _shift_part(package, relation.kind, relation.target, plan)
        except CannotShiftError as error:
            faults.append(Fault(error.code, error.found, name))
    return faults


def _shift_part(package: Package, kind: str, target: str, plan: Plan) -> None:
    if kind == "pivotTable":
        raise CannotShiftError("pivot", "")
    if kind == "vmlDrawing":
        package.write(target, _shifted_boxes(package.read(target), plan))
    if kind not in ("drawing", "comments", "threadedComment", "table"):
        return
    root = parse(package.read(target))
    if kind == "table":
        span_ref(root, plan)
    elif kind == "drawing":
        for anchor in root:
            _shift_anchor(anchor, plan)
    else:
        for each in root.iter():
            if local(each) in ("comment", "threadedComment"):
                each.set("ref", first_cell(each.get("ref", ""), plan))
    package.write(target, serialise(root))


def _shift_anchor(anchor: Element, plan: Plan) -> None:
    """Move a picture or chart as a spreadsheet program does where rows are put in."""
    start, end = child(anchor, "from"), child(anchor, "to")
    if start is None or local(anchor) in _NOT_OF_ROWS or anchor.get("editAs") == "absolute":
        return
    before, rows = _row(start), [_row(corner) for corner in (start, end) if corner is not None]
    if any(len(plan.copies(row)) > 1 for row in rows[:1]):
        raise CannotShiftError("drawing_row", "")
    shift_anchor_row(start, plan)
    if end is None:
        return
    if anchor.get("editAs") == "oneCell":  # it moves, and keeps its size
        row = child(end, "row")
        if row is not None:
            row.text = str(rows[1] + _row(start) - before)
    else:
        shift_anchor_row(end, plan)


def _row(corner: Element) -> int:
    row = child(corner, "row")
    return int(row.text or 0) if row is not None else 0


def _shifted_boxes(drawing: bytes, plan: Plan) -> bytes:
    """Move the boxes of comments; the old drawing language is often no well-formed XML."""

    def of_shape(shape: re.Match[bytes]) -> bytes:
        found = _ROW.search(shape[0])
        if found is None:
            return shape[0]
        row = int(found[2])
        moved = plan.first(row) - row
        text = _ROW.sub(lambda m: m[1] + str(row + moved).encode(), shape[0], count=1)
        return _ANCHOR.sub(lambda m: m[1] + _moved(m[2], moved), text, count=1)

    return _SHAPES.sub(of_shape, drawing)


def _moved(anchor: bytes, rows: int) -> bytes:
    numbers = [int(number) for number in anchor.split(b",")]
    if len(numbers) != 8:
        return anchor
    numbers[2] += rows
    numbers[6] += rows
    return ", ".join(map(str, numbers)).encode()


def refresh_charts(
    package: Package, plans: Mapping[str, Plan], changed: Collection[str]
) -> list[Fault]:
    """Let charts point to the moved cells, and forget the figures that they keep of them."""
    faults: list[Fault] = []
    for part in package.names():
        if "/charts/" not in part or not part.endswith(".xml") or "/_rels/" in part:
            continue
        root = parse(package.read(part))
        if not _refers(root, changed):
            continue
        try:
            _refresh(root, plans, changed)
        except CannotShiftError as error:
            faults.append(Fault(error.code, error.found, part))
        package.write(part, serialise(root))
    return faults


def _refers(root: Element, sheets: Collection[str]) -> bool:
    return any(_sheet(formula.text or "") in sheets for formula in _formulas(root))


def _formulas(root: Element) -> Iterator[Element]:
    return (each for each in root.iter() if local(each) == "f" and each.text)


def _refresh(root: Element, plans: Mapping[str, Plan], changed: Collection[str]) -> None:
    for formula in list(_formulas(root)):
        if _sheet(formula.text or "") not in changed:
            continue
        formula.text = shifted(_as_range(formula.text or "", plans), Place(""), plans)
        parent = formula.getparent()
        for cache in () if parent is None else list(parent):
            if local(cache) in _CACHES:
                parent.remove(cache)


def _as_range(formula: str, plans: Mapping[str, Plan]) -> str:
    """A series of one repeated row means all of its copies."""
    plan = plans.get(_sheet(formula))
    found = re.fullmatch(r"(.+!)(\$?[A-Z]{1,3}\$?([0-9]+))", formula)
    if plan is None or found is None or len(plan.copies(int(found[3]) - 1)) == 1:
        return formula
    return f"{found[1]}{found[2]}:{found[2]}"


def _sheet(formula: str) -> str:
    return formula.rpartition("!")[0].strip("'").replace("''", "'")


def shift_pivot_sources(package: Package, plans: Mapping[str, Plan]) -> list[Fault]:
    """Let a PivotTable's source follow its rows, and be read anew when the file is opened."""
    faults: list[Fault] = []
    for relation in package.relations(package.book):
        if relation.kind != "pivotCacheDefinition" or not package.has(relation.target):
            continue
        root = parse(package.read(relation.target))
        for source in children(child(root, "cacheSource"), "worksheetSource"):
            if (plan := plans.get(source.get("sheet", ""))) is not None:
                try:
                    span_ref(source, plan)
                except CannotShiftError as error:
                    faults.append(Fault(error.code, error.found, source.get("sheet", "")))
        root.set("refreshOnLoad", "1")
        package.write(relation.target, serialise(root))
    return faults
