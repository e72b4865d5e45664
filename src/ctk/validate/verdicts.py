"""What can be said about the broken relations of one submission: which cells, which values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctk.validate.linear import MOST
from ctk.validate.localise import Limits, localise
from ctk.validate.patterns import slips, strong_slip
from ctk.validate.rearranged import Grid, only_reading, rearrangements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ctk.validate.linear import Span, System
    from ctk.validate.localise import Located

SLACK = 499
"""Less than half a figure's weight: repairs of as many figures are found, larger ones are not."""

_FIGURE, _HELD, _PLAIN = 1000, 6, 3
_FEW, _MANY = 2, 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """A suggestion about figures that no person has seen yet.

    Attributes:
        kind: What is suggested; a key of the wording.
        broken: The broken relations that it explains.
        figures: The figures that are (or may be) wrong.
        values: What each of them should be; None where that stays open.
        sure: Whether no other set of as few figures can be the wrong one.
        count: How many of the figures are wrong at least.
        bounds: Least and most that the figure can be, where it is not one value.
    """

    kind: str
    broken: tuple[int, ...]
    figures: tuple[int, ...] = ()
    values: tuple[int | None, ...] = ()
    sure: bool = False
    count: int = 1
    bounds: tuple[int, int | None] | None = None


def judge(
    system: System,
    broken: Sequence[int],
    doubtful: frozenset[int],
    grid: Callable[[], Grid],
    limits: Limits | None = None,
) -> list[Verdict]:
    """Say what the broken relations of a submission tell.

    Args:
        system: The submission's figures and the relations.
        broken: The relations that do not hold.
        doubtful: Figures whose cells were not plain numbers.
        grid: Makes the grid; only called for faults of several figures.
        limits: How much to try.
    """
    limits = limits or Limits()
    located = localise(system, broken, _weight(system, broken, doubtful), SLACK, limits)
    wide = frozenset(r for group in located if not _single(group) for r in group.broken)
    readings = []
    if wide or len(located) >= _MANY:
        groups = [group.broken for group in located]
        found = rearrangements(system, grid(), groups)
        readings = [one for one in found if _explains(one.mended, wide, groups)]
    verdicts: dict[Verdict, None] = {}
    for group in located:
        moved = only_reading(readings, group.broken)
        if moved is not None:
            figures = tuple(moved.assignment)
            values = tuple(moved.assignment.values())
            mended = tuple(sorted(moved.mended))
            verdicts[Verdict(moved.kind, mended, figures, values, count=len(figures))] = None
        else:
            verdicts[_about(system, group, limits)] = None
    return list(verdicts)


def _explains(
    mended: frozenset[int], wide: frozenset[int], groups: Sequence[Sequence[int]]
) -> bool:
    """One rearrangement is simpler than several wrong figures, but not than one or two."""
    whole = sum(mended.issuperset(group) for group in groups)
    return whole >= _MANY or not mended.isdisjoint(wide)


def _single(group: Located) -> bool:
    return group.decided and len(group.repairs[0]) == 1


def _weight(
    system: System, broken: Sequence[int], doubtful: frozenset[int]
) -> Callable[[int], int]:
    """A figure weighs 1000 and a little more the more speaks for it.

    So the number of figures comes first; the rest only orders sets of equally many.
    """
    bad = frozenset(broken)
    known: dict[int, int] = {}

    def weight(figure: int) -> int:
        if figure not in known:
            held = len(set(system.tested([figure])) - bad)
            plain = 0 if figure in doubtful else _PLAIN
            known[figure] = _FIGURE + min(held, _HELD) + plain
        return known[figure]

    return weight


def _about(system: System, group: Located, limits: Limits) -> Verdict:
    if not group.decided:
        return Verdict("undecided", group.broken)
    first, *others = group.repairs
    if len(first) > 1:
        return _several(system, group, limits)
    spans = {figure: system.span(figure) for repair in group.repairs for figure in repair}
    return _one_of(system, group, spans) if others else _only(system, group, first[0], spans)


def _only(system: System, group: Located, figure: int, spans: dict[int, Span]) -> Verdict:
    span = spans[figure]
    if span.value is None:
        bounds = span.low, None if span.high >= MOST else span.high
        return Verdict("range", group.broken, (figure,), (None,), sure=True, bounds=bounds)
    kind = slips(system.values[figure]).get(span.value, "value")
    return Verdict(kind, group.broken, (figure,), (span.value,), sure=True)


def _one_of(system: System, group: Located, spans: dict[int, Span]) -> Verdict:
    """Several figures explain the fault equally well; only a particular slip tells them apart."""
    slipped = [
        (figure, span.value)
        for figure, span in spans.items()
        if span.value is not None and span.value in slips(system.values[figure])
    ]
    if len(slipped) == 1:
        ((figure, value),) = slipped
        kind = strong_slip(system.values[figure], value)
        if kind is not None:
            return Verdict(kind, group.broken, (figure,), (value,))
    return Verdict("one_of", group.broken, tuple(spans), (None,) * len(spans))


def _several(system: System, group: Located, limits: Limits) -> Verdict:
    first = group.repairs[0]
    count = len(first)
    if len(group.repairs) > 1:
        figures = tuple(dict.fromkeys(f for repair in group.repairs for f in repair))
        return Verdict("several", group.broken, figures, (None,) * len(figures), count=count)
    values = _values(system, first, limits)
    kind = "values" if None not in values else "cells"
    return Verdict(kind, group.broken, first, values, sure=count <= _FEW, count=count)


def _values(system: System, figures: Sequence[int], limits: Limits) -> tuple[int | None, ...]:
    """The values of figures that are wrong together, where the relations leave only one."""
    from ctk.validate import solver  # noqa: PLC0415  (scipy, for the few files that need it)

    tested = system.tested(figures)
    found: list[int | None] = []
    for figure in figures:
        try:
            low, high = solver.extent(system, figures, tested, figure, limits.seconds)
        except solver.UndecidedError:
            low, high = 0, MOST
        found.append(low if low == high else None)
    return tuple(found)
