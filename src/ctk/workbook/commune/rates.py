"""Rates that the workbook computes for the clerk's eye, as Excel formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from ctk.workbook.commune.grid import FIRST_VALUE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctk.indicators import Catalogue, Measure


class Address(NamedTuple):
    """Sheet and row (from 0) of an element; its total stands in the first value column."""

    sheet: str
    row: int


class Rate(NamedTuple):
    """A formula and the kind of the rate, which decides the sign printed after the figure."""

    formula: str
    kind: str


def rates(catalogue: Catalogue, addresses: Mapping[str, Address]) -> dict[str, Rate]:
    """Give the rates by the element that is their whole numerator, if its denominator is asked.

    A denominator that nobody types (the number of communes) has no place in a commune's file.
    """
    found: dict[str, Rate] = {}
    for measure in catalogue.measures:
        if measure.is_count or len(measure.numerator) != 1 or len(measure.denominator) != 1:
            continue
        top = addresses.get(measure.numerator[0])
        below = addresses.get(measure.denominator[0])
        if top and below:
            found.setdefault(measure.numerator[0], _rate(measure, top, below))
    return found


def _rate(measure: Measure, top: Address, below: Address) -> Rate:
    """Divide the totals; the sign "-" counts as 0, any other text or a blank gives no rate."""
    n = xl_rowcol_to_cell(top.row, FIRST_VALUE)
    d = xl_rowcol_to_cell(below.row, FIRST_VALUE)
    if below.sheet != top.sheet:
        d = f"{quote_sheetname(below.sheet)}!{d}"
    counted = f'AND(OR(ISNUMBER({n}),{n}="-",{n}="không"),ISNUMBER({d}))'
    quotient = f'IF({d}>0,N({n})/{d}*{measure.multiplier},"")'
    return Rate(f'=IF({counted},{quotient},"")', measure.kind)
