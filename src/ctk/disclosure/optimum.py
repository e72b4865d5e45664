"""The cheapest figures to withhold, exactly: for tables small enough.

Whatever is not enough shows what must be added to: at least one figure of those that remained
published. The lightest set that meets all such demands is audited; if it is enough, no lighter one
can be, for it met only demands that every sufficient set meets.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ctk.disclosure.audit import audit
from ctk.validate.solver import UndecidedError, cover

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctk.disclosure.system import Flags, System

_SMALL = 12
_FEW = 40
_ROUNDS = 200
_SECONDS = 600.0


def is_small(system: System) -> bool:
    """Whether there are few enough figures, and few that may be withheld, for the best choice."""
    return bool(system.eligible.sum() <= _SMALL and system.size <= _FEW)


def cheapest(system: System, width: int) -> Flags | None:
    """The figures to withhold with the least cost; None: it could not be told, or nothing helps."""
    demands: list[frozenset[int]] = []
    cost = {cell: int(system.cost[cell]) for cell in range(system.size)}
    for _ in range(_ROUNDS):
        try:
            chosen = cover(demands, (), cost, None, _SECONDS) if demands else frozenset[int]()
        except UndecidedError:
            return None
        withheld = _flags(system, chosen or ())
        seen = audit(system, withheld, width)
        if not seen.decided:
            return None
        if not len(seen.breaches):
            return withheld
        demand = _demand(system, withheld, width, int(seen.breaches[0]))
        if not demand:
            return None
        demands.append(demand)
    return None


def _demand(system: System, withheld: Flags, width: int, cell: int) -> frozenset[int]:
    """Figures of which one must be withheld for the sake of `cell`, as few as can be told."""
    alone = replace(system, primary=_flags(system, (cell,)))
    without = withheld.copy()
    for other in np.flatnonzero(system.eligible & ~withheld):
        without[other] = True
        seen = audit(alone, without, width)
        if not seen.decided or cell not in seen.breaches:
            without[other] = False
    return frozenset(np.flatnonzero(system.eligible & ~without).tolist())


def _flags(system: System, cells: Iterable[int]) -> Flags:
    flags = np.zeros(system.size, np.bool_)
    flags[list(cells)] = True
    return flags
