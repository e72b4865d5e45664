"""`ctk status`: who has sent in, who is late, what is wrong, days to the deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ctk.commands.received import Received, received_until
from ctk.errors import UsageError
from ctk.messages import message
from ctk.model import Level, Result, Unit
from ctk.periods import Period, parse_period
from ctk.regimes.due import Due, due
from ctk.regimes.loader import chosen_regime
from ctk.regimes.tracking import Reporter, Summary, Track, summarise, track
from ctk.regimes.types import UNIT_REPORTER
from ctk.report.reminders import write_reminders
from ctk.report.tracking import Tracking, summary_lines
from ctk.report.tracking_sheet import write_tracking_book
from ctk.units.lookup import descendants, find_unit, path_to_root
from ctk.units.table import EARLIEST

if TYPE_CHECKING:
    from pathlib import Path

    from ctk.ledger.ledger import Ledger
    from ctk.regimes.types import Regime
    from ctk.settings import Settings

COLUMNS = (
    "unit", "name", "reporter", "state", "received_on", "on_time", "days_late", "empty", "errors",
    "warnings", "file", "wrong",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asks about.

    Args:
        settings: The office's settings.
        today: The current day in Vietnam.
        period: Period as typed; None: the one whose deadline comes next.
        at: The day to look at; None: today.
        unit: Code of the unit; None: the one of the settings.
        regime: Id of a regime; None: the one of the settings.
        level: Level of the units that are tracked.
        lang: Language of the messages.
    """

    settings: Settings
    today: date
    period: str | None = None
    at: date | None = None
    unit: str | None = None
    regime: str | None = None
    level: Level = Level.COMMUNE
    lang: str = "vi"


def run(
    asked: Asked,
    ledger: Ledger,
    *,
    out: Path | None = None,
    reminders: Path | None = None,
    force: bool = False,
) -> Result:
    """Tell where each reporter stands.

    Args:
        asked: Unit, period, regime and day.
        ledger: Where submissions are recorded; one that does not exist yet is empty.
        out: Excel file for the table.
        reminders: Text file for letters to those that are missing or faulty.
        force: Whether these files may be replaced.

    Raises:
        UsageError: Unit, period or regime are unknown, or a file cannot be written.
        LedgerError: The ledger is busy or damaged.
    """
    if out is not None and out.suffix.lower() != ".xlsx":
        raise UsageError("not_xlsx", path=out)
    tracking, received = tracking_of(asked, ledger)
    files = []
    if out is not None:
        files.append(str(write_tracking_book(out, tracking, asked.lang, force=force)))
    if reminders is not None:
        files.append(str(write_reminders(reminders, tracking, force=force)))
    data = _data(tracking, received) | {
        "lines": summary_lines(tracking, asked.lang),
        "files": [{"file": file} for file in files],
    }
    return Result("status", data, "reporters", notes=_notes(asked, tracking), columns=COLUMNS)


def tracking_of(asked: Asked, ledger: Ledger) -> tuple[Tracking, Received]:
    """Where the reporters stand, and what was received.

    Raises:
        UsageError: Unit, period or regime are unknown.
        LedgerError: The ledger is busy or damaged.
    """
    chosen = asked.settings.regime if asked.regime is None else asked.regime
    regime, at = chosen_regime(chosen), asked.at or asked.today
    period = _period(asked, regime, at)
    code = asked.unit or asked.settings.unit
    if code is None:
        raise UsageError("status_needs_unit")
    day = max(_last_day(regime, period), EARLIEST)
    unit = find_unit(code, day)
    units = descendants(code, day, asked.level)
    if not units:
        raise UsageError("unit_of_other_level", unit=unit.full_name, level=asked.level.value)
    deadline = due(regime, period) if regime else None
    received = received_until(ledger, period, at, asked.lang)
    expected = [Reporter(each.code, UNIT_REPORTER, each.full_name) for each in units]
    agencies = _agencies(regime, unit)
    return (
        Tracking(
            unit=unit,
            period=period,
            at=at,
            regime=regime,
            due=deadline,
            tracks=track(expected, received.sent, deadline, at),
            agencies=track(agencies, received.sent, deadline, at),
            office=asked.settings.office,
        ),
        received,
    )


def _last_day(regime: Regime | None, period: Period) -> date:
    """The last day that the period covers: the units of that day report."""
    return period.days(regime.coverage)[1] if regime else period.end


def _agencies(regime: Regime | None, unit: Unit) -> list[Reporter]:
    """The agencies that the document names one by one; groups cannot be counted."""
    named = [each for each in regime.agencies if not each.several] if regime else []
    return [Reporter(unit.code, each.reporter, each.name) for each in named]


def _period(asked: Asked, regime: Regime | None, at: date) -> Period:
    """The period asked for, else the next one that is due, else the last one that was."""
    year = asked.settings.year or at.year
    if asked.period is not None:
        return parse_period(asked.period, year)
    periods = [parse_period(length, year) for length in (regime.periods if regime else ())]
    last_days = [(limit.last_day, p) for p in periods if regime and (limit := due(regime, p))]
    if not last_days:
        if len(periods) == 1:
            return periods[0]
        raise UsageError("report_needs_period")
    coming = [each for each in last_days if each[0] >= at]
    return (min(coming) if coming else max(last_days))[1]


def _data(tracking: Tracking, received: Received) -> dict[str, Any]:
    regime, period = tracking.regime, tracking.period
    first, last = tracking.covered
    known = {(each.who.unit, each.who.reporter) for each in tracking.tracks + tracking.agencies}
    others = [
        {"unit": unit, "reporter": reporter, "file": sent[-1].file}
        for (unit, reporter), sent in received.sent.items()
        if (unit, reporter) not in known
    ]
    return {
        "unit": tracking.unit.code,
        "name": tracking.unit.full_name,
        "period": str(period),
        "at": tracking.at.isoformat(),
        "regime": regime.id if regime else None,
        "covers": {
            "from": first.isoformat(),
            "to": last.isoformat(),
            "by": regime.covers.value if regime and regime.covers else None,
        },
        "asked": regime.asks_for(period) if regime else None,
        "deadline": _deadline(tracking.due, tracking.at),
        "summary": _summary(tracking.summary),
        "reporters": [_row(each) for each in tracking.tracks],
        "agencies_summary": _summary(summarise(tracking.agencies, tracking.due)),
        "agencies": [_row(each) for each in tracking.agencies],
        "others": others,
    }


def _deadline(limit: Due | None, at: date) -> dict[str, Any] | None:
    if limit is None:
        return None
    return {
        "words": limit.words,
        "named_day": limit.named_day.isoformat(),
        "last_day": limit.last_day.isoformat(),
        "moved": limit.moved,
        "days_left": (limit.last_day - at).days,
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "expected": summary.expected,
        "received": summary.received,
        "on_time": summary.on_time,
        "rate": summary.rate,
        "on_time_rate": summary.on_time_rate,
        "non_empty": summary.non_empty,
        "accepted": summary.accepted,
        "late": summary.late,
        "not_yet": summary.not_yet,
    }


def _row(each: Track) -> dict[str, Any]:
    newest = each.newest
    return {
        "unit": each.who.unit,
        "name": each.who.name,
        "reporter": each.who.reporter,
        "state": each.standing.value,
        "received_on": each.received_on.isoformat() if each.received_on else None,
        "on_time": each.on_time,
        "days_late": each.days_late,
        "empty": newest.empty if newest else None,
        "errors": newest.errors if newest else None,
        "warnings": newest.warnings if newest else None,
        "file": newest.file if newest else None,
        "wrong": list(newest.findings) if newest else [],
    }


def _is_of(regime: Regime, tracking: Tracking) -> bool:
    day = max(_last_day(regime, tracking.period), EARLIEST)
    above = path_to_root(tracking.unit.code, day)
    return regime.is_of(tracking.unit.code, [unit.code for unit in above])


def _notes(asked: Asked, tracking: Tracking) -> tuple[str, ...]:
    regime, lang, period = tracking.regime, asked.lang, tracking.period
    said = []
    if regime is None:
        said.append(message("status.note.no_regime", lang))
    elif not regime.asks_for(period):
        said.append(message("status.note.not_asked", lang, regime=regime.id, period=period))
    elif tracking.due is None:
        said.append(message("status.note.no_date", lang, regime=regime.id))
    elif regime.units is not asked.level:
        level = message(f"status.level.{regime.units.value}", lang)
        tracked = message(f"status.level.{asked.level.value}", lang)
        said.append(message("status.note.level", lang, level=level, tracked=tracked))
    if regime is not None and not _is_of(regime, tracking):
        unit = tracking.unit.full_name
        told = {"regime": regime.id, "authority": regime.authority, "unit": unit}
        said.append(message("status.note.other_unit", lang, **told))
    if _last_day(regime, period) < EARLIEST:
        said.append(message("status.note.units", lang, day=EARLIEST.isoformat()))
    groups = [each.name for each in (regime.agencies if regime else ()) if each.several]
    if groups:
        said.append(message("status.note.groups", lang, names="; ".join(groups)))
    return tuple(said)
