"""Events of the ledger: one small JSON record each, named by time and by its content's hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from ctk.errors import LedgerError

VERSION = 2
"""1 held the texts of cells in the event itself; see `migration`."""

_STAMP = "%Y%m%dT%H%M%S.%fZ"


class EventKind(StrEnum):
    """What can happen to the submissions of a ledger."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    REOPENED = "reopened"
    PURGED = "purged"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, once and for good.

    Args:
        kind: What happened.
        at: When, in universal time.
        data: What it was about; only what JSON holds.
    """

    kind: EventKind
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)

    def encoded(self) -> bytes:
        """Give the record as it is stored; equal events have equal bytes."""
        record = {
            "ctk_event": VERSION,
            "kind": self.kind.value,
            "at": self.at.astimezone(UTC).strftime(_STAMP),
            "data": self.data,
        }
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    @property
    def id(self) -> str:
        """Time and hash: names sort by time, and say whether the content is whole."""
        digest = hashlib.sha256(self.encoded()).hexdigest()[:16]
        return f"{self.at.astimezone(UTC).strftime(_STAMP)}-{digest}"


def decode_event(id_: str, content: bytes) -> Event:
    """Read a stored record.

    Raises:
        LedgerError: The content does not fit its name, or is of a later version of ctk.
    """
    try:
        record = json.loads(content)
        version, kind, at = record["ctk_event"], record["kind"], record["at"]
        if version > VERSION:
            raise LedgerError("ledger_version", text=str(version), known=str(VERSION))
        event = Event(EventKind(kind), _moment(at), record["data"])
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError("ledger_damaged", what=id_) from error
    if version != VERSION or event.id != id_:
        raise LedgerError("ledger_damaged", what=id_)
    return event


def moment_of(id_: str) -> datetime:
    """The time in an event's id.

    Raises:
        LedgerError: It is no id.
    """
    try:
        return _moment(id_.partition("-")[0])
    except ValueError as error:
        raise LedgerError("ledger_damaged", what=id_) from error


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
