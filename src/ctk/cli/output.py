"""The one place that prints: data on stdout, remarks on stderr, in three forms."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Any

from ctk.text.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.errors import ExitCode
    from ctk.model import Result

ENVELOPE_VERSION = 1
_BOM = "\ufeff"  # without it Excel takes a CSV for the computer's own code page


def show(result: Result, output_format: str, lang: str, *, details: bool = False) -> None:
    """Print a result; `details` prints all findings for a person, however many."""
    if output_format == "json":
        sys.stdout.write(_envelope(result) + "\n")
    elif output_format == "csv":
        _write_csv(_rows(result), result.columns)
    else:
        from ctk.cli.human import print_result

        print_result(result, lang, details=details)
    for note in result.notes:
        sys.stderr.write(f"{note}\n")
    for error in result.errors:
        if output_format != "human":
            sys.stderr.write(f"{error.file}: {error.title} {error.hint}\n")


def show_failure(
    command: str, code: str, title: str, hint: str, exit_code: ExitCode, as_json: bool
) -> None:
    """Say why a command did not run: for a person on stderr, for a program as JSON."""
    if as_json:
        error = {"file": None, "code": code, "title": title, "hint": hint}
        document = _document(command, int(exit_code), {}, [], [error])
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    sys.stderr.write(f"{title}\n{hint}\n")


def _envelope(result: Result) -> str:
    findings = [found.as_dict() for found in result.findings]
    errors = [error.as_dict() for error in result.errors]
    document = _document(result.command, int(result.exit_code), result.data, findings, errors)
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _document(
    command: str, exit_code: int, data: dict[str, Any], findings: list[Any], errors: list[Any]
) -> dict[str, Any]:
    return {
        "ctk": ENVELOPE_VERSION,
        "command": command,
        "exit_code": exit_code,
        "data": data,
        "findings": findings,
        "errors": errors,
    }


def _rows(result: Result) -> list[dict[str, Any]]:
    if result.table == "findings":
        return [found.as_dict() for found in result.findings]
    return list(result.data[result.table]) if result.table else []


def _write_csv(rows: list[dict[str, Any]], columns: Sequence[str]) -> None:
    sys.stdout.write(_BOM)
    names = columns or (list(rows[0]) if rows else ())
    if not names:
        return
    writer = csv.DictWriter(sys.stdout, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({key: _csv_cell(value) for key, value in row.items()} for row in rows)


def _csv_cell(value: object) -> object:
    """Text that Excel would take for a formula gets an apostrophe; lists become one text."""
    if isinstance(value, (list, dict)):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str):
        return value
    return guarded(value)
