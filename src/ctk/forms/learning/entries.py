"""The rows and columns of a proposed layout, as they will be written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ctk.forms.learning.joining import Difference, Place


class EntryKind(StrEnum):
    """What a row or a column of a layout is."""

    ELEMENT = "element"
    BREAKDOWN = "breakdown"
    HEADING = "heading"
    OUTSIDE = "outside"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row or a column.

    Args:
        label: Its words.
        kind: What it is.
        place: Where it was seen first.
        index: Position of its element or breakdown in the catalogue.
        score: From 0 to 1, how well that fits.
        sure: Whether nobody needs to be asked.
        runner_up: The next best element.
        runner_up_score: How well that fits.
        reasons: Why it is not sure.
        above: The labels above it to which it belongs, the outermost first.
        under: The nearest of those, where it is needed to tell the entry from others.
        twice: Whether it cannot be told from another one all the same.
        depends: Whether its words mean nothing without the row above ("Bị bóc lột").
        variants: Other words for it.
        unit: Its unit of measurement as printed.
        number: Its number on the form, "12.1".
        code: Its code, where the form has a column of codes.
        not_asked: Codes of the breakdowns that the form does not ask.
    """

    label: str
    kind: EntryKind
    place: Place
    index: int | None = None
    score: float = 1.0
    sure: bool = True
    runner_up: int | None = None
    runner_up_score: float = 0.0
    reasons: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    under: str = ""
    twice: bool = False
    depends: bool = False
    variants: tuple[str, ...] = ()
    unit: str = ""
    number: str = ""
    code: str = ""
    not_asked: tuple[str, ...] = ()

    def decided(self, kind: EntryKind, index: int | None) -> Entry:
        """The same as a person says it is."""
        return replace(self, kind=kind, index=index, sure=True, score=1.0, reasons=())

    def open(self) -> Entry:
        """The same without the tie that is not sure."""
        return self if self.sure else replace(self, kind=EntryKind.OUTSIDE)


@dataclass(frozen=True, slots=True)
class ProposedTable:
    """A table of the layout; `across` tells that the elements are its columns."""

    name: str
    sheets: tuple[str, ...]
    row_title: str
    across: bool
    rows: tuple[Entry, ...]
    columns: tuple[Entry, ...]

    @property
    def elements(self) -> tuple[Entry, ...]:
        """The side of the elements."""
        return self.columns if self.across else self.rows

    @property
    def slices(self) -> tuple[Entry, ...]:
        """The side of the breakdowns."""
        return self.rows if self.across else self.columns


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed layout.

    Args:
        titles: Words of the form's title.
        header: Words in front of what the head states, by what that is.
        tables: Its tables.
        differences: What the examples do not agree on.
    """

    titles: tuple[str, ...]
    header: dict[str, tuple[str, ...]]
    tables: tuple[ProposedTable, ...]
    differences: tuple[Difference, ...]


def with_codes(entries: Sequence[Entry], codes: Sequence[str]) -> list[Entry]:
    """Give entries their codes, if no two have the same."""
    given = [code for code in codes if code]
    if len(set(map(str.casefold, given))) < len(given):
        return list(entries)
    return [replace(entry, code=code) for entry, code in zip(entries, codes, strict=True)]


def told_apart(entries: Sequence[Entry], key: Callable[[str], str]) -> tuple[Entry, ...]:
    """Say of entries what they stand under, if labels are equal or mean nothing by themselves.

    Args:
        entries: All entries of a side.
        key: The function that makes labels comparable.
    """
    keys = [key(entry.label) for entry in entries]
    paths: list[tuple[int, ...]] = []
    found: list[Entry] = []
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for i, entry in enumerate(entries):
        wanted = key(entry.above[-1]) if entry.above else ""
        above = [j for j in range(i) if wanted and keys[j] == wanted and not found[j].twice]
        needed = bool(above) and (entry.depends or keys.count(keys[i]) > 1)
        path = (*paths[above[-1]], above[-1]) if needed else ()
        twice = not keys[i] or (keys[i], path) in seen
        found.append(replace(entry, under=entry.above[-1] if needed else "", twice=twice))
        seen.add((keys[i], path))
        paths.append(path)
    return tuple(found)
