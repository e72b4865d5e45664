"""Codes of SDMX for what ctk calls otherwise; ids hold only what SDMX allows in them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ctk.errors import CatalogueError
from ctk.messages import message
from ctk.report.figures import State
from ctk.units.table import TWO_LEVELS_SINCE

if TYPE_CHECKING:
    from ctk.indicators import Catalogue
    from ctk.model import Unit
    from ctk.periods import Coverage, Period

TOTAL = "_T"
STATUS_OF = {
    State.COMPLETE: "A",
    State.INCOMPLETE: "L",
    State.UNDEFINED: "M",
    State.NOT_ASKED: "M",
    State.WITHHELD: "Q",
}
"""Codes of the cross-domain list CL_OBS_STATUS."""
FREE, CONFIDENTIAL = "F", "C"
"""Codes of the cross-domain list CL_CONF_STATUS; which figures are withheld because they are small
and which only to protect those is not told, as that would help to work them out."""
_BAD = re.compile(r"[^A-Za-z0-9_@$-]")
_HALF_YEAR, _YEAR = 6, 12


@dataclass(frozen=True, slots=True)
class CodeItem:
    """One code of a list; `other` is its name in the other language."""

    id: str
    name: str
    other: str = ""
    parent: str | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes for one concept."""

    id: str
    concept: str
    version: str
    codes: tuple[CodeItem, ...]
    partial: bool = False


def safe_id(text: str) -> str:
    """An id of ctk as SDMX allows it: "I-0301.n" becomes "I-0301_n", the total "_T"."""
    if text == "T":
        return TOTAL
    safe = _BAD.sub("_", text)
    return f"_{safe[1:]}" if safe.startswith("-") else safe


def time_period(period: Period, coverage: Coverage) -> str:
    """A period as SDMX writes it: "2022", "2022-S1", or a first day and a length.

    Six and nine months contain the months before; a work report's year begins on 15 December.
    """
    first, _ = period.days(coverage)
    if first == period.start and period.months == _YEAR:
        return str(period.year)
    if first == period.start and period.months == _HALF_YEAR:
        return f"{period.year}-S1"
    return f"{first.isoformat()}/P{period.months}M"


def code_lists(
    units: Iterable[tuple[Unit, date]], catalogue: Catalogue, lang: str
) -> tuple[CodeList, ...]:
    """All lists that the data use.

    Args:
        units: The units of the data and those above them, each with a day on which it was valid;
            all of one side of July 2025.
        catalogue: The indicators and age groups.
        lang: Language of the names; where both are known, the other one is added.
    """
    breakdowns = catalogue.breakdowns
    ages = {b.age: (b.title("vi"), b.title("en")) for b in breakdowns if b.age != "T"}
    return (
        _units(units),
        _measures(catalogue, lang),
        _said("CL_SEX", "SEX", ("T", "M", "F"), lang),
        _listed("CL_AGE", "AGE", ages, lang),
        _said("CL_ETHNICITY", "ETHNICITY", ("T", "minority"), lang),
        _said("CL_AREA", "AREA", ("T", "urban", "rural"), lang),
        _said("CL_OBS_STATUS", "OBS_STATUS", tuple(dict.fromkeys(STATUS_OF.values())), lang),
        _said("CL_CONF_STATUS", "CONF_STATUS", (FREE, CONFIDENTIAL), lang),
        _units_of_measure(lang),
    )


@cache
def unit_measures() -> dict[str, tuple[str, str]]:
    """Id and English name of each unit of measurement, by its Vietnamese name."""
    text = files(__package__).joinpath("units_of_measure.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    found = {row["unit"]: (row["id"], row["name_en"]) for row in rows}
    if len({id_ for id_, _ in found.values()}) != len(rows):
        raise CatalogueError("units_of_measure.csv: an id stands there twice")
    return found


def _units(units: Iterable[tuple[Unit, date]]) -> CodeList:
    """Units by code; their validity is that of the version in force on the day."""
    found = {}
    version = "1.0.0"
    for unit, day in sorted(units, key=lambda pair: pair[1]):
        version = "2.0.0" if day >= TWO_LEVELS_SINCE else "1.0.0"
        found[unit.code] = CodeItem(
            safe_id(unit.code),
            unit.full_name,
            parent=safe_id(unit.parent) if unit.parent else None,
            first_day=unit.valid_from,
            last_day=unit.valid_to,
        )
    codes = tuple(found[code] for code in sorted(found))
    return CodeList("CL_UNIT", "REF_AREA", version, codes, partial=True)


def _measures(catalogue: Catalogue, lang: str) -> CodeList:
    names = {each.id: each.name("en") for each in catalogue.indicators}
    pairs = {
        each.id: (each.label_vi, each.label_en or names.get(each.indicator, each.label_vi))
        for each in catalogue.measures
    }
    return _list("CL_INDICATOR", "INDICATOR", pairs, lang)


def _units_of_measure(lang: str) -> CodeList:
    pairs = {id_: (vi, en) for vi, (id_, en) in unit_measures().items()}
    return _list("CL_UNIT_MEASURE", "UNIT_MEASURE", pairs, lang)


def _said(id_: str, concept: str, codes: tuple[str, ...], lang: str) -> CodeList:
    def named(code: str, language: str) -> str:
        return message(f"exchange.{concept}.{code}", language)

    pairs = {code: (named(code, "vi"), named(code, "en")) for code in codes}
    return _list(id_, concept, pairs, lang)


def _listed(id_: str, concept: str, pairs: dict[str, tuple[str, str]], lang: str) -> CodeList:
    total = (message("exchange.AGE.T", "vi"), message("exchange.AGE.T", "en"))
    return _list(id_, concept, {"T": total} | pairs, lang)


def _list(id_: str, concept: str, pairs: dict[str, tuple[str, str]], lang: str) -> CodeList:
    order: Callable[[tuple[str, str]], tuple[str, str]] = (
        (lambda pair: pair) if lang == "vi" else (lambda pair: (pair[1], pair[0]))
    )
    codes = tuple(CodeItem(safe_id(code), *order(pair)) for code, pair in pairs.items())
    if len({code.id for code in codes}) != len(codes):
        raise CatalogueError(f"{id_}: two codes become one id of SDMX")
    return CodeList(id_, concept, "1.0.0", codes)
