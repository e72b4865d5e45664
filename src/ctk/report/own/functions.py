"""The functions and names that a template may use: the same in Excel, Word and the built-in report.

`messages/own.*.toml` says to an office what each one gives; `docs/templates.md` is made from there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ctk.report.comparison import told
from ctk.report.figures import State
from ctk.report.own.figure_functions import Asked, FigureFunctions
from ctk.report.own.figures import Absent
from ctk.report.own.names import Names
from ctk.report.own.sandbox import Environment

if TYPE_CHECKING:
    from ctk.report.context import ReportContext
    from ctk.report.own.problems import Problems

_Function = Callable[[FigureFunctions, Asked], Any]

OF_FIGURES: dict[str, _Function] = {
    "value": FigureFunctions.value,
    "said": FigureFunctions.said,
    "partial": FigureFunctions.partial,
    "coverage": FigureFunctions.coverage,
    "complete": FigureFunctions.complete,
    "asked": FigureFunctions.asked,
    "note": FigureFunctions.note,
    "previous": FigureFunctions.previous,
    "change": FigureFunctions.change,
    "change_percent": FigureFunctions.change_percent,
    "trend": FigureFunctions.trend,
}
"""Functions whose first argument is a measure or element."""


def make_environment(
    context: ReportContext, problems: Problems, clean: Callable[[str], str] = str
) -> Environment:
    """Make what fills a template for a report.

    Args:
        context: The report.
        problems: Where faults of the template are told.
        clean: Takes out of a text what its document cannot hold.
    """
    context = told(context)
    figures = FigureFunctions(context, problems)
    names = {
        name: _called(figures, function, context.lang) for name, function in OF_FIGURES.items()
    }
    names["percent"] = figures.percent
    names |= Names(context, figures.lookup, problems).all()
    return Environment(names, problems, context.lang, figures.lookup.key, OF_FIGURES, clean)


def _called(figures: FigureFunctions, function: _Function, lang: str) -> Callable[..., Any]:
    """Make a function that a template calls with a measure, a unit and a breakdown."""
    lookup = figures.lookup

    def called(
        measure: object,
        unit: object,
        *,
        sex: object = "T",
        age: object = "T",
        ethnicity: object = "T",
        area: object = "T",
    ) -> Any:  # noqa: ANN401  (a number, a text, a truth value)
        key = lookup.key(measure)
        code = lookup.unit_code(unit)
        slice_ = lookup.slice(key, (sex, age, ethnicity, area)) if key else None
        if key and code and slice_:
            return function(figures, Asked(key, code, slice_))
        # The fault is told; with this the rest of the template can still be looked at.
        return Absent(State.NOT_ASKED.value, lang)

    return called
