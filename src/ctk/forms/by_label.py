"""Tables whose rows are known by their wording, as on the forms of most offices."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ctk.forms.areas import Areas, Text, areas_of
from ctk.forms.lines import LineFinder
from ctk.forms.plans import PlanBuilder, joined
from ctk.forms.retyped import RetypedRows
from ctk.forms.strangers import strange_columns, strange_rows
from ctk.forms.wording import label_key

if TYPE_CHECKING:
    from ctk.forms.types import Cells, Layout, Plan
    from ctk.indicators import Catalogue

_PLANS = 24
"""So many shapes of tables are kept: a batch has few, and a sheet is compared with all of them."""

_REMEMBERED = 1 << 13
"""So many texts that say nothing are kept."""


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
        if len(self._known) >= _PLANS:
            self._known.clear()
            self._shapes.clear()
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
            for found_areas in areas_of(cells, texts, layout)
            if (found := plan_by_label(cells, found_areas, layout, self._catalogue))
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
    cells: Cells, areas: Areas, layout: Layout, catalogue: Catalogue
) -> tuple[Plan, range] | None:
    """Tie one table's cells to figures by the wording of its rows and columns.

    Args:
        cells: The sheet.
        areas: Where the table stands on it.
        layout: The form.
        catalogue: What elements and breakdowns are of.

    Returns:
        The plan and the rows of header and table; None if it is not this table after all.
    """
    table = areas.table
    builder = PlanBuilder(cells, layout, table, catalogue)
    finder = LineFinder(table)
    others = frozenset(
        key for each in layout.tables if each is not table for key in each.rows.by_key
    )
    end = 0
    for area in areas.areas:
        lines = finder.find(cells, area.rows, area.stub, areas.label_col)
        builder.issues += RetypedRows(cells, lines, area.heads, table, others).tie()
        strange_rows(cells, lines, area.heads, builder)
        builder.issues += strange_columns(cells, lines.known, area.heads, area.header, area.ignored)
        builder.add(lines.known, area.heads)
        end = lines.end
    if not builder.is_complete:
        return None
    plan = replace(builder.plan(), head_row=areas.areas[0].first)
    return (plan, range(areas.areas[0].header.start, end)) if plan.size else None
