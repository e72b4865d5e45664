"""Whether a ledger is whole: events, files and texts against each other, the index against them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ctk.errors import LedgerError
from ctk.ledger.events import Event, EventKind
from ctk.ledger.index import Index
from ctk.model import Severity

if TYPE_CHECKING:
    from ctk.ledger.archive import Archive
    from ctk.ledger.ledger import Ledger

KINDS = {
    "event_damaged": Severity.ERROR,
    "file_missing": Severity.ERROR,
    "file_damaged": Severity.ERROR,
    "texts_missing": Severity.ERROR,
    "texts_damaged": Severity.ERROR,
    "target_missing": Severity.ERROR,
    "purge_unfinished": Severity.ERROR,
    "index_differs": Severity.ERROR,
    "figures_differ": Severity.ERROR,
    "unreadable": Severity.ERROR,
    "reading_changed": Severity.WARNING,
    "from_the_future": Severity.WARNING,
    "not_read_again": Severity.INFO,
    "orphan": Severity.INFO,
    "part": Severity.INFO,
}
"""What can be wrong and how bad it is; only errors mean that something was lost or changed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be; `messages/ledger.LANG.toml` says it by its kind."""

    kind: str
    what: str

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return KINDS[self.kind]


@dataclass(slots=True)
class Survey:
    """What stands in an archive, as far as it can be read."""

    events: dict[str, Event] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def purged(self) -> set[str]:
        """The files that were purged."""
        marks = (event for event in self.events.values() if event.kind is EventKind.PURGED)
        return {event.data["target"] for event in marks}

    @property
    def received(self) -> dict[str, Event]:
        """The receipts by their ids."""
        return {i: event for i, event in self.events.items() if event.kind is EventKind.RECEIVED}


def survey(archive: Archive, progress: Callable[[int, int], None]) -> Survey:
    """Read all events, files and texts of an archive and tell what is wrong with them.

    Args:
        archive: The archive; nothing in it is changed.
        progress: Called with the number of files done since the last call, and of all files.
    """
    seen = Survey()
    for id_ in archive.event_ids():
        try:
            seen.events[id_] = archive.read_event(id_)
        except LedgerError as error:
            if error.code == "ledger_version":
                raise
            seen.problems.append(Problem("event_damaged", id_))
    seen.problems += _odd_events(seen)
    seen.problems += _files(archive, seen, progress)
    seen.problems += _texts(archive, seen)
    seen.problems += [Problem("part", path.name) for path in archive.parts()]
    return seen


def _odd_events(seen: Survey) -> Iterator[Problem]:
    now = datetime.now(UTC)
    for id_, event in seen.events.items():
        pointing = event.kind in (EventKind.ACCEPTED, EventKind.WITHDRAWN)
        if pointing and event.data["target"] not in seen.events:
            yield Problem("target_missing", id_)
        if event.at > now:
            yield Problem("from_the_future", id_)


def _files(
    archive: Archive, seen: Survey, progress: Callable[[int, int], None]
) -> Iterator[Problem]:
    needed = {event.data["sha256"] for event in seen.received.values()}
    there = list(archive.file_hashes())
    purged = seen.purged
    for sha256 in sorted(needed - set(there) - purged):
        yield Problem("file_missing", sha256)
    for sha256 in there:
        progress(1, len(there))
        if sha256 in purged:
            yield Problem("purge_unfinished", sha256)
            continue
        try:
            archive.read_file(sha256)
        except LedgerError:
            yield Problem("file_damaged", sha256)
        if sha256 not in needed:
            yield Problem("orphan", sha256)


def _texts(archive: Archive, seen: Survey) -> Iterator[Problem]:
    purged, needed = seen.purged, set()
    for event in seen.events.values():
        digest = event.data.get("texts")
        if not digest:
            continue
        path = archive.texts_path(event.data["sha256"], digest)
        needed.add(path)
        if event.data["sha256"] in purged:
            continue
        try:
            archive.read_texts(event.data["sha256"], digest)
        except LedgerError as error:
            missing = error.code == "ledger_file_missing"
            yield Problem("texts_missing" if missing else "texts_damaged", path.name)
    for path in archive.texts_paths():
        if path.name.partition(".")[0] in purged:
            yield Problem("purge_unfinished", path.name)
        elif path not in needed:
            yield Problem("orphan", path.name)


def index_problems(ledger: Ledger) -> list[Problem]:
    """Compare the index with one made from the archive just now; call it under the lock.

    Where there is none, or one that must be made again anyway, nothing can be wrong with it.
    """
    path = ledger.index_path
    if not path.exists():
        return []
    try:
        index = Index(path)
    except (duckdb.Error, LedgerError):
        return []
    try:
        if not index.sync(ledger.archive):
            return []
        held = index.digest()
    finally:
        index.close()
    fresh = Index(Path(":memory:"))
    try:
        fresh.sync(ledger.archive)
        return [] if fresh.digest() == held else [Problem("index_differs", path.name)]
    finally:
        fresh.close()
