"""Figures to withhold where there are too many for the best choice: cheap tables, then less again.

For figures that are not safe the cheapest other table is computed in which they differ enough;
what that table changes is withheld. At the end what turns out not to be needed is published after
all. Whether it is enough is for the audit to say, not for these steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.disclosure.audit import Audit, Move, audit, near
from ctk.disclosure.less import less
from ctk.disclosure.swaps import swaps
from ctk.disclosure.tables import cheapest_table

if TYPE_CHECKING:
    from ctk.disclosure.system import Flags, System, Whole

_ROUNDS = 200
_MOST = 300
"""Small figures up to which it is tried to withhold less: one by one that takes long."""


def enough(system: System, width: int) -> tuple[Flags, list[Move]]:
    """Figures to withhold so that the audit finds no breach, as far as that is possible.

    Returns:
        The figures, and other tables that they leave possible, for the audit to look at.
    """
    withheld = np.zeros(system.size, np.bool_)
    moves: list[Move] = []
    for part in system.parts(near(width)):
        own = system.only(part)
        if own.primary.any():
            withheld[part], found = _enough_in(own, width)
            moves += [move.within(part) for move in found]
    return withheld, moves


def _enough_in(part: System, width: int) -> tuple[Flags, list[Move]]:
    chosen, seen = _choose(part, width)
    if len(seen.breaches) or part.primary.sum() > _MOST:
        return chosen, list(seen.moves)
    return less(part, chosen, width) or (chosen, list(seen.moves))


def _choose(part: System, width: int) -> tuple[Flags, Audit]:
    """Withhold what cheap tables change until no figure is known to be unsafe."""
    withheld, moves = swaps(part, width)
    seen = audit(part, withheld, width, moves, singly=False, far=False)
    all_rows = part.matrix[part.exact]
    for _ in range(_ROUNDS):
        if not len(seen.breaches):
            break
        batch = _apart(all_rows, seen.breaches)
        need = width - 1 + seen.low[batch]
        price = np.where(withheld | part.held, 0.0, part.cost)
        move = cheapest_table(part, price, batch, need, near(width))
        if move is None:
            break
        before = withheld.copy()
        withheld[move.cells] |= ~part.held[move.cells]
        seen = audit(part, withheld, width, (*seen.moves, move), singly=False, far=False)
        if (before == withheld).all() and np.isin(batch, seen.breaches).all():
            break
    return withheld, seen


def _apart(rows: Any, cells: Whole) -> Whole:  # noqa: ANN401
    """Some of the figures, of which no two stand in one sum."""
    columns = rows[:, cells].tocsc()
    taken = np.zeros(rows.shape[0], np.bool_)
    chosen = []
    for place in range(len(cells)):
        own = columns.indices[columns.indptr[place] : columns.indptr[place + 1]]
        if not taken[own].any():
            taken[own] = True
            chosen.append(place)
    return cells[chosen]
