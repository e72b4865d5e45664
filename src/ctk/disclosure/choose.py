"""Chooses what is withheld beside the small figures themselves: the best choice or a sound one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ctk.disclosure.audit import Audit, Move, audit, near
from ctk.disclosure.heuristic import enough
from ctk.disclosure.optimum import cheapest, is_small
from ctk.disclosure.system import FAR

if TYPE_CHECKING:
    from ctk.disclosure.system import Flags, System, Whole

_HOPS = (1, 2, 4, 8)
"""How far around a figure that is still unsafe everything is withheld, if nothing else helps."""


@dataclass(frozen=True)
class Choice:
    """What is withheld to protect the small figures.

    Args:
        withheld: The figures chosen, without those that are held anyway.
        seen: The audit of everything together.
        optimal: Whether no cheaper choice is enough.
    """

    withheld: Flags
    seen: Audit
    optimal: bool


def choose(system: System, width: int) -> Choice:
    """Choose figures to withhold until the audit finds no breach, or nothing helps.

    A breach that remains stands in `seen`; nobody may publish then.
    """
    withheld = np.zeros(system.size, np.bool_)
    usable = np.flatnonzero(system.eligible | system.held)
    open_ = system.only(usable)
    large: list[Whole] = []
    for part in open_.parts(FAR):
        own = open_.only(part)
        if not own.primary.any():
            continue
        best = cheapest(own, width) if is_small(own) else None
        if best is None:
            large.append(part)
        else:
            withheld[usable[part]] = best
    moves: list[Move] = []
    for part in large:
        withheld[usable[part]], found = enough(open_.only(part), width)
        moves += [move.within(usable[part]) for move in found]
    seen = audit(system, withheld, width, moves)
    for hops in _HOPS:
        if not len(seen.breaches):
            break
        for cell in seen.breaches.tolist():
            near_by = system.around(cell, hops, near(width))
            withheld[near_by] |= system.eligible[near_by]
        seen = audit(system, withheld, width, seen.moves)
    return Choice(withheld, seen, not large)
