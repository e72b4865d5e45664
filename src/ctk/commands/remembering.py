"""Releases in the workspace: written as begun before the files are, settled when they are there."""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from ctk.disclosure.releases import from_text
from ctk.errors import UsageError
from ctk.workbook.writing import atomic_path, files_placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ctk.disclosure.layers import Layer

DONE, BEGUN = ".json", ".begun"
"""Endings of what was published, and of what was begun: only a run that was killed leaves it."""


@contextmanager
def remembered(folder: Path, text: str) -> Iterator[None]:
    """Remember a release whose files are written within the block.

    It is forgotten if the block fails before any file is in place. If some are, it is kept.

    Args:
        folder: Where releases are remembered.
        text: The release, see `ctk.disclosure.releases.as_text`.

    Raises:
        UsageError: It cannot be written.
    """
    name = sha256(text.encode()).hexdigest()[:16]
    done, begun = folder / f"{name}{DONE}", folder / f"{name}{BEGUN}"
    if done.exists():
        yield
        return
    own = not begun.exists()  # one that a killed run left may have files: it is not forgotten
    if own:
        with atomic_path(begun) as part:
            part.write_text(text, encoding="utf-8")
    finished = False
    with files_placed() as placed:
        try:
            yield
            finished = True
        finally:
            if finished or placed:
                _moved(begun, done)
            elif own:
                begun.unlink(missing_ok=True)


def _moved(begun: Path, done: Path) -> None:
    try:
        begun.replace(done)
    except OSError as error:
        raise UsageError("cannot_write", path=done, reason=error.strerror or error) from error


def released(folder: Path, years: set[int]) -> list[Layer]:
    """What was published of these years; other years are tied to them by nothing.

    Raises:
        UsageError: A release cannot be read.
    """
    return _read(sorted(folder.glob(f"*{DONE}")), years)


def begun_releases(folder: Path) -> Sequence[Path]:
    """Releases of runs that were killed: nobody knows whether their files went out."""
    return sorted(folder.glob(f"*{BEGUN}"))


def layers_begun(folder: Path, years: set[int]) -> list[Layer]:
    """What may have been published of these years by runs that were killed.

    Raises:
        UsageError: A release cannot be read.
    """
    return _read(begun_releases(folder), years)


def _read(paths: Sequence[Path], years: set[int]) -> list[Layer]:
    found: list[Layer] = []
    for path in paths:
        try:
            layers = from_text(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UsageError("release_unreadable", path=path, reason=reason) from error
        found += [layer for layer in layers if layer.period.year in years]
    return found
