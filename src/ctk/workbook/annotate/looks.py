"""How the cells of an old .xls file look, so that its copy as .xlsx is the same to the eye."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlrd import Book
    from xlrd.sheet import Sheet

_ACROSS = ("", "left", "center", "right", "fill", "justify", "center_across", "distributed")
_UPRIGHT = ("top", "vcenter", "bottom", "vjustify", "vdistributed")
_STACKED, _DOWNWARDS = 255, 90
_SIDES = ("left", "right", "top", "bottom")
_BOLD = 600
_WIDTH_UNIT, _HEIGHT_UNIT = 256, 20

Look = dict[str, Any]
"""Format properties of XlsxWriter."""


@dataclass(frozen=True, slots=True)
class SheetLook:
    """The looks of one sheet.

    Args:
        formats: Format of each cell that has one, by row and column.
        columns: Number, width and whether it is hidden, of each column that says so.
        rows: Number, height and whether it is hidden, of each row that says so.
        comments: Text of the sender's comments by row and column.
    """

    formats: dict[tuple[int, int], Look]
    columns: list[tuple[int, float, bool]]
    rows: list[tuple[int, float, bool]]
    comments: dict[tuple[int, int], str]


class _Reader:
    def __init__(self, book: Book) -> None:
        self._book = book
        self._format = cache(self._make_format)

    def read(self, sheet: Sheet) -> SheetLook:
        places = ((r, c) for r in range(sheet.nrows) for c in range(sheet.row_len(r)))
        return SheetLook(
            {place: self._format(sheet.cell_xf_index(*place)) for place in places},
            [(col, info.width / _WIDTH_UNIT, bool(info.hidden))
             for col, info in sheet.colinfo_map.items()],
            [(row, info.height / _HEIGHT_UNIT, bool(info.hidden))
             for row, info in sheet.rowinfo_map.items()],
            {place: note.text for place, note in sheet.cell_note_map.items()},
        )  # fmt: skip

    def _make_format(self, index: int) -> Look:
        xf = self._book.xf_list[index]
        font = self._book.font_list[xf.font_index]
        code = self._book.format_map.get(xf.format_key)
        look: Look = {
            "font_name": font.name,
            "font_size": font.height / _HEIGHT_UNIT,
            "bold": font.weight >= _BOLD,
            "italic": bool(font.italic),
            "underline": font.underline_type & 3,
            "font_strikeout": bool(font.struck_out),
            "num_format": code.format_str if code else "General",
            "text_wrap": bool(xf.alignment.text_wrapped),
            "align": _ACROSS[xf.alignment.hor_align] if xf.alignment.hor_align < 8 else "",
            "valign": _UPRIGHT[min(xf.alignment.vert_align, 4)],
            "indent": xf.alignment.indent_level,
            "rotation": _rotation(xf.alignment.rotation),
            "locked": bool(xf.protection.cell_locked),
            "font_color": self._colour(font.colour_index),
        }
        for side in _SIDES:
            look[side] = getattr(xf.border, f"{side}_line_style")
        if xf.background.fill_pattern:
            look["pattern"] = xf.background.fill_pattern
            look["fg_color"] = self._colour(xf.background.pattern_colour_index)
            look["bg_color"] = self._colour(xf.background.background_colour_index)
        return {name: value for name, value in look.items() if value is not None and value != ""}

    def _colour(self, index: int) -> str | None:
        mixed = self._book.colour_map.get(index)
        return "#{:02X}{:02X}{:02X}".format(*mixed) if mixed else None


def _rotation(said: int) -> int:
    if said == _STACKED:
        return 270
    return said if said <= _DOWNWARDS else _DOWNWARDS - said


def looks_of_xls(data: bytes) -> Mapping[str, SheetLook]:
    """The looks of each sheet of an .xls file; nothing where it is of another format or unclear."""
    from xlrd import open_workbook  # noqa: PLC0415  (only where such a file comes back)

    try:
        book = open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        reader = _Reader(book)
        return {sheet.name: reader.read(sheet) for sheet in book.sheets()}
    # The cells were read without it; a file that it stumbles over only comes back plainer.
    except Exception:  # noqa: BLE001
        return {}
