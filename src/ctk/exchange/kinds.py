"""The formats in which totals are written for other programs."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A format."""

    CSV = "csv"
    PARQUET = "parquet"
    SDMX = "sdmx"
