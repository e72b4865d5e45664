"""Tables as CSV files that spreadsheet programs open without taking a text for a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

from ctk.text.guard import guarded
from ctk.workbook.writing import atomic_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pandas import DataFrame


def write_csv(path: Path, table: DataFrame, *, force: bool = False) -> None:
    """Write a table in UTF-8 with a byte-order mark; see `write_rows`.

    Raises:
        UsageError: `file_exists` or `cannot_write`.
    """
    with (
        atomic_path(path, force) as part,
        part.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        write_rows(file, table)


def write_rows(file: TextIO, table: DataFrame) -> None:
    """Write a header and one line a row: figures with all their decimals, nothing for none."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(zip(*(_cells(table[name].tolist()) for name in table), strict=True))


def _cells(values: list[object]) -> Iterator[object]:
    """Whole numbers without ".0", others so that the same number is read back."""
    for value in values:
        if isinstance(value, str):
            yield guarded(value)
        elif isinstance(value, float):
            yield number_text(value)
        else:
            yield value


def number_text(value: float) -> str:
    """A figure with all its decimals, so that the same number is read back; nothing for NaN."""
    if value != value:
        return ""
    return str(int(value)) if value.is_integer() else repr(value)
