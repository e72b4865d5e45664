"""The deadline, and who has reported by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctk.messages import message
from ctk.regimes.tracking import Standing, Track
from ctk.report.dashboard.source import DashboardSource
from ctk.report.dashboard.wording import Wording
from ctk.report.tracking import cells, summary_lines
from ctk.report.wording import said_day, some_names

COLUMNS = ("name", "state", "received_on", "on_time", "days_late")
_NAMED = 40


def deadlines(source: DashboardSource, words: Wording) -> dict[str, Any]:
    """Sentences, and one row a reporter where the ledger knows them."""
    tracking = source.tracking
    if tracking is None:
        return {"lines": _without_ledger(source, words), "tables": []}
    said = summary_lines(tracking, words.lang)[1:]
    tables = [(words.say("deadlines.table"), _rows(tracking.tracks, words))]
    if tracking.agencies:
        tables.append((words.say("deadlines.agencies"), _rows(tracking.agencies, words)))
    return {
        "lines": [*said, _waiting(tracking.tracks, words)],
        "titles": [message(f"status.column.{name}", words.lang) for name in COLUMNS],
        "tables": tables,
    }


def _without_ledger(source: DashboardSource, words: Wording) -> list[str]:
    due, missing = source.due, source.context.missing
    if due is None:
        first = words.say("deadlines.none")
    else:
        last = said_day(due.last_day, words.lang)
        first = words.say("deadlines.due", words=due.words, last=last)
    if source.received is not None:
        return [first]
    if not missing:
        return [first, words.say("deadlines.files_all")]
    names = some_names(missing, words.lang, _NAMED)
    return [first, words.say("deadlines.files", count=len(missing), names=names)]


def _waiting(tracks: Sequence[Track], words: Wording) -> str:
    names = [each.who.name for each in tracks if each.standing is not Standing.ACCEPTED]
    if not names:
        return words.say("deadlines.all_in")
    listed = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    if more > 0:
        listed = message("report.coverage.more", words.lang, names=listed, count=more)
    return words.say("deadlines.waiting", count=len(names), names=listed)


def _rows(tracks: Sequence[Track], words: Wording) -> list[dict[str, Any]]:
    return [
        {
            "code": each.who.unit,
            "state": each.standing.value,
            "cells": [cells(each, words.lang)[name] for name in COLUMNS],
        }
        for each in tracks
    ]
