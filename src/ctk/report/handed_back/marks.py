"""Which cells of a file are coloured, and what the comments at them say."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ctk.workbook.annotate.types import Mark, Paint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.model import Finding
    from ctk.report.handed_back.case import Case

MOST_TIED = 5
"""A total stands in many comparisons: its comment names some, the front page has them all."""


def make_marks(case: Case) -> list[Mark]:
    """Make the marks of a file: the finding's own cell first, paler those that it is compared with.

    Where one finding is about several cells alike, such as blanks of a row, all have its colour.
    """
    marks = [mark for found in case.findings if found.cell for mark in _own(case, found)]
    tied: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for found in case.findings:
        for mark in _tied(case, found) if case.compares(found) else ():
            tied[mark.sheet, mark.cell].append(mark)
    for same in tied.values():
        marks += same[:MOST_TIED]
        if len(same) > MOST_TIED:
            marks.append(_more(case, same[MOST_TIED:]))
    return marks


def _own(case: Case, found: Finding) -> Iterator[Mark]:
    alike = () if case.compares(found) else case.tied(found)
    heading = case.say(f"heading.{found.severity}")
    lines = (found.message, f"→ {found.suggestion}" if found.suggestion else "",
             case.say("rule", rule=found.rule))  # fmt: skip
    for sheet, cell in ((str(found.sheet), str(found.cell)), *alike):
        if case.has_sheet(sheet):
            yield Mark(sheet, cell, Paint.of(found.severity), heading, tuple(filter(None, lines)))


def _tied(case: Case, found: Finding) -> Iterator[Mark]:
    paint = Paint.of(found.severity, tied=True)
    for sheet, cell in case.tied(found):
        main = str(found.cell) if sheet == found.sheet else f"{found.sheet}!{found.cell}"
        heading = case.say(f"heading.{paint}", cell=main)
        yield Mark(sheet, cell, paint, heading, (found.message,))


def _more(case: Case, rest: list[Mark]) -> Mark:
    text = case.say("more", count=len(rest), sheet=case.say("sheet"))
    strongest = min(rest, key=lambda mark: list(Paint).index(mark.paint))
    return Mark(strongest.sheet, strongest.cell, strongest.paint, text, ())
