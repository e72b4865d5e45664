"""Measures the sheets of an .xlsx without keeping them, for files at which the reader died."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from ctk.errors import UnreadableError
from ctk.workbook.grid import MAX_CELLS

_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>/]*>""")
_PIECE = 2**20
_OVERLAP = 2**12
_LETTERS = 26


def check_extent(data: bytes) -> None:
    """Look how far apart the filled cells of each sheet stand.

    Raises:
        UnreadableError: The rectangle that holds all cells of a sheet is larger than any form's.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and _area(archive, name) > MAX_CELLS:
                    raise UnreadableError("sheet_too_large", sheet=name.rpartition("/")[2])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return  # the reader itself says what is wrong


def _area(archive: zipfile.ZipFile, name: str) -> int:
    row = col = 0
    rest = b""
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            text = rest + piece
            for match in _CELL.finditer(text):
                col = max(col, _number(match[1]))
                row = max(row, int(match[2]))
            rest = text[-_OVERLAP:]
    return row * col


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number
