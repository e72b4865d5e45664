"""One system of what is published now and of what earlier releases have told.

A figure that stands unchanged in several releases is one figure: published in one, it is known.
One that was corrected in between is two figures, of which nobody knows how they differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from ctk.disclosure.layers import ABSENT, MAJORITY
from ctk.disclosure.sums import Sums, add_growth, add_layer
from ctk.disclosure.system import System
from ctk.indicators import COMMUNES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctk.disclosure.layers import Figure, Layer
    from ctk.disclosure.system import Flags, Whole
    from ctk.indicators import Catalogue
    from ctk.settings import Policy

_OTHER_TOPIC = 4
"""How much dearer it is to withhold a figure that is not sensitive itself."""
_WHOLE_UNIT = 2
"""How much dearer a figure of the whole is than one of a unit in it."""


@dataclass(frozen=True)
class Assembly:
    """The system, and where the figures of each release stand in it.

    Args:
        system: All figures of all releases.
        cells: For each release, unit x figure: the number in the system, -1 where there is none.
        exposed: Small sensitive figures of this release that an earlier one has published.
    """

    system: System
    cells: tuple[Whole, ...]
    exposed: Flags


def assemble(
    now: Sequence[Layer],
    earlier: Sequence[Layer],
    policy: Policy,
    sensitive: Mapping[str, str],
    catalogue: Catalogue,
) -> Assembly:
    """Tie all releases together.

    Args:
        now: What is to be published.
        earlier: What was published before, with what was withheld then.
        policy: What is protected.
        sensitive: The topic of each sensitive element.
        catalogue: What ties elements and measures.
    """
    layers = (*now, *earlier)
    numbering = _Numbering()
    cells = tuple(numbering.number(layer) for layer in layers)
    sums = Sums()
    for layer, own in zip(layers, cells, strict=True):
        add_layer(sums, layer, own, catalogue)
    for one, other in permutations(zip(layers, cells, strict=True), 2):
        first, second = one[0].period, other[0].period
        if first.year == second.year and first.months < second.months:
            add_growth(sums, one, other, catalogue)
    values = np.array(numbering.values, np.int64)
    facts = _Facts(values, policy, sensitive)
    for layer, own in zip(layers, cells, strict=True):
        facts.read(layer, own)
    matrix, exact, slack = sums.matrix(values)
    system = System(
        matrix,
        exact,
        slack,
        values,
        np.where(facts.rest, values, np.maximum(values - facts.lowest, 0)),
        facts.small & ~facts.known,
        (facts.small | facts.rest | facts.withheld) & ~facts.known,
        facts.eligible & ~facts.known & ~facts.small & ~facts.rest & ~facts.withheld,
        facts.cost,
    )
    return Assembly(system, cells, facts.small & facts.known & facts.present)


class _Numbering:
    """Gives each figure its number; the same figure with the same value has one number."""

    def __init__(self) -> None:
        self.values: list[int] = []
        self._numbers: dict[tuple[object, ...], int] = {}

    def number(self, layer: Layer) -> Whole:
        cells = np.full(layer.values.shape, ABSENT, np.int64)
        period = str(layer.period)
        for u, f in np.argwhere(layer.values != ABSENT).tolist():
            value = int(layer.values[u, f])
            key = (period, layer.units[u], layer.figures[f], value)
            number = self._numbers.setdefault(key, len(self.values))
            if number == len(self.values):
                self.values.append(value)
            cells[u, f] = number
        return cells


class _Facts:
    """What is true of each figure, gathered from all releases that show it."""

    def __init__(self, values: Whole, policy: Policy, sensitive: Mapping[str, str]) -> None:
        self._values, self._policy, self._sensitive = values, policy, sensitive
        size = len(values)
        self.small, self.rest, self.known, self.withheld, self.eligible, self.present = (
            np.zeros(size, np.bool_) for _ in range(6)
        )
        self.lowest = np.full(size, policy.lowest, np.int64)
        self.cost = np.ones(size, np.int64)

    def read(self, layer: Layer, cells: Whole) -> None:
        uses = _uses(layer)
        above = {layer.units.index(unit) for unit in layer.parents.values()}
        whole = np.isin(np.arange(len(layer.units)), list(above))
        for column, figure in enumerate(layer.figures):
            there = cells[:, column] != ABSENT
            own = cells[there, column]
            topic = self._is_sensitive(figure, layer)
            values = self._values[own]
            if topic:
                self.small[own] |= self._is_small(values, rest=figure.ethnicity == MAJORITY)
            if figure.ethnicity == MAJORITY:
                self.rest[own] = True
            elif layer.withheld is None:
                price = (values_bits(values) + uses.get(figure, 0)) * (1 if topic else _OTHER_TOPIC)
                self.cost[own] = np.where(whole[there], _WHOLE_UNIT, 1) * (1 + price)
                self.eligible[own] = (values >= self._policy.lowest) & (COMMUNES not in figure.id)
                self.present[own] = True
            else:
                self._read_earlier(layer, own, layer.withheld[there, column])

    def _read_earlier(self, layer: Layer, own: Whole, withheld: Flags) -> None:
        """What an earlier release said; its choice stands while the office protects the same."""
        self.known[own] |= ~withheld
        old = layer.policy
        if old is not None:
            self.lowest[own[withheld]] = np.maximum(self.lowest[own[withheld]], old.lowest)
        sticks = withheld & (~self.present[own] | (old == self._policy))
        self.withheld[own] |= sticks

    def _is_small(self, values: Whole, *, rest: bool) -> Flags:
        """Whether a sensitive count is to be protected; a rest of 0 is nobody's."""
        lowest = 1 if rest else self._policy.lowest
        flags: Flags = (values >= lowest) & (values < self._policy.threshold)
        return flags

    def _is_sensitive(self, figure: Figure, layer: Layer) -> bool:
        elements = layer.elements.get(figure.id, (figure.id,))
        return any(id_ in self._sensitive for id_ in elements)


def values_bits(values: Whole) -> Whole:
    """How many binary digits each value has: what is lost with it grows slowly with its size."""
    return np.array([int(value).bit_length() for value in values], np.int64)


def _uses(layer: Layer) -> dict[Figure, int]:
    """How many measures are lost with a figure."""
    found: dict[Figure, int] = {}
    for figures in layer.sources.values():
        for figure in figures:
            found[figure] = found.get(figure, 0) + 1
    return found
