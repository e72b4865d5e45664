"""What a placeholder can tell of one figure: its value, its coverage, its change, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ctk.messages import message
from ctk.report.changes import change_of
from ctk.report.figures import Figure, Slice, State
from ctk.report.own.figures import Absent, Number, given, is_number, number_text
from ctk.report.own.lookup import Lookup
from ctk.report.remarks import coverage_text
from ctk.report.wording import period_title
from ctk.text.numbers import format_vi

if TYPE_CHECKING:
    from ctk.report.context import ReportContext
    from ctk.report.own.problems import Problems

_PERCENT_DECIMALS = 2
_SIGNS = ("%", "‰")


class Asked(NamedTuple):
    """The figure that a placeholder means."""

    key: str
    unit: str
    slice: Slice


class FigureFunctions:
    """What is computed of one figure of a report.

    Args:
        context: The report.
        problems: Where faults of the template are told.
    """

    def __init__(self, context: ReportContext, problems: Problems) -> None:
        self._context, self._problems, self._lang = context, problems, context.lang
        self.lookup = Lookup(context, problems)
        self._before = Lookup(context.previous, problems) if context.previous else None

    def value(self, asked: Asked) -> Number | Absent:
        """The figure, if it is complete."""
        return self._given(self.lookup.figure(*asked), asked.key)

    def partial(self, asked: Asked) -> Number | Absent:
        """The sum or rate over what has come in so far; never to be printed as a total."""
        figure = self.lookup.figure(*asked)
        if figure.state is State.WITHHELD or figure.partial is None:
            return Absent(figure.state.value, self._lang)
        return self._number(figure.partial, asked.key)

    def coverage(self, asked: Asked) -> str:
        """How many reporters of how many stand behind the figure, "12/13"."""
        figure = self.lookup.figure(*asked)
        if figure.state is State.WITHHELD:
            return str(Absent(figure.state.value, self._lang))
        return coverage_text(figure)

    def complete(self, asked: Asked) -> bool:
        """Whether the figure may be printed as a number."""
        return self.lookup.figure(*asked).state is State.COMPLETE

    def note(self, asked: Asked) -> str:
        """What must be said beside the figure: incomplete, undefined, part of a year."""
        figure, period = self.lookup.figure(*asked), self._context.period
        rate = self._is_rate(asked.key)
        match figure.state:
            case State.WITHHELD | State.NOT_ASKED | State.UNDEFINED as state:
                return message(f"own.note.{state.value}", self._lang)
            case State.INCOMPLETE:
                return self._lacking(figure, asked.key)
        if rate and not period.is_annual:
            return message("own.note.part_year", self._lang, months=period.months)
        return ""

    def _lacking(self, figure: Figure, key: str) -> str:
        told = {"reported": figure.reported, "expected": figure.expected}
        if not figure.reported or figure.partial is None:
            return message("own.note.incomplete", self._lang, **told)
        kind, partial = "count", number_text(self._number(figure.partial, key))
        if self._is_rate(key):
            kind, partial = "rate", self._with_unit(partial, key)
        return message(f"own.note.incomplete_{kind}", self._lang, **told, partial=partial)

    def previous(self, asked: Asked) -> Number | Absent:
        """The same figure of the comparable earlier period."""
        figure = self._then(asked)
        if figure is None:
            return Absent("no_previous", self._lang)
        return self._given(figure, asked.key)

    def _then(self, asked: Asked) -> Figure | None:
        """The earlier figure; None where there is none or the unit was another one."""
        previous = self._context.previous
        if self._before is None or previous is None or asked.unit in previous.particulars.apart:
            return None
        return self._before.figure(*asked)

    def change(self, asked: Asked) -> Number | Absent:
        """The figure less that of the earlier period."""
        now, then = self.lookup.figure(*asked), self._then(asked)
        if then is None:
            return Absent("no_previous", self._lang)
        change = change_of(now, then)
        if change.difference is None:
            return Absent(change.state.value, self._lang)
        return self._number(change.difference, asked.key)

    def change_percent(self, asked: Asked) -> Number | Absent:
        """The change in per cent of the earlier figure."""
        now, then = self.lookup.figure(*asked), self._then(asked)
        if then is None:
            return Absent("no_previous", self._lang)
        change = change_of(now, then)
        if change.percent is None:
            state = State.UNDEFINED if change.state is State.COMPLETE else change.state
            return Absent(state.value, self._lang)
        return Number(change.percent, _PERCENT_DECIMALS, percent=True)

    def trend(self, asked: Asked) -> str | Absent:
        """The change in words: "tăng 12 (5,2%)", "giảm …", "không thay đổi"."""
        change, share = self.change(asked), self.change_percent(asked)
        if isinstance(change, Absent):
            return change
        if not change:
            return message("own.trend.same", self._lang)
        way = "up" if change > 0 else "down"
        amount = format_vi(abs(change), change.decimals)
        # Per cent of a per cent would be read as percentage points.
        if isinstance(share, Absent) or self._is_rate(asked.key):
            unit = " " + message("own.trend.points", self._lang) if change.percent else ""
            return message(f"own.trend.{way}", self._lang, amount=amount) + unit
        said = format_vi(abs(share), 1)
        return message(f"own.trend.{way}_share", self._lang, amount=amount, share=said)

    def asked(self, asked: Asked) -> bool:
        """Whether any form of the period asks for the figure."""
        return self.lookup.figure(*asked).state is not State.NOT_ASKED

    def said(self, asked: Asked) -> str:
        """The figure as a sentence goes on: with its unit and change, or why it is not there."""
        value = self.value(asked)
        if isinstance(value, Absent):
            return str(value) if value.withheld else self.note(asked)
        return self._with_unit(number_text(value), asked.key) + self._since(asked)

    def _with_unit(self, number: str, key: str) -> str:
        line = self.lookup.lines.get(key)
        unit = line.unit if line else ""
        return number + unit if unit in _SIGNS else f"{number} {unit}".rstrip()

    def _since(self, asked: Asked) -> str:
        trend, before = self.trend(asked), self._context.previous
        if isinstance(trend, Absent) or before is None:
            return ""
        title = period_title(before.period, self._lang)
        title = title[:1].lower() + title[1:]
        return message("own.said.since", self._lang, trend=trend, period=title)

    def percent(self, part: object, whole: object) -> Number | Absent:
        """A part in per cent of a whole; undefined where the whole is zero."""
        for each in (part, whole):
            if isinstance(each, Absent):
                return _missing(*(a for a in (part, whole) if isinstance(a, Absent)))
            if not is_number(each):
                self._problems.add("not_a_number", each)
                return Absent(State.UNDEFINED.value, self._lang)
        if not whole:
            return Absent(State.UNDEFINED.value, self._lang)
        return Number(100 * part / whole, _PERCENT_DECIMALS, percent=True)  # type: ignore[operator]

    def _given(self, figure: Figure, key: str) -> Number | Absent:
        return given(figure, self._lang, self._decimals(key), percent=self.lookup.is_percent(key))

    def _number(self, value: float, key: str) -> Number:
        return Number(value, self._decimals(key), percent=self.lookup.is_percent(key))

    def _is_rate(self, key: str) -> bool:
        line = self.lookup.lines.get(key)
        return line is not None and line.is_rate

    def _decimals(self, key: str) -> int:
        line = self.lookup.lines.get(key)
        return line.decimals if line else 0


def _missing(*figures: Number | Absent) -> Absent:
    """Why something computed of several figures is not there; a withheld one comes first."""
    absent = [each for each in figures if isinstance(each, Absent)]
    return next((each for each in absent if each.withheld), absent[0])
