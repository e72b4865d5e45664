"""The list of what a public copy withholds, with the true figures: for the office only."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from ctk.disclosure.protect import Kept
from ctk.messages import message
from ctk.workbook.writing import atomic_path

_COLUMNS = ("mark", "period", "unit", "figure", "sex", "age", "ethnicity", "area", "value",
            "reason", "low", "high")  # fmt: skip


def write_list(path: Path, kept: Iterable[Kept], lang: str, *, force: bool = False) -> None:
    """Write one row a figure; every row says that the list is not for publication.

    Args:
        path: CSV file.
        kept: What is withheld.
        lang: Language of marks and reasons.
        force: Whether a file that is already there may be replaced.

    Raises:
        UsageError: `file_exists` or `cannot_write`.
    """
    mark = message("public.list.mark", lang)
    with (
        atomic_path(path, force) as part,
        part.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(message(f"public.list.{name}", lang) for name in ("title", *_COLUMNS[1:]))
        for each in kept:
            reason = message(f"public.list.{each.reason}", lang)
            numbers = (each.value, reason, each.low, each.high)
            writer.writerow([mark, each.period, each.unit, *each.figure, *numbers])
