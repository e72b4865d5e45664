"""What a report tells besides its figures: who has sent in, what is estimated or confirmed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.aggregate.grouping import choose
from ctk.forms.statements import ESTIMATE, PRELIMINARY, statement
from ctk.model import Severity
from ctk.regimes.loader import chosen_regime
from ctk.regimes.tracking import Reporter, Sent, Standing, Track
from ctk.regimes.types import UNIT_REPORTER
from ctk.report.particulars import Particulars
from ctk.report.tracking import Tracking, finding_text
from ctk.units.lookup import communes_under

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ctk.commands.loading import Request
    from ctk.commands.sources import Material
    from ctk.frame import Batch
    from ctk.model import Finding, Unit
    from ctk.periods import Period

_JUMP = "V605"


def particulars_of(material: Material, request: Request, unit: Unit, period: Period) -> Particulars:
    """Gather what is known from the figures' own files."""
    codes = {each.code for each in communes_under(unit.code, period.end)}
    rules = request.rulebook.of(period)
    return Particulars(
        stated=_stated(material, unit, period),
        confirmed=tuple(
            each
            for each in material.confirmed
            if each["unit"] in codes
            and each["period"] == str(period)
            and is_of_figure(each)
            and each["element"] in material.batch.catalogue.element_index
        ),
        limits=rules[_JUMP].limits if _JUMP in rules else None,
    )


def is_of_figure(confirmed: Mapping[str, Any]) -> bool:
    """Whether a confirmed warning is about one figure, not about a whole file."""
    return bool(confirmed["element"])


def _stated(material: Material, unit: Unit, period: Period) -> dict[str, tuple[Unit, ...]]:
    """The communes whose covers speak of estimates or of a preliminary report."""
    batch, chosen = material.batch, choose(material.batch, period).by_commune
    found: dict[str, list[Unit]] = defaultdict(list)
    for commune in communes_under(unit.code, period.end):
        if commune.code in chosen:
            files = batch.files_of[chosen[commune.code]]
            told = {statement(text) for each in files for text in (each.kind, each.status)}
            for meant in (ESTIMATE, PRELIMINARY):
                if meant in told:
                    found[meant].append(commune)
    return {meant: tuple(units) for meant, units in found.items()}


def tracked_files(material: Material, request: Request, unit: Unit, period: Period) -> Tracking:
    """Say of each commune whether a file of it is at hand; when it came is not known."""
    counting = choose(material.batch, period).by_commune
    places, told = _places(material.batch, period), _told(material)
    tracks = []
    for commune in communes_under(unit.code, period.end):
        counts = counting.get(commune.code)
        # The one that counts comes last.
        own = sorted(places[commune.code], key=lambda place: place == counts)
        sent = [_sent(material, i, told, request.today, counted=i == counts) for i in own]
        tracks.append(_track(commune, sent, counted=counts is not None))
    return Tracking(
        unit=unit,
        period=period,
        at=request.today,
        regime=chosen_regime(request.settings.regime),
        due=None,
        tracks=tuple(tracks),
        agencies=(),
        office=request.settings.office,
        received_known=False,
    )


def _places(batch: Batch, period: Period) -> dict[str, list[int]]:
    """The positions of each commune's files of a period."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(batch.submissions):
        if each.unit and each.period == period:
            found[each.unit.code].append(place)
    return found


def _track(commune: Unit, sent: list[Sent], *, counted: bool) -> Track:
    who = Reporter(commune.code, UNIT_REPORTER, commune.full_name)
    if not sent:
        return Track(who, Standing.NOT_YET)
    standing = Standing.ACCEPTED if counted else Standing.REFUSED
    return Track(who, standing, sent[-1], versions=len(sent))


def _sent(
    material: Material,
    place: int,
    told: Mapping[str | None, list[Finding]],
    today: date,
    *,
    counted: bool,
) -> Sent:
    of = material.batch.submissions[place]
    found = told.get(of.file, [])
    errors = sum(each.severity is Severity.ERROR for each in found)
    return Sent(
        id=of.sha256,
        day=today,
        accepted=counted,
        errors=errors,
        warnings=len(found) - errors,
        empty=not np.nansum(material.batch.matrix[place]),
        file=of.file,
        findings=tuple(finding_text(each.sheet, each.cell, each.message) for each in found),
    )


def _told(material: Material) -> dict[str | None, list[Finding]]:
    """By file, its errors, then its warnings."""
    found: dict[str | None, list[Finding]] = defaultdict(list)
    for severity in (Severity.ERROR, Severity.WARNING):
        for each in material.findings:
            if each.severity is severity:
                found[each.file].append(each)
    return found
