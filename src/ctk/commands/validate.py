"""`ctk validate`: check files and say what is wrong; changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.commands.loading import Reading, input_errors, load_batch, run_notes
from ctk.commands.standing import standing_of
from ctk.errors import UsageError
from ctk.messages import message
from ctk.model import FINDING_COLUMNS, Finding, Result, Severity
from ctk.validate.check import check
from ctk.workbook.writing import refuse_existing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctk.frame import Batch
    from ctk.validate.check import Checked


def run(
    reading: Reading,
    earlier: Reading | None = None,
    *,
    html: Path | None = None,
    annotate_dir: Path | None = None,
    force: bool = False,
) -> Result:
    """Check the files of a request.

    Args:
        reading: The files.
        earlier: Files of earlier periods to compare with; they are not checked.
        html: Where to write the page with all that was found.
        annotate_dir: Folder for marked copies of the files that have findings.
        force: Whether these may replace files that are there.

    Returns:
        `data.files`: one entry a file with its unit, period, form, status and counts of findings;
        `data.untested`: how often each rule could not be tested for want of a figure;
        `data.rule_sets`: the version of the rules by period;
        `data.standing`: from which communes nothing has come in, if unit and period are known;
        `data.annotated`, if copies were asked for: each file's copy (None where it has no finding
        or the copy could not be written) and how many cells are marked.

    Raises:
        UsageError: The page is there already, is no .html, is an input, or cannot be written.
    """
    if html is not None:
        _check_place(html, (reading, earlier), force)
    batch = load_batch(reading)
    lang = reading.request.lang
    previous = load_batch(earlier) if earlier else None
    checked = check(batch, lang, reading.request.rulebook, previous)
    standing = standing_of(batch, reading.request)
    data: dict[str, Any] = {
        "files": file_rows(batch, checked.findings),
        "untested": checked.untested,
        "rule_sets": checked.versions,
        "standing": standing.as_dict() if standing else None,
    }
    errors = input_errors(batch, lang) + (input_errors(previous, lang) if previous else ())
    if annotate_dir is not None:
        from ctk.commands.annotate import hand_back  # noqa: PLC0415  (opens and patches workbooks)

        sources = (*reading.inputs.files, *(earlier.inputs.files if earlier else ()))
        copies = hand_back(
            batch, checked.findings, reading.request, annotate_dir, sources=sources, force=force
        )
        data |= {"annotated": copies.rows, "annotated_in": str(annotate_dir)}
        errors += copies.errors
    said = run_notes(batch, checked, lang)
    if html is not None:
        _write_page(html, reading, batch, checked, data, force=force)
        said += (message("cli.notes.page", lang, path=html),)
    return Result("validate", data, "findings", checked.findings, errors, said, FINDING_COLUMNS)


def _check_place(page: Path, readings: Iterable[Reading | None], force: bool) -> None:
    """Refuse to write a page over a commune's file, whatever was asked for."""
    if page.suffix.lower() not in (".html", ".htm"):
        raise UsageError("not_html", path=page)
    refuse_existing(page, force)
    files = (Path(file) for reading in readings if reading for file in reading.inputs.files)
    if page.exists() and any(file.exists() and page.samefile(file) for file in files):
        raise UsageError("page_is_input", path=page)


def _write_page(
    path: Path,
    reading: Reading,
    batch: Batch,
    checked: Checked,
    data: dict[str, Any],
    *,
    force: bool,
) -> None:
    # Templates and the report's libraries load only where a page is asked for.
    from ctk.report.findings_page import PageSource, write_page  # noqa: PLC0415

    request = reading.request
    source = PageSource(
        files=data["files"],
        findings=checked.findings,
        names={s.file: s.unit.full_name for s in batch.submissions if s.unit},
        sheets={s.file: s.sheets for s in batch.submissions},
        standing=data["standing"],
        rule_sets=checked.versions,
        tested=checked.tested,
        untested=checked.untested,
        made=datetime.now().astimezone(),
        version=version("ctk-circular13"),
        office=request.settings.office,
        lang=request.lang,
    )
    write_page(path, source, force=force)


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
