"""The cheapest other table that could be the true one: one linear program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import block_array, coo_array, eye_array

from ctk.disclosure.audit import Move
from ctk.validate.solver import Program, UndecidedError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ctk.disclosure.system import System, Whole

_SECONDS = 600.0
_WHOLE = 1e-6
_SHORT = 10_000.0
"""What it costs to leave a figure short of its need by one: more than any detour."""


def cheapest_table(
    part: System, price: NDArray[np.float64], cells: Whole, need: Whole, reach: int
) -> Move | None:
    """The table with the least price, by what it changes, in which figures rise by their need.

    It may change a figure by no whole number; then what it changes is still told.
    """
    rows = part.binding(reach)
    matrix, exact = part.matrix[rows], part.exact[rows]
    count = len(cells)
    rise = coo_array((np.full(count, -1), (np.arange(count), cells)), shape=(count, part.size))
    blocks = [[matrix, -matrix, None], [rise, -rise, -eye_array(count, dtype=np.int64)]]
    most = np.concatenate([part.slack[rows], -need]).astype(np.float64)
    fixed = np.concatenate([exact, np.zeros(count, np.bool_)])
    fall = np.minimum(part.down, reach)
    upper = np.concatenate([np.full(part.size, reach), fall, need]).astype(np.float64)
    goal = np.concatenate([price, price, np.full(count, _SHORT)])
    program = Program(
        block_array(blocks, format="csr"), np.where(fixed, most, -np.inf), most, upper, _SECONDS
    )
    try:
        found = program.any_numbers(goal)
    except UndecidedError:
        return None
    if found is None:
        return None
    change = found[: part.size] - found[part.size : 2 * part.size]
    moved = np.flatnonzero(np.abs(change) > _WHOLE)
    return Move(moved, np.rint(change[moved]).astype(np.int64))
