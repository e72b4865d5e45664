"""The one pandera schema: types, domains and keys of the whole batch, validated once.

Each check keeps to the rows fit for it, so that no odd cell can hide another; its `error` is the id
of the rule that a failing row breaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandera.pandas as pa

from ctk.frame import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from ctk.frame import Batch

VALUE_RULES = ("V304", "V305", "V306")
"""The rules on the value of a single cell."""

_DOMAIN_RULES = (*VALUE_RULES, "V207")


def failing_rows(batch: Batch) -> dict[str, list[int]]:
    """Validate the batch's frame.

    Returns:
        Rows of the frame (positions) by the id of the rule that they break.

    Raises:
        pandera.errors.SchemaErrors: The frame itself has another shape than it should: a fault
            of ctk, never of the user's file.
    """
    try:
        # pandera ties the schema to the frame it is given: a passing view, not the batch's own.
        _schema(batch).validate(batch.frame.copy(deep=False), lazy=True, inplace=True)
    except pa.errors.SchemaErrors as error:
        return _by_rule(error)
    return {}


def _by_rule(error: pa.errors.SchemaErrors) -> dict[str, list[int]]:
    cases = error.failure_cases
    if not set(cases["check"]) <= set(_DOMAIN_RULES):
        raise error
    rows: dict[str, set[int]] = {}
    for rule, row in zip(cases["check"], cases["index"], strict=True):
        rows.setdefault(str(rule), set()).add(int(row))
    return {rule: sorted(found) for rule, found in rows.items()}


def _schema(batch: Batch) -> pa.DataFrameSchema:
    yes_no = np.array([element.adds == "yes_no" for element in batch.catalogue.elements])
    of_row = yes_no[batch.frame["element"].to_numpy()]
    values = [
        _check("V304", _not_negative),
        _check("V305", _whole),
        _check("V306", lambda value: ~of_row | _zero_or_one(value)),
    ]
    # Checks stand on single columns: one on the whole frame would be told once a column.
    keys = [_check("V207", lambda element: element.notna() & ~batch.repeated)]
    columns = {name: pa.Column(np.dtype(kind)) for name, kind in COLUMNS.items()}
    columns["value"] = pa.Column(np.dtype(np.float64), values, nullable=True)
    columns["element"] = pa.Column(np.dtype(np.int16), keys)
    return pa.DataFrameSchema(columns, strict=True)


def _check(rule: str, holds: Callable[[pd.Series[float]], pd.Series[bool]]) -> pa.Check:
    return pa.Check(holds, error=rule, name=rule, ignore_na=False)


def _not_negative(value: pd.Series[float]) -> pd.Series[bool]:
    return value.isna() | (value >= 0)


def _whole(value: pd.Series[float]) -> pd.Series[bool]:
    return value.isna() | (value % 1 == 0)


def _zero_or_one(value: pd.Series[float]) -> pd.Series[bool]:
    """Leave out what is no count at all: other rules speak of it."""
    return value.isna() | value.isin((0, 1)) | (value < 0) | (value % 1 != 0)
