"""Figures between a batch and the ledger: by the ids of elements and columns, which outlive ctk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ctk.errors import UsageError
from ctk.forms.loader import load_layouts
from ctk.forms.together import asked_elements, layouts_of
from ctk.frame import COLUMNS, Batch, Submission, empty_frame
from ctk.ledger.index import FIGURE_COLUMNS
from ctk.periods import parse_period
from ctk.units.lookup import find_unit

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from ctk.indicators import Catalogue
    from ctk.model import Unit
    from ctk.periods import Period

_PLACES = ("absence", "note", "sheet", "row", "col", "label_row", "label_col")


def stored_figures(batch: Batch, place: int) -> dict[str, list[Any]]:
    """Give the figures of one submission as columns that JSON holds.

    Args:
        batch: The files as read.
        place: Position of the submission.
    """
    rows = batch.rows_of.get(place, np.empty(0, np.int64))
    frame = batch.frame.iloc[rows]
    columns: dict[str, list[Any]] = {
        "element": [batch.catalogue.elements[i].id for i in frame["element"]],
        "breakdown": [batch.catalogue.breakdowns[i].code for i in frame["breakdown"]],
        "value": [None if value != value else value for value in frame["value"].tolist()],
        "raw": [batch.raw.get(int(row)) for row in rows],
    }
    columns |= {name: frame[name].tolist() for name in _PLACES}
    return {name: columns[name] for name in FIGURE_COLUMNS}


def batch_of(catalogue: Catalogue, submissions: pd.DataFrame, figures: pd.DataFrame) -> Batch:
    """Make a batch of submissions in the ledger, as if their files had just been read.

    Args:
        catalogue: What elements and columns there are; figures of others are left out.
        submissions: Rows of `Index.current` or `Index.submissions`.
        figures: Their figures, with `place` as the position of the submission.
    """
    known = figures["element"].isin(list(catalogue.element_index))
    codes = {breakdown.code: i for i, breakdown in enumerate(catalogue.breakdowns)}
    figures = figures[known & figures["breakdown"].isin(list(codes))].reset_index(drop=True)
    raw = {i: text for i, text in enumerate(figures["raw"]) if isinstance(text, str)}
    named = {
        "submission": figures["place"],
        "element": figures["element"].map(catalogue.element_index),
        "breakdown": figures["breakdown"].map(codes),
        "value": figures["value"],
        **{name: figures[name] for name in _PLACES},
    }
    frame = pd.DataFrame({name: named[name].astype(kind) for name, kind in COLUMNS.items()})
    asked = frame.groupby("submission")["element"].unique()
    listed = tuple(
        replace(each, asks=_asks(each.form, asked.get(place, ())))
        for place, each in enumerate(map(_submission, submissions.to_dict("records")))
    )
    return Batch(catalogue, listed, frame if len(frame) else empty_frame(), raw, {}, ())


def _submission(row: Mapping[Hashable, Any]) -> Submission:
    period = parse_period(row["period"])
    return Submission(
        row["file"],
        row["sha256"],
        row["form"],
        tuple(row["sheets"]),
        _unit(row["unit"], period),
        period,
        row["cut_off"],
        row["kind"],
        row["status"],
        reporter=row["reporter"],
        receipt=row["id"],
    )


def _asks(form: str, found: Iterable[int]) -> frozenset[int] | None:
    """What a form asks; of an office's own form, which may have changed since, what it gave."""
    layouts = layouts_of(form, {layout.id: layout for layout in load_layouts()})
    return asked_elements(layouts) if layouts else frozenset(map(int, found))


def _unit(code: str, period: Period) -> Unit | None:
    try:
        return find_unit(code, period.end)
    except UsageError:  # a later list of units may have dropped a wrong one
        return None
