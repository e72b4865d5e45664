"""Adds comments to a sheet: new ones, or lines below what the sender's own comment says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.workbook.addresses import parse_a1
from ctk.workbook.annotate import shapes
from ctk.workbook.annotate.geometry import Grid, box_size
from ctk.workbook.annotate.markup import (
    child,
    make,
    namespace,
    new_root,
    parse,
    place,
    serialise,
)
from ctk.workbook.annotate.notes import comments_by_place, withdraw, write_notes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from ctk.workbook.annotate.cells import Place
    from ctk.workbook.annotate.notes import Note
    from ctk.workbook.annotate.package import Package

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_SHEET_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_SOME_LINES = "\n\n\n"


def add_comments(
    package: Package, part: str, sheet: Element, notes: Mapping[Place, list[Note]], author: str
) -> dict[Place, str]:
    """Add comments to a sheet.

    A cell with a conversation of modern Excel keeps it as it is, and a sheet whose drawing cannot
    be extended keeps that: there the colour and the front page must do.

    Args:
        package: The workbook.
        part: The sheet's part.
        sheet: Its XML, which gets a reference to the drawing of boxes if it has none.
        notes: What to say at which cell.
        author: Name that Excel shows as the comments' author.

    Returns:
        A digest of what was said at each cell, by which it can be taken back.
    """
    talked = _conversations(package, part)
    wanted = {cell: said for cell, said in notes.items() if cell not in talked}
    drawing = _drawing(package, part, sheet)
    if not wanted or (drawing and not shapes.can_extend(package.read(drawing))):
        return {}
    comments = _comments_part(package, part, namespace(sheet))
    root = parse(package.read(comments))
    before = set(comments_by_place(root))
    boxed = before if drawing else set()
    drawing = drawing or _new_drawing(package, part, sheet)
    boxes = shapes.Boxes(package.read(drawing), _taken_blocks(package))
    written = write_notes(root, wanted, author)
    grid = Grid(sheet)
    for cell in sorted(before | set(wanted)):
        if cell in written or cell not in boxed:
            text = written[cell].text if cell in written else _SOME_LINES
            _box(boxes, grid, cell, text, is_new=cell not in boxed)
    package.write(comments, serialise(root))
    package.write(drawing, boxes.save())
    return {cell: each.digest for cell, each in written.items()}


def remove_comments(
    package: Package, part: str, sheet: Element, digests: Mapping[Place, str]
) -> None:
    """Take earlier comments of ours out of a sheet, as far as nobody changed them."""
    found, drawing = package.relation(part, "comments"), _drawing(package, part, sheet)
    if found is None or drawing is None:
        return
    root = parse(package.read(found.target))
    boxes = shapes.Boxes(package.read(drawing), set())
    for cell in withdraw(root, digests):
        boxes.remove(*cell)
    package.write(found.target, serialise(root))
    package.write(drawing, boxes.save())


def _box(boxes: shapes.Boxes, grid: Grid, cell: Place, text: str, *, is_new: bool) -> None:
    size = box_size(text.split("\n"))
    anchor = grid.anchor(*cell, *size)
    if is_new:
        boxes.add(*cell, anchor, size)
    else:
        boxes.resize(*cell, anchor)


def _comments_part(package: Package, part: str, main: str) -> str:
    found = package.relation(part, "comments")
    if found:
        return found.target
    name = package.free_name("xl/comments{}.xml")
    root = new_root("comments", main)
    make(root, "authors")
    make(root, "commentList")
    package.write(name, serialise(root))
    package.declare(name, _CONTENT_TYPE)
    package.relate(part, "comments", name)
    return name


def _drawing(package: Package, part: str, sheet: Element) -> str | None:
    """The drawing that holds the sheet's boxes, if it is there."""
    reference = child(sheet, "legacyDrawing")
    if reference is None:
        return None
    wanted = reference.get(f"{{{package.relation_namespace}}}id")
    found = (each.target for each in package.relations(part) if each.id == wanted)
    return next((target for target in found if package.has(target)), None)


def _new_drawing(package: Package, part: str, sheet: Element) -> str:
    name = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.write(name, shapes.empty_drawing())
    package.declare(name, shapes.CONTENT_TYPE)
    reference = child(sheet, "legacyDrawing")
    if reference is None:
        reference = place(sheet, make(sheet, "legacyDrawing"), _SHEET_ORDER)
    number = package.relate(part, "vmlDrawing", name)
    reference.set(f"{{{package.relation_namespace}}}id", number)
    return name


def _taken_blocks(package: Package) -> set[int]:
    drawings = [package.read(name) for name in package.names() if name.lower().endswith(".vml")]
    return set().union(*map(shapes.used_blocks, drawings))


def _conversations(package: Package, part: str) -> set[Place]:
    found = [each.target for each in package.relations(part) if each.kind == "threadedComment"]
    roots = [parse(package.read(name)) for name in found if package.has(name)]
    return {parse_a1(each.get("ref", "")) for root in roots for each in root if each.get("ref")}
