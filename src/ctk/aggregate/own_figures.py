"""Figures that a district or province reports of itself, in place of those of its communes.

Official forms ask some figures that the office of the unit knows and communes may not: they come
from the unit's own file, element by element, and are never added to what communes send.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ctk.model import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctk.frame import Batch
    from ctk.model import Unit
    from ctk.periods import Period

_NO_FIGURE = (-1, Absence.BLANK)


@dataclass(frozen=True, slots=True)
class OwnFile:
    """The file that answers for a unit itself, and the elements on which it says something."""

    unit: Unit
    submission: int
    elements: tuple[str, ...]


def own_files(batch: Batch, period: Period, targets: Sequence[Unit]) -> tuple[OwnFile, ...]:
    """The one file of each unit about itself; of several different ones none counts."""
    found = []
    for target in targets:
        places = [
            place
            for place in sorted(batch.own_figures)
            if batch.submissions[place].unit == target and batch.submissions[place].period == period
        ]
        if len({batch.submissions[place].sha256 for place in places}) == 1:
            said = tuple(_said(batch, places[0]))
            found.append(OwnFile(target, places[0], said))
    return tuple(file for file in found if file.elements)


def _said(batch: Batch, place: int) -> Iterator[str]:
    for index, element in enumerate(batch.catalogue.elements):
        if batch.absent[place, batch.catalogue.figure(index, 0)] not in _NO_FIGURE:
            yield element.id


def put_in(
    elements: pd.DataFrame, batch: Batch, period: Period, files: Sequence[OwnFile]
) -> pd.DataFrame:
    """Give the totals with the units' own figures in place of the sums over their communes."""
    if not files:
        return elements
    answered = {(file.unit.code, id_) for file in files for id_ in file.elements}
    keys = zip(elements["unit"].tolist(), elements["element"].tolist(), strict=True)
    others = elements[np.array([key not in answered for key in keys], bool)]
    rows = [row for file in files for row in _rows(batch, period, file)]
    added = pd.DataFrame(rows, columns=list(elements)).astype({"value": float, "partial": float})
    parts = [part for part in (others, added) if len(part)]
    joined = pd.concat(parts, ignore_index=True) if parts else elements.iloc[:0]
    return joined.sort_values("unit", kind="stable", ignore_index=True)


def _rows(batch: Batch, period: Period, file: OwnFile) -> Iterator[dict[str, Any]]:
    for id_ in file.elements:
        figure = batch.catalogue.figure(batch.catalogue.element_index[id_], 0)
        absence = batch.absent[file.submission, figure]
        if absence == Absence.NOT_APPLICABLE:
            continue
        value = float(batch.matrix[file.submission, figure])
        whole = dict.fromkeys(("sex", "age", "ethnicity", "area"), "T")
        named = {"unit": file.unit.code, "period": str(period), "element": id_}
        counts = {"reported": int(value == value), "expected": 1}
        yield {**named, **whole, "value": value, "partial": np.nan, **counts}
