"""One file with its findings, and where they lie in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ctk.frame import Submission
from ctk.messages import message
from ctk.model import Finding, Severity
from ctk.report.wording import period_title
from ctk.text.legacy import Encoding, decode
from ctk.validate.rulebook import RuleSet
from ctk.workbook.addresses import parse_a1
from ctk.workbook.book import SheetCells

_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONGEST_LABEL = 250

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """All that is needed to tell a sender what to do.

    Args:
        submission: The file as it was read.
        findings: What is said about it.
        sheets: Its cells.
        labels: By sheet number and place of a figure, the place of the label that names it.
        rules: The rules that it was checked by.
        lang: Language of the page.
        day: Day of the check.
        agency: The office that checked; empty: not said.
        converted_from: The kind of file that the copy was converted from; empty: none.
        encoding: How the sender typed Vietnamese.
    """

    submission: Submission
    findings: tuple[Finding, ...]
    sheets: tuple[SheetCells, ...]
    labels: Mapping[tuple[int, int, int], Place]
    rules: RuleSet
    lang: str
    day: date
    agency: str = ""
    converted_from: str = ""
    encoding: Encoding = "unicode"

    def say(self, key: str, **params: object) -> str:
        """A sentence of the page."""
        return message(f"annotate.{key}", self.lang, **params)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of a severity."""
        return tuple(found for found in self.findings if found.severity is severity)

    @property
    def file_name(self) -> str:
        """The file's name without its folders."""
        return Path(self.submission.file).name

    @property
    def unit(self) -> str:
        """The unit's name, if it is known."""
        unit = self.submission.unit
        return unit.full_name if unit else self.say("unknown_unit")

    @property
    def period(self) -> str:
        """The period in words, if it is known."""
        period = self.submission.period
        return period_title(period, self.lang) if period else self.say("unknown_period")

    def cell(self, sheet: str | None, address: str | None) -> Any:  # noqa: ANN401  (any content)
        """What stands in a cell; None where it is empty or no cell is meant."""
        cells = self._cells(sheet)
        if cells is None or address is None:
            return None
        return _at(cells, parse_a1(address))

    def label(self, sheet: str | None, address: str | None) -> str:
        """The sender's own words for the row of a cell."""
        cells = self._cells(sheet)
        if cells is None or address is None:
            return ""
        row, col = parse_a1(address)
        place = self.labels.get((self.submission.sheets.index(str(sheet)), row, col))
        text = _at(cells, place) if place else _first_text(cells, row)
        return " ".join(decode(str(text or ""), self.encoding).split())[:_LONGEST_LABEL]

    def tied(self, found: Finding) -> tuple[tuple[str, str], ...]:
        """Sheet and address of the other cells that a finding names, as far as they lie here."""
        pairs = (_split(each, found.sheet) for each in found.cells)
        own = (found.sheet, found.cell)
        return tuple(pair for pair in pairs if pair != own and self._cells(pair[0]) is not None)

    def compares(self, found: Finding) -> bool:
        """Tell whether a finding is about figures that do not fit each other."""
        rule = self.rules[found.rule]
        return bool(rule.relation or rule.expressions or rule.share)

    def is_hidden(self, name: str) -> bool:
        """Tell whether a sheet is hidden: a link would lead nowhere."""
        return any(sheet.name == name and sheet.hidden for sheet in self.sheets)

    def has_sheet(self, name: str | None) -> bool:
        """Tell whether the file has a sheet of this name."""
        return self._cells(name) is not None

    def _cells(self, name: str | None) -> list[list[Any]] | None:
        return next((sheet.cells for sheet in self.sheets if sheet.name == name), None)


def _split(address: str, home: str | None) -> tuple[str, str]:
    sheet, _, cell = address.rpartition("!")
    return sheet or str(home), cell


def _at(cells: list[list[Any]], place: Place) -> Any:  # noqa: ANN401  (any content)
    row, col = place
    if row >= len(cells) or col >= len(cells[row]) or cells[row][col] == "":
        return None
    return cells[row][col]


def _first_text(cells: list[list[Any]], row: int) -> str:
    words = (v for v in (cells[row] if row < len(cells) else ()) if isinstance(v, str))
    return next((text for text in words if _LETTERS.search(text)), "")
