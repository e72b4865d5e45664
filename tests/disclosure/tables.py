"""Small tables for tests, and what an outsider can find out about them by trying everything."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from scipy.sparse import csr_array

from ctk.disclosure.system import System


@dataclass(frozen=True)
class Table:
    """A table as an outsider knows it: the figures and what ties them.

    Args:
        values: The true figures.
        equal: Rows of (whole, parts): the parts add up to the whole.
        within: Rows of (part, whole).
        primary: Figures to be protected.
        cost: What is lost with each.
        lowest: What a withheld figure is at least.
        settled: Figures that an earlier release has published.
    """

    values: tuple[int, ...]
    equal: tuple[tuple[int, tuple[int, ...]], ...]
    within: tuple[tuple[int, int], ...] = ()
    primary: tuple[int, ...] = ()
    cost: tuple[int, ...] = ()
    lowest: int = 1
    settled: tuple[int, ...] = ()

    @property
    def eligible(self) -> tuple[int, ...]:
        """What may be withheld for the sake of others."""
        taken = {*self.primary, *self.settled}
        return tuple(i for i, v in enumerate(self.values) if v >= self.lowest and i not in taken)

    def system(self) -> System:
        """The same for the code under test."""
        rows = []
        for whole, parts in self.equal:
            rows.append({whole: -1, **dict.fromkeys(parts, 1)})
        for part, whole in self.within:
            rows.append({part: 1, whole: -1})
        matrix = np.zeros((len(rows), len(self.values)), np.int64)
        for i, row in enumerate(rows):
            for cell, coefficient in row.items():
                matrix[i, cell] = coefficient
        values = np.array(self.values, np.int64)
        exact = np.arange(len(rows)) < len(self.equal)
        return System(
            csr_array(matrix),
            exact,
            -(matrix @ values),
            values,
            np.maximum(values - self.lowest, 0),
            _flags(self.primary, values),
            _flags(self.primary, values),
            _flags(self.eligible, values),
            np.array(self.cost or [1] * len(values), np.int64),
        )


def _flags(cells: tuple[int, ...], values: np.ndarray) -> np.ndarray:
    flags = np.zeros(len(values), np.bool_)
    flags[list(cells)] = True
    return flags


class Outsider:
    """Tries every table whose leaves lie in a box; the totals follow from the leaves."""

    def __init__(self, table: Table, room: int) -> None:
        """Make all tables that keep the sums: leaves from 0 to their true value and `room` more."""
        self.table = table
        wholes = {whole for whole, _ in table.equal}
        leaves = [i for i in range(len(table.values)) if i not in wholes]
        boxes = [range(table.values[i] + room + 1) for i in leaves]
        grid = np.array(list(product(*boxes)), np.int16).reshape(-1, len(leaves))
        self.tables = np.zeros((len(grid), len(table.values)), np.int16)
        self.tables[:, leaves] = grid
        known = set(leaves)
        while len(known) < len(table.values):
            for whole, parts in table.equal:
                if whole not in known and known.issuperset(parts):
                    self.tables[:, whole] = self.tables[:, list(parts)].sum(axis=1)
                    known.add(whole)
        keep = np.ones(len(grid), np.bool_)
        for whole, parts in table.equal:
            keep &= self.tables[:, whole] == self.tables[:, list(parts)].sum(axis=1)
        for part, whole in table.within:
            keep &= self.tables[:, part] <= self.tables[:, whole]
        self.tables = self.tables[keep]

    def possible(self, withheld: set[int]) -> np.ndarray:
        """The tables that agree with what is published and with the marks."""
        keep = np.ones(len(self.tables), np.bool_)
        for cell, value in enumerate(self.table.values):
            column = self.tables[:, cell]
            keep &= column >= self.table.lowest if cell in withheld else column == value
        return self.tables[keep]

    def breaches(self, withheld: set[int], width: int) -> list[int]:
        """Figures to be protected of which too few values are possible."""
        tables = self.possible(withheld)
        spread = tables.max(axis=0) - tables.min(axis=0) + 1
        return [cell for cell in self.table.primary if spread[cell] < width]

    def least_cost(self, width: int) -> int | None:
        """What the cheapest sufficient choice costs, by trying all; None: none is sufficient."""
        cells = self.table.eligible
        cost = self.table.cost or (1,) * len(self.table.values)
        best = None
        for size in range(len(cells) + 1):
            for chosen in combinations(cells, size):
                price = sum(cost[i] for i in chosen)
                if best is not None and price >= best:
                    continue
                if not self.breaches({*self.table.primary, *chosen}, width):
                    best = price
        return best


def two_way(leaves: list[list[int]], threshold: int = 5, **more: object) -> Table:
    """Units by sexes with all totals: unit 0 is the whole, column 0 the total."""
    rows = [[sum(row), *row] for row in leaves]
    rows.insert(0, [sum(column) for column in zip(*rows, strict=True)])
    width = len(rows[0])
    values = [value for row in rows for value in row]
    at = {(r, c): r * width + c for r in range(len(rows)) for c in range(width)}
    equal = [(at[r, 0], tuple(at[r, c] for c in range(1, width))) for r in range(len(rows))]
    equal += [(at[0, c], tuple(at[r, c] for r in range(1, len(rows)))) for c in range(width)]
    return small_first(values, equal, threshold=threshold, **more)


def three_level(leaves: list[list[int]], threshold: int = 5, **more: object) -> Table:
    """A whole, groups, and the units in each group, by one figure."""
    values = [sum(map(sum, leaves))]
    equal, groups = [], []
    for group in leaves:
        place = len(values)
        groups.append(place)
        values += [sum(group), *group]
        equal.append((place, tuple(range(place + 1, place + 1 + len(group)))))
    equal.insert(0, (0, tuple(groups)))
    return small_first(values, equal, threshold=threshold, **more)


def small_first(
    values: list[int],
    equal: list[tuple[int, tuple[int, ...]]],
    *,
    threshold: int,
    lowest: int = 1,
    **more: object,
) -> Table:
    """A table in which all small figures are to be protected."""
    settled = set(more.get("settled", ()))
    primary = [i for i, v in enumerate(values) if lowest <= v < threshold and i not in settled]
    cost = tuple(1 + value.bit_length() for value in values)
    return Table(tuple(values), tuple(equal), primary=tuple(primary), cost=cost, lowest=lowest,
                 **more)  # fmt: skip
