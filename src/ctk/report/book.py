"""A workbook being written, and what all its sheets share: language, looks, heading, footer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ctk.report.page import Page, new_page
from ctk.workbook.writing import Styles, Workbook

Heading = Callable[[Page, str, str, int], None]


@dataclass(frozen=True)
class Book:
    """One document.

    Args:
        workbook: Where sheets are added.
        styles: Its formats.
        lang: `vi` or `en`.
        footer: Footer of every page, in Excel's notation.
        heading: Writes the head of a table: page, name of the annex, title, last column.
    """

    workbook: Workbook
    styles: Styles
    lang: str
    footer: str
    heading: Heading

    def page(self, name: str, widths: Sequence[float]) -> Page:
        """Add a sheet with columns of these widths."""
        return new_page(self.workbook, self.styles, name, widths)
