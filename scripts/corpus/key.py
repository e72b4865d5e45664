"""What is planted in the corpus: key.csv says it for programs, README.csv for people."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

PASS, REMARKS, FAIL = "should-pass", "should-pass-with-remarks", "should-fail"
CATEGORIES = (PASS, REMARKS, FAIL)
ANYWHERE = "*"
KEY, README, OPTIONS = "key.csv", "README.csv", "options.csv"


@dataclass(frozen=True, slots=True)
class Planted:
    """One defect of one file.

    Args:
        file: Path below the corpus.
        sheet: Name of the sheet; empty: about the file.
        cell: A1 addresses separated by blanks, any of which a finding may name; empty: the finding
            names no cell; `*`: any cell, or none.
        rules: Rules, any of which finds it; separated by blanks, `V4*` for all that begin so.
        follows: Rules that may fire at these cells as well, as its direct consequence.
        severity: Of the finding: error, warning, info; empty: any.
        planted: The defect in plain words.
    """

    file: str
    sheet: str
    cell: str
    rules: str
    follows: str
    severity: str
    planted: str


@dataclass(frozen=True, slots=True)
class Passport:
    """What a file, or a folder of files that are checked together, is.

    Args:
        path: Below the corpus; a folder ends with a slash.
        shows: What it shows.
        made: How it was made.
    """

    path: str
    shows: str
    made: str


@dataclass(frozen=True, slots=True)
class Options:
    """With which options a file or folder is checked; paths are relative to the corpus."""

    path: str
    options: str


Row = Planted | Passport | Options


def write_table(path: Path, kind: type[Row], rows: Iterable[Row]) -> None:
    """Write a CSV file that Excel opens as it is."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(field.name for field in fields(kind))
        writer.writerows(sorted(astuple(row) for row in rows))


def read_key(corpus: Path) -> tuple[Planted, ...]:
    """Read key.csv."""
    return tuple(Planted(**row) for row in _read(corpus / KEY))


def read_options(corpus: Path) -> dict[str, tuple[str, ...]]:
    """Read options.csv: the options of each file or folder that has any."""
    rows = (Options(**row) for row in _read(corpus / OPTIONS))
    return {row.path: tuple(row.options.split()) for row in rows}


def read_passports(corpus: Path) -> dict[str, Passport]:
    """Read README.csv: what each file or folder is."""
    rows = (Passport(**row) for row in _read(corpus / README))
    return {row.path: row for row in rows}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def batches(corpus: Path) -> list[Path]:
    """What is checked by one call: a folder below a category with all that is in it, or a file."""
    return sorted(path for category in CATEGORIES for path in (corpus / category).iterdir())
