"""Reads the cells of a spreadsheet file with python-calamine; the only module that opens one.

Everything a file can do to a reader ends here as an `UnreadableError` with a code that says why.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import python_calamine

from ctk.errors import UnreadableError

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A sheet's name and its cells from A1 on (rows of equal length)."""

    name: str
    cells: list[list[Any]]


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


def read_sheets(data: bytes) -> list[SheetCells]:
    """Read all cells of all sheets.

    Args:
        data: The file's bytes, as `read_bytes` gave them.

    Raises:
        UnreadableError: See `check_container`; also where the reader itself fails or a sheet is
            larger than any form.
    """
    check_container(data)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets = (book.get_sheet_by_index(i) for i in range(len(book.sheet_names)))
        return [SheetCells(sheet.name, _cells(sheet)) for sheet in sheets]
    except (UnreadableError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except python_calamine.PasswordError as error:
        raise UnreadableError("encrypted") from error
    # A panic of the reader's Rust code is a BaseException and must not end the whole batch.
    except BaseException as error:
        raise UnreadableError("damaged") from error


def _cells(sheet: python_calamine.CalamineSheet) -> list[list[Any]]:
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise UnreadableError("sheet_too_large", sheet=sheet.name)
    return sheet.to_python(skip_empty_area=False)
