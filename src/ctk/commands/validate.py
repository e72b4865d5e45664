"""`ctk validate`: check files and say what is wrong; changes nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.commands.loading import Reading, input_errors, load_batch, run_notes
from ctk.model import FINDING_COLUMNS, Finding, Result, Severity
from ctk.validate.check import check

if TYPE_CHECKING:
    from ctk.frame import Batch


def run(reading: Reading) -> Result:
    """Check the files of a request.

    Returns:
        `data.files`: one entry a file with its unit, period, form, status and counts of findings;
        `data.untested`: how often each rule could not be tested for want of a figure;
        `data.rule_sets`: the version of the rules by period.
    """
    batch = load_batch(reading)
    lang = reading.request.lang
    checked = check(batch, lang, reading.request.rulebook)
    data = {
        "files": file_rows(batch, checked.findings),
        "untested": checked.untested,
        "rule_sets": checked.versions,
    }
    errors = input_errors(batch, lang)
    said = run_notes(batch, checked, lang)
    return Result("validate", data, "findings", checked.findings, errors, said, FINDING_COLUMNS)


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
