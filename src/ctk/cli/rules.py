"""What `ctk rules` prints for a person: the list by category, one rule with all that is known."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.text import Text

from ctk.cli.printer import STYLES, Printer

if TYPE_CHECKING:
    from ctk.model import Result

_INDENT = 2


class RulesPrinter(Printer):
    """Prints rules."""

    def list(self, result: Result) -> None:
        """One line a rule, by category."""
        rows = result.data["rules"]
        width = max(len(self.say(f"word.{row['severity']}")) for row in rows)
        for category, group in groupby(rows, key=lambda row: row["category"]):
            same = list(group)
            self.line(self.say("rules.heading", title=category, count=len(same)), "bold")
            for row in same:
                severity = self.say(f"word.{row['severity']}").ljust(width)
                line = Text(f"  {row['id']}  ") + Text(severity, STYLES[row["severity"]])
                self.line(line + Text(f"  {row['title']}"))
            self.line("")
        self.line(self.say("rules.show_one", id=rows[0]["id"]))

    def show(self, result: Result) -> None:
        """One rule: what it tests, what it says, an example, how to switch it."""
        rule = result.data["rules"][0]
        self.line(f"{rule['id']}  {rule['title']}", "bold")
        severity = Text(self.say(f"word.{rule['severity']}"), STYLES[rule["severity"]])
        self.line(Text(f"{self.say('column.severity')}: ", "bold") + severity)
        self.line(Text(f"{self.say('column.category')}: ", "bold") + Text(rule["category"]))
        self._part("scope", self.say(f"rules.scopes.{rule['scope']}"))
        self._tests(rule)
        for name in ("message", "remedy"):
            self._part(name, rule[name])
        if "{" in rule["message"] + rule["remedy"]:
            self.line(self.say("rules.filled"), "dim")
        self._part("example", rule["example"])
        self._part("fine", self.say(f"rules.silent.{_way(rule['kind'])}"))
        self._part("law", rule["law"] or self.say("rules.no_law"))
        self._part("in_force", self._in_force(rule))
        self._switch(rule)

    def _part(self, name: str, text: str) -> None:
        label = Text(f"{self.say(f'rules.{name}')}: ", "bold")
        for line in self.folded(label + Text(text)):
            self.line(line)

    def _tests(self, rule: dict[str, Any]) -> None:
        self._part("tested", self.say(f"rules.kind.{rule['kind']}"))
        for test in rule["tests"]:
            for line in self.folded(test, _INDENT):
                self.line(line)
        if rule["relations"]:
            self._part("relations", self.number(rule["relations"]))

    def _in_force(self, rule: dict[str, Any]) -> str:
        begun, ended = rule["in_force_from"], rule["in_force_to"]
        said = self.say("rules.since", day=self.day(begun)) if begun else self.say("rules.always")
        return f"{said}, {self.say('rules.until', day=self.day(ended))}" if ended else said

    def _switch(self, rule: dict[str, Any]) -> None:
        self._part("switch", self.say("rules.switch_where" if rule["can_be_off"] else
                                      "rules.switch_never_off"))  # fmt: skip
        words = ["error", "warning", "info", *(["off"] if rule["can_be_off"] else [])]
        lines = [f"[rules.{rule['id']}]", f'severity = "{rule["severity"]}"  # {" | ".join(words)}']
        lines += [f"{name} = {value!r}" for name, value in rule["limits"].items()]
        for line in lines:
            self.line(f"  {line}")


def _way(kind: str) -> str:
    """The kinds that are alike in when they say nothing."""
    if kind in ("reading", "file"):
        return "file"
    if kind in ("schema", "cell"):
        return "cell"
    return kind if kind in ("batch", "share") else "relation"
