"""Who has reported and who has not on a day: pure, from the submissions and the deadline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from ctk.regimes.due import Due

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


class Standing(StrEnum):
    """Where a reporter stands."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody who is expected to report: a unit, or an agency of the office's own unit."""

    unit: str
    reporter: str
    name: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One submission, as far as tracking needs it.

    Args:
        id: Its id in the ledger.
        day: The day in Vietnam on which it was received.
        accepted: Whether it was accepted, at once or later.
        withdrawn: Whether it was withdrawn.
        errors: Errors found in it.
        warnings: Warnings found in it.
        empty: Whether all its figures are blank or zero.
        file: Name of the file.
        findings: What is wrong with it, in sentences.
    """

    id: str
    day: date
    accepted: bool
    withdrawn: bool = False
    errors: int = 0
    warnings: int = 0
    empty: bool = False
    file: str = ""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """One reporter on a day.

    Args:
        who: The reporter.
        standing: Where it stands.
        newest: Its newest submission that was not withdrawn.
        received_on: The day of its first one; a correction sent later does not make it late.
        on_time: Whether that day was on time; None: nothing came, or no deadline is known.
        days_late: By how many days it was, or by now is, late.
        versions: How many times it has sent in what was not withdrawn.
    """

    who: Reporter
    standing: Standing
    newest: Sent | None = None
    received_on: date | None = None
    on_time: bool | None = None
    days_late: int = 0
    versions: int = 0

    @property
    def received(self) -> bool:
        """Whether anything has come in that was not withdrawn."""
        return self.newest is not None

    @property
    def non_empty(self) -> bool:
        """Whether its newest submission has a figure other than zero."""
        return self.newest is not None and not self.newest.empty


@dataclass(frozen=True, slots=True)
class Summary:
    """The tracking numbers of a period; each counts reporters, so no rate can exceed 100 %.

    `late` are those that came after the deadline and those that have not come though it is over.
    """

    expected: int
    received: int
    accepted: int
    on_time: int | None
    non_empty: int
    late: int
    not_yet: int

    @property
    def rate(self) -> float | None:
        """Share of the expected that have been received."""
        return self.received / self.expected if self.expected else None

    @property
    def on_time_rate(self) -> float | None:
        """Share of the expected that came in on time."""
        known = self.on_time is not None and self.expected
        return self.on_time / self.expected if known and self.on_time is not None else None


def local_day(moment: datetime) -> date:
    """The day in Vietnam of a moment in universal time."""
    return moment.astimezone(HERE).date()


def track(
    expected: Iterable[Reporter],
    sent: Mapping[tuple[str, str], Sequence[Sent]],
    due: Due | None,
    at: date,
) -> tuple[Track, ...]:
    """Tell where each expected reporter stands on a day.

    Args:
        expected: Who must report.
        sent: What has come in until that day, by unit and reporter, the earliest first.
        due: The deadline, if one is known.
        at: The day.
    """
    return tuple(_track(who, sent.get((who.unit, who.reporter), ()), due, at) for who in expected)


def _track(who: Reporter, sent: Sequence[Sent], due: Due | None, at: date) -> Track:
    standing_ones = [each for each in sent if not each.withdrawn]
    if not standing_ones:
        return Track(who, Standing.NOT_YET, days_late=due.days_late(at) if due else 0)
    accepted = any(each.accepted for each in standing_ones)
    first = standing_ones[0].day
    late = due.days_late(first) if due else 0
    return Track(
        who,
        Standing.ACCEPTED if accepted else Standing.REFUSED,
        standing_ones[-1],
        first,
        late == 0 if due else None,
        late,
        len(standing_ones),
    )


def summarise(tracks: Sequence[Track], due: Due | None) -> Summary:
    """Count the reporters of a period."""
    return Summary(
        expected=len(tracks),
        received=sum(each.received for each in tracks),
        accepted=sum(each.standing is Standing.ACCEPTED for each in tracks),
        on_time=sum(bool(each.on_time) for each in tracks) if due else None,
        non_empty=sum(each.non_empty for each in tracks),
        late=sum(each.days_late > 0 for each in tracks),
        not_yet=sum(not each.received for each in tracks),
    )
