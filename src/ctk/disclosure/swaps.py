"""Other tables found by hand: one figure is moved, and what that breaks is mended step by step.

Most small figures have a partner near by: a boy more and a girl less here, the reverse in the next
commune. Such swaps are found far faster than by solving programs, which are left for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from ctk.disclosure.audit import Move

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ctk.disclosure.system import Flags, System

_STEPS = (400, 4000)
"""Steps after which a search is given up, and in a second round for what is left."""
_CHOICES = 5
"""Partners tried at each step."""
_LONGEST = 200
"""Figures that one step may change."""

_LOOKED_AT = 24
"""Figures of a long sum that are weighed against each other."""

_STRIDE = 37
"""By how much the place in a long sum moves on with each step, so that all get their turn."""

_MANY = 40
"""Partners beyond which it is not counted how many there are."""


def swaps(system: System, width: int) -> tuple[Flags, list[Move]]:
    """Move each small figure as far as its protection asks, and withhold what the moves touch.

    Returns:
        What is withheld beside what is held anyway, and the tables found. They need not suffice.
    """
    table = _Table.of(system)
    low, high = np.zeros(system.size, np.int64), np.zeros(system.size, np.int64)
    moves: list[Move] = []
    for steps in _STEPS:
        for cell in np.flatnonzero(system.primary & (high - low + 1 < width)).tolist():
            for sign in (1, -1):
                need = width - 1 - int(high[cell] - low[cell])
                if need <= 0:
                    break
                end = int(high[cell]) if sign > 0 else -int(low[cell])
                for move in table.moved(cell, sign, end + need, steps):
                    moves.append(move)
                    low[move.cells] = np.minimum(low[move.cells], move.change)
                    high[move.cells] = np.maximum(high[move.cells], move.change)
    return table.withheld, moves


@dataclass
class _Table:
    """The figures and sums as lists, which single steps are fastest on."""

    sums: list[list[tuple[int, int]]]
    rows_of: list[list[tuple[int, int]]]
    exact: list[bool]
    slack: list[int]
    down: list[int]
    price: list[float]
    withheld: Flags
    held: list[bool]
    change: dict[int, int] = field(default_factory=dict)
    totals: dict[int, int] = field(default_factory=dict)
    open_: list[int] = field(default_factory=list)
    _left: int = 0

    @classmethod
    def of(cls, system: System) -> _Table:
        """Lay out a system."""
        usable, rows = system.eligible | system.held, system.matrix.tocsr()
        price = np.where(system.held, 0.0, np.where(usable, system.cost, np.inf))
        return cls(
            [[(c, s) for c, s in row if usable[c] and abs(s) == 1] for row in _lists(rows)],
            _lists(system.matrix.tocsc()),
            system.exact.tolist(),
            system.slack.tolist(),
            system.down.tolist(),
            price.tolist(),
            np.zeros(system.size, np.bool_),
            system.held.tolist(),
        )

    def moved(self, cell: int, sign: int, need: int, steps: int) -> Iterator[Move]:
        """Move a figure step by step, each time as a whole table that could be true."""
        self.change, self.totals, self.open_ = {}, {}, []
        for _ in range(need):
            if not self._allows(cell, sign) or not self._step(cell, sign, steps):
                return
            cells = np.array([c for c, by in self.change.items() if by], np.int64)
            changes = np.array([by for by in self.change.values() if by], np.int64)
            self._withhold(cells.tolist())
            yield Move(cells, changes)

    def _withhold(self, cells: Iterable[int]) -> None:
        for cell in cells:
            if not self.held[cell]:
                self.withheld[cell] = True
                self.price[cell] = 0.0

    def _step(self, cell: int, by: int, steps: int) -> bool:
        """Change one figure and mend all sums, or leave everything as it was."""
        done: list[tuple[int, int]] = []
        self._put(cell, by, done)
        self._left = steps
        if self._mend(done):
            return True
        self._undo(done, 0)
        return False

    def _mend(self, done: list[tuple[int, int]]) -> bool:
        """Mend the sum that was broken last, then the next one."""
        used = {cell for cell, _ in done}
        row = self._broken(used)
        if row is None:
            return True
        if len(done) > _LONGEST:
            return False
        mark = len(done)
        for cell, by in self._partners(row, used):
            self._left -= 1
            if self._left < 0:
                return False
            self._put(cell, by, done)
            if self._mend(done):
                return True
            self._undo(done, mark)
        return False

    def _broken(self, used: set[int]) -> int | None:
        """The broken sum that fewest figures can mend; None if none is broken."""
        self.open_ = sorted({r for r in self.open_ if self._breaks(r, self.totals.get(r, 0))})
        best, fewest = (self.open_[-1] if self.open_ else None), _MANY
        for row in self.open_:
            count = self._partners_up_to(fewest, row, used)
            if count < fewest:
                best, fewest = row, count
        return best

    def _partners_up_to(self, most: int, row: int, used: set[int]) -> int:
        missing, count = self._missing(row), 0
        for cell, sign in self.sums[row]:
            if cell not in used and self.change.get(cell, 0) + missing * sign >= -self.down[cell]:
                count += 1
                if count == most:
                    break
        return count

    def _missing(self, row: int) -> int:
        total = self.totals[row]
        return -total if self.exact[row] else self.slack[row] - total

    def _breaks(self, row: int, total: int) -> bool:
        return total != 0 if self.exact[row] else total > self.slack[row]

    def _partners(self, row: int, used: set[int]) -> list[tuple[int, int]]:
        """Figures of a sum that can mend it: cheapest first, then those that break least."""
        missing, cells = self._missing(row), self.sums[row]
        start = len(used) * _STRIDE % len(cells)
        found: list[tuple[float, int, int, int, int]] = []
        for cell, sign in chain(cells[start:], cells[:start]):
            by = missing * sign
            if cell not in used and self._allows(cell, by):
                found.append((self.price[cell], self._harm(cell, by), len(found), cell, by))
                if len(found) == _LOOKED_AT:
                    break
        found.sort()
        return [(cell, by) for *_, cell, by in found[:_CHOICES]]

    def _allows(self, cell: int, by: int) -> bool:
        return self.change.get(cell, 0) + by >= -self.down[cell]

    def _harm(self, cell: int, by: int) -> int:
        """How many sums more are broken if a figure changes."""
        harm = 0
        for row, sign in self.rows_of[cell]:
            total = self.totals.get(row, 0)
            harm += self._breaks(row, total + sign * by) - self._breaks(row, total)
        return harm

    def _put(self, cell: int, by: int, done: list[tuple[int, int]]) -> None:
        self.change[cell] = self.change.get(cell, 0) + by
        for row, sign in self.rows_of[cell]:
            self.totals[row] = self.totals.get(row, 0) + sign * by
            self.open_.append(row)
        done.append((cell, by))

    def _undo(self, done: list[tuple[int, int]], keep: int) -> None:
        while len(done) > keep:
            cell, by = done.pop()
            self.change[cell] -= by
            for row, sign in self.rows_of[cell]:
                self.totals[row] -= sign * by
                self.open_.append(row)


def _lists(matrix: object) -> list[list[tuple[int, int]]]:
    """The entries of each row (or column) of a compressed matrix."""
    ends = matrix.indptr.tolist()  # type: ignore[attr-defined]
    pairs = list(zip(matrix.indices.tolist(), matrix.data.tolist(), strict=True))  # type: ignore[attr-defined]
    return [pairs[start:end] for start, end in pairwise(ends)]
