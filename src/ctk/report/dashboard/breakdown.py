"""Forms of abuse and groups of special circumstances: a chart and a table each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctk.report.dashboard.charts import Row, Titles, bars
from ctk.report.dashboard.content import Item
from ctk.report.dashboard.source import DashboardSource
from ctk.report.dashboard.wording import Cell, Wording, mark_of
from ctk.report.figures import NOT_ASKED, WHOLE, Column, Figures, State, columns, figures_of
from ctk.report.lines import Line
from ctk.report.remarks import coverage_text

_BOYS, _GIRLS = ("M", "T", "T", "T"), ("F", "T", "T", "T")


def abuse(source: DashboardSource, words: Wording) -> dict[str, Any] | None:
    """Children abused, by form and sex; None if the period asks for none of it."""
    return _part("abuse", source.content.abuse, (_BOYS, _GIRLS), source, words)


def circumstances(source: DashboardSource, words: Wording) -> dict[str, Any] | None:
    """Children in special circumstances, by group; None if the period asks for none of it."""
    return _part("circumstances", source.content.circumstances, (WHOLE,), source, words)


def _part(
    name: str,
    items: Sequence[Item],
    slices: Sequence[tuple[str, str, str, str]],
    source: DashboardSource,
    words: Wording,
) -> dict[str, Any] | None:
    context = source.context
    figures = figures_of(context.unit.code, context.values, context.elements)
    lines = [
        words.line(item, context.catalogue) for item in items if (item.id, WHOLE) in figures
    ]  # fmt: skip
    if not lines:
        return None
    asked = [
        column
        for column in columns(context.catalogue, words.lang)
        if any((line.key or "", column.slice) in figures for line in lines)
    ]
    drawn = [_row(line, slices, figures, words) for line in lines]
    marks = [mark.value for row in drawn for mark in row.marks if mark.value is not None]
    title = words.say(f"section.{name}")
    titles = Titles(f"{name}-chart", title, _described(lines, figures, words))
    return {
        "chart": bars(titles, drawn, max(marks, default=0)),
        "legend": _legend(slices, asked),
        "columns": asked,
        "rows": [_table_row(line, asked, figures, words) for line in lines],
        "caption": f"{words.say(f'breakdown.table_{name}')} ({lines[0].unit})",
    }


def _legend(slices: Sequence[object], asked: Sequence[Column]) -> list[str]:
    return [column.title for column in asked if column.slice in slices] if len(slices) > 1 else []


def _row(
    line: Line, slices: Sequence[tuple[str, str, str, str]], figures: Figures, words: Wording
) -> Row:
    cells = [words.cell(figures.get((line.key or "", each), NOT_ASKED), line) for each in slices]
    return Row(line.label, tuple(map(mark_of, cells)))


def _table_row(
    line: Line, asked: Sequence[Column], figures: Figures, words: Wording
) -> dict[str, Any]:
    total = figures.get((line.key or "", WHOLE), NOT_ASKED)
    cells: list[tuple[Column, Cell]] = [
        (column, words.cell(figures.get((line.key or "", column.slice), NOT_ASKED), line))
        for column in asked
    ]
    covered = "" if total.state is State.WITHHELD else coverage_text(total)
    return {"line": line, "cells": cells, "coverage": covered}


def _described(lines: Sequence[Line], figures: Figures, words: Wording) -> str:
    said = "; ".join(
        f"{line.label}: {words.cell(figures.get((line.key or '', WHOLE), NOT_ASKED), line).text}"
        for line in lines
    )
    return words.say("breakdown.desc", unit=lines[0].unit, said=said)
