"""One figure for each unit and element, from the reporter that answers; others are compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ctk.model import Absence
from ctk.regimes.types import UNIT_REPORTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ctk.frame import Batch, Submission
    from ctk.model import Unit
    from ctk.periods import Period

DIFFERS, BY_UNIT, AGENCY_ONLY = "second_source", "answered_by_unit", "agency_only"
_NONE = -1


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the reporters of one unit in one period.

    Args:
        unit: The unit.
        period: The period.
        code: `second_source`: a reporter gives other figures than the one whose figures are used;
            `answered_by_unit`: the one that answers gave nothing, the unit itself did;
            `agency_only`: the unit itself has sent nothing.
        reporter: Whom it is about.
        elements: Ids of the elements.
        columns: The column of each element that differs first, `Breakdown.dimension`.
        pairs: The figure used and the other one, for each element.
    """

    unit: Unit
    period: Period
    code: str
    reporter: str
    elements: tuple[str, ...] = ()
    columns: tuple[str | None, ...] = ()
    pairs: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Joined:
    """Submissions of several reporters, put together.

    Args:
        batch: One submission for each unit and period.
        used: The submissions that figures are taken from.
        remarks: What has to be said about it.
    """

    batch: Batch
    used: tuple[Submission, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class _Group:
    """The submissions of one unit and period by reporter, and whose figure stands by element."""

    places: dict[str, int]
    source: NDArray[np.int64]

    @property
    def base(self) -> int:
        """The submission that the others are joined to; -1 where no figure of any is used."""
        if UNIT_REPORTER in self.places:
            return self.places[UNIT_REPORTER]
        return next((p for p in self.places.values() if (self.source == p).any()), _NONE)


def join_reporters(batch: Batch, answering: Sequence[str]) -> Joined:
    """Take each element from one reporter's file, in all its columns; nothing is added.

    The reporter that answers for an element gives it if any of its cells says something, be it
    only that it was not collected. Where all are blank, or nothing has come, it is the unit's own.

    Args:
        batch: Current submissions, at most one for each unit, period and reporter.
        answering: Who answers for each element of the catalogue.
    """
    shape = len(batch.submissions), len(batch.catalogue.elements)
    asked, given = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    of, element = (batch.frame[name].to_numpy() for name in ("submission", "element"))
    asked[of, element] = True
    says = batch.frame["absence"].to_numpy() != Absence.BLANK
    given[of[says], element[says]] = True
    who = np.array(answering, dtype=object)
    groups = [_group(places, who, asked, given) for places in _by_unit(batch)]
    remarks = [remark for group in groups for remark in _remarks(batch, group, who, given)]
    standing = [group for group in groups if group.base != _NONE]
    used = [p for g in standing for p in g.places.values() if p == g.base or (g.source == p).any()]
    files = tuple(batch.submissions[place] for place in sorted(used))
    return Joined(_join(batch, standing), files, tuple(remarks))


def _by_unit(batch: Batch) -> list[dict[str, int]]:
    found: dict[tuple[str, Period], dict[str, int]] = {}
    for place, each in enumerate(batch.submissions):
        if each.unit is not None and each.period is not None:
            found.setdefault((each.unit.code, each.period), {})[each.reporter] = place
    return [dict(sorted(places.items())) for places in found.values()]


def _group(
    places: dict[str, int],
    who: NDArray[np.object_],
    asked: NDArray[np.bool_],
    given: NDArray[np.bool_],
) -> _Group:
    own = places.get(UNIT_REPORTER, _NONE)
    source = np.full(len(who), own, np.int64)
    own_asks = asked[own] if own != _NONE else np.zeros(len(who), np.bool_)
    for reporter, place in places.items():
        source[(who == reporter) & (given[place] | (asked[place] & ~own_asks))] = place
    return _Group(places, source)


def _join(batch: Batch, groups: Sequence[_Group]) -> Batch:
    """Keep the rows that stand; each says from which file it is if not from its submission's."""
    stands = np.zeros((len(batch.submissions), len(batch.catalogue.elements)), np.bool_)
    home = np.full(len(batch.submissions), _NONE, np.int64)
    for new, group in enumerate(groups):
        for place in group.places.values():
            stands[place] = group.source == place
            home[place] = new
    of, element = (batch.frame[name].to_numpy() for name in ("submission", "element"))
    rows = np.flatnonzero(stands[of, element])
    rows = rows[np.argsort(home[of[rows]], kind="stable")]
    bases = np.array([group.base for group in groups], np.int64)
    before, after = of[rows], home[of[rows]]
    elsewhere = np.flatnonzero(before != bases[after]) if len(rows) else rows
    frame = batch.frame.iloc[rows].reset_index(drop=True)
    return replace(
        batch,
        submissions=tuple(batch.submissions[group.base] for group in groups),
        frame=frame.assign(submission=after.astype(np.int32)),
        raw={new: batch.raw[old] for new, old in enumerate(rows.tolist()) if old in batch.raw},
        elsewhere={int(row): batch.submissions[before[row]] for row in elsewhere},
    )


def _remarks(
    batch: Batch, group: _Group, who: NDArray[np.object_], given: NDArray[np.bool_]
) -> Iterator[Remark]:
    about = batch.submissions[next(iter(group.places.values()))]
    if about.unit is None or about.period is None:
        return
    unit, period = about.unit, about.period
    own = group.places.get(UNIT_REPORTER, _NONE)
    if own == _NONE:
        yield from (Remark(unit, period, AGENCY_ONLY, reporter) for reporter in group.places)
    else:
        instead = (group.source == own) & (who != UNIT_REPORTER) & given[own]
        for reporter in sorted(set(who[instead])):
            elements = np.flatnonzero(instead & (who == reporter))
            ids = tuple(batch.catalogue.elements[i].id for i in elements)
            yield Remark(unit, period, BY_UNIT, reporter, ids)
    if len(group.places) > 1:
        for reporter, place in group.places.items():
            yield from _differing(batch, group, Remark(unit, period, DIFFERS, reporter), place)


def _differing(batch: Batch, group: _Group, remark: Remark, place: int) -> Iterator[Remark]:
    """Where a file gives another figure than the one that stands; the first of each element."""
    width = len(batch.catalogue.breakdowns)
    source = np.repeat(group.source, width)
    columns = np.arange(len(source))
    used = np.where(source == _NONE, np.nan, batch.matrix[source, columns])
    other = batch.matrix[place]
    both = ~np.isnan(used) & ~np.isnan(other) & (source != place)
    figures = np.flatnonzero(both & (used != other))
    first = {int(figure) // width: int(figure) for figure in figures[::-1]}
    if first:
        at = [first[element] for element in sorted(first)]
        yield replace(
            remark,
            elements=tuple(batch.catalogue.elements[f // width].id for f in at),
            columns=tuple(batch.catalogue.breakdowns[f % width].dimension for f in at),
            pairs=tuple((float(used[f]), float(other[f])) for f in at),
        )
