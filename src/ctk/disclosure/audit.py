"""What an outsider can find out about a withheld figure from everything that is published.

A figure is safe if whole numbers that keep all sums are at hand in which it differs enough: such
another table could be the true one. These are looked for many at a time, part by part.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import block_array, coo_array, eye_array

from ctk.disclosure.system import FAR
from ctk.validate.solver import Program, UndecidedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ctk.disclosure.system import Flags, System, Whole

_BATCHES = 40
_BATCH_NODES = 8
_SIGNS = (1, -1)
_SECONDS = 600.0
"""Never reached: limits are counted in steps, so that the same figures give the same copy."""


class Move(NamedTuple):
    """Another table that could be the true one: which figures differ, and by how much."""

    cells: Whole
    change: Whole

    def within(self, cells: Whole) -> Move:
        """The same in the numbers of a larger system, of which these are the figures `cells`."""
        return Move(cells[self.cells], self.change)


@dataclass(frozen=True)
class Audit:
    """What is known of each figure.

    Args:
        low: How far each can be thought smaller (0 or less), as far as was looked.
        high: How far each can be thought larger.
        breaches: Figures to be protected of which too few values remain possible.
        moves: The other tables that were found.
        decided: Whether every breach is certain, not only feared.
    """

    low: Whole
    high: Whole
    breaches: Whole
    moves: tuple[Move, ...]
    decided: bool


def near(width: int) -> int:
    """How far figures are followed at first; near sums stay apart, so that parts stay small."""
    return 3 * width


def audit(
    system: System,
    withheld: Flags,
    width: int,
    known: Iterable[Move] = (),
    *,
    singly: bool = True,
    far: bool = True,
) -> Audit:
    """Look for the doubt that is left about each figure to be protected.

    Args:
        system: The figures.
        withheld: What is not published beside what is held anyway.
        width: How many values must remain possible.
        known: Other tables found before; those that still could be true are used again.
        singly: Whether to look at each figure by itself where looking at many does not suffice.
        far: Whether to look far from the true table where looking near does not suffice; without
            both a breach is feared, not certain.
    """
    looking = _Looking(system, withheld | system.held, width, singly=singly)
    for move in known:
        looking.take(move)
    for reach in (near(width), FAR) if far else (near(width),):
        looking.look(reach)
    decided = looking.decided and singly and far
    return Audit(looking.low, looking.high, looking.breaches(), tuple(looking.moves), decided)


class _Looking:
    def __init__(self, system: System, free: Flags, width: int, *, singly: bool) -> None:
        self.system, self.free, self.width, self.singly = system, free, width, singly
        self.low = np.zeros(system.size, np.int64)
        self.high = np.zeros(system.size, np.int64)
        self.moves: list[Move] = []
        self.decided = True

    def breaches(self) -> Whole:
        """Figures to be protected of which too few values are known to be possible."""
        narrow = self.high - self.low + 1 < self.width
        return np.flatnonzero(self.system.primary & narrow)

    def take(self, move: Move) -> bool:
        """Use another table, if it could be the true one."""
        if not (self.free[move.cells].all() and self.system.could_be(*move)):
            return False
        self.low[move.cells] = np.minimum(self.low[move.cells], move.change)
        self.high[move.cells] = np.maximum(self.high[move.cells], move.change)
        self.moves.append(move)
        return True

    def take_apart(self, move: Move) -> None:
        """Use the pieces of a table that could each be true alone, else the whole of it."""
        pieces = [Move(move.cells[p], move.change[p]) for p in self.system.pieces(move.cells)]
        taken = [self.take(piece) for piece in pieces]
        if not all(taken):
            self.take(move)

    def look(self, reach: int) -> None:
        """Look in every part that holds a figure not known to be safe."""
        if not len(self.breaches()):
            return
        cells = np.flatnonzero(self.free)
        open_ = self.system.only(cells)
        for part in open_.parts(reach):
            self._look_in(open_.only(part), cells[part], reach)

    def _look_in(self, part: System, cells: Whole, reach: int) -> None:
        if not (part.primary & self._narrow(cells)).any():
            return
        tables = _Tables(part, reach)
        self._look_for_many(part, tables, cells)
        if not self.singly:
            return
        for place in np.flatnonzero(part.primary & self._narrow(cells)):
            for sign in _SIGNS:
                if self._narrow(cells)[place]:
                    self.decided &= self._take_if(partial(tables.farthest, int(place), sign), cells)

    def _look_for_many(self, part: System, tables: _Tables, cells: Whole) -> None:
        """Let as many figures as possible differ enough at once, until that gets no further."""
        idle = 0
        for batch in range(_BATCHES):
            wanted = np.flatnonzero(part.primary & self._narrow(cells))
            if not len(wanted) or idle == len(_SIGNS):
                return
            own = cells[wanted]
            sign = _SIGNS[batch % len(_SIGNS)]
            end = self.high[own] if sign > 0 else -self.low[own]
            need = end + self.width - 1 - (self.high - self.low)[own]
            self._take_if(partial(tables.differing, wanted, need, sign), cells)
            still = np.count_nonzero(part.primary & self._narrow(cells))
            idle = 0 if still < len(wanted) else idle + 1

    def _narrow(self, cells: Whole) -> Flags:
        return self.high[cells] - self.low[cells] + 1 < self.width

    def _take_if(self, find: Callable[[], Whole], cells: Whole) -> bool:
        """Take the table that is found, if it can be told."""
        try:
            change = find()
        except UndecidedError:
            return False
        moved = np.flatnonzero(change)
        self.take_apart(Move(cells[moved], change[moved]))
        return True


class _Tables:
    """All tables near the true one that could be true."""

    def __init__(self, part: System, reach: int) -> None:
        rows = part.binding(reach)
        self._down = np.minimum(part.down, reach)
        self._matrix, self._exact = part.matrix[rows], part.exact[rows]
        self._most = (part.slack[rows] + self._matrix @ self._down).astype(np.float64)
        self._upper = (self._down + reach).astype(np.float64)

    def farthest(self, place: int, sign: int) -> Whole:
        """How the figures change where one is greatest, or with -1 least.

        Raises:
            UndecidedError: It took too many steps.
        """
        goal = np.zeros(len(self._down))
        goal[place] = -sign
        least = np.where(self._exact, self._most, -np.inf)
        program = Program(self._matrix, least, self._most, self._upper, _SECONDS)
        return self._change(program.whole(goal))

    def differing(self, wanted: Whole, need: Whole, sign: int) -> Whole:
        """How the figures change where the most of some figures rise (or fall) by their need.

        Raises:
            UndecidedError: It took too many steps.
        """
        count, size = len(wanted), len(self._down)
        ties = coo_array((np.full(count, -sign), (np.arange(count), wanted)), shape=(count, size))
        gains = eye_array(count, dtype=np.int64)
        matrix = block_array([[self._matrix, None], [ties, gains]], format="csr")
        most = np.concatenate([self._most, -sign * self._down[wanted].astype(np.float64)])
        exact = np.concatenate([self._exact, np.zeros(count, np.bool_)])
        upper = np.concatenate([self._upper, need.astype(np.float64)])
        goal = np.concatenate([np.zeros(size), np.full(count, -1.0)])
        program = Program(matrix, np.where(exact, most, -np.inf), most, upper, _SECONDS)
        return self._change(program.whole(goal, _BATCH_NODES))

    def _change(self, found: list[int] | None) -> Whole:
        if found is None:
            raise UndecidedError
        return np.array(found[: len(self._down)], np.int64) - self._down
