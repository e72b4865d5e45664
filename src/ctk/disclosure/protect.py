"""Protects the figures of a report: which are withheld, why, and what others can still learn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.disclosure.assemble import Assembly, assemble
from ctk.disclosure.audit import audit
from ctk.disclosure.choose import Choice, choose
from ctk.disclosure.layers import ABSENT, MAJORITY, Figure, Layer
from ctk.disclosure.sensitive import load_sensitive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pandas import DataFrame

    from ctk.disclosure.system import Flags, Whole
    from ctk.indicators import Catalogue
    from ctk.periods import Period
    from ctk.settings import Policy

PRIMARY, SECONDARY = "primary", "secondary"
WITHHELD = "withheld"
_EMPTIED = ("value", "partial", "numerator", "denominator")
_SLICE = ("sex", "age", "ethnicity", "area")


@dataclass(frozen=True, slots=True)
class Kept:
    """A figure that is not published.

    Args:
        period: Its period.
        unit: Its unit.
        figure: Element or term of a measure, and slice.
        value: The true value: for the office only.
        reason: `primary`: small itself; `secondary`: withheld so that others cannot be computed.
        low: The least that others must hold possible.
        high: The most, as far as was looked.
    """

    period: Period
    unit: str
    figure: Figure
    value: int
    reason: str
    low: int
    high: int


@dataclass(frozen=True)
class Protection:
    """What is withheld in a release.

    Args:
        layers: What is published, with what is withheld.
        kept: The figures that are withheld, for the office only.
        breaches: Figures that cannot be protected; nothing may be published if there is one.
        exposed: Small figures that an earlier release has published already.
        optimal: Whether no cheaper choice would be enough.
        policy: What was protected.
    """

    layers: tuple[Layer, ...]
    kept: tuple[Kept, ...]
    breaches: tuple[Kept, ...]
    exposed: tuple[Kept, ...]
    optimal: bool
    policy: Policy

    def count(self, reason: str) -> int:
        """How many figures are withheld for a reason."""
        return sum(each.reason == reason for each in self.kept)


def protect(
    now: Sequence[Layer], earlier: Sequence[Layer], policy: Policy, catalogue: Catalogue
) -> Protection:
    """Choose what is withheld, and audit it against all that is and was published.

    Args:
        now: What is to be published.
        earlier: What earlier releases published and withheld.
        policy: What is protected.
        catalogue: What ties elements and measures.
    """
    assembly = assemble(now, earlier, policy, load_sensitive(catalogue), catalogue)
    choice = choose(assembly.system, policy.width)
    if len(choice.seen.breaches) and earlier:
        assembly = _without_told(assembly, policy.width)
        choice = choose(assembly.system, policy.width)
    withheld = choice.withheld | assembly.system.held
    layers = tuple(
        replace(layer, withheld=_at(cells, withheld), policy=policy)
        for layer, cells in zip(now, assembly.cells, strict=False)
    )
    return Protection(
        layers,
        tuple(_listed(now, assembly, choice, withheld)),
        tuple(_listed(now, assembly, choice, _flags(choice.seen.breaches, len(withheld)))),
        tuple(_listed(now, assembly, choice, assembly.exposed)),
        choice.optimal,
        policy,
    )


def _without_told(assembly: Assembly, width: int) -> Assembly:
    """Give up what earlier releases tell already, even if everything is withheld from now on."""
    system = assembly.system
    told = _flags(audit(system, system.eligible, width).breaches, system.size)
    left = replace(system, primary=system.primary & ~told)
    return replace(assembly, system=left, exposed=assembly.exposed | told)


def _at(cells: Whole, withheld: Flags) -> Flags:
    """Whether each figure of a layer is withheld."""
    found: Flags = (cells != ABSENT) & withheld[np.where(cells == ABSENT, 0, cells)]
    return found


def _flags(cells: Whole, size: int) -> Flags:
    flags = np.zeros(size, np.bool_)
    flags[cells] = True
    return flags


def _listed(
    layers: Sequence[Layer], assembly: Assembly, choice: Choice, wanted: Flags
) -> Iterator[Kept]:
    system, seen = assembly.system, choice.seen
    for layer, cells in zip(layers, assembly.cells, strict=False):
        for u, f in np.argwhere(_at(cells, wanted)).tolist():
            cell, figure = int(cells[u, f]), layer.figures[f]
            if figure.ethnicity != MAJORITY or system.primary[cell]:
                value = int(system.values[cell])
                reason = PRIMARY if system.primary[cell] else SECONDARY
                ends = value + int(seen.low[cell]), value + int(seen.high[cell])
                yield Kept(layer.period, layer.units[u], figure, value, reason, *ends)


def hide(frame: DataFrame, id_column: str, layers: Sequence[Layer]) -> DataFrame:
    """Empty what is withheld in a frame of an aggregation and mark it.

    Args:
        frame: Measures or elements; any periods of the layers.
        id_column: `measure` or `element`.
        layers: What is published, see `Protection.layers`.
    """
    closed = {key for layer in layers for key in _closed(layer)}
    keys = zip(frame["period"], frame["unit"], frame[id_column], *(frame[n] for n in _SLICE),
               strict=True)  # fmt: skip
    marks = np.array([(str(p), u, Figure(*rest)) in closed for p, u, *rest in keys], np.bool_)
    emptied: dict[str, Any] = {name: frame[name].mask(marks) for name in _EMPTIED if name in frame}
    return frame.assign(**emptied, **{WITHHELD: marks})


def _closed(layer: Layer) -> Iterator[tuple[str, str, Figure]]:
    """What must not be printed: figures withheld, and measures that would tell one."""
    if layer.withheld is None:
        return
    period = str(layer.period)
    place = {figure: i for i, figure in enumerate(layer.figures)}
    for u, f in np.argwhere(layer.withheld).tolist():
        yield period, layer.units[u], layer.figures[f]
    for measure, figures in layer.sources.items():
        told = layer.withheld[:, [place[figure] for figure in figures]].any(axis=1)
        for u in np.flatnonzero(told).tolist():
            yield period, layer.units[u], measure
