"""How the cells of a workbook show numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctk.workbook.annotate.markup import child, children, parse

if TYPE_CHECKING:
    from ctk.workbook.annotate.package import Package

_GENERAL, _TEXT = 0, 49
_BUILT_IN_PERCENT = {9, 10}
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.')


class NumberFormats:
    """Tells by a cell's style whether it shows per cent, or has no number format."""

    def __init__(self, package: Package) -> None:
        """Read the workbook's styles, if it has any."""
        found = package.relation(package.book, "styles")
        root = parse(package.read(found.target)) if found else None
        listed = children(child(root, "numFmts"), "numFmt")
        codes = {int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in listed}
        cells = children(child(root, "cellXfs"), "xf")
        self._numbers = [int(each.get("numFmtId", "0")) for each in cells]
        self._percent = _BUILT_IN_PERCENT | {
            number for number, code in codes.items() if "%" in _NOT_CODE.sub("", code)
        }
        self._general = {_GENERAL, _TEXT} | {
            number for number, code in codes.items() if code.casefold() == "general"
        }

    def is_percent(self, style: int) -> bool:
        """Whether 0.5 is shown as 50 %."""
        return self._number(style) in self._percent

    def is_general(self, style: int) -> bool:
        """Whether a number is shown with all its decimals."""
        return self._number(style) in self._general

    def _number(self, style: int) -> int:
        return self._numbers[style] if 0 <= style < len(self._numbers) else _GENERAL
