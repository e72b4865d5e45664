"""Reporting regimes as frozen dataclasses: what one document asks, from whom and by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ctk.model import Level
from ctk.periods import Coverage, Period

UNIT_REPORTER = "commune"
"""Reporter of a unit's own file; every other one is an agency."""


class Before(StrEnum):
    """How "trước ngày 25/5" is counted: its last day is the 24th, or the 25th."""

    DAY_BEFORE = "day_before"
    SAME_DAY = "same_day"


class FreeDay(StrEnum):
    """How a last day that falls on a free day is read.

    `as_printed`: as the document prints it; `decree_139`: a weekend changes nothing, a public
    holiday moves it to the first working day after (Decree 139/2026/NĐ-CP, Article 3);
    `next_working_day`: both move it.
    """

    AS_PRINTED = "as_printed"
    DECREE_139 = "decree_139"
    NEXT_WORKING_DAY = "next_working_day"


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when the report of one length of period must be in.

    Args:
        period: `6m`, `9m` or `12m`.
        words: The deadline as the document prints it.
        day: The day that it names.
        month: The month that it names.
        before: Whether the document says "before" that day.
        next_year: Whether that day is in the year after the period's.
    """

    period: str
    words: str
    day: int
    month: int
    before: bool = False
    next_year: bool = False

    def named_day(self, period: Period) -> date:
        """The day that the document names, in the year that it means."""
        return date(period.year + int(self.next_year), self.month, self.day)


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that the document asks besides the units.

    Args:
        reporter: Its code in the ledger, "school".
        name: Its name, as the document has it.
        several: Whether the document names a group ("các cơ quan") without saying which ones;
            how many to expect is then unknown.
        elements: What it answers for; empty: the elements whose reporter it is.
    """

    reporter: str
    name: str
    several: bool = False
    elements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regime:
    """What one document asks of those who report; what it does not say is empty.

    Args:
        id: Short name, as typed.
        authority: Who issued the document.
        level: Level of the unit whose office collects.
        unit: Code of that unit; empty: any unit may use the regime.
        document: The document by its kind and subject.
        number: Its number.
        document_date: Its date.
        first_year: First year whose periods it asks for.
        last_year: Last one; None: until it is replaced.
        reports_to: Who receives the reports.
        reporters: Who must report, in the document's words.
        units: Level of the units whose files are tracked.
        asked: What figures are asked, in a sentence.
        elements: Elements asked; empty: all that the period's form has.
        periods: Lengths of the periods that are asked.
        covers: What a period covers; None: the document does not say.
        before: How "trước ngày" is counted.
        free_day: How a last day on a free day is read.
        deadlines: One for each length of period whose deadline is printed.
        agencies: Who reports besides the units.
        duties: What else is asked.
        notes: What is remarkable about the facts.
    """

    id: str
    authority: str
    level: Level
    document: str
    first_year: int
    periods: tuple[str, ...]
    unit: str = ""
    number: str = ""
    document_date: date | None = None
    last_year: int | None = None
    reports_to: str = ""
    reporters: str = ""
    units: Level = Level.COMMUNE
    asked: str = ""
    elements: tuple[str, ...] = ()
    covers: Coverage | None = None
    before: Before = Before.DAY_BEFORE
    free_day: FreeDay = FreeDay.AS_PRINTED
    deadlines: tuple[Deadline, ...] = ()
    agencies: tuple[Agency, ...] = ()
    duties: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def coverage(self) -> Coverage:
        """What a period covers; the calendar where the document does not say."""
        return self.covers or Coverage.CALENDAR

    def is_of(self, unit: str, above: Iterable[str]) -> bool:
        """Tell whether a unit is the regime's own or lies in it.

        Args:
            unit: Code of the unit.
            above: Codes of the units above it.
        """
        return not self.unit or self.unit == unit or self.unit in above

    def asks_for(self, period: Period) -> bool:
        """Tell whether a report is due for a period at all."""
        in_years = self.first_year <= period.year <= (self.last_year or period.year)
        return in_years and period.length in self.periods

    def deadline(self, period: Period) -> Deadline | None:
        """The deadline that the document prints for a period, if it prints one."""
        if not self.asks_for(period):
            return None
        return next((each for each in self.deadlines if each.period == period.length), None)

    def reporter_of(self, element: str, usual: str) -> str:
        """Who answers for an element: an agency of the regime, else the unit.

        Args:
            element: Its id.
            usual: Who counts it by the catalogue of indicators.
        """
        for agency in self.agencies:
            if element in agency.elements:
                return agency.reporter
        general = {agency.reporter for agency in self.agencies if not agency.elements}
        return usual if usual in general else UNIT_REPORTER
