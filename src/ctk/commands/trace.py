"""`ctk trace`: the arithmetic of a figure, down to the cells and up to where it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ctk.aggregate.mixing import mixtures
from ctk.aggregate.tracing import COUNTED, Tracer
from ctk.commands.comparing import earlier_figure
from ctk.commands.previous import compared, from_ledger
from ctk.commands.read import plain_number
from ctk.commands.report import make_context
from ctk.commands.second_sources import reporter_rows
from ctk.commands.warnings import warning_rows
from ctk.errors import UsageError
from ctk.model import Absence, Level, Result
from ctk.report.appendices import printed_figures
from ctk.report.official.places import places
from ctk.units.lookup import communes_under, find_unit, path_to_root
from ctk.workbook.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.aggregate.tracing import Leaf, Part, Traced
    from ctk.commands.sources import FromLedger, Material, Source
    from ctk.model import Unit
    from ctk.periods import Period

CELLS = (
    "unit", "unit_name", "side", "stands_for", "element", "sex", "age", "ethnicity", "file",
    "sheet", "cell", "value", "raw", "absence", "counted", "sha256", "receipt",
    "reporter",
)  # fmt: skip
_AREAS = ("T", "urban", "rural")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The figure asked for: measure or element, and the slice of it."""

    id: str
    sex: str = "T"
    age: str = "T"
    ethnicity: str = "T"
    area: str = "T"


def run(source: Source, unit: str, wanted: Wanted, ledger: FromLedger | None = None) -> Result:
    """Trace one figure.

    Args:
        source: Files or ledger, and the period (needed).
        unit: Code of the unit, of any level.
        wanted: The figure.
        ledger: Where the figure of a year before is looked for; None: nowhere.

    Returns:
        `data.figure`, `terms` (one a commune), `cells`, `printed`, `warnings`, `confirmed`,
        `earlier`.

    Raises:
        UsageError: No period, no such unit, measure or slice, or no form asks the figure.
    """
    period = source.expected
    if period is None:
        raise UsageError("report_needs_period")
    whole = find_unit(unit, period.end)
    material = source.material()
    place = _breakdown(material, wanted)
    side = source.request.settings.special_zone_area
    tracer = Tracer(material.batch, period, whole, side)
    traced = tracer.trace(wanted.id, place, wanted.area)
    if traced is None:
        raise UsageError("figure_not_asked", id=wanted.id, unit=whole.full_name, period=str(period))
    codes = {each.code for each in communes_under(whole.code, period.end)}
    data: dict[str, Any] = {
        "figure": figure_row(whole, period, wanted, traced),
        "terms": [_term(material, part) for part in traced.parts],
        "cells": list(cell_rows(material, traced, wanted)),
        "printed": list(_printed(source, ledger, material, whole, period, wanted)),
        "warnings": _warnings(material, period, whole, source.request.lang),
        "confirmed": [c for c in material.confirmed if c["unit"] in codes],
        "earlier": earlier_figure(ledger, whole, period, wanted) if ledger else None,
    }
    return Result("trace", data, "cells", errors=material.errors, columns=CELLS)


def _warnings(material: Material, period: Period, whole: Unit, lang: str) -> list[dict[str, Any]]:
    mixed = warning_rows(mixtures(material.batch, period, (whole,)), lang)
    return [*mixed, *reporter_rows(material.remarks, period, (whole,), lang)]


def _breakdown(material: Material, wanted: Wanted) -> int:
    catalogue = material.batch.catalogue
    ids = [measure.id for measure in (*catalogue.measures, *catalogue.form_measures)]
    if wanted.id not in ids and wanted.id not in catalogue.element_index:
        near = [id_ for id_ in ids if id_.startswith(wanted.id.split(".")[0])]
        raise UsageError("unknown_measure", id=wanted.id, known=", ".join(near) or "–")
    slice_ = (wanted.sex, wanted.age, wanted.ethnicity)
    slices = [(b.sex, b.age, b.ethnicity) for b in catalogue.breakdowns]
    if slice_ not in slices or wanted.area not in _AREAS:
        known = ", ".join(b.dimension for b in catalogue.breakdowns if b.dimension)
        raise UsageError("unknown_slice", known=f"{known}, area=urban, area=rural")
    return slices.index(slice_)


def figure_row(unit: Unit, period: Period, wanted: Wanted, traced: Traced) -> dict[str, Any]:
    """The figure as `ctk aggregate` gives it, with its multiplier."""
    so_far = None if traced.reported == traced.expected else _plain(traced.so_far)
    return {
        "unit": unit.code,
        "unit_name": unit.full_name,
        "period": str(period),
        "measure": wanted.id,
        "sex": wanted.sex,
        "age": wanted.age,
        "ethnicity": wanted.ethnicity,
        "area": wanted.area,
        "value": _plain(traced.value),
        "partial": so_far,
        "numerator": _plain(traced.numerator),
        "denominator": _plain(traced.denominator),
        "multiplier": traced.multiplier,
        "reported": traced.reported,
        "expected": traced.expected,
    }


def _term(material: Material, part: Part) -> dict[str, Any]:
    of = None if part.submission is None else material.batch.submissions[part.submission]
    lacking = [leaf for leaf in part.leaves if leaf.value is None and leaf.applies]
    return {
        "unit": part.unit.code,
        "unit_name": part.unit.full_name,
        "state": part.state,
        "numerator": _plain(part.numerator),
        "denominator": _plain(part.denominator),
        "lacking": [] if part.state == COUNTED else [_lacking(material, leaf) for leaf in lacking],
        "file": of.file if of else None,
        "receipt": of.receipt or None if of else None,
    }


def _lacking(material: Material, leaf: Leaf) -> dict[str, Any]:
    return {"element": leaf.element, "absence": _absence(material, leaf)}


def _absence(material: Material, leaf: Leaf) -> str | None:
    """Why the cell gives no figure; None where it gives one, `no_cell` where there is none."""
    if leaf.row < 0:
        return None if leaf.value is not None else "no_cell"
    absence = Absence(int(material.batch.frame["absence"].to_numpy()[leaf.row]))
    if leaf.value is None and absence in (Absence.PRESENT, Absence.NOTHING_OCCURRED):
        return Absence.UNREADABLE.label
    return absence.label


def cell_rows(material: Material, traced: Traced, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """One row a cell; `counted` says whether its value is in the figure."""
    for part in traced.parts:
        if part.submission is None:
            continue
        for leaf in part.leaves:
            of = material.batch.file_of(part.submission, leaf.row)
            counted = part.state == COUNTED and leaf.applies and leaf.value is not None
            yield {
                "unit": part.unit.code,
                "unit_name": part.unit.full_name,
                "side": leaf.side,
                "stands_for": leaf.stands_for,
                "element": leaf.element,
                "sex": wanted.sex,
                "age": wanted.age,
                "ethnicity": wanted.ethnicity,
                "file": of.file,
                **_cell(material, leaf, of.sheets),
                "absence": _absence(material, leaf),
                "counted": counted,
                "sha256": of.sha256,
                "receipt": of.receipt or None,
                "reporter": of.reporter,
            }


def _cell(material: Material, leaf: Leaf, sheets: tuple[str, ...]) -> dict[str, Any]:
    if leaf.row < 0:
        return {"sheet": None, "cell": None, "value": _plain(leaf.value), "raw": None}
    names = ("sheet", "row", "col", "value")
    sheet, row, col, value = (material.batch.frame[name].to_numpy()[leaf.row] for name in names)
    shown = plain_number(float(value))
    return {
        "sheet": sheets[int(sheet)],
        "cell": a1(int(row), int(col)),
        "value": _plain(leaf.value),
        "raw": material.batch.raw.get(leaf.row, "" if shown is None else str(shown)),
    }


def _printed(
    source: Source,
    ledger: FromLedger | None,
    material: Material,
    unit: Unit,
    period: Period,
    wanted: Wanted,
) -> Iterator[dict[str, Any]]:
    """Where the figure stands in reports of the unit, and in that of the unit above it."""
    slice_ = (wanted.sex, wanted.age, wanted.ethnicity, wanted.area)
    above = [u for u in path_to_root(unit.code, period.end)[1:2] if u.level is not Level.COUNTRY]
    before = from_ledger(ledger, period) if ledger else None
    for reporting in (unit, *above):
        context = make_context(material, source.request, reporting, period)
        if before is not None:
            context = compared(context, before, source.request.settings)
        file, printed = printed_figures(context)
        named = [(file, each) for each in printed]
        if reporting == unit:
            named += places(context, wanted.id, slice_)
        for file, each in named:
            if (each.unit, each.key, each.slice) == (unit.code, wanted.id, slice_):
                yield {
                    "report_of": reporting.code,
                    "file": file,
                    "sheet": each.sheet,
                    "cell": a1(each.row, each.col),
                    "value": _plain(each.value),
                    "partial": each.partial,
                }


def _plain(value: float | None) -> float | int | None:
    return None if value is None else plain_number(value)
