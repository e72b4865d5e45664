"""Who has reported and who has not, in words: the lines and rows of what `ctk status` tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ctk.messages import message
from ctk.model import Unit
from ctk.periods import Period
from ctk.regimes.due import Due
from ctk.regimes.tracking import Summary, Track, summarise
from ctk.regimes.types import Regime
from ctk.report.wording import period_title, said_day
from ctk.settings import Office
from ctk.text.numbers import format_vi

_SHOWN = 5


@dataclass(frozen=True)
class Tracking:
    """Where the reporters of a unit stand on a day.

    Args:
        unit: The unit whose office collects.
        period: The period.
        at: The day.
        regime: The regime; None: none is chosen.
        due: The deadline; None: none is known.
        tracks: The units that report.
        agencies: The agencies that report.
        office: Names of the office.
        received_known: Whether it is known when each came in; not so of files in a folder.
    """

    unit: Unit
    period: Period
    at: date
    regime: Regime | None
    due: Due | None
    tracks: tuple[Track, ...]
    agencies: tuple[Track, ...]
    office: Office
    received_known: bool = True

    @cached_property
    def summary(self) -> Summary:
        """The tracking numbers of the units."""
        return summarise(self.tracks, self.due)

    @property
    def covered(self) -> tuple[date, date]:
        """First and last day that the period's figures are about."""
        return self.period.days(self.regime.coverage) if self.regime else self.period.days()


def summary_lines(tracking: Tracking, lang: str) -> list[str]:
    """Period, deadline and tracking numbers, in sentences."""
    first, last = (said_day(day, lang) for day in tracking.covered)
    regime = tracking.regime
    sure = "said" if regime and regime.covers else "assumed"
    known = tracking.received_known
    return [
        message("status.line.unit", lang, unit=tracking.unit.full_name,
                period=period_title(tracking.period, lang)),
        message(f"status.line.covers_{sure}", lang, first=first, last=last),
        _deadline_line(tracking, lang) if known else message("status.line.from_files", lang),
        message(f"status.line.numbers{'' if known else '_of_files'}", lang,
                **_numbers(tracking.summary, lang)),
    ]  # fmt: skip


def said_share(share: float | None, lang: str) -> str:
    """A share in per cent with one decimal."""
    if share is None:
        return "–"
    text = f"{format_vi(share * 100, 1)} %"
    return text if lang == "vi" else text.replace(",", ".")


def _deadline_line(tracking: Tracking, lang: str) -> str:
    limit, at = tracking.due, said_day(tracking.at, lang)
    if limit is None:
        return message("status.line.no_deadline", lang, at=at)
    left = (limit.last_day - tracking.at).days
    key = "left" if left > 0 else "today" if left == 0 else "over"
    standing = message(f"status.line.{key}", lang, days=abs(left))
    last = said_day(limit.last_day, lang)
    return message("status.line.deadline", lang, words=limit.words, last=last, at=at, left=standing)


def _numbers(summary: Summary, lang: str) -> dict[str, object]:
    on_time = "–" if summary.on_time is None else summary.on_time
    return {
        "expected": summary.expected,
        "received": summary.received,
        "rate": said_share(summary.rate, lang),
        "on_time": on_time,
        "on_time_rate": said_share(summary.on_time_rate, lang),
        "non_empty": summary.non_empty,
        "accepted": summary.accepted,
        "not_yet": summary.not_yet,
    }


def cells(each: Track, lang: str) -> dict[str, str | int | None]:
    """One reporter's row of the table, in words."""
    newest = each.newest
    return {
        "unit_code": each.who.unit,
        "name": each.who.name,
        "state": message(f"status.state.{each.standing.value}", lang),
        "received_on": said_day(each.received_on, lang) if each.received_on else "",
        "on_time": "" if each.on_time is None else message(
            f"status.on_time.{'yes' if each.on_time else 'no'}", lang),
        "days_late": each.days_late or None,
        "versions": each.versions or None,
        "errors": newest.errors if newest else None,
        "warnings": newest.warnings if newest else None,
        "wrong": wrong_text(each, lang),
    }  # fmt: skip


def wrong_text(each: Track, lang: str) -> str:
    """What is wrong with the newest submission, the first few sentences."""
    if each.newest is None:
        return ""
    said = [message("status.empty", lang)] if each.newest.empty else []
    said += each.newest.findings[:_SHOWN]
    more = len(each.newest.findings) - _SHOWN
    return "\n".join([*said, *([message("status.more", lang, count=more)] if more > 0 else [])])


def finding_text(sheet: str | None, cell: str | None, text: str) -> str:
    """A finding with its place before it, "I.1 Chung!D8: …"."""
    place = "!".join(part for part in (sheet, cell) if part)
    return f"{place}: {text}" if place else str(text)
