"""`ctk aggregate`: add communes up to a level, with coverage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from ctk.aggregate.grouping import (
    add_up,
    check_level,
    choose,
    codes_spoken_for,
    periods_of,
    targets_above,
)
from ctk.aggregate.mixing import mixtures
from ctk.aggregate.roll_up import ELEMENTS, VALUES, Totals
from ctk.commands.exporting import CSV, PARQUET, tables_of, write_table
from ctk.commands.public import published_totals, publishing, without_figures
from ctk.commands.read import plain_number
from ctk.commands.second_sources import reporter_rows
from ctk.commands.warnings import warning_rows
from ctk.errors import UsageError
from ctk.messages import message
from ctk.model import Level, Result, Unit
from ctk.report.aggregate_book import write_aggregate
from ctk.report.copies import public_path
from ctk.report.figures import WITHHELD
from ctk.units.lookup import children, find_unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ctk.commands.loading import Request
    from ctk.commands.public import Copies
    from ctk.commands.sources import Material, Source
    from ctk.frame import Batch
    from ctk.periods import Period

    Targets = dict[Period, tuple[Unit, ...]]

EXCEL = ".xlsx"


def run(
    source: Source,
    level: Level,
    out: Path | None = None,
    *,
    public: Copies | None = None,
    force: bool = False,
) -> Result:
    """Add up files, or the submissions that stand in the ledger.

    Periods are kept apart: 6, 9 and 12 months of a year contain each other and never add.

    Args:
        source: Files or ledger, and period; with `unit` set, only that unit is added up.
        level: Level to add up to.
        out: File to write: Excel, which holds one period, CSV or Parquet.
        public: What is wanted besides public figures; None: figures for the office itself.
        force: Whether `out` may be replaced.

    Raises:
        UsageError: The level did not exist in the period, or the unit is of another level.
    """
    request, wanted = source.request, source.expected
    if out is not None and out.suffix.lower() not in (EXCEL, CSV, PARQUET):
        raise UsageError("not_a_table", path=out)
    if wanted is not None:
        check_level(level, wanted)
    material = source.material()
    batch = material.batch
    periods = (wanted,) if wanted is not None else periods_of(batch)
    targets = {period: _targets(batch, request, level, period) for period in periods}
    side = request.settings.special_zone_area
    parts = {period: add_up(batch, period, units, side) for period, units in targets.items()}
    totals = join_totals(list(parts.values()))
    warnings = list(_warnings(material, targets, request.lang, public=public is not None))
    findings, notes = material.findings, material.notes
    shown = targets
    if out is not None and out.suffix.lower() == EXCEL:
        shown, totals = _with_units_below(batch, request, targets, totals)
    release = None
    if public is not None:
        out = public_path(out, request.lang) if out else None
        totals, release = published_totals(totals, shown, request, batch)
        findings, notes = without_figures(findings, request.lang), (*notes, *release.notes())
    with publishing(public, release, out and out.parent, force=force):
        told = tuple(row["message"] for row in warnings)
        files = _files(batch, request, shown, totals, out, told, public=public, force=force)
    pairs = [(unit, period) for period, units in targets.items() for unit in units]
    told_units = {unit.code for unit, _ in pairs}
    data: dict[str, Any] = {
        name: records(frame[frame["unit"].isin(told_units)])
        for name, frame in _frames(totals).items()
    }
    if release is not None:
        data["public"] = release.row
    data |= {
        "units": [_standing(unit, period, parts[period]) for unit, period in pairs],
        "files": files,
        "warnings": warnings,
    }
    remarks = _remarks(batch, request, periods)
    said = (*notes, *remarks, *(row["message"] for row in warnings))
    columns = VALUES if release is None else (*VALUES, WITHHELD)
    return Result("aggregate", data, "values", findings, material.errors, said, columns)


def _files(
    batch: Batch,
    request: Request,
    shown: dict[Period, tuple[Unit, ...]],
    totals: Totals,
    out: Path | None,
    told: tuple[str, ...],
    *,
    public: Copies | None,
    force: bool,
) -> list[dict[str, str]]:
    """Write the file asked for, if one is, in the format that its name ends with."""
    if out is None:
        return []
    if out.suffix.lower() != EXCEL:
        table = tables_of(totals, batch.catalogue, request.lang)["values"]
        write_table(out, table, "values", force=force)
        return [{"file": str(out)}]
    is_public = public is not None
    if is_public:
        told = (message("public.footnote", request.lang), *told)
    written = _write(batch, request, shown, totals, out, told, public=is_public, force=force)
    return [{"file": str(written)}]


def _frames(totals: Totals) -> dict[str, pd.DataFrame]:
    return {
        "values": totals.values,
        "elements": totals.elements,
        "form_rates": totals.form_rates,
    }


def _warnings(
    material: Material, targets: Targets, lang: str, *, public: bool
) -> Iterator[dict[str, Any]]:
    for period, units in targets.items():
        yield from warning_rows(mixtures(material.batch, period, units), lang)
        if not public:  # they tell figures
            yield from reporter_rows(material.remarks, period, units, lang)


def _standing(unit: Unit, period: Period, totals: Totals) -> dict[str, Any]:
    """A unit that was added up, and its communes without a usable file."""
    missing = [{"code": m.code, "name": m.full_name} for m in totals.missing[unit.code]]
    return {
        "unit": unit.code,
        "name": unit.full_name,
        "period": str(period),
        "missing": missing,
    }


def _targets(batch: Batch, request: Request, level: Level, period: Period) -> tuple[Unit, ...]:
    if request.unit is None:
        return targets_above(codes_spoken_for(batch, period), level, period)
    check_level(level, period)
    unit = find_unit(request.unit, period.end)
    if unit.level is not level:
        raise UsageError("unit_of_other_level", unit=unit.full_name, level=level.value)
    return (unit,)


def _with_units_below(
    batch: Batch, request: Request, targets: Targets, totals: Totals
) -> tuple[Targets, Totals]:
    """A single unit stands beside the units below it in an Excel file, which holds one period.

    Raises:
        UsageError: There are several periods, or nothing to write.
    """
    if len(targets) != 1 or not next(iter(targets.values())):
        raise UsageError("one_period_needed", periods=", ".join(map(str, targets)) or "-")
    period, units = next(iter(targets.items()))
    if len(units) != 1 or units[0].level is Level.COUNTRY:
        return targets, totals
    below = children(units[0].code, period.end)
    lower = add_up(batch, period, below, request.settings.special_zone_area)
    joined = join_totals([totals, lower])
    return {period: (*units, *below)}, replace(joined, missing=totals.missing)


def _write(
    batch: Batch,
    request: Request,
    targets: Targets,
    totals: Totals,
    out: Path,
    notes: tuple[str, ...],
    *,
    public: bool,
    force: bool,
) -> Path:
    """Write the Excel file."""
    period, units = next(iter(targets.items()))
    missing = {unit.code: unit for part in totals.missing.values() for unit in part}
    return write_aggregate(
        out,
        totals.values,
        totals.elements,
        units,
        period=period,
        missing=tuple(missing.values()),
        notes=notes,
        coverage=request.coverage,
        lang=request.lang,
        public=public,
        force=force,
        catalogue=batch.catalogue,
    )


def join_totals(parts: list[Totals]) -> Totals:
    """Put the totals of several sets of units one below the other."""
    missing = {code: units for part in parts for code, units in part.missing.items()}
    values = [part.values for part in parts if len(part.values)]
    elements = [part.elements for part in parts if len(part.elements)]
    rates = [part.form_rates for part in parts if len(part.form_rates)]
    own = tuple(file for part in parts for file in part.own)
    stacked = _stack(values, VALUES), _stack(elements, ELEMENTS), _stack(rates, VALUES)
    return Totals(*stacked, missing, own)


def _stack(frames: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(columns))


def _remarks(batch: Batch, request: Request, periods: tuple[Period, ...]) -> list[str]:
    said = []
    if len(periods) > 1:
        listed = ", ".join(map(str, periods))
        said.append(message("cli.notes.several_periods", request.lang, periods=listed))
    codes = sorted({code for period in periods for code in choose(batch, period).contradicting})
    if codes:
        said.append(message("cli.notes.contradicting", request.lang, units=", ".join(codes)))
    return said


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a frame for JSON: whole numbers without ".0", None for missing ones."""
    columns = {
        str(name): [plain_number(v) if isinstance(v, float) else v for v in frame[name].tolist()]
        for name in frame
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
