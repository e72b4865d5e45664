"""Tables whose rows are known by their wording, as on the forms of most offices."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from ctk.forms.heads import find_heads, holds_figures
from ctk.forms.lines import LineFinder
from ctk.forms.plans import PlanBuilder, joined
from ctk.forms.retyped import RetypedRows
from ctk.forms.strangers import strange_columns, strange_rows
from ctk.forms.wording import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.forms.heads import Head
    from ctk.forms.types import Cells, Layout, Plan, TableLayout
    from ctk.indicators import Catalogue

MAX_HEADER_ROWS = 6
_REMEMBERED = 1 << 13
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


class _Shape(NamedTuple):
    """Which part of a sheet made a plan: its rows, and the columns left of the figures."""

    first: int
    end: int
    width: int
    to_the_end: bool


class LabelPlanner:
    """Makes plans of tables without codes and remembers them by their labels and header."""

    def __init__(self, layouts: tuple[Layout, ...], catalogue: Catalogue) -> None:
        """Keep the layouts to try; of equals the one of the higher version is taken."""
        ranked = sorted(layouts, key=lambda layout: -layout.version)
        self._layouts = [each for each in ranked if not each.whole]
        self._catalogue = catalogue
        self._known: dict[Any, list[tuple[Cells, Plan]]] = defaultdict(list)
        self._shapes: set[_Shape] = set()
        self._words = frozenset(
            key
            for layout in self._layouts
            for table in layout.tables
            for key in (*table.rows.by_key, *table.columns.by_key)
        )
        self._silent: set[str] = set()

    def may_know(self, cells: Cells) -> bool:
        """Whether a sheet holds words of a row and of a column of some form, wherever they are."""
        typed = {value for row in cells for value in row if isinstance(value, str)} - self._silent
        keys = {text: label_key(text) for text in typed}
        known = self._words.intersection(keys.values())
        if not known:
            self._silent |= typed if len(self._silent) < _REMEMBERED else set()
        return any(
            not known.isdisjoint(table.rows.by_key) and not known.isdisjoint(table.columns.by_key)
            for layout in self._layouts
            for table in layout.tables
        )

    def plan(self, cells: Cells) -> Plan | None:
        """Tie a sheet's cells to figures; None if it holds no table of a known form."""
        for shape in self._shapes:
            for header, found in self._known.get(_stub(cells, shape), ()):
                if [row[shape.width :] for row in cells[shape.first :][: len(header)]] == header:
                    return found
        made = self._best(cells)
        if made is not None:
            self._remember(cells, *made)
        return made[0] if made else None

    def _remember(self, cells: Cells, plan: Plan, rows: range) -> None:
        """Keep a plan for sheets with the same labels and the same header."""
        width = int(plan.col.min())
        shape = _Shape(rows.start, rows.stop, width, rows.stop == len(cells))
        self._shapes.add(shape)
        header = [row[width:] for row in cells[rows.start : plan.rows.start]]
        self._known[_stub(cells, shape)].append((header, plan))

    def _best(self, cells: Cells) -> tuple[Plan, range] | None:
        texts = [
            Text(r, c, label_key(value))
            for r, row in enumerate(cells)
            for c, value in enumerate(row)
            if isinstance(value, str) and value.strip()
        ]
        made = [found for each in self._layouts if (found := self._of_layout(cells, texts, each))]
        return max(made, key=lambda found: _explained(found[0]), default=None)

    def _of_layout(
        self, cells: Cells, texts: list[Text], layout: Layout
    ) -> tuple[Plan, range] | None:
        """The tables of one layout on a sheet, as one plan, and the rows that they stand in."""
        made = [
            found
            for table in layout.tables
            if (found := plan_by_label(cells, texts, layout, table, self._catalogue))
        ]
        if not made:
            return None
        rows = range(min(r.start for _, r in made), max(r.stop for _, r in made))
        return joined([plan for plan, _ in made]), rows


def _explained(plan: Plan) -> tuple[int, int]:
    """How much a form explains of a sheet: the figures that it finds, then what it misses least."""
    return plan.size, -len(plan.missing_lines) - len(plan.missing_heads)


def _stub(cells: Cells, shape: _Shape) -> tuple[Any, ...] | None:
    """What stands left of the figures in the rows of a table, and in the row that ends it."""
    if len(cells) < shape.end or (shape.to_the_end and len(cells) > shape.end):
        return None
    rows = cells[shape.first : shape.end + 1]
    return shape, *(tuple(row[: shape.width]) for row in rows)


def plan_by_label(
    cells: Cells, texts: list[Text], layout: Layout, table: TableLayout, catalogue: Catalogue
) -> tuple[Plan, range] | None:
    """Tie one table's cells to figures by the wording of its rows and columns.

    Args:
        cells: The sheet.
        texts: Its texts.
        layout: The form.
        table: The table of the form to look for.
        catalogue: What elements and breakdowns are of.

    Returns:
        The plan and the rows of header and table; None if the sheet does not hold the table.
    """
    builder = PlanBuilder(cells, layout, table, catalogue)
    finder = LineFinder(table)
    label_col = _label_column(texts, table)
    headers = list(_headers(cells, texts, table, label_col))
    if headers and _is_another(texts, headers[0], table):
        return None
    end = 0
    for place, header in enumerate(headers):
        below = headers[place + 1].rows.start if place + 1 < len(headers) else len(cells)
        lines = finder.find(
            cells, range(header.rows.stop, below), range(min(header.heads)), label_col
        )
        builder.issues += RetypedRows(cells, lines, header.heads, table).tie()
        strange_rows(cells, lines, header.heads, builder)
        builder.issues += strange_columns(cells, lines.known, header.heads, header.rows)
        builder.add(lines.known, header.heads)
        end = lines.end
    if not builder.is_complete:
        return None
    plan = builder.plan()
    return (plan, range(headers[0].rows.start, end)) if plan.size else None


def _is_another(texts: list[Text], header: _Header, table: TableLayout) -> bool:
    """Whether the titles are those of a form that looks alike."""
    words = {label_key(title) for title in table.not_with}
    return any(text.key in words for text in texts if text.row < header.rows.stop)


def _headers(
    cells: Cells, texts: list[Text], table: TableLayout, label_col: int
) -> Iterator[_Header]:
    """The headers of a table from the top of a sheet on: it may be continued further down."""
    hits = [text for text in texts if text.col > label_col and text.key in table.columns.by_key]
    for first, last in _blocks([text.row for text in hits]):
        rows = range(_top(cells, first, label_col), last + 1)
        columns = range(label_col + 1, len(cells[0]))
        found = find_heads(cells[rows.start : rows.stop], rows.start, columns, table.columns)
        heads = {c: head for c, head in found.items() if holds_figures(head)}
        if len({id(head.entry) for head in heads.values()}) >= table.min_columns:
            yield _Header(rows, heads)


def _label_column(texts: list[Text], table: TableLayout) -> int:
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
