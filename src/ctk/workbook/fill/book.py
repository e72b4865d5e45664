"""A workbook as a template: what can be filled in, and the file with everything else unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.workbook.annotate.book import SheetList
from ctk.workbook.annotate.markup import child, children, ensure, local, parse, serialise
from ctk.workbook.annotate.package import Package
from ctk.workbook.fill.broken import told_as_broken
from ctk.workbook.fill.formats import NumberFormats
from ctk.workbook.fill.formulas import Place, shifted
from ctk.workbook.fill.identity import clear_identity, outside_links
from ctk.workbook.fill.objects import refresh_charts, shift_objects, shift_pivot_sources
from ctk.workbook.fill.plan import Plan
from ctk.workbook.fill.sheet import (
    has_formulas,
    is_placeholder,
    lay_rows,
    shift_formulas,
    texts_of,
    unshare_formulas,
    write_values,
)
from ctk.workbook.fill.strings import SharedStrings
from ctk.workbook.fill.surroundings import shift_surroundings
from ctk.workbook.fill.types import CannotShiftError, CellText, Fault, SheetFill

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BOOK_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames", "calcPr",
)  # fmt: skip
_DRAWN = ("/drawings/", "/charts/")


class WorkbookTemplate:
    """An .xlsx file with placeholders.

    Args:
        data: The bytes of the file.
        file: Its name, for messages.

    Raises:
        UsageError: `template_broken`, `template_macros` or `template_links`.
    """

    def __init__(self, data: bytes, file: str = "") -> None:
        self._file = file
        self.texts: dict[str, dict[tuple[int, int], CellText]] = {}
        self.faults: list[Fault] = []
        with told_as_broken(file):
            self._read(Package(data))

    def _read(self, package: Package) -> None:
        self._package, self._book = package, SheetList(package)
        self._refuse()
        self._strings = SharedStrings(package)
        formats = NumberFormats(package)
        self._sheets = {
            name: parse(package.read(part))
            for name, part in self._book.parts.items()
            if "/worksheets/" in f"/{part}"
        }
        for name, sheet in self._sheets.items():
            self.texts[name], wrong = texts_of(sheet, self._strings, formats)
            self.faults += [Fault("in_formula", text, name, cell) for cell, text in wrong]
        self.faults += self._outside_cells()

    def _refuse(self) -> None:
        names = " ".join(self._package.names()).lower()
        if "vbaproject" in names or "macrosheets/" in names:
            raise UsageError("template_macros", file=self._file)
        if links := outside_links(self._package):
            raise UsageError("template_links", file=self._file, links="; ".join(links))

    def _outside_cells(self) -> Iterator[Fault]:
        """Placeholders in text boxes, charts, headers and footers, which nobody would fill."""
        for name, sheet in self._sheets.items():
            printed = child(sheet, "headerFooter")
            for each in () if printed is None else printed:
                if is_placeholder(each.text):
                    yield Fault("outside_cells", each.text or "", name)
        for part in self._package.names():
            if any(folder in part for folder in _DRAWN) and part.endswith(".xml"):
                for each in parse(self._package.read(part)).iter():
                    if local(each) == "t" and is_placeholder(each.text):
                        yield Fault("outside_cells", each.text or "", part)

    def fill(self, fills: Mapping[str, SheetFill], category: str = "") -> tuple[bytes, list[Fault]]:
        """Fill the cells.

        Args:
            fills: What becomes of each sheet that changes.
            category: What the document's properties say of it.

        Returns:
            The bytes of the file, and what cannot be done; where there is any, the file is none.

        Raises:
            UsageError: `template_broken`: its parts are not those of a workbook.
        """
        with told_as_broken(self._file):
            return self._fill(fills, category)

    def _fill(self, fills: Mapping[str, SheetFill], category: str) -> tuple[bytes, list[Fault]]:
        try:
            plans = {name: self._plan(name, fills) for name in self._book.parts}
        except CannotShiftError as error:
            return b"", [Fault(error.code, error.found, "")]
        faults: list[Fault] = []
        moving = any(plan.moves for plan in plans.values())
        computed = False
        for name, sheet in self._sheets.items():
            if fills.get(name) is None and not moving and not has_formulas(sheet):
                continue
            any_formula, told = self._fill_sheet(name, fills.get(name, SheetFill()), plans, moving)
            computed |= any_formula
            faults += told
        faults += refresh_charts(self._package, plans, self._changed(fills, computed))
        if moving:
            faults += shift_pivot_sources(self._package, plans)
        faults += self._save_book(plans, computed)
        clear_identity(self._package, category)
        return (b"" if faults else self._package.save()), faults

    def _plan(self, name: str, fills: Mapping[str, SheetFill]) -> Plan:
        fill = fills.get(name, SheetFill())
        return Plan(fill.blocks, fill.rows)

    def _changed(self, fills: Mapping[str, SheetFill], computed: bool) -> set[str]:
        """Sheets whose cells hold other figures than in the template."""
        return set(self._sheets) if computed else set(fills)

    def _fill_sheet(
        self, name: str, fill: SheetFill, plans: Mapping[str, Plan], moving: bool
    ) -> tuple[bool, list[Fault]]:
        sheet, plan, part = self._sheets[name], plans[name], self._book.parts[name]
        if moving:
            unshare_formulas(sheet)
        if plan.moves:
            lay_rows(sheet, plan)
        any_formula, faults = shift_formulas(sheet, name, plans)
        if moving:
            faults += shift_surroundings(sheet, name, plans)
        if plan.moves:
            faults += shift_objects(self._package, part, name, plan)
        write_values(sheet, fill.values, self._strings)
        self._package.write(part, serialise(sheet))
        return any_formula, faults

    def _save_book(self, plans: Mapping[str, Plan], computed: bool) -> list[Fault]:
        """Let names follow the rows, and have totals computed anew."""
        root = parse(self._package.read(self._package.book))
        faults = _shift_names(root, list(self._book.parts), plans)
        if computed:
            ensure(root, "calcPr", _BOOK_ORDER).set("fullCalcOnLoad", "1")
        if computed or any(plan.moves for plan in plans.values()):
            self._package.write(self._package.book, serialise(root))
            self._package.drop(self._package.book, "calcChain")
        return faults


def _shift_names(root: Element, sheets: list[str], plans: Mapping[str, Plan]) -> list[Fault]:
    faults: list[Fault] = []
    for each in children(child(root, "definedNames"), "definedName"):
        number = each.get("localSheetId")
        own = sheets[int(number)] if number and int(number) < len(sheets) else ""
        try:
            each.text = shifted(each.text or "", Place(own), plans)
        except CannotShiftError as error:
            faults.append(Fault(error.code, f"{each.get('name', '')}: {error.found}", own))
    return faults
