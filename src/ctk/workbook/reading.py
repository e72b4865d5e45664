"""Reads the cells of a spreadsheet file with python-calamine; the only module that opens one.

Everything a file can do to a reader ends here as an `UnreadableError` with a code that says why.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import python_calamine

from ctk.errors import UnreadableError
from ctk.workbook.book import Book, Merge, SheetCells

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MAX_BYTES = 64 * 2**20
"""A commune's workbook is some tens of kilobytes; a larger file is no form."""

MAX_UNPACKED = 512 * 2**20
MAX_PARTS = 4096
MAX_CELLS = 4_000_000

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_bytes(path: Path) -> bytes:
    """Read a whole file.

    Raises:
        UnreadableError: It is missing, a folder, may not be read, is empty or far too large.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableError("too_large")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError("not_found") from error
    except (OSError, ValueError) as error:
        raise UnreadableError("cannot_open") from error
    if not data:
        raise UnreadableError("empty_file")
    return data


def check_container(data: bytes) -> None:
    """Look at a file's first bytes and its table of contents before any reader sees it.

    Raises:
        UnreadableError: It is no workbook, is encrypted, or would unpack to too much.
    """
    if data.startswith(_ZIP):
        _check_zip(data)
    elif data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableError("encrypted")
    else:
        raise UnreadableError(_other_kind(data))


def _check_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableError("damaged") from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableError("unpacks_too_large")
    names = {part.filename for part in parts}
    if not any(name.startswith("xl/") for name in names) and "content.xml" not in names:
        raise UnreadableError("not_a_workbook")


def _other_kind(data: bytes) -> str:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_EMPTY_ZIP):
        return "damaged"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return "saved_as_xml"
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        return "saved_as_html"
    return "not_a_workbook"


def read_book(data: bytes, passwords: Sequence[str] = ()) -> Book:
    """Read all cells of all sheets.

    Args:
        data: The file's bytes, as `read_bytes` gave them.
        passwords: Passwords to try where the file has one.

    Raises:
        UnreadableError: See `check_container`; also where the reader itself fails or a sheet is
            larger than any form.
    """
    del passwords
    check_container(data)
    return Book(_sheets(data), _kind(data), data)


def _kind(data: bytes) -> str:
    return "xls" if data.startswith(_OLE) else "xlsx"


def _sheets(data: bytes) -> list[SheetCells]:
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        about = book.sheets_metadata
        return [_cells(book.get_sheet_by_index(i), about[i]) for i in range(len(about))]
    except (UnreadableError, KeyboardInterrupt, SystemExit, GeneratorExit):
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
