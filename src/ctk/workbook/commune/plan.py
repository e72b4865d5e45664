"""What stands on each sheet of the commune workbook of a period; the same for all communes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from ctk.forms.loader import load_layouts
from ctk.messages import message
from ctk.periods import Coverage, Period
from ctk.workbook.commune import grid
from ctk.workbook.commune.guidance import Guidance
from ctk.workbook.commune.rates import Address, Rate, rates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ctk.forms.types import Layout
    from ctk.indicators import Catalogue, Element
    from ctk.indicators.types import Section

FORM_ID = "ctk-commune"
OPTIONAL_SHEET = "Tùy chọn"
_HEADING_WIDTH = 190


class Kind(Enum):
    """What a row of a data sheet is."""

    SECTION = "section"
    HEADING = "heading"
    OWN = "own"
    OTHER = "other"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a data sheet; headings have no element."""

    kind: Kind
    text: str
    height: float
    element: Element | None = None
    help: str = ""
    rate: Rate | None = None


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One data sheet; `symbol` is the section's number, empty for the optional sheet."""

    name: str
    symbol: str
    title: str
    rows: tuple[Row, ...]

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements asked on this sheet, in order."""
        return tuple(row.element for row in self.rows if row.element)


@dataclass(frozen=True, slots=True)
class FormPlan:
    """All that the workbooks of a period have in common.

    Args:
        signed: Name of the sheet that ends with the signatures: the last main one.
        coverage: What the period covers.
    """

    catalogue: Catalogue
    period: Period
    lang: str
    layout: Layout
    sheets: tuple[SheetPlan, ...]
    signed: str
    coverage: Coverage = Coverage.CALENDAR

    @property
    def stamp(self) -> str:
        """What the cover says about the form and its version."""
        return f"{self.layout.id} {self.layout.version}"


_Draft = tuple[Kind, str, "Element | None"]


def plan_form(
    catalogue: Catalogue,
    period: Period,
    lang: str = "vi",
    coverage: Coverage = Coverage.CALENDAR,
    *,
    own: bool = False,
) -> FormPlan:
    """Lay out the workbook of a period: a sheet for each section asked, the optional one last.

    Args:
        catalogue: What can be asked.
        period: The period reported.
        lang: Language of notes and help.
        coverage: What the period covers.
        own: Whether it is the workbook of an office for its own unit: only what forms ask besides.
    """
    asked = tuple(e for e in catalogue.asked(period) if not own or e.place == "form")
    drafts = {
        section: list(_drafts(elements, catalogue))
        for section in catalogue.sections
        if (elements := _of(asked, section, "main", "form"))
    }
    optional = list(_optional_drafts(asked, catalogue))
    named = [(section.sheet, draft) for section, draft in drafts.items()]
    addresses = _addresses([*named, (OPTIONAL_SHEET, optional)])
    finish = _Finisher(catalogue, asked, addresses, lang)
    sheets = [
        SheetPlan(section.sheet, section.id, section.title_vi, finish.rows(draft))
        for section, draft in drafts.items()
    ]
    main = {element.section for element in asked if element.place == "main"}
    signed = next((s.name for s in reversed(sheets) if s.symbol in main or not main), "")
    if optional:
        title = message("workbook.optional.title", "vi")
        sheets.append(SheetPlan(OPTIONAL_SHEET, "", title, finish.rows(optional)))
    layout = next(layout for layout in load_layouts() if layout.id == FORM_ID)
    return FormPlan(catalogue, period, lang, layout, tuple(sheets), signed, coverage)


def _of(asked: Iterable[Element], section: Section, *places: str) -> list[Element]:
    return [e for e in asked if e.section == section.id and e.place in places]


def _optional_drafts(asked: Sequence[Element], catalogue: Catalogue) -> Iterator[_Draft]:
    for section in catalogue.sections:
        elements = _of(asked, section, "optional")
        if elements:
            yield Kind.SECTION, f"{section.id}. {section.title_vi}", None
            yield from _drafts(elements, catalogue)


def _drafts(elements: Iterable[Element], catalogue: Catalogue) -> Iterator[_Draft]:
    """Put a heading over the rows of an indicator that has no row of its own id among them."""
    for indicator, members in groupby(elements, key=lambda element: element.indicator):
        group = list(members)
        if all(element.id != indicator for element in group):
            yield Kind.HEADING, catalogue.owner_name(indicator), None
        for element in group:
            yield _kind(element), element.name_vi, element


def _kind(element: Element) -> Kind:
    if element.part:
        return Kind.PART
    return Kind.OWN if element.id == element.indicator else Kind.OTHER


def _addresses(drafts: Iterable[tuple[str, list[_Draft]]]) -> dict[str, Address]:
    return {
        element.id: Address(sheet, grid.FIRST_ROW + i)
        for sheet, draft in drafts
        for i, (_, _, element) in enumerate(draft)
        if element
    }


class _Finisher:
    """Adds to the drafts of rows what needs the place of all of them: help, rates, heights."""

    def __init__(
        self,
        catalogue: Catalogue,
        asked: Sequence[Element],
        addresses: dict[str, Address],
        lang: str,
    ) -> None:
        self._guidance = Guidance(catalogue, asked, lang)
        self._rates = rates(catalogue, addresses)

    def rows(self, drafts: Iterable[_Draft]) -> tuple[Row, ...]:
        head: Element | None = None
        found = []
        for kind, text, element in drafts:
            if element is None:
                count = grid.lines(text, _HEADING_WIDTH, bold=True)
                found.append(Row(kind, text, grid.height(count)))
                head = None
                continue
            found.append(self._row(kind, element, head))
            head = head if element.part else element
        return tuple(found)

    def _row(self, kind: Kind, element: Element, head: Element | None) -> Row:
        label = f"- {element.name_vi}" if element.part else element.name_vi
        help_ = self._guidance.text(element, head)
        width = grid.LABEL_WIDTH - (3 if element.part else 0)
        count = max(
            grid.lines(label, width, bold=kind is Kind.OWN),
            grid.lines(element.unit, grid.UNIT_WIDTH),
            grid.lines(help_, grid.HELP_WIDTH, small=True),
        )
        rate = self._rates.get(element.id)
        return Row(kind, label, grid.height(count), element, help_, rate)
