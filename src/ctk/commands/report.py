"""`ctk report`: the Circular's appendices filled for a unit and a period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctk.aggregate.grouping import add_up, choose, targets_above
from ctk.commands.aggregate import join_totals
from ctk.commands.loading import Reading, Request, input_errors, load_batch, run_notes
from ctk.errors import UsageError
from ctk.messages import message
from ctk.model import Level, Result, Severity, Unit
from ctk.report.appendices import write_appendices
from ctk.report.context import ReportContext
from ctk.units.lookup import children, communes_under, find_unit, has_districts, path_to_root
from ctk.validate.check import check

if TYPE_CHECKING:
    from pathlib import Path

    from ctk.frame import Batch
    from ctk.periods import Period


def run(
    reading: Reading, out_dir: Path, forms: tuple[str, ...] = (), *, force: bool = False
) -> Result:
    """Write the appendices.

    Args:
        reading: Files, period (needed) and unit; without a unit that of the settings, else the one
            district (province, where there is none) in which all files lie.
        out_dir: Folder to write to.
        forms: Ids of the forms wanted; none: all.
        force: Whether existing files may be replaced.

    Raises:
        UsageError: No period, or no unit can be told.
    """
    request, period = reading.request, reading.expected
    if period is None:
        raise UsageError("report_needs_period")
    batch = load_batch(reading)
    checked = check(batch, request.lang, request.rulebook)
    context = make_context(batch, request, _unit(batch, request, period), period)
    errors_found = sum(found.severity is Severity.ERROR for found in checked.findings)
    if errors_found:
        said_errors = message("cli.notes.errors_left", request.lang, errors=errors_found)
        context = replace(context, notes=(*context.notes, said_errors))
    errors = input_errors(batch, request.lang)
    said = run_notes(batch, checked, request.lang)
    if len(context.missing) == len(communes_under(context.unit.code, period.end)):
        if not (errors or errors_found):
            raise UsageError("nothing_to_report", unit=context.unit.full_name, period=str(period))
        none = message("cli.notes.not_written", request.lang, unit=context.unit.full_name)
        return Result("report", {"files": []}, "files", checked.findings, errors, (*said, none))
    files = write_appendices(context, out_dir, forms=forms or None, force=force)
    return Result("report", {"files": files}, "files", checked.findings, errors, said)


def _unit(batch: Batch, request: Request, period: Period) -> Unit:
    code = request.unit or request.settings.unit
    if code is not None:
        return find_unit(code, period.end)
    level = Level.DISTRICT if has_districts(period.end) else Level.PROVINCE
    chosen = choose(batch, period)
    above = targets_above((*chosen.by_commune, *chosen.contradicting), level, period)
    if len(above) != 1:
        raise UsageError("report_needs_unit")
    return above[0]


def make_context(batch: Batch, request: Request, unit: Unit, period: Period) -> ReportContext:
    """Gather all that the appendices show: the unit's figures and those of the units below it."""
    side = request.settings.special_zone_area
    own = add_up(batch, period, (unit,), side)
    below = children(unit.code, period.end)
    totals = join_totals([own, add_up(batch, period, below, side)] if below else [own])
    missing = own.missing[unit.code]
    communes = {unit.code for unit in missing}
    chosen = choose(batch, period)
    used = [batch.submissions[i] for code, i in chosen.by_commune.items() if code not in communes]
    statements = {s.kind for s in used} | {s.status for s in used}
    return ReportContext(
        unit=unit,
        parents=path_to_root(unit.code, period.end)[1:],
        period=period,
        values=totals.values,
        elements=totals.elements,
        children=below,
        missing=missing,
        notes=_notes(chosen.contradicting, request.lang),
        cut_offs=tuple(sorted({s.cut_off for s in used} - {""})),
        kinds=tuple(sorted(statements - {""})),
        office=request.settings.office,
        lang=request.lang,
        catalogue=batch.catalogue,
    )


def _notes(contradicting: tuple[str, ...], lang: str) -> tuple[str, ...]:
    if not contradicting:
        return ()
    return (message("cli.notes.contradicting", lang, units=", ".join(contradicting)),)
