"""What a worker process runs; importing this costs the main process nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from ctk.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.forms.loader import OwnForms
    from ctk.intake.extract import Extract
    from ctk.intake.passwords import Passwords

MEMORY = 3 * 2**29
"""Bytes that a worker may use in all: the reader itself takes a tenth of it."""


def start() -> None:
    """Cap the worker's memory where the system can, and keep a dying reader's words to itself."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    # numpy would set room aside for each processor, and a worker does no algebra.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        import resource  # noqa: PLC0415  (not on Windows, where the limits on file size must do)
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > MEMORY:
        with suppress(ValueError, OSError):  # not every system that has the limit can set it
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))


def read_lot(
    paths: Sequence[str],
    age_groups: str | None,
    passwords: Passwords,
    own: OwnForms = (),
    *,
    careful: bool = False,
) -> list[Extract]:
    """Read some files, one after the other; a fault of ctk's own at one leaves the others.

    Args:
        paths: The files.
        age_groups: Path of a CSV that replaces the built-in age groups.
        passwords: What to try on files that have a password.
        own: The office's own layouts.
        careful: Whether to look for what makes a reader die before it is called.
    """
    return [_read(path, age_groups, passwords, own, careful) for path in paths]


def _read(
    path: str, age_groups: str | None, passwords: Passwords, own: OwnForms, careful: bool
) -> Extract:
    from ctk.intake.extract import Extract, extract  # noqa: PLC0415  (numpy and the reader)

    try:
        return extract(path, age_groups, passwords.of(path), own=own, careful=careful)
    except Exception as error:  # noqa: BLE001  (told as this file's error, by name)
        return Extract(path, error=UnreadableError("reader_failed", kind=type(error).__name__))
