"""Marks a workbook: the one function that brings cells, comments and the front page together."""

from __future__ import annotations

import zipfile
import zlib
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.workbook.addresses import parse_a1
from ctk.workbook.annotate.book import SheetList
from ctk.workbook.annotate.cells import merged_ranges, paint_cells, shown_at
from ctk.workbook.annotate.comments import Note, add_comments
from ctk.workbook.annotate.front import FrontPage
from ctk.workbook.annotate.markup import parse, serialise
from ctk.workbook.annotate.package import Package
from ctk.workbook.annotate.styles import Styles
from ctk.workbook.annotate.types import STRONGEST_FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.workbook.annotate.cells import Place
    from ctk.workbook.annotate.types import Mark, Page, Paint

AUTHOR = "ctk"

# What parts that are not as they should be end in; the file is left alone and that is said.
_NOT_AS_EXPECTED = (KeyError, ValueError, RuntimeError, NotImplementedError, OSError, EOFError,
                    IndexError, zipfile.BadZipFile, zlib.error)  # fmt: skip


def annotate(data: bytes, marks: Sequence[Mark], page: Page) -> tuple[bytes, int]:
    """Mark an .xlsx or .xlsm workbook.

    Args:
        data: The bytes of the file.
        marks: What to show at which cells.
        page: The page that goes in front.

    Returns:
        The bytes of the copy and how many cells are coloured in it.

    Raises:
        UsageError: `cannot_mark`: the file's parts are not those of a workbook.
    """
    try:
        return _annotate(Package(data), marks, page)
    except _NOT_AS_EXPECTED as error:
        raise UsageError("cannot_mark", reason=type(error).__name__) from error


def _annotate(package: Package, marks: Sequence[Mark], page: Page) -> tuple[bytes, int]:
    book = SheetList(package)
    styles = Styles(package, book.namespace)
    page = replace(page, name=book.free_name(page.name))
    front = FrontPage(page, styles, book.namespace)
    book.put_first(page.name, front.build(), front.title_row)
    by_sheet: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_sheet[mark.sheet].append(mark)
    marked = sum(
        _mark_sheet(package, book.parts[name], found, styles) for name, found in by_sheet.items()
    )
    styles.save()
    return package.save(), marked


def _mark_sheet(package: Package, part: str, marks: list[Mark], styles: Styles) -> int:
    sheet = parse(package.read(part))
    merged = merged_ranges(sheet)
    paints: dict[Place, Paint] = {}
    notes: dict[Place, list[Note]] = defaultdict(list)
    for mark in sorted(marks, key=lambda each: STRONGEST_FIRST.index(each.paint)):
        place = shown_at(parse_a1(mark.cell), merged)
        paints.setdefault(place, mark.paint)
        notes[place].append(Note(mark.heading, mark.lines))
    paint_cells(sheet, paints, styles)
    add_comments(package, part, sheet, notes, AUTHOR)
    package.write(part, serialise(sheet))
    return len(paints)
