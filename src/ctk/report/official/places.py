"""Where a figure stands on the official forms of a unit, without writing them."""

from __future__ import annotations

from collections.abc import Iterator

from ctk.report.context import ReportContext
from ctk.report.copies import file_name
from ctk.report.figures import State
from ctk.report.official.figures import FormFigures
from ctk.report.official.layout import FORMS, load_form
from ctk.report.printed import Printed, Slice
from ctk.text.numbers import round_half_up


def places(context: ReportContext, id_: str, slice_: Slice) -> Iterator[tuple[str, Printed]]:
    """The cells in which forms print a figure of the unit, each with the name of its file.

    Args:
        context: Unit, period and figures.
        id_: Measure or element; a count that is one element stands where the element does.
        slice_: Sex, age, ethnicity, area.
    """
    figures = FormFigures(context)
    counted = {m.id: m.numerator for m in context.catalogue.measures if m.is_count}
    alike = counted.get(id_, ())
    wanted = {id_, *(alike if len(alike) == 1 else ())}
    for form in map(load_form, FORMS):
        for placed in figures.placed(form):
            complete = placed.figure.state is State.COMPLETE and placed.figure.value is not None
            if complete and placed.column.id in wanted and placed.line.slice == slice_:
                value = float(round_half_up(placed.figure.value or 0.0, placed.decimals))
                at = placed.line.row, placed.column.left
                unit = context.unit.code
                named = Printed(form.id, *at, unit, id_, slice_, False, value)
                yield file_name(context, form.id), named
