"""What a comparison across files found, before it becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from ctk.indicators import Catalogue


@dataclass(frozen=True, slots=True)
class Told:
    """A rule broken by one submission: at a figure, or as a whole where `figure` is None.

    Numbers among `params` are printed as the reader's language does.
    """

    rule: str
    submission: int
    figure: int | None = None
    params: Mapping[str, str | float] = field(default_factory=dict)


def totals(catalogue: Catalogue, adds: Collection[str]) -> NDArray[np.intp]:
    """The figures in the column of totals of all elements that add over time in these ways."""
    elements = [i for i, element in enumerate(catalogue.elements) if element.adds in adds]
    return np.array([catalogue.figure(i, 0) for i in elements], np.intp)
