"""What the XML of a sheet shows and the fast reader does not.

Error values and formulas without a result read as empty cells; rows and columns may be hidden;
formulas stand behind values. A clean sheet costs three searches for bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from ctk.workbook.addresses import parse_a1
from ctk.workbook.formulas import moved
from ctk.workbook.parts import attributes

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REF = re.compile(rb"""\br=["']([A-Z]{1,3}\d{1,7})["']""")
_STYLE = re.compile(rb"""\bs=["'](\d+)["']""")
_ERROR = re.compile(rb"""\bt=["']e["']""")
_TEXT = re.compile(rb"""\bt=["']str["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)</(?:\w+:)?v>")
_HIDDEN = re.compile(rb"""<(?:\w+:)?(row|col)\b([^>]*\bhidden=["'](?:1|true)["'][^>]*)>""")
_FORMULA_STARTS = (b"<f", b":f")
_AFTER_NAME = b" >/\t\r\n"
_ROOT = 1024

Address = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Oddities:
    """A1 addresses of one sheet: error values with their text, formulas without a stored result."""

    errors: dict[str, str] = field(default_factory=dict)
    uncomputed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hidden:
    """First and last row or column of each hidden stretch, from 0."""

    rows: tuple[tuple[int, int], ...] = ()
    cols: tuple[tuple[int, int], ...] = ()


class SheetXml:
    """The XML of one sheet; each question is answered when it is asked."""

    def __init__(self, xml: bytes) -> None:
        """Keep the bytes."""
        self._xml = xml

    def oddities(self) -> Oddities:
        """Find the cells that only look empty."""
        if not self._formula_places() and not _ERROR.search(self._xml):
            return Oddities()
        errors: dict[str, str] = {}
        uncomputed: set[str] = set()
        for ref, about, content in self._cells:
            value = _VALUE.search(content)
            if _ERROR.search(about):
                errors[ref] = value[1].decode("utf-8", "replace") if value else "#N/A"
            elif value is None and _FORMULA.search(content) and not _TEXT.search(about):
                uncomputed.add(ref)
        return Oddities(errors, frozenset(uncomputed))

    def hidden(self) -> Hidden:
        """Find hidden rows and columns."""
        if b"hidden=" not in self._xml:
            return Hidden()
        rows: list[tuple[int, int]] = []
        cols: list[tuple[int, int]] = []
        for kind, tag in _HIDDEN.findall(self._xml):
            about = attributes(tag)
            if kind == b"row" and (number := _number(about.get("r"))):
                rows.append((number - 1, number - 1))
            elif kind == b"col" and (first := _number(about.get("min"))):
                cols.append((first - 1, max(first, _number(about.get("max"))) - 1))
        return Hidden(_joined(rows), tuple(cols))

    def formula_cells(self) -> set[str]:
        """Find the addresses of cells with formulas, without looking at the others."""
        xml = self._xml
        found: set[str] = set()
        for at in self._formula_places():
            start = xml.rfind(b' r="', 0, at) + 4
            ref = xml[start : xml.find(b'"', start, at)]
            if ref.isalnum():
                found.add(ref.decode("ascii", "replace"))
        return found

    def formulas(self) -> dict[str, str]:
        """Give all formulas by address, those that cells share written out for each."""
        found: dict[str, str] = {}
        shared: dict[str, tuple[Address, str]] = {}
        for ref, _, content in self._cells:
            formula = _FORMULA.search(content)
            if formula is None:
                continue
            text = unescape((formula[2] or b"").decode("utf-8", "replace"))
            group = attributes(formula[1]).get("si", "")
            if group and text:
                shared[group] = parse_a1(ref), text
            elif group in shared:
                (row, col), first = shared[group]
                here = parse_a1(ref)
                text = moved(first, here[0] - row, here[1] - col)
            found[ref] = text
        return found

    def styles(self) -> dict[str, int]:
        """Give the number of each cell's style by address."""
        found = ((ref, _STYLE.search(about)) for ref, about, _ in self._cells)
        return {ref: int(style[1]) for ref, style in found if style}

    @cached_property
    def _cells(self) -> list[tuple[str, bytes, bytes]]:
        cells = (
            (_REF.search(about), about, content) for about, content in _CELL.findall(self._xml)
        )
        return [(ref[1].decode(), about, content) for ref, about, content in cells if ref]

    def _formula_places(self) -> list[int]:
        """Where the formulas of cells begin in the bytes."""
        xml, places = self._xml, []
        start = _FORMULA_STARTS[b"<worksheet" not in xml[:_ROOT]]
        end = xml.rfind(b"sheetData>")  # behind it stand the formulas of formats and validations
        at = xml.find(start, 0, end)
        while at >= 0:
            if xml[at + 2] in _AFTER_NAME:
                places.append(at)
            at = xml.find(start, at + 2, end)
        return places


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _joined(rows: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Write rows that follow each other as one stretch."""
    joined: list[tuple[int, int]] = []
    for first, last in rows:
        if joined and joined[-1][1] + 1 == first:
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return tuple(joined)
