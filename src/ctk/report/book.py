"""A workbook being written, and what all its sheets share: language, looks, heading, footer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ctk.report.page import Page, new_page
from ctk.report.printed import Printed
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
        printed: Where each figure stands, as it is written.
    """

    workbook: Workbook
    styles: Styles
    lang: str
    footer: str
    heading: Heading
    printed: list[Printed] = field(default_factory=list)

    def page(self, name: str, widths: Sequence[float]) -> Page:
        """Add a sheet with columns of these widths."""
        return new_page(self.workbook, self.styles, name, widths, self.printed)
