"""What `ctk status` says: the tracking numbers, then one line a reporter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from ctk.cli.printer import STYLES, Printer, plain
from ctk.messages import message
from ctk.regimes.reporters import with_reporter

if TYPE_CHECKING:
    from ctk.model import Result

_STYLED = {"accepted": "ok", "refused": "errors", "not_yet": "warnings"}
_NAMES = ("unit_code", "state", "received_on", "on_time", "days_late", "errors", "warnings",
          "name", "wrong")  # fmt: skip
_SHOWN = 20


class TrackingPrinter(Printer):
    """Prints where the reporters stand; those that need action come first."""

    def print(self, result: Result) -> None:
        """Print the lines about the period, then the table."""
        data = result.data
        for line in data["lines"]:
            self.line(plain(line))
        self.line("")
        rows = sorted(data["reporters"], key=lambda row: row["state"] == "accepted")
        self.table(self._titles(), [self._row(row) for row in rows])
        if data["agencies"]:
            self.line("")
            self.line(Text(message("status.sheet.agencies", self.lang), "bold"))
            self.table(self._titles(), [self._row(row) for row in data["agencies"]])
        if data["others"]:
            names = [
                f"{with_reporter(row['unit'], row['reporter'], self.lang)} ({row['file']})"
                for row in data["others"][:_SHOWN]
            ]
            said = message("status.table.others", self.lang, names=", ".join(names))
            self.line(plain(said))
        for row in data["files"]:
            self.line(plain(message("status.table.written", self.lang, path=row["file"])))

    def _titles(self) -> list[str]:
        return [message(f"status.column.{name}", self.lang) for name in _NAMES]

    def _row(self, row: dict[str, Any]) -> list[object]:
        state, on_time = row["state"], row["on_time"]
        late = row["days_late"]
        first = row["wrong"][0] if row["wrong"] else ""
        wrong = message("status.empty", self.lang) if row["empty"] else first
        return [
            row["unit"],
            Text(message(f"status.state.{state}", self.lang), STYLES[_STYLED[state]]),
            self.day(row["received_on"]) if row["received_on"] else "",
            "" if on_time is None else self._on_time(on_time=on_time),
            message("status.table.late", self.lang, days=late) if late else "",
            row["errors"],
            row["warnings"],
            row["name"],
            wrong,
        ]

    def _on_time(self, *, on_time: bool) -> str:
        return message(f"status.on_time.{'yes' if on_time else 'no'}", self.lang)
