"""Finds the tables of a form on a sheet and ties their cells to figures; pure, no files.

All orientations are read by the same code: a figure stands where a row meets a column; one of them
is an element, the other a breakdown. Rows are found by their code or by their wording.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.forms.by_code import Anchor, find_anchors, plan_by_code
from ctk.forms.by_label import LabelPlanner
from ctk.forms.turned import turned_cells, turned_plan

if TYPE_CHECKING:
    from ctk.forms.types import Cells, Layout, Plan, TableLayout
    from ctk.indicators import Catalogue

    Form = tuple[Layout, TableLayout]


class Planner:
    """Makes plans and remembers them: workbooks of one form mostly have the same shape."""

    def __init__(self, layouts: tuple[Layout, ...], catalogue: Catalogue) -> None:
        """Keep the layouts to try, in order."""
        self.layouts = {layout.id: layout for layout in layouts}
        self.catalogue = catalogue
        self._coded = _by_code_title(layouts)
        self._known: dict[Any, list[tuple[Cells, Plan]]] = {}
        self._by_label = LabelPlanner(layouts, catalogue)

    def plan(self, cells: Cells) -> Plan | None:
        """Tie a sheet's cells to figures; None if it holds no table of a known form."""
        for title, forms in self._coded.items():
            plans = (
                self._remembered(cells, anchor, forms) for anchor in find_anchors(cells, title)
            )
            plan = next((plan for plan in plans if plan is not None), None)
            if plan is not None:
                return plan
        if not self._by_label.may_know(cells):
            return None
        return self._by_label.plan(cells) or self._turned(cells)

    def _turned(self, cells: Cells) -> Plan | None:
        """Read a table whose rows somebody made columns."""
        plan = self._by_label.plan(turned_cells(cells))
        return turned_plan(plan) if plan is not None else None

    def _remembered(self, cells: Cells, anchor: Anchor, forms: list[Form]) -> Plan | None:
        codes = tuple([row[anchor.col] for row in cells])
        for head, found in self._known.get((anchor, codes), ()):
            if cells[anchor.row : anchor.row + len(head)] == head:
                return found
        best: Plan | None = None
        head_rows = 1
        for layout, table in forms:
            made = plan_by_code(cells, anchor, codes, layout, table, self.catalogue)
            if made is not None and (best is None or made[0].size > best.size):
                best, head_rows = made
        if best is not None:  # a table that is not understood must not stand for its likes
            head = cells[anchor.row : anchor.row + head_rows]
            self._known.setdefault((anchor, codes), []).append((head, best))
        return best


def _by_code_title(layouts: tuple[Layout, ...]) -> dict[str, list[Form]]:
    found: dict[str, list[Form]] = {}
    for layout in layouts:
        for table in layout.tables:
            if table.code_title:
                found.setdefault(table.code_title, []).append((layout, table))
    return found
