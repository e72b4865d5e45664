"""What a spreadsheet program takes offence at in a workbook, looked for in its parts.

Written from the standard (ISO/IEC 29500) and the limits of Excel, without a library for workbooks.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath
from xml.etree import ElementTree as Xml

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FORBIDDEN = set("[]:*?/\\")
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection",
    "autoFilter", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
    "ignoredErrors", "drawing", "legacyDrawing", "tableParts",
)  # fmt: skip


def _parsed(part):
    return Xml.fromstring(part)  # noqa: S314  (our own file)


def faults(path):
    """Everything that would make a program offer to repair the file, or that is not wanted."""
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    found = [] if len(names) == len(set(names)) else ["a part stands twice"]
    found += _types(parts) + _relations(parts) + _book(parts)
    for name in names:
        if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
            found += [f"{name}: {fault}" for fault in _sheet(parts, _parsed(parts[name]))]
    found += [
        f"not wanted: {n}" for n in names if re.search(r"vbaProject|externalLink|calcChain", n)
    ]
    return found


def _types(parts):
    types = _parsed(parts["[Content_Types].xml"])
    known = {each.get("PartName") for each in types} | {f".{e.get('Extension')}" for e in types}
    return [
        f"no content type: {name}"
        for name in parts
        if name != "[Content_Types].xml"
        and f"/{name}" not in known
        and f".{name.rpartition('.')[2]}" not in known
    ]


def _relations(parts):
    found = []
    for name in (n for n in parts if n.endswith(".rels")):
        folder = PurePosixPath(name).parent.parent
        for each in _parsed(parts[name]):
            if each.get("TargetMode") == "External":
                found.append(f"external: {each.get('Target')}")
            elif str(folder / each.get("Target")).lstrip("/") not in parts:
                found.append(f"dangling: {name} -> {each.get('Target')}")
    return found


def _book(parts):
    book = _parsed(parts["xl/workbook.xml"])
    sheets = [each.get("name") for each in book.iter(f"{_MAIN}sheet")]
    found = [f"bad sheet name: {n}" for n in sheets if len(n) > 31 or _FORBIDDEN & set(n)]
    if len({name.casefold() for name in sheets}) != len(sheets):
        found.append("two sheets of one name")
    named = [(e.get("name"), e.get("localSheetId")) for e in book.iter(f"{_MAIN}definedName")]
    if len(named) != len(set(named)):
        found.append("a name is defined twice")
    for each in book.iter(f"{_MAIN}definedName"):
        own = re.escape(sheets[int(each.get("localSheetId"))])
        if not re.fullmatch(
            rf"('{own}'|{own})![$A-Z0-9:]+(,('{own}'|{own})![$A-Z0-9:]+)?", each.text
        ):
            found.append(f"{each.get('name')}: {each.text}")
    return found


def _sheet(parts, sheet):
    styles = _parsed(parts["xl/styles.xml"])
    looks = len(styles.find(f"{_MAIN}cellXfs"))
    texts = len(_parsed(parts["xl/sharedStrings.xml"]))
    order = [_ORDER.index(each.tag.removeprefix(_MAIN)) for each in sheet]
    found = [] if order == sorted(order) else ["elements out of order"]
    last_row = 0
    for row in sheet.iter(f"{_MAIN}row"):
        number, last_col = int(row.get("r")), 0
        found += [] if number > last_row else [f"row {number} out of order"]
        last_row = number
        if row.get("ht") and float(row.get("ht")) > 409:
            found.append(f"row {number} is higher than Excel allows")
        for cell in row:
            col, at = _place(cell.get("r"))
            found += [] if at == number and col > last_col else [f"{cell.get('r')} out of order"]
            last_col = col
            found += _cell(cell, looks, texts)
    return found + _merges(sheet)


def _cell(cell, looks, texts):
    name, value = cell.get("r"), cell.findtext(f"{_MAIN}v")
    found = [f"{name}: a formula"] if cell.find(f"{_MAIN}f") is not None else []
    if int(cell.get("s", 0)) >= looks:
        found.append(f"{name}: no such format")
    if cell.get("t") == "s" and not 0 <= int(value) < texts:
        found.append(f"{name}: no such text")
    if cell.get("t") in (None, "n") and value is not None and float(value) != float(value):
        found.append(f"{name}: no number")
    return found


def _merges(sheet):
    taken, found = set(), []
    for each in sheet.iter(f"{_MAIN}mergeCell"):
        (left, top), (right, bottom) = (_place(part) for part in each.get("ref").split(":"))
        cells = {(c, r) for c in range(left, right + 1) for r in range(top, bottom + 1)}
        found += [f"{each.get('ref')} overlaps"] if cells & taken else []
        found += [f"{each.get('ref')} is one cell"] if len(cells) == 1 else []
        taken |= cells
    return found


def _place(name):
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column, int(digits)
