"""What `ctk receive` says: what became of each file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from ctk.cli.printer import STYLES, Printer, plain
from ctk.messages import message

if TYPE_CHECKING:
    from ctk.model import Result

_STYLED = {"refused": "errors", "unreadable": "unreadable", "unknown": "errors",
           "identities": "warnings", "closed": "warnings", "purged": "warnings",
           "accepted": "ok"}  # fmt: skip
_NAMES = ("outcome", "errors", "warnings", "period", "unit", "file")


class ReceiptsPrinter(Printer):
    """Prints one line a file and how many files had which outcome."""

    def print(self, result: Result) -> None:
        """Print what became of the files; those that need action come first."""
        rows = sorted(result.data["files"], key=lambda row: row["outcome"] in _FINE)
        lines = [
            (
                self._outcome(row["outcome"]),
                row["errors"],
                row["warnings"],
                row["period"] or "",
                row["unit"] or "",
                Path(row["file"]).name,
            )
            for row in rows
        ]
        self.table([self.say(f"column.{name}") for name in _NAMES], lines)
        counts = Counter(row["outcome"] for row in rows)
        told = [f"{count} {self._said(outcome)}" for outcome, count in counts.items()]
        self.line(plain(", ".join(told)))

    def _outcome(self, outcome: str) -> Text:
        return Text(self._said(outcome), STYLES.get(_STYLED.get(outcome, ""), ""))

    def _said(self, outcome: str) -> str:
        return message(f"ledger.outcome.{outcome}", self.lang)


_FINE = {"accepted", "unchanged"}
