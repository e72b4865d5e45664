"""The parts of an .xlsx package, unpacked one by one when somebody looks at them.

No XML parser is used, so no entity is ever expanded; what is damaged or not there reads as empty.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from functools import cached_property, lru_cache
from html import unescape

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_HEADER = 30
_NAME_LENGTH, _EXTRA_LENGTH = slice(26, 28), slice(28, 30)


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag, without their prefixes."""
    found = _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))
    return {name.rpartition(":")[2]: unescape(double or single) for name, double, single in found}


class Parts:
    """A package and what it holds; empty if the bytes are no package."""

    def __init__(self, data: bytes) -> None:
        """Read the table of contents."""
        self._data = data
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._entries = {entry.filename: entry for entry in archive.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            self._entries = {}

    @cached_property
    def has_comments(self) -> bool:
        """Tell whether any sheet has comments."""
        return any("comments" in name for name in self._entries)

    def read(self, name: str) -> bytes:
        """Unpack a part; what a package may unpack to was checked before it is read."""
        entry = self._entries.get(name)
        if entry is None or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return b""
        header = self._data[entry.header_offset : entry.header_offset + _HEADER]
        lengths = (int.from_bytes(header[at], "little") for at in (_NAME_LENGTH, _EXTRA_LENGTH))
        start = entry.header_offset + _HEADER + sum(lengths)
        packed = memoryview(self._data)[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            return bytes(packed)
        try:
            return zlib.decompress(packed, -zlib.MAX_WBITS, entry.file_size or 1)
        except zlib.error:
            return b""

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The name of each sheet and of its part."""
        return _sheet_parts(self.read("xl/workbook.xml"), self.read("xl/_rels/workbook.xml.rels"))

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind, such as "comments", that belong to a part."""
        folder, name = posixpath.split(part)
        targets = _targets(folder, self.read(f"{folder}/_rels/{name}.rels"))
        return [target for target in targets.values() if kind in target]


@lru_cache(maxsize=64)
def _sheet_parts(workbook: bytes, relations: bytes) -> dict[str, str]:
    targets = _targets("xl", relations)
    sheets = [attributes(tag) for tag in _SHEET.findall(workbook)]
    pairs = [(sheet.get("name", ""), targets.get(sheet.get("id", ""), "")) for sheet in sheets]
    return {name: part for name, part in pairs if part}


def _targets(folder: str, relations: bytes) -> dict[str, str]:
    """The parts that a part refers to, by the id of the relation."""
    found = map(attributes, _RELATION.findall(relations))
    return {
        relation.get("Id", ""): posixpath.normpath(
            posixpath.join("/", folder, relation.get("Target", ""))
        ).lstrip("/")
        for relation in found
        if relation.get("TargetMode") != "External"
    }
