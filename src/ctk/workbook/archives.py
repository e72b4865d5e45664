"""Looks at a zip archive's table of contents before any reader unpacks it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import NamedTuple

from ctk.errors import UnreadableError
from ctk.workbook.book import Remark

MAX_UNPACKED = 512 * 2**20
MAX_PARTS = 4096

_MOST_RATIO = 1032
"""No deflated byte can become more bytes than these."""

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_END = b"PK\x05\x06"
_LOCAL = struct.Struct("<26xHH")
_PIECE = 2**20
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_FOLDERS = (
    ("word/", "is_word"),
    ("ppt/", "is_powerpoint"),
    ("visio/", "is_image"),
    ("index/", "is_numbers"),
)
_MIMETYPES = (
    (b"opendocument.spreadsheet", ""),
    (b"opendocument.text", "is_word"),
    (b"opendocument.presentation", "is_powerpoint"),
    (b"opendocument.graphics", "is_image"),
    (b"epub", "not_a_workbook"),
)


class Contents(NamedTuple):
    """What an archive holds: the kind of workbook, and what is to be said of it."""

    kind: str
    remarks: tuple[Remark, ...]


def look_into_archive(data: bytes) -> Contents:
    """Check the table of contents.

    Raises:
        UnreadableError: It is damaged, cut off, no workbook, or would unpack to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename.replace("\\", "/").lower() for part in parts}
            _check_sizes(data, parts)
            kind = _kind(archive, names)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError) as error:
        raise UnreadableError("damaged" if _END in data else "truncated") from error
    except (zlib.error, EOFError, struct.error, IndexError, KeyError) as error:
        raise UnreadableError("damaged") from error
    return Contents(kind, tuple(_remarks(names, len(parts))))


def check_archive(data: bytes) -> None:
    """Make sure that unpacking an archive cannot fill the memory.

    Raises:
        UnreadableError: It is damaged, cut off, no archive, or would unpack to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(data, archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError) as error:
        raise UnreadableError("damaged") from error
    except (zlib.error, EOFError, struct.error, IndexError) as error:
        raise UnreadableError("damaged") from error


def _check_sizes(data: bytes, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableError("unpacks_too_large")
    # The sizes may be lies; where they could matter, the parts are unpacked once and counted.
    if sum(part.compress_size for part in parts) * _MOST_RATIO <= MAX_UNPACKED:
        return
    left = MAX_UNPACKED
    for part in parts:
        left -= _true_size(data, part, left)
        if left < 0:
            raise UnreadableError("unpacks_too_large")


def _true_size(data: bytes, part: zipfile.ZipInfo, most: int) -> int:
    if part.compress_type == zipfile.ZIP_STORED:
        return part.compress_size
    name, extra = _LOCAL.unpack_from(data, part.header_offset)
    start = part.header_offset + 30 + name + extra
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest, size = data[start : start + part.compress_size], 0
    while rest and size <= most and not unpacker.eof:
        size += len(unpacker.decompress(rest, _PIECE))
        rest = unpacker.unconsumed_tail
    return size


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        if any(part.compress_type not in _METHODS for part in archive.infolist()):
            raise UnreadableError("damaged")
        if "xl/workbook.bin" in names:
            return "xlsb"
        return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"
    if any(name.endswith(_WORKBOOKS) for name in names):
        raise UnreadableError("archive_with_workbooks")
    for folder, code in _FOLDERS:
        if any(name.startswith(folder) for name in names):
            raise UnreadableError(code)
    return _open_document(archive, names)


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "content.xml" not in names:
        raise UnreadableError("is_archive")
    stated = _start(archive, "mimetype") if "mimetype" in names else b""
    for mark, code in _MIMETYPES:
        if mark in stated and code:
            raise UnreadableError(code)
    listed = "meta-inf/manifest.xml" in names
    if listed and b"encryption-data" in _start(archive, "META-INF/manifest.xml"):
        raise UnreadableError("encrypted_ods")
    return "ods"


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_PIECE)


def _remarks(names: set[str], parts: int) -> list[Remark]:
    found = {
        "V109": _any_in(names, "xl/vbaproject.bin", "xl/macrosheets/", "basic/script-lc.xml"),
        "V110": _any_in(names, "xl/externallinks/", "xl/connections.xml"),
        "V116": len(names) < parts,
        "V119": _any_in(names, "xl/embeddings/"),
    }
    return [Remark(rule) for rule, is_so in found.items() if is_so]


def _any_in(names: set[str], *starts: str) -> bool:
    return any(name.startswith(starts) for name in names)
