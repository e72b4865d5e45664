"""Writing files so that each is whole or not there, whatever happens in between."""

from __future__ import annotations

import os
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from ctk.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PART = ".part"
_TRIES = 6
_PAUSE = 0.1
_AT_ONCE = 8
"""A disk flushes many files at once in little more time than one."""


def write_whole(contents: Mapping[Path, bytes]) -> None:
    """Write files: aside, flushed to the disk, then renamed; all are on the disk at the end.

    Args:
        contents: What to write where; what is there already is replaced.

    Raises:
        LedgerError: One cannot be written; those that were are whole, of the others nothing stays.
    """
    parts = {path: path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}") for path in contents}
    try:
        made = [folder for path in contents for folder in _make_folders(path.parent)]
        _write_parts([(parts[path], content) for path, content in contents.items()])
        for path, part in parts.items():
            rename(part, path)
        for folder in {path.parent for path in contents} | set(made):
            _flush_folder(folder)
    except OSError as error:
        raise cannot_write(error.filename or next(iter(contents)).parent, error) from error
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


def cannot_write(path: object, error: OSError) -> LedgerError:
    """Say that something could not be written, and why."""
    return LedgerError("cannot_write", path=path, reason=error.strerror or str(error))


def rename(source: Path, target: Path) -> None:
    """Rename a file over another; on Windows a virus scanner may hold it for a moment."""
    for left in reversed(range(_TRIES)):
        try:
            source.replace(target)
        except PermissionError:
            if left == 0:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _make_folders(folder: Path) -> Iterable[Path]:
    """Make a folder with those above it; give the ones that must be flushed to keep it."""
    if folder.exists():
        return []
    above = list(_make_folders(folder.parent))
    folder.mkdir(exist_ok=True)
    return [*above, folder.parent]


def _write_parts(parts: list[tuple[Path, bytes]]) -> None:
    if len(parts) == 1:
        _write_part(parts[0])
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(_write_part, parts):
            pass


def _write_part(part: tuple[Path, bytes]) -> None:
    path, content = part
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; NTFS keeps the order of renames itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
