"""Figures by unit, measure or element, and slice; each knows whether it may be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pandas import DataFrame

from ctk.indicators import Catalogue
from ctk.messages import message

Slice = tuple[str, str, str, str]

WHOLE: Slice = ("T", "T", "T", "T")

_SLICE = ["sex", "age", "ethnicity", "area"]
_COUNTS = ["value", "partial", "reported", "expected"]
WITHHELD = "withheld"
"""Column of a frame that is prepared for a public copy."""


class State(StrEnum):
    """What a figure is; only a complete one is printed as a number.

    A withheld one is known but not published, to protect children; nothing else is told of it.
    """

    WITHHELD = "withheld"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    UNDEFINED = "undefined"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its coverage; `partial` is the sum (or rate) over what has come in so far."""

    value: float | None
    partial: float | None
    reported: int
    expected: int
    withheld: bool = False

    @property
    def state(self) -> State:
        """Complete only if all expected units stand behind it, whatever its value says."""
        if self.withheld:
            return State.WITHHELD
        if not self.expected:
            return State.NOT_ASKED
        if self.reported < self.expected:
            return State.INCOMPLETE
        return State.UNDEFINED if self.value is None else State.COMPLETE

    @property
    def absent(self) -> int:
        """How many expected units are not in it."""
        return self.expected - self.reported


NOT_ASKED = Figure(None, None, 0, 0)
Figures = dict[tuple[str, Slice], Figure]
Totals = dict[tuple[str, str], Figure]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an appendix: a slice and its title."""

    slice: Slice
    title: str


def columns(catalogue: Catalogue, lang: str) -> tuple[Column, ...]:
    """The total, the columns of the data sheets, then urban and rural."""
    sides = [
        Column(("T", "T", "T", area), message(f"report.column.{area}", lang))
        for area in ("urban", "rural")
    ]
    asked = [Column((b.sex, b.age, b.ethnicity, "T"), b.title(lang)) for b in catalogue.breakdowns]
    return (*asked, *sides)


def figures_of(unit: str, values: DataFrame, elements: DataFrame) -> Figures:
    """All figures of one unit, by measure or element id and slice."""
    found: Figures = {}
    for frame, name in ((values, "measure"), (elements, "element")):
        own = frame[frame["unit"].eq(unit)]
        for id_, sex, age, ethnicity, area, *counts in _tuples(own, [name, *_SLICE]):
            found[id_, (sex, age, ethnicity, area)] = make_figure(*counts)
    return found


def totals_of(values: DataFrame, elements: DataFrame) -> Totals:
    """The figures without breakdown of all units, by unit and measure or element id."""
    found: Totals = {}
    for frame, name in ((values, "measure"), (elements, "element")):
        whole = frame[(frame[_SLICE] == "T").all(axis=1)]
        for unit, id_, *counts in _tuples(whole, ["unit", name]):
            found[unit, id_] = make_figure(*counts)
    return found


def longest(numbers: Iterable[float | None], *, signed: bool = False) -> int:
    """How many signs the longest number takes in print, with its separators."""
    known = [abs(number) for number in numbers if number is not None]
    whole = max((number for number in known if number.is_integer()), default=0.0)
    broken = max((number for number in known if not number.is_integer()), default=0.0)
    return max(len(f"{whole:,.0f}"), len(f"{broken:,.2f}") if broken else 0) + signed


def asked_ids(values: DataFrame, elements: DataFrame) -> frozenset[str]:
    """Ids of the measures and elements that some form asked."""
    return frozenset(values["measure"].unique()) | frozenset(elements["element"].unique())


def make_figure(
    value: float, partial: float, reported: float, expected: float, withheld: bool = False
) -> Figure:
    """Make a figure of a row of the frames, where NaN means that there is none."""
    if withheld:
        return Figure(None, None, int(reported), int(expected), withheld=True)
    return Figure(_known(value), _known(partial), int(reported), int(expected))


def _tuples(frame: DataFrame, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    names = [*keys, *_COUNTS, *([WITHHELD] if WITHHELD in frame else [])]
    return zip(*(frame[name].tolist() for name in names), strict=True)


def _known(number: float | None) -> float | None:
    return None if number is None or number != number else float(number)
