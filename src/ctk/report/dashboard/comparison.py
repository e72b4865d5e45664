"""The units below the unit: a chart for each figure, and one table of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctk.model import Unit
from ctk.report.dashboard.charts import Row, Titles, bars
from ctk.report.dashboard.content import Item
from ctk.report.dashboard.source import DashboardSource
from ctk.report.dashboard.wording import Cell, Wording, mark_of
from ctk.report.figures import NOT_ASKED
from ctk.report.lines import Line

_PIECE = 40
"""Most units in one drawing: it must fit on a printed page and stay readable."""

_LAST = ("incomplete", "undefined", "withheld", "missing")
Pair = tuple[Unit, Cell]


def comparison(source: DashboardSource, words: Wording) -> dict[str, Any] | None:
    """Charts and table; None for a unit that has no units below it."""
    context = source.context
    if not context.children:
        return None
    columns = _columns(source, words)
    charts = [_chart(number, line, cells, words) for number, (line, cells) in enumerate(columns, 1)]
    rows = [
        {"unit": unit, "cells": [(line, cells[i][1]) for line, cells in columns]}
        for i, unit in enumerate(context.children)
    ]
    return {
        "charts": [chart for chart in charts if chart["pieces"]],
        "empty": ", ".join(chart["title"] for chart in charts if not chart["pieces"]),
        "lines": [line for line, _ in columns],
        "rows": rows,
        "intro": words.say(
            "comparison.intro", count=len(rows), unit=context.unit.full_name
        ),
    }  # fmt: skip


def _columns(source: DashboardSource, words: Wording) -> list[tuple[Line, list[Pair]]]:
    """The figures that some unit was asked for, each with a cell a unit."""
    context = source.context
    missing = {unit.code for unit in context.missing}
    # A district or province of whose communes none has reported has no figures at all.
    missing |= {unit.code for unit in context.children} - {unit for unit, _ in source.totals}
    units = (context.unit, *context.children)
    return [
        _column(item, source, words, missing)
        for item in source.content.comparison
        if any((unit.code, item.id) in source.totals for unit in units)
    ]


def _column(
    item: Item, source: DashboardSource, words: Wording, missing: set[str]
) -> tuple[Line, list[Pair]]:
    line = words.line(item, source.context.catalogue)
    cells = [
        (unit, words.cell(source.totals.get((unit.code, item.id), NOT_ASKED), line,
                          missing=unit.code in missing))
        for unit in source.context.children
    ]  # fmt: skip
    return line, cells


def _chart(number: int, line: Line, cells: Sequence[Pair], words: Wording) -> dict[str, Any]:
    drawn = sorted(cells, key=_rank)
    known = [mark.value for _, cell in cells if (mark := mark_of(cell)).value is not None]
    top = max(known, default=0)
    title = f"{line.label} ({line.unit})"
    return {
        "title": title,
        "first": _size(len(drawn)),
        "pieces": _pieces(f"units-{number}", title, line, drawn, top, words) if known else [],
    }


def _rank(pair: Pair) -> tuple[int, float]:
    """The highest first, then units without a figure; equal ones keep the official order."""
    cell = pair[1]
    if cell.value is None:
        return 1 + (_LAST.index(cell.state) if cell.state in _LAST else len(_LAST)), 0
    return 0, -cell.value


def _size(units: int) -> int:
    """How many units stand in one drawing, so that the drawings are of about the same height."""
    count = -(-units // _PIECE)
    return -(-units // count)


def _pieces(
    id_: str, title: str, line: Line, drawn: Sequence[Pair], top: float, words: Wording
) -> list[str]:
    """As many drawings as keep each of them readable."""
    size = _size(len(drawn))
    count = -(-len(drawn) // size)
    made = []
    for number in range(count):
        part = drawn[number * size : (number + 1) * size]
        of = {"number": number + 1, "of": count, "title": title}
        titles = Titles(
            id_ if count == 1 else f"{id_}-{number + 1}",
            title if count == 1 else words.say("comparison.piece", **of),
            _described(part, line, words),
        )
        rows = [Row(unit.full_name, (mark_of(cell),)) for unit, cell in part]
        made.append(bars(titles, rows, top))
    return made


def _described(part: Sequence[Pair], line: Line, words: Wording) -> str:
    known = [(unit, cell) for unit, cell in part if cell.value is not None]
    if not known:
        return words.say("comparison.desc_none")
    highest, lowest = (f"{unit.full_name} {cell.text}" for unit, cell in (known[0], known[-1]))
    # A figure that is not told may be higher or lower than all that are.
    key = "comparison.desc" if len(known) == len(part) else "comparison.desc_partly"
    return words.say(
        key, count=len(part), known=len(known), unit=line.unit, highest=highest, lowest=lowest
    )
