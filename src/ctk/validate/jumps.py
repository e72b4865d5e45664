"""When a figure rises or falls so much that somebody has to say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

CUMULATIVE = frozenset({"event", "distinct", "cumulative"})
"""How elements add that count from 1 January on: a longer period of a year holds the shorter."""
STABLE = frozenset({"stock"})
"""How elements add that are there on a day."""


def jumped(
    now: NDArray[np.float64], then: NDArray[np.float64], limits: Mapping[str, float]
) -> NDArray[np.bool_]:
    """Tell which figures are far from the earlier ones; a missing one (NaN) is not.

    Args:
        now: The figures.
        then: The earlier ones.
        limits: Those of rule V605: by which `ratio` they differ, from which `floor` the larger one
            counts, and how many times what `chance` alone explains lies between them.
    """
    more, less = np.fmax(now, then), np.fmin(now, then)
    with np.errstate(invalid="ignore"):
        jump = (more >= limits["floor"]) & (more >= limits["ratio"] * less)
        jump &= more - less > limits["chance"] * np.sqrt(more + less)
    return np.asarray(jump & ~np.isnan(now) & ~np.isnan(then), np.bool_)
