"""Which row of a table belongs to which: by numbers, dashes, spaces in front, "trong đó"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctk.forms.likeness import Around
from ctk.forms.phrases import SILENCE, Phrase, phrase
from ctk.forms.wording import begins_within

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKER = re.compile(
    r"\s*(?P<mark>\(?(?:\d{1,2}(?:\.\d{1,2})+\.?(?=\s)|\d{1,2}(?:\.\d{1,2})*\s*[.)/:]"
    r"|(?:[IVXLC]{1,5}|[A-ZĐ])\s*[.)/:]|[a-zđ]\s*[.)/])|[-–—•*▪○●►]+|\+)"
)
_ROMAN = re.compile(r"[IVXLC]{1,5}")
_DOTTED = re.compile(r"\d{1,2}(?:[.,]\d{1,2})*")
_SECTION, _FIRST = 0, 1


@dataclass(frozen=True, slots=True)
class Item:
    """A row or a column as it is to be tied to an element.

    Args:
        label: Its words.
        number: Its number, if that stands in a column of its own.
        has_figures: Whether it has figures in any example.
        unit: Its unit of measurement.
        level: How deep it stands where that is known, as in the titles of columns.
    """

    label: str
    number: str = ""
    has_figures: bool = True
    unit: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """Where a row stands.

    Args:
        parent: The row above it to which it belongs, which may be a heading; None: to none.
        whole: The nearest row with figures to which it belongs.
        said: What the row itself says.
        around: What the rows above it say to which it belongs, and what of that the nearest one
            with figures says.
        ancestors: Those rows, the nearest first.
    """

    parent: int | None
    whole: int | None
    said: Phrase
    around: Around
    ancestors: tuple[int, ...]


def outline(items: Sequence[Item]) -> list[Node]:
    """Find out which row belongs to which."""
    known = [item.level for item in items if item.level is not None]
    levels = known if len(known) == len(items) else _levels(items)
    parents = [_parent(levels, i) for i in range(len(items))]
    return [_node(items, parents, i) for i in range(len(items))]


def _parent(levels: list[int], i: int) -> int | None:
    return next((j for j in range(i - 1, -1, -1) if levels[j] < levels[i]), None)


def _node(items: Sequence[Item], parents: list[int | None], i: int) -> Node:
    ancestors: list[int] = []
    above = parents[i]
    while above is not None:
        ancestors.append(above)
        above = parents[above]
    whole = next((j for j in ancestors if items[j].has_figures), None)
    said = [phrase(items[j].label) for j in ancestors]
    ages = next((one.ages for one in said if one.ages), frozenset())
    everything = Phrase(frozenset().union(*(one.said for one in said)), frozenset(), ages)
    nearest = phrase(items[whole].label) if whole is not None else SILENCE
    around = Around(everything, nearest)
    return Node(parents[i], whole, phrase(items[i].label), around, tuple(ancestors))


def _levels(items: Sequence[Item]) -> list[int]:
    """How deep each row stands; a smaller number is further out."""
    levels: list[int] = []
    marks = [mark_of(item) for item in items]
    numbered = _FIRST
    for i, (item, mark) in enumerate(zip(items, marks, strict=True)):
        kind = _kind(mark, item, marks)
        if kind == "section":
            level = numbered = _SECTION
        elif kind == "number":
            level = numbered = _FIRST + _dots(mark)
        elif i == 0:
            level = numbered = _SECTION if not item.has_figures else _FIRST
        else:
            level = _relative(kind, items, marks, levels, numbered, i)
            numbered = level if kind == "heading" else numbered
        levels.append(level)
    return levels


def _relative(
    kind: str, items: Sequence[Item], marks: list[str], levels: list[int], numbered: int, i: int
) -> int:
    """The level of a row that has no number of its own."""
    depth = {"letter": 1, "dash": 2, "plus": 3}
    within = begins_within(items[i].label)
    if kind in depth:
        same = [j for j in range(i - 1, -1, -1) if _kind(marks[j], items[j], marks) == kind]
        between = range(same[0] + 1, i) if same else range(0)
        if same and all(levels[j] > levels[same[0]] for j in between):
            return levels[same[0]] + within
        return max(levels[i - 1] + 1 if _is_outer(marks, items, i) else levels[i - 1], numbered + 1)
    if kind == "heading":
        return levels[i - 1] + 1 if levels[i - 1] <= numbered else levels[i - 1]
    indent, before = _indent(items[i].label), _indent(items[i - 1].label)
    if indent > before or (within and not begins_within(items[i - 1].label)):
        return levels[i - 1] + 1
    if indent < before:
        return next(levels[j] for j in range(i - 1, -1, -1)
                    if _indent(items[j].label) <= indent or j == 0)  # fmt: skip
    return levels[i - 1] + 1 if marks[i - 1] and _any_marks(marks) else max(levels[i - 1], _FIRST)


def _is_outer(marks: list[str], items: Sequence[Item], i: int) -> bool:
    """Whether the row before one stands further out by its kind of mark."""
    ranks = {"section": 0, "number": 1, "heading": 1, "plain": 2, "letter": 2, "dash": 3, "plus": 4}
    mine = _kind(marks[i], items[i], marks)
    return ranks[_kind(marks[i - 1], items[i - 1], marks)] < ranks[mine]


def _any_marks(marks: list[str]) -> bool:
    return 2 * sum(map(bool, marks)) > len(marks)


def mark_of(item: Item) -> str:
    """The number, letter or dash of a row, wherever it stands."""
    if item.number:
        return item.number.strip(" .)(:/")
    found = _MARKER.match(item.label)
    return found["mark"].strip(" .)(:/") if found else ""


def _kind(mark: str, item: Item, marks: list[str]) -> str:
    if mark[:1] in "-–—•*▪○●►" and mark:
        return "dash"
    if mark == "+":
        return "plus"
    if _DOTTED.fullmatch(mark):
        return "number"
    if mark and (_ROMAN.fullmatch(mark) or mark.isupper()):
        return "section" if not _is_lone_letter(mark, marks) else "letter"
    if mark.isalpha() and len(mark) == 1:
        return "letter"
    if not item.has_figures:
        upper = item.label.strip().isupper() and len(item.label.strip()) > 3
        return "section" if upper else "heading"
    return "plain"


def _is_lone_letter(mark: str, marks: list[str]) -> bool:
    """Letters below numbers in Roman figures are no sections."""
    roman = any(_ROMAN.fullmatch(other) and len(other) > 1 for other in marks)
    return roman and not _ROMAN.fullmatch(mark) and marks.index(mark) > 0 and bool(
        _ROMAN.fullmatch(next(filter(None, marks)))
    )  # fmt: skip


def _dots(mark: str) -> int:
    return len(re.split(r"[.,]", mark)) - 1


def _indent(label: str) -> int:
    return len(label) - len(label.lstrip())
