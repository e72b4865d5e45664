"""Figures as numbers tied by sums, as an outsider sees them; knows no unit and no indicator.

Everything is told as a change from the true figures: what is published cannot change, what is
withheld can, as far as all sums still hold. So the outsider's doubt is what can still be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Whole = NDArray[np.int64]

FAR = 1000
"""How far a figure is followed upwards from its true value; nobody needs more doubt than that."""


@dataclass(frozen=True)
class System:
    """All figures of some releases and what ties them.

    Args:
        matrix: One row a sum, one column a figure (sparse).
        exact: Whether the row's sum is fixed; else it has only room upwards.
        slack: The room of each row as the figures truly are; 0 where exact.
        values: The true figures.
        down: How far each may be thought smaller: to the least that a mark leaves open.
        primary: Sensitive and small: to be protected.
        held: Not published whatever is chosen: small, never printed, withheld before.
        eligible: May be withheld to protect others.
        cost: What is lost if it is withheld; whole and positive.
    """

    matrix: Any
    exact: Flags
    slack: Whole
    values: Whole
    down: Whole
    primary: Flags
    held: Flags
    eligible: Flags
    cost: Whole

    @property
    def size(self) -> int:
        """How many figures there are."""
        return len(self.values)

    def only(self, cells: Whole) -> System:
        """The same with these figures alone; all others are published."""
        matrix = self.matrix[:, cells].tocsr()
        rows = np.flatnonzero(np.diff(matrix.indptr))
        columns = (
            getattr(self, name)[cells]
            for name in ("values", "down", "primary", "held", "eligible", "cost")
        )
        return System(matrix[rows], self.exact[rows], self.slack[rows], *columns)

    def could_be(self, cells: Whole, change: Whole) -> bool:
        """Whether all sums hold, and no mark is contradicted, if figures change like this."""
        columns = self._columns[:, cells]
        rows = np.unique(columns.indices)
        sums = (columns @ change)[rows]
        holds = np.where(self.exact[rows], sums == 0, sums <= self.slack[rows])
        return bool(holds.all() and (change >= -self.down[cells]).all())

    @cached_property
    def _columns(self) -> Any:  # noqa: ANN401  (scipy has no types)
        return self.matrix.tocsc()

    def binding(self, reach: int) -> Flags:
        """Rows that can forbid anything while no figure changes by more than `reach`."""
        most = np.minimum(self.down, reach)
        size = abs(self.matrix)
        rising = (size + self.matrix) @ np.full(self.size, reach) // 2
        falling = (size - self.matrix) @ most // 2
        flags: Flags = self.exact | (rising + falling > self.slack)
        return flags

    def parts(self, reach: int) -> list[Whole]:
        """Figures that no binding row ties to others stand alone; the rest in groups."""
        return _groups(self.matrix[self.binding(reach)])

    def pieces(self, cells: Whole) -> list[Whole]:
        """Groups (as places in `cells`) that no fixed sum ties to each other."""
        return _groups(self.matrix[:, cells][self.exact])

    def around(self, cell: int, hops: int, reach: int) -> Whole:
        """Figures up to some sums away that are withheld or may be, and `cell` itself."""
        usable = self.eligible | self.held
        tied = self.matrix[self.binding(reach)]
        near = np.zeros(self.size, np.bool_)
        near[cell] = True
        links = abs(tied)
        for _ in range(hops):
            rows = links @ near.astype(np.float64) > 0
            grown = ((links.T @ rows.astype(np.float64)) > 0) & usable | near
            if (grown == near).all():
                break
            near = grown
        return np.flatnonzero(near)


def _groups(rows: Any) -> list[Whole]:  # noqa: ANN401  (scipy has no types)
    """Columns that are connected by rows, in the order of their first ones."""
    tied = rows.tocoo()
    count, size = tied.shape
    if not size:
        return []
    links = (np.ones(len(tied.row)), (tied.row, tied.col + count))
    square = coo_array(links, shape=(count + size, count + size))
    labels = connected_components(square, directed=False)[1][count:]
    order = np.argsort(labels, kind="stable")
    ends = np.flatnonzero(np.diff(labels[order])) + 1
    return sorted(np.split(order, ends), key=lambda part: int(part[0]))
