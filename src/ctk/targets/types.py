"""Targets as frozen dataclasses: what one document wants a unit to reach, and in which year."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Slice = tuple[str, str, str, str]

PREVIOUS = "previous"
"""Baseline of a target for each year: the year before it."""


class Operator(StrEnum):
    """How a figure is compared with the target.

    `below` wants less than in the baseline year, `fall` a fall of so many per cent against it.
    """

    AT_LEAST = ">="
    AT_MOST = "<="
    LESS = "<"
    MORE = ">"
    BELOW = "below"
    FALL = "fall"

    @property
    def needs_baseline(self) -> bool:
        """Whether the figure of an earlier year is needed."""
        return self in (Operator.BELOW, Operator.FALL)

    @property
    def wants_more(self) -> bool:
        """Whether a higher figure is better."""
        return self in (Operator.AT_LEAST, Operator.MORE)


class Match(StrEnum):
    """How well a measure of the Circular fits the target."""

    EXACT = "exact"
    NEAR = "near"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Target:
    """What one figure shall be in a year, or in each of several years.

    Args:
        no: Number in the document; the same in all years.
        text: What is wanted.
        text_en: The same in English; empty: only the Vietnamese is known.
        group: Group in the document.
        measure: Id of the measure; empty if the Circular has none.
        slice: Sex, age, ethnicity and area of the figure.
        element: For a measure of several parts, the one that is meant; empty: all.
        match: How well the measure fits.
        operator: How the figure is compared.
        value: The value wanted; None for `below`.
        to: Upper end of a range that the document gives for `fall`.
        unit: Unit of measurement.
        first_year: First year whose target it is.
        last_year: Last one.
        baseline: Year compared with, `previous`, or None.
        why: Why the measure fits only nearly, or why there is none.
        doubt: Why the value is doubted.
        why_en: `why` in English.
        doubt_en: `doubt` in English.
    """

    no: str
    text: str
    match: Match
    operator: Operator
    unit: str
    first_year: int
    last_year: int
    value: float | None = None
    to: float | None = None
    text_en: str = ""
    group: str = ""
    measure: str = ""
    slice: Slice = ("T", "T", "T", "T")
    element: str = ""
    baseline: int | str | None = None
    why: str = ""
    doubt: str = ""
    why_en: str = ""
    doubt_en: str = ""

    def title(self, lang: str) -> str:
        """What is wanted, in a language as far as it is known."""
        return self.text_en or self.text if lang == "en" else self.text

    def remarks(self, lang: str) -> tuple[str, str]:
        """Why it is measured as it is, and why the value is doubted, as far as it is known."""
        if lang == "en":
            return self.why_en or self.why, self.doubt_en or self.doubt
        return self.why, self.doubt

    def baseline_year(self, year: int) -> int | None:
        """The year that the figure of a year is compared with."""
        return year - 1 if self.baseline == PREVIOUS else _number(self.baseline)


@dataclass(frozen=True, slots=True)
class Due:
    """A target as it stands in a year: of this very year, or the next milestone."""

    target: Target
    year: int
    milestone: bool


@dataclass(frozen=True, slots=True)
class TargetSet:
    """The targets of one document.

    Args:
        id: Short name, as typed: the name of its file.
        title: What the document is.
        source: The document's number, date and issuer.
        unit: Code of the unit whose targets these are.
        first_year: First year in which they apply.
        targets: In the order of the document.
        title_en: The title in English.
        notes: What is remarkable about the values.
        notes_en: The same in English.
        file: The office's file; None: it comes with ctk.
    """

    id: str
    title: str
    source: str
    unit: str
    first_year: int
    targets: tuple[Target, ...]
    title_en: str = ""
    notes: tuple[str, ...] = ()
    notes_en: tuple[str, ...] = ()
    file: Path | None = None

    @property
    def last_year(self) -> int:
        """The last year that has a value."""
        return max(target.last_year for target in self.targets)

    def name(self, lang: str) -> str:
        """The title in a language as far as it is known."""
        return self.title_en or self.title if lang == "en" else self.title

    def remarks(self, lang: str) -> tuple[str, ...]:
        """What is remarkable, in a language as far as it is known."""
        return self.notes_en or self.notes if lang == "en" else self.notes

    def due(self, year: int) -> Iterator[Due]:
        """What is wanted in a year: its own value of each target, else that of the next milestone.

        Nothing is worked out between two milestones.
        """
        if not self.first_year <= year <= self.last_year:
            return
        for no in dict.fromkeys(target.no for target in self.targets):
            ahead = [t for t in self.targets if t.no == no and t.last_year >= year]
            if ahead:
                target = min(ahead, key=lambda t: t.first_year)
                own = target.first_year <= year
                yield Due(target, year if own else target.first_year, milestone=not own)


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure that the office types because ctk has none.

    Args:
        set: Id of the target set.
        no: Number of the target.
        unit: Code of the unit.
        period: Period as typed, "2022-12m".
        value: The figure.
        by: Who typed it: an office or a function.
        day: When, as typed.
        source: Where the figure comes from.
        public: Whether the office lets it stand in public copies.
    """

    set: str
    no: str
    unit: str
    period: str
    value: float
    by: str
    day: str
    source: str
    public: bool = False


def _number(year: int | str | None) -> int | None:
    return year if isinstance(year, int) else None
