"""The sets of targets that come with ctk and those that an office keeps in its workspace."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ctk.errors import CatalogueError, UsageError
from ctk.targets.reading import read_targets
from ctk.targets.tables import TableError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from ctk.targets.types import TargetSet

FOLDER = "targets"
"""Folder of a workspace with one CSV file a set."""
FIGURES = "figures.csv"
"""File in that folder with the figures that the office types."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def load_targets() -> dict[str, TargetSet]:
    """The built-in sets by id.

    Raises:
        CatalogueError: One of them is wrong.
    """
    found = {}
    for path in sorted(files(__package__).joinpath("data").iterdir(), key=lambda p: p.name):
        id_ = path.name.removesuffix(".csv")
        try:
            found[id_] = read_targets(path.read_text(encoding="utf-8"), id_)
        except TableError as error:
            raise CatalogueError(f"targets {path.name}: {error}") from error
    return found


def all_targets(workspace: Path | None) -> dict[str, TargetSet]:
    """The office's own sets, then the built-in ones, by id.

    Raises:
        UsageError: `targets_unreadable`; `targets_value`: file, line and key that are wrong;
            `targets_name`: the file is named like a set that is there, or its name is no id.
    """
    own = {}
    for path in _own_files(workspace):
        id_ = path.stem.lower()
        if not _ID.fullmatch(id_) or id_ in load_targets() or id_ in own:
            raise UsageError("targets_name", file=path)
        own[id_] = _own(path, id_)
    return own | load_targets()


def choose_targets(ids: Collection[str], known: dict[str, TargetSet]) -> tuple[TargetSet, ...]:
    """The sets of these ids.

    Raises:
        UsageError: `unknown_targets`.
    """
    wanted = [id_.strip().lower() for id_ in ids]
    for id_ in wanted:
        if id_ not in known:
            raise UsageError("unknown_targets", text=id_, known=", ".join(known))
    return tuple(known[id_] for id_ in dict.fromkeys(wanted))


def text_of(path: Path) -> str:
    """The text of an office's file.

    Raises:
        UsageError: `targets_unreadable`: no such file, no right, or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8?"
        raise UsageError("targets_unreadable", file=path, reason=reason) from error


def refused(path: Path, error: TableError) -> UsageError:
    """Say which line and key of an office's file are wrong."""
    told = {"line": error.line, "field": error.key, "value": error.value}
    return UsageError("targets_value", file=path, expected=error.expected, **told)


def _own_files(workspace: Path | None) -> list[Path]:
    folder = workspace / FOLDER if workspace else None
    if folder is None or not folder.is_dir():
        return []
    found = (path for path in folder.glob("*.csv") if not path.name.startswith("~$"))
    return sorted(path for path in found if path.name.lower() != FIGURES)


def _own(path: Path, id_: str) -> TargetSet:
    try:
        return read_targets(text_of(path), id_, path)
    except TableError as error:
        raise refused(path, error) from error
