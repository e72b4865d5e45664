"""A progress bar on stderr for long work; nothing where stderr is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable

from ctk.messages import message

FEW = 20
"""Fewer files than these are done before a bar could be read."""


def file_progress(lang: str) -> Callable[[int, int], None] | None:
    """Make the function that reading calls with (files just read, all files)."""
    if not sys.stderr.isatty():
        return None
    return _Bar(message("cli.reading", lang)).advance


class _Bar:
    def __init__(self, title: str) -> None:
        self._title = title
        self._progress: object | None = None
        self._done = 0

    def advance(self, count: int, total: int) -> None:
        if total < FEW:
            return
        from rich.console import Console
        from rich.progress import Progress

        if self._progress is None:
            progress = Progress(console=Console(stderr=True), transient=True)
            self._task = progress.add_task(self._title, total=total)
            progress.start()
            self._progress = progress
        assert isinstance(self._progress, Progress)  # noqa: S101  (narrows the lazy type)
        self._progress.advance(self._task, count)
        self._done += count
        if self._done >= total:
            self._progress.stop()
