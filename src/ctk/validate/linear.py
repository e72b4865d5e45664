"""Relations as plain linear forms over the figures of one submission, in whole numbers.

Error localisation and suggestions work on these alone: they know no rule, no form and no file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST = 10**9
"""No count is larger: a figure without an upper limit may go up to here."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Sum of coefficient x figure, `=` (exact) or `<=` a bound.

    `unless` are figures whose presence makes another, stricter relation do the work.
    """

    terms: tuple[tuple[int, int], ...]
    exact: bool
    bound: int = 0
    unless: tuple[int, ...] = ()

    @property
    def figures(self) -> frozenset[int]:
        """The figures that it ties together."""
        return frozenset(figure for figure, _ in self.terms)

    def holds(self, values: Mapping[int, int]) -> bool:
        """Tell whether it holds; all its figures must be known."""
        total = sum(coefficient * values[figure] for figure, coefficient in self.terms)
        return total == self.bound if self.exact else total <= self.bound

    def limits(self, coefficient: int, rest: int) -> tuple[int | None, int | None]:
        """Least and most that one figure may be, given the sum of the other terms."""
        room, size = self.bound - rest, abs(coefficient)
        if coefficient > 0:
            return (-(-room // size) if self.exact else None), room // size
        return -(room // size), (-room // size if self.exact else None)


@dataclass(frozen=True)
class Rows:
    """What must hold between the figures of every submission."""

    relations: tuple[Linear, ...]

    @cached_property
    def touching(self) -> dict[int, tuple[int, ...]]:
        """Positions of the relations that each figure takes part in."""
        found: dict[int, list[int]] = {}
        for i, relation in enumerate(self.relations):
            for figure, _ in relation.terms:
                found.setdefault(figure, []).append(i)
        return {figure: tuple(positions) for figure, positions in found.items()}


@dataclass(frozen=True, slots=True)
class Span:
    """The whole numbers that one figure may be if no other changes, and the relations that say so.

    Empty if `low > high`. `exact` counts the equations among those that touch the figure.
    """

    low: int
    high: int
    because: frozenset[int]
    exact: int

    @property
    def value(self) -> int | None:
        """The only value, if there is just one."""
        return self.low if self.low == self.high else None

    def __contains__(self, value: int) -> bool:
        return self.low <= value <= self.high


class System:
    """The known figures of one submission and the relations between them.

    A relation with a figure that is not known was not tested and constrains nothing.
    """

    def __init__(self, rows: Rows, values: Mapping[int, int]) -> None:
        """Tie relations and figures together."""
        self.rows = rows
        self.values = values

    def changed(self, assignment: Mapping[int, int | None]) -> System:
        """The same relations over other figures; None makes a figure unknown."""
        values = {**self.values, **assignment}
        return System(self.rows, {f: value for f, value in values.items() if value is not None})

    def tested(self, figures: Iterable[int]) -> list[int]:
        """Relations that touch one of these figures and can be tested."""
        touching = self.rows.touching
        found = {r for figure in figures for r in touching.get(figure, ())}
        return sorted(r for r in found if self._known(self.rows.relations[r]))

    def broken(self, relations: Iterable[int]) -> list[int]:
        """Those of some tested relations that do not hold."""
        rows = self.rows.relations
        return [r for r in relations if not rows[r].holds(self.values)]

    def span(self, figure: int) -> Span:
        """What one figure may be while all others stay; it need not be known itself."""
        low, high, exact = 0, MOST, 0
        lowest: int | None = None
        highest: int | None = None
        for r in self.rows.touching.get(figure, ()):
            relation = self.rows.relations[r]
            if not self._known(relation, figure):
                continue
            exact |= relation.exact
            at_least, at_most = relation.limits(*self._split(relation, figure))
            if at_least is not None and at_least > low:
                low, lowest = at_least, r
            if at_most is not None and at_most < high:
                high, highest = at_most, r
        because = frozenset(r for r in (lowest, highest) if r is not None)
        return Span(low, high, because, exact)

    def _known(self, relation: Linear, but: int | None = None) -> bool:
        values = self.values
        if any(figure not in values for figure, _ in relation.terms if figure != but):
            return False
        return not relation.unless or any(f not in values for f in relation.unless if f != but)

    def _split(self, relation: Linear, figure: int) -> tuple[int, int]:
        rest = own = 0
        for other, coefficient in relation.terms:
            if other == figure:
                own += coefficient
            else:
                rest += coefficient * self.values[other]
        return own, rest

    def rest(self, relation: int, free: Sequence[int]) -> int:
        """What a relation leaves for its free figures: its bound without the fixed terms."""
        form = self.rows.relations[relation]
        fixed = (coeff * self.values[fig] for fig, coeff in form.terms if fig not in free)
        return form.bound - sum(fixed)
