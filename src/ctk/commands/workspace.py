"""The folders of a workspace, and the files that wait in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.periods import parse_period

if TYPE_CHECKING:
    from pathlib import Path

    from ctk.settings import Settings

INBOX, FORMS, TEMPLATES, REPORTS = "inbox", "forms", "templates", "reports"
FOLDERS = (INBOX, FORMS, TEMPLATES, REPORTS)


def inbox(settings: Settings, period: str | None) -> list[Path]:
    """The folder whose files are meant where no path is typed.

    Returns:
        The subfolder of the inbox that is named like the period, else the inbox; nothing where
        there is no workspace or it has no inbox.
    """
    if settings.workspace is None or not (settings.workspace / INBOX).is_dir():
        return []
    whole = settings.workspace / INBOX
    return next(([whole / name] for name in _names(period, settings.year)
                 if (whole / name).is_dir()), [whole])  # fmt: skip


def _names(period: str | None, year: int | None) -> list[str]:
    """What the subfolder of a period may be called: "2022-6m", or as it was typed."""
    if period is None:
        return []
    try:
        return [str(parse_period(period, year)), period.strip()]
    except UsageError:
        return []  # the command itself says what is wrong with it
