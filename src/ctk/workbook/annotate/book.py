"""The list of a workbook's sheets; puts one in front without moving what refers to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.workbook.annotate.markup import (
    child,
    children,
    ensure,
    local,
    make,
    namespace,
    parse,
    serialise,
)

if TYPE_CHECKING:
    from ctk.workbook.annotate.package import Package

_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_FORBIDDEN = str.maketrans(dict.fromkeys(r"[]:*?/\\", " "))
_LONGEST_NAME = 31


class SheetList:
    """The sheets of a workbook by name."""

    def __init__(self, package: Package) -> None:
        """Read the workbook part."""
        self._package = package
        self._root = parse(package.read(package.book))
        self.namespace = namespace(self._root)
        listed = child(self._root, "sheets")
        if listed is None:
            raise ValueError("no sheets")
        self._listed = listed
        targets = {each.id: each.target for each in package.relations(package.book)}
        key = f"{{{package.relation_namespace}}}id"
        self.parts = {
            sheet.get("name", ""): targets[sheet.get(key, "")]
            for sheet in children(listed, "sheet")
            if sheet.get(key) in targets
        }

    def free_name(self, wanted: str) -> str:
        """A name that no sheet has; Excel takes upper and lower case for the same."""
        taken = {name.casefold() for name in self.parts}
        wanted = wanted.translate(_FORBIDDEN)[:_LONGEST_NAME]
        name, number = wanted, 1
        while name.casefold() in taken:
            number += 1
            ending = f" ({number})"
            name = wanted[: _LONGEST_NAME - len(ending)] + ending
        return name

    def put_first(self, name: str, sheet: bytes, title_row: int) -> None:
        """Put a sheet before all others and let the workbook open on it.

        Args:
            name: Its name, a free one.
            sheet: Its XML.
            title_row: The row, from 1, that is printed on every page.
        """
        package, folder = self._package, self._package.book.rpartition("/")[0]
        part = package.free_name("/".join(filter(None, (folder, "worksheets/sheet{}.xml"))))
        package.write(part, sheet)
        package.declare(part, _SHEET_TYPE)
        numbers = [int(each.get("sheetId", "0")) for each in self._listed if local(each)]
        new = make(self._listed, "sheet", name=name, sheetId=max(numbers, default=0) + 1)
        number = package.relate(package.book, "worksheet", part)
        new.set(f"{{{package.relation_namespace}}}id", number)
        self._listed.insert(0, new)
        self._shift_names()
        titles = f"'{name.replace(chr(39), chr(39) * 2)}'!${title_row}:${title_row}"
        names = ensure(self._root, "definedNames", _ORDER)
        print_titles = make(names, "definedName", name="_xlnm.Print_Titles", localSheetId=0)
        print_titles.text = titles
        names.insert(0, print_titles)
        self._open_on_first()
        package.write(package.book, serialise(self._root))
        _tell_properties(package, list(self.parts), name)

    def _shift_names(self) -> None:
        """Names that belong to a sheet say which by its place in the list."""
        for each in children(child(self._root, "definedNames"), "definedName"):
            if each.get("localSheetId"):
                each.set("localSheetId", str(int(each.get("localSheetId", "0")) + 1))

    def _open_on_first(self) -> None:
        for view in children(child(self._root, "bookViews"), "workbookView"):
            view.attrib.pop("firstSheet", "")
            view.set("activeTab", "0")
        # Two selected sheets would be edited together: what is typed in one lands in both.
        for part in self.parts.values():
            if self._package.has(part) and b"tabSelected" in self._package.read(part):
                root = parse(self._package.read(part))
                for view in children(child(root, "sheetViews"), "sheetView"):
                    view.attrib.pop("tabSelected", "")
                self._package.write(part, serialise(root))


def _tell_properties(package: Package, names: list[str], new: str) -> None:
    """Add the sheet to the titles in the document's properties, where they list the others."""
    found = package.relation("", "extended-properties")
    if found is None:
        return
    root = parse(package.read(found.target))
    titles = next((e for e in root.iter() if local(e) == "TitlesOfParts"), None)
    pairs = next((e for e in root.iter() if local(e) == "HeadingPairs"), None)
    if titles is None or pairs is None or not len(titles) or not len(pairs):
        return
    vector, counts = titles[0], [e for e in pairs.iter() if local(e) == "i4"]
    listed = [e.text for e in vector]
    start = listed.index(names[0]) if names and names[0] in listed else -1
    firsts = [sum(int(e.text or 0) for e in counts[:i]) for i in range(len(counts))]
    if start not in firsts:
        return
    count = counts[firsts.index(start)]
    count.text = str(int(count.text or 0) + 1)
    entry = make(vector, "lpstr")
    entry.text = new
    vector.insert(start, entry)
    vector.set("size", str(len(listed) + 1))
    package.write(found.target, serialise(root))
