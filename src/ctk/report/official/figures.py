"""The figures of an official form: each bound to an element or measure and a slice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ctk.indicators import COMMUNES
from ctk.report.context import ReportContext
from ctk.report.figures import NOT_ASKED, WHOLE, Figure, Figures, State, figures_of
from ctk.report.lines import RATE_DECIMALS
from ctk.report.official.layout import Bound, Line, OfficialForm
from ctk.units.lookup import communes_under


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure and where it stands.

    Args:
        column: Its column, with the id that it is bound to.
        line: Its row, with the slice.
        figure: The figure.
        is_rate: Whether it has decimals.
    """

    column: Bound
    line: Line
    figure: Figure
    is_rate: bool

    @property
    def decimals(self) -> int:
        """Decimals printed."""
        return RATE_DECIMALS if self.is_rate else 0


class FormFigures:
    """Gives the figures of units for the cells of a form.

    Args:
        context: Unit, period and all figures.
    """

    def __init__(self, context: ReportContext) -> None:
        self._context = context
        measures = (*context.catalogue.measures, *context.catalogue.form_measures)
        self._measures = {measure.id: measure for measure in measures}
        self._of: dict[str, Figures] = {}

    def is_rate(self, id_: str) -> bool:
        """Tell a rate from a count."""
        return id_ in self._measures and not self._measures[id_].is_count

    def asked(self, id_: str) -> bool:
        """Whether the form that ctk hands out for the period asks a figure."""
        catalogue, measure = self._context.catalogue, self._measures.get(id_)
        ids = (*measure.numerator, *measure.denominator) if measure else (id_,)
        typed = (catalogue.element(each) for each in ids if each != COMMUNES)
        return all(element.asked_in(self._context.period) for element in typed)

    def placed(self, form: OfficialForm) -> tuple[Placed, ...]:
        """All figures of the unit on the form, row by row."""
        unit = self._context.unit.code
        return tuple(
            Placed(column, line, self.figure(unit, column.id, line.slice), self.is_rate(column.id))
            for line in form.lines
            for column in form.columns
        )

    def figure(self, unit: str, id_: str, slice_: tuple[str, str, str, str]) -> Figure:
        """One figure of the unit or of a unit below it."""
        if id_ == COMMUNES:
            return self._communes(unit) if slice_ == WHOLE else NOT_ASKED
        own = self._figures(unit)
        figure = own.get((id_, slice_), NOT_ASKED)
        if figure.state is State.NOT_ASKED or not self._gives_away(own, id_, slice_):
            return figure
        return replace(figure, value=None, partial=None, withheld=True)

    def _figures(self, unit: str) -> Figures:
        if unit not in self._of:
            context = self._context
            rates = figures_of(unit, context.form_rates, context.elements.iloc[:0])
            self._of[unit] = rates | figures_of(unit, context.values, context.elements)
        return self._of[unit]

    def _gives_away(self, own: Figures, id_: str, slice_: tuple[str, str, str, str]) -> bool:
        """Whether a rate tells one of its terms that is withheld."""
        if not self.is_rate(id_):
            return False
        measure = self._measures[id_]
        terms = (own.get((term, slice_)) for term in (*measure.numerator, *measure.denominator))
        return any(term is not None and term.withheld for term in terms)

    def _communes(self, unit: str) -> Figure:
        """How many communes a unit has: known from the list of units, whoever has reported."""
        count = len(communes_under(unit, self._context.period.end))
        return Figure(float(count), None, count, count)
