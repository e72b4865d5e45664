"""`ctk validate`: check files and say what is wrong; changes nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.commands.earlier import compared_note, earlier_of
from ctk.commands.loading import Reading, input_errors, load_batch, run_notes
from ctk.commands.standing import standing_of
from ctk.errors import LedgerError
from ctk.messages import message
from ctk.model import FINDING_COLUMNS, Finding, InputError, Result, Severity
from ctk.validate.check import check

if TYPE_CHECKING:
    from pathlib import Path

    from ctk.commands.annotate import HandedBack
    from ctk.frame import Batch
    from ctk.ledger.ledger import Ledger
    from ctk.validate.check import Checked


def run(
    reading: Reading,
    earlier: Reading | None = None,
    *,
    ledger: Ledger | None = None,
    html: Path | None = None,
    annotate_dir: Path | None = None,
    force: bool = False,
) -> Result:
    """Check the files of a request.

    Args:
        reading: The files.
        earlier: Files of earlier periods to compare with; they are not checked.
        ledger: Where earlier periods are looked for, if no files are given.
        html: Where to write the page with all that was found.
        annotate_dir: Folder for marked copies of the files that have findings.
        force: Whether these may replace files that are there.

    Returns:
        `data.files`, one entry a file; `untested`, how often each rule could not be tested;
        `suggestions`, which cells are probably wrong;
        `rule_sets`, their versions by period; `standing`, from whom nothing has come;
        `annotated`, if copies were asked for: each file's copy (None where there is none).

    Raises:
        UsageError: The page is there already, is no .html, is an input, or cannot be written.
    """
    if html is not None:
        # Templates and the report's libraries load only where a page is asked for.
        from ctk.commands import page  # noqa: PLC0415

        inputs = [file for of in (reading, earlier) if of for file in of.inputs.files]
        page.check_place(html, inputs, force=force)
    batch = load_batch(reading)
    lang = reading.request.lang
    known, untold = (None, ()) if earlier else _known(ledger, batch, lang)
    previous = load_batch(earlier) if earlier else known
    request = reading.request
    checked = check(batch, lang, request.rulebook, previous, request.settings.weights)
    standing = standing_of(batch, reading.request)
    data: dict[str, Any] = {
        "files": file_rows(batch, checked.findings),
        "untested": checked.untested,
        "rule_sets": checked.versions,
        "standing": standing.as_dict() if standing else None,
        "suggestions": [each.as_dict() for each in checked.advice.suggestions],
    }
    errors = input_errors(batch, lang) + untold
    errors += input_errors(previous, lang) if previous else ()
    if annotate_dir is not None:
        copies = _handed_back(reading, earlier, batch, checked, annotate_dir, force=force)
        data |= {"annotated": copies.rows, "annotated_in": str(annotate_dir)}
        errors += copies.errors
    said = (*run_notes(batch, checked, lang), *compared_note(known, lang))
    said += tuple(f"{each.title} {each.hint}" for each in untold)
    if html is not None:
        page.write(html, reading.request, batch, checked, data, force=force)
        said += (message("cli.notes.page", lang, path=html),)
    return Result("validate", data, "findings", checked.findings, errors, said, FINDING_COLUMNS)


def _known(
    ledger: Ledger | None, batch: Batch, lang: str
) -> tuple[Batch | None, tuple[InputError, ...]]:
    """Earlier periods; a ledger that cannot be asked does not keep files from being checked."""
    try:
        return earlier_of(ledger, batch), ()
    except LedgerError as error:
        told = error.title(lang), error.hint(lang)
        return None, (InputError(str(ledger.root) if ledger else "", error.code, *told),)


def _handed_back(
    reading: Reading,
    earlier: Reading | None,
    batch: Batch,
    checked: Checked,
    folder: Path,
    *,
    force: bool,
) -> HandedBack:
    """Write the marked copies; a file that was read is never written over."""
    from ctk.commands.annotate import hand_back  # noqa: PLC0415  (opens and patches workbooks)

    sources = (*reading.inputs.files, *(earlier.inputs.files if earlier else ()))
    return hand_back(batch, checked.findings, reading.request, folder, sources=sources, force=force)


def file_rows(batch: Batch, findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """One row a file: those that were read, then those that could not be."""
    counts = Counter((found.file, found.severity) for found in findings)
    sizes = np.bincount(batch.frame["submission"], minlength=len(batch.submissions)).tolist()
    rows: list[dict[str, Any]] = []
    for submission, size in zip(batch.submissions, sizes, strict=True):
        errors = counts[submission.file, Severity.ERROR]
        warnings = counts[submission.file, Severity.WARNING]
        rows.append(
            {
                "file": submission.file,
                "unit": submission.unit.code if submission.unit else None,
                "period": str(submission.period) if submission.period else None,
                "form": submission.form,
                "status": "errors" if errors else "warnings" if warnings else "ok",
                "errors": errors,
                "warnings": warnings,
                "sha256": submission.sha256,
                "cells": size,
            }
        )
    return rows + [_unreadable(file) for file, _ in batch.unreadable]


def _unreadable(file: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("unit", "period", "form"))
    counts = {"errors": 1, "warnings": 0, "sha256": None, "cells": 0}
    return {"file": file, **nothing, "status": "unreadable", **counts}
