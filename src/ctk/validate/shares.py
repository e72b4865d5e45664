"""Shares that are hardly possible: one count against others, with limits that an office may set.

A small commune may have any share by chance, so a share is odd only if the count is also further
from the limit than chance explains, and only above a floor.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ctk.errors import CatalogueError
from ctk.validate.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ctk.indicators import Catalogue
    from ctk.validate.rules import Rule

STANDARD_ERRORS = 3.0
"""How far beyond a limit a count must be, in standard errors of that limit's share."""


@dataclass(frozen=True, slots=True)
class OddShare:
    """A share outside its limits, and the figures that it is made of."""

    submission: int
    rule: str
    part: tuple[int, ...]
    of: tuple[int, ...]
    share: float
    size: float


@cache
def figures_of(
    catalogue: Catalogue, rule_id: str
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The figures of a rule's numerator and denominator; None without that column."""
    share = load_rules()[rule_id].share
    if share is None:
        raise CatalogueError(f"{rule_id} has no share")
    codes = [breakdown.code for breakdown in catalogue.breakdowns]
    if share.column not in codes:
        return None
    column = codes.index(share.column)
    index = catalogue.element_index
    part = tuple(catalogue.figure(index[id_], column) for id_ in share.part)
    return part, tuple(catalogue.figure(index[id_], 0) for id_ in share.of)


def odd_shares(
    matrix: NDArray[np.float64], asked: NDArray[np.bool_], catalogue: Catalogue, rule: Rule
) -> tuple[list[OddShare], int, int]:
    """Find the submissions whose share is hardly possible.

    Args:
        matrix: Usable values by submission and figure; NaN where there is none.
        asked: Whether the submission's form asks the figure.
        catalogue: What the figures are.
        rule: A rule with a share and the limits `low`, `high` and `floor`.

    Returns:
        The odd ones, how many could be tested, and how many could not for want of a figure.
    """
    figures = figures_of(catalogue, rule.id)
    if figures is None:
        return [], 0, 0
    part, of = (list(side) for side in figures)
    wanted = asked[:, part].all(axis=1) & asked[:, of].all(axis=1)
    count, size = matrix[:, part].sum(axis=1), matrix[:, of].sum(axis=1)
    fit = wanted & ~np.isnan(count) & ~np.isnan(size)
    odd = fit & (size >= rule.limits.get("floor", 1)) & _outside(count, size, rule.limits)
    found = [
        OddShare(i, rule.id, *figures, float(count[i] / size[i]), float(size[i]))
        for i in np.flatnonzero(odd).tolist()
    ]
    return found, int(fit.sum()), int((wanted & ~fit).sum())


def _outside(
    count: NDArray[np.float64], size: NDArray[np.float64], limits: dict[str, float]
) -> NDArray[np.bool_]:
    outside = np.zeros(len(count), np.bool_)
    with np.errstate(invalid="ignore"):
        if "low" in limits:
            outside |= limits["low"] * size - count > _chance(size, limits["low"])
        if "high" in limits:
            outside |= count - limits["high"] * size > _chance(size, limits["high"])
    return outside


def _chance(size: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """What chance explains: of a share of persons, or of events that may pass their number."""
    variance = share * (1 - share) if share < 1 else share
    return STANDARD_ERRORS * np.sqrt(size * variance)


def share_rules(rules: dict[str, Rule]) -> Iterator[Rule]:
    """The rules that have a share."""
    return (rule for rule in rules.values() if rule.share is not None)
