"""The front page "Cần sửa": what to correct, what to confirm, and everything by rule."""

from __future__ import annotations

from importlib.metadata import version
from itertools import groupby
from typing import TYPE_CHECKING

from ctk.model import Severity
from ctk.validate.findings import quoted
from ctk.workbook.annotate.types import Block, Line, Page, Paint
from ctk.workbook.front_page import STAMP

if TYPE_CHECKING:
    from ctk.model import Finding
    from ctk.report.handed_back.case import Case

_COLUMNS = ("number", "unit", "cell", "label", "message", "value", "remedy", "answer", "rule")
_WIDTHS = (5, 15, 19, 28, 42, 12, 34, 23, 9)
_RULE_COLUMNS = ("number", "severity", "count", "title", "cells", "", "", "", "rule")
_LINK, _ANSWER = _COLUMNS.index("cell"), _COLUMNS.index("answer")
_KEY = (Paint.ERROR, Paint.ERROR_TIED, Paint.WARNING, Paint.WARNING_TIED, Paint.INFO)
_WIDE = (_COLUMNS.index("message"), _ANSWER)
_ROOM = 30_000


def make_page(case: Case) -> Page:
    """Make the page of one file."""
    blocks = [_block(case, severity) for severity in Severity]
    to_do = case.of(Severity.ERROR) or case.of(Severity.WARNING)
    return Page(
        case.say("sheet"),
        case.say("title" if to_do else "title_clean", unit=case.unit, period=case.period),
        _heading(case),
        tuple((paint, case.say(f"key.{paint}")) for paint in _KEY),
        tuple(case.say(f"column.{name}") for name in _COLUMNS),
        _WIDTHS,
        (*blocks, _by_rule(case)),
        STAMP,
        case.say("footer", unit=case.unit, period=case.period),
        _LINK,
    )


def _heading(case: Case) -> tuple[str, ...]:
    counts = {f"{severity}s": len(case.of(severity)) for severity in Severity}
    day = case.say("day", day=case.day.day, month=case.day.month, year=case.day.year)
    agency = case.say("agency", agency=case.agency) if case.agency else ""
    said = {
        "file": case.file_name,
        "day": day,
        "agency": agency,
        "version": version("ctk-circular13"),
    }
    lines = [case.say("checked", **said, **counts), case.say("how")]
    if case.converted_from:
        lines.append(case.say("converted", kind=case.say(f"kind.{case.converted_from}")))
    return tuple(lines)


def _block(case: Case, severity: Severity) -> Block:
    found = case.of(severity)
    key = "warning_none" if severity is Severity.WARNING and not found else severity.value
    title = case.say(f"block.{key}", count=len(found) or case.say("none"))
    lines = tuple(_line(case, number, each) for number, each in enumerate(found, start=1))
    answer = _ANSWER if severity is Severity.WARNING else None
    return Block(title, Paint.of(severity), lines, to_fill_in=answer)


def _line(case: Case, number: int, found: Finding) -> Line:
    link, place = None, case.say("whole_file")
    if found.sheet is not None and case.has_sheet(found.sheet):
        place = "!".join(filter(None, (found.sheet, found.cell)))
        if case.is_hidden(found.sheet):
            place = case.say("hidden_sheet", place=place)
        else:
            link = (found.sheet, found.cell or "A1")
    texts = (
        number,
        case.unit,
        place,
        case.label(found.sheet, found.cell),
        found.message,
        _now(case, found),
        found.suggestion,
        None,
        found.rule,
    )
    return Line(texts, link)


def _now(case: Case, found: Finding) -> str | float | None:
    """What stands there now, where one cell is meant."""
    if found.value is not None or found.cell is None:
        return found.value
    content = case.cell(found.sheet, found.cell)
    if content is None:
        return case.say("blank")
    if isinstance(content, (int, float)) and not isinstance(content, bool):
        return content
    return quoted(str(content), case.lang)


def _by_rule(case: Case) -> Block:
    order = list(Severity)
    found = sorted(case.findings, key=lambda each: (order.index(each.severity), each.rule))
    groups = [(rule, list(same)) for rule, same in groupby(found, key=lambda each: each.rule)]
    lines: list[Line] = []
    for rule, same in groups:
        for part, cells in enumerate(_packed(case, same)):
            texts = (len(lines) + 1, case.say(f"severity.{same[0].severity}"),
                     None if part else len(same), case.rules[rule].title(case.lang), cells,
                     None, None, None, rule)  # fmt: skip
            lines.append(Line(texts))
    titles = tuple(case.say(f"column.{name}") if name else "" for name in _RULE_COLUMNS)
    return Block(
        case.say("block.by_rule", count=len(groups)), None, tuple(lines), titles, wide=_WIDE
    )


def _packed(case: Case, same: list[Finding]) -> list[str]:
    """The places of a rule's findings by sheet, in as many cells as Excel needs to hold them."""
    places = [
        ": ".join(filter(None, (sheet, ", ".join(each.cell for each in group if each.cell))))
        for sheet, group in groupby(same, key=lambda each: each.sheet)
    ]
    text = "; ".join(places) or case.say("whole_file")
    return [text[i : i + _ROOM] for i in range(0, len(text), _ROOM)]
