"""Where the tables of a form stand on a sheet: each header with the rows below it is one area."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ctk.forms.heads import find_heads, holds_figures
from ctk.forms.lines import LineFinder
from ctk.forms.types import Kind
from ctk.forms.wording import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctk.forms.heads import Head
    from ctk.forms.types import Cells, Layout, TableLayout

MAX_HEADER_ROWS = 6
_GAP = 3
"""So many rows without a known title may stand inside a header."""


class Text(NamedTuple):
    """A text of a sheet and where it stands."""

    row: int
    col: int
    key: str


class _Header(NamedTuple):
    """Rows of a header, from the first to behind the last, and what its columns are."""

    rows: range
    heads: dict[int, Head]
    ignored: frozenset[int]
    first: int


class Area(NamedTuple):
    """A header, the rows below it, what its columns stand for, and columns known to be left out.

    `first` is the first row of the header with a known title; what stands above may be no header.
    """

    header: range
    rows: range
    heads: dict[int, Head]
    ignored: frozenset[int]
    first: int

    @property
    def stub(self) -> range:
        """The columns in which labels may stand."""
        return range(min(self.heads))


@dataclass(frozen=True)
class Areas:
    """The areas of one table on a sheet, and the column in which its labels stand."""

    table: TableLayout
    label_col: int
    areas: tuple[Area, ...]


def areas_of(cells: Cells, texts: Sequence[Text], layout: Layout) -> list[Areas]:
    """Find the tables of a form on a sheet; an area is of one table only.

    Args:
        cells: The sheet.
        texts: Its texts.
        layout: The form.
    """
    found = [
        areas for table in layout.tables if (areas := _of_table(cells, texts, table)) is not None
    ]
    return _shared_out(cells, found) if len(found) > 1 else found


def _of_table(cells: Cells, texts: Sequence[Text], table: TableLayout) -> Areas | None:
    label_col = _label_column(texts, table)
    headers = list(_headers(cells, texts, table, label_col))
    if not headers or _is_another(texts, headers[0], table):
        return None
    stops = [header.rows.start for header in headers[1:]] + [len(cells)]
    areas = tuple(
        Area(header.rows, range(header.rows.stop, stop), header.heads, header.ignored, header.first)
        for header, stop in zip(headers, stops, strict=True)
    )
    return Areas(table, label_col, areas)


def _shared_out(cells: Cells, found: Sequence[Areas]) -> list[Areas]:
    """Give each area to the table whose rows are found in it most, in their very words."""
    claims = [
        (_rows_found(cells, each, area), place, area)
        for place, each in enumerate(found)
        for area in each.areas
    ]
    taken: list[tuple[int, Area]] = []
    for score, place, area in sorted(claims, key=lambda claim: -claim[0]):
        if score and not any(of != place and _overlap(area, other) for of, other in taken):
            taken.append((place, area))
    starts = [area.header.start for _, area in taken]
    return [
        Areas(each.table, each.label_col, tuple(_cut(area, starts) for area in kept))
        for place, each in enumerate(found)
        if (kept := tuple(area for area in each.areas if (place, area) in taken))
    ]


def _cut(area: Area, starts: Sequence[int]) -> Area:
    """An area that ends where the header of another table begins."""
    stop = min((start for start in starts if start >= area.rows.start), default=area.rows.stop)
    return area._replace(rows=range(area.rows.start, min(stop, area.rows.stop)))


def _rows_found(cells: Cells, areas: Areas, area: Area) -> int:
    lines = LineFinder(areas.table).find(cells, area.rows, area.stub, areas.label_col)
    return sum(line.entry.kind is not Kind.HEADING for line in lines.known.values())


def _overlap(one: Area, other: Area) -> bool:
    return one.header.start < other.header.stop and other.header.start < one.header.stop


def _is_another(texts: Sequence[Text], header: _Header, table: TableLayout) -> bool:
    """Whether the titles are those of a form that looks alike."""
    words = {label_key(title) for title in table.not_with}
    return any(text.key in words for text in texts if text.row < header.rows.stop)


def _headers(
    cells: Cells, texts: Sequence[Text], table: TableLayout, label_col: int
) -> Iterator[_Header]:
    """The headers of a table from the top of a sheet on: it may be continued further down."""
    hits = [text for text in texts if text.col > label_col and text.key in table.columns.by_key]
    for first, last in _blocks([text.row for text in hits]):
        rows = range(_top(cells, first, label_col), last + 1)
        columns = range(label_col + 1, len(cells[0]))
        found = find_heads(cells[rows.start : rows.stop], rows.start, columns, table.columns)
        heads = {c: head for c, head in found.items() if holds_figures(head)}
        if len({id(head.entry) for head in heads.values()}) >= table.min_columns:
            yield _Header(rows, heads, frozenset(found) - frozenset(heads), first)


def _label_column(texts: Sequence[Text], table: TableLayout) -> int:
    """The column in which most rows of the form are found, by wording or below its title."""
    rows: dict[int, set[str]] = defaultdict(set)
    titles = {label_key(title) for title in table.row_titles}
    for text in texts:
        if text.key in table.rows.by_key or text.key in titles:
            rows[text.col].add(text.key)
    return max(rows, key=lambda col: (len(rows[col]), -col), default=0)


def _blocks(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of rows that stand close together: first and last row of each."""
    ordered = sorted(set(rows))
    start = 0
    for place, row in enumerate(ordered):
        if place + 1 == len(ordered) or ordered[place + 1] - row > _GAP:
            yield ordered[start], row
            start = place + 1


def _top(cells: Cells, first: int, label_col: int) -> int:
    """The first row of a header: titles of groups may stand above the first that is known."""
    top = first
    while top > max(0, first - MAX_HEADER_ROWS) and _may_be_header(cells[top - 1], label_col):
        top -= 1
    return top


def _may_be_header(row: list[Any], label_col: int) -> bool:
    """Whether a row has titles right of the labels, and no figures."""
    right = row[label_col + 1 :]
    return any(isinstance(value, str) and value.strip() for value in right) and not any(
        isinstance(value, (int, float)) for value in right
    )
