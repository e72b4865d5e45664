"""The ledger of a workspace: the archive, the index beside it, and the lock that guards both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
from filelock import FileLock, Timeout

from ctk.errors import LedgerError
from ctk.ledger.archive import Archive
from ctk.ledger.index import Index

if TYPE_CHECKING:
    from pathlib import Path

WAIT_SECONDS = 60.0
_INDEX, _LOCK = "index.duckdb", "lock"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger in a folder; nothing is written until something is received.

    Args:
        root: The folder of the ledger.
        wait: How long to wait while another process uses it, in seconds.
    """

    root: Path
    wait: float = WAIT_SECONDS

    @property
    def archive(self) -> Archive:
        """The files and events: the truth."""
        return Archive(self.root)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes out.

        Raises:
            LedgerError: Another process holds the ledger, or its folder may not be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / _LOCK, timeout=self.wait)
            lock.acquire()
        except Timeout as error:
            raise LedgerError("ledger_busy", seconds=f"{self.wait:g}") from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise LedgerError("cannot_write", path=self.root, reason=reason) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def index(self) -> Iterator[Index]:
        """Open the index, up to date with the archive; call it under `locked`.

        An index that is broken, of another version or ahead of the archive is made again.
        """
        index = self._open()
        try:
            yield index
        finally:
            index.close()

    @contextmanager
    def questions(self) -> Iterator[Index | None]:
        """Open the index to ask it only; None where nothing has been received yet.

        Raises:
            LedgerError: See `locked`.
        """
        if not self.archive.event_ids():
            yield None
            return
        with self.locked(), self.index() as index:
            yield index

    def _open(self) -> Index:
        try:
            index = Index(self.root / _INDEX)
            if index.sync(self.archive):
                return index
            index.close()
        except (duckdb.Error, LedgerError) as error:
            if isinstance(error, LedgerError) and error.code != "ledger_version":
                raise
        self.forget_index()
        index = Index(self.root / _INDEX)
        index.sync(self.archive)
        return index

    def forget_index(self) -> None:
        """Delete the index; it is made again when it is next opened."""
        for path in self.root.glob(f"{_INDEX}*"):
            path.unlink(missing_ok=True)
