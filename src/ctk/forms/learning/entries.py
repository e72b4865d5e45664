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
        under: As many of those as are needed to tell it from others.
        variants: Other words for it.
        unit: Its unit of measurement as printed.
        number: Its number on the form, "12.1".
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
    under: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    unit: str = ""
    number: str = ""
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


def told_apart(entries: Sequence[Entry], key: Callable[[str], str]) -> tuple[Entry, ...]:
    """Say of entries with equal labels what they stand under.

    Args:
        entries: All entries of a side.
        key: The function that makes labels comparable.
    """
    keys = [key(entry.label) for entry in entries]
    return tuple(
        replace(entry, under=_needed(entries, keys, i)) if keys.count(keys[i]) > 1 else entry
        for i, entry in enumerate(entries)
    )


def _needed(entries: Sequence[Entry], keys: list[str], i: int) -> tuple[str, ...]:
    """The fewest labels above an entry that tell it from its namesakes."""
    own = entries[i].above
    others = [entries[j].above for j, key in enumerate(keys) if key == keys[i] and j != i]
    for n in range(1, len(own) + 1):
        if all(other[-n:] != own[-n:] for other in others):
            return own[-n:]
    return own
