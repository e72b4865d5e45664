"""`ctk ledger export`, `import` and `purge`: what leaves a ledger and what comes in whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.ledger.archive import Archive
from ctk.ledger.commit import Commit
from ctk.ledger.events import Event, EventKind
from ctk.ledger.exporting import export
from ctk.ledger.importing import import_copy, open_copy
from ctk.model import Result

if TYPE_CHECKING:
    from pathlib import Path

    from ctk.commands.loading import Request
    from ctk.ledger.ledger import Ledger

_LEAST = 8


def export_ledger(ledger: Ledger, target: Path) -> Result:
    """Copy a ledger in plain files.

    Raises:
        UsageError: The ledger is empty, or something stands at the target.
        LedgerError: The ledger is busy or damaged, or the copy cannot be written.
    """
    if ledger.is_empty():
        raise UsageError("export_empty")
    with ledger.locked(), ledger.index() as index:
        counts = export(ledger.archive, index, target)
    return Result("ledger export", {"exports": [{"file": str(target), **counts}]}, "exports")


def import_ledger(request: Request, ledger: Ledger, source: Path) -> Result:
    """Take the copy of another ledger in; what is here stays.

    Raises:
        UsageError: It is no export, or damaged.
        LedgerError: The ledger is busy, a later ctk made the copy, or it cannot be written.
    """
    tell = request.progress or (lambda _done, _total: None)
    with open_copy(source) as copy, ledger.locked():
        with ledger.index() as index:
            purged = index.purged()
        new = import_copy(ledger.archive, copy, purged, tell)
        with ledger.index() as index:
            counts = index.counts()
    row = {"file": str(source), "new_events": new, **counts}
    return Result("ledger import", {"imports": [row]}, "imports")


def purge(ledger: Ledger, text: str, why: str) -> Result:
    """Remove a file's bytes and texts for good; that it was there, and its figures, stay.

    Args:
        ledger: The ledger.
        text: The file's SHA-256, or its start.
        why: The reason.

    Raises:
        UsageError: No reason, or no such file.
        LedgerError: The ledger is busy, or the file cannot be removed.
    """
    if not why.strip():
        raise UsageError("why_needed")
    if ledger.is_empty():
        raise UsageError("purge_unknown", text=text)
    with ledger.locked():
        with ledger.index() as index:
            received, done = index.submissions(), index.purged()
        sha256 = _meant(ledger.archive, text, {*received["sha256"], *done})
        if sha256 not in done:
            commit = Commit(ledger.archive)
            data = {"target": sha256, "why": why.strip()}
            commit.add_event(Event(EventKind.PURGED, commit.now(), data))
            commit.finish()
        ledger.archive.purge_file(sha256)
        ledger.archive.remove_parts()
        ledger.forget_index()
        with ledger.index():  # made again, without the texts
            pass
    kept = received[received["sha256"] == sha256]
    row = {"sha256": sha256, "why": why.strip(), "files": sorted(set(kept["file"])),
           "submissions": kept["id"].tolist()}  # fmt: skip
    return Result("ledger purge", {"purged": [row]}, "purged")


def _meant(archive: Archive, text: str, known: set[str]) -> str:
    wanted = text.strip().lower()
    found = [each for each in known | set(archive.file_hashes()) if each.startswith(wanted)]
    if len(wanted) < _LEAST or len(found) != 1:
        raise UsageError("purge_unknown", text=text)
    return found[0]
