"""Recording many receipts at once: files first, events when the files are safely on the disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ctk.ledger.archive import file_hash
from ctk.ledger.events import Event, EventKind, moment_of
from ctk.ledger.texts import split_texts
from ctk.ledger.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from ctk.ledger.archive import Archive

_MOST_FILES, _MOST_BYTES = 200, 32 * 2**20
_WITH_TEXTS = {EventKind.RECEIVED, EventKind.ACCEPTED}
_TICK = timedelta(microseconds=1)


@dataclass(slots=True)
class Commit:
    """What is going to be recorded; call it under the ledger's lock, and `finish` at the end.

    An event is written only after everything that it speaks of is on the disk, so a crash leaves
    at most files that no event knows.

    Args:
        archive: Where to record.
    """

    archive: Archive
    _files: dict[Path, bytes] = field(default_factory=dict)
    _events: dict[Path, bytes] = field(default_factory=dict)
    _last: datetime | None = None

    def now(self) -> datetime:
        """The time, but later than every event: a clock set back must not hide what is newer."""
        if self._last is None:
            ids = self.archive.event_ids()
            self._last = moment_of(ids[-1]) if ids else datetime.min.replace(tzinfo=UTC)
        self._last = max(datetime.now(UTC), self._last + _TICK)
        return self._last

    def receive(self, content: bytes, data: dict[str, Any]) -> str:
        """Record the receipt of a file.

        Returns:
            The id of the event.
        """
        self.add_file(content)
        return self.record(EventKind.RECEIVED, data | {"sha256": file_hash(content)})

    def record(self, kind: EventKind, data: dict[str, Any]) -> str:
        """Record what happened; findings and figures are parted from their texts.

        Returns:
            The id of the event.
        """
        if kind in _WITH_TEXTS and "findings" in data:
            data, texts = split_texts(data)
            if texts:
                self.add(self.archive.texts_path(data["sha256"], data["texts"]), texts)
        return self.add_event(Event(kind, self.now(), data))

    def add_file(self, content: bytes) -> str:
        """Keep a file; one that is there already stays as it is.

        Returns:
            Its SHA-256.
        """
        sha256 = file_hash(content)
        self.add(self.archive.file_path(sha256), content)
        return sha256

    def add(self, path: Path, content: bytes) -> None:
        """Keep something that events speak of."""
        if not path.exists():
            self._files[path] = content

    def add_event(self, event: Event) -> str:
        """Record an event; the same one twice is one.

        Returns:
            Its id.
        """
        path = self.archive.event_path(event.id)
        if not path.exists():
            self._events[path] = event.encoded()
        if len(self._events) >= _MOST_FILES or self._size() >= _MOST_BYTES:
            self.finish()
        return event.id

    def finish(self) -> None:
        """Write everything down.

        Raises:
            LedgerError: It cannot be written; what was written before stays.
        """
        for waiting in (self._files, self._events):
            if waiting:
                write_whole(waiting)
                waiting.clear()

    def _size(self) -> int:
        return sum(len(content) for content in self._files.values())
