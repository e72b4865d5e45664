"""What must hold between the figures of a submission, from catalogue and rules; three-valued.

A relation holds, is broken, or cannot be tested because a figure it needs is missing. A missing
figure never makes a relation hold or break.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ctk.errors import CatalogueError
from ctk.indicators import COMMUNES
from ctk.model import Severity
from ctk.validate.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from ctk.indicators import Breakdown, Catalogue, Element
    from ctk.validate.expressions import Expression, Term

PAIR = 2
BLOCK = 512
"""Submissions compared at a time, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Relation:
    """The sum of `left` = or <= the sum of `right`; all are figures (columns of the matrix).

    `unless` are figures whose presence makes another, stricter relation do the work.
    """

    rule: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    exact: bool
    unless: tuple[int, ...] = ()

    @property
    def figures(self) -> tuple[int, ...]:
        """All figures that it ties together, left ones first."""
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class Broken:
    """A relation that a submission breaks, with both sides as computed."""

    submission: int
    relation: Relation
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """All broken relations, and for each rule how often it could and could not be tested."""

    broken: tuple[Broken, ...]
    tested: dict[str, int]
    untested: dict[str, int]


@cache
def relations_of(
    catalogue: Catalogue, in_force: frozenset[str] | None = None
) -> tuple[Relation, ...]:
    """All relations: slices of a row, parts and wholes, identities, subsets of rates.

    A rule that writes a comparison out takes it over from the general rule of its kind.

    Args:
        catalogue: What the figures are.
        in_force: The rules that are; None: all. What others say is left out before it is seen
            which relations make another one needless.
    """
    rules = in_force if in_force is not None else frozenset(load_rules())
    relations: dict[tuple[object, ...], Relation] = {}
    for relation in (*_derive(catalogue, rules), *_written(catalogue)):
        relations[relation.left, frozenset(relation.right), relation.exact] = relation
    return tuple(_bridged([each for each in relations.values() if each.rule in rules]))


def _bridged(relations: Collection[Relation]) -> Iterator[Relation]:
    """Keep A <= C at work where A <= B <= C and B is missing, and silent where B is there.

    So a blank in the middle hides nothing, and one wrong figure is not told twice.
    """
    pairs = {r.figures: r for r in relations if _is_pair(r)}
    middles = _middles(pairs)
    compared = {r.figures for r in relations if not r.exact}
    for relation in relations:
        between = middles.get(relation.figures) if _is_pair(relation) else None
        yield replace(relation, unless=tuple(between)) if between else relation
    for (low, high), between in middles.items():
        if (low, high) not in compared and len(between) == 1:
            rule = _weaker(pairs[low, between[0]].rule, pairs[between[0], high].rule)
            yield Relation(rule, (low,), (high,), exact=False, unless=tuple(between))


def _weaker(*rules: str) -> str:
    """Of rules that only together say something, the one that is less sure."""
    return max(rules, key=lambda id_: list(Severity).index(load_rules()[id_].severity))


def _is_pair(relation: Relation) -> bool:
    """Tell a plain A <= B, which nothing stands in for."""
    return not relation.exact and not relation.unless and len(relation.figures) == PAIR


def _middles(pairs: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], list[int]]:
    """For each A and C the figures B with A <= B <= C."""
    above: dict[int, list[int]] = defaultdict(list)
    for low, high in pairs:
        above[low].append(high)
    middles: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for low, middle in pairs:
        for high in above[middle]:
            middles[low, high].append(middle)
    return middles


def _derive(catalogue: Catalogue, in_force: frozenset[str]) -> Iterator[Relation]:
    rules = {rule.relation: rule.id for rule in load_rules().values() if rule.relation}
    deriver = _Deriver(catalogue, rules, in_force)
    for element in catalogue.elements:
        yield from deriver.row(element)
        yield from deriver.between(element)
    yield from deriver.subsets()


def _written(catalogue: Catalogue) -> Iterator[Relation]:
    for rule in load_rules().values():
        for expression in rule.expressions:
            yield from _of_expression(rule.id, expression, catalogue)


def _of_expression(rule: str, expression: Expression, catalogue: Catalogue) -> Iterator[Relation]:
    """One relation a column; none in columns that the office's age groups do not have."""
    for breakdown in catalogue.breakdowns:
        found = [_figure(term, breakdown, catalogue) for term in expression.terms]
        figures = tuple(figure for figure in found if figure is not None)
        if len(figures) == len(found):
            size = len(expression.left)
            yield Relation(rule, figures[:size], figures[size:], expression.exact)
        if expression.terms[0].column is not None:
            return


def _figure(term: Term, breakdown: Breakdown, catalogue: Catalogue) -> int | None:
    if term.element not in catalogue.element_index:
        raise CatalogueError(f"a rule names an unknown element: {term.element}")
    element = catalogue.element(term.element)
    codes = [column.code for column in catalogue.breakdowns]
    code = term.column or breakdown.code
    if code not in codes or not element.has(catalogue.breakdowns[codes.index(code)]):
        return None
    return catalogue.figure(catalogue.element_index[element.id], codes.index(code))


class _Deriver:
    def __init__(
        self, catalogue: Catalogue, rules: dict[str, str], in_force: frozenset[str]
    ) -> None:
        self.catalogue = catalogue
        self.rules = rules
        self.in_force = in_force

    def row(self, element: Element) -> Iterator[Relation]:
        total = self._figure(element, 0)
        for dimension, kind in (("sex", "sex"), ("age", "age"), ("ethnicity", "")):
            slices = self._slices(element, dimension)
            if kind and slices:
                yield Relation(self.rules[kind], (total,), slices, exact=True)
            for one in slices:
                summed = kind and self.rules[kind] in self.in_force
                rest = tuple(other for other in slices if other != one) if summed else ()
                yield Relation(self.rules["slice"], (one,), (total,), exact=False, unless=rest)

    def between(self, element: Element) -> Iterator[Relation]:
        for parts in element.sum_of:
            yield from self._compare("sum", element, parts, exact=True)
        for parts in element.at_most_sum_of:
            yield from self._compare("cover", element, parts, exact=False)
        for whole in element.within:
            yield from self._compare("within", element, (whole,), exact=False)
        for twin in element.equals:
            yield from self._compare("equal", element, (twin,), exact=True)

    def subsets(self) -> Iterator[Relation]:
        """Rates whose numerator is part of their denominator, where no row says so already."""
        for measure in self.catalogue.measures:
            simple = len(measure.numerator) == len(measure.denominator) == 1
            if not (measure.subset and simple) or measure.denominator[0] == COMMUNES:
                continue
            element = self.catalogue.element(measure.numerator[0])
            if measure.denominator[0] not in element.within:
                yield from self._compare("subset", element, measure.denominator, exact=False)

    def _compare(
        self, kind: str, element: Element, others: Sequence[str], *, exact: bool
    ) -> Iterator[Relation]:
        elements = [self.catalogue.element(id_) for id_ in others]
        for i, breakdown in enumerate(self.catalogue.breakdowns):
            if all(e.has(breakdown) for e in (element, *elements)):
                right = tuple(self._figure(e, i) for e in elements)
                yield Relation(self.rules[kind], (self._figure(element, i),), right, exact)

    def _figure(self, element: Element, breakdown: int) -> int:
        return self.catalogue.figure(self.catalogue.element_index[element.id], breakdown)

    def _slices(self, element: Element, dimension: str) -> tuple[int, ...]:
        columns = enumerate(self.catalogue.breakdowns)
        return tuple(
            self._figure(element, i)
            for i, b in columns
            if (b.dimension or "").startswith(dimension) and element.has(b)
        )


def compare(
    matrix: NDArray[np.float64], asked: NDArray[np.bool_], relations: Sequence[Relation]
) -> Outcome:
    """Test relations on all submissions at once.

    Args:
        matrix: Usable values by submission and figure; NaN where there is none.
        asked: Whether the submission's form asks the figure.
        relations: What must hold; one whose figures a form does not ask is no concern of it.
    """
    broken: list[Broken] = []
    tested: Counter[str] = Counter()
    untested: Counter[str] = Counter()
    for group in _alike(relations):
        for start in range(0, len(matrix), BLOCK):
            block = slice(start, start + BLOCK)
            sides = group.sides(matrix[block].T, asked[block].T)
            for relation, fit, wanted in zip(
                group.relations, sides.fit.sum(axis=1), sides.wanted.sum(axis=1), strict=True
            ):
                tested[relation.rule] += int(fit)
                untested[relation.rule] += int(wanted - fit)
            broken += [
                Broken(
                    start + i,
                    group.relations[r],
                    float(sides.left[r, i]),
                    float(sides.right[r, i]),
                )
                for r, i in np.argwhere(sides.bad(exact=group.exact)).tolist()
            ]
    order = {relation: i for i, relation in enumerate(relations)}
    broken.sort(key=lambda found: (found.submission, order[found.relation]))
    return Outcome(tuple(broken), dict(tested), dict(untested))


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both sides of some relations (rows) for some submissions (columns)."""

    left: NDArray[np.float64]
    right: NDArray[np.float64]
    wanted: NDArray[np.bool_]
    fit: NDArray[np.bool_]

    def bad(self, *, exact: bool) -> NDArray[np.bool_]:
        """Where a relation that can be tested does not hold."""
        differs = self.left != self.right if exact else self.left > self.right
        return self.fit & differs


class _Group:
    """Relations of one shape, so that all of them are one array operation."""

    def __init__(self, relations: Sequence[Relation]) -> None:
        self.relations = tuple(relations)
        self.exact = relations[0].exact
        self._left = np.array([relation.left for relation in relations]).T
        self._right = np.array([relation.right for relation in relations]).T
        self._unless = np.array([relation.unless for relation in relations], np.intp).T

    def sides(self, values: NDArray[np.float64], asked: NDArray[np.bool_]) -> _Sides:
        left, right = _sum(values, self._left), _sum(values, self._right)
        wanted = np.logical_and.reduce(asked[self._left])
        wanted &= np.logical_and.reduce(asked[self._right])
        if len(self._unless):
            wanted &= np.isnan(_sum(values, self._unless))
        return _Sides(left, right, wanted, wanted & ~np.isnan(left) & ~np.isnan(right))


def _alike(relations: Sequence[Relation]) -> list[_Group]:
    groups: dict[tuple[bool, int, int, int], list[Relation]] = {}
    for relation in relations:
        sizes = len(relation.left), len(relation.right), len(relation.unless)
        groups.setdefault((relation.exact, *sizes), []).append(relation)
    return [_Group(group) for group in groups.values()]


def _sum(values: NDArray[np.float64], figures: NDArray[np.intp]) -> NDArray[np.float64]:
    """Add rows of `values`; a sum over a missing value is missing: NaN stays NaN."""
    total: NDArray[np.float64] = values[figures[0]]
    for figure in figures[1:]:
        total = total + values[figure]
    return total
