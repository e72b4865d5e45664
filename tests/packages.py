"""Looks at a workbook's parts as Excel would; written without any code of ctk."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from xml.etree.ElementTree import fromstring

_WORKSHEET = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
    protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
    phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup
    headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
    legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts
    extLst
"""
_STYLES = """
    numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst
"""
_WORKBOOK = """
    fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups
    externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr
    smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst
"""
ORDER = {
    "worksheet": _WORKSHEET.split(),
    "styleSheet": _STYLES.split(),
    "workbook": _WORKBOOK.split(),
    "comments": ["authors", "commentList", "extLst"],
}


def _parse(xml):
    return fromstring(xml)  # noqa: S314  (what our own code wrote)


def parts_of(data):
    """All parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def problems(data):
    """What Excel would stumble over; nothing if all is well."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        double = [n for n, count in Counter(archive.namelist()).items() if count > 1]
    parts = parts_of(data)
    found = [f"part twice: {name}" for name in double]
    found += _untyped(parts) + _relations(parts) + _order(parts) + _formats(parts)
    found += _sheet_list(parts) + _cells(parts) + _boxes(parts)
    return found


def _local(element):
    return element.tag.rpartition("}")[2]


def _kids(element, name):
    return [each for each in element if _local(each) == name]


def _roots(parts, wanted):
    for name, data in parts.items():
        if name.endswith(".xml"):
            root = _parse(data)
            if _local(root) == wanted:
                yield name, root


def _untyped(parts):
    root = _parse(parts["[Content_Types].xml"])
    endings = [e.get("Extension").lower() for e in root if _local(e) == "Default"]
    names = [e.get("PartName").lstrip("/").lower() for e in root if _local(e) == "Override"]
    found = [f"type twice: {n}" for n, count in Counter(endings + names).items() if count > 1]
    for name in parts:
        known = name.lower() in names or name.rpartition(".")[2].lower() in endings
        if not known and name != "[Content_Types].xml":
            found.append(f"no type: {name}")
    there = {name.lower() for name in parts}
    return found + [f"type of nothing: {name}" for name in names if name not in there]


def relations(parts, part):
    """Id, kind and target of what a part refers to."""
    folder, name = posixpath.split(part)
    rels = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    for each in _parse(rels) if rels else ():
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, each.get("Target")))
            yield each.get("Id"), each.get("Type").rpartition("/")[2], target.lstrip("/")


def _relations(parts):
    there = {name.lower() for name in parts}
    found = []
    for part in [*parts, ""]:
        rels = list(relations(parts, part))
        ids = Counter(each for each, _, _ in rels)
        found += [f"{part}: id twice {each}" for each, count in ids.items() if count > 1]
        found += [f"{part}: leads nowhere {t}" for _, _, t in rels if t.lower() not in there]
    return found


def _order(parts):
    found = []
    for wanted, order in ORDER.items():
        for name, root in _roots(parts, wanted):
            ranks = [order.index(_local(e)) for e in root if _local(e) in order]
            if ranks != sorted(ranks):
                found.append(f"{name}: order of parts")
    return found


def _formats(parts):
    found = []
    for name, root in _roots(parts, "styleSheet"):
        sizes = {}
        for group in root:
            sizes[_local(group)] = len(group)
            if group.get("count") and int(group.get("count")) != len(group):
                found.append(f"{name}: count of {_local(group)}")
        for xf in root.iter():
            if _local(xf) != "xf":
                continue
            for key, group in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"),
                               ("xfId", "cellStyleXfs")):  # fmt: skip
                if int(xf.get(key, 0)) >= sizes.get(group, 0):
                    found.append(f"{name}: {key} {xf.get(key)}")
    return found


def _sheet_list(parts):
    ((name, root),) = _roots(parts, "workbook")
    sheets = _kids(_kids(root, "sheets")[0], "sheet")
    names = Counter(e.get("name").casefold() for e in sheets)
    found = [f"sheet twice: {n}" for n, count in names.items() if count > 1]
    found += [f"long name: {n}" for n in names if len(n) > 31]
    if len({e.get("sheetId") for e in sheets}) != len(sheets):
        found.append("sheetId twice")
    ids = {each for each, _, _ in relations(parts, name)}
    used = {v for e in sheets for k, v in e.attrib.items() if k.endswith("}id")}
    found += [f"no relation {each}" for each in used - ids]
    for holder in _kids(root, "definedNames"):
        keys = Counter((e.get("name").casefold(), e.get("localSheetId")) for e in holder)
        found += [f"name twice {key}" for key, count in keys.items() if count > 1]
        found += [f"name of no sheet {at}" for _, at in keys if at and int(at) >= len(sheets)]
    selected = [n for n, r in _roots(parts, "worksheet") for v in r.iter()
                if _local(v) == "sheetView" and v.get("tabSelected") in ("1", "true")]  # fmt: skip
    return found + ([] if len(selected) <= 1 else [f"selected together: {selected}"])


def column(letters):
    """Number of a column from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _cells(parts):
    formats = [len(_kids(root, "cellXfs")[0]) for _, root in _roots(parts, "styleSheet")]
    found = []
    for name, root in _roots(parts, "worksheet"):
        rows = _kids(_kids(root, "sheetData")[0], "row")
        numbers = [int(row.get("r")) for row in rows if row.get("r")]
        if numbers != sorted(set(numbers)):
            found.append(f"{name}: order of rows")
        for row in rows:
            refs = [cell.get("r") for cell in row if cell.get("r")]
            cols = [column(re.match("[A-Z]+", ref)[0]) for ref in refs]
            if cols != sorted(set(cols)):
                found.append(f"{name}: order of cells in row {row.get('r')}")
            found += [f"{name}: format {c.get('s')}" for c in row
                      if int(c.get("s", 0)) >= (formats or [1])[0]]  # fmt: skip
        merged = _kids(root, "mergeCells")
        if merged and len(merged[0]) != int(merged[0].get("count", len(merged[0]))):
            found.append(f"{name}: count of merged")
    return found


def _boxes(parts):
    """Each comment has one box, and no two boxes of a workbook share a number."""
    drawings = {n: d.decode() for n, d in parts.items() if n.endswith(".vml")}
    ids = Counter(each for d in drawings.values() for each in
                  re.findall(r'<\w+:shape\b[^>]*?\bid="([^"]+)"', d))  # fmt: skip
    found = [f"shape twice: {each}" for each, count in ids.items() if count > 1]
    for name in drawings:
        _parse(drawings[name])
    for name, _ in _roots(parts, "worksheet"):
        targets = list(relations(parts, name))
        comments = [t for _, kind, t in targets if kind == "comments"]
        boxes = [t for _, kind, t in targets if kind == "vmlDrawing"]
        if not comments:
            continue
        refs = re.findall(r'<(?:\w+:)?comment [^>]*?ref="([A-Z]+)(\d+)"',
                          parts[comments[0]].decode())  # fmt: skip
        places = [(int(row) - 1, column(letters) - 1) for letters, row in refs]
        drawn = [
            (int(r), int(c)) for t in boxes for r, c in
            re.findall(r"<\w+:Row>(\d+)</\w+:Row>\s*<\w+:Column>(\d+)<", drawings[t])
        ]  # fmt: skip
        if sorted(places) != sorted(drawn) or len(set(places)) != len(places):
            found.append(f"{name}: comments {places} boxes {drawn}")
    return found
