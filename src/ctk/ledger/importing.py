"""Taking the copy of another ledger in: everything is checked before anything is written.

A ledger takes the union: what it has stays as it is, events are known by their ids, files by their
hashes. Only names that an export has are looked at, and no more is unpacked than a file may hold.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ctk.errors import LedgerError, UsageError
from ctk.ledger.archive import EVENTS, TEXTS, file_hash
from ctk.ledger.commit import Commit
from ctk.ledger.events import Event, EventKind, decode_event
from ctk.ledger.exporting import MARKER, TABLES, VERSION

if TYPE_CHECKING:
    from ctk.ledger.archive import Archive

MOST = 64 * 2**20
"""No file that was received is larger."""

_MOST_RATIO, _FREE = 100, 2**28
_EVENT = re.compile(r"events/([0-9TZ.]+-[0-9a-f]{16})\.json")
_TEXTS = re.compile(r"texts/([0-9a-f]{64})\.[0-9a-f]{16}")
_ORIGINAL = re.compile(r"originals/[^/\\]+/[^/\\]+")
_HASH = r"[0-9a-f]{64}"
_FORMS = {"sha256": _HASH, "texts": f"({_HASH})?", "period": r"\d{4}-\d{1,2}m", "unit": r"\w+"}
"""What paths are made of later must be nothing but a name, or it could point anywhere."""

_TABLE = re.compile(r"tables/[a-z]+\.(csv|parquet)")


@dataclass(frozen=True, slots=True)
class Copy:
    """An export that can be read: its names, and how to get what stands under one."""

    names: tuple[str, ...]
    read: Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class _Contents:
    events: dict[str, Event]
    files: dict[str, str]
    texts: dict[str, str]


@contextmanager
def open_copy(source: Path) -> Iterator[Copy]:
    """Open an exported folder or .zip file.

    Raises:
        UsageError: It is none, or was made so as to do harm.
    """
    try:
        if source.is_dir():
            yield Copy(tuple(_names_in(source)), lambda name: _read_file(source / name))
            return
        with zipfile.ZipFile(source) as pack:
            yield Copy(tuple(_entries(pack, source)), lambda name: _unpack(pack, name))
    except FileNotFoundError as error:
        raise UsageError("import_not_found", path=source) from error
    except (OSError, zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
        raise UsageError("import_unreadable", path=source) from error


def import_copy(
    archive: Archive, copy: Copy, purged: set[str], progress: Callable[[int, int], None]
) -> int:
    """Take in what a copy has and the archive has not; call it under the lock.

    Interrupted, it can be repeated: files are written before the events that speak of them.

    Args:
        archive: Where to take it in.
        copy: The copy.
        purged: Hashes of files that were purged here; they do not come back.
        progress: Called with the number of files checked since the last call, and of all.

    Returns:
        How many events were new.

    Raises:
        UsageError: The copy is incomplete or damaged; nothing was written.
        LedgerError: A later ctk made it, or it cannot be written.
    """
    found = _verified(copy, progress)
    known = set(archive.event_ids())
    purged = purged | {
        event.data["target"] for event in found.events.values() if event.kind is EventKind.PURGED
    }
    commit = Commit(archive)
    new = [id_ for id_ in sorted(found.events) if id_ not in known]
    for id_ in new:
        event = found.events[id_]
        sha256, digest = event.data.get("sha256", ""), event.data.get("texts", "")
        if sha256 and sha256 not in purged:
            if event.kind is EventKind.RECEIVED:
                commit.add_file(copy.read(found.files[sha256]))
            if digest:
                content = copy.read(found.texts[digest])
                commit.add(archive.texts_path(sha256, digest), content)
        commit.add_event(event)
    commit.finish()
    return len(new)


def _verified(copy: Copy, progress: Callable[[int, int], None]) -> _Contents:
    """Read everything once, and compare all hashes."""
    _check_marker(copy)
    found = _Contents({}, {}, {})
    for name in copy.names:
        progress(1, len(copy.names))
        event = _EVENT.fullmatch(name)
        if event:
            found.events[event[1]] = _event(event[1], copy.read(name))
        elif _ORIGINAL.fullmatch(name):
            found.files[file_hash(copy.read(name))] = name
        elif _TEXTS.fullmatch(name):
            found.texts[file_hash(copy.read(name))] = name
        elif name != MARKER and not _TABLE.fullmatch(name):
            raise UsageError("import_unsafe", name=name[:200])
    _check_complete(copy, found)
    return found


def _event(id_: str, content: bytes) -> Event:
    try:
        event = decode_event(id_, content)
    except LedgerError as error:
        if error.code == "ledger_version":
            raise
        raise UsageError("import_damaged", name=id_) from error
    forms = _FORMS | ({"target": _HASH} if event.kind is EventKind.PURGED else {})
    for name, form in forms.items():
        said = event.data.get(name, "" if name == "target" else None)
        if said is not None and not re.fullmatch(form, str(said), re.ASCII):
            raise UsageError("import_unsafe", name=id_)
    return event


def _check_marker(copy: Copy) -> None:
    if MARKER not in copy.names:
        raise UsageError("import_no_export")
    try:
        version = json.loads(copy.read(MARKER))["ctk_export"]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError("import_damaged", name=MARKER) from error
    if not isinstance(version, int) or version > VERSION:
        raise LedgerError("ledger_version", text=str(version), known=str(VERSION))


def _check_complete(copy: Copy, found: _Contents) -> None:
    marker = json.loads(copy.read(MARKER))
    if marker.get("events") != len(found.events):
        raise UsageError("import_damaged", name=EVENTS)
    purged = {e.data["target"] for e in found.events.values() if e.kind is EventKind.PURGED}
    for event in found.events.values():
        sha256, digest = event.data.get("sha256"), event.data.get("texts")
        if sha256 is None or sha256 in purged:
            continue
        if sha256 not in found.files:
            raise UsageError("import_damaged", name=event.data.get("file", sha256))
        if digest and digest not in found.texts:
            raise UsageError("import_damaged", name=f"{TEXTS}/{sha256}")


def _names_in(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise UsageError("import_unsafe", name=path.name)
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def _read_file(path: Path) -> bytes:
    if path.stat().st_size > MOST:
        raise UsageError("import_unsafe", name=path.name)
    return path.read_bytes()


def _entries(pack: zipfile.ZipFile, source: Path) -> Iterator[str]:
    """The names of a .zip; whatever points outside or would unpack without end is refused."""
    size = 0
    for entry in pack.infolist():
        path = PurePosixPath(entry.filename)
        bad = path.is_absolute() or ".." in path.parts or "\\" in entry.filename
        size += 0 if path.parts[:1] == (TABLES,) else entry.file_size
        if bad or (entry.file_size > MOST and path.parts[:1] != (TABLES,)):
            raise UsageError("import_unsafe", name=entry.filename[:200])
        if not entry.is_dir():
            yield entry.filename
    if size > _FREE + _MOST_RATIO * source.stat().st_size:
        raise UsageError("import_unsafe", name=source.name)


def _unpack(pack: zipfile.ZipFile, name: str) -> bytes:
    with pack.open(name) as file:
        content = file.read(MOST + 1)
    if len(content) > MOST:
        raise UsageError("import_unsafe", name=name)
    return content
