"""Finds what the fast reader shows as an empty cell but is not: error values, empty formulas.

Only .xlsx and .xlsm parts are scanned, and only in files that have an empty cell where a figure
belongs.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from html import unescape

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REF = re.compile(rb"""\br=["']([A-Z]{1,3}\d{1,7})["']""")
_ERROR = re.compile(rb"""\bt=["']e["']""")
_TEXT = re.compile(rb"""\bt=["']str["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)</(?:\w+:)?v>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)=(?:"([^"]*)"|'([^']*)')""")
_RELS_PART = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class Oddities:
    """A1 addresses of one sheet: error values with their text, formulas without a stored result."""

    errors: dict[str, str] = field(default_factory=dict)
    uncomputed: frozenset[str] = frozenset()


def scan(data: bytes) -> dict[str, Oddities]:
    """Scan a workbook's sheets.

    Args:
        data: The bytes of the file.

    Returns:
        Oddities by sheet name; empty for formats other than .xlsx and for parts not understood.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: _scan_sheet(archive.read(part)) for name, part in _parts(archive)}
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, zlib.error):
        return {}


def can_scan(data: bytes) -> bool:
    """Tell whether the parts of a file are those of an .xlsx workbook, which `scan` understands."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(_parts(archive))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, zlib.error):
        return False


def _parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Names of the sheets and of their parts, without an XML parser: no entity is ever expanded."""
    rels = (_attributes(tag) for tag in _RELATION.findall(archive.read(_RELS_PART)))
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    sheets = [_attributes(tag) for tag in _SHEET.findall(archive.read("xl/workbook.xml"))]
    pairs = [(sheet.get("name", ""), targets.get(sheet.get("id"), "")) for sheet in sheets]
    return [(name, posixpath.join("/xl", target).lstrip("/")) for name, target in pairs if target]


def _attributes(tag: bytes) -> dict[str, str]:
    text = tag.decode("utf-8", "replace")
    found = _ATTRIBUTE.findall(text)
    return {name.rpartition(":")[2]: unescape(double or single) for name, double, single in found}


def _scan_sheet(xml: bytes) -> Oddities:
    if not _FORMULA.search(xml) and not _ERROR.search(xml):
        return Oddities()
    errors: dict[str, str] = {}
    uncomputed: set[str] = set()
    for match in _CELL.finditer(xml):
        attributes, content = match[1], match[2] or b""
        ref = _REF.search(attributes)
        if ref is None:
            continue
        value = _VALUE.search(content)
        if _ERROR.search(attributes):
            errors[ref[1].decode()] = value[1].decode("utf-8", "replace") if value else "#N/A"
        elif value is None and _FORMULA.search(content) and not _TEXT.search(attributes):
            uncomputed.add(ref[1].decode())
    return Oddities(errors, frozenset(uncomputed))
