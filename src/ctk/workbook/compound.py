"""Looks into compound files (OLE): .xls, encrypted workbooks, and what else is kept that way."""

from __future__ import annotations

import io
import struct
from typing import NamedTuple

import olefile

from ctk.errors import UnreadableError
from ctk.workbook.book import Remark

_OTHERS = {
    "worddocument": "is_word",
    "powerpoint document": "is_powerpoint",
    "__properties_version1.0": "is_email",
    "visiodocument": "is_image",
    "nativecontent_main": "is_lotus",
    "matost": "is_lotus",
}
_WORKBOOKS = {"workbook", "book"}
_RECORD = struct.Struct("<HH")
_END, _FILE_PASS, _SHEET, _BOOK = 0x0A, 0x2F, 0x85, 0x1AE
_HEAD, _SPECIAL = 512, 0xFFFFFFFA
_OWN_BOOKS = (0x401, 0x3A01)
_MACRO_KINDS = (1, 6)
_LOOK = 2**20
"""The records about the whole workbook come first."""


class Inside(NamedTuple):
    """What a compound file holds: a package with the real file, or an .xls; either encrypted."""

    package: bool
    encrypted: bool
    remarks: tuple[Remark, ...]


def look_into_compound(data: bytes) -> Inside:
    """Say whether it is an encrypted workbook or an .xls, and what is to be said of it.

    Raises:
        UnreadableError: It is damaged, or something else; the code says what.
    """
    names, start = _open(data)
    if "encryptedpackage" in names:
        if "encryptioninfo" not in names:
            raise UnreadableError("encryption_unknown")
        return Inside(True, True, ())
    if not names & _WORKBOOKS:
        code = next((code for name, code in _OTHERS.items() if name in names), None)
        raise UnreadableError(code or ("not_a_workbook" if names else "damaged"))
    records = _records(start)
    found = {
        "V109": "_vba_project_cur" in names or any(map(_is_macro_sheet, records)),
        "V110": any(map(_is_other_book, records)),
        "V118": "workbook" not in names,
    }
    encrypted = any(number == _FILE_PASS for number, _ in records)
    return Inside(False, encrypted, tuple(Remark(rule) for rule, is_so in found.items() if is_so))


def _open(data: bytes) -> tuple[set[str], bytes]:
    """The names on the top level, and the start of the workbook among them."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            paths = ole.listdir(streams=True, storages=True)
            own = next(
                (p for p in paths if [n.casefold() for n in p] in (["workbook"], ["book"])), None
            )
            start = ole.openstream(own).read(_LOOK) if own else b""
    except MemoryError:
        raise
    # The library fails in many ways at damaged files.
    except Exception as error:
        raise UnreadableError("truncated" if _ends_early(data) else "damaged") from error
    return {path[0].casefold() for path in paths if path}, start


def _ends_early(data: bytes) -> bool:
    """Tell whether the tables that say where everything lies would stand beyond the end."""
    if len(data) < _HEAD:
        return True
    (shift,) = struct.unpack_from("<H", data, 30)
    (directory,) = struct.unpack_from("<I", data, 48)
    tables = struct.unpack_from("<109I", data, 76)
    last: int = max(sector for sector in (directory, *tables, 0) if sector < _SPECIAL)
    return (last + 2) << min(int(shift), 16) > len(data)


def _records(start: bytes) -> list[tuple[int, bytes]]:
    """The records about the whole workbook; those after the one that says "encrypted" are noise."""
    found = []
    at = 0
    while at + _RECORD.size <= len(start):
        number, size = _RECORD.unpack_from(start, at)
        at += _RECORD.size
        found.append((number, start[at : at + size]))
        if number in (_END, _FILE_PASS):
            break
        at += size
    return found


def _is_macro_sheet(record: tuple[int, bytes]) -> bool:
    number, content = record
    return number == _SHEET and content[5:6] != b"" and content[5] in _MACRO_KINDS


def _is_other_book(record: tuple[int, bytes]) -> bool:
    number, content = record
    own = struct.pack("<H", _OWN_BOOKS[0]), struct.pack("<H", _OWN_BOOKS[1])
    return number == _BOOK and content[2:4] not in (*own, b"")
