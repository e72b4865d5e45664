"""The version of a ledger's folder, and the way from earlier versions to this one.

Version 1 held the texts of cells in the events, where purging could not reach them, and had no
marker. Bringing it forward writes all events anew; it can be interrupted at any moment.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

from ctk.errors import LedgerError
from ctk.ledger.archive import EVENTS
from ctk.ledger.confirming import FINGERPRINT
from ctk.ledger.events import VERSION, Event, EventKind, moment_of
from ctk.ledger.texts import split_texts
from ctk.ledger.writing import cannot_write, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from ctk.ledger.archive import Archive

MARKER = "VERSION"
_NEW, _OLD = "events.new", "events.1"


def ensure_version(archive: Archive) -> bool:
    """Mark a new ledger, bring an old one forward; call it under the ledger's lock.

    Returns:
        Whether events were written anew, so that the index must be made again.

    Raises:
        LedgerError: The ledger is of a later ctk, damaged, or cannot be written.
    """
    version = known_version(archive.root)
    if version == VERSION:
        return False
    try:
        moved = _bring_forward(archive)
    except OSError as error:
        raise cannot_write(archive.root, error) from error
    write_whole({archive.root / MARKER: f"{VERSION}\n".encode()})
    shutil.rmtree(archive.root / _OLD, ignore_errors=True)
    return moved


def known_version(root: Path) -> int:
    """The version of a ledger; 1 where it has no marker.

    Raises:
        LedgerError: The ledger is of a later ctk, or its marker is damaged.
    """
    try:
        text = (root / MARKER).read_text(encoding="ascii").strip()
        version = int(text)
    except FileNotFoundError:
        return 1
    except (OSError, ValueError) as error:
        raise LedgerError("ledger_damaged", what=MARKER) from error
    if version > VERSION:
        raise LedgerError("ledger_version", text=text, known=str(VERSION))
    return version


def _bring_forward(archive: Archive) -> bool:
    events, new, old = (archive.root / name for name in (EVENTS, _NEW, _OLD))
    if not old.exists():
        names = archive.event_ids()
        if not names:
            return False
        if new.exists():  # a half-written attempt
            shutil.rmtree(new)
        contents = _rewritten(archive, names)
        write_whole({new / path.name: content for path, content in contents.items()})
        events.rename(old)
    if new.exists():
        new.rename(events)
    return True


def _rewritten(archive: Archive, names: list[str]) -> dict[Path, bytes]:
    """All events as this version writes them; what points to one follows its new id."""
    renamed: dict[str, str] = {}
    hashes: dict[str, str] = {}
    contents: dict[Path, bytes] = {}
    for name in names:
        kind, data = _read_first(archive, name)
        hashes[name] = data.get("sha256") or hashes.get(data.get("target", ""), "")
        if kind is EventKind.CONFIRMED:
            kept = [{key: each[key] for key in FINGERPRINT} for each in data["findings"]]
            data = data | {"findings": kept}
        elif "findings" in data:
            data, texts = split_texts({"reading": ""} | data | {"sha256": hashes[name]})
            if texts:
                write_whole({archive.texts_path(data["sha256"], data["texts"]): texts})
        if data.get("target") in renamed:
            data = data | {"target": renamed[data["target"]]}
        event = Event(kind, moment_of(name), data)
        renamed[name] = event.id
        contents[archive.event_path(event.id)] = event.encoded()
    return contents


def _read_first(archive: Archive, name: str) -> tuple[EventKind, dict[str, Any]]:
    content = archive.event_path(name).read_bytes()
    try:
        record = json.loads(content)
        sound = hashlib.sha256(content).hexdigest().startswith(name.partition("-")[2])
        if not sound or record["ctk_event"] != 1:
            raise LedgerError("ledger_damaged", what=name)
        return EventKind(record["kind"]), record["data"]
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError("ledger_damaged", what=name) from error
