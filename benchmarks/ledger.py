"""Measures a province's ledger: its first period, and the same with ten years behind it.

Usage: python benchmarks/ledger.py [--communes 170] [--periods 20]

Prints the ratio of the last period's times to those of the first: 1.0 means that history costs
nothing; a report has the year before to print besides. The history is recorded from one batch of
figures, as `ctk receive` records it, without writing and reading thousands of workbooks.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbooks import PERIOD, make_folder

if TYPE_CHECKING:
    from ctk.ledger.archive import Archive

UNIT = "01"
WHOLE = {"ledger check", "ledger rebuild"}
"""Commands that look at the whole history, and may take as long."""

CTK = [sys.executable, "-c", "from ctk.cli.main import main; main()"]


def seconds(home: Path, *arguments: str) -> float:
    """The CPU time that a command takes in a folder; it must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*CTK, *arguments], cwd=home, capture_output=True, check=False)
    if done.returncode > 1:
        raise SystemExit(done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(books: Path) -> dict[str, list[str]]:
    """What an office does in a period, in order."""
    at = ["--period", PERIOD, "--unit", UNIT]
    return {
        "receive": ["receive", str(books), "--accept-with-errors", "benchmark"],
        "receive again": ["receive", str(books)],
        "status": ["status", *at],
        "aggregate": ["aggregate", "--level", "province", *at, "--format", "json"],
        "report": ["report", *at, "--output", "reports", "--force"],
        "history": ["history", UNIT, "--period", PERIOD],
        "ledger check": ["ledger", "check"],
        "ledger rebuild": ["ledger", "rebuild"],
    }


def add_history(home: Path, model: Path, periods: int) -> None:
    """Record the receipts of earlier years, copied from those of another ledger."""
    from ctk.ledger.commit import Commit
    from ctk.ledger.ledger import Ledger

    ledger, source = Ledger(home / "ledger"), Ledger(model / "ledger").archive
    receipts = [source.read_event(id_).data for id_ in source.event_ids()]
    with ledger.locked():
        commit = Commit(ledger.archive)
        for number in range(periods):
            for data in receipts:
                content = source.read_file(data["sha256"])
                commit.receive(content, _earlier(source, data, number))
        commit.finish()


def _earlier(source: Archive, data: dict[str, Any], number: int) -> dict[str, Any]:
    from ctk.ledger.texts import join_texts

    content = source.read_texts(data["sha256"], data["texts"]) if data["texts"] else None
    figures, findings = join_texts(data, content)
    year, months = 2021 - number // 2, (6, 12)[number % 2]
    return data | {"figures": figures, "findings": findings, "period": f"{year}-{months}m"}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--communes", type=int, default=170)
    parser.add_argument("--periods", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        books, first, later = (Path(scratch) / name for name in ("books", "first", "later"))
        make_folder(books, options.communes)
        first.mkdir()
        later.mkdir()
        known = commands(books)
        new = {name: seconds(first, *known[name]) for name in known}
        add_history(later, first, options.periods)
        indexed = seconds(later, "ledger", "rebuild")
        old = {name: seconds(later, *known[name]) for name in known if name not in WHOLE}
    print(
        f"{options.communes} communes, CPU seconds; with {options.periods} periods before (ratio):"
    )
    for name, time_ in new.items():
        after = f"{old[name]:6.2f} s ({old[name] / time_:.2f})" if name in old else ""
        print(f"{name:14} {time_:6.2f} s {after}")
    print(f"index of the whole history: {indexed:.1f} s")


if __name__ == "__main__":
    main()
