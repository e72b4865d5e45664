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
from ctk.ledger.migration import ensure_version, known_version
from ctk.ledger.writing import cannot_write

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
            LedgerError: Another process holds the ledger, a later ctk made it, or its folder may
                not be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / _LOCK, timeout=self.wait)
            lock.acquire()
        except Timeout as error:
            raise LedgerError("ledger_busy", seconds=f"{self.wait:g}") from error
        except OSError as error:
            raise cannot_write(self.root, error) from error
        try:
            if ensure_version(self.archive):
                self.forget_index()
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
        if self.is_empty():
            yield None
            return
        with self.locked(), self.index() as index:
            yield index

    def is_empty(self) -> bool:
        """Tell whether nothing was ever recorded, without making anything."""
        known_version(self.root)
        return not self.archive.event_ids()

    def _open(self) -> Index:
        index = None
        try:
            index = Index(self.index_path)
            if index.sync(self.archive):
                return index
            index.close()
        except (duckdb.Error, LedgerError) as error:
            if index is not None:
                index.close()
            if isinstance(error, LedgerError) and error.code != "index_version":
                raise
        return self._made_again()

    def _made_again(self) -> Index:
        while True:
            self.forget_index()
            index = None
            try:
                index = Index(self.index_path)
                if index.sync(self.archive):  # else a purge was finished just now
                    return index
                index.close()
            except (duckdb.Error, LedgerError) as error:
                if index is not None:
                    index.close()
                if isinstance(error, LedgerError):
                    raise
                raise LedgerError("index_unwritable", path=self.index_path) from error

    def forget_index(self) -> None:
        """Delete the index; it is made again when it is next opened.

        Raises:
            LedgerError: It cannot be deleted.
        """
        for path in self.root.glob(f"{_INDEX}*"):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise cannot_write(path, error) from error

    @property
    def index_path(self) -> Path:
        """Where the index stands."""
        return self.root / _INDEX
