"""The unit over the periods of the ledger: lines for each length of period, and one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctk.report.dashboard.charts import Mark, Titles, line
from ctk.report.dashboard.source import DashboardSource, Moment
from ctk.report.dashboard.wording import Cell, Wording
from ctk.report.figures import NOT_ASKED, State
from ctk.report.lines import Line
from ctk.report.wording import period_title

_LENGTHS = (12, 9, 6)


def series(source: DashboardSource, words: Wording) -> dict[str, Any]:
    """Charts and table; 6, 9 and 12 months of a year are never on one line."""
    context = source.context
    lines = [
        words.line(item, context.catalogue)
        for item in source.content.series
        if any(item.id in moment.figures for moment in source.series)
    ]
    charts = []
    for number, each in enumerate(lines, 1):
        for months in _LENGTHS:
            moments = [m for m in source.series if m.period.months == months]
            if chart := _chart(f"series-{number}-{months}m", each, moments, months, words):
                charts.append(chart)
    return {
        "charts": charts,
        "lines": lines,
        "rows": [_row(moment, lines, words) for moment in source.series],
        "crosses": any(moment.crosses for moment in source.series),
        "caption": words.say("series.table", unit=context.unit.full_name),
    }


def _chart(
    id_: str, of: Line, moments: Sequence[Moment], months: int, words: Wording
) -> dict[str, Any] | None:
    """A chart of one figure and length of period; None with fewer than two figures to join."""
    cells = {moment.period.year: _cell(moment, of, words) for moment in moments}
    known = {year: cell for year, cell in cells.items() if cell.value is not None}
    if len(known) < 2:
        return None
    labels, marks = _points(cells, moments, words)
    length = words.say(f"length.m{months}")
    title = words.say("series.title", title=of.label, length=length)
    said = "; ".join(f"{year}: {cell.text}" for year, cell in sorted(cells.items()))
    desc = words.say("series.desc", unit=of.unit, said=said)
    drawn = line(Titles(id_, title, desc), labels, marks, words.say("series.mark"))
    return {"title": f"{title} ({of.unit})", "chart": drawn}


def _points(
    cells: dict[int, Cell], moments: Sequence[Moment], words: Wording
) -> tuple[list[str], list[Mark]]:
    """A point a year, years without a report included, and a mark where the units changed."""
    old = [moment.period.year for moment in moments if moment.crosses]
    labels, marks = [], []
    for year in range(min(cells), max(cells) + 1):
        cell = cells.get(year)
        labels.append(str(year))
        marks.append(Mark(cell.value, cell.text) if cell else Mark(None, ""))
        if old and year == max(old):
            labels.append(words.say("series.mark"))
            marks.append(Mark(None, ""))
    return labels, marks


def _cell(moment: Moment, of: Line, words: Wording) -> Cell:
    figure = moment.figures.get(of.key or "", NOT_ASKED)
    if not moment.comparable:
        return Cell(words.say("series.split"), "split")
    return words.cell(figure, of)


def _row(moment: Moment, lines: Sequence[Line], words: Wording) -> dict[str, Any]:
    figures = [moment.figures.get(each.key or "", NOT_ASKED) for each in lines]
    told = [f for f in figures if f.state not in (State.WITHHELD, State.NOT_ASKED)]
    reported = max((figure.reported for figure in told), default=0)
    expected = max((figure.expected for figure in told), default=0)
    return {
        "period": moment.period,
        "title": period_title(moment.period, words.lang),
        "crosses": moment.crosses,
        "cells": [(each, _cell(moment, each, words)) for each in lines],
        "coverage": f"{reported}/{expected}" if expected else "",
    }
