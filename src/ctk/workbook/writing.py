"""New spreadsheet files: written aside, moved into place whole, formatted by named styles."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ctk.errors import UsageError

FONT = "Times New Roman"
A4, A3 = 9, 8

__all__ = [
    "A3",
    "A4",
    "FONT",
    "Format",
    "Styles",
    "Workbook",
    "Worksheet",
    "atomic_path",
    "files_placed",
    "new_workbook",
]

# Text that begins with = + - @ or looks like a link stays text; no figure is ever NaN.
_NO_GUESSING = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


_placed: ContextVar[list[Path] | None] = ContextVar("placed", default=None)


@contextmanager
def files_placed() -> Iterator[list[Path]]:
    """List the files that `atomic_path` puts in place within the block, also if it fails later."""
    placed: list[Path] = []
    token = _placed.set(placed)
    try:
        yield placed
    finally:
        _placed.reset(token)


@contextmanager
def atomic_path(path: Path, force: bool = False) -> Iterator[Path]:
    """Give a temporary path beside `path`, and move it there when the block ends without error.

    Args:
        path: Where the file shall be; missing folders above it are made.
        force: Whether a file that is already there may be replaced.

    Raises:
        UsageError: `file_exists`, or `cannot_write` (no right, no room, or open in Excel).
    """
    refuse_existing(path, force)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        _flush_to_disk(part)
        refuse_existing(path, force)
        part.replace(path)
        placed = _placed.get()
        if placed is not None:
            placed.append(path)
    except (OSError, XlsxFileError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError("cannot_write", path=path, reason=reason) from error
    finally:
        if part.exists():
            part.unlink()


def refuse_existing(path: Path, force: bool) -> None:
    """Stop before a file is written over, or at a name that the system cannot take.

    Raises:
        UsageError: `file_exists`, or `cannot_write`.
    """
    try:
        there = path.exists()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError("cannot_write", path=path, reason=reason) from error
    if there and not force:
        raise UsageError("file_exists", path=path)


def _flush_to_disk(part: Path) -> None:
    with part.open("r+b") as file:
        os.fsync(file.fileno())


def new_workbook(
    path: Path | BytesIO, title: str = "", subject: str = "", category: str = ""
) -> Workbook:
    """Start a workbook in Times New Roman 11 whose texts are never taken for formulas or links.

    Args:
        path: File to write; use the one that `atomic_path` gives, and close the workbook. One
            in memory that is never closed is never written.
        title: Title in the document's properties; no person is named there.
        subject: Subject in the document's properties.
        category: Category in them, such as that of a public copy.
    """
    # With XlsxWriter's own scheme, "minor", Excel would print the theme's Calibri instead.
    font = {"font_name": FONT, "font_size": 11, "font_scheme": "none"}
    workbook = Workbook(path, {**_NO_GUESSING, "default_format_properties": font})
    named = {"title": title, "subject": subject, "category": category, "author": ""}
    workbook.set_properties(named)
    return workbook


class Styles:
    """Formats of one workbook by the names of styles; several names are laid over each other.

    Args:
        workbook: Where the formats are made, each once.
        table: XlsxWriter format properties by style name.
    """

    def __init__(self, workbook: Workbook, table: Mapping[str, Mapping[str, Any]]) -> None:
        self._workbook = workbook
        self._table = table
        self._made: dict[tuple[str, ...], Format] = {}

    def __call__(self, *names: str) -> Format:
        """Give the format of these styles; of a property that several set, the last one holds."""
        if names not in self._made:
            self._made[names] = self._workbook.add_format(self.properties(*names))
        return self._made[names]

    def properties(self, *names: str) -> dict[str, Any]:
        """Give the format's properties."""
        laid: dict[str, Any] = {}
        for name in names:
            laid |= self._table[name]
        return laid
