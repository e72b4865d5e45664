"""Tables that somebody turned round: rows as columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ctk.forms.types import Cells, Plan


def turned_cells(cells: Cells) -> Cells:
    """The cells with rows and columns exchanged."""
    return [list(column) for column in zip(*cells, strict=True)]


def turned_plan(plan: Plan) -> Plan:
    """A plan of turned cells as one of the cells themselves."""
    return replace(
        plan,
        row=plan.col.astype(np.int32),
        col=plan.row.astype(np.int16),
        label_row=plan.label_col.astype(np.int32),
        label_col=plan.label_row.astype(np.int16),
        unused=tuple((row, col) for col, row in plan.unused),
        outside=tuple(one.turned() for one in plan.outside),
        issues=tuple(replace(issue, row=issue.col, col=issue.row) for issue in plan.issues),
        turned=True,
        head_row=-1,
    )
