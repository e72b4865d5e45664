"""Rows of an SDMX-CSV 2.0 file: dimensions, value, attributes, in the order of the structure."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from ctk.exchange.delimited import number_text
from ctk.exchange.sdmx.codes import (
    CONFIDENTIAL,
    FREE,
    STATUS_OF,
    safe_id,
    time_period,
    unit_measures,
)
from ctk.exchange.sdmx.components import COMPONENTS, DATAFLOW
from ctk.report.figures import State
from ctk.report.lines import RATE_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pandas import DataFrame

    from ctk.indicators import Catalogue
    from ctk.periods import Coverage, Period

_STRUCTURE = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
_OF_TABLE = ("unit", "measure", "sex", "age", "ethnicity", "area", "period", "value", "partial",
             "numerator", "denominator", "reported", "expected", "status")  # fmt: skip


def write_data(
    path: Path,
    table: DataFrame,
    periods: dict[str, Period],
    catalogue: Catalogue,
    coverage: Coverage,
) -> None:
    """Write observations in UTF-8 without a byte-order mark, which no reader of SDMX expects.

    Args:
        path: The file.
        table: Values as `exchange.tables.value_table` gives them.
        periods: The periods of the table by their text.
        catalogue: The indicators.
        coverage: What a period covers.
    """
    times = {text: time_period(period, coverage) for text, period in periods.items()}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*_STRUCTURE, *(each.id for each in COMPONENTS)])
        writer.writerows(_rows(table, times, catalogue))


def _rows(
    table: DataFrame, times: dict[str, str], catalogue: Catalogue
) -> Iterator[tuple[object, ...]]:
    measured = {
        each.id: (
            safe_id(each.id),
            unit_measures()[each.unit][0],
            0 if each.is_count else RATE_DECIMALS,
        )
        for each in catalogue.measures
    }
    columns = (table[name].tolist() for name in _OF_TABLE)
    for unit, measure, *slice_, period, value, partial, above, below, got, of, status in zip(
        *columns, strict=True
    ):
        id_, unit_measure, decimals = measured[measure]
        state = State(status)
        yield (
            "dataflow", DATAFLOW, "I",
            safe_id(unit), id_, *(safe_id(code) for code in slice_), times[period],
            number_text(value),
            STATUS_OF[state], CONFIDENTIAL if state is State.WITHHELD else FREE,
            number_text(partial), number_text(above), number_text(below), got, of,
            unit_measure, decimals, period,
        )  # fmt: skip
