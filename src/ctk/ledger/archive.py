"""The archive: received files by their hash, and the events; written whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ctk.errors import LedgerError
from ctk.ledger.events import Event, decode_event
from ctk.ledger.writing import PART, cannot_write, write_whole

FOLDER = "ledger"
"""Name of the ledger's folder in a workspace."""

FILES, EVENTS, TEXTS = "files", "events", "texts"
FOLDERS = (FILES, EVENTS, TEXTS)
_ENDING = ".json"
_DIGITS = 16


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

    def texts_path(self, sha256: str, digest: str) -> Path:
        """Where texts of a file stand, by the hashes of the file and of the texts."""
        return self.root / TEXTS / sha256[:2] / f"{sha256}.{digest[:_DIGITS]}"

    def add_file(self, content: bytes) -> str:
        """Keep a file; one that is there already stays as it is.

        Returns:
            The SHA-256 of the content.

        Raises:
            LedgerError: It cannot be written; nothing is changed then.
        """
        sha256 = file_hash(content)
        path = self.file_path(sha256)
        if not path.exists():
            write_whole({path: content})
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
        if file_hash(content) != sha256:
            raise LedgerError("ledger_damaged", what=sha256)
        return content

    def read_texts(self, sha256: str, digest: str) -> bytes:
        """Give texts of a file.

        Raises:
            LedgerError: They are not there, cannot be read, or are not what the digest says.
        """
        path = self.texts_path(sha256, digest)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise LedgerError("ledger_file_missing", what=path.name) from error
        if file_hash(content) != digest:
            raise LedgerError("ledger_damaged", what=path.name)
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
            write_whole({path: event.encoded()})
        return event.id

    def event_ids(self) -> list[str]:
        """The ids of all events, the earliest first."""
        folder = self.root / EVENTS
        try:
            names = os.listdir(folder)  # noqa: PTH208  (many times faster than making paths)
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
        for path in sorted((self.root / FILES).glob("??/*")):
            if not path.name.endswith(PART):
                yield path.name

    def texts_paths(self) -> Iterator[Path]:
        """Where all texts stand that are there."""
        for path in sorted((self.root / TEXTS).glob("??/*")):
            if not path.name.endswith(PART):
                yield path

    def parts(self) -> Iterator[Path]:
        """What interrupted writing has left; under the lock nobody writes any of it."""
        for folder in FOLDERS:
            yield from sorted((self.root / folder).rglob(f"*{PART}"))

    def remove_parts(self) -> None:
        """Remove what interrupted writing has left."""
        for path in list(self.parts()):
            _remove(path)

    def purge_file(self, sha256: str) -> bool:
        """Remove a file's bytes and texts for good.

        Returns:
            Whether anything was there.

        Raises:
            LedgerError: It cannot be removed.
        """
        texts = (self.root / TEXTS / sha256[:2]).glob(f"{sha256}.*")
        return [_remove(path) for path in (self.file_path(sha256), *texts)].count(True) > 0


def file_hash(content: bytes) -> str:
    """The SHA-256 by which a file is kept."""
    return hashlib.sha256(content).hexdigest()


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise cannot_write(path, error) from error
    return True


def _cannot_read(path: Path, error: OSError) -> LedgerError:
    return LedgerError("ledger_unreadable", path=path, reason=error.strerror or str(error))
