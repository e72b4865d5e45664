"""Adds communes up to the units above them, with the coverage of each figure.

A sum over a missing figure is no total: its value stays empty and the sum so far stands beside it.
Rates are recomputed from the sums over the communes that have both terms, never averaged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ctk.aggregate.terms import Term, Terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ctk.aggregate.own_figures import OwnFile
    from ctk.frame import Batch
    from ctk.indicators import Breakdown, Catalogue, Measure
    from ctk.model import Unit
    from ctk.periods import Period

_KEYS = ("sex", "age", "ethnicity", "area")
_COVERAGE = ("reported", "expected")
VALUES = ("unit", "period", "measure", *_KEYS, "value", "partial", "numerator", "denominator",
          *_COVERAGE)  # fmt: skip
ELEMENTS = ("unit", "period", "element", *_KEYS, "value", "partial", *_COVERAGE)
_FLOATS = ("value", "partial", "numerator", "denominator")


@dataclass(frozen=True)
class Grouping:
    """Which communes are expected in which target unit, and whose submission is at hand.

    Args:
        targets: Units to add up to.
        submissions: Positions in the batch, one for each commune that reported.
        target: Position of the target of each submission.
        urban: 1 urban, 0 rural, -1 unknown side of each submission's commune.
        expected: For each target, how many communes are expected: all (T), urban, rural.
        sided: Whether all communes of a target are known to be urban or rural.
    """

    targets: tuple[Unit, ...]
    submissions: NDArray[np.intp]
    target: NDArray[np.intp]
    urban: NDArray[np.int8]
    expected: dict[str, NDArray[np.int64]]
    sided: NDArray[np.bool_]


@dataclass(frozen=True)
class Totals:
    """Totals of measures (`values`) and of everything typed (`elements`), one row a figure.

    Args:
        values: Measures of the indicators.
        elements: Everything typed.
        form_rates: Rates that official forms ask besides; columns as in `values`.
        missing: The communes without a usable submission, by target.
        own: Files in which targets report of themselves.
    """

    values: pd.DataFrame
    elements: pd.DataFrame
    form_rates: pd.DataFrame
    missing: dict[str, tuple[Unit, ...]] = field(default_factory=dict)
    own: tuple[OwnFile, ...] = ()


def roll_up(batch: Batch, grouping: Grouping, period: Period) -> Totals:
    """Add up one period.

    Returns:
        Frames with the columns of `VALUES` and `ELEMENTS`; a figure that no form of a target asks
        has no row there.
    """
    terms = Terms(batch, grouping.submissions)
    values, of_forms, elements = (_Adder(grouping, str(period), batch.catalogue) for _ in range(3))
    for measure in batch.catalogue.measures:
        values.measure(measure, terms)
    for measure in batch.catalogue.form_measures:
        of_forms.measure(measure, terms)
    for element in batch.catalogue.elements:
        elements.count("element", element.id, terms.element(element.id))
    return Totals(values.frame(VALUES), elements.frame(ELEMENTS), of_forms.frame(VALUES))


class _Adder:
    """Collects the rows of one frame; each step is an array over the targets."""

    def __init__(self, grouping: Grouping, period: str, catalogue: Catalogue) -> None:
        self.grouping = grouping
        self.period = period
        self.breakdowns = catalogue.breakdowns
        self.codes = np.array([unit.code for unit in grouping.targets], dtype=object)
        self._blocks: list[dict[str, Any]] = []

    def measure(self, measure: Measure, terms: Terms) -> None:
        """Add the rows of a measure: a count, or a rate from its terms."""
        if measure.is_count:
            self.count("measure", measure.id, terms.total(measure.numerator))
        else:
            above, below = terms.ratio(measure.numerator, measure.denominator)
            self.rate(measure.id, above, below, measure.multiplier or 1)

    def count(self, kind: str, id_: str, term: Term) -> None:
        """Add the rows of a count."""
        for part in self._slices(term):
            self._add(part, {kind: id_}, part.total(term), {})

    def rate(self, id_: str, numerator: Term, denominator: Term, multiplier: int) -> None:
        """Add the rows of a rate over the communes that have both terms."""
        for part in self._slices(numerator.plus(denominator)):
            above, below = part.total(numerator), part.total(denominator)
            with np.errstate(divide="ignore", invalid="ignore"):
                rate = np.where(below > 0, above * multiplier / below, np.nan)
            terms = {"numerator": above, "denominator": below}
            self._add(part, {"measure": id_}, rate, terms)

    def frame(self, columns: Sequence[str]) -> pd.DataFrame:
        """Give the rows collected so far, ordered by unit."""
        if not self._blocks:
            return pd.DataFrame({name: [] for name in columns})
        joined = {name: np.concatenate([self._column(b, name) for b in self._blocks])
                  for name in columns}  # fmt: skip
        frame = pd.DataFrame(joined)
        frame = frame.astype({name: np.float64 for name in _FLOATS if name in columns})
        return frame.sort_values("unit", kind="stable", ignore_index=True)

    def _column(self, block: dict[str, Any], name: str) -> NDArray[Any]:
        value = block.get(name, np.nan)
        if isinstance(value, np.ndarray):
            return np.asarray(value[block["keep"]])
        return np.full(int(block["keep"].sum()), value, dtype=object)

    def _slices(self, term: Term) -> Iterator[_Slice]:
        for i, breakdown in enumerate(self.breakdowns):
            if term.asked[:, i].any():
                yield _Slice(self.grouping, term, i, breakdown, "T")
        if term.asked[:, 0].any():
            yield _Slice(self.grouping, term, 0, self.breakdowns[0], "urban")
            yield _Slice(self.grouping, term, 0, self.breakdowns[0], "rural")

    def _add(
        self,
        part: _Slice,
        named: dict[str, str],
        total: NDArray[np.float64],
        terms: dict[str, NDArray[np.float64]],
    ) -> None:
        reported, expected = part.coverage()
        keep = part.asked & ((expected > 0) | (part.area == "T"))
        if not keep.any():
            return
        # Of no commune there is no figure, not even a sum so far of 0.
        none = reported == 0
        total = np.where(none, np.nan, total)
        terms = {name: np.where(none, np.nan, term) for name, term in terms.items()}
        complete = reported == expected
        breakdown = part.breakdown
        block = {"unit": self.codes, "period": self.period, "keep": keep, "area": part.area}
        block |= {"sex": breakdown.sex, "age": breakdown.age, "ethnicity": breakdown.ethnicity}
        block |= {"value": np.where(complete, total, np.nan)}
        block |= {"partial": np.where(complete, np.nan, total)}
        coverage = {"reported": reported, "expected": expected}
        self._blocks.append(block | coverage | named | terms)


class _Slice:
    """One breakdown and side of a term: which submissions count, and sums over the targets."""

    def __init__(
        self, grouping: Grouping, term: Term, index: int, breakdown: Breakdown, area: str
    ) -> None:
        self.grouping = grouping
        self.index = index
        self.breakdown = breakdown
        self.area = area
        side = {"T": None, "urban": 1, "rural": 0}[area]
        inside = np.ones(len(grouping.target), bool) if side is None else grouping.urban == side
        known = grouping.sided if side is not None else np.ones(len(grouping.targets), bool)
        applies = term.applies[:, index]
        self._present = inside & applies & ~np.isnan(term.value[:, index])
        self._left_out = inside & ~applies
        self.asked = (self._sum(term.asked[:, index]) > 0) & known

    def total(self, term: Term) -> NDArray[np.float64]:
        """Sum a term over the submissions that count, for each target."""
        return self._sum(np.where(self._present, term.value[:, self.index], 0.0))

    def coverage(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many communes stand behind the figure, and how many are expected to."""
        reported = self._sum(self._present).astype(np.int64)
        left_out = self._sum(self._left_out).astype(np.int64)
        return reported, self.grouping.expected[self.area] - left_out

    def _sum(self, column: NDArray[Any]) -> NDArray[np.float64]:
        size, weights = len(self.grouping.targets), column.astype(np.float64)
        return np.asarray(np.bincount(self.grouping.target, weights, size), np.float64)


def expected_by_area(
    communes: Sequence[Sequence[bool | None]],
) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.bool_]]:
    """Count the expected communes of each target: all, urban, rural.

    Args:
        communes: For each target, the side of each of its communes (True urban, None unknown).
    """
    expected = {
        "T": np.array([len(sides) for sides in communes], np.int64),
        "urban": np.array([sum(side is True for side in sides) for sides in communes], np.int64),
        "rural": np.array([sum(side is False for side in sides) for sides in communes], np.int64),
    }
    return expected, np.array([None not in sides for sides in communes], bool)
