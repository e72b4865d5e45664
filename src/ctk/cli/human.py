"""Results as a person reads them in a terminal; plain text where there is none."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rich.text import Text

from ctk.cli.printer import Printer, as_text
from ctk.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from ctk.model import Result

_ACCOUNTS = ("ctk.cli.accounts", "AccountsPrinter")
_TARGETS = ("ctk.cli.target_tables", "TargetsPrinter")
_OWN = {
    "receive": ("ctk.cli.receipts", "ReceiptsPrinter", "print"),
    "status": ("ctk.cli.tracking", "TrackingPrinter", "print"),
    "trace": ("ctk.cli.tracing", "TracePrinter", "print"),
    "rules list": ("ctk.cli.rules", "RulesPrinter", "list"),
    "rules show": ("ctk.cli.rules", "RulesPrinter", "show"),
    "regimes list": ("ctk.cli.regimes", "RegimesPrinter", "everything"),
    "regimes show": ("ctk.cli.regimes", "RegimesPrinter", "one"),
    "targets": (*_TARGETS, "judged"),
    "targets list": (*_TARGETS, "everything"),
    "targets show": (*_TARGETS, "one"),
    "history": (*_ACCOUNTS, "receipts"),
    "withdraw": (*_ACCOUNTS, "receipts"),
    "diff": (*_ACCOUNTS, "changes"),
    "close": (*_ACCOUNTS, "periods"),
    "reopen": (*_ACCOUNTS, "periods"),
    "confirm": (*_ACCOUNTS, "confirmed"),
    "forms check": ("ctk.cli.layouts", "LayoutPrinter", "checked"),
    "forms show": ("ctk.cli.layouts", "LayoutPrinter", "shown"),
    "forms learn": ("ctk.cli.learning", "LearningPrinter", "learned"),
}
"""Commands with a printer of their own, loaded when it is needed: module, class, method."""


def print_result(result: Result, lang: str, *, details: bool = False) -> None:
    """Print a result to stdout.

    Args:
        result: What a command returned.
        lang: Language of the words around the data.
        details: Whether all findings are printed, however many.
    """
    if result.command == "validate":
        from ctk.cli.copies import CopiesPrinter
        from ctk.cli.validation import ValidationPrinter

        printer = ValidationPrinter(lang, result)
        (printer.everything if details else printer.summary)()
        CopiesPrinter(lang).print(result, details=details)
        return
    if result.command in _OWN:
        module, name, method = _OWN[result.command]
        getattr(getattr(import_module(module), name)(lang), method)(result)
        return
    other = _ResultPrinter(lang)
    special: dict[str, Callable[[Result], None]] = {
        "aggregate": other.aggregate,
        "report": other.files,
        "dashboard": other.files,
        "export": other.files,
        "template": other.files,
        "init": other.files,
        "indicators show": other.indicator,
    }
    special.get(result.command, other.plain)(result)


def print_plainly(result: Result, lang: str) -> None:
    """Print a result as what it is: titles and values, or a table of them."""
    _ResultPrinter(lang).plain(result)


class _ResultPrinter(Printer):
    def aggregate(self, result: Result) -> None:
        wanted = [row for row in result.data["values"] if _is_total(row)]
        groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in wanted:
            groups.setdefault((row["unit"], row["period"]), []).append(row)
        for standing in result.data["units"]:
            unit, period = standing["unit"], standing["period"]
            missing = [f"{m['code']} {m['name']}" for m in standing["missing"]]
            titled = f"{unit} {standing['name']}"
            self.line(Text(self.say("aggregate_of", unit=titled, period=period), "bold"))
            self._measure_table(groups.get((unit, period), []))
            if missing:
                self.line(self.say("missing_units", count=len(missing), units=", ".join(missing)))
        if not groups:
            self.line(self.say("nothing_to_add"))
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
            self.line(Text(row["file"]))
        self._severities(result)

    def _severities(self, result: Result) -> None:
        counts = Counter(found.severity for found in result.findings)
        errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
        if errors or warnings:
            self.line(self.say("see_validate", errors=errors, warnings=warnings))

    def indicator(self, result: Result) -> None:
        row = result.data["indicators"][0]
        self.line(Text(f"{row['id']}  {row['name_vi']}", style="bold"))
        self.line(Text(row["name_en"], style="dim"))
        published = self.word(row["period"], "publication")
        self.line(Text(f"{self.say('column.publication')}: {as_text(published)}"))
        for key in ("group", "in_force_from", "disaggregations", "lead_agency"):
            self.line(Text(f"{self.say(f'column.{key}')}: {as_text(row[key])}"))
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
            if result.command != "ledger check":  # there it would sound as if all were lost
                self.line(self.say("nothing_found"))
            return
        hidden = {"measures", "name_en" if self.lang == "vi" else "name_vi"}
        if result.command == "indicators list":
            hidden |= {"appendix", "code", "period", "disaggregations", "lead_agency"}
        if result.command == "forms list":
            hidden |= {"source"}  # long, and `forms show` tells it; the titles need the room
        names = [name for name in rows[0] if name not in hidden]
        titles = [self.say(f"column.{name}") for name in names]
        if result.command.endswith(" show"):
            for title, name in zip(titles, names, strict=True):
                self.line(Text(f"{title}: {as_text(self.word(rows[0][name], name))}"))
        else:
            lines = [[self.word(row.get(name), name) for name in names] for row in rows]
            self.table(titles, lines)


def _is_total(row: dict[str, Any]) -> bool:
    return all(row[key] == "T" for key in ("sex", "age", "ethnicity", "area"))
