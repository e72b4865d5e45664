"""What `ctk validate --annotate` says about the copies that it wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from ctk.cli.printer import STYLES, Printer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.model import InputError, Result

_SHOWN = 3


class CopiesPrinter(Printer):
    """Prints how many copies there are and which could not be written."""

    def print(self, result: Result, *, details: bool) -> None:
        """Print one line for all copies, one for each that failed, and each copy with details."""
        rows = result.data.get("annotated")
        if rows is None:
            return
        written = [row for row in rows if row["copy"] is not None]
        read = {row["file"] for row in rows}
        failed = [error for error in result.errors if error.file in read]
        clean = len(rows) - len(written) - len(failed)
        for row in written if details else ():
            self.line(Text(self.say("copies.one", copy=row["copy"], marked=row["marked"])))
        for error, more in _few_of_each(failed):
            self.line(Text(f"{error.file}: {error.title} {error.hint}", STYLES["error"]))
            if more > 0:
                self.line(Text(self.say("copies.failed_too", count=more), STYLES["error"]))
        folder = str(Path(result.data["annotated_in"]))
        self.line(Text(self.say("copies.all", count=len(written), folder=folder, clean=clean)))


def _few_of_each(errors: list[InputError]) -> Iterator[tuple[InputError, int]]:
    """The first errors of each kind, the last of them with how many more there are."""
    kinds: dict[str, list[InputError]] = {}
    for error in errors:
        kinds.setdefault(error.code, []).append(error)
    for same in kinds.values():
        shown = same[:_SHOWN]
        for error in shown:
            yield error, len(same) - _SHOWN if error is shown[-1] else 0
