"""Figures in each other's cells: sexes or rows exchanged, rows or columns shifted by one.

A rearrangement is a reading of a submission only if all relations it touches hold afterwards and
all faults that it touches are gone.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ctk.validate.linear import System

_EVIDENCE = {
    "swapped_sexes": 1, "swapped_sex_columns": 2, "swapped_rows": 2, "shifted_columns": 1,
    "shifted_rows": 3,
}  # fmt: skip
"""How many broken relations must be seen to hold for each kind: the freer the kind, the more."""

_LEAST_RUN, _MOST_RUN = 3, 30
_MOST_FAULTS = 80
"""Where more figures are concerned only whole columns are tried."""

Place = tuple[int, int, int]
Assignment = dict[int, int | None]


@dataclass(frozen=True, slots=True)
class Rearranged:
    """One reading: what each figure would be (None: its own figure is lost), and what it mends."""

    kind: str
    assignment: Assignment
    mended: frozenset[int]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the figures of a submission stand: (sheet, row, column), and the pairs of sexes."""

    places: Mapping[Place, int]
    sexes: Sequence[tuple[int, int]]


def rearrangements(system: System, grid: Grid, groups: Sequence[Sequence[int]]) -> list[Rearranged]:
    """All readings that mend whole groups of broken relations, by what they mend and cells changed.

    Args:
        system: Figures and relations.
        grid: Where the figures stand.
        groups: Broken relations that belong together.
    """
    rows = system.rows.relations
    concerned = {f for group in groups for r in group for f in rows[r].figures}
    found: dict[frozenset[tuple[int, int | None]], Rearranged] = {}
    for kind, assignment in _proposals(system, grid, concerned):
        changed = {f: v for f, v in assignment.items() if system.values.get(f) != v}
        mended, evidence = _mended(system, changed, groups)
        if evidence >= _EVIDENCE[kind]:
            found.setdefault(frozenset(changed.items()), Rearranged(kind, changed, mended))
    return sorted(found.values(), key=lambda one: (-len(one.mended), len(one.assignment)))


def only_reading(readings: Sequence[Rearranged], group: Sequence[int]) -> Rearranged | None:
    """The reading that mends a group, if no other one mends as much with as few cells."""
    fitting = [one for one in readings if one.mended.issuperset(group)]
    if not fitting:
        return None
    first = fitting[0]
    size = len(first.mended), len(first.assignment)
    alike = [one for one in fitting if (len(one.mended), len(one.assignment)) == size]
    return first if len(alike) == 1 else None


def _mended(
    system: System, changed: Assignment, groups: Sequence[Sequence[int]]
) -> tuple[frozenset[int], int]:
    """Broken relations that are gone, and how many of them are seen to hold.

    None if any relation does not hold, or only half a group is mended.
    """
    nothing = frozenset[int](), 0
    before = frozenset(system.broken(system.tested(changed)))
    if not all(before.isdisjoint(group) or before.issuperset(group) for group in groups):
        return nothing
    after = system.changed(changed)
    tested = after.tested(changed)
    lost = [after.span(figure) for figure, value in changed.items() if value is None]
    if after.broken(tested) or any(span.low > span.high for span in lost):
        return nothing
    # A figure that is lost is evidence only where several sums agree on it.
    agreed = sum(max(0, span.exact - 1) for span in lost)
    seen = before.intersection(tested)
    rows = system.rows.relations
    exact = any(rows[r].exact for r in seen)
    return before, len(seen) + agreed if exact or agreed or None not in changed.values() else 0


def _proposals(system: System, grid: Grid, concerned: set[int]) -> Iterator[tuple[str, Assignment]]:
    known = system.values
    for pair in grid.sexes:
        if concerned.intersection(pair) and all(figure in known for figure in pair):
            yield "swapped_sexes", _exchanged(system, [pair])
    sheets: dict[int, dict[int, dict[int, int]]] = {}
    for (sheet, row, column), figure in grid.places.items():
        sheets.setdefault(sheet, {}).setdefault(row, {})[column] = figure
    for rows in sheets.values():
        here = {figure for cells in rows.values() for figure in cells.values()}
        if not here.isdisjoint(concerned):
            pairs = [p for p in grid.sexes if p[0] in here and all(f in known for f in p)]
            yield "swapped_sex_columns", _exchanged(system, pairs)
        if not here.isdisjoint(concerned) and len(concerned) <= _MOST_FAULTS:
            yield from _moved(system, [rows[row] for row in sorted(rows)], concerned)


def _exchanged(system: System, pairs: Iterable[tuple[int, int]]) -> Assignment:
    found: Assignment = {}
    for one, other in pairs:
        found |= {one: system.values[other], other: system.values[one]}
    return found


def _moved(
    system: System, rows: Sequence[dict[int, int]], concerned: set[int]
) -> Iterator[tuple[str, Assignment]]:
    """Rows in each other's place, runs of rows a row too high or low, cells a column off."""
    bad = [i for i, row in enumerate(rows) if concerned.intersection(row.values())]
    near = {place for i in bad for place in (i - 1, i)}
    for i in sorted(near.intersection(range(len(rows) - 1))):
        upper, lower = rows[i], rows[i + 1]
        if upper.keys() == lower.keys():
            pairs = [(upper[c], lower[c]) for c in upper]
            if all(f in system.values for pair in pairs for f in pair):
                yield "swapped_rows", _exchanged(system, pairs)
    for i in bad:
        cells = [rows[i][column] for column in sorted(rows[i])]
        for line in (cells, cells[::-1]):
            for start in range(len(line) - 2):
                yield "shifted_columns", _shifted(system, [[f] for f in line[start:]])
    yield from _shifted_rows(system, rows, bad)


def _shifted_rows(
    system: System, rows: Sequence[dict[int, int]], bad: Sequence[int]
) -> Iterator[tuple[str, Assignment]]:
    """Runs of rows asked in the same columns that begin and end near a fault, in both directions.

    Only figures that a form asks are known, so a row that asks other columns ends a run.
    """
    near = sorted({j for i in bad for j in (i - 1, i, i + 1) if 0 <= j < len(rows)})
    for start in near:
        for end in near:
            run = rows[start : end + 1]
            if _LEAST_RUN <= len(run) <= _MOST_RUN and all(r.keys() == run[0].keys() for r in run):
                lines = [[row[column] for column in sorted(row)] for row in run]
                yield "shifted_rows", _shifted(system, lines)
                yield "shifted_rows", _shifted(system, lines[::-1])


def _shifted(system: System, lines: Sequence[Sequence[int]]) -> Assignment:
    """Each line gets what stands in the next one; the figures of the last are lost."""
    found: Assignment = {}
    for here, there in itertools.pairwise(lines):
        found |= {f: system.values.get(g) for f, g in zip(here, there, strict=True)}
    return found | dict.fromkeys(lines[-1])
