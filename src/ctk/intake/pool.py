"""Reads many files in worker processes that a hanging or dying reader cannot take along.

Files go to the workers in small lots; a lot that is not answered in time is read again one file
at a time, carefully, so that only the file at fault is lost.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import BrokenExecutor, CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TYPE_CHECKING, Self

from pebble import ProcessExpired, ProcessPool

from ctk.errors import UnreadableError
from ctk.intake import worker
from ctk.intake.passwords import NO_PASSWORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pebble import ProcessFuture

    from ctk.forms.loader import OwnForms
    from ctk.intake.extract import Extract
    from ctk.intake.passwords import Passwords

    Answer = ProcessFuture[list[Extract]]

LOT = 24
SECONDS = 30
MAX_WORKERS = 8


class FileReader:
    """Reads files in the background from the moment it is made; use it in a `with` statement.

    Args:
        paths: The files.
        age_groups: Path of a CSV that replaces the built-in age groups.
        passwords: What to try on files that have a password.
        own: The office's own layouts.
    """

    def __init__(
        self,
        paths: Sequence[str],
        age_groups: str | None = None,
        passwords: Passwords = NO_PASSWORDS,
        own: OwnForms = (),
    ) -> None:
        """Send all files to the workers."""
        self._lots = [paths[i : i + LOT] for i in range(0, len(paths), LOT)]
        workers = min(os.cpu_count() or 1, MAX_WORKERS, max(1, len(self._lots)))
        self._send = _Sender(workers, age_groups, passwords, own)
        self._futures = [self._send(lot) for lot in self._lots]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the workers, whatever they still do."""
        self._send.stop()

    def extracts(self, progress: Callable[[int], None]) -> Iterator[Extract]:
        """Give the files' extracts in the order of the paths.

        Args:
            progress: Called with the number of files done since the last call.
        """
        for lot, future in zip(self._lots, self._futures, strict=True):
            yield from _answers(self._send, lot, future)
            progress(len(lot))


class _Sender:
    """Gives lots to the workers; a pool that broke as a whole is replaced by another."""

    def __init__(
        self, workers: int, age_groups: str | None, passwords: Passwords, own: OwnForms
    ) -> None:
        self._workers = workers
        self._pool = self._new_pool()
        self._with = [age_groups, passwords, own]

    def _new_pool(self) -> ProcessPool:
        context = multiprocessing.get_context("spawn")
        return ProcessPool(self._workers, context=context, initializer=worker.start)

    def stop(self) -> None:
        """Stop the workers, whatever they still do."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def __call__(self, lot: Sequence[str], *, careful: bool = False) -> Answer:
        if not self._pool.active:
            self.stop()
            self._pool = self._new_pool()
        return self._schedule(lot, careful=careful)

    def _schedule(self, lot: Sequence[str], *, careful: bool) -> Answer:
        # The clock starts when a worker takes the lot, so waiting lots do not run out of time.
        return self._pool.schedule(
            worker.read_lot,
            args=[list(lot), *self._with],
            kwargs={"careful": careful},
            timeout=SECONDS,
        )


def _answers(
    send: _Sender, lot: Sequence[str], future: Answer, *, careful: bool = False
) -> list[Extract]:
    try:
        return future.result()
    except FutureTimeoutError:
        reason = "reader_too_slow"
    except (ProcessExpired, BrokenExecutor, CancelledError, MemoryError, OSError):
        reason = "reader_died"
    if len(lot) == 1 and (careful or reason == "reader_too_slow"):
        return [_lost(lot[0], reason)]
    singles = [[path] for path in lot]
    futures = [send(single, careful=True) for single in singles]
    pairs = zip(singles, futures, strict=True)
    return [
        answer for single, sent in pairs for answer in _answers(send, single, sent, careful=True)
    ]


def _lost(path: str, reason: str) -> Extract:
    from ctk.intake.extract import Extract  # noqa: PLC0415  (see `worker`)

    return Extract(path, error=UnreadableError(reason))
