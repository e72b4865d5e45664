"""The archive: received files by their hash, and the events; written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ctk.errors import LedgerError
from ctk.ledger.events import Event, decode_event

FOLDER = "ledger"
"""Name of the ledger's folder in a workspace."""

FILES, EVENTS = "files", "events"
_ENDING = ".json"
_PART = ".part"


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder that holds the files received and what happened to them."""

    root: Path

    def file_path(self, sha256: str) -> Path:
        """Where the file of this hash stands."""
        return self.root / FILES / sha256[:2] / sha256

    def event_path(self, id_: str) -> Path:
        """Where the event of this id stands."""
        return self.root / EVENTS / f"{id_}{_ENDING}"

    def add_file(self, content: bytes) -> str:
        """Keep a file; one that is there already stays as it is.

        Returns:
            The SHA-256 of the content.

        Raises:
            LedgerError: It cannot be written; nothing is changed then.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.file_path(sha256)
        if not path.exists():
            _write(path, content)
        return sha256

    def read_file(self, sha256: str) -> bytes:
        """Give a file's bytes.

        Raises:
            LedgerError: It is not there, cannot be read, or is not what its name says.
        """
        try:
            content = self.file_path(sha256).read_bytes()
        except OSError as error:
            raise LedgerError("ledger_file_missing", what=sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise LedgerError("ledger_damaged", what=sha256)
        return content

    def add_event(self, event: Event) -> str:
        """Keep an event; the same one twice is one.

        Returns:
            Its id.

        Raises:
            LedgerError: It cannot be written; nothing is changed then.
        """
        path = self.event_path(event.id)
        if not path.exists():
            _write(path, event.encoded())
        return event.id

    def event_ids(self) -> list[str]:
        """The ids of all events, the earliest first."""
        folder = self.root / EVENTS
        try:
            names = [path.name for path in folder.iterdir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _cannot_read(folder, error) from error
        return sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING))

    def read_event(self, id_: str) -> Event:
        """Give an event.

        Raises:
            LedgerError: It cannot be read or is damaged.
        """
        try:
            content = self.event_path(id_).read_bytes()
        except OSError as error:
            raise _cannot_read(self.event_path(id_), error) from error
        return decode_event(id_, content)

    def file_hashes(self) -> Iterator[str]:
        """The hashes of all files that are there."""
        folder = self.root / FILES
        for path in sorted(folder.glob("??/*")):
            if not path.name.endswith(_PART):
                yield path.name

    def purge_file(self, sha256: str) -> bool:
        """Remove a file's bytes for good.

        Returns:
            Whether it was there.
        """
        path = self.file_path(sha256)
        if not path.exists():
            return False
        try:
            path.unlink()
        except OSError as error:
            raise LedgerError("cannot_write", path=path, reason=_why(error)) from error
        return True


def _write(path: Path, content: bytes) -> None:
    """Write aside, flush to the disk and rename: after a crash the file is whole or not there."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_PART}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise LedgerError("cannot_write", path=path, reason=_why(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; NTFS keeps the order of renames itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot_read(path: Path, error: OSError) -> LedgerError:
    return LedgerError("ledger_unreadable", path=path, reason=_why(error))


def _why(error: OSError) -> str:
    return error.strerror or str(error)
