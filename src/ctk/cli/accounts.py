"""What the commands that go back print for a person: receipts, changes, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from ctk.cli.printer import STYLES, Printer, plain
from ctk.messages import message
from ctk.regimes.reporters import with_reporter

if TYPE_CHECKING:
    from ctk.model import Result

_STATES = {"accepted": "ok", "refused": "errors", "withdrawn": "warnings", "replaced": ""}
_RECEIPT = ("id", "time", "outcome", "period", "unit", "file", "errors", "warnings", "reason")
_CHANGE = ("change", "code", "column", "cell", "value", "cell", "value")
_SHORT = 8


class AccountsPrinter(Printer):
    """Prints what the ledger tells of submissions."""

    def receipts(self, result: Result) -> None:
        """Print one line a receipt, and below what people decided."""
        rows = [
            (
                row["id"].rpartition("-")[2][:_SHORT],
                row["time"][:16].replace("T", " "),
                self._state(row["state"]),
                row["period"],
                self._who(row),
                row["file"],
                row["errors"],
                row["warnings"],
                row["reason"],
            )
            for row in result.data["receipts"]
        ]
        if rows:
            self.table([self.say(f"column.{name}") for name in _RECEIPT], rows)
        for event in result.data.get("events", ()):
            self.line(plain(self._event(event)))

    def _who(self, row: dict[str, Any]) -> str:
        """The unit; with the agency where it is not the unit itself that sent the file."""
        unit = f"{row['unit'] or ''} {row.get('unit_name', '')}".strip()
        return with_reporter(unit, row["reporter"], self.lang)

    def _state(self, state: str) -> Text:
        look = STYLES.get(_STATES[state], "")
        return Text(message(f"ledger.state.{state}", self.lang), look)

    def _event(self, event: dict[str, Any]) -> str:
        shown = {key: value or "" for key, value in event.items()} | {
            "time": event["time"][:16].replace("T", " ")
        }
        return message(f"ledger.event.{event['kind']}", self.lang, **shown).rstrip(" :")

    def changes(self, result: Result) -> None:
        """Print one line a cell, then how many there are of each kind."""
        for side in ("a", "b"):
            named = result.data[side]
            about = " ".join(filter(None, (self._who(named), named["period"], named["file"])))
            self.line(plain(f"{side.upper()}: {about} ({named['sha256'][:12]})", "bold"))
        titles = [self.say(f"column.{name}") for name in _CHANGE]
        for i, side in ((3, "A"), (4, "A"), (5, "B"), (6, "B")):
            titles[i] = f"{titles[i]} {side}"
        rows = [self._change(row) for row in result.data["changes"]]
        if rows:
            self.table(titles, rows)
        counts = result.data["counts"]
        told = [f"{self._kind(kind)}: {count}" for kind, count in counts.items()]
        self.line(plain(", ".join(told)))

    def _change(self, row: dict[str, Any]) -> list[object]:
        slices = (row[key] for key in ("sex", "age", "ethnicity"))
        column = next((code for code in slices if code != "T"), "T")
        cells: list[object] = []
        for side in ("a", "b"):
            place = f"{row[f'{side}_sheet']}!{row[f'{side}_cell']}" if row[f"{side}_cell"] else ""
            cells += [place, self._value(row[f"{side}_value"], row[f"{side}_absence"])]
        return [self._kind(row["kind"]), row["element"], column, *cells]

    def _value(self, value: float | None, absence: str | None) -> str:
        if value is None:
            return self.say(f"word.{absence}") if absence else ""
        return self.number(value, 0 if float(value).is_integer() else 2)

    def _kind(self, kind: str) -> str:
        return message(f"ledger.change.{kind}", self.lang)

    def periods(self, result: Result) -> None:
        """Say whether a period is closed now."""
        for row in result.data["periods"]:
            key = row["state"] if row["changed"] else f"still_{row['state']}"
            self.line(message(f"ledger.period.{key}", self.lang, period=row["period"]))

    def confirmed(self, result: Result) -> None:
        """Say what was confirmed."""
        for row in result.data["confirmed"]:
            place = "!".join(part for part in (row["sheet"], row["cell"]) if part)
            said = row["message"]
            self.line(plain(message("ledger.confirmed.now", self.lang, place=place, said=said)))
