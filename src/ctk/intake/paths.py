"""From what the user named to the list of files to read."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctk.intake.endings import DOUBTFUL, WORKBOOKS
from ctk.workbook.opening import identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOCK_PREFIXES = ("~$", ".~lock.")
_Place = tuple[int, int]
_UNPACKED = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to read, office lock files left out, and other files of the folders left out.

    `doubtful` are those of the files whose ending does not say that they are meant: they were
    found in a folder and may be anything.
    """

    files: tuple[str, ...]
    locks: tuple[str, ...]
    others: tuple[str, ...]
    doubtful: frozenset[str] = frozenset()


class _Gathered:
    def __init__(self) -> None:
        self.files: list[str] = []
        self.locks: list[str] = []
        self.others: list[str] = []
        self.doubtful: set[str] = set()

    def named(self, path: Path) -> None:
        """Take a path of the command line, whatever its ending."""
        (self.locks if _is_lock(path.name) else self.files).append(str(path))

    def found(self, path: Path) -> None:
        """Take a file of a folder by its name."""
        ending = path.suffix.lower()
        if _is_lock(path.name):
            self.locks.append(str(path))
        elif path.name.startswith("."):
            return
        elif ending in WORKBOOKS:
            self.files.append(str(path))
        elif ending in DOUBTFUL:
            self.files.append(str(path))
            self.doubtful.add(str(path))
        else:
            self.others.append(str(path))


def gather(paths: Iterable[Path], leave_out: Path | None = None) -> Inputs:
    """Expand folders (recursively, by name) and keep files named outright, whatever their ending.

    A path that does not exist or a folder that may not be listed stays in `files`: reading it will
    say so. So does a folder named like a workbook that holds none.

    Args:
        paths: Files and folders.
        leave_out: A folder below them whose files are not meant, as ctk writes copies there.
    """
    left_out = identity(leave_out) if leave_out else None
    found = _Gathered()
    named: set[str] = set()
    for path in map(_as_on_disk, paths):
        if _is_folder(path):
            _walk(path, found, left_out)
        else:
            named.add(str(path))
            found.named(path)
    return Inputs(
        _once(found.files),
        _once(found.locks),
        _once(found.others),
        frozenset(found.doubtful - named),
    )


def _is_lock(name: str) -> bool:
    return name.startswith(LOCK_PREFIXES)


def _as_on_disk(path: Path) -> Path:
    """The path in the spelling that exists: accents may be typed joined and stored apart."""
    try:
        if path.exists():
            return path
        spellings = [Path(unicodedata.normalize(form, str(path))) for form in ("NFC", "NFD")]
        return next((other for other in spellings if other.exists()), path)
    except (OSError, ValueError):
        return path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long for the system, a folder not to be entered
        return False


def _walk(folder: Path, found: _Gathered, left_out: _Place | None) -> None:
    for root, names in _folders(folder, found.files, left_out):
        if _UNPACKED in names:
            found.files.append(str(root))  # reading it says that it is a folder
            continue
        before = len(found.files)
        for name in sorted(names):
            found.found(root / name)
        if root.suffix.lower() in WORKBOOKS and not _holds_files(root):
            found.files[before:] = [str(root)]


def _holds_files(folder: Path) -> bool:
    return any(names for _, _, names in os.walk(folder))


def _folders(
    folder: Path, unlisted: list[str], left_out: _Place | None
) -> Iterator[tuple[Path, list[str]]]:
    """All folders from one on, each once: links and junctions may lead back to where they are."""
    seen = {left_out} - {identity(folder)}  # a folder that is named itself is meant
    for root, folders, names in os.walk(folder, onerror=lambda e: unlisted.append(str(e.filename))):
        place = identity(Path(root))
        if place is None:
            unlisted.append(root)
            folders.clear()
            continue
        if place in seen and place[1]:
            folders.clear()
            continue
        seen.add(place)
        folders.sort()
        yield Path(root), names


def _once(names: list[str]) -> tuple[str, ...]:
    """Drop repetitions: a file named twice on the command line is one file."""
    return tuple(dict.fromkeys(names))
