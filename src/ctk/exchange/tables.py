"""Totals with names and the state of each figure; a withheld one holds nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from ctk.report.figures import WITHHELD, make_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pandas import DataFrame

    from ctk.indicators import Catalogue
    from ctk.model import Unit

STATUS = "status"
_SLICE = ("sex", "age", "ethnicity", "area")
_NUMBERS = ("value", "partial", "numerator", "denominator")
_COVERAGE = ("reported", "expected")
VALUES = ("unit", "unit_name", "period", "measure", "measure_name", "unit_of_measure", *_SLICE,
          *_NUMBERS, *_COVERAGE, STATUS)  # fmt: skip
ELEMENTS = ("unit", "unit_name", "period", "element", "element_name", "unit_of_measure", *_SLICE,
            "value", "partial", *_COVERAGE, STATUS)  # fmt: skip
Names = dict[str, tuple[str, str]]
"""Name and unit of measurement of each id."""


def value_table(
    values: DataFrame, units: Mapping[tuple[str, str], Unit], names: Names
) -> DataFrame:
    """Measures with the names of their units and measures.

    Args:
        values: Columns as aggregation gives them, and perhaps `withheld`.
        units: Units by code and period.
        names: Of the measures.
    """
    return _table(values, "measure", units, names, VALUES)


def element_table(
    elements: DataFrame, units: Mapping[tuple[str, str], Unit], names: Names
) -> DataFrame:
    """Elements in the same way; see `value_table`."""
    return _table(elements, "element", units, names, ELEMENTS)


def close_rates(values: DataFrame, elements: DataFrame, catalogue: Catalogue) -> DataFrame:
    """Mark as withheld the rates that would tell a withheld term of theirs.

    Args:
        values: Measures; `withheld` in it stays as it is.
        elements: The elements of the same units and periods; prepared for a public copy, or not.
        catalogue: What the rates are made of.
    """
    if WITHHELD not in elements:
        return values
    keys = ("unit", "period", "element", *_SLICE)
    closed = set(_keys(elements[elements[WITHHELD].astype(bool)], keys))
    terms = {
        measure.id: (*measure.numerator, *measure.denominator)
        for measure in (*catalogue.measures, *catalogue.form_measures)
        if not measure.is_count
    }
    tells = [
        any((unit, period, term, *part) in closed for term in terms.get(id_, ()))
        for unit, period, id_, *part in _keys(values, ("unit", "period", "measure", *_SLICE))
    ]
    own = values[WITHHELD].astype(bool) if WITHHELD in values else False
    return values.assign(**{WITHHELD: own | pd.Series(tells, values.index, dtype=bool)})


def measure_names(catalogue: Catalogue, lang: str, unit_label: Callable[[str], str]) -> Names:
    """Of all measures, those of official forms too; the Circular's labels are in Vietnamese.

    Args:
        catalogue: The indicators.
        lang: Language of the names.
        unit_label: Gives a unit of measurement in that language.
    """
    names = {i.id: i.name(lang) for i in catalogue.indicators}
    found: Names = {}
    for measure in (*catalogue.measures, *catalogue.form_measures):
        name = measure.label(lang)
        if lang != "vi" and not measure.label_en:
            name = names.get(measure.indicator, name)
        found[measure.id] = name, unit_label(measure.unit)
    return found


def element_names(catalogue: Catalogue, lang: str, unit_label: Callable[[str], str]) -> Names:
    """Of all elements; see `measure_names`."""
    return {each.id: (each.name(lang), unit_label(each.unit)) for each in catalogue.elements}


def _table(
    frame: DataFrame,
    key: str,
    units: Mapping[tuple[str, str], Unit],
    names: Names,
    columns: tuple[str, ...],
) -> DataFrame:
    made = frame.drop(columns=WITHHELD, errors="ignore").copy()
    hidden = frame[WITHHELD].astype(bool) if WITHHELD in frame else pd.Series(False, frame.index)
    numbers = [name for name in _NUMBERS if name in made]
    made[STATUS] = _states(frame, hidden)
    made[numbers] = made[numbers].astype(float).mask(hidden)
    made[list(_COVERAGE)] = made[list(_COVERAGE)].astype("int64")
    pairs = zip(made["unit"].tolist(), made["period"].tolist(), strict=True)
    made["unit_name"] = [units[pair].full_name for pair in pairs]
    named = [names[id_] for id_ in made[key].tolist()]
    made[f"{key}_name"] = [name for name, _ in named]
    made["unit_of_measure"] = [unit for _, unit in named]
    return made[list(columns)]


def _keys(frame: DataFrame, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(frame[name].tolist() for name in names), strict=True)


def _states(frame: DataFrame, hidden: pd.Series[bool]) -> list[str]:
    counts = (frame[name].tolist() for name in ("value", "partial", *_COVERAGE))
    rows = zip(*counts, hidden.tolist(), strict=True)
    return [make_figure(*row).state.value for row in rows]
