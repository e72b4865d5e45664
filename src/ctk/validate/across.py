"""Comparisons between the communes of one batch: copies, outliers, other dates, empty reports."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from ctk.validate.told import Told, totals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ctk.frame import Batch, Submission
    from ctk.validate.rulebook import RuleSet

CHILDREN = "I-0101"
DATE_NUMBERS, DAYS = 3, 31
LARGE = 20
"""From this size on equal figures are hardly chance."""

_COUNTED = {"stock", "event", "distinct", "cumulative", "school_year"}
# Pupils are counted where the school is, so one commune has those of several.
_LIVING_HERE = _COUNTED - {"school_year"}
_NORMAL = 1.4826  # makes the median deviation of normal figures their standard deviation
_ALL_AT_ONCE = 4
_MUCH = 0.4
_USUAL = 3
"""A table that fewer files of a batch hold is no usual part of the report."""


def across(batch: Batch, places: list[int], rules: RuleSet) -> Iterator[Told]:
    """Compare the submissions of one period with each other.

    Args:
        batch: All files.
        places: Positions of the period's submissions whose unit is known.
        rules: The rules in force for the period.
    """
    yield from _other_dates(batch, places)
    yield from _missing_tables(batch, places)
    yield from _empty(batch, places)
    for group in _neighbours(batch, places):
        yield from _copies(batch, group, rules["V602"].limits)
        for alike in _of_a_kind(batch, group):
            yield from _outliers(batch, alike, rules["V606"].limits)


def _neighbours(batch: Batch, places: list[int]) -> list[list[int]]:
    """The communes of each province, one submission each."""
    groups: dict[str | None, dict[str, int]] = defaultdict(dict)
    for i in places:
        unit = batch.submissions[i].unit
        if unit is not None:
            groups[unit.province].setdefault(unit.code, i)
    return [list(group.values()) for group in groups.values()]


def _of_a_kind(batch: Batch, group: list[int]) -> list[list[int]]:
    """Wards, townships and rural communes apart: town and country differ by nature."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for i in group:
        unit = batch.submissions[i].unit
        kinds[unit.type if unit else ""].append(i)
    return list(kinds.values())


def _copies(batch: Batch, group: list[int], limits: dict[str, float]) -> Iterator[Told]:
    figures = totals(batch.catalogue, _COUNTED)
    values = np.nan_to_num(batch.matrix[np.ix_(np.array(group), figures)], nan=-1.0)
    for first in range(len(group) - 1):
        others = values[first + 1 :]
        told = (others > 0) | (values[first] > 0)
        told &= (others >= 0) & (values[first] >= 0)
        same = told & (others == values[first])
        large = (same & (others >= LARGE)).sum(axis=1)
        count, equal = told.sum(axis=1), same.sum(axis=1)
        copied = (count >= limits["rows"]) & (large >= limits["large"])
        copied &= equal >= limits["share"] * count
        for j in np.flatnonzero(copied).tolist():
            counts = {"same": float(equal[j]), "count": float(count[j])}
            yield _copy(batch, group[first], group[first + 1 + j], counts)
            yield _copy(batch, group[first + 1 + j], group[first], counts)


def _copy(batch: Batch, submission: int, twin: int, counts: dict[str, float]) -> Told:
    of = batch.submissions[twin]
    named: dict[str, str | float] = {"unit": of.unit.full_name if of.unit else "", "other": of.file}
    return Told("V602", submission, None, named | counts)


def _outliers(batch: Batch, group: list[int], limits: dict[str, float]) -> Iterator[Told]:
    """Rates per child far from those of the other communes, by medians that no outlier moves.

    Square roots of rates have about the same scatter whatever their size, and no scatter is taken
    for smaller than that of pure chance.
    """
    catalogue = batch.catalogue
    figures = totals(catalogue, _LIVING_HERE)
    base = catalogue.figure(catalogue.element_index[CHILDREN], 0)
    figures = figures[figures != base]
    children = batch.matrix[group, base]
    known = np.flatnonzero(children > 0)
    if len(known) < limits["communes"]:
        return
    counts = batch.matrix[np.ix_(np.array(group)[known], figures)]
    odd, expected = _far(counts, children[known], limits)
    for i in range(len(known)):
        place = group[int(known[i])]
        own = np.flatnonzero(odd[i])
        tested = int((~np.isnan(counts[i])).sum())
        if len(own) >= _ALL_AT_ONCE and len(own) > _MUCH * tested:
            # All at once: rather the number of children is wrong.
            ratio = float(np.median(counts[i, own] / expected[i, own]))
            size = float(children[known[i]])
            yield _outlier(place, base, size, size, size * ratio)
            continue
        for j in own.tolist():
            sides = float(counts[i, j]), float(children[known[i]]), float(expected[i, j])
            yield _outlier(place, int(figures[j]), *sides)


def _outlier(place: int, figure: int, count: float, children: float, expected: float) -> Told:
    sides: dict[str, str | float] = {
        "left": count,
        "children": children,
        "right": float(round(expected)),
    }
    return Told("V606", place, figure, sides)


def _far(
    counts: NDArray[np.float64], children: NDArray[np.float64], limits: dict[str, float]
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    enough = (~np.isnan(counts)).sum(axis=0) >= limits["communes"]
    roots = np.sqrt(counts[:, enough] / children[:, None])
    middle = np.nanmedian(roots, axis=0) if enough.any() else np.empty(0)
    scatter = _NORMAL * np.nanmedian(np.abs(roots - middle), axis=0) if enough.any() else middle
    chance = 0.5 / np.sqrt(children)[:, None]
    expected = np.full_like(counts, np.nan)
    expected[:, enough] = middle**2 * children[:, None]
    odd = np.zeros(counts.shape, np.bool_)
    odd[:, enough] = np.abs(roots - middle) > limits["z"] * np.maximum(scatter, chance)
    with np.errstate(invalid="ignore"):
        odd &= (expected > 0) & (np.abs(counts - expected) >= limits["floor"])
        odd &= (counts >= limits["ratio"] * expected) | (counts * limits["ratio"] <= expected)
    return odd, expected


def _other_dates(batch: Batch, places: list[int]) -> Iterator[Told]:
    for rule, names in (("V607", ("cut_off",)), ("V608", ("kind", "status"))):
        for name in names:
            said = {i: text for i in places if (text := _said(batch.submissions[i], name))}
            yield from _unlike(rule, said)


def _unlike(rule: str, said: dict[int, str]) -> Iterator[Told]:
    meant = {i: _meant(text) for i, text in said.items()}
    usual, count = (Counter(meant.values()).most_common(1) or [("", 0)])[0]
    if 2 * count <= len(said):
        return  # no usual one to compare with
    example = next(text for i, text in said.items() if meant[i] == usual)
    for i, text in said.items():
        if meant[i] != usual:
            yield Told(rule, i, None, {"text": text, "usual": example, "count": float(count)})


def _meant(text: str) -> object:
    """A date by its numbers, the year first, however it was typed; other texts as they are."""
    numbers = tuple(map(int, re.findall(r"\d+", text)))
    if len(numbers) != DATE_NUMBERS:
        return text
    return numbers if numbers[0] > DAYS else numbers[::-1]


def _said(submission: Submission, name: str) -> str:
    return " ".join(str(getattr(submission, name)).split()).lower()


def _missing_tables(batch: Batch, places: list[int]) -> Iterator[Told]:
    """Tables that a file lacks and most others of its kind have."""
    held = {i: frozenset(batch.submissions[i].tables) for i in places}
    counts = Counter(name for tables in held.values() for name in tables)
    with_tables = sum(map(bool, held.values()))
    usual = [name for name, n in counts.items() if n >= _USUAL and 2 * n > with_tables]
    for i, tables in held.items():
        missing = [name for name in usual if name not in tables]
        if tables & set(usual) and missing:
            count = float(min(counts[name] for name in missing))
            yield Told("V640", i, None, {"text": ", ".join(missing), "count": count})


def _empty(batch: Batch, places: list[int]) -> Iterator[Told]:
    for i in places:
        values = batch.matrix[i]
        count = int((~np.isnan(values)).sum())
        if count and not np.nansum(values):
            yield Told("V609", i, None, {"count": float(count)})
