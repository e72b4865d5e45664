"""Writes totals as tables for other programs; shared by `ctk aggregate -o` and `ctk export`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.exchange.delimited import write_csv
from ctk.exchange.tables import (
    close_rates,
    element_names,
    element_table,
    measure_names,
    value_table,
)
from ctk.periods import parse_period
from ctk.report.lines import unit_label
from ctk.units.lookup import find_unit
from ctk.workbook.writing import atomic_path

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from ctk.aggregate.roll_up import Totals
    from ctk.indicators import Catalogue
    from ctk.model import Unit

CSV, PARQUET = ".csv", ".parquet"
_FORMAT = "ctk-export 1"


def tables_of(totals: Totals, catalogue: Catalogue, lang: str) -> dict[str, pd.DataFrame]:
    """The tables `values`, `elements` and, where a form asks some, `form_rates`, with names."""

    def label(unit: str) -> str:
        return unit_label(unit, lang)

    units = units_of(totals)
    measures = measure_names(catalogue, lang, label)
    values = close_rates(totals.values, totals.elements, catalogue)
    tables = {
        "values": value_table(values, units, measures),
        "elements": element_table(totals.elements, units, element_names(catalogue, lang, label)),
    }
    if len(totals.form_rates):
        rates = close_rates(totals.form_rates, totals.elements, catalogue)
        tables["form_rates"] = value_table(rates, units, measures)
    return tables


def units_of(totals: Totals) -> dict[tuple[str, str], Unit]:
    """The units of some totals by code and period, as they were at the period's end."""
    frames = (totals.values, totals.elements, totals.form_rates)
    pairs = {
        pair
        for frame in frames
        for pair in zip(frame["unit"].tolist(), frame["period"].tolist(), strict=True)
    }
    return {(code, text): find_unit(code, parse_period(text).end) for code, text in pairs}


def write_table(path: Path, table: pd.DataFrame, name: str, *, force: bool = False) -> None:
    """Write one table; the ending of the name says in which format.

    Raises:
        UsageError: `not_a_table`, `file_exists` or `cannot_write`.
    """
    ending = path.suffix.lower()
    if ending == CSV:
        write_csv(path, table, force=force)
    elif ending == PARQUET:
        from ctk.ledger.parquet import write_parquet  # noqa: PLC0415  (DuckDB, only for this)

        with atomic_path(path, force) as part:
            write_parquet(part, table, {"format": _FORMAT, "table": name})
    else:
        raise UsageError("not_a_table", path=path)
