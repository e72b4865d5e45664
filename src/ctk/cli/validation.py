"""What `ctk validate` prints for a person: one screen to act on, or everything."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from ctk.cli.groups import Group, by_rule, fitting, merged, place_of
from ctk.cli.printer import STYLES, Printer, plain
from ctk.errors import UsageError
from ctk.model import Severity
from ctk.periods import parse_period
from ctk.text.fold import sort_key
from ctk.units.lookup import find_unit
from ctk.validate.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctk.model import Result

LEAST, MOST = 24, 40  # lines of a screen that are counted with
_STATUSES = ("unreadable", "errors", "warnings", "ok")
_FEW_FINE = 3
_FEW_UNREAD = 3
_LEAST_ROWS = 3
_AROUND = 10  # lines of headline, notes and prompt
_NAMES = 6
_CELLS = 12
_SENTENCES = 8  # of one rule in one file; more of them are the rule's title with all cells


class ValidationPrinter(Printer):
    """Prints the result of a check."""

    def __init__(self, lang: str, result: Result) -> None:
        """Put the files in the order in which they need a person."""
        super().__init__(lang)
        self.result = result
        self.files = sorted(result.data["files"], key=_urgency)
        names = Counter(Path(row["file"]).name for row in self.files)
        self.short = {
            row["file"]: name if names[name := Path(row["file"]).name] == 1 else row["file"]
            for row in self.files
        }
        self.periods = sorted({row["period"] for row in self.files if row["period"]})
        places = {row["file"]: i for i, row in enumerate(self.files)}
        ordered = sorted(result.findings, key=lambda found: places.get(found.file or "", -1))
        self.groups = by_rule(ordered)

    def everything(self) -> None:
        """Print all files and all findings."""
        self._print([*self._head(), Text(), *self._table(self.files), Text()])
        self._in_full(self.groups)

    def summary(self) -> None:
        """Print what fits a screen; a single faulty file is shown whole."""
        urgent = [group for group in self.groups if group.severity is not Severity.INFO]
        if len({group.files for group in urgent}) <= 1:
            rows = self._rows(self._height() - _AROUND)
            self._print([*self._head(), *([Text(), *rows] if rows else []), Text()])
            self._in_full(self.groups if len(self.files) == 1 else urgent, sentences=_SENTENCES)
            remarks = 0 if len(self.files) == 1 else len(self.result.findings) - _count(urgent)
            self._print(self.folded(self.say("infos", count=remarks)) if remarks else [])
            if any(len(group.findings) > _SENTENCES for group in urgent):
                self._print(self.folded(self.say("validate.see_all")))
            return
        self._one_screen(merged(urgent))

    def _one_screen(self, urgent: list[Group]) -> None:
        head = self._head()
        notes = sum(len(self.folded(note)) for note in self.result.notes)
        notes += "annotated" in self.result.data
        closing = self._closing(urgent)  # as long as it can get
        room = self._height() - len(head) - len(closing) - notes - 5
        rows = self._rows(max(_LEAST_ROWS, room * 2 // 5))
        room -= len(rows)
        chosen = fitting(urgent, lambda i, named: len(self._lines(urgent[i], named)), room)
        self._print([*head, Text(), *rows, Text(), Text(self.say("validate.first"), "bold")])
        for _, picked in groupby(chosen, key=lambda i: urgent[i].files):
            for n, i in enumerate(picked):
                self._print(self._lines(urgent[i], named=n == 0))
        shown = set(chosen)
        self._print(self._closing([g for i, g in enumerate(urgent) if i not in shown]))

    def _head(self) -> list[Text]:
        counts = Counter(row["status"] for row in self.files)
        of = Counter(found.severity for found in self.result.findings)
        text = self.say(
            "validate.headline",
            files=self.number(len(self.files)),
            parts=self._statuses(counts) or "0",
            errors=self.number(of[Severity.ERROR]),
            warnings=self.number(of[Severity.WARNING]),
        )
        lines = self.folded(text, style="bold") + self._standing()
        if len(self.periods) == 1 and not self.result.data["standing"]:
            lines += self.folded(self.say("validate.period", period=self.periods[0]))
        return lines + self._earlier()

    def _earlier(self) -> list[Text]:
        """Files of earlier periods that could not be read; they have no row in the table."""
        own = {row["file"] for row in self.files}
        unread = [error for error in self.result.errors if error.file not in own]
        lines: list[Text] = []
        for error in unread[:_FEW_UNREAD]:
            told = {"file": error.file, "title": error.title, "hint": error.hint}
            lines += self.folded(self.say("validate.earlier_unread", **told), style=STYLES["error"])
        if len(unread) > _FEW_UNREAD:
            more = self.number(len(unread) - _FEW_UNREAD)
            lines += self.folded(self.say("copies.failed_too", count=more), style=STYLES["error"])
        return lines

    def _standing(self) -> list[Text]:
        standing = self.result.data["standing"]
        if standing is None:
            return []
        missing = standing["missing"]
        names = ", ".join(unit["name"] for unit in missing[:_NAMES])
        if len(missing) > _NAMES:
            names += self.say("validate.others", count=len(missing) - _NAMES)
        key = "validate.some_received" if missing else "validate.all_received"
        said = self.say(
            key, unit=standing["name"], period=standing["period"], names=names,
            received=standing["expected"] - len(missing), expected=standing["expected"],
        )  # fmt: skip
        return self.folded(said)

    def _rows(self, most: int) -> list[Text]:
        """The table, the worst files first; what does not fit is one line, and so are fine ones."""
        urgent = [row for row in self.files if row["status"] != "ok"]
        fine = [row for row in self.files if row["status"] == "ok"]
        if len(fine) <= _FEW_FINE or len(self.files) == len(fine) <= most:
            urgent, fine = self.files, []
        if not urgent:
            return []
        shown = urgent if len(urgent) <= most else urgent[: most - 1]
        rest = Counter(row["status"] for row in (*urgent[len(shown) :], *fine))
        more = self.say("validate.more_files", parts=self._statuses(rest)) if rest else ""
        return [*self._table(shown), *(self.folded(more) if more else [])]

    def _statuses(self, counts: Counter[str]) -> str:
        """How many files there are of each status: "2 unreadable, 9 errors"."""
        return ", ".join(
            self.say(f"validate.files_of.{status}", count=self.number(counts[status]))
            for status in _STATUSES
            if counts[status]
        )

    def _table(self, files: Iterable[dict[str, Any]]) -> list[Text]:
        names = ["status", "errors", "warnings", "file", "unit"]
        several = len(self.periods) > 1
        rows = [
            (
                Text(self.say(f"status.{row['status']}"), STYLES[row["status"]]),
                self.number(row["errors"]),
                self.number(row["warnings"]),
                *([row["period"] or ""] if several else []),
                plain(self.short[row["file"]]),
                _unit(row),
            )
            for row in files
        ]
        names[3:3] = ["period"] if several else []
        titles = [self.say(f"column.{name}") for name in names]
        return self.aligned(titles, rows, right={1, 2})

    def _lines(self, group: Group, named: bool) -> list[Text]:
        """A group, below the name of its file if that is wanted."""
        block = self._block(group)
        return self.folded(self._named(group.files), 2) + block if named else block

    def _block(self, group: Group) -> list[Text]:
        """A group in a line or two: the sentence if it is one finding, else the rule's title."""
        first = group.findings[0]
        if len(group.findings) == max(1, len(group.files)):
            place, said = place_of(first), first.message
            more = first.hint if place else first.remedy
            said = f"{said} {more}".strip()
            return self.folded(self._labelled(group, place, said), 4)
        return self._titled(group, _some(group.places(), self), 4)

    def _titled(self, group: Group, cells: str, indent: int) -> list[Text]:
        """Several findings as the title of their rule, with cells."""
        title = load_rules()[group.rule].title(self.lang)
        count = self.number(len(group.findings))
        said = self.say("validate.several", title=title, count=count)
        return self.folded(self._labelled(group, cells, said), indent)

    def _labelled(self, group: Group, place: str, said: str) -> Text:
        label = Text(f"{self.say(f'severity.{group.severity}')} {group.rule}")
        label.stylize(STYLES[group.severity])
        return label + plain(f" {place}: {said}" if place else f": {said}")

    def _in_full(self, groups: Sequence[Group], sentences: int | None = None) -> None:
        """Every finding; what to do is said once where it is the same.

        Args:
            groups: The findings.
            sentences: How many findings of one rule get a sentence each; None: all.
        """
        for files, same in groupby(groups, key=lambda group: group.files):
            self.line(plain(files[0] if files else self.say("validate.whole_batch"), "bold"))
            for group in same:
                brief = sentences is not None and len(group.findings) > sentences
                self._print(self._group_in_full(group, brief=brief))
            self.line("")

    def _group_in_full(self, group: Group, *, brief: bool) -> list[Text]:
        todo = [found.remedy for found in group.findings]
        alike = len(set(todo)) == 1
        lines = self._titled(group, "; ".join(group.places()), 2) if brief else []
        for found in () if brief else group.findings:
            lines += self.folded(self._labelled(group, place_of(found), found.message), 2)
            if found.hint:
                lines += self.folded(self.say("validate.hint", text=found.hint), 6)
            if found.remedy and not alike:
                lines += self.folded(self.say("validate.do", text=found.remedy), 6, "dim")
        if alike and todo[0]:
            key = "validate.do" if len(todo) == 1 else "validate.do_all"
            lines += self.folded(self.say(key, text=todo[0], rule=group.rule), 6, "dim")
        return lines

    def _closing(self, left: Sequence[Group]) -> list[Text]:
        """How much is not shown, and how to see it."""
        remarks = sum(f.severity is Severity.INFO for f in self.result.findings)
        told = {"count": self.number(_count(left)), "remarks": self.number(remarks)}
        files = self.number(len({file for group in left for file in group.files}))
        lines = [Text()]
        if left:
            key = "validate.left_and_remarks" if remarks else "validate.left"
            lines += self.folded(self.say(key, files=files, **told))
        elif remarks:
            lines += self.folded(self.say("infos", count=told["remarks"]))
        return lines + self.folded(self.say("validate.see_all"))

    def _named(self, files: tuple[str, ...]) -> Text:
        """The file, or the first of several."""
        names = [self.short.get(file, file) for file in files[:_NAMES]]
        text = ", ".join(names) or self.say("validate.whole_batch")
        if len(files) > _NAMES:
            text += self.say("validate.other_files", count=self.number(len(files) - _NAMES))
        return plain(text, "bold")

    def _height(self) -> int:
        return min(max(self.console.height, LEAST), MOST) if self.terminal else MOST

    def _print(self, lines: Iterable[Text]) -> None:
        for line in lines:
            self.line(line)


def _urgency(row: dict[str, Any]) -> tuple[Any, ...]:
    rank = _STATUSES.index(row["status"])
    return rank, -row["errors"], -row["warnings"], sort_key(Path(row["file"]).name)


def _unit(row: dict[str, Any]) -> str:
    """Code and name, by the units of the period's last day."""
    code, period = row["unit"], row["period"]
    if not (code and period):
        return code or ""
    try:
        return f"{code} {find_unit(code, parse_period(period).end).name}"
    except UsageError:
        return str(code)


def _count(groups: Iterable[Group]) -> int:
    return sum(len(group.findings) for group in groups)


def _some(places: Sequence[str], printer: Printer) -> str:
    """The first cells of a group that may have hundreds."""
    cells = "; ".join(places).split(", ")
    if len(cells) <= _CELLS:
        return ", ".join(cells)
    more = printer.say("validate.other_cells", count=printer.number(len(cells) - _CELLS))
    return ", ".join(cells[:_CELLS]) + more
