"""Results as a person reads them in a terminal; plain text where there is none."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ctk.messages import message
from ctk.model import Severity
from ctk.text.numbers import format_vi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ctk.model import Finding, Result

PIPE_WIDTH = 160
_TOLD = {"V104", "V106", "V212"}  # remarks about what was left out or read otherwise
_WORDED = {"level", "severity", "breakdowns", "publication", "part", "how", "absence"}
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan", "unreadable": "bold red",
           "errors": "red", "warnings": "yellow", "ok": "green"}  # fmt: skip


def print_result(result: Result, lang: str) -> None:
    """Print a result to stdout."""
    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else PIPE_WIDTH, highlight=False)
    printer = _Printer(console, lang, terminal)
    special: dict[str, Callable[[Result], None]] = {
        "validate": printer.validate,
        "aggregate": printer.aggregate,
        "report": printer.files,
        "template": printer.files,
        "indicators show": printer.indicator,
    }
    special.get(result.command, printer.plain)(result)


class _Printer:
    def __init__(self, console: Console, lang: str, terminal: bool) -> None:
        self.console = console
        self.lang = lang
        self.terminal = terminal

    def say(self, key: str, **params: object) -> str:
        return message(f"cli.{key}", self.lang, **params)

    def number(self, value: float | None, decimals: int = 0) -> str:
        if value is None:
            return ""
        text = format_vi(value, decimals)
        return text if self.lang == "vi" else text.translate(str.maketrans(".,", ",."))

    def word(self, value: object, column: str) -> object:
        """A key of the data in the user's language; everything else as it is."""
        if column not in _WORDED:
            return value
        if isinstance(value, list):
            return [self.word(item, column) for item in value]
        return self.say(f"word.{value}") if isinstance(value, str) else value

    def line(self, text: Text) -> None:
        """One line, however long: a terminal folds it, a pipe keeps it whole."""
        self.console.print(text, soft_wrap=True)

    def table(self, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        table = Table(box=box.SIMPLE_HEAD if self.terminal else None, pad_edge=False)
        for title in titles:
            table.add_column(title, overflow="fold")
        for row in rows:
            table.add_row(*(v if isinstance(v, Text) else Text(_text(v)) for v in row))
        self.console.print(table)

    def validate(self, result: Result) -> None:
        files = result.data["files"]
        self._file_table(files)
        self._findings(result.findings)
        counts = Counter(row["status"] for row in files)
        self.console.print(
            self.say("summary", files=len(files), ok=counts["ok"], warnings=counts["warnings"],
                     errors=counts["errors"], unreadable=counts["unreadable"])
        )  # fmt: skip

    def _file_table(self, files: list[dict[str, Any]]) -> None:
        titles = [self.say(f"column.{name}") for name in
                  ("file", "unit", "period", "status", "errors", "warnings")]  # fmt: skip
        rows = [
            (Path(row["file"]).name, row["unit"], row["period"], self._status(row["status"]),
             row["errors"], row["warnings"])
            for row in files
        ]  # fmt: skip
        self.table(titles, rows)

    def _status(self, status: str) -> Text:
        return Text(self.say(f"status.{status}"), style=_STYLES[status])

    def _findings(self, findings: Sequence[Finding]) -> None:
        """Errors and warnings by file, each with its cell and what to do; remarks only counted."""
        shown = [f for f in findings if f.severity is not Severity.INFO or f.rule in _TOLD]
        last: str | None = None
        for found in shown:
            if found.file != last:
                self.console.print(Text(f"\n{found.file}", style="bold"))
                last = found.file
            self._finding(found)
        hidden = len(findings) - len(shown)
        self.console.print()
        if hidden:
            self.console.print(self.say("infos", count=hidden))

    def _finding(self, found: Finding) -> None:
        place = "!".join(part for part in (found.sheet, found.cell) if part)
        label = Text(f"  {self.say(f'severity.{found.severity}')} {found.rule} ")
        label.stylize(_STYLES[found.severity])
        self.line(label + Text(f"{place}: " if place else "") + Text(found.message))
        if found.suggestion:
            self.line(Text(f"      → {found.suggestion}", style="dim"))

    def aggregate(self, result: Result) -> None:
        wanted = [row for row in result.data["values"] if _is_total(row)]
        groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in wanted:
            groups.setdefault((row["unit"], row["period"]), []).append(row)
        for standing in result.data["units"]:
            unit, period = standing["unit"], standing["period"]
            missing = [f"{m['code']} {m['name']}" for m in standing["missing"]]
            titled = f"{unit} {standing['name']}"
            self.console.print(Text(self.say("aggregate_of", unit=titled, period=period), "bold"))
            self._measure_table(groups.get((unit, period), []))
            if missing:
                self.console.print(self.say("missing_units", count=len(missing),
                                            units=", ".join(missing)))  # fmt: skip
        if not groups:
            self.console.print(self.say("nothing_to_add"))
        self._severities(result)

    def _measure_table(self, rows: list[dict[str, Any]]) -> None:
        from ctk.indicators import load_catalogue

        measures = {measure.id: measure for measure in load_catalogue().measures}
        lines = []
        for row in rows:
            measure = measures[row["measure"]]
            decimals = 0 if measure.is_count else 2
            coverage = f"{row['reported']}/{row['expected']}"
            value = self.number(row["value"], decimals)
            if row["value"] is None and row["partial"] is not None:
                partial = self.number(row["partial"], decimals)
                value = self.say("partial" if measure.is_count else "partial_rate", value=partial)
            lines.append((measure.id, measure.label_vi, value, measure.unit, coverage))
        names = ("code", "measure", "value", "measure_unit", "coverage")
        self.table([self.say(f"column.{name}") for name in names], lines)

    def files(self, result: Result) -> None:
        for row in result.data["files"]:
            self.console.print(Text(row["file"]))
        self._severities(result)

    def _severities(self, result: Result) -> None:
        counts = Counter(found.severity for found in result.findings)
        errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
        if errors or warnings:
            self.console.print(self.say("see_validate", errors=errors, warnings=warnings))

    def indicator(self, result: Result) -> None:
        row = result.data["indicators"][0]
        self.console.print(Text(f"{row['id']}  {row['name_vi']}", style="bold"))
        self.console.print(Text(row["name_en"], style="dim"))
        published = self.word(row["period"], "publication")
        self.line(Text(f"{self.say('column.publication')}: {_text(published)}"))
        for key in ("group", "in_force_from", "disaggregations", "lead_agency"):
            self.line(Text(f"{self.say(f'column.{key}')}: {_text(row[key])}"))
        names = ("code", "measure", "measure_unit", "numerator", "denominator")
        self.table(
            [self.say(f"column.{name}") for name in names],
            [(m["id"], m["label"], m["unit"], m["numerator"], m["denominator"])
             for m in row["measures"]],
        )  # fmt: skip
        typed = ("code", "element", "measure_unit", "adds", "breakdowns", "asked")
        self.table(
            [self.say(f"column.{name}") for name in typed],
            [(e["id"], e["name"], e["unit"], self.say(f"adds.{e['adds']}"),
              self.word(e["breakdowns"], "breakdowns"), e["asked"]) for e in row["elements"]],
        )  # fmt: skip

    def plain(self, result: Result) -> None:
        rows = result.data[result.table] if result.table else []
        for error in result.errors:
            self.line(Text(f"{error.file}: {error.title} {error.hint}", "bold red"))
        if not rows:
            self.console.print(self.say("nothing_found"))
            return
        hidden = {"measures", "name_en" if self.lang == "vi" else "name_vi"}
        if result.command == "indicators list":
            hidden |= {"appendix", "code", "period", "disaggregations", "lead_agency"}
        if result.command == "rules list":
            hidden = hidden | set(rows[0]) - {"id", "category", "severity", "title"}
        names = [name for name in rows[0] if name not in hidden]
        titles = [self.say(f"column.{name}") for name in names]
        if result.command.endswith(" show"):
            for title, name in zip(titles, names, strict=True):
                self.line(Text(f"{title}: {_text(self.word(rows[0][name], name))}"))
        else:
            lines = [[self.word(row.get(name), name) for name in names] for row in rows]
            self.table(titles, lines)


def _is_total(row: dict[str, Any]) -> bool:
    return all(row[key] == "T" for key in ("sex", "age", "ethnicity", "area"))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value)
