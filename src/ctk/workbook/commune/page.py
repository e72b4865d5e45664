"""Print set-up and protection that all sheets of the commune workbook share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.workbook.writing import A4, FONT

if TYPE_CHECKING:
    from ctk.workbook.writing import Worksheet

# 20 mm above and below, 30 mm left, 15 mm right: Decree 30/2020/NĐ-CP, Annex I.
_MARGINS = {"left": 1.18, "right": 0.59, "top": 0.79, "bottom": 0.79}


def set_up_page(
    sheet: Worksheet, footer: str, corner: tuple[int, int], *, one_page: bool = False
) -> None:
    """Set a sheet to A4 landscape, one page wide, numbered in the footer.

    Args:
        sheet: The sheet.
        footer: Text at the left of the footer.
        corner: Last row and column to print, from 0.
        one_page: Whether the whole sheet goes on one page.
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(**_MARGINS)
    sheet.fit_to_pages(1, 1 if one_page else 0)
    sheet.center_horizontally()
    sheet.print_area(0, 0, *corner)
    # A space must follow the size, or digits of the text would be read as part of it.
    font = f'&"{FONT},Regular"&11 '
    text = footer.replace("&", "&&")
    sheet.set_footer(f"&L{font}{text}&C{font}&A&R{font}Trang &P/&N")


def protect(sheet: Worksheet) -> None:
    """Lock all but the input cells, without a password; widths and heights stay free."""
    sheet.protect("", {"format_columns": True, "format_rows": True})
