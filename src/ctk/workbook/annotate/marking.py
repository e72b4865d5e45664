"""Marks a workbook: the one function that brings cells, comments and the front page together."""

from __future__ import annotations

import zipfile
import zlib
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.workbook.addresses import a1, parse_a1
from ctk.workbook.annotate.book import SheetList
from ctk.workbook.annotate.cells import merged_ranges, paint_cells, shown_at, unpaint_cells
from ctk.workbook.annotate.comments import add_comments, remove_comments
from ctk.workbook.annotate.front import FrontPage
from ctk.workbook.annotate.markup import parse, serialise
from ctk.workbook.annotate.notes import Note
from ctk.workbook.annotate.package import Package
from ctk.workbook.annotate.styles import Styles
from ctk.workbook.annotate.types import STRONGEST_FIRST
from ctk.workbook.front_page import Marked, write_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctk.workbook.annotate.cells import Place
    from ctk.workbook.annotate.types import Mark, Page, Paint

AUTHOR = "ctk"

# What parts that are not as they should be end in; the file is left alone and that is said.
_NOT_AS_EXPECTED = (KeyError, ValueError, RuntimeError, NotImplementedError, OSError, EOFError,
                    IndexError, zipfile.BadZipFile, zlib.error)  # fmt: skip


def annotate(
    data: bytes, marks: Sequence[Mark], page: Page, earlier: Sequence[Marked] = ()
) -> tuple[bytes, int]:
    """Mark an .xlsx or .xlsm workbook.

    Args:
        data: The bytes of the file.
        marks: What to show at which cells.
        page: The page that goes in front.
        earlier: Marks of ours that the workbook has from an earlier round; they are taken away.

    Returns:
        The bytes of the copy and how many cells are coloured in it.

    Raises:
        UsageError: `cannot_mark`: the file's parts are not those of a workbook.
    """
    try:
        return _annotate(Package(data), marks, page, earlier)
    except _NOT_AS_EXPECTED as error:
        raise UsageError("cannot_mark", reason=type(error).__name__) from error


def _annotate(
    package: Package, marks: Sequence[Mark], page: Page, earlier: Sequence[Marked]
) -> tuple[bytes, int]:
    book = SheetList(package)
    styles = Styles(package, book.namespace)
    old: dict[str, dict[Place, Marked]] = defaultdict(dict)
    for each in earlier:
        if each.sheet in book.parts:  # of several rounds the last stands first
            old[each.sheet].setdefault(parse_a1(each.cell), each)
    new: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        new[mark.sheet].append(mark)
    record: list[Marked] = []
    for name in sorted({*old, *new}):
        sheet = _Sheet(package, name, book.parts[name], styles)
        sheet.clear(old[name])
        record += sheet.mark(new[name])
        sheet.save()
    page = replace(page, name=book.free_name(page.name), record=tuple(write_record(record)))
    front = FrontPage(page, styles, book.namespace)
    book.put_first(page.name, front.build(), front.title_row)
    styles.save()
    return package.save(), len(record)


class _Sheet:
    def __init__(self, package: Package, name: str, part: str, styles: Styles) -> None:
        self._package = package
        self._name = name
        self._part = part
        self._styles = styles
        self._root = parse(package.read(part))

    def clear(self, marks: Mapping[Place, Marked]) -> None:
        """Take marks of an earlier round away."""
        if marks:
            fills = {place: each.fill for place, each in marks.items()}
            unpaint_cells(self._root, fills, self._styles)
            digests = {place: each.digest for place, each in marks.items()}
            remove_comments(self._package, self._part, self._root, digests)

    def mark(self, marks: Sequence[Mark]) -> list[Marked]:
        """Colour cells, comment on them, and give what was there before."""
        merged = merged_ranges(self._root)
        paints: dict[Place, Paint] = {}
        notes: dict[Place, list[Note]] = defaultdict(list)
        for mark in sorted(marks, key=lambda each: STRONGEST_FIRST.index(each.paint)):
            place = shown_at(parse_a1(mark.cell), merged)
            paints.setdefault(place, mark.paint)
            notes[place].append(Note(mark.heading, mark.lines))
        fills = paint_cells(self._root, paints, self._styles)
        said = add_comments(self._package, self._part, self._root, notes, AUTHOR)
        return [
            Marked(self._name, a1(*place), fill, said.get(place, ""))
            for place, fill in fills.items()
        ]

    def save(self) -> None:
        """Put the sheet back into the workbook."""
        self._package.write(self._part, serialise(self._root))
