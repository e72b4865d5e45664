"""From the options of a command to a request, and to files that are being read."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ctk.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from ctk.cli.options import Grade, Lang
    from ctk.commands.loading import Reading, Request
    from ctk.commands.sources import Source
    from ctk.ledger.ledger import Ledger


def reading_of(
    paths: list[Path],
    period: str | None,
    unit: str | None,
    lang: Lang,
    secrets: tuple[list[str] | None, Path | None],
    leave_out: Path | None = None,
) -> AbstractContextManager[Reading]:
    """Start the workers first: they read while this process imports the heavy libraries.

    Args:
        paths: Files and folders.
        period: Period, as typed.
        unit: Code of the unit whose files these are.
        lang: Language of the messages.
        secrets: Passwords and a file of passwords.
        leave_out: A folder whose files are not read.
    """
    from dataclasses import replace

    from ctk.commands.loading import start_reading
    from ctk.intake.passwords import gather_passwords

    typed, file = secrets
    request = replace(
        request_of(paths, period, unit, lang),
        passwords=gather_passwords(typed or (), file),
        leave_out=leave_out,
    )
    return start_reading(request)


@contextmanager
def source_of(
    paths: list[Path] | None,
    period: str | None,
    unit: str | None,
    lang: Lang,
    secrets: tuple[list[str] | None, Path | None],
    status: Grade | None = None,
) -> Iterator[Source]:
    """Figures of files, or without paths of the ledger.

    Raises:
        UsageError: A status is asked of files.
    """
    if paths:
        if status is not None:
            raise UsageError("status_needs_ledger")
        with reading_of(paths, period, unit, lang, secrets) as reading:
            from ctk.commands.sources import FromFiles

            yield FromFiles(reading)
        return
    from ctk.commands.sources import FromLedger

    request = request_of([], period, unit, lang)
    yield FromLedger(request, ledger_of(request), status.value if status else None)


def or_inbox(paths: list[Path] | None, period: str | None) -> list[Path]:
    """The paths typed, else the inbox of the workspace."""
    if paths:
        return paths
    from ctk.commands.workspace import inbox
    from ctk.settings import load_settings

    return inbox(load_settings(Path.cwd()), period)


def request_of(paths: list[Path], period: str | None, unit: str | None, lang: Lang) -> Request:
    """Make the request that all commands share, with the settings of this folder."""
    from ctk.cli.progress import file_progress
    from ctk.commands.loading import Request, local_today
    from ctk.settings import load_settings

    settings = load_settings(Path.cwd())
    progress = file_progress(lang.value)
    return Request(paths, period, unit, lang.value, settings, local_today(), progress)


def ledger_of(request: Request) -> Ledger:
    """The ledger of the workspace, or of this folder where there is no workspace."""
    from ctk.ledger.ledger import Ledger

    return Ledger(_ledger_folder(request))


def known_ledger_of(request: Request) -> Ledger | None:
    """The ledger, if there is one: without it DuckDB need not be loaded."""
    return ledger_of(request) if _ledger_folder(request).is_dir() else None


def _ledger_folder(request: Request) -> Path:
    from ctk.ledger.archive import FOLDER

    return (request.settings.workspace or Path.cwd()) / FOLDER
