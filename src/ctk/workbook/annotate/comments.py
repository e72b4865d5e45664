"""Adds comments to a sheet: new ones, or lines below what the sender's own comment says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctk.workbook.addresses import a1, parse_a1
from ctk.workbook.annotate import shapes
from ctk.workbook.annotate.geometry import Grid, box_size
from ctk.workbook.annotate.markup import (
    MAX_TEXT,
    SPACE,
    child,
    children,
    make,
    namespace,
    new_root,
    parse,
    place,
    serialise,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from ctk.workbook.annotate.cells import Place
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
_RUN_ORDER = ("t", "r", "rPh", "phoneticPr")
_SOME_LINES = "\n\n\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


def add_comments(
    package: Package, part: str, sheet: Element, notes: Mapping[Place, list[Note]], author: str
) -> None:
    """Add comments to a sheet.

    A cell with a conversation of modern Excel keeps it as it is, and a sheet whose drawing cannot
    be extended keeps that: there the colour and the front page must do.

    Args:
        package: The workbook.
        part: The sheet's part.
        sheet: Its XML, which gets a reference to the drawing of boxes if it has none.
        notes: What to say at which cell.
        author: Name that Excel shows as the comments' author.
    """
    talked = _conversations(package, part)
    wanted = {cell: said for cell, said in notes.items() if cell not in talked}
    drawing = _drawing(package, part, sheet)
    if not wanted or (drawing and not shapes.can_extend(package.read(drawing))):
        return
    comments = _comments_part(package, part, namespace(sheet))
    root = parse(package.read(comments))
    before = set(_by_place(root))
    boxed = before if drawing else set()
    drawing = drawing or _new_drawing(package, part, sheet)
    boxes = shapes.Boxes(package.read(drawing), _taken_blocks(package))
    texts = _write_texts(root, wanted, author)
    grid = Grid(sheet)
    for cell in sorted(before | set(wanted)):
        if cell in texts or cell not in boxed:
            _box(boxes, grid, cell, texts.get(cell, _SOME_LINES), is_new=cell not in boxed)
    package.write(comments, serialise(root))
    package.write(drawing, boxes.save())


def _box(boxes: shapes.Boxes, grid: Grid, cell: Place, text: str, *, is_new: bool) -> None:
    size = box_size(text.split("\n"))
    anchor = grid.anchor(*cell, *size)
    if is_new:
        boxes.add(*cell, anchor, size)
    else:
        boxes.resize(*cell, anchor)


def _write_texts(root: Element, notes: Mapping[Place, list[Note]], author: str) -> dict[Place, str]:
    """Write the texts and give each comment's whole text."""
    number = _author(root, author)
    entries = child(root, "commentList")
    if entries is None:
        entries = make(root, "commentList")
    known = _by_place(root)
    whole: dict[Place, str] = {}
    for cell in sorted(notes):
        comment = known.get(cell)
        if comment is None:
            comment = make(entries, "comment", ref=a1(*cell), authorId=number)
        text = child(comment, "text")
        if text is None:
            text = make(comment, "text")
        whole[cell] = _extend(text, notes[cell])
    return whole


def _extend(text: Element, notes: list[Note]) -> str:
    """Put notes below what a comment says; the sender's words keep their own look."""
    plain = child(text, "t")
    if plain is not None:  # a text is either plain or made of runs
        text.remove(plain)
        run = place(text, make(text, "r"), _RUN_ORDER)
        run.append(plain)
    said = "".join(str(each.text or "") for run in children(text, "r") for each in run
                   if isinstance(each.tag, str) and each.tag.endswith("}t"))  # fmt: skip
    for note in notes:
        gap = "\n\n" if said else ""
        body = "\n" + "\n".join(note.lines)
        if len(said) + len(gap) + len(note.heading) + len(body) > MAX_TEXT:
            break
        _run(text, gap + note.heading, bold=True)
        _run(text, body, bold=False)
        said += gap + note.heading + body
    return said


def _run(text: Element, words: str, *, bold: bool) -> None:
    run = place(text, make(text, "r"), _RUN_ORDER)
    look = make(run, "rPr")
    if bold:
        make(look, "b")
    make(look, "sz", val=9)
    make(look, "color", indexed=81)
    make(look, "rFont", val="Tahoma")
    make(look, "family", val=2)
    make(run, "t", words)


def _author(root: Element, name: str) -> int:
    authors = child(root, "authors")
    if authors is None:
        authors = place(root, make(root, "authors"), ("authors", "commentList", "extLst"))
    names = [each.text for each in children(authors, "author")]
    if name not in names:
        make(authors, "author", name).attrib.pop(SPACE)
        names.append(name)
    return names.index(name)


def _by_place(root: Element) -> dict[Place, Element]:
    comments = children(child(root, "commentList"), "comment")
    return {parse_a1(each.get("ref", "")): each for each in comments}


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
