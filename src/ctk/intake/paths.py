"""From what the user named to the list of files to read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SPREADSHEETS = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".xltm"))
LOCK_PREFIX = "~$"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to read, office lock files left out, and other files of the folders left out."""

    files: tuple[str, ...]
    locks: tuple[str, ...]
    others: tuple[str, ...]


def gather(paths: Iterable[Path]) -> Inputs:
    """Expand folders (recursively, by name) and keep files named outright, whatever their ending.

    A path that does not exist or a folder that may not be listed stays in `files`: reading it will
    say so.
    """
    files: list[str] = []
    locks: list[str] = []
    others: list[str] = []
    for path in paths:
        walked = _is_folder(path)
        for file in _walk(path, files) if walked else [path]:
            if file.name.startswith(LOCK_PREFIX):
                locks.append(str(file))
            elif walked and file.suffix.lower() not in SPREADSHEETS:
                others.append(str(file))
            else:
                files.append(str(file))
    return Inputs(_once(files), _once(locks), _once(others))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long for the system, a folder that may not be entered
        return False


def _walk(folder: Path, unlisted: list[str]) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, onerror=lambda e: unlisted.append(str(e.filename))):
        folders.sort()
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))


def _once(names: list[str]) -> tuple[str, ...]:
    """Drop repetitions: a file named twice on the command line is one file."""
    return tuple(dict.fromkeys(names))
