"""Figures that an office types for targets which ctk cannot measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.periods import parse_period
from ctk.targets.loader import FIGURES, FOLDER, refused, text_of
from ctk.targets.tables import Row, TableError, lines_of, require, rows_of
from ctk.targets.types import Typed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ctk.targets.types import TargetSet

COLUMNS = ("set", "no", "unit", "period", "value", "by", "date", "source", "public")
_REQUIRED = COLUMNS[:-1]
_PUBLIC = {"": False, "no": False, "không": False, "yes": True, "có": True}


def load_figures(workspace: Path | None, known: dict[str, TargetSet]) -> tuple[Typed, ...]:
    """The figures in the workspace's `targets/figures.csv`; none without such a file.

    Raises:
        UsageError: `targets_unreadable` or `targets_value`.
    """
    path = workspace / FOLDER / FIGURES if workspace else None
    if path is None or not path.is_file():
        return ()
    try:
        return read_figures(text_of(path), known)
    except TableError as error:
        raise refused(path, error) from error


def read_figures(text: str, known: dict[str, TargetSet]) -> tuple[Typed, ...]:
    """Read typed figures.

    Raises:
        TableError: A set or target is not known, a cell is empty or means nothing, or a figure
            stands there twice.
    """
    rows = rows_of(lines_of(text, COLUMNS[0]), COLUMNS)
    require(rows, _REQUIRED)
    found: dict[tuple[str, str, str, str], Typed] = {}
    for row in rows:
        typed = _typed(row, known)
        key = typed.set, typed.no, typed.unit, typed.period
        row.need(key not in found, "no", "set + no + unit + period ≠")
        found[key] = typed
    return tuple(found.values())


def _typed(row: Row, known: dict[str, TargetSet]) -> Typed:
    set_ = known.get(row["set"].lower())
    if set_ is None:
        raise TableError(row.line, "set", row["set"], " | ".join(known))
    numbers = dict.fromkeys(target.no for target in set_.targets)
    row.need(row["no"] in numbers, "no", _some(numbers))
    row.need(row["public"].lower() in _PUBLIC, "public", "yes | no")
    try:
        period = str(parse_period(row["period"]))
    except UsageError as error:
        raise TableError(row.line, "period", row["period"], "2022 | 2022-6m") from error
    return Typed(
        set=set_.id,
        no=row["no"],
        unit=row["unit"],
        period=period,
        value=row.number("value"),
        by=row["by"],
        day=row["date"],
        source=row["source"],
        public=_PUBLIC[row["public"].lower()],
    )


def _some(numbers: Iterable[str]) -> str:
    first = list(numbers)[:6]
    return " | ".join([*first, "…"])
