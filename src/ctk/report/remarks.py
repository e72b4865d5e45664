"""What the note of a line says: incomplete, undefined, not asked, part of a year."""

from __future__ import annotations

from collections.abc import Sequence

from ctk.messages import message
from ctk.periods import Period
from ctk.report.figures import Column, Figure, State
from ctk.report.lines import Line
from ctk.text.numbers import format_vi

Cells = Sequence[tuple[Column, Figure]]


def remark(line: Line, cells: Cells, period: Period, lang: str) -> str:
    """Say what the reader must know about a line; the first cell is its total.

    A partial sum is told here, in words, and never stands in the cell of the total.
    """
    if all(figure.state is State.NOT_ASKED for _, figure in cells):
        return message("report.note.not_asked", lang)
    if any(figure.state is State.WITHHELD for _, figure in cells):
        return message("report.note.withheld", lang)
    said = [_about_total(line, cells[0][1], lang), *_about_slices(cells, lang)]
    printed = any(figure.state is State.COMPLETE for _, figure in cells)
    if line.is_rate and printed and not period.is_annual:
        said.append(message("report.note.part_year", lang, months=period.months))
    return "; ".join(filter(None, said))


def coverage_text(figure: Figure) -> str:
    """Coverage as printed, "12/13"; empty for what was not asked."""
    return f"{figure.reported}/{figure.expected}" if figure.expected else ""


def _about_total(line: Line, total: Figure, lang: str) -> str:
    if total.state is State.UNDEFINED:
        return message("report.note.undefined" if line.is_rate else "report.note.no_value", lang)
    if total.state is not State.INCOMPLETE:
        return ""
    if not total.reported:
        return message("report.note.nothing", lang, expected=total.expected)
    counts = {"reported": total.reported, "expected": total.expected}
    if total.partial is None:
        return message("report.note.incomplete", lang, **counts)
    kind = "rate" if line.is_rate else "count"
    partial = format_vi(total.partial, line.decimals)
    return message(f"report.note.incomplete_{kind}", lang, **counts, partial=partial)


def _about_slices(cells: Cells, lang: str) -> list[str]:
    """Name the columns that lack other units than the total, and those without denominator."""
    total = cells[0][1]
    short = [
        f"{column.title} {coverage_text(figure)}"
        for column, figure in cells[1:]
        if figure.state is State.INCOMPLETE and figure.absent != total.absent
    ]
    undefined = [
        column.title
        for column, figure in cells[1:]
        if figure.state is State.UNDEFINED and total.state is not State.UNDEFINED
    ]
    told = {"slices": short, "undefined_slices": undefined}
    return [
        message(f"report.note.{key}", lang, names=", ".join(names))
        for key, names in told.items()
        if names
    ]
