"""What `ctk targets` says: one table a document, then what has to be said about its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from ctk.cli.printer import STYLES, Printer, plain
from ctk.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctk.model import Result

_JUDGED = {
    "no": "no", "target": "wanted", "year": "due", "actual": "shown", "standing": "result",
    "gap": "distance", "coverage": "coverage", "text": "text",
}  # fmt: skip
"""Columns of the table, each with its key in the data."""
_STYLED = {"met": "ok", "missed": "errors", "incomplete": "warnings", "unknown": "warnings"}


class TargetsPrinter(Printer):
    """Prints judged targets, the list of sets, or one set."""

    def judged(self, result: Result) -> None:
        """Print the unit's figures beside the targets of each document."""
        data = result.data
        head = self._say("of", unit=data["name"], period=data["period"])
        self.line(plain(head, "bold"))
        for set_ in data["sets"]:
            rows = [row for row in data["targets"] if row["set"] == set_["id"]]
            self._heading(set_)
            self.table(self._titles(_JUDGED), [self._judged(row) for row in rows])
            self._notes(rows)
            self.line(plain(self._summary(rows)))
        for row in data["files"]:
            self.line(plain(row["file"]))

    def everything(self, result: Result) -> None:
        """Print one line a set."""
        rows = [
            [r["id"], r["unit"], f"{r['first_year']}–{r['last_year']}", r["targets"], r["title"]]
            for r in result.data["sets"]
        ]
        self.table(self._titles(("id", "unit", "years", "count", "title")), rows)

    def one(self, result: Result) -> None:
        """Print all targets of one set."""
        rows = result.data["targets"]
        self._heading(result.data["sets"][0])
        names = ("no", "target", "year", "measure", "match", "text")
        self.table(self._titles(names), [self._shown(row) for row in rows])
        said = [f"{row['no']}: {' '.join(row['remarks'])}" for row in rows if row["remarks"]]
        for line in dict.fromkeys(said):  # the same for each milestone
            self.line(plain(line))

    def _heading(self, set_: dict[str, Any]) -> None:
        self.line("")
        self.line(plain(f"{set_['title']} ({set_['source'] or set_['id']})", "bold"))
        for note in set_["notes"]:
            self.line(plain(f"{note}."))

    def _judged(self, row: dict[str, Any]) -> list[object]:
        style = STYLES.get(_STYLED.get(row["state"], ""), "")
        cells = {name: row[key] for name, key in _JUDGED.items()}
        return list((cells | {"standing": Text(row["result"], style)}).values())

    def _shown(self, row: dict[str, Any]) -> list[object]:
        first, last = row["first_year"], row["last_year"]
        years = str(first) if first == last else f"{first}–{last}"
        measure = row["measure"] and " ".join(filter(None, (row["measure"], row["slice"])))
        match = self._say(f"match.{row['match']}")
        return [row["no"], row["wanted"], years, measure, match, row["text"]]

    def _notes(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            if row["note"]:
                self.line(plain(f"{row['no']}: {row['note']}"))

    def _summary(self, rows: list[dict[str, Any]]) -> str:
        states = [row["result"] for row in rows]
        return "; ".join(f"{state}: {states.count(state)}" for state in dict.fromkeys(states)) + "."

    def _titles(self, names: Iterable[str]) -> list[str]:
        return [self._say(f"column.{name}") for name in names]

    def _say(self, key: str, **params: object) -> str:
        return message(f"targets.{key}", self.lang, **params)
