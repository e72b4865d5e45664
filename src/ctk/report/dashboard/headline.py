"""The figures at the top of the page, with their coverage and what changed within a year."""

from __future__ import annotations

from typing import Any

from ctk.periods import Period
from ctk.report.dashboard.content import Item
from ctk.report.dashboard.source import DashboardSource, Moment
from ctk.report.dashboard.wording import Wording
from ctk.report.figures import NOT_ASKED, Figure, State
from ctk.report.lines import Line
from ctk.report.wording import period_title
from ctk.text.numbers import round_half_up


def tiles(source: DashboardSource, words: Wording) -> list[dict[str, Any]]:
    """One tile a figure that this period asks for."""
    context = source.context
    earlier = year_before(source)
    made = []
    for item in source.content.headline:
        figure = source.totals.get((context.unit.code, item.id), NOT_ASKED)
        if figure.state is not State.NOT_ASKED:
            made.append(_tile(item, figure, earlier, source, words))
    return made


def year_before(source: DashboardSource) -> Moment | None:
    """The same months of the year before, if the ledger holds them."""
    period = source.context.period
    then = Period(period.year - 1, period.months)
    return next((moment for moment in source.series if moment.period == then), None)


def compared_with(source: DashboardSource, words: Wording) -> str:
    """With what the figures are compared, in a sentence."""
    period, earlier = source.context.period, year_before(source)
    title = period_title(Period(period.year - 1, period.months), words.lang)
    if source.received is None:
        return words.say("headline.from_files")
    if earlier is None:
        return words.say("headline.without", period=title)
    key = "headline.compared_across" if earlier.crosses else "headline.compared"
    return words.say(key, period=title, unit=source.context.unit.full_name)


def _tile(
    item: Item, figure: Figure, earlier: Moment | None, source: DashboardSource, words: Wording
) -> dict[str, Any]:
    line = words.line(item, source.context.catalogue)
    cell = words.cell(figure, line)
    counts = {"reported": figure.reported, "expected": figure.expected}
    told = []
    if figure.state is not State.WITHHELD:
        full = figure.reported == figure.expected
        told.append(words.say("headline.full" if full else "headline.short", **counts))
    months = source.context.period.months
    if line.is_rate and cell.value is not None and not source.context.period.is_annual:
        told.append(words.say("headline.part_year", months=months))
    return {
        "id": item.id,
        "title": line.label,
        "unit": line.unit if cell.value is not None else "",
        "cell": cell,
        "value": _shown(cell.text, figure, words),
        "so_far": _so_far(figure, line, words),
        "told": ", ".join(told),
        "change": _change(figure, line, earlier, words),
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


def _change(figure: Figure, line: Line, earlier: Moment | None, words: Wording) -> str:
    if earlier is None or figure.state is not State.COMPLETE or figure.value is None:
        return ""
    if not earlier.comparable:
        return words.say("change.not_comparable")
    then = earlier.figures.get(line.key or "", NOT_ASKED)
    if then.state is State.INCOMPLETE:
        return words.say("change.earlier_incomplete")
    if then.state is not State.COMPLETE or then.value is None:
        return ""
    change = round_half_up(figure.value - then.value, line.decimals)
    if not change:
        return words.say("change.same")
    key = "change.up" if change > 0 else "change.down"
    return words.say(key, change=_amount(abs(change), then.value, line, words))


def _amount(change: float, then: float, line: Line, words: Wording) -> str:
    """A change of a share in points, of a count also as a share of what it was."""
    said = words.number(change, line.decimals)
    if line.is_rate:
        key = "change.points" if line.unit == "%" else "change.of"
        return words.say(key, change=said, unit=line.unit)
    if not then:
        return words.say("change.of", change=said, unit=line.unit)
    share = words.number(change / then * 100, 1)
    return words.say("change.relative", change=said, unit=line.unit, share=share)
