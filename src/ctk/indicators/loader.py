"""Reads the catalogue's TOML and CSV files and refuses incomplete or contradictory ones."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.errors import CatalogueError
from ctk.indicators.types import (
    COMMUNES,
    Breakdown,
    Catalogue,
    Element,
    FormTable,
    Indicator,
    Measure,
    Section,
)

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ADDS = {"event", "stock", "distinct", "cumulative", "school_year", "yes_no"}
KINDS = {"count", "rate_percent", "rate_per_mille", "rate_per_100k", "ratio_per_100"}
DIMENSIONS = {"sex", "age", "ethnicity"}
PERIODS = {"6m", "9m", "12m"}
PLACES = {"main", "optional", "form"}
REPORTERS = {"commune", "health_station", "school", "police", "justice"}
_SEXES = (("M", "Nam", "Male"), ("F", "Nữ", "Female"))


def build_indicator(raw: dict[str, Any]) -> Indicator:
    """Make one indicator from a parsed TOML file.

    Raises:
        CatalogueError: A key is missing, unknown or has a value that the catalogue does not know.
    """
    raw = dict(raw)
    name = raw.get("id", "?")
    try:
        measures = tuple(_measure(m, raw) for m in raw.pop("measure"))
        elements = tuple(_element(e, raw) for e in raw.pop("element", []))
        frozen: dict[str, Any] = {key: _frozen(value) for key, value in raw.items()}
        indicator = Indicator(**frozen, measures=measures, elements=elements)
    except (KeyError, TypeError) as error:
        raise CatalogueError(f"{name}: {error}") from error
    alike = Counter(measure.is_count for measure in measures)
    for measure in measures:
        told = alike[measure.is_count] == 1 or bool(measure.label_en)
        _need(told, f"{measure.id}: no label_en, and it is not the only one of its kind")
    return indicator


def build_form(raw: dict[str, Any]) -> FormTable:
    """Make one table of an official form from a parsed TOML file.

    Raises:
        CatalogueError: See `build_indicator`.
    """
    raw = dict(raw)
    try:
        measures = tuple(_measure(m, raw) for m in raw.pop("measure", []))
        elements = tuple(_element(e, raw) for e in raw.pop("element", []))
        form = FormTable(**raw, measures=measures, elements=elements)
    except (KeyError, TypeError) as error:
        raise CatalogueError(f"form {raw.get('id', '?')}: {error}") from error
    own = [element for element in elements if element.place != "form"]
    _need(not own, f"form {form.id}: what only a form asks has the place form")
    _need(bool(measures or elements), f"form {form.id}: asks nothing")
    return form


def _measure(raw: dict[str, Any], owner: dict[str, Any]) -> Measure:
    values: dict[str, Any] = {"multiplier": None} | {k: _frozen(v) for k, v in raw.items()}
    measure = Measure(**values, indicator=owner["id"])
    _need(measure.kind in KINDS, f"{measure.id}: unknown kind {measure.kind!r}")
    _need(bool(measure.unit and measure.label_vi), f"{measure.id}: no unit or label")
    _need(bool(measure.numerator), f"{measure.id}: no numerator")
    if not measure.is_count:
        complete = measure.denominator and measure.multiplier and "subset" in raw
        _need(bool(complete), f"{measure.id}: a rate needs denominator, multiplier and subset")
        sizes = {len(measure.numerator), len(measure.denominator)}
        _need(len(sizes) == 1 or 1 in sizes, f"{measure.id}: terms do not pair")
    return measure


def _element(raw: dict[str, Any], owner: dict[str, Any]) -> Element:
    values: dict[str, Any] = {key: _frozen(value) for key, value in raw.items()}
    element = Element(
        **values,
        indicator=owner["id"],
        section=owner["section"],
        in_force_from=owner["in_force_from"],
    )
    for text in (element.name_vi, element.name_en, element.unit):
        _need(bool(text), f"{element.id}: no name or unit")
    _need(element.adds in ADDS, f"{element.id}: no additivity that is known ({element.adds!r})")
    _need(element.place in PLACES, f"{element.id}: unknown place {element.place!r}")
    _need(element.reporter in REPORTERS, f"{element.id}: unknown reporter {element.reporter!r}")
    _need(set(element.breakdowns) <= DIMENSIONS, f"{element.id}: unknown dimension")
    _need(bool(element.asked) and set(element.asked) <= PERIODS, f"{element.id}: unknown period")
    return element


def _frozen(value: object) -> object:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _need(condition: bool, problem: str) -> None:
    if not condition:
        raise CatalogueError(problem)


def check_references(catalogue: Catalogue) -> None:
    """Refuse a catalogue in which an id is double or refers to nothing.

    Raises:
        CatalogueError: Names the element or measure at fault.
    """
    known = catalogue.element_index
    _need(len(known) == len(catalogue.elements), "an element id stands twice")
    measures = catalogue.measures + catalogue.form_measures
    measure_ids = [measure.id for measure in measures]
    _need(len(set(measure_ids)) == len(measure_ids), "a measure id stands twice")
    sections = {section.id for section in catalogue.sections}
    owners = [(each.id, each.section) for each in catalogue.indicators]
    owners += [(each.id, each.section) for each in catalogue.forms]
    for id_, section in owners:
        _need(section in sections, f"{id_}: unknown section")
    for measure in measures:
        for id_ in measure.numerator + measure.denominator:
            _need(id_ in known or id_ == COMMUNES, f"{measure.id}: unknown element {id_}")
    for element in catalogue.elements:
        for id_ in _referred(element):
            _need(id_ in known, f"{element.id}: unknown element {id_}")
            _need(id_ != element.id, f"{element.id}: refers to itself")


def _referred(element: Element) -> list[str]:
    nested = [id_ for group in element.sum_of + element.at_most_sum_of for id_ in group]
    return [*element.within, *element.equals, *element.same_as, *nested]


def read_breakdowns(age_csv: str) -> tuple[Breakdown, ...]:
    """Make the columns of a data sheet from an age code list.

    Args:
        age_csv: Text of a CSV with the columns `code`, `title_vi`, `title_en`.

    Raises:
        CatalogueError: A code or title is missing, double, or the reserved `T`.
    """
    rows = list(csv.DictReader(age_csv.splitlines()))
    codes = [row.get("code") or "" for row in rows]
    _need(bool(rows) and all(codes), "age groups: a row without code")
    _need(len(set(codes) | {"T"}) == len(codes) + 1, "age groups: a code stands twice or is T")
    _need(all(row.get("title_vi") and row.get("title_en") for row in rows), "age groups: no title")
    ages = [Breakdown(age=r["code"], title_vi=r["title_vi"], title_en=r["title_en"]) for r in rows]
    sexes = [Breakdown(sex=code, title_vi=vi, title_en=en) for code, vi, en in _SEXES]
    total = Breakdown(title_vi="Tổng số", title_en="Total")
    minority = Breakdown(
        ethnicity="minority", title_vi="Dân tộc thiểu số", title_en="Ethnic minority"
    )
    return (total, *sexes, *ages, minority)


def build_catalogue(
    folder: Traversable, sections_toml: str, age_csv: str, forms: Traversable | None = None
) -> Catalogue:
    """Read a folder of indicator files (in the order of their names) and check the whole.

    Args:
        folder: The indicators.
        sections_toml: The sections, in their order.
        age_csv: The age groups.
        forms: What official forms ask besides.

    Raises:
        CatalogueError: See `build_indicator` and `check_references`.
    """
    indicators = tuple(build_indicator(raw) for raw in _tables(folder))
    tables = tuple(build_form(raw) for raw in _tables(forms)) if forms else ()
    sections = tuple(Section(**raw) for raw in tomllib.loads(sections_toml)["section"])
    elements = tuple(element for indicator in indicators for element in indicator.elements)
    elements += tuple(element for table in tables for element in table.elements)
    catalogue = Catalogue(sections, indicators, read_breakdowns(age_csv), elements, tables)
    check_references(catalogue)
    return catalogue


def _tables(folder: Traversable) -> list[dict[str, Any]]:
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]


def load_catalogue(age_groups: str | None = None) -> Catalogue:
    """The catalogue of Circular 13/2021/TT-BLĐTBXH: 84 indicators, 132 measures.

    Args:
        age_groups: Path of a CSV that replaces the built-in age groups.

    Raises:
        CatalogueError: The age groups are bad.
        OSError: Their file cannot be read.
    """
    return _load(age_groups)


@cache
def _load(age_groups: str | None) -> Catalogue:
    root = files(__package__)
    ages = Path(age_groups) if age_groups else root.joinpath("codelists/age.csv")
    return build_catalogue(
        root.joinpath("catalogue"),
        root.joinpath("sections.toml").read_text(encoding="utf-8"),
        ages.read_text(encoding="utf-8-sig"),
        root.joinpath("forms"),
    )
