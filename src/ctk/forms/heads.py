"""Ties the columns of a table to what their titles say, through any number of header rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ctk.forms.surroundings import is_of_another_column
from ctk.forms.types import Entry, Kind
from ctk.forms.wording import any_year_key, label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctk.forms.types import Cells, Side

_JOINED = 3
"""A title may be broken over so many rows."""


class Head(NamedTuple):
    """What a column stands for, and the row of the header that says it (from 0)."""

    row: int
    entry: Entry


EARLIER = Entry("", Kind.IGNORED)
"""What a column of an earlier year is."""


class _Text(NamedTuple):
    row: int
    key: str
    own: bool


def find_heads(
    header: Cells, first_row: int, columns: Sequence[int], side: Side
) -> dict[int, Head]:
    """Map columns to what they stand for; those of another time or unknown ones are left out.

    Args:
        header: The rows of the header.
        first_row: The row of the sheet that they start at.
        columns: The columns to look at.
        side: What columns of the form stand for.
    """
    found: dict[int, Head] = {}
    years: dict[int, int] = {}
    for col, texts in _paths(header, first_row, columns):
        match = _match(texts, side)
        if match is not None and not _foreign(texts, side):
            found[col] = match
            years[col] = max((y[1] for t in texts if (y := any_year_key(t.key))), default=0)
    return _of_latest_year(found, years)


def _paths(
    header: Cells, first_row: int, columns: Sequence[int]
) -> Iterator[tuple[int, list[_Text]]]:
    """The titles above each column, from the top; a title also stands over blanks beside it."""
    above: list[tuple[str, int]] = [("", -1)] * len(header)
    for col in columns:
        texts = []
        for r, row in enumerate(header):
            value = row[col]
            own = value if isinstance(value, str) else ""
            if own.strip():
                above[r] = own, col
                texts.append(_Text(first_row + r, label_key(own), own=True))
            elif value != "":
                above[r] = "", col
            elif above[r][0]:
                texts.append(_Text(first_row + r, label_key(above[r][0]), own=False))
        if any(text.own for text in texts):
            yield col, texts


def _match(texts: list[_Text], side: Side) -> Head | None:
    """The lowest own title that the form knows; one broken over rows where no single one is."""
    own = [place for place, text in enumerate(texts) if text.own]
    for place in reversed(own):
        entry = _entry(texts[place].key, texts[:place], side)
        if entry is not None:
            return Head(texts[place].row, entry)
    for last in range(len(own), 1, -1):
        for first in range(max(0, last - _JOINED), last - 1):
            parts = own[first:last]
            entry = _entry(" ".join(texts[p].key for p in parts), texts[: parts[0]], side)
            if entry is not None:
                return Head(texts[parts[0]].row, entry)
    return None


def _entry(key: str, above: list[_Text], side: Side) -> Entry | None:
    candidates = side.by_key.get(key, ())
    if not candidates and (of_year := any_year_key(key)):
        candidates = side.by_key.get(of_year[0], ())
    titles = {text.key for text in above}
    fitting = [e for e in candidates if all(titles & set(parent.keys) for parent in e.under)]
    if fitting:
        return max(fitting, key=lambda entry: len(entry.under))
    return candidates[0] if len(candidates) == 1 else None


def _foreign(texts: list[_Text], side: Side) -> bool:
    """Whether a title over the column says that it is not of this report."""
    return any(is_of_another_column(text.key) and text.key not in side.by_key for text in texts)


def _of_latest_year(found: dict[int, Head], years: dict[int, int]) -> dict[int, Head]:
    """Of columns that stand for the same in several years, only those of the latest are read.

    A column without a year is of the report itself.
    """
    latest: dict[int, int] = {}
    for col, head in found.items():
        rank = years[col] or 9999
        latest[id(head.entry)] = max(rank, latest.get(id(head.entry), 0))
    return {
        col: head if (years[col] or 9999) == latest[id(head.entry)] else Head(head.row, EARLIER)
        for col, head in found.items()
    }


def holds_figures(head: Head) -> bool:
    """Tell whether a column's cells are figures of the report."""
    return head.entry.kind in (Kind.FIGURES, Kind.OUTSIDE)
