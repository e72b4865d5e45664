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
_FILE_PASS = 0x2F
_LOOK = 2**12
"""The record that says "encrypted" stands among the first."""


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
    remarks = []
    if "_vba_project_cur" in names:
        remarks.append(Remark("V109"))
    if "workbook" not in names:
        remarks.append(Remark("V118"))
    return Inside(False, _has_password(start), tuple(remarks))


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
        raise UnreadableError("damaged") from error
    return {path[0].casefold() for path in paths if path}, start


def _has_password(start: bytes) -> bool:
    at = 0
    while at + _RECORD.size <= len(start):
        number, size = _RECORD.unpack_from(start, at)
        if number == _FILE_PASS:
            return True
        at += _RECORD.size + size
    return False
