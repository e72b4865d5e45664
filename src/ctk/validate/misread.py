"""Cells whose figure cannot be used: what they must be if the figures around them are right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ctk.validate.linear import System

_MOST_COMBINATIONS = 256

Readings = dict[int, str]
"""What a cell may mean, with the name of the reading."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A cell's value as the relations fix it; not `sure` if what is typed speaks against it."""

    value: int
    kind: str
    sure: bool = True


def settle(system: System, typed: Mapping[int, Readings]) -> dict[int, Settled]:
    """Find the values of figures that are not known.

    Args:
        system: The figures that are known, and the relations.
        typed: By figure that is not known, the counts that its cell may mean.
    """
    found = {figure: _alone(system, figure, readings) for figure, readings in typed.items()}
    settled = {figure: value for figure, value in found.items() if value is not None}
    left = {f: readings for f, readings in typed.items() if f not in settled and readings}
    for figures in _together(system, left):
        settled |= _jointly(system, {figure: left[figure] for figure in figures})
    return settled


def _alone(system: System, figure: int, readings: Readings) -> Settled | None:
    span = system.span(figure)
    if span.exact and span.value is not None:
        kind = readings.get(span.value)
        return Settled(span.value, kind or "implied", sure=kind is not None or not readings)
    fitting = [value for value in readings if value in span]
    if len(fitting) == 1 < len(readings):
        return Settled(fitting[0], readings[fitting[0]])
    return None


def _together(system: System, left: Mapping[int, Readings]) -> Iterator[list[int]]:
    """Figures that relations tie to each other and to nothing else that is not known."""
    groups: list[set[int]] = []
    for members in _ties(system, left):
        near = [group for group in groups if group & members]
        groups = [group for group in groups if not group & members]
        groups.append(members.union(*near))
    for group in groups:
        if math.prod(len(left[figure]) for figure in group) <= _MOST_COMBINATIONS:
            yield sorted(group)


def _ties(system: System, left: Mapping[int, Readings]) -> Iterator[set[int]]:
    touching = system.rows.touching
    for r in sorted({r for figure in left for r in touching.get(figure, ())}):
        unknown = {f for f in system.rows.relations[r].figures if f not in system.values}
        if len(unknown) > 1 and unknown <= left.keys():
            yield unknown


def _jointly(system: System, typed: Mapping[int, Readings]) -> dict[int, Settled]:
    """The only combination of readings that fits, where an exact relation confirms it."""
    figures = sorted(typed)
    fitting = [
        values
        for values in product(*(typed[figure] for figure in figures))
        if _all_hold(system.changed(dict(zip(figures, values, strict=True))), figures)
    ]
    if len(fitting) != 1:
        return {}
    (values,) = fitting
    after = system.changed(dict(zip(figures, values, strict=True)))
    exact = {
        f
        for r in after.tested(figures)
        if after.rows.relations[r].exact
        for f in after.rows.relations[r].figures
    }
    chosen = zip(figures, values, strict=True)
    return {f: Settled(value, typed[f][value]) for f, value in chosen if f in exact}


def _all_hold(system: System, figures: Sequence[int]) -> bool:
    return not system.broken(system.tested(figures))
