"""What `ctk trace` prints for a person: the figure, below it the communes, below them the cells."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.cli.printer import Printer
from ctk.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text

    from ctk.model import Result

_SLICE = ("sex", "age", "ethnicity", "area")
_HASH = 12


class TracePrinter(Printer):
    """Prints a figure as a tree: what lies deeper made what stands above it."""

    def print(self, result: Result) -> None:
        """Print the figure, its terms, its cells, and where it is printed."""
        data = result.data
        self._head(data["figure"])
        cells = {
            code: list(rows)
            for code, rows in groupby(data["cells"], key=lambda row: str(row["unit"]))
        }
        for term in data["terms"]:
            self._write(self._term(term, data["figure"]), 2)
            for row in cells.get(term["unit"], []):
                self._write(self._cell(row), 6, "" if row["counted"] else "dim")
        for file, places in groupby(data["printed"], key=lambda row: str(row["file"])):
            self._write(self._said("printed", file=file), 0, "bold")
            for row in places:
                self._write(f"{row['sheet']}!{row['cell']}: {self._figure(row['value'])}", 2)
        self._earlier(data["earlier"])
        for warning in data["warnings"]:
            self._write(warning["message"], 0, "yellow")
        for each in data["confirmed"]:
            place = "!".join(part for part in (each["sheet"], each["cell"]) if part)
            self._write(f"{each['unit']} {place} {each['rule']}: {each['why']}", 0)

    def _head(self, row: dict[str, Any]) -> None:
        columns = [f"{key}={row[key]}" for key in _SLICE if row[key] != "T"]
        measure = ", ".join([row["measure"], *columns])
        told = {"unit": row["unit"], "name": row["unit_name"], "period": row["period"]}
        self._write(self._said("figure", measure=measure, **told), 0, "bold")
        counts = {key: row[key] for key in ("reported", "expected")}
        self._write(f"{self._result(row)}; {self._said('coverage', **counts)}", 0, "bold")

    def _result(self, row: dict[str, Any]) -> str:
        if row["value"] is None and row["partial"] is None:
            undefined = row["multiplier"] and row["denominator"] == 0
            return self._said("undefined") if undefined else self._said("incomplete", value="–")
        if row["value"] is None:
            return self._said("incomplete", value=self._figure(row["partial"]))
        if row["multiplier"] is None:
            return self._said("sum", value=self._figure(row["value"]))
        terms = {key: self._figure(row[key]) for key in ("numerator", "denominator", "multiplier")}
        return self._said("rate", value=self.number(row["value"], 2), **terms)

    def _term(self, term: dict[str, Any], figure: dict[str, Any]) -> str:
        name = f"{term['unit']} {term['unit_name']}"
        if term["state"] != "counted":
            told = {self._why(each["absence"]) for each in term["lacking"] if each["absence"]}
            why = f" ({', '.join(sorted(told))})" if told and term["state"] == "missing" else ""
            return f"{name}: {self._said('state.' + term['state'])}{why}"
        above = self._figure(term["numerator"])
        below = "" if figure["multiplier"] is None else f" / {self._figure(term['denominator'])}"
        return f"{name}: {above}{below}"

    def _cell(self, row: dict[str, Any]) -> str:
        value = self._figure(row["value"]) if row["value"] is not None else ""
        if row["absence"] and row["value"] is None:
            value = self._why(row["absence"])
        if row["cell"] is None:
            place = self._said("from_units") if row["value"] is not None else ""
            return f"{row['element']} = {value}  {place}".rstrip()
        place = f"{Path(row['file']).name} {row['sheet']}!{row['cell']}"
        raw = f" “{row['raw']}”" if row["raw"] and row["raw"] != str(row["value"]) else ""
        return f"{row['element']} = {value}{raw}  {place}  {row['sha256'][:_HASH]}"

    def _why(self, absence: str) -> str:
        return self._said("no_cell") if absence == "no_cell" else self.say(f"word.{absence}")

    def _earlier(self, row: dict[str, Any] | None) -> None:
        if row is None:
            return
        if row["comparable"]:
            text = self._said("earlier", period=row["period"], value=self._figure(row["value"]))
        else:
            key = "incomplete_then" if row["why"] == "incomplete" else row["why"]
            text = self._said("earlier_none", period=row["period"], why=self._said(key))
        if len(row["made_of"]) > 1 or row["why"] == "split":
            names = ", ".join(self._part(each) for each in row["made_of"])
            text = f"{text}; {self._said('made_of', names=names)}"
        self._write(text, 0)

    def _part(self, row: dict[str, Any]) -> str:
        return row["name"] if row["part"] == "whole" else self._said("part_of", name=row["name"])

    def _figure(self, value: float | None) -> str:
        whole = value is None or float(value).is_integer()
        return self.number(value, 0 if whole else 2)

    def _said(self, key: str, **params: object) -> str:
        return message(f"ledger.trace.{key}", self.lang, **params)

    def _write(self, text: str, indent: int, style: str = "") -> None:
        lines: Iterable[Text] = self.folded(text, indent, style)
        for line in lines:
            self.line(line)
