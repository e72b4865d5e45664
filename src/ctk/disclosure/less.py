"""Publishes again what turns out not to be needed, figure by figure, the costliest first.

Each figure to be protected gets another table of its own, as small as possible, so that it is known
which withheld figures it rests on. What none rests on is published; for the others it is tried.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ctk.disclosure.audit import Move, audit, near
from ctk.disclosure.tables import cheapest_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ctk.disclosure.system import Flags, System, Whole

_HOPS = (2, 4)
_TRIES = 120
_MOST_NARROW = 12
"""How many figures may rest on one before it is simply kept."""
_UNUSED = 10.0
"""How much dearer it is to rest on a figure that nothing rests on yet."""


def less(part: System, withheld: Flags, width: int) -> tuple[Flags, list[Move]] | None:
    """The withheld figures that are needed, and the tables that they leave possible.

    Returns:
        None if such tables are not found for all figures.
    """
    cells = np.flatnonzero(withheld | part.held)
    open_ = part.only(cells)
    chosen = withheld[cells]
    moves = _small_tables(open_, chosen, width)
    if (open_.primary & (_spread(open_.size, moves) < width)).any():
        return None
    kept = chosen & _touched(open_.size, moves)
    needed = np.flatnonzero(kept)
    for cell in needed[np.argsort(-open_.cost[needed], kind="stable")][:_TRIES].tolist():
        left = [move for move in moves if cell not in move.cells]
        narrow = open_.primary & (_spread(open_.size, left) < width)
        kept[cell] = False
        found = _otherwise(open_, kept | open_.held, cell, narrow, width)
        if found is None:
            kept[cell] = True
        else:
            moves = left + found
    fewer = np.zeros(part.size, np.bool_)
    fewer[cells[kept]] = True
    return fewer, [move.within(cells) for move in moves]


def _small_tables(open_: System, chosen: Flags, width: int) -> list[Move]:
    """Tables that leave enough values possible for every figure, as far as they are found."""
    moves: list[Move] = []
    used = np.zeros(open_.size, np.bool_)
    low, high = np.zeros(open_.size, np.int64), np.zeros(open_.size, np.int64)
    for cell in np.flatnonzero(open_.primary).tolist():
        if high[cell] - low[cell] + 1 >= width:
            continue
        price = 1.0 + np.where(chosen & ~used, _UNUSED * open_.cost, 0.0)
        for move in _tables_for(open_, price, cell, width - 1 + int(low[cell]), width):
            moves.append(move)
            used[move.cells] = True
            low[move.cells] = np.minimum(low[move.cells], move.change)
            high[move.cells] = np.maximum(high[move.cells], move.change)
    return moves


def _tables_for(
    open_: System, price: NDArray[np.float64], cell: int, need: int, width: int
) -> list[Move]:
    """A small table in which one figure rises by its need; else whatever is found for it."""
    for hops in _HOPS:
        cells = open_.around(cell, hops, near(width))
        local = open_.only(cells)
        place = np.array([np.searchsorted(cells, cell)])
        move = cheapest_table(local, price[cells], place, np.array([need]), near(width))
        if move is not None and local.could_be(*move) and need in move.change[move.cells == place]:
            return [move.within(cells)]
    alone = np.zeros(open_.size, np.bool_)
    alone[cell] = True
    free = np.ones(open_.size, np.bool_)
    return list(audit(replace(open_, primary=alone), free, width, far=False).moves)


def _touched(size: int, moves: list[Move]) -> Flags:
    flags = np.zeros(size, np.bool_)
    for move in moves:
        flags[move.cells] = True
    return flags


def _spread(size: int, moves: list[Move]) -> Whole:
    """How many values of each figure are known to be possible."""
    low, high = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for cells, change in moves:
        low[cells] = np.minimum(low[cells], change)
        high[cells] = np.maximum(high[cells], change)
    return high - low + 1


def _otherwise(
    open_: System, free: Flags, cell: int, narrow: Flags, width: int
) -> list[Move] | None:
    """Other tables for figures that have become narrow, looked for near by; None: not found."""
    if not narrow.any():
        return []
    if narrow.sum() > _MOST_NARROW:
        return None
    near_by = open_.around(cell, 2 * _HOPS[-1], near(width))
    near_by = near_by[free[near_by]]
    if narrow.sum() > narrow[near_by].sum():
        return None
    local = replace(open_.only(near_by), primary=narrow[near_by])
    seen = audit(local, np.ones(local.size, np.bool_), width, far=False)
    if len(seen.breaches):
        return None
    return [move.within(near_by) for move in seen.moves]
