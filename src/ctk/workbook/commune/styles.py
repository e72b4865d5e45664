"""The looks of the commune workbook: XlsxWriter properties by the names of styles."""

from __future__ import annotations

from typing import Any

from ctk.workbook.writing import FONT

HEADER_GREY = "#F2F2F2"
EMPTY_GREY = "#D9D9D9"
LIGHT_RED = "#F8CBAD"

_COUNT = "#,##0"
_RATE = "#,##0.00"
_TEXT = "@"

STYLES: dict[str, dict[str, Any]] = {
    "text": {"font_name": FONT, "font_size": 12, "valign": "vcenter"},
    "small": {"font_name": FONT, "font_size": 11, "valign": "vcenter"},
    "title": {"font_size": 14, "bold": True, "align": "center", "text_wrap": True},
    "subtitle": {"font_size": 13, "bold": True, "align": "center", "text_wrap": True},
    "bold": {"bold": True},
    "italic": {"italic": True},
    "center": {"align": "center"},
    "left": {"align": "left"},
    "right": {"align": "right"},
    "wrap": {"text_wrap": True},
    "shrink": {"shrink": True},
    "indent": {"indent": 1},
    "border": {"border": 1},
    "cap": {"border": 1, "bottom": 0, "bg_color": HEADER_GREY},
    "under_cap": {"border": 1, "top": 0, "bg_color": HEADER_GREY},
    "header": {"border": 1, "bg_color": HEADER_GREY, "bold": True, "align": "center"},
    "band": {"border": 1, "bg_color": HEADER_GREY, "bold": True},
    "row_middle": {"top": 1, "bottom": 1},
    "row_start": {"left": 1},
    "row_end": {"right": 1},
    "grey": {"bg_color": HEADER_GREY},
    "open": {"locked": False},
    "count": {"num_format": _COUNT, "align": "right"},
    "plain_text": {"num_format": _TEXT},
    "date": {"num_format": "dd/mm/yyyy", "align": "left"},
    "empty": {"border": 1, "bg_color": EMPTY_GREY},
    "computed": {"border": 1, "bg_color": HEADER_GREY, "italic": True},
    "rate_percent": {"num_format": f'{_RATE}" %"', "align": "right"},
    "rate_per_mille": {"num_format": f'{_RATE}" ‰"', "align": "right"},
    "rate_per_100k": {"num_format": f'{_RATE}" /100.000"', "align": "right"},
    "ratio_per_100": {"num_format": f'{_RATE}" /100"', "align": "right"},
    "link": {"font_color": "#0563C1", "underline": 1},
}

ALARM: dict[str, Any] = {"bg_color": LIGHT_RED}
"""What conditional formatting lays over a cell that does not add up."""
