"""A copy of a ledger in plain files: for another machine, and for whoever has no ctk any more.

Originals stand by period under readable names, events as JSON. The tables are for other programs;
an import makes them anew from the events.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import zipfile
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

import duckdb

from ctk.errors import UsageError
from ctk.ledger.archive import EVENTS, TEXTS
from ctk.ledger.events import EventKind
from ctk.ledger.writing import PART, cannot_write, rename

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ctk.ledger.archive import Archive
    from ctk.ledger.index import Index

VERSION = 1
MARKER, ORIGINALS, TABLES = "export.json", "originals", "tables"
_TABLES = {"submissions": ".csv", "findings": ".csv", "figures": ".parquet"}
_DAY = (1980, 1, 1, 0, 0, 0)
_ODD = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST = 60


def export(archive: Archive, index: Index, target: Path) -> dict[str, int]:
    """Copy a ledger into a new folder, or a new .zip file; call it under the lock.

    Returns:
        How many events and originals there are.

    Raises:
        UsageError: Something stands there already.
        LedgerError: The ledger is damaged, or the copy cannot be written; then there is none.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise UsageError("export_exists", path=target)
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}{PART}")
    try:
        with _making(part):
            counts = _copy(archive, index, part)
            if target.suffix.lower() == ".zip":
                packed = part.with_name(f"{part.name}.zip")
                _pack(part, packed)
                rename(packed, target)
            else:
                if target.exists():
                    target.rmdir()
                part.rename(target)
    except (OSError, duckdb.IOException) as error:
        reason = error if isinstance(error, OSError) else OSError(str(error))
        raise cannot_write(target, reason) from error
    return counts


@contextmanager
def _making(part: Path) -> Iterator[None]:
    """Leave nothing half-made behind."""
    part.mkdir(parents=True)
    try:
        yield
    finally:
        shutil.rmtree(part, ignore_errors=True)
        part.with_name(f"{part.name}.zip").unlink(missing_ok=True)


def _copy(archive: Archive, index: Index, folder: Path) -> dict[str, int]:
    for name in (EVENTS, TEXTS, ORIGINALS, TABLES):
        (folder / name).mkdir()
    there = set(archive.file_hashes())
    copied: set[str] = set()
    ids = archive.event_ids()
    for id_ in ids:
        event = archive.read_event(id_)
        (folder / EVENTS / archive.event_path(id_).name).write_bytes(event.encoded())
        sha256, digest = event.data.get("sha256", ""), event.data.get("texts")
        if digest and archive.texts_path(sha256, digest).exists():
            path = archive.texts_path(sha256, digest)
            (folder / TEXTS / path.name).write_bytes(archive.read_texts(sha256, digest))
        if event.kind is EventKind.RECEIVED and sha256 in there - copied:
            path = folder / ORIGINALS / event.data["period"] / readable_name(event.data)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(archive.read_file(sha256))
            copied.add(sha256)
    for name, ending in _TABLES.items():
        index.write_table(name, folder / TABLES / f"{name}{ending}")
    counts = {"events": len(ids), "originals": len(copied)}
    marker = json.dumps({"ctk_export": VERSION, **counts})
    (folder / MARKER).write_text(marker + "\n", encoding="ascii")
    return counts


def readable_name(data: dict[str, str]) -> str:
    """Unit, the start of the hash and the file's own name, fit for every system."""
    name = PurePath(_ODD.sub("_", data["file"]))
    stem = name.stem[:_LONGEST].rstrip(" .")
    return f"{data['unit']} {data['sha256'][:16]} {stem}{name.suffix[:6]}"


def _pack(folder: Path, packed: Path) -> None:
    """Put a folder into a .zip; equal folders give equal files."""
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _DAY)
            packing = zipfile.ZIP_STORED if ORIGINALS in path.parts else zipfile.ZIP_DEFLATED
            pack.writestr(entry, path.read_bytes(), packing)
