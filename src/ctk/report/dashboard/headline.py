"""The figures at the top of the page, with their coverage and what changed within a year."""

from __future__ import annotations

from typing import Any

from ctk.periods import Period
from ctk.report.changes import Change, change_of
from ctk.report.comparison import comparison_notes, crosses, earlier_figures, told
from ctk.report.dashboard.content import Item
from ctk.report.dashboard.source import DashboardSource
from ctk.report.dashboard.wording import Wording
from ctk.report.figures import NOT_ASKED, WHOLE, Figure, State
from ctk.report.lines import Line
from ctk.report.wording import period_title
from ctk.text.numbers import round_half_up


def tiles(source: DashboardSource, words: Wording) -> list[dict[str, Any]]:
    """One tile a figure that this period asks for."""
    code, earlier = source.context.unit.code, earlier_figures(told(source.context))
    made = []
    for item in source.content.headline:
        figure = source.totals.get((code, item.id), NOT_ASKED)
        if figure.state is not State.NOT_ASKED:
            then = NOT_ASKED if earlier is None else earlier.get((item.id, WHOLE), NOT_ASKED)
            made.append(_tile(item, figure, then, source, words))
    return made


def compared_with(source: DashboardSource, words: Wording) -> str:
    """With what the figures are compared, or why with nothing, in a sentence."""
    context = told(source.context)
    previous, period = context.previous, context.period
    if context.public:
        return ""
    title = period_title(Period(period.year - 1, period.months), words.lang)
    if previous is None:
        return words.say("headline.without", period=title)
    if earlier_figures(context) is None:
        return next(comparison_notes(context))
    key = "headline.compared_across" if crosses(context, previous) else "headline.compared"
    return words.say(key, period=title, unit=context.unit.full_name)


def _tile(
    item: Item, figure: Figure, then: Figure, source: DashboardSource, words: Wording
) -> dict[str, Any]:
    line = words.line(item, source.context.catalogue)
    cell = words.cell(figure, line)
    counts = {"reported": figure.reported, "expected": figure.expected}
    about = []
    if figure.state is not State.WITHHELD:
        full = figure.reported == figure.expected
        about.append(words.say("headline.full" if full else "headline.short", **counts))
    months = source.context.period.months
    if line.is_rate and cell.value is not None and not source.context.period.is_annual:
        about.append(words.say("headline.part_year", months=months))
    return {
        "id": item.id,
        "title": line.label,
        "unit": line.unit if cell.value is not None else "",
        "cell": cell,
        "value": _shown(cell.text, figure, words),
        "so_far": _so_far(figure, line, words),
        "told": ", ".join(about),
        "change": _change(change_of(figure, then), line, words),
    }


def _shown(text: str, figure: Figure, words: Wording) -> str:
    if figure.state is State.INCOMPLETE:
        return words.say("headline.incomplete" if figure.reported else "headline.nothing")
    return text


def _so_far(figure: Figure, line: Line, words: Wording) -> str:
    """The sum of what has come in, in a sentence that cannot be taken for a total."""
    if figure.state is not State.INCOMPLETE or not figure.reported or figure.partial is None:
        return ""
    return words.say(
        "headline.so_far_rate" if line.is_rate else "headline.so_far",
        partial=words.number(figure.partial, line.decimals),
        unit=line.unit,
        reported=figure.reported,
        expected=figure.expected,
    )


def _change(change: Change, line: Line, words: Wording) -> str:
    if change.now.state is State.COMPLETE and change.then.state is State.INCOMPLETE:
        return words.say("change.earlier_incomplete")
    if change.difference is None:
        return ""
    risen = round_half_up(change.difference, line.decimals)
    if not risen:
        return words.say("change.same")
    key = "change.up" if risen > 0 else "change.down"
    return words.say(key, change=_amount(change, abs(risen), line, words))


def _amount(change: Change, size: float, line: Line, words: Wording) -> str:
    """A change of a share in points, of a count also as a share of what it was."""
    said = words.number(size, line.decimals)
    if line.is_rate:
        key = "change.points" if line.unit == "%" else "change.of"
        return words.say(key, change=said, unit=line.unit)
    if change.percent is None:
        return words.say("change.of", change=said, unit=line.unit)
    share = words.number(abs(change.percent), 1)
    return words.say("change.relative", change=said, unit=line.unit, share=share)
