"""Tables as Parquet files: DuckDB is here anyway, and writes them without another library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pandas import DataFrame

_TYPES = {"f": "DOUBLE", "i": "BIGINT"}


def write_parquet(path: Path, table: DataFrame, about: Mapping[str, str]) -> None:
    """Write a table; floats that are NaN become NULL.

    Args:
        path: The file; one that is there is replaced.
        table: Its columns are texts, whole numbers or floats.
        about: What the file's metadata says.
    """
    typed = [
        (name, _TYPES.get(table[name].dtype.kind, "VARCHAR")) for name in table.columns.tolist()
    ]
    picked = ", ".join(_column(name, kind) for name, kind in typed)
    said = ", ".join(f"{_quoted(key)}: {_quoted(text)}" for key, text in about.items())
    options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{said}}}"
    with duckdb.connect() as memory:
        memory.register("given", table)
        memory.execute(f"COPY (SELECT {picked} FROM given) TO {_quoted(str(path))} ({options})")  # noqa: S608  (names of our own columns, quoted)


def _column(name: str, kind: str) -> str:
    own = _named(name)
    value = f"CASE WHEN isnan({own}) THEN NULL ELSE {own} END" if kind == "DOUBLE" else own
    return f"CAST({value} AS {kind}) AS {own}"


def _named(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
