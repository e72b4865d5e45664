"""What `ctk regimes` says; facts that a document does not give are said to be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from ctk.cli.printer import Printer, plain
from ctk.messages import message

if TYPE_CHECKING:
    from ctk.model import Result

_COLUMNS = ("id", "years", "six", "year", "authority")
_WORDS = ("authority", "document", "number")
_CHOSEN = ("before", "free_day", "covers")


class RegimesPrinter(Printer):
    """Prints a table of regimes, or one of them in full."""

    def everything(self, result: Result) -> None:
        """Print one line a regime."""
        rows = result.data["regimes"]
        titles = [self._say(f"column.{name}") for name in _COLUMNS]
        self.table(titles, [self._row(row) for row in rows])
        self.line(self._say("show_one", id=rows[0]["id"]))

    def one(self, result: Result) -> None:
        """Print all facts of one regime."""
        row = result.data["regimes"][0]
        self.line(Text(row["id"], "bold"))
        for name in _WORDS:
            self._field(name, row[name])
        self._field("document_date", row["document_date"] and self.day(row["document_date"]))
        self._field("years", self._years(row))
        self._field("level", self.say(f"word.{row['level']}"))
        for name in ("reporters", "reports_to"):
            self._field(name, row[name])
        self._field("agencies", "; ".join(self._agency(each) for each in row["agencies"]))
        self._field("asked", row["asked"])
        self._field("elements", ", ".join(row["elements"]) or self._say("all_elements"))
        names = {each["reporter"]: each["name"] for each in row["agencies"]}
        told = {names.get(who, self._say("units")): len(ids) for who, ids in row["answers"].items()}
        self._field("answers", "; ".join(f"{name} {count}" for name, count in told.items()))
        self._field("deadlines", "; ".join(self._dated(each) for each in row["deadlines"]))
        for name in _CHOSEN:
            self._field(name, row[name] and self._say(f"{name}.{row[name]}"))
        for name in ("duties", "notes"):
            for text in row[name]:
                self._field(name, text)

    def _row(self, row: dict[str, Any]) -> list[object]:
        words = {each["period"]: each["words"] or self._say("no_date") for each in row["deadlines"]}
        return [row["id"], self._years(row), words.get("6m", "–"), words.get("12m", "–"),
                row["authority"]]  # fmt: skip

    def _years(self, row: dict[str, Any]) -> str:
        first, last = row["first_year"], row["last_year"]
        if last is None:
            return self._say("onward", first=first)
        return str(first) if first == last else f"{first}–{last}"

    def _agency(self, agency: dict[str, Any]) -> str:
        name = str(agency["name"])
        return self._say("group", name=name) if agency["several"] else name

    def _dated(self, each: dict[str, Any]) -> str:
        words = each["words"] or self._say("no_date")
        return self._say("own_date", period=each["period"], words=words)

    def _field(self, name: str, value: str | None) -> None:
        said = value or self._say("unknown")
        self.line(plain(f"{self._say(f'field.{name}')}: {said}"))

    def _say(self, key: str, **params: object) -> str:
        return message(f"regimes.{key}", self.lang, **params)
