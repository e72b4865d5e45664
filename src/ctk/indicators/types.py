"""Indicators, their measures and the elements that communes count, as frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ctk.periods import Period

COMMUNES = "units.communes"
"""Element that nobody types: one for each commune of the unit tree."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One column of a data sheet: a slice of an element by sex, age group or ethnicity."""

    sex: str = "T"
    age: str = "T"
    ethnicity: str = "T"
    title_vi: str = ""
    title_en: str = ""

    @property
    def dimension(self) -> str | None:
        """The slice as findings print it, "sex=F"; None for the total."""
        for name in ("sex", "age", "ethnicity"):
            if getattr(self, name) != "T":
                return f"{name}={getattr(self, name)}"
        return None

    @property
    def code(self) -> str:
        """The one code of the slice, "F", "U6", "minority"; "T" for the total."""
        return next((c for c in (self.sex, self.age, self.ethnicity) if c != "T"), "T")

    def title(self, lang: str) -> str:
        """The column's title."""
        return self.title_vi if lang == "vi" else self.title_en


@dataclass(frozen=True, slots=True)
class Element:
    """What a commune counts and types in; its id is the text of the `Mã số` column.

    Args:
        adds: How it adds over time: `event`, `stock`, `distinct`, `cumulative`, `school_year`
            or `yes_no`; over area all of them add.
        breakdowns: Dimensions asked besides the total: `sex`, `age`, `ethnicity`.
        asked: Lengths of the periods whose form asks it; all, if the file does not say.
        place: `main`; `optional` where the Circular names only surveys as its source; `form` where
            no indicator but an official form asks it.
        reporter: Who counts it: the commune, if the file does not say.
        within: Elements that it cannot exceed.
        sum_of: Lists of elements that make it up exactly.
        at_most_sum_of: Lists of overlapping parts whose sum it cannot exceed.
        equals: Elements that count the same thing elsewhere in the Circular.
        same_as: Elements that stand in for it where a form does not ask it.
    """

    id: str
    indicator: str
    section: str
    name_vi: str
    name_en: str
    unit: str
    adds: str
    in_force_from: date
    breakdowns: tuple[str, ...] = ()
    asked: tuple[str, ...] = ("6m", "9m", "12m")
    place: str = "main"
    reporter: str = "commune"
    part: bool = False
    within: tuple[str, ...] = ()
    sum_of: tuple[tuple[str, ...], ...] = ()
    at_most_sum_of: tuple[tuple[str, ...], ...] = ()
    equals: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    help_vi: str = ""
    help_en: str = ""

    def name(self, lang: str) -> str:
        """The row's label."""
        return self.name_vi if lang == "vi" else self.name_en

    def asked_in(self, period: Period) -> bool:
        """Tell whether the form of a period has this row."""
        return f"{period.months}m" in self.asked and self.in_force_from <= period.end

    def has(self, breakdown: Breakdown) -> bool:
        """Tell whether the element is asked in this column."""
        dimension = breakdown.dimension
        return dimension is None or dimension.split("=")[0] in self.breakdowns


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of an indicator: a count, or a rate recomputed from sums (numerator / denominator).

    Args:
        subset: Whether the Circular makes the numerator a part of the denominator, so that a rate
            above 100 % is an error.
        label_en: Needed only where an indicator has several counts or several rates.
    """

    id: str
    indicator: str
    kind: str
    label_vi: str
    unit: str
    multiplier: int | None
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    subset: bool = False
    label_en: str = ""

    @property
    def is_count(self) -> bool:
        """Tell a count from a rate."""
        return self.kind == "count"

    def label(self, lang: str) -> str:
        """What it is called; in Vietnamese where it has no English label."""
        return self.label_vi if lang == "vi" else self.label_en or self.label_vi


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the 84 indicators of Circular 13/2021/TT-BLĐTBXH; `id` = appendix + code."""

    id: str
    appendix: str
    code: str
    section: str
    name_vi: str
    name_en: str
    in_force_from: date
    period: tuple[str, ...]
    sources: tuple[str, ...]
    disaggregations: tuple[str, ...]
    lead_agency_vi: str
    lead_agency: str
    gazette_pages: tuple[int, ...]
    measures: tuple[Measure, ...]
    elements: tuple[Element, ...]
    name_vi_content: str = ""
    national_code_2015: str = ""

    def name(self, lang: str) -> str:
        """The official name, or its working translation."""
        return self.name_vi if lang == "vi" else self.name_en


@dataclass(frozen=True, slots=True)
class FormTable:
    """What an official form asks beyond the indicators: elements of its own, rates by group."""

    id: str
    section: str
    name_vi: str
    name_en: str
    in_force_from: date
    source: str
    measures: tuple[Measure, ...] = ()
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the Circular, "I.3" = Appendix I, group III; `sheet` names its data sheet.

    What only a form asks has a section of the form's name, "605".
    """

    id: str
    sheet: str
    title_vi: str
    title_en: str

    def title(self, lang: str) -> str:
        """The group's title."""
        return self.title_vi if lang == "vi" else self.title_en


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All indicators, elements and columns; a figure = element x columns + column.

    `elements` are those of the indicators, then those that only a form of `forms` asks.
    """

    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    breakdowns: tuple[Breakdown, ...]
    elements: tuple[Element, ...] = field(default=())
    forms: tuple[FormTable, ...] = field(default=())

    @cached_property
    def element_index(self) -> dict[str, int]:
        """Position of each element id in `elements`."""
        return {element.id: i for i, element in enumerate(self.elements)}

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """All measures in the order of the Circular."""
        return tuple(m for indicator in self.indicators for m in indicator.measures)

    @cached_property
    def form_measures(self) -> tuple[Measure, ...]:
        """The rates that official forms ask and no indicator does."""
        return tuple(m for form in self.forms for m in form.measures)

    @cached_property
    def _indicators_by_id(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    def element(self, id_: str) -> Element:
        """Look up an element by the text of its `Mã số`."""
        return self.elements[self.element_index[id_]]

    def indicator(self, id_: str) -> Indicator:
        """Look up an indicator by its id, "I-0301"."""
        return self._indicators_by_id[id_]

    def owner_name(self, id_: str) -> str:
        """The Vietnamese name of the indicator or form that an element or measure belongs to."""
        names = {form.id: form.name_vi for form in self.forms}
        return names[id_] if id_ in names else self.indicator(id_).name_vi

    def asked(self, period: Period) -> tuple[Element, ...]:
        """The elements whose row stands on the form of a period."""
        return tuple(element for element in self.elements if element.asked_in(period))

    def figure(self, element: int, breakdown: int) -> int:
        """Index of a figure in the submission x figure matrix."""
        return element * len(self.breakdowns) + breakdown

    @property
    def figure_count(self) -> int:
        """Width of the submission x figure matrix."""
        return len(self.elements) * len(self.breakdowns)
