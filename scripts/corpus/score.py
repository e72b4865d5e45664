"""Compares findings with what is planted: what was found, what was missed, what cries wolf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from openpyxl.utils.cell import get_column_letter, range_boundaries

from corpus.checking import Answer
from corpus.key import ANYWHERE, FAIL, REMARKS, Planted

FAULT = 4
SEVERITIES = ("error", "warning", "info")
Found = dict[str, Any]


@dataclass
class Score:
    """What came of some batches.

    Args:
        found: Planted defects that a rule found.
        missed: Those that none did.
        right: How many findings of each rule are about a planted defect.
        alarms: Findings that are about none.
        faults: What must never happen: a crash, a file without an answer.
    """

    found: list[Planted] = field(default_factory=list)
    missed: list[Planted] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    alarms: list[Found] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether nothing was missed and nothing cries wolf."""
        return not (self.missed or self.alarms or self.faults)

    def add(self, answer: Answer, planted: Sequence[Planted]) -> None:
        """Compare the answer about one batch with what is planted in it."""
        for found in answer.findings:
            if any(explains(row, found) for row in planted):
                self.right[found["rule"]] += 1
            else:
                self.alarms.append(found)
        for row in planted:
            hit = any(detects(row, found) for found in answer.findings)
            (self.found if hit else self.missed).append(row)
        if answer.exit_code == FAULT:
            self.faults.append(f"{answer.batch}: ctk failed")
        self.faults += [f"{file}: not in the answer" for file in answer.unanswered]


def score(answers: Iterable[Answer], key: Sequence[Planted]) -> Score:
    """Compare all answers with the key."""
    result = Score()
    for answer in answers:
        result.add(answer, [row for row in key if _belongs(row.file, answer.batch)])
    return result


def _belongs(file: str, batch: str) -> bool:
    return file == batch or (batch.endswith("/") and file.startswith(batch))


def detects(row: Planted, found: Found) -> bool:
    """Whether a finding is that of a planted defect."""
    return (
        _is_at(row, found)
        and _named(row.rules, found["rule"])
        and row.severity in ("", found["severity"])
    )


def explains(row: Planted, found: Found) -> bool:
    """Whether a finding is about a planted defect or follows from it."""
    return _is_at(row, found) and _named(f"{row.rules} {row.follows}", found["rule"])


def _named(patterns: str, rule: str) -> bool:
    return any(
        rule.startswith(pattern[:-1]) if pattern.endswith("*") else rule == pattern
        for pattern in patterns.split()
    )


def _is_at(row: Planted, found: Found) -> bool:
    if row.file != found["file"]:
        return False
    sheet = found["sheet"] or ""
    if row.cell == ANYWHERE:
        return row.sheet in ("", sheet)
    if not row.cell:
        return found["cell"] is None and (not row.sheet or sheet in ("", row.sheet))
    named = {found["cell"], *(found["cells"] or ())} - {None}
    places = {cell if "!" in cell else f"{sheet}!{cell}" for cell in named}
    return not places.isdisjoint(_places(row.sheet, row.cell))


@cache
def _places(sheet: str, cells: str) -> frozenset[str]:
    return frozenset(f"{sheet}!{cell}" for area in cells.split() for cell in _each(area))


def _each(area: str) -> Iterator[str]:
    left, top, right, bottom = range_boundaries(area)
    for row in range(int(top or 1), int(bottom or 1) + 1):
        for column in range(int(left or 1), int(right or 1) + 1):
            yield f"{get_column_letter(column)}{row}"


def unproven_rules(rules: Iterable[str], result: Score) -> list[str]:
    """Rules that no planted defect names, or that were right nowhere."""
    named = [row.rules for row in result.found if row.file.startswith((FAIL, REMARKS))]
    return [
        rule
        for rule in rules
        if not (result.right[rule] and any(_named(patterns, rule) for patterns in named))
    ]
