"""The figures that one release shows of one period: units by figures, whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ctk.indicators import COMMUNES
from ctk.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from pandas import DataFrame, Series

    from ctk.indicators import Catalogue, Measure
    from ctk.settings import Policy

ABSENT = -1
MAJORITY = "majority"
"""What is left of a total beside the ethnic minorities; never printed, but anyone can subtract."""
_SLICE = ["sex", "age", "ethnicity", "area"]


class Figure(NamedTuple):
    """What stands in one place of every unit: an element, or a term of a measure, and a slice."""

    id: str
    sex: str = "T"
    age: str = "T"
    ethnicity: str = "T"
    area: str = "T"


@dataclass(frozen=True)
class Layer:
    """What one release shows of one period.

    Args:
        period: The period.
        units: Codes of its units.
        parents: The unit among them in which each lies.
        figures: What is shown, and what can be subtracted.
        values: Unit x figure; `ABSENT` where there is none.
        elements: By figure that is no element itself, the elements that it is computed from.
        sources: The figures from which the figure of a measure in a slice can be recomputed.
        withheld: What an earlier release has withheld; None: that is to be chosen now.
        policy: How the earlier release protected; None: not an earlier one.
    """

    period: Period
    units: tuple[str, ...]
    parents: Mapping[str, str]
    figures: tuple[Figure, ...]
    values: NDArray[np.int64]
    elements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[Figure, tuple[Figure, ...]] = field(default_factory=dict)
    withheld: NDArray[np.bool_] | None = None
    policy: Policy | None = None


def layer_of(
    values: DataFrame,
    elements: DataFrame,
    period: Period,
    parents: Mapping[str, str],
    catalogue: Catalogue,
) -> Layer:
    """Take the figures of a period from the frames of an aggregation.

    `values` may hold the rates of official forms too. Without all its units a figure is shown as
    the sum so far, so that is what counts here.
    """
    units = tuple(sorted({*values["unit"], *elements["unit"]}))
    table = _Table(units)
    table.add(elements, elements["element"], elements["value"].fillna(elements["partial"]))
    reader = _Measures(table, values, catalogue)
    for measure in (*catalogue.measures, *catalogue.form_measures):
        reader.read(measure)
    for figure in [f for f in table.columns if f.ethnicity == "minority"]:
        _add_rest(table, figure)
    # In an order of their own, so that every command chooses the same for the same figures.
    figures = tuple(sorted(table.columns))
    columns = [table.columns[figure] for figure in figures]
    stacked = np.stack(columns, axis=1) if columns else np.zeros((len(units), 0), np.int64)
    known = {child: parent for child, parent in parents.items() if {child, parent} <= set(units)}
    return Layer(period, units, known, figures, stacked, reader.elements, reader.sources)


class _Table:
    """Columns of whole numbers, one a figure."""

    def __init__(self, units: tuple[str, ...]) -> None:
        self.columns: dict[Figure, NDArray[np.int64]] = {}
        self._place = {code: i for i, code in enumerate(units)}

    def add(self, frame: DataFrame, ids: Series[str], numbers: Series[float]) -> None:
        self.columns |= self.read(frame, ids, numbers)

    def read(
        self, frame: DataFrame, ids: Series[str], numbers: Series[float]
    ) -> dict[Figure, NDArray[np.int64]]:
        """What is no whole number of 0 or more is left out: no sum can be trusted to hold."""
        found: dict[Figure, NDArray[np.int64]] = {}
        rows = (frame["unit"], ids, *(frame[name] for name in _SLICE), numbers)
        for unit, id_, sex, age, ethnicity, area, number in zip(*rows, strict=True):
            figure = Figure(id_, sex, age, ethnicity, area)
            column = found.get(figure)
            if column is None:
                column = found[figure] = np.full(len(self._place), ABSENT, np.int64)
            if number == number and number >= 0 and number == int(number):
                column[self._place[unit]] = int(number)
        return found


class _Measures:
    """Finds the elements behind each measure's figures; what differs from them is a figure too."""

    def __init__(self, table: _Table, values: DataFrame, catalogue: Catalogue) -> None:
        self.table = table
        self.elements: dict[str, tuple[str, ...]] = {}
        self.sources: dict[Figure, tuple[Figure, ...]] = {}
        names = {"": values["value"].fillna(values["partial"]), ":n": values["numerator"]}
        names[":d"] = values["denominator"]
        every = (*catalogue.measures, *catalogue.form_measures)
        counts = {measure.id for measure in every if measure.is_count}
        is_count = values["measure"].isin(counts)
        self._read: dict[str, dict[Figure, NDArray[np.int64]]] = {}
        for end, numbers in names.items():
            rows = is_count if not end else ~is_count
            part = values[rows]
            for figure, column in table.read(part, part["measure"], numbers[rows]).items():
                self._read.setdefault(figure.id + end, {})[figure] = column

    def read(self, measure: Measure) -> None:
        terms = {"": measure.numerator} if measure.is_count else {":n": measure.numerator}
        if measure.denominator:
            terms[":d"] = measure.denominator
        for end, elements in terms.items():
            for figure, column in self._read.get(measure.id + end, {}).items():
                used = self._figure(figure._replace(id=measure.id + end), column, elements)
                self.sources[figure] = (*self.sources.get(figure, ()), used)

    def _figure(self, own: Figure, column: NDArray[np.int64], elements: tuple[str, ...]) -> Figure:
        """The element's figure if it is the same in all units, else one of its own."""
        if len(elements) == 1:
            other = own._replace(id=elements[0])
            typed = self.table.columns.get(other)
            if typed is not None and ((column == typed) | (column == ABSENT)).all():
                return other
        self.table.columns[own] = column
        self.elements[own.id] = tuple(id_ for id_ in elements if id_ != COMMUNES)
        return own


def _add_rest(table: _Table, minority: Figure) -> None:
    """Add what a total leaves beside the minorities."""
    whole = table.columns.get(minority._replace(ethnicity="T"))
    if whole is not None:
        part = table.columns[minority]
        there = (whole != ABSENT) & (part != ABSENT) & (part <= whole)
        rest = np.where(there, whole - part, ABSENT)
        table.columns[minority._replace(ethnicity=MAJORITY)] = rest
