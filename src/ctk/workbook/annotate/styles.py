"""Adds cell formats to a workbook: an existing one with another fill, or new ones of our own."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctk.workbook.annotate.markup import (
    child,
    children,
    ensure,
    make,
    new_root,
    parse,
    serialise,
    serialise_inside,
)
from ctk.workbook.annotate.types import COLOURS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from ctk.workbook.annotate.package import Package
    from ctk.workbook.annotate.types import Paint

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
          "tableStyles", "colors", "extLst")  # fmt: skip
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_WHITE_INDEXES = ("1", "9")
_LIGHT = 150
_OURS = set(COLOURS.values())
_SIDES = ("left", "right", "top", "bottom")
FONT = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Look:
    """A format of the front page; `fill` and `ink` are RRGGBB."""

    size: int = 11
    bold: bool = False
    underline: bool = False
    ink: str = "000000"
    fill: str = ""
    border: bool = False
    wrap: bool = True
    centred: bool = False
    middle: bool = False
    number: bool = False


class Styles:
    """The formats of one workbook; a workbook without any gets the part that holds them."""

    def __init__(self, package: Package, namespace: str) -> None:
        """Read the formats, or start them."""
        self._package = package
        found = package.relation(package.book, "styles")
        self._part = found.target if found else _new_part(package)
        self._root = parse(package.read(self._part)) if found else new_root("styleSheet", namespace)
        self._painted: dict[tuple[int, Paint], int] = {}
        self._looks: dict[Look, int] = {}
        self._fills: dict[str, int] = {}
        self._complete()

    def painted(self, style: int, paint: Paint) -> int:
        """A format like that of a cell, with the fill of a severity."""
        if (style, paint) not in self._painted:
            formats = ensure(self._root, "cellXfs", _ORDER)
            known = list(children(formats, "xf"))
            clone = deepcopy(known[style if style < len(known) else 0])
            clone.set("fillId", str(self._fill(COLOURS[paint])))
            clone.set("applyFill", "1")
            self._darken(clone)
            self._painted[style, paint] = _append(formats, clone)
        return self._painted[style, paint]

    def fill_before(self, style: int) -> str:
        """The fill of a format as XML; empty where it has none."""
        fill = self._fill_of(style)
        pattern = None if fill is None else child(fill, "patternFill")
        if fill is None or (pattern is not None and pattern.get("patternType") in (None, "none")):
            return ""
        return serialise_inside(fill)

    def is_painted(self, style: int) -> bool:
        """Tell whether a format has one of our fills."""
        fill = self._fill_of(style)
        colours = [] if fill is None else children(child(fill, "patternFill"), "fgColor")
        return any(colour.get("rgb", "")[-6:] in _OURS for colour in colours)

    def refilled(self, style: int, fill: str) -> int:
        """A format like another with the fill that it had before it was painted."""
        formats = ensure(self._root, "cellXfs", _ORDER)
        clone = deepcopy(list(children(formats, "xf"))[style])
        fills = ensure(self._root, "fills", _ORDER)
        old = parse(fill.encode()) if fill else None
        clone.set("fillId", str(_append(fills, old)) if old is not None else "0")
        return _append(formats, clone)

    def _fill_of(self, style: int) -> Element | None:
        known = list(children(child(self._root, "cellXfs"), "xf"))
        fills = list(children(child(self._root, "fills"), "fill"))
        index = int(known[style].get("fillId", "0")) if style < len(known) else len(fills)
        return fills[index] if index < len(fills) else None

    def look(self, look: Look) -> int:
        """A format of the front page."""
        if look not in self._looks:
            formats = ensure(self._root, "cellXfs", _ORDER)
            new = make(
                formats,
                "xf",
                numFmtId=3 if look.number else 0,
                fontId=self._font(look),
                fillId=self._fill(look.fill) if look.fill else 0,
                borderId=self._border() if look.border else 0,
                xfId=0,
                applyNumberFormat=int(look.number),
                applyFont=1,
                applyFill=1,
                applyBorder=1,
                applyAlignment=1,
            )
            side = "center" if look.centred else "left"
            height = "center" if look.middle else "top"
            indent = int(look.border and not look.centred)
            make(new, "alignment", horizontal=side, vertical=height, wrapText=int(look.wrap),
                 indent=indent)  # fmt: skip
            self._looks[look] = _append(formats, new)
        return self._looks[look]

    def save(self) -> None:
        """Put the formats back into the workbook."""
        self._package.write(self._part, serialise(self._root))

    def _complete(self) -> None:
        """Give a workbook what every format refers to, where it is not there."""
        fonts, fills = (ensure(self._root, name, _ORDER) for name in ("fonts", "fills"))
        if child(fonts, "font") is None:
            font = make(fonts, "font")
            make(font, "sz", val=11)
            make(font, "name", val="Calibri")
            _count(fonts)
        if child(fills, "fill") is None:  # Excel keeps the first two for itself
            for pattern in ("none", "gray125"):
                make(make(fills, "fill"), "patternFill", patternType=pattern)
            _count(fills)
        borders = ensure(self._root, "borders", _ORDER)
        if child(borders, "border") is None:
            border = make(borders, "border")
            for side in (*_SIDES, "diagonal"):
                make(border, side)
            _count(borders)
        for name in ("cellStyleXfs", "cellXfs"):
            formats = ensure(self._root, name, _ORDER)
            if child(formats, "xf") is None:
                new = make(formats, "xf", numFmtId=0, fontId=0, fillId=0, borderId=0)
                if name == "cellXfs":
                    new.set("xfId", "0")
                _count(formats)

    def _darken(self, clone: Element) -> None:
        """White writing would vanish on our light fills: such a cell gets black ink."""
        fonts = ensure(self._root, "fonts", _ORDER)
        known = list(children(fonts, "font"))
        index = int(clone.get("fontId", "0"))
        colour = child(known[index], "color") if index < len(known) else None
        if colour is None or not _is_light(colour):
            return
        font = deepcopy(known[index])
        ink = next(children(font, "color"))
        ink.attrib.clear()
        ink.set("rgb", "FF000000")
        clone.set("fontId", str(_append(fonts, font)))
        clone.set("applyFont", "1")

    def _fill(self, colour: str) -> int:
        if colour not in self._fills:
            fills = ensure(self._root, "fills", _ORDER)
            new = make(fills, "fill")
            pattern = make(new, "patternFill", patternType="solid")
            make(pattern, "fgColor", rgb=f"FF{colour}")
            make(pattern, "bgColor", indexed=64)
            self._fills[colour] = _append(fills, new)
        return self._fills[colour]

    def _font(self, look: Look) -> int:
        fonts = ensure(self._root, "fonts", _ORDER)
        new = make(fonts, "font")
        if look.bold:
            make(new, "b")
        if look.underline:
            make(new, "u")
        make(new, "sz", val=look.size)
        make(new, "color", rgb=f"FF{look.ink}")
        make(new, "name", val=FONT)
        make(new, "family", val=1)
        return _append(fonts, new)

    def _border(self) -> int:
        borders = ensure(self._root, "borders", _ORDER)
        new = make(borders, "border")
        for side in _SIDES:
            make(make(new, side, style="thin"), "color", rgb="FFA6A6A6")
        make(new, "diagonal")
        return _append(borders, new)


def _new_part(package: Package) -> str:
    part = package.free_name("xl/ctkStyles{}.xml") if package.has("xl/styles.xml") else (
        "xl/styles.xml")  # fmt: skip
    package.declare(part, _CONTENT_TYPE)
    package.relate(package.book, "styles", part)
    return part


def _append(parent: Element, new: Element) -> int:
    """Put an element last and give its number."""
    parent.append(new)
    _count(parent)
    return sum(1 for _ in children(parent, new.tag.rpartition("}")[2])) - 1


def _count(parent: Element) -> None:
    parent.set("count", str(sum(1 for each in parent if isinstance(each.tag, str))))


def _is_light(colour: Element) -> bool:
    if colour.get("theme") == "0" or colour.get("indexed") in _WHITE_INDEXES:
        return True
    rgb = colour.get("rgb", "")[-6:]
    if len(rgb) != len("RRGGBB"):
        return False
    red, green, blue = (int(rgb[i : i + 2], 16) for i in (0, 2, 4))
    return 0.3 * red + 0.6 * green + 0.1 * blue > _LIGHT
