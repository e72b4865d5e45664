"""Chooses the submissions that count and ties each to the unit it adds up to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ctk.aggregate.own_figures import own_files, put_in
from ctk.aggregate.roll_up import Grouping, Totals, expected_by_area, roll_up
from ctk.errors import UsageError
from ctk.model import Level, Unit
from ctk.units.lookup import communes_under, has_districts, is_urban, path_to_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctk.frame import Batch
    from ctk.periods import Period

Side = Literal["urban", "rural"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Submissions of a period that count, by commune, and communes whose files contradict."""

    by_commune: dict[str, int]
    contradicting: tuple[str, ...]


def periods_of(batch: Batch) -> tuple[Period, ...]:
    """The periods that the batch's files are of, earliest first."""
    return tuple(sorted({s.period for s in batch.submissions if s.period is not None}))


def choose(batch: Batch, period: Period) -> Chosen:
    """Take one submission for each commune; of several different ones none.

    Files of the same bytes count once, and one that says that it replaces the others counts alone.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for i, submission in enumerate(batch.submissions):
        unit = submission.unit
        if i in batch.superseded:
            continue
        if unit is not None and unit.level is Level.COMMUNE and submission.period == period:
            found[unit.code].append(i)
    single = {code: all_[0] for code, all_ in found.items() if _same(batch, all_)}
    return Chosen(single, tuple(sorted(set(found) - set(single))))


def codes_spoken_for(batch: Batch, period: Period) -> tuple[str, ...]:
    """Units with a file that may count: communes, and units that report of themselves."""
    chosen = choose(batch, period)
    own = (batch.submissions[place] for place in sorted(batch.own_figures))
    units = (each.unit.code for each in own if each.unit and each.period == period)
    return (*chosen.by_commune, *chosen.contradicting, *units)


def _same(batch: Batch, submissions: list[int]) -> bool:
    return len({batch.submissions[i].sha256 for i in submissions}) == 1


def targets_above(codes: Iterable[str], level: Level, period: Period) -> tuple[Unit, ...]:
    """The units of a level in which the given communes lie, by code.

    Raises:
        UsageError: `no_districts`: the period ends when there is no district level.
    """
    check_level(level, period)
    above = {
        unit.code: unit
        for code in codes
        for unit in path_to_root(code, period.end)
        if unit.level is level
    }
    return tuple(above[code] for code in sorted(above))


def check_level(level: Level, period: Period) -> None:
    """Refuse a level that did not exist at the end of the period.

    Raises:
        UsageError: `no_districts`.
    """
    if level is Level.DISTRICT and not has_districts(period.end):
        raise UsageError("no_districts", period=str(period))


def add_up(
    batch: Batch, period: Period, targets: tuple[Unit, ...], special_zone: Side | None
) -> Totals:
    """Add the batch's submissions of a period up to units that do not overlap.

    Args:
        batch: The files as read.
        period: Only submissions of this period count.
        targets: Units of one level.
        special_zone: Side of a đặc khu; None: units with one have no urban and rural figures.
    """
    communes = [communes_under(target.code, period.end) for target in targets]
    sides = [[is_urban(unit, special_zone) for unit in units] for units in communes]
    return add_up_communes(batch, period, targets, communes, sides)


def add_up_communes(
    batch: Batch,
    period: Period,
    targets: tuple[Unit, ...],
    communes: Sequence[Sequence[Unit]],
    sides: Sequence[Sequence[bool | None]],
) -> Totals:
    """Add submissions up to units whose communes are given; see `add_up`.

    Args:
        batch: The files as read.
        period: Only submissions of this period count.
        targets: The units.
        communes: The communes of each, none in two of them.
        sides: Whether each of these is urban; None: not known.
    """
    chosen = choose(batch, period)
    home = {unit.code: i for i, units in enumerate(communes) for unit in units}
    side_of = {
        unit.code: side
        for units, own in zip(communes, sides, strict=True)
        for unit, side in zip(units, own, strict=True)
    }
    kept = [(i, code) for code, i in chosen.by_commune.items() if code in home]
    expected, sided = expected_by_area(sides)
    grouping = Grouping(
        targets,
        np.array([i for i, _ in kept], np.intp),
        np.array([home[code] for _, code in kept], np.intp),
        np.array([_side_number(side_of[code]) for _, code in kept], np.int8),
        expected,
        sided,
    )
    totals = roll_up(batch, grouping, period)
    missing = {
        target.code: tuple(unit for unit in units if unit.code not in chosen.by_commune)
        for target, units in zip(targets, communes, strict=True)
    }
    own = own_files(batch, period, targets)
    elements = put_in(totals.elements, batch, period, own)
    return Totals(totals.values, elements, totals.form_rates, missing, own)


def _side_number(side: bool | None) -> int:
    return -1 if side is None else int(side)
