"""`ctk aggregate`: add communes up to a level, with coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ctk.aggregate.grouping import add_up, check_level, choose, periods_of, targets_above
from ctk.aggregate.roll_up import ELEMENTS, VALUES, Totals
from ctk.commands.loading import Reading, Request, input_errors, load_batch, run_notes
from ctk.commands.read import plain_number
from ctk.errors import UsageError
from ctk.messages import message
from ctk.model import Level, Result, Unit
from ctk.report.aggregate_book import write_aggregate
from ctk.units.lookup import children, find_unit
from ctk.validate.check import check

if TYPE_CHECKING:
    from pathlib import Path

    from ctk.frame import Batch
    from ctk.periods import Period


def run(reading: Reading, level: Level, out: Path | None = None, *, force: bool = False) -> Result:
    """Add up the files of a request.

    Periods are kept apart: 6, 9 and 12 months of a year contain each other and never add.

    Args:
        reading: Files and period; with `unit` set, only that unit is added up.
        level: Level to add up to.
        out: Excel file to write; it holds one period.
        force: Whether `out` may be replaced.

    Raises:
        UsageError: The level did not exist in the period, or the unit is of another level.
    """
    request, wanted = reading.request, reading.expected
    if out is not None and out.suffix.lower() != ".xlsx":
        raise UsageError("not_xlsx", path=out)
    if wanted is not None:
        check_level(level, wanted)
    batch = load_batch(reading)
    checked = check(batch, request.lang, request.rulebook)
    periods = (wanted,) if wanted is not None else periods_of(batch)
    targets = {period: _targets(batch, request, level, period) for period in periods}
    side = request.settings.special_zone_area
    parts = {period: add_up(batch, period, units, side) for period, units in targets.items()}
    totals = join_totals(list(parts.values()))
    files = []
    if out is not None:
        files.append({"file": str(_write(batch, request, targets, totals, out, force=force))})
    data = {
        "values": records(totals.values),
        "elements": records(totals.elements),
        "units": [
            _standing(unit, period, parts[period])
            for period, units in targets.items()
            for unit in units
        ],
        "files": files,
    }
    errors = input_errors(batch, request.lang)
    said = (*run_notes(batch, checked, request.lang), *_remarks(batch, request, periods))
    return Result("aggregate", data, "values", checked.findings, errors, said, VALUES)


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
    chosen = choose(batch, period)
    codes = (*chosen.by_commune, *chosen.contradicting)
    if request.unit is None:
        return targets_above(codes, level, period)
    check_level(level, period)
    unit = find_unit(request.unit, period.end)
    if unit.level is not level:
        raise UsageError("unit_of_other_level", unit=unit.full_name, level=level.value)
    return (unit,)


def _write(
    batch: Batch,
    request: Request,
    targets: dict[Period, tuple[Unit, ...]],
    totals: Totals,
    out: Path,
    *,
    force: bool,
) -> Path:
    """Write the Excel file; a single unit stands beside the units below it."""
    if len(targets) != 1 or not next(iter(targets.values())):
        raise UsageError("one_period_needed", periods=", ".join(map(str, targets)) or "-")
    period, units = next(iter(targets.items()))
    parts = [totals]
    if len(units) == 1 and units[0].level is not Level.COUNTRY:
        below = children(units[0].code, period.end)
        parts.append(add_up(batch, period, below, request.settings.special_zone_area))
        units = (*units, *below)
    joined = join_totals(parts)
    missing = {unit.code: unit for part in totals.missing.values() for unit in part}
    return write_aggregate(
        out,
        joined.values,
        joined.elements,
        units,
        period=period,
        missing=tuple(missing.values()),
        lang=request.lang,
        force=force,
        catalogue=batch.catalogue,
    )


def join_totals(parts: list[Totals]) -> Totals:
    """Put the totals of several sets of units one below the other."""
    missing = {code: units for part in parts for code, units in part.missing.items()}
    values = [part.values for part in parts if len(part.values)]
    elements = [part.elements for part in parts if len(part.elements)]
    return Totals(_stack(values, VALUES), _stack(elements, ELEMENTS), missing)


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
