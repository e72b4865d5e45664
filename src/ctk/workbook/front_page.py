"""By what ctk knows its own page in a workbook that it gave back: no data stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctk.workbook.book import SheetCells

STAMP = "ctk-annotation 1"
"""Stands in the first row of the page; the number is the page's version."""


def is_front_page(sheet: SheetCells) -> bool:
    """Tell whether a sheet is a page of ours, of any version."""
    kind = STAMP.partition(" ")[0]
    first = sheet.cells[0] if sheet.cells else []
    return any(isinstance(content, str) and content.startswith(kind) for content in first)
