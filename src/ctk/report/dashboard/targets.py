"""The targets of the unit's documents: met, missed or not to be told, as `ctk targets` says."""

from __future__ import annotations

from typing import Any

from ctk.messages import message
from ctk.report.context import ReportContext
from ctk.report.targets.judge import by_set, judge
from ctk.report.targets.wording import line_of, set_notes

COLUMNS = ("no", "text", "standing", "actual", "target", "year", "gap", "coverage")
"""What matters most stands first: on a phone the rest is reached by scrolling."""


def targets(context: ReportContext) -> list[dict[str, Any]]:
    """One table for each document that sets targets for the unit."""
    return [
        {
            "name": set_.name(context.lang),
            "about": _sentences((set_.source, *set_notes(set_, context))),
            "rows": [line_of(row, context) for row in rows],
        }
        for set_, rows in by_set(judge(context))
    ]


def _sentences(texts: tuple[str, ...]) -> str:
    return " ".join(f"{text.rstrip('.')}." for text in texts if text)


def titles(lang: str) -> list[tuple[str, str]]:
    """The columns of a table with their titles."""
    return [(name, message(f"targets.column.{name}", lang)) for name in COLUMNS]
