"""What speaks for or against a tie besides its wording: neighbours, units, the figures."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ctk.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctk.forms.learning.names import Named
    from ctk.forms.learning.outline import Item, Node
    from ctk.indicators import Catalogue

    Floats = NDArray[np.float64]
    Placed = Sequence[int | None]

UNKNOWN = 0.5
"""Evidence that there is none of speaks neither for nor against."""

_NEAR = 4
_NEARLY = 0.08
_FLAT = 0.75
_UNITS = (
    (
        "nguoi",
        "ng",
        "truong hop",
        "ca",
        "tre",
        "em",
        "tre em",
        "chau",
        "hoc sinh",
        "hs",
        "h sinh",
        "hoc vien",
        "doi tuong",
        "te",
        "be",
    ),
    ("vu", "vu viec"),
    ("luot", "luot tre em", "luot nguoi"),
    ("thon", "ban", "to dan pho", "ap"),
    ("xa phuong thi tran", "xa", "phuong", "xa phuong"),
    ("ho", "ho gia dinh"),
    ("%", "ty le", "ti le", "phan tram", "‰"),
    ("co so", "diem", "truong", "lop", "mo hinh", "buoi", "cuoc", "to chuc", "cong trinh"),
    ("dong", "trieu dong", "ty dong", "nghin dong", "1000 dong"),
)
RATE, OTHER = 6, -1
"""Position of the units of rates; what stands for a unit that is none of them."""


def unit_class(unit: str) -> int | None:
    """Which units of measurement are one: children, pupils and offenders are all people."""
    folded = fold(unit)
    if not folded:
        return RATE if "%" in unit else None
    known = (i for i, words in enumerate(_UNITS) if folded in words)
    first = folded.split()[0]
    begun = (i for i, words in enumerate(_UNITS) if first in words)
    return next(known, next(begun, OTHER))


@lru_cache(maxsize=4)
def kinship(catalogue: Catalogue, named: tuple[Named, ...]) -> Floats:
    """How near elements are to each other: parts of one whole, of one section, or neither."""
    sections = [e.section for e in catalogue.elements]
    near = np.equal.outer(sections, sections).astype(float) * 0.4
    for one in named:
        for whole in one.whole:
            near[one.index, whole] = near[whole, one.index] = 1.0
    firsts = np.array([one.whole[0] if one.whole else -1 - one.index for one in named])
    near[np.equal.outer(firsts, firsts)] = 1.0
    np.fill_diagonal(near, 0.4)
    return near


def company(scores: Floats, near: Floats) -> Floats:
    """For each row and element, whether the rows around it may be elements near to it.

    Of each neighbour all elements count that fit it nearly best: where a whole list may be read in
    two ways, the rows that can be read in one way only decide.
    """
    best = scores.max(axis=1)
    fits = [
        near[:, np.flatnonzero(scores[j] > best[j] - _NEARLY)].max(axis=1)
        if best[j] > UNKNOWN
        else None
        for j in range(len(scores))
    ]
    found = np.full(scores.shape, UNKNOWN)
    for i in range(len(scores)):
        before = [one for one in fits[:i][::-1] if one is not None][:_NEAR]
        behind = [one for one in fits[i + 1 :] if one is not None][:_NEAR]
        if before or behind:
            found[i] = np.mean([*before, *behind], axis=0)
    return found


def belonging(nodes: Sequence[Node], placed: Placed, named: Sequence[Named]) -> Floats:
    """For each row and element, whether the row above it is what the element is a part of."""
    found = np.full((len(nodes), len(named)), UNKNOWN)
    has_whole = np.array([bool(one.whole) for one in named])
    for i, node in enumerate(nodes):
        above = [placed[j] for j in node.ancestors if placed[j] is not None]
        if not above:
            found[i] = np.where(_follows(placed[:i], named), _FLAT, UNKNOWN)
            continue
        found[i, has_whole] = 0.0
        for depth, whole in enumerate(above):
            for one in named:
                if whole in one.whole:
                    found[i, one.index] = max(found[i, one.index], 1.0 - 0.2 * depth)
    return found


def _follows(before: Placed, named: Sequence[Named]) -> list[bool]:
    """Whether what an element is a part of stands somewhere above: in a list without numbers."""
    known = {element for element in before if element is not None}
    return [not known.isdisjoint(one.whole) for one in named]


def units(items: Sequence[Item], catalogue: Catalogue) -> Floats:
    """For each row and element, whether their units of measurement agree."""
    mine = [unit_class(item.unit) for item in items]
    theirs = [unit_class(element.unit) for element in catalogue.elements]
    found = np.full((len(items), len(theirs)), UNKNOWN)
    for i, one in enumerate(mine):
        if one is not None:
            found[i] = [UNKNOWN if other is None else float(one == other) for other in theirs]
    return found


def agreement(
    figures: Sequence[Floats], placed: Placed, named: Sequence[Named], wanted: NDArray[np.bool_]
) -> Floats:
    """For each row and element, whether the figures could be a part of those of its whole.

    Args:
        figures: For each example its figures, one row a row, one column a breakdown; NaN for none.
        placed: The element of each row, as far as they are known.
        named: The elements.
        wanted: The rows and elements to look at.
    """
    found = np.full(wanted.shape, UNKNOWN)
    rows = {element: i for i, element in enumerate(placed) if element is not None}
    parts: dict[int, list[int]] = {}
    for one in named:
        for whole in one.whole:
            parts.setdefault(whole, []).append(one.index)
    for i, e in zip(*np.nonzero(wanted), strict=True):
        above = [rows[w] for w in named[e].whole if w in rows and rows[w] != i]
        below = [rows[p] for p in parts.get(e, ()) if p in rows and rows[p] != i]
        held, broken = _compared(figures, int(i), above, below)
        if held + broken:
            found[i, e] = 1.0 if not broken else 0.0 if broken > 0.1 * (held + broken) else UNKNOWN
    return found


def _compared(
    figures: Sequence[Floats], row: int, above: list[int], below: list[int]
) -> tuple[int, int]:
    held = broken = 0
    for table in figures:
        for part, whole in [(row, other) for other in above] + [(other, row) for other in below]:
            few, many = table[part], table[whole]
            both = ~np.isnan(few) & ~np.isnan(many) & ((few > 0) | (many > 0))
            broken += int((few[both] > many[both]).sum())
            held += int((few[both] <= many[both]).sum())
    return held, broken
