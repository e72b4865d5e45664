"""Finds the figure that a placeholder means; what does not exist is a fault of the template."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from jinja2 import Undefined

from ctk.indicators import COMMUNES
from ctk.report.figures import NOT_ASKED, WHOLE, Figure, Slice, Totals, totals_of
from ctk.report.lines import APPENDICES, Line, appendix_lines, unit_label
from ctk.report.official.figures import FormFigures
from ctk.report.own.figures import Absent
from ctk.report.own.things import OwnIndicator, OwnMeasure, OwnUnit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pandas import DataFrame

    from ctk.report.context import ReportContext
    from ctk.report.own.problems import Problems

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_NAMES = ("sex", "age", "ethnicity", "area")
_AREAS = ("urban", "rural")
_CUTOFF = 0.5


class Lookup:
    """The figures of a report by measure or element, unit and breakdown.

    Args:
        context: The report.
        problems: Where faults are told.
    """

    def __init__(self, context: ReportContext, problems: Problems) -> None:
        self._context = context
        self._problems = problems
        self._by_slice: dict[Slice, Totals] = {}

    @cached_property
    def units(self) -> dict[str, str]:
        """Codes of the units that the report has figures of, with their names."""
        own = (self._context.unit, *self._context.children)
        return {unit.code: unit.full_name for unit in own}

    @cached_property
    def lines(self) -> dict[str, Line]:
        """What each figure's line in the appendices says of it."""
        catalogue, lang = self._context.catalogue, self._context.lang
        every = [element.id for element in catalogue.elements]
        found = [x for a in APPENDICES for x in appendix_lines(catalogue, a, every, lang)]
        for rate in catalogue.form_measures:
            unit = unit_label(rate.unit, lang)
            found.append(Line("measure", "", rate.id, rate.label_vi, unit, rate.id, is_rate=True))
        return {line.key: line for line in found if line.key}

    @cached_property
    def terms(self) -> dict[str, tuple[str, ...]]:
        """The elements behind each measure and element."""
        catalogue = self._context.catalogue
        every = (*catalogue.measures, *catalogue.form_measures)
        measures = {m.id: (*m.numerator, *m.denominator) for m in every}
        return {element.id: (element.id,) for element in catalogue.elements} | measures

    @cached_property
    def _percents(self) -> frozenset[str]:
        catalogue = self._context.catalogue
        every = (*catalogue.measures, *catalogue.form_measures)
        return frozenset(m.id for m in every if m.multiplier == 100)

    @cached_property
    def _of_forms(self) -> tuple[FormFigures, frozenset[str]]:
        """The rates that official forms ask besides, and their ids."""
        ids = (measure.id for measure in self._context.catalogue.form_measures)
        return FormFigures(self._context), frozenset(ids)

    def key(self, wanted: object) -> str | None:
        """The id of a measure or element; None, and a fault told, if there is none."""
        if isinstance(wanted, OwnMeasure):
            return wanted.id
        if isinstance(wanted, OwnIndicator):
            return self._only_measure(wanted)
        if isinstance(wanted, Undefined | Absent):
            return None  # what is wrong was told already
        text = str(wanted).strip().translate(_DASHES)
        for typed in (text, text.upper(), text[:-1].upper() + text[-1:].lower()):
            if typed in self.terms:
                return typed
        near = get_close_matches(text.upper(), self.terms, 1, _CUTOFF)
        self._problems.add("measure", wanted, nearest=near[0] if near else "")
        return None

    def _only_measure(self, indicator: OwnIndicator) -> str | None:
        if indicator.measures.length == 1:
            return next(iter(indicator.measures)).id
        known = ", ".join(measure.id for measure in indicator.measures)
        self._problems.add("several_measures", indicator.id, known=known)
        return None

    def unit_code(self, wanted: object) -> str | None:
        """The code of a unit of this report; None, and a fault told, if it is none."""
        code = wanted.code if isinstance(wanted, OwnUnit) else str(wanted).strip()
        if code in self.units:
            return code
        near = get_close_matches(code, self.units, 1, _CUTOFF)
        nearest = f"{near[0]} ({self.units[near[0]]})" if near else ""
        self._problems.add("unit", code, nearest=nearest)
        return None

    def slice(self, key: str, codes: tuple[object, ...]) -> Slice | None:
        """A breakdown of a figure; None, and a fault told, if nobody asks for it."""
        wanted = tuple(str(code).strip() for code in codes)
        known = dict.fromkeys([WHOLE, *self._slices(key)])
        for sex, age, ethnicity, area in known:
            if tuple(code.casefold() for code in wanted) == tuple(
                code.casefold() for code in (sex, age, ethnicity, area)
            ):
                return sex, age, ethnicity, area
        typed = ", ".join(_pairs(wanted))
        self._problems.add("slice", f"{key}: {typed}", known=_listed(known))
        return None

    def _slices(self, key: str) -> list[Slice]:
        """The breakdowns that a figure has on some form, with both kinds of area."""
        catalogue = self._context.catalogue
        terms = [catalogue.element(t) for t in self.terms[key] if t != COMMUNES]
        own = [b for b in catalogue.breakdowns if all(term.has(b) for term in terms)]
        sides: list[Slice] = [("T", "T", "T", area) for area in _AREAS]
        if len(terms) < len(self.terms[key]):  # communes are counted by area only
            return sides
        return [*((b.sex, b.age, b.ethnicity, "T") for b in own), *sides]

    def figure(self, key: str, unit: str, slice_: Slice) -> Figure:
        """The figure; one that no form asked says so."""
        form_figures, of_forms = self._of_forms
        if key in of_forms:
            return form_figures.figure(unit, key, slice_)
        if slice_ not in self._by_slice:
            context = self._context
            frames = (_only(frame, slice_) for frame in (context.values, context.elements))
            self._by_slice[slice_] = totals_of(*frames)
        return self._by_slice[slice_].get((unit, key), NOT_ASKED)

    def is_percent(self, key: str) -> bool:
        """Tell whether a figure is a number of per cent."""
        return key in self._percents


def _only(frame: DataFrame, slice_: Slice) -> DataFrame:
    """The rows of one breakdown of all units, as totals."""
    chosen = frame
    for name, code in zip(_NAMES, slice_, strict=True):
        chosen = chosen[chosen[name].eq(code)]
    return chosen.assign(**dict.fromkeys(_NAMES, "T"))


def _pairs(codes: Iterable[str]) -> list[str]:
    return [f'{name}="{code}"' for name, code in zip(_NAMES, codes, strict=True) if code != "T"]


def _listed(slices: Iterable[Slice]) -> str:
    return "; ".join(", ".join(_pairs(each)) for each in slices if each != WHOLE)
