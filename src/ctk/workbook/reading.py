"""Reads the cells of a spreadsheet file of any format; the only module that imports calamine.

What a file is, its content says, never the ending of its name.
Everything a file can do to a reader ends here as an `UnreadableError` with a code that says why.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import python_calamine

from ctk.errors import UnreadableError
from ctk.workbook.archives import look_into_archive
from ctk.workbook.book import Book, Merge, Remark, SheetCells
from ctk.workbook.compound import look_into_compound
from ctk.workbook.extent import check_extent
from ctk.workbook.grid import MAX_CELLS
from ctk.workbook.sniff import family

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXTUAL = ("spreadsheetml", "html", "csv")
"""Kinds that hide nothing behind an empty cell: errors and formulas stand there as text."""

_MOST_TEXT = 32 * 2**20


def read_book(data: bytes, passwords: Sequence[str] = (), *, careful: bool = False) -> Book:
    """Read all cells of all sheets.

    Args:
        data: The file's bytes, as `opening.read_bytes` gave them.
        passwords: Passwords to try where the file has one.
        careful: Whether to measure the sheets of an .xlsx before the reader sees them: it sets room
            aside for the whole rectangle up to the last cell, and dies if that is too much.

    Raises:
        UnreadableError: It is no workbook, has a password, is damaged or larger than any form; the
            code says which.
    """
    found = family(data)
    if found == "zip":
        if careful:
            check_extent(data)
        return _archive(data)
    if found == "ole":
        return _compound(data, passwords, careful=careful)
    if len(data) > _MOST_TEXT:
        raise UnreadableError("too_large")
    return _textual(found, data)


def _archive(data: bytes, *before: Remark) -> Book:
    contents = look_into_archive(data)
    return Book(_sheets(data), contents.kind, data, (*before, *contents.remarks))


def _compound(data: bytes, passwords: Sequence[str], *, careful: bool) -> Book:
    inside = look_into_compound(data)
    plain, used = _decrypted(data, passwords) if inside.encrypted else (data, False)
    said = (*((Remark("V111"),) if used else ()), *inside.remarks)
    if not inside.package:
        return Book(_sheets(plain), "xls", plain, said)
    if careful:
        check_extent(plain)
    return _archive(plain, *said)


def _decrypted(data: bytes, passwords: Sequence[str]) -> tuple[bytes, bool]:
    from ctk.workbook.decrypt import decrypt  # noqa: PLC0415  (ciphers: rarely needed)

    return decrypt(data, passwords)


def _textual(found: str, data: bytes) -> Book:
    # These readers are rarely needed, and starting a worker should stay cheap.
    if found == "spreadsheetml":
        from ctk.workbook.spreadsheetml import read_spreadsheetml as read  # noqa: PLC0415

        kind, origin = "spreadsheetml", "V114"
    elif found == "text":
        from ctk.workbook.delimited import read_delimited as read  # noqa: PLC0415

        kind, origin = "csv", "V112"
    elif found == "mhtml":
        from ctk.workbook.web_archive import read_web_archive as read  # noqa: PLC0415

        kind, origin = "html", "V113"
    else:
        from ctk.workbook.web_page import read_web_page as read  # noqa: PLC0415

        kind, origin = "html", "V113"
    sheets, remarks = read(data)
    return Book(sheets, kind, data, (Remark(origin), *remarks))


def _sheets(data: bytes) -> list[SheetCells]:
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        about = book.sheets_metadata
        return [_cells(book.get_sheet_by_index(i), about[i]) for i in range(len(about))]
    except (UnreadableError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except python_calamine.PasswordError as error:
        raise UnreadableError("encrypted") from error
    # A panic of the reader's Rust code is a BaseException and must not end the whole batch.
    except BaseException as error:
        raise UnreadableError("damaged") from error


def _cells(
    sheet: python_calamine.CalamineSheet, about: python_calamine.SheetMetadata
) -> SheetCells:
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise UnreadableError("sheet_too_large", sheet=sheet.name)
    merged = tuple(Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ())
    hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
    return SheetCells(sheet.name, sheet.to_python(skip_empty_area=False), hidden, merged)
