"""Frames as aggregation gives them, made of random figures for the communes of a real unit."""

import math
import random
import re
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from ctk.indicators import COMMUNES, load_catalogue
from ctk.periods import Period
from ctk.report import ReportContext
from ctk.settings import Office
from ctk.units.lookup import children, find_unit, path_to_root

SLICE = ("sex", "age", "ethnicity", "area")
TOTAL = ("T", "T", "T", "T")
URBAN = ("Thị trấn", "Phường")


class Figures:
    """Figures of the communes of one unit: `known[commune, element, slice]`, None = missing."""

    def __init__(self, code="467", period=None, missing=(), blank=(), seed=7):
        self.period = period or Period(2022, 6)
        self.unit = find_unit(code, self.period.end)
        self.communes = children(code, self.period.end)
        self.missing = tuple(c for c in self.communes if c.code in missing)
        self.catalogue = load_catalogue()
        self.asked = {e.id: e for e in self.catalogue.asked(self.period)}
        draw = random.Random(seed)  # noqa: S311
        self.known = {
            (commune.code, element.id, part): draw.randrange(1, 2000)
            for commune in self.communes
            for element in self.asked.values()
            for part in self.slices(element)
        }
        for key in self.known:
            if key[0] in missing or (key[0], key[1]) in blank:
                self.known[key] = None

    def slices(self, element):
        """Slices of an element, without area."""
        return [
            (b.sex, b.age, b.ethnicity, "T") for b in self.catalogue.breakdowns if element.has(b)
        ]

    def parts(self, term):
        """Slices of an element with area, which comes from the unit tree."""
        own = [TOTAL] if term == COMMUNES else self.slices(self.asked[term])
        return {*own, ("T", "T", "T", "urban"), ("T", "T", "T", "rural")}

    def members(self, units, part):
        """The communes that a slice covers."""
        area = part[3]
        return [u for u in units if area == "T" or (area == "urban") == (u.type in URBAN)]

    def value(self, commune, term, part):
        """One figure of one commune."""
        return 1 if term == COMMUNES else self.known[commune.code, term, (*part[:3], "T")]

    def sums(self, units, terms, part):
        """Matched sums of several lists of elements, and how many units have all of them."""
        rows = []
        for unit in self.members(units, part):
            row = [[self.value(unit, term, part) for term in group] for group in terms]
            if all(value is not None for group in row for value in group):
                rows.append([sum(group) for group in row])
        return [sum(column) for column in zip(*rows, strict=True)], len(rows)

    def row(self, unit, units, id_, terms, part, multiplier=None):
        """One row of a frame."""
        sums, reported = self.sums(units, terms, part)
        expected = len(self.members(units, part))
        numerator, denominator = (*sums, math.nan, math.nan)[:2]
        partial = numerator
        if multiplier:
            partial = numerator / denominator * multiplier if denominator else math.nan
        value = partial if reported == expected else math.nan
        counts = (value, partial, numerator, denominator, reported, expected)
        return (unit.code, str(self.period), id_, *part, *counts)

    def areas(self):
        """The unit with all its communes, then each commune alone."""
        return [(self.unit, self.communes), *((c, (c,)) for c in self.communes)]

    def values(self):
        """Frame of the measures."""
        return self.measured(self.catalogue.measures)

    def form_rates(self):
        """Frame of the rates that only official forms ask."""
        return self.measured(self.catalogue.form_measures)

    def measured(self, measures):
        """Frame of some measures."""
        rows = []
        for measure in measures:
            terms = [group for group in (measure.numerator, measure.denominator) if group]
            used = [term for group in terms for term in group]
            if all(term in self.asked or term == COMMUNES for term in used):
                parts = set.intersection(*(self.parts(term) for term in used))
                rows += [
                    self.row(unit, units, measure.id, terms, part, measure.multiplier)
                    for unit, units in self.areas()
                    for part in sorted(parts)
                    if self.members(units, part)
                ]
        return self.frame(rows, "measure")

    def elements(self):
        """Frame of the elements."""
        rows = [
            self.row(unit, units, element, [(element,)], part)
            for element in self.asked
            for unit, units in self.areas()
            for part in sorted(self.parts(element))
            if self.members(units, part)
        ]
        return self.frame(rows, "element").drop(columns=["numerator", "denominator"])

    def frame(self, rows, name):
        """Rows as a frame with the agreed columns."""
        counts = ["value", "partial", "numerator", "denominator", "reported", "expected"]
        return pd.DataFrame(rows, columns=["unit", "period", name, *SLICE, *counts])

    def context(self, **changes):
        """Everything for a report."""
        given = {
            "unit": self.unit,
            "parents": path_to_root(self.unit.code, self.period.end)[1:],
            "period": self.period,
            "values": self.values(),
            "elements": self.elements(),
            "form_rates": self.form_rates(),
            "children": self.communes,
            "missing": self.missing,
            "notes": (),
            "cut_offs": ("2022-05-15",),
            "kinds": ("Thực tế",),
            "office": Office(),
            "lang": "vi",
        }
        return ReportContext(**(given | changes))


def half_up(value, decimals):
    """Round as on paper, halves away from zero."""
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def header_row(sheet, title):
    """The row (from 1) in which a title stands."""
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == title)


def read_table(sheet):
    """Rows of a table below its header, as {code: {column title: cell}}; the codes are unique."""
    top = header_row(sheet, "Mã chỉ tiêu")
    titles = {cell.column: cell.value for cell in sheet[top]}
    rows = {}
    for cells in sheet.iter_rows(min_row=top + 2):
        by_title = {titles.get(cell.column): cell for cell in cells}
        if by_title["Mã chỉ tiêu"].value and by_title["Đơn vị tính"].value is not None:
            assert by_title["Mã chỉ tiêu"].value not in rows
            rows[by_title["Mã chỉ tiêu"].value] = by_title
    return rows


def footnotes_of(sheet):
    """The numbered footnotes below a table, by mark."""
    texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    found = [re.fullmatch(r"(\(\d+\)) (.+)", t) for t in texts if isinstance(t, str)]
    return {match[1]: match[2] for match in found if match}


def ids_of(appendix, catalogue):
    """Code printed for each measure and element of an appendix."""
    codes = {}
    for indicator in catalogue.indicators:
        if indicator.appendix == appendix:
            single = len(indicator.measures) == 1
            codes |= {m.id: indicator.code if single else m.id for m in indicator.measures}
            codes |= {element.id: element.id for element in indicator.elements}
    return codes


def counted_twice(catalogue):
    """Elements that a count measure shows as they are, so that they have no line of their own."""
    shown = set()
    for indicator in catalogue.indicators:
        own = {element.id for element in indicator.elements}
        for measure in indicator.measures:
            if measure.is_count and len(measure.numerator) == 1:
                shown |= own & set(measure.numerator)
    return shown
