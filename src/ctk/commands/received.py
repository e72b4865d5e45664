"""What the ledger has received for a period until a day, as tracking needs it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from ctk.ledger.confirming import holding
from ctk.ledger.events import EventKind
from ctk.messages import message
from ctk.regimes.tracking import Sent, local_day
from ctk.report.tracking import finding_text

if TYPE_CHECKING:
    import pandas as pd

    from ctk.ledger.index import Index
    from ctk.ledger.ledger import Ledger
    from ctk.periods import Period

_TOLD = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Received:
    """Submissions by unit and reporter, the earliest first."""

    sent: Mapping[tuple[str, str], Sequence[Sent]]


def received_until(ledger: Ledger, period: Period, at: date, lang: str = "vi") -> Received:
    """Look up what was received until the end of a day, as it stood on that day.

    A warning that somebody confirmed has the reason after it.

    Raises:
        LedgerError: The ledger is busy or damaged.
    """
    with ledger.questions() as index:
        if index is None:
            return Received({})
        frame = index.submissions(period=str(period))
        days = [_day(moment) for moment in frame["moment"]]
        frame = frame.assign(day=days).loc[[day <= at for day in days]]  # .loc: also of no rows
        marked = {kind: _marked(index, kind, at) for kind in _MARKS}
        confirmed = _confirmed(index, period, at, lang)
        empty = index.empty_ones(frame["id"].tolist())
        sent: dict[tuple[str, str], list[Sent]] = {}
        for row in frame.to_dict("records"):
            wrong = row["errors"] or row["warnings"]
            told = _findings(index, row, confirmed) if wrong else ()
            one = _sent(row, marked, empty, told)
            sent.setdefault((str(row["unit"]), str(row["reporter"])), []).append(one)
    return Received(sent)


_MARKS = (EventKind.ACCEPTED, EventKind.WITHDRAWN)


def _sent(
    row: dict[Any, Any],
    marked: dict[EventKind, set[str]],
    empty: set[str],
    findings: tuple[str, ...],
) -> Sent:
    id_ = str(row["id"])
    return Sent(
        id=id_,
        day=row["day"],
        accepted=bool(row["accepted"]) or id_ in marked[EventKind.ACCEPTED],
        withdrawn=id_ in marked[EventKind.WITHDRAWN],
        errors=int(row["errors"]),
        warnings=int(row["warnings"]),
        empty=id_ in empty,
        file=str(row["file"]),
        findings=findings,
    )


def _marked(index: Index, kind: EventKind, at: date) -> set[str]:
    """Submissions that had a mark of a kind by the end of a day."""
    marks = index.marks([kind.value])
    pairs = zip(marks["target"], marks["moment"], strict=True)
    return {str(target) for target, moment in pairs if _day(moment) <= at}


def _confirmed(index: Index, period: Period, at: date, lang: str) -> dict[tuple[str, str], str]:
    """What is said of each confirmed warning, by unit and sentence."""
    holds = holding(index, index.current([str(period)]))
    return {
        (each["unit"], _sentence(each)): message("ledger.confirmed.short", lang, why=each["why"])
        for each in holds
        if each["at"][:10] <= at.isoformat()
    }


def _findings(
    index: Index, row: Mapping[Any, Any], confirmed: Mapping[tuple[str, str], str]
) -> tuple[str, ...]:
    """Errors, then warnings, each with its place."""
    told = [json.loads(text) for text in index.findings(str(row["id"]))]
    told = [found for found in told if found["severity"] in _TOLD]
    told.sort(key=lambda found: _TOLD.index(found["severity"]))
    said = [(str(row["unit"]), _sentence(found)) for found in told]
    return tuple(f"{each[1]} {confirmed[each]}" if each in confirmed else each[1] for each in said)


def _sentence(found: Mapping[str, Any]) -> str:
    return finding_text(found["sheet"], found["cell"], found["message"])


def _day(moment: pd.Timestamp) -> date:
    """The index keeps universal time without saying so."""
    return local_day(moment.to_pydatetime().replace(tzinfo=UTC))
