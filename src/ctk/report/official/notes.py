"""What stands below the table of an official form: coverage, blanks and why they are blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ctk.messages import message
from ctk.model import Unit
from ctk.report.context import ReportContext
from ctk.report.copies import copy_status
from ctk.report.figures import State
from ctk.report.official.figures import FormFigures, Placed
from ctk.report.official.layout import Line, OfficialForm
from ctk.report.wording import cut_off_text, kinds_text, period_line, some_names

_NAMES_SHOWN = 12


def notes(context: ReportContext, form: OfficialForm, figures: FormFigures) -> list[str]:
    """All remarks on a filled form, in order; none where there is nothing to say."""
    placed = figures.placed(form)
    writer = _Notes(context, form, figures)
    said = [
        *writer.copy(),
        *writer.period(),
        *writer.source(placed),
        *writer.incomplete(placed),
        *writer.undefined(placed),
        *writer.not_asked(placed),
        *context.notes,
    ]
    return [" ".join(text.split()) for text in said]


class _Notes:
    def __init__(self, context: ReportContext, form: OfficialForm, figures: FormFigures) -> None:
        self.context = context
        self.form = form
        self.figures = figures

    def _say(self, key: str, **params: object) -> str:
        return message(f"official.note.{key}", self.context.lang, **params)

    def copy(self) -> Iterator[str]:
        if self.context.public:
            yield copy_status(self.context)

    def period(self) -> Iterator[str]:
        """A part of a year must not pass as the year; estimates and cut-off dates are told."""
        context = self.context
        if not context.period.is_annual:
            line = period_line(context.period, context.coverage, context.lang)
            yield self._say("part_year", period=line)
        kinds, cut_off = kinds_text(context), cut_off_text(context)
        if kinds and cut_off:
            yield self._say("kinds_cut_off", kinds=kinds, days=cut_off)
        elif kinds or cut_off:
            yield self._say("kinds" if kinds else "cut_off", kinds=kinds, days=cut_off)

    def source(self, placed: Sequence[Placed]) -> Iterator[str]:
        ids = {each.column.id for each in placed}
        if ids & set(self.context.own_elements):
            yield self._say("own", unit=self.context.unit.full_name)

    def incomplete(self, placed: Sequence[Placed]) -> Iterator[str]:
        """How many units stand behind a figure that is left blank, and which do not."""
        groups: dict[str, list[Placed]] = {}
        for each in placed:
            if each.figure.state is State.INCOMPLETE:
                groups.setdefault(self._coverage(each), []).append(each)
        told: list[Placed] = []
        for coverage, group in sorted(groups.items(), key=lambda item: len(item[1])):
            where = self._where(group, placed, told)
            yield self._say("incomplete", coverage=coverage, where=where)
            told += group

    def _coverage(self, each: Placed) -> str:
        figure, lacking = each.figure, self._lacking(each)
        names = some_names(lacking, self.context.lang, _NAMES_SHOWN)
        key = "coverage_named" if names else "coverage"
        counts = {"reported": figure.reported, "expected": figure.expected}
        return self._say(key, **counts, names=names)

    def _lacking(self, each: Placed) -> tuple[Unit, ...]:
        """Communes that have not reported; else the units below that lack this very figure."""
        if each.column.id in self.context.own_elements:
            return ()
        if each.figure.absent == len(self.context.missing):
            return self.context.missing
        return tuple(
            unit
            for unit in self.context.children
            if self.figures.figure(unit.code, each.column.id, each.line.slice).state
            in (State.INCOMPLETE, State.NOT_ASKED)
        )

    def undefined(self, placed: Sequence[Placed]) -> Iterator[str]:
        blank = [each for each in placed if each.figure.state is State.UNDEFINED]
        for is_rate, key in ((True, "undefined"), (False, "no_value")):
            of = [each for each in blank if each.is_rate is is_rate]
            if of:
                yield self._say(key, where=self._where(of, placed))

    def not_asked(self, placed: Sequence[Placed]) -> Iterator[str]:
        """What the period does not ask, and what no file that has come in holds."""
        silent = [each for each in placed if each.figure.state is State.NOT_ASKED]
        for asked, key in ((False, "not_asked"), (True, "no_file")):
            of = [e for e in silent if self.figures.asked(e.column.id) is asked]
            if of:
                yield self._say(key, where=self._where(of, placed))

    def _where(
        self, some: Sequence[Placed], placed: Sequence[Placed], told: Sequence[Placed] = ()
    ) -> str:
        """The cells meant: all or all others, else columns by title, with codes of some rows."""
        if len(some) + len(told) == len(placed):
            return self._say("elsewhere" if told else "everywhere")
        lines = len(self.form.lines)
        columns = {each.column: [e.line for e in some if e.column == each.column] for each in some}
        first = columns[some[0].column]
        if len(columns) == len(self.form.columns) and all(of == first for of in columns.values()):
            return self._say("rows", codes=self._codes(first))
        return "; ".join(
            self._column(self.form.title_over(column), [] if len(of) == lines else of)
            for column, of in columns.items()
        )

    def _column(self, title: str, lines: Sequence[Line]) -> str:
        if not lines:
            return self._say("column", title=title)
        return self._say("column_rows", title=title, codes=self._codes(lines))

    def _codes(self, lines: Sequence[Line]) -> str:
        return ", ".join(str(self._code(line.row)) for line in lines)

    def _code(self, row: int) -> int | str:
        printed = (cell.number for cell in self.form.cells if cell.area.top == row)
        return next((number for number in printed if number is not None), row + 1)
