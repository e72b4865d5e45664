"""What the note of a line says, and the footnotes that explain it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ctk.messages import message
from ctk.report.changes import Change
from ctk.report.comparison import crosses
from ctk.report.confirmations import Confirmations
from ctk.report.context import ReportContext
from ctk.report.figures import WHOLE, Column, Figure, Slice, State
from ctk.report.footnotes import Footnotes
from ctk.report.lacking import Lacking
from ctk.report.lines import Line
from ctk.report.wording import said_number

Cells = Sequence[tuple[Column, Figure]]


class Remarks:
    """The notes of the lines of one table.

    A partial sum is told here, in words, and never stands in the cell of the total.
    """

    def __init__(self, context: ReportContext) -> None:
        """Take the report whose lines are told about."""
        self.footnotes = Footnotes()
        self._context = context
        self._lang = context.lang
        self._lacking = Lacking(context)
        self._confirmations = Confirmations(context)

    def of(self, line: Line, cells: Cells, change: Change | None = None) -> str:
        """Say what the reader must know about a line; the first cell is its total."""
        if all(figure.state is State.NOT_ASKED for _, figure in cells):
            return message("report.note.not_asked", self._lang)
        if any(figure.state is State.WITHHELD for _, figure in cells):
            return ""  # Anything said could give it away; the sign in the cell has its footnote.
        marks = [*self._about_total(line, cells[0][1]), *self._about_slices(line, cells)]
        if line.is_rate and any(figure.state is State.COMPLETE for _, figure in cells):
            marks += self._part_of_a_year()
        marks += self._confirmed(line)
        marks += self._before(change) if change else ()
        said = "".join(sorted(set(marks), key=lambda mark: int(mark.strip("()"))))
        return " ".join(filter(None, (self._so_far(line, cells[0][1]), said)))

    def _so_far(self, line: Line, total: Figure) -> str:
        if total.state is not State.INCOMPLETE or not total.reported or total.partial is None:
            return ""
        partial = said_number(total.partial, line.decimals, self._lang)
        return message("appendices.note.so_far", self._lang, partial=partial)

    def _mark(self, key: str, **told: object) -> str:
        return self.footnotes.mark(message(f"appendices.footnote.{key}", self._lang, **told))

    def _about_total(self, line: Line, total: Figure) -> Iterator[str]:
        if total.state is State.UNDEFINED:
            yield self._mark("undefined" if line.is_rate else "no_value")
        elif total.state is State.INCOMPLETE:
            yield self._incomplete(line.key or "", WHOLE, total, "")

    def _about_slices(self, line: Line, cells: Cells) -> Iterator[str]:
        """Tell the columns that lack other units than the total, and those without denominator."""
        total, key = cells[0][1], line.key or ""
        short: dict[tuple[str, Figure], list[str]] = defaultdict(list)
        for column, figure in cells[1:]:
            if figure.state is State.INCOMPLETE and self._lacks_others(key, column, figure, total):
                coverage = Figure(None, None, figure.reported, figure.expected)
                short[self._lacking.named(key, column.slice), coverage].append(column.title)
        for (names, coverage), titles in short.items():
            yield self._incomplete(key, None, coverage, ", ".join(titles), names)
        undefined = [
            column.title
            for column, figure in cells[1:]
            if figure.state is State.UNDEFINED and total.state is not State.UNDEFINED
        ]
        if undefined:
            yield self._mark("undefined_columns", columns=", ".join(undefined))

    def _lacks_others(self, key: str, column: Column, figure: Figure, total: Figure) -> bool:
        """Whether a column lacks others than the total does; a side never has more to lack."""
        whole, own = (self._lacking.names(key, place) for place in (WHOLE, column.slice))
        if column.slice[3] != "T":
            return not set(own) <= set(whole)
        return (figure.absent, own) != (total.absent, whole)

    def _incomplete(
        self, key: str, place: Slice | None, figure: Figure, columns: str, names: str = ""
    ) -> str:
        lang = self._lang
        names = names or (self._lacking.named(key, place) if place else "")
        told = {"reported": figure.reported, "expected": figure.expected, "names": names}
        kind = "incomplete" if names else "incomplete_own"
        text = message(f"appendices.footnote.{kind}", lang, **told)
        if columns:
            text = message("appendices.footnote.columns", lang, columns=columns, text=text)
        return self.footnotes.mark(text, message("appendices.footnote.see_coverage", lang))

    def _part_of_a_year(self) -> list[str]:
        period = self._context.period
        return [] if period.is_annual else [self._mark("part_year", months=period.months)]

    def _before(self, change: Change) -> Iterator[str]:
        """Tell why a figure is not compared, or what is different about the earlier one."""
        now, then = change.now, change.then
        previous = self._context.previous
        if previous is None or now.state in (State.NOT_ASKED, State.WITHHELD):
            return
        counts = {"reported": then.reported, "expected": then.expected}
        if then.state is State.INCOMPLETE:
            yield self._mark("then_incomplete", **counts)
        elif then.state is State.UNDEFINED:
            yield self._mark("then_undefined")
        elif change.difference is None or crosses(self._context, previous):
            return
        elif now.reported != then.reported:
            yield self._mark("then_others", now=now.reported, then=then.reported)

    def _confirmed(self, line: Line) -> Iterator[str]:
        for text in self._confirmations.of_line(line.key or ""):
            yield self.footnotes.mark(text)


def coverage_text(figure: Figure) -> str:
    """Coverage as printed, "12/13"; empty for what was not asked."""
    return f"{figure.reported}/{figure.expected}" if figure.expected else ""
