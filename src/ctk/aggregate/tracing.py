"""The arithmetic of one figure: each commune's terms, and the cells that they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ctk.aggregate.grouping import choose
from ctk.aggregate.own_figures import own_files
from ctk.aggregate.terms import Terms
from ctk.indicators import COMMUNES
from ctk.model import Absence
from ctk.units.lookup import communes_under, is_urban

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.aggregate.grouping import Side
    from ctk.aggregate.terms import Term
    from ctk.frame import Batch
    from ctk.indicators import Measure
    from ctk.model import Unit
    from ctk.periods import Period

NUMERATOR, DENOMINATOR = "numerator", "denominator"
COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One cell, or the one for each commune that nobody types.

    Args:
        side: `numerator` or `denominator`.
        stands_for: The element of the measure.
        element: The element of the cell; another one where the form asks a stand-in.
        row: Row of the batch's frame; -1 where there is no cell.
        value: What is added; None where there is no figure.
        applies: False where the commune says that it does not apply to it.
    """

    side: str
    stands_for: str
    element: str
    row: int
    value: float | None
    applies: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What one commune gives to a figure.

    Args:
        unit: The commune.
        submission: Position of its submission in the batch; None where there is none.
        state: `counted`, or why not: `not_received`, `contradicting`, `not_applicable`,
            `not_asked` or `missing`.
        numerator: Its numerator or count, as far as it is known.
        denominator: Its denominator.
        leaves: The cells.
    """

    unit: Unit
    submission: int | None
    state: str
    numerator: float | None = None
    denominator: float | None = None
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure, added up from its parts; `value` is None unless all expected communes count."""

    parts: tuple[Part, ...]
    multiplier: int | None
    is_rate: bool

    @property
    def reported(self) -> int:
        """How many communes stand behind it."""
        return sum(part.state == COUNTED for part in self.parts)

    @property
    def expected(self) -> int:
        """How many are expected to; those to whom it does not apply are not."""
        return sum(part.state != "not_applicable" for part in self.parts)

    @property
    def numerator(self) -> float | None:
        """Sum of the numerators, or the count, over the communes that count."""
        return self._sum(NUMERATOR)

    @property
    def denominator(self) -> float | None:
        """Sum of the denominators."""
        return self._sum(DENOMINATOR) if self.is_rate else None

    def _sum(self, side: str) -> float | None:
        counted = [getattr(part, side) for part in self.parts if part.state == COUNTED]
        return float(sum(counted)) if counted else None

    @property
    def so_far(self) -> float | None:
        """The figure over what has come in; a rate with nothing below is undefined."""
        above, below = self.numerator, self.denominator
        if not self.is_rate or above is None:
            return above
        return above * (self.multiplier or 1) / below if below else None

    @property
    def value(self) -> float | None:
        """The figure, if it is complete."""
        return self.so_far if self.reported == self.expected else None


class Tracer:
    """Traces figures of one unit and period.

    Args:
        batch: The figures.
        period: The period.
        unit: The unit.
        special_zone: Side of a đặc khu, see `is_urban`.
    """

    def __init__(self, batch: Batch, period: Period, unit: Unit, special_zone: Side | None) -> None:
        """Choose the submissions of the unit's communes."""
        self._batch = batch
        self._communes = communes_under(unit.code, period.end)
        chosen = choose(batch, period)
        self._contradicting = frozenset(chosen.contradicting)
        places = [chosen.by_commune[u.code] for u in self._communes if u.code in chosen.by_commune]
        self._places = places
        self._rows = {place: k for k, place in enumerate(places)}
        self._chosen = chosen.by_commune
        self._sides = {u.code: is_urban(u, special_zone) for u in self._communes}
        self._terms = Terms(batch, np.array(places, np.intp))
        self._gathered: dict[str, tuple[Term, Term | None]] = {}
        self._on_form: dict[str, list[bool]] = {}
        self._unit = unit
        files = own_files(batch, period, (unit,))
        self._own = {id_: file.submission for file in files for id_ in file.elements}

    def trace(self, id_: str, breakdown: int, area: str = "T") -> Traced | None:
        """Trace a measure or element in one column and on one side.

        Returns:
            None where no form asks it, or where the sides of the unit are not all known.
        """
        if id_ in self._own:
            whole = breakdown == 0 and area == "T"
            return Traced((self._own_part(id_),), None, is_rate=False) if whole else None
        measure = self._measure(id_)
        top, bottom = self._terms_of(id_, measure)
        asked = top.asked if bottom is None else top.asked & bottom.asked
        wanted = {"T": None, "urban": True, "rural": False}[area]
        if area != "T" and (breakdown or None in self._sides.values()):
            return None
        inside = [u for u in self._communes if wanted is None or self._sides[u.code] is wanted]
        rows = [self._rows[self._chosen[u.code]] for u in inside if u.code in self._chosen]
        if not asked[rows, breakdown].any():
            return None
        parts = tuple(self._part(unit, id_, measure, breakdown) for unit in inside)
        is_rate = measure is not None and not measure.is_count
        return Traced(parts, measure.multiplier if measure and is_rate else None, is_rate)

    def _own_part(self, id_: str) -> Part:
        """What the unit says of itself, in place of its communes."""
        batch, place = self._batch, self._own[id_]
        figure = batch.catalogue.figure(batch.catalogue.element_index[id_], 0)
        value = float(batch.matrix[place, figure])
        known = None if value != value else value
        applies = bool(batch.absent[place, figure] != Absence.NOT_APPLICABLE)
        row = int(batch.row_matrix[place, figure])
        leaf = Leaf(NUMERATOR, id_, id_, row, known, applies)
        state = "missing" if applies else "not_applicable"
        state = state if known is None else COUNTED
        return Part(self._unit, place, state, known, None, (leaf,))

    def _measure(self, id_: str) -> Measure | None:
        catalogue = self._batch.catalogue
        measures = (*catalogue.measures, *catalogue.form_measures)
        return next((m for m in measures if m.id == id_), None)

    def _terms_of(self, id_: str, measure: Measure | None) -> tuple[Term, Term | None]:
        if id_ not in self._gathered:
            if measure is None:
                self._gathered[id_] = self._terms.element(id_), None
            elif measure.is_count:
                self._gathered[id_] = self._terms.total(measure.numerator), None
            else:
                self._gathered[id_] = self._terms.ratio(measure.numerator, measure.denominator)
        return self._gathered[id_]

    def _part(self, unit: Unit, id_: str, measure: Measure | None, breakdown: int) -> Part:
        place = self._chosen.get(unit.code)
        if place is None:
            told = "contradicting" if unit.code in self._contradicting else "not_received"
            return Part(unit, None, told)
        k = self._rows[place]
        leaves = tuple(self._leaves(id_, measure, k, breakdown))
        top, bottom = self._terms_of(id_, measure)
        terms = [top] if bottom is None else [top, bottom]
        values = [float(term.value[k, breakdown]) for term in terms]
        known = [None if value != value else value for value in values]
        if not all(term.applies[k, breakdown] for term in terms):
            state = "not_applicable"
        elif None not in known:
            state = COUNTED
        else:
            asked = all(term.asked[k, breakdown] for term in terms)
            state = "missing" if asked else "not_asked"
        return Part(unit, place, state, known[0], known[1] if bottom else None, leaves)

    def _leaves(self, id_: str, measure: Measure | None, k: int, breakdown: int) -> Iterator[Leaf]:
        above = (id_,) if measure is None else measure.numerator
        below = () if measure is None else measure.denominator
        tops = [list(self._cells(NUMERATOR, e, e, k, breakdown)) for e in above]
        bottoms = [list(self._cells(DENOMINATOR, e, e, k, breakdown)) for e in below]
        if len(tops) > 1 and len(bottoms) > 1:  # pairs count only where both apply
            for top, bottom in zip(tops, bottoms, strict=True):
                both = any(leaf.applies for leaf in top) and any(leaf.applies for leaf in bottom)
                yield from (_if(leaf, both) for leaf in (*top, *bottom))
        else:
            yield from (leaf for leaves in (*tops, *bottoms) for leaf in leaves)

    def _cells(self, side: str, of: str, id_: str, k: int, breakdown: int) -> Iterator[Leaf]:
        if id_ == COMMUNES:
            yield Leaf(side, of, id_, -1, 1.0 if breakdown == 0 else None, applies=True)
            return
        catalogue, place = self._batch.catalogue, self._places[k]
        stand_ins = catalogue.element(id_).same_as
        if stand_ins and not self._asked_on_form(id_)[k]:
            for other in stand_ins:
                yield from self._cells(side, of, other, k, breakdown)
            return
        figure = catalogue.figure(catalogue.element_index[id_], breakdown)
        value = float(self._batch.matrix[place, figure])
        applies = bool(self._batch.absent[place, figure] != Absence.NOT_APPLICABLE)
        row = int(self._batch.row_matrix[place, figure])
        yield Leaf(side, of, id_, row, None if value != value else value, applies)

    def _asked_on_form(self, id_: str) -> list[bool]:
        if id_ not in self._on_form:
            self._on_form[id_] = self._terms.on_form(id_).tolist()
        return self._on_form[id_]


def _if(leaf: Leaf, applies: bool) -> Leaf:
    both = leaf.applies and applies
    return Leaf(leaf.side, leaf.stands_for, leaf.element, leaf.row, leaf.value, both)
