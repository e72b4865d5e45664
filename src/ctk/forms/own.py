"""The layouts that an office keeps in its workspace, as names and texts of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.errors import CatalogueError, UsageError
from ctk.forms.loader import OwnForms, load_layouts

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "forms"


def read_own_forms(workspace: Path | None) -> OwnForms:
    """The office's own layouts, unread; none without a workspace or its folder.

    Raises:
        UsageError: A file cannot be read.
    """
    folder = workspace / FOLDER if workspace else None
    if folder is None or not folder.is_dir():
        return ()
    return tuple(_text(path) for path in sorted(folder.glob("*.toml")) if path.is_file())


def _text(path: Path) -> tuple[str, str]:
    try:
        return str(path), path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError("bad_layout", reason=f"{path}: {reason}") from error


def check_own_forms(own: OwnForms, age_groups: str | None = None) -> None:
    """Refuse layouts that are wrong, before any file is read.

    Raises:
        UsageError: Names the file and the key at fault.
    """
    try:
        load_layouts(age_groups, own)
    except CatalogueError as error:
        raise UsageError("bad_layout", reason=error) from error
