"""`ctk receive`: check files and record them in the ledger, for good."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.commands.earlier import compared_note, earlier_of
from ctk.commands.loading import Reading, input_errors, load_batch, run_notes
from ctk.errors import UnreadableError
from ctk.forms.statements import grade
from ctk.intake.version import reading_version
from ctk.ledger.archive import file_hash
from ctk.ledger.commit import Commit
from ctk.ledger.events import EventKind
from ctk.ledger.figures import stored_figures
from ctk.ledger.standing import closed_periods
from ctk.ledger.twins import Twin, Twins
from ctk.messages import message
from ctk.model import InputError, Result, Severity
from ctk.regimes.loader import chosen_regime
from ctk.regimes.reporters import parse_reporter, reporter_name
from ctk.regimes.types import UNIT_REPORTER
from ctk.validate.check import check
from ctk.workbook.opening import read_bytes

if TYPE_CHECKING:
    from ctk.frame import Batch, Submission
    from ctk.ledger.index import Index
    from ctk.ledger.ledger import Ledger
    from ctk.model import Finding
    from ctk.validate.check import Checked

IDENTITIES = "V107"
CONTRADICTING = "V601"
_KEPT = {"accepted", "unchanged"}
COLUMNS = ("file", "outcome", "unit", "period", "form", "errors", "warnings", "sha256",
           "submission", "replaces", "reporter")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Before:
    """What the ledger held before this run."""

    twins: Twins
    closed: set[str]
    purged: set[str]


@dataclass(slots=True)
class _Run:
    """What one run of the command has to go by, and what came of it."""

    batch: Batch
    checked: Checked
    commit: Commit
    lang: str
    reason: str
    keep_identities: bool
    reading: str
    reporter: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)
    found: dict[str | None, list[Finding]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the findings by file, once."""
        for finding in self.checked.findings:
            self.found.setdefault(finding.file, []).append(finding)


def run(
    reading: Reading,
    ledger: Ledger,
    *,
    reason: str = "",
    keep_identities: bool = False,
    reporter: str = UNIT_REPORTER,
) -> Result:
    """Check the files of a request and record each in the ledger.

    A file with errors is recorded too, so that it is not lost, but counts for nothing unless it is
    accepted with a reason. The same file again changes nothing; a later one of the same commune,
    period and reporter replaces the earlier.

    Args:
        reading: The files.
        ledger: Where to record them.
        reason: Why files with errors are accepted; empty: they are not.
        keep_identities: Whether a file is kept that seems to name children.
        reporter: Who sends the files: the unit itself or an agency of it, see `reporter_kinds`.

    Returns:
        `data.files`: one entry a file with its `outcome`: accepted, refused, unchanged, unknown
        (no unit or period), identities, closed, purged or unreadable.

    Raises:
        UsageError: There is no such reporter.
        LedgerError: The ledger is busy, damaged or cannot be written; what was recorded before
            stays, and repeating the command completes it.
    """
    request, lang = reading.request, reading.request.lang
    reporter = parse_reporter(reporter, chosen_regime(request.settings.regime))
    batch = load_batch(reading)
    previous = earlier_of(ledger, batch, reporter)
    checked = check(batch, lang, request.rulebook, previous, request.settings.weights)
    version = reading_version(request.age_groups, request.own_forms)
    how = (reason, keep_identities, version, reporter)
    with ledger.locked():
        with ledger.index() as index:
            before = _before(index, batch)
        checked = _but_for_known(checked, batch, before.twins, reporter)
        state = _Run(batch, checked, Commit(ledger.archive), lang, *how)
        # What another file replaces is received first, so that the other one counts.
        order = sorted(range(len(batch.submissions)), key=lambda i: i not in batch.superseded)
        for place in order:
            _record(state, place, batch.submissions[place], before)
        state.commit.finish()
        with ledger.index():  # takes in what was just recorded
            pass
    state.rows += [_row(state, None, file, "unreadable") for file, _ in batch.unreadable]
    errors = input_errors(batch, lang) + tuple(state.errors)
    notes = (*run_notes(batch, checked, lang), *compared_note(previous, lang), *_notes(state))
    findings = checked.findings
    wrong = any(row["outcome"] not in _KEPT for row in state.rows)
    data = {"files": state.rows}
    return Result("receive", data, "files", findings, errors, notes, COLUMNS, wrong)


def _but_for_known(checked: Checked, batch: Batch, twins: Twins, reporter: str) -> Checked:
    """A file that counts already contradicts no correction beside it: the later one replaces it."""
    new: dict[tuple[str | None, str | None], set[str]] = {}
    for of in batch.submissions:
        if of.unit is not None and of.period is not None:
            where = (of.unit.code, str(of.period))
            twin = twins.of_file((*where, reporter), of.sha256)
            if twin is None or not twin.taken:
                new.setdefault(where, set()).add(of.sha256)
    kept = tuple(
        found
        for found in checked.findings
        if found.rule != CONTRADICTING or len(new.get((found.unit, found.period), ())) > 1
    )
    return replace(checked, findings=kept)


def _before(index: Index, batch: Batch) -> _Before:
    periods = sorted({str(of.period) for of in batch.submissions if of.period is not None})
    return _Before(Twins(index.twins(periods)), closed_periods(index), index.purged())


def _record(state: _Run, place: int, of: Submission, before: _Before) -> None:
    id_, replaced = None, None
    outcome = _refusal(state, of, before)
    if outcome is None:
        try:
            outcome, id_, replaced = _take(state, place, of, before.twins)
        except UnreadableError as error:
            told = error.title(state.lang), error.hint(state.lang)
            state.errors.append(InputError(of.file, error.code, *told))
            outcome = "unreadable"
    row = _row(state, of, of.file, outcome)
    state.rows.append(row | {"submission": id_, "replaces": replaced})


def _refusal(state: _Run, of: Submission, before: _Before) -> str | None:
    """Why a file is not kept; None if it is."""
    if of.unit is None or of.period is None:
        return "unknown"
    if of.sha256 in before.purged:
        return "purged"
    twin = before.twins.of_file(_where(state, of), of.sha256)
    if twin is not None and twin.taken:  # the same file again changes nothing
        return None
    if str(of.period) in before.closed:
        return "closed"
    named = any(found.rule == IDENTITIES for found in state.found.get(of.file, ()))
    return "identities" if named and not state.keep_identities else None


def _where(state: _Run, of: Submission) -> tuple[str, str, str]:
    return of.unit.code if of.unit else "", str(of.period), state.reporter


def _take(state: _Run, place: int, of: Submission, twins: Twins) -> tuple[str, str, str | None]:
    """Keep the file and say what became of it: outcome, its id, the id of what it replaces."""
    where = _where(state, of)
    errors = any(found.severity is Severity.ERROR for found in state.found.get(of.file, ()))
    accepted = not errors or bool(state.reason)
    twin = twins.of_file(where, of.sha256)
    if twin is not None:
        return _again(state, twin, of, twins, accepted=accepted)
    content = read_bytes(Path(of.file))
    if file_hash(content) != of.sha256:
        raise UnreadableError("changed_meanwhile")
    replaced = twins.in_force(where, grade(of.status)) if accepted else None
    data = _data(state, place, of, accepted=accepted, errors=errors)
    id_ = state.commit.receive(content, data)
    twins.add(Twin(id_, where, of.sha256, grade(of.status), accepted))
    return ("accepted" if accepted else "refused"), id_, (replaced.id if replaced else None)


def _again(
    state: _Run, twin: Twin, of: Submission, twins: Twins, *, accepted: bool
) -> tuple[str, str, str | None]:
    """The same file once more: nothing changes, but what was refused may be accepted now.

    There is a reason now, or what it contradicted is gone: then what is found now holds.
    """
    if twin.taken or not accepted:
        return "unchanged", twin.id, None
    data = {"target": twin.id, "why": state.reason, "sha256": of.sha256, **_found(state, of)}
    state.commit.record(EventKind.ACCEPTED, data)
    replaced = twins.in_force(twin.place, twin.grade)
    twins.accept(twin)
    return "accepted", twin.id, (replaced.id if replaced else None)


def _data(
    state: _Run,
    place: int,
    of: Submission,
    *,
    accepted: bool,
    errors: bool,
) -> dict[str, Any]:
    figures = stored_figures(state.batch, place)
    return {
        "sha256": of.sha256,
        "file": Path(of.file).name,
        "reading": state.reading,
        "unit": of.unit.code if of.unit else "",
        "period": str(of.period),
        "reporter": state.reporter,
        "form": of.form,
        "sheets": list(of.sheets),
        "cut_off": of.cut_off,
        "kind": of.kind,
        "status": of.status,
        "accepted": accepted,
        "reason": state.reason if errors and accepted else "",
        "cells": len(figures["element"]),
        "figures": figures,
        **_found(state, of),
    }


def _found(state: _Run, of: Submission) -> dict[str, Any]:
    """What the checks said, and by which rules."""
    findings = state.found.get(of.file, [])
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
    counts = Counter(found.severity for found in state.found.get(file, ()))
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
        "reporter": state.reporter,
    }


def _notes(state: _Run) -> list[str]:
    said = []
    if state.reporter != UNIT_REPORTER:
        name = reporter_name(state.reporter, state.lang)
        said.append(message("ledger.notes.received_from", state.lang, reporter=name))
    counts = Counter(row["outcome"] for row in state.rows)
    return said + [
        message(f"ledger.outcome_note.{outcome}", state.lang, count=count)
        for outcome, count in sorted(counts.items())
        if outcome in ("refused", "identities", "closed", "purged", "unknown")
    ]
