"""Letters to the units that have not reported or whose report cannot be taken, as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ctk.messages import message
from ctk.regimes.tracking import Standing, Track
from ctk.report.tracking import Tracking
from ctk.report.wording import period_title, said_day
from ctk.workbook.writing import atomic_path

LANG = "vi"  # whoever runs ctk, the communes are written to in Vietnamese
_say = partial(message, lang=LANG)
_SHOWN = 10
_RULE = "-" * 72
_BOM = "\ufeff"  # without it older Notepads take the file for the computer's own code page


def write_reminders(path: Path, tracking: Tracking, *, force: bool = False) -> Path:
    """Write one block for each unit that is missing, refused or empty.

    Raises:
        UsageError: `file_exists` or `cannot_write`.
    """
    blocks = list(reminders(tracking))
    text = f"\n\n{_RULE}\n\n".join(blocks) if blocks else _say("status.reminder.none")
    with atomic_path(path, force) as part:
        part.write_text(f"{_BOM}{text}\n", encoding="utf-8", newline="\r\n")
    return path


def reminders(tracking: Tracking) -> Iterator[str]:
    """The letters, in the order of the units."""
    for each in tracking.tracks:
        paragraphs = _about(each, tracking)
        if paragraphs:
            head = _say("status.reminder.to", unit=_in_sentence(each.who.name))
            lines = [head, "", _basis(each, tracking), *paragraphs, *_end(tracking)]
            yield "\n".join(lines)


def _about(each: Track, tracking: Tracking) -> list[str]:
    """What the unit is told; nothing where all is well."""
    unit = _in_sentence(each.who.name)
    if each.newest is None:
        return _missing(each, tracking, unit)
    if each.standing is Standing.REFUSED:
        return _faulty(each, unit)
    if each.newest.empty:
        day = said_day(each.newest.day, LANG)
        return [_say("status.reminder.empty", unit=unit, day=day)]
    return []


def _missing(each: Track, tracking: Tracking, unit: str) -> list[str]:
    at = said_day(tracking.at, LANG)
    said = [_say("status.reminder.missing", at=at, unit=unit)]
    if each.days_late:
        said[0] += " " + _say("status.reminder.late", days=f"{each.days_late:02}")
    ask = "send_now" if each.days_late else "send_in_time" if tracking.due else "send"
    return [*said, _say(f"status.reminder.{ask}", unit=unit)]


def _faulty(each: Track, unit: str) -> list[str]:
    newest = each.newest
    if newest is None:
        return []
    day = said_day(newest.day, LANG)
    head = _say(
        "status.reminder.faulty", unit=unit, file=newest.file, day=day, errors=newest.errors
    )
    listed = [f"- {text}" for text in newest.findings[: min(newest.errors, _SHOWN)]]
    more = newest.errors - len(listed)
    rest = [_say("status.reminder.more", count=more)] if more > 0 else []
    return [head, *listed, *rest, _say("status.reminder.correct", unit=unit)]


def _basis(each: Track, tracking: Tracking) -> str:
    """What the letter rests on: the document, and its deadline as printed."""
    period = period_title(tracking.period, LANG)
    regime, limit = tracking.regime, tracking.due
    told = {"period": period[0].lower() + period[1:], "unit": _in_sentence(each.who.name)}
    if regime is None or not regime.asks_for(tracking.period):
        return _say("status.reminder.asked", **told)
    number = _say("status.reminder.number", number=regime.number) if regime.number else ""
    dated = (
        _say("status.reminder.dated", day=said_day(regime.document_date, LANG))
        if regime.document_date
        else ""
    )
    document = f"{regime.document}{number}{dated}"
    basis = _say("status.reminder.basis", document=document, authority=regime.authority, **told)
    if limit is None:
        return basis
    last = said_day(limit.last_day, LANG)
    return f"{basis} {_say('status.reminder.deadline', words=limit.words, last=last)}"


def _end(tracking: Tracking) -> list[str]:
    agency = tracking.office.agency
    return ["", _say("status.reminder.thanks"), *([agency] if agency else [])]


def _in_sentence(name: str) -> str:
    """A unit's name within a sentence: "xã Tà Rụt"."""
    return name[:1].lower() + name[1:]
