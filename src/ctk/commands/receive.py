"""`ctk receive`: check files and record them in the ledger, for good."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.commands.earlier import earlier_of
from ctk.commands.loading import Reading, input_errors, load_batch, run_notes
from ctk.errors import LedgerError, UnreadableError
from ctk.forms.statements import grade
from ctk.ledger.events import Event, EventKind
from ctk.ledger.figures import stored_figures
from ctk.ledger.standing import closed_periods
from ctk.messages import message
from ctk.model import InputError, Result, Severity
from ctk.validate.check import check
from ctk.workbook.opening import read_bytes

if TYPE_CHECKING:
    import pandas as pd

    from ctk.frame import Batch, Submission
    from ctk.ledger.ledger import Ledger
    from ctk.model import Finding
    from ctk.validate.check import Checked

IDENTITIES = "V107"
COLUMNS = ("file", "outcome", "unit", "period", "form", "errors", "warnings", "sha256",
           "submission", "replaces")  # fmt: skip
COMMUNE = "commune"


@dataclass(slots=True)
class _Run:
    """What one run of the command has to go by, and what came of it."""

    batch: Batch
    checked: Checked
    ledger: Ledger
    lang: str
    reason: str
    keep_identities: bool
    rows: list[dict[str, Any]] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)


def run(
    reading: Reading, ledger: Ledger, *, reason: str = "", keep_identities: bool = False
) -> Result:
    """Check the files of a request and record each in the ledger.

    A file with errors is recorded too, so that it is not lost, but counts for nothing unless it is
    accepted with a reason. The same file again changes nothing; a later one of the same commune and
    period replaces the earlier.

    Args:
        reading: The files.
        ledger: Where to record them.
        reason: Why files with errors are accepted; empty: they are not.
        keep_identities: Whether a file is kept that seems to name children.

    Returns:
        `data.files`: one entry a file with its `outcome`: accepted, refused, unchanged, unknown
        (no unit or period), identities, closed or unreadable.

    Raises:
        LedgerError: The ledger is busy, damaged or cannot be written; what was recorded before
            stays, and repeating the command completes it.
    """
    batch = load_batch(reading)
    lang = reading.request.lang
    request = reading.request
    previous = earlier_of(ledger, batch)
    checked = check(batch, lang, request.rulebook, previous, request.settings.weights)
    state = _Run(batch, checked, ledger, lang, reason, keep_identities)
    with ledger.locked():
        with ledger.index() as index:
            earlier, closed = index.submissions(), closed_periods(index)
        for place, submission in enumerate(batch.submissions):
            _record(state, place, submission, earlier, closed)
        with ledger.index():  # takes in what was just recorded
            pass
    state.rows += [_row(state, None, file, "unreadable") for file, _ in batch.unreadable]
    errors = input_errors(batch, lang) + tuple(state.errors)
    notes = (*run_notes(batch, checked, lang), *_notes(state))
    findings = checked.findings
    return Result("receive", {"files": state.rows}, "files", findings, errors, notes, COLUMNS)


def _record(
    state: _Run, place: int, of: Submission, earlier: pd.DataFrame, closed: set[str]
) -> None:
    findings = [found for found in state.checked.findings if found.file == of.file]
    if of.unit is None or of.period is None:
        outcome, id_, replaced = "unknown", None, None
    elif str(of.period) in closed:
        outcome, id_, replaced = "closed", None, None
    elif not state.keep_identities and any(found.rule == IDENTITIES for found in findings):
        outcome, id_, replaced = "identities", None, None
    else:
        try:
            outcome, id_, replaced = _take(state, place, of, findings, earlier)
        except UnreadableError as error:
            told = error.title(state.lang), error.hint(state.lang)
            state.errors.append(InputError(of.file, error.code, *told))
            outcome, id_, replaced = "unreadable", None, None
    row = _row(state, of, of.file, outcome)
    state.rows.append(row | {"submission": id_, "replaces": replaced})


def _take(
    state: _Run, place: int, of: Submission, findings: list[Finding], earlier: pd.DataFrame
) -> tuple[str, str | None, str | None]:
    """Keep the file and say what became of it: outcome, its id, the id of what it replaces."""
    same = earlier[(earlier["unit"] == of.unit.code) & (earlier["period"] == str(of.period))]  # type: ignore[union-attr]
    same = same[~same["withdrawn"] & (same["reporter"] == COMMUNE)]
    twin = same[same["sha256"] == of.sha256]
    errors = any(found.severity is Severity.ERROR for found in findings)
    accepted = not errors or bool(state.reason)
    if len(twin):
        return _again(state, twin.iloc[-1], of, findings, accepted=accepted)
    content = read_bytes(Path(of.file))
    if hashlib.sha256(content).hexdigest() != of.sha256:
        raise UnreadableError("changed_meanwhile")
    archive = state.ledger.archive
    archive.add_file(content)
    data = _data(state, place, of, findings, accepted=accepted, errors=errors)
    id_ = archive.add_event(Event(EventKind.RECEIVED, datetime.now(UTC), data))
    taken = same[same["taken"] & (same["grade"] == grade(of.status))]
    replaced = str(taken["id"].iloc[-1]) if accepted and len(taken) else None
    return ("accepted" if accepted else "refused"), id_, replaced


def _again(
    state: _Run, twin: pd.Series, of: Submission, findings: list[Finding], *, accepted: bool
) -> tuple[str, str, None]:
    """The same file once more: nothing changes, but what was refused may be accepted now.

    There is a reason now, or what it contradicted is gone: then what is found now holds.
    """
    id_ = str(twin["id"])
    if twin["taken"] or not accepted:
        return "unchanged", id_, None
    data = {"target": id_, "why": state.reason, **_found(state, of, findings)}
    state.ledger.archive.add_event(Event(EventKind.ACCEPTED, datetime.now(UTC), data))
    return "accepted", id_, None


def _data(
    state: _Run,
    place: int,
    of: Submission,
    findings: list[Finding],
    *,
    accepted: bool,
    errors: bool,
) -> dict[str, Any]:
    figures = stored_figures(state.batch, place)
    return {
        "sha256": of.sha256,
        "file": Path(of.file).name,
        "unit": of.unit.code if of.unit else "",
        "period": str(of.period),
        "reporter": COMMUNE,
        "form": of.form,
        "sheets": list(of.sheets),
        "cut_off": of.cut_off,
        "kind": of.kind,
        "status": of.status,
        "accepted": accepted,
        "reason": state.reason if errors and accepted else "",
        "cells": len(figures["element"]),
        "figures": figures,
        **_found(state, of, findings),
    }


def _found(state: _Run, of: Submission, findings: list[Finding]) -> dict[str, Any]:
    """What the checks said, and by which rules."""
    counts = Counter(found.severity for found in findings)
    return {
        "rules": state.checked.versions.get(str(of.period), ""),
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "findings": [_plain(found) for found in findings],
    }


def _plain(found: Finding) -> dict[str, Any]:
    """A finding without the path of the machine that it was found on."""
    row = found.as_dict()
    row["file"] = Path(found.file).name if found.file else None
    return row


def _row(state: _Run, of: Submission | None, file: str, outcome: str) -> dict[str, Any]:
    counts = Counter(f.severity for f in state.checked.findings if f.file == file)
    return {
        "file": file,
        "outcome": outcome,
        "unit": of.unit.code if of and of.unit else None,
        "period": str(of.period) if of and of.period else None,
        "form": of.form if of else None,
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "sha256": of.sha256 if of else None,
        "submission": None,
        "replaces": None,
    }


def _notes(state: _Run) -> list[str]:
    counts = Counter(row["outcome"] for row in state.rows)
    return [
        message(f"ledger.outcome_note.{outcome}", state.lang, count=count)
        for outcome, count in sorted(counts.items())
        if outcome in ("refused", "identities", "closed", "unknown")
    ]


__all__ = ["COLUMNS", "LedgerError", "run"]
