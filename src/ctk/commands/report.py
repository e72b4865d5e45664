"""`ctk report`: the documents of a unit and a period, filled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctk.aggregate.grouping import add_up, choose, codes_spoken_for, targets_above
from ctk.aggregate.mixing import mixtures
from ctk.commands.aggregate import join_totals
from ctk.commands.completing import completed, unused_note
from ctk.commands.particulars import is_of_figure, particulars_of
from ctk.commands.plans import with_plans
from ctk.commands.public import published, publishing, without_figures
from ctk.commands.second_sources import reporter_rows
from ctk.commands.warnings import confirmed_text, mixture_text, warning_rows
from ctk.errors import UsageError
from ctk.messages import message
from ctk.model import Level, Result, Severity, Unit
from ctk.report.context import ReportContext
from ctk.report.documents import BUILT_IN, choose_documents, separated, write_documents
from ctk.report.own.library import known_documents
from ctk.units.lookup import (
    children,
    communes_under,
    find_unit,
    has_districts,
    path_to_root,
    units_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ctk.commands.loading import Reading, Request
    from ctk.commands.public import Copies
    from ctk.commands.sources import Material, Source
    from ctk.frame import Batch
    from ctk.ledger.ledger import Ledger
    from ctk.periods import Period


def run(
    source: Source,
    out_dir: Path,
    forms: tuple[str, ...] = (),
    *,
    previous: Reading | None = None,
    ledger: Ledger | None = None,
    separate: bool = False,
    public: Copies | None = None,
    force: bool = False,
) -> Result:
    """Write the documents asked for.

    Args:
        source: Files or ledger, period (needed) and unit; without a unit that of the settings,
            else the one district (province, where there is none) in which all files lie.
        out_dir: Folder to write to.
        forms: Ids of the documents wanted, see `report.documents`; none: both appendices.
        previous: Files of the period before, to compare with.
        ledger: Where that period is looked for, if no files are given.
        separate: Whether each table of the appendices becomes a file of its own.
        public: What is wanted besides public copies; None: copies for the office itself.
        force: Whether existing files may be replaced.

    Raises:
        UsageError: No period, an unknown form, no unit can be told, or a figure cannot be
            protected in a public copy.
    """
    request, period = source.request, source.expected
    if period is None:
        raise UsageError("report_needs_period")
    built_in = separated(BUILT_IN) if separate else BUILT_IN
    known = known_documents(request.settings.workspace, built_in)
    choose_documents(forms, known)
    material = source.material()
    batch, findings, errors = material.batch, material.findings, material.errors
    unit = unit_reported(batch, request, period)
    context = with_plans(make_context(material, request, unit, period), source, material)
    context, unread = completed(context, material, source, previous, ledger)
    errors += unread
    if public is not None:
        findings = without_figures(findings, request.lang)
    silent = len(context.missing) == len(communes_under(context.unit.code, period.end))
    if silent and not context.own_elements:
        seen = replace(material, findings=findings, errors=errors)
        return nothing_made(
            "report", context, seen, {"files": [], "warnings": [], "previous": None}
        )
    warnings = warning_rows(mixtures(batch, period, (unit,)), request.lang)
    said = (*material.notes, *unused_note(context, previous))
    data: dict[str, object] = {}
    release = None
    if public is None:
        warnings += reporter_rows(material.remarks, period, (unit,), request.lang)
    else:
        context, release = published(context, request, notes_of(material, context, public=True))
        data, said = {"public": release.row}, (*said, *release.notes())
    with publishing(public, release, out_dir, force=force):
        files = write_documents(context, out_dir, forms, known=known, force=force)
    said = (*said, *(row["message"] for row in warnings))
    before = context.previous
    data |= {"files": files, "warnings": warnings, "previous": before and str(before.period)}
    return Result("report", data, "files", findings, errors, said)


def nothing_made(
    command: str, context: ReportContext, material: Material, data: dict[str, object]
) -> Result:
    """No document; findings and errors say why.

    Raises:
        UsageError: `nothing_to_report`: no file is of the unit and the period.
    """
    unit, lang = context.unit.full_name, context.lang
    wrong = any(found.severity is Severity.ERROR for found in material.findings)
    if not (material.errors or wrong):
        raise UsageError("nothing_to_report", unit=unit, period=str(context.period))
    said = (*material.notes, message("cli.notes.not_written", lang, unit=unit))
    return Result(command, data, "files", material.findings, material.errors, said)


def unit_reported(batch: Batch, request: Request, period: Period) -> Unit:
    """The unit asked for, else that of the settings, else the one in which all files lie.

    Raises:
        UsageError: No unit, or several.
    """
    code = request.unit or request.settings.unit
    if code is not None:
        return find_unit(code, period.end)
    level = Level.DISTRICT if has_districts(period.end) else Level.PROVINCE
    above = targets_above(codes_spoken_for(batch, period), level, period)
    if len(above) != 1:
        raise UsageError("report_needs_unit")
    return above[0]


def make_context(material: Material, request: Request, unit: Unit, period: Period) -> ReportContext:
    """Gather all that the appendices show: the unit's figures and those of the units below it."""
    batch, side = material.batch, request.settings.special_zone_area
    own = add_up(batch, period, (unit,), side)
    below = children(unit.code, period.end)
    totals = join_totals([own, add_up(batch, period, below, side)] if below else [own])
    missing = own.missing[unit.code]
    communes = {each.code for each in communes_under(unit.code, period.end)}
    chosen = choose(batch, period).by_commune
    used = [batch.submissions[i] for code, i in chosen.items() if code in communes]
    statements = {s.kind for s in used} | {s.status for s in used}
    context = ReportContext(
        unit=unit,
        parents=path_to_root(unit.code, period.end)[1:],
        period=period,
        values=totals.values,
        elements=totals.elements,
        form_rates=totals.form_rates,
        office_of_unit=request.settings.unit in (None, unit.code),
        office_unit=_office_unit(request, unit, period),
        own_elements=tuple(id_ for file in own.own for id_ in file.elements),
        children=below,
        missing=missing,
        notes=(),
        cut_offs=tuple(sorted({s.cut_off for s in used} - {""})),
        kinds=tuple(sorted(statements - {""})),
        office=request.settings.office,
        coverage=request.coverage,
        lang=request.lang,
        catalogue=batch.catalogue,
        particulars=particulars_of(material, request, unit, period),
    )
    return replace(context, notes=tuple(notes_of(material, context, public=False)))


def _office_unit(request: Request, unit: Unit, period: Period) -> Unit | None:
    """The unit that the office answers for, where that is not the one reported on."""
    code = request.settings.unit
    if code in (None, unit.code):
        return None
    return next((each for each in units_at(period.end) if each.code == code), None)


def notes_of(material: Material, context: ReportContext, *, public: bool) -> Iterator[str]:
    """Remarks that are printed with the figures; on public copies those that tell no figure."""
    lang, unit, period = context.lang, context.unit, context.period
    contradicting = choose(material.batch, period).contradicting
    if contradicting:
        yield message("cli.notes.contradicting", lang, units=", ".join(contradicting))
    for mixture in mixtures(material.batch, period, (unit,)):
        yield mixture_text(mixture, lang)
    if public:
        return
    for row in reporter_rows(material.remarks, period, (unit,), lang):
        yield row["message"]
    communes = {each.code: each for each in communes_under(unit.code, period.end)}
    for each in material.confirmed:
        if each["unit"] in communes and each["period"] == str(period) and not is_of_figure(each):
            yield confirmed_text(each, communes[each["unit"]], lang)
    errors = sum(found.severity is Severity.ERROR for found in material.findings)
    if errors:
        yield message("cli.notes.errors_left", lang, errors=errors)
