"""The sums that tie the figures of a release: units, breakdowns, elements, terms of measures.

A relation is used where it truly holds: one that the figures break tells an outsider nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import coo_array

from ctk.disclosure.layers import ABSENT, MAJORITY, Figure, Layer
from ctk.indicators.wide import widened
from ctk.validate.relations import relations_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from ctk.disclosure.system import Flags, Whole
    from ctk.indicators import Breakdown, Catalogue

    Shape = tuple[tuple[Figure, ...], tuple[Figure, ...], bool]

_GROWING = {"event", "distinct", "cumulative"}
"""How an element adds over time if more months never make it less."""
_AREAS = ("urban", "rural")


class Sums:
    """Collects rows: one sum each, of figures by their number in the system."""

    def __init__(self) -> None:
        self._blocks: list[tuple[Whole, Whole, bool]] = []

    def add(self, cells: Whole, coefficients: Sequence[int], *, exact: bool) -> None:
        """Add sums of one shape, one a row of `cells`; a cell of -1 is no term."""
        if len(cells):
            self._blocks.append((cells, np.array(coefficients, np.int64), exact))

    def matrix(self, values: Whole) -> tuple[Any, Flags, Whole]:
        """The rows that hold, each once: matrix, whether exact, and the room that is left."""
        rows, columns, data, exact = [], [], [], []
        start = 0
        for cells, coefficients, is_exact in self._blocks:
            place, term = np.nonzero(cells != ABSENT)
            rows.append(start + place)
            columns.append(cells[place, term])
            data.append(coefficients[term])
            exact.append(np.full(len(cells), is_exact))
            start += len(cells)
        if not start:
            empty = coo_array((0, len(values)), dtype=np.int64).tocsr()
            return empty, np.zeros(0, np.bool_), np.zeros(0, np.int64)
        joined = (np.concatenate(rows), np.concatenate(columns))
        shape = (start, len(values))
        matrix = coo_array((np.concatenate(data), joined), shape=shape).tocsr()
        flags = np.concatenate(exact)
        slack = -(matrix @ values)
        keep = _distinct(matrix, flags, np.where(flags, slack == 0, slack >= 0))
        return matrix[keep], flags[keep], np.where(flags, 0, slack)[keep]


def _distinct(matrix: Any, exact: Flags, holds: Flags) -> Whole:  # noqa: ANN401
    """Rows that hold, one of each kind: equal rows have equal sums of two random numbers."""
    numbers = np.random.default_rng(13).integers(1, 2**40, (matrix.shape[1], 2))
    marks = np.column_stack([matrix @ numbers, exact])
    rows = np.flatnonzero(holds)
    return rows[np.unique(marks[rows], axis=0, return_index=True)[1]]


def add_layer(sums: Sums, layer: Layer, cells: Whole, catalogue: Catalogue) -> None:
    """Add all sums of one release of one period.

    Args:
        sums: Where they are added.
        layer: The figures.
        cells: Number of each in the system, unit x figure; -1 where there is none.
        catalogue: What ties elements and measures.
    """
    place = {figure: i for i, figure in enumerate(layer.figures)}
    for left, right, exact in _shapes(layer, catalogue):
        if all(figure in place for figure in (*left, *right)):
            columns = cells[:, [place[figure] for figure in (*left, *right)]]
            whole = columns[(columns != ABSENT).all(axis=1)]
            sums.add(whole, [1] * len(left) + [-1] * len(right), exact=exact)
    _add_areas(sums, cells, place)
    _add_units(sums, layer, cells)


def _add_areas(sums: Sums, cells: Whole, place: Mapping[Figure, int]) -> None:
    """Urban and rural make up the total; a unit without one of them has no figure for it."""
    for figure, column in place.items():
        if figure[1:] != ("T", "T", "T", "T"):
            continue
        sides = [place[side] for area in _AREAS if (side := figure._replace(area=area)) in place]
        if sides:
            columns = cells[:, [column, *sides]]
            there = (columns[:, 0] != ABSENT) & (columns[:, 1:] != ABSENT).any(axis=1)
            sums.add(columns[there], [1] + [-1] * len(sides), exact=True)


def _add_units(sums: Sums, layer: Layer, cells: Whole) -> None:
    """The units below add up to the unit in which they lie."""
    place = {unit: i for i, unit in enumerate(layer.units)}
    for parent in dict.fromkeys(layer.parents.values()):
        below = [place[child] for child, above in layer.parents.items() if above == parent]
        columns = cells[[place[parent], *below]].T
        there = (columns[:, 0] != ABSENT) & (columns[:, 1:] != ABSENT).any(axis=1)
        sums.add(columns[there], [1] + [-1] * len(below), exact=True)


def _shapes(layer: Layer, catalogue: Catalogue) -> Iterator[Shape]:
    """What holds in every unit, as figures whose sum is that, or at most that, of others."""
    for relation in relations_of(widened(catalogue)):
        left, right = (_figures(side, catalogue) for side in (relation.left, relation.right))
        yield left, right, relation.exact
        if all(figure[1:] == ("T", "T", "T", "T") for figure in (*left, *right)):
            for area in _AREAS:
                moved = (tuple(f._replace(area=area) for f in side) for side in (left, right))
                yield (*moved, relation.exact)  # type: ignore[misc]
    for figure in layer.figures:
        yield from _computed(figure, layer, catalogue)


def _computed(figure: Figure, layer: Layer, catalogue: Catalogue) -> Iterator[Shape]:
    """What a figure is made of: elements behind a measure, stand-ins, what a part leaves."""
    if figure.ethnicity == MAJORITY:
        whole, part = (figure._replace(ethnicity=each) for each in ("T", "minority"))
        yield (whole,), (part, figure), True
    elif figure.id in layer.elements:
        terms = tuple(figure._replace(id=id_) for id_ in layer.elements[figure.id])
        if terms:
            yield (figure,), terms, True
            yield (figure,), terms, False
    elif stand_ins := catalogue.element(figure.id).same_as:
        yield (figure,), tuple(figure._replace(id=id_) for id_ in stand_ins), True


def _figures(columns: Sequence[int], catalogue: Catalogue) -> tuple[Figure, ...]:
    width = len(catalogue.breakdowns)
    return tuple(
        _figure(catalogue.elements[c // width].id, catalogue.breakdowns[c % width]) for c in columns
    )


def _figure(id_: str, breakdown: Breakdown) -> Figure:
    return Figure(id_, breakdown.sex, breakdown.age, breakdown.ethnicity)


def add_growth(
    sums: Sums,
    earlier: tuple[Layer, Whole],
    later: tuple[Layer, Whole],
    catalogue: Catalogue,
) -> None:
    """What is counted from the start of the year is not less after more months."""
    (first, first_cells), (second, second_cells) = earlier, later
    units, figures = _shared(first.units, second.units), _shared(first.figures, second.figures)
    growing = {each.id for each in catalogue.elements if each.adds in _GROWING}
    for one, other in figures:
        if first.figures[one].id in growing:
            columns: NDArray[np.int64] = np.column_stack(
                [
                    first_cells[[u for u, _ in units], one],
                    second_cells[[u for _, u in units], other],
                ]
            )
            sums.add(columns[(columns != ABSENT).all(axis=1)], [1, -1], exact=False)


def _shared(first: Sequence[Any], second: Sequence[Any]) -> list[tuple[int, int]]:
    places = {each: i for i, each in enumerate(second)}
    return [(i, places[each]) for i, each in enumerate(first) if each in places]
