"""The texts of cells: shared by the workbook or standing in the cell, plain or of several runs."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from ctk.workbook.annotate.markup import child, children, local, make, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from ctk.workbook.annotate.package import Package

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


class SharedStrings:
    """The texts that cells refer to by number."""

    def __init__(self, package: Package) -> None:
        """Read them, if the workbook has any."""
        found = package.relation(package.book, "sharedStrings")
        root = parse(package.read(found.target)) if found else None
        self._items = list(children(root, "si"))

    def of(self, cell: Element) -> Element | None:
        """The element that holds a cell's text; None if it holds no text."""
        if cell.get("t") == "inlineStr":
            return child(cell, "is")
        number = child(cell, "v")
        if cell.get("t") != "s" or number is None:
            return None
        index = int(number.text or -1)
        return self._items[index] if 0 <= index < len(self._items) else None


def runs_of(item: Element) -> tuple[str, ...]:
    """The texts of the runs of an item, without readings of signs (furigana)."""
    if (whole := child(item, "t")) is not None:
        return (_unescaped(whole.text or ""),)
    return tuple(
        _unescaped("".join(t.text or "" for t in children(run, "t"))) for run in children(item, "r")
    )


def write_text(cell: Element, text: str) -> None:
    """Put a text into a cell itself: no spreadsheet program takes it for a formula there."""
    empty(cell)
    cell.set("t", "inlineStr")
    make(make(cell, "is"), "t", text)


def write_runs(cell: Element, item: Element, texts: Sequence[str]) -> None:
    """Put texts into a cell in the formats of the runs of an item."""
    copied = [deepcopy(run) for run in children(item, "r")]
    empty(cell)
    cell.set("t", "inlineStr")
    inside = make(cell, "is")
    for run, text in zip(copied, texts, strict=True):
        for each in list(children(run, "t")):
            run.remove(each)
        make(run, "t", text)
        inside.append(run)


def write_number(cell: Element, value: float) -> None:
    """Put a number into a cell."""
    empty(cell)
    cell.attrib.pop("t", "")
    make(cell, "v").text = repr(value).removesuffix(".0")


def empty(cell: Element) -> None:
    """Leave a cell with its format only."""
    cell.attrib.pop("t", "")
    for each in list(cell):
        if local(each) in ("v", "is", "f"):
            cell.remove(each)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
