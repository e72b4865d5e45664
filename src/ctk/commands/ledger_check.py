"""`ctk ledger check`: whether everything received is still there, unchanged and readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.errors import UnreadableError
from ctk.intake.batch import build_batch
from ctk.intake.paths import Inputs
from ctk.intake.pool import FileReader
from ctk.intake.version import reading_version
from ctk.ledger.checking import Problem, Survey, index_problems, survey
from ctk.ledger.figures import stored_figures
from ctk.ledger.texts import join_texts
from ctk.messages import message
from ctk.model import Result, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctk.commands.loading import Request
    from ctk.frame import Batch
    from ctk.ledger.archive import Archive
    from ctk.ledger.events import Event
    from ctk.ledger.ledger import Ledger

COLUMNS = ("severity", "kind", "what", "unit", "period", "file", "message")
_LOT = 200
_LOCKED = {"encrypted", "wrong_password", "encrypted_ods", "encryption_unknown"}


def check(request: Request, ledger: Ledger) -> Result:
    """Check the archive, read every file again, and compare the index.

    Args:
        request: Language, passwords and the office's settings.
        ledger: The ledger; nothing in it is changed.

    Returns:
        `data.problems`: what is wrong or noteworthy; `data.checked`: how much was looked at.

    Raises:
        LedgerError: The ledger is busy, or a later ctk made it.
    """
    if ledger.is_empty():
        return _result(request, Survey(), [], 0)
    tell = request.progress or (lambda _done, _total: None)
    with ledger.locked():
        seen = survey(ledger.archive, tell)
        broken = any(problem.kind == "event_damaged" for problem in seen.problems)
        problems = [*seen.problems, *([] if broken else index_problems(ledger))]
        problems += _read_again(request, ledger.archive, seen)
    return _result(request, seen, problems, len(seen.received))


def _read_again(request: Request, archive: Archive, seen: Survey) -> Iterator[Problem]:
    errors = (problem.what for problem in seen.problems if problem.severity is Severity.ERROR)
    bad = {what.partition(".")[0] for what in errors} | seen.purged
    sound = {id_: event for id_, event in seen.received.items() if event.data["sha256"] not in bad}
    hashes = sorted({event.data["sha256"] for event in sound.values()})
    by_hash: dict[str, list[tuple[str, Event]]] = {}
    for id_, event in sound.items():
        by_hash.setdefault(event.data["sha256"], []).append((id_, event))
    for some in (hashes[i : i + _LOT] for i in range(0, len(hashes), _LOT)):
        batch = _batch(request, [str(archive.file_path(sha256)) for sha256 in some])
        for of, error in batch.unreadable:
            yield from _not_read(request, error, by_hash[of[-64:]])
        for place, submission in enumerate(batch.submissions):
            figures = stored_figures(batch, place)
            for id_, event in by_hash[submission.sha256]:
                yield from _compared(request, archive, id_, event, figures)


def _batch(request: Request, paths: list[str]) -> Batch:
    known = (request.age_groups, request.passwords, request.own_forms)
    with FileReader(paths, *known) as reader:
        extracts = list(reader.extracts(lambda _done: None))
    inputs = Inputs(tuple(paths), (), ())
    return build_batch(extracts, inputs, expected=None, scope=None, today=request.today,
                       age_groups=request.age_groups, own=request.own_forms)  # fmt: skip


def _not_read(
    request: Request, error: UnreadableError, receipts: list[tuple[str, Event]]
) -> Iterator[Problem]:
    for id_, event in receipts:
        if error.code in _LOCKED:
            yield Problem("not_read_again", id_)
        elif event.data["reading"] == reading_version(request.age_groups, request.own_forms):
            yield Problem("unreadable", id_)
        else:
            yield Problem("reading_changed", id_)


def _compared(
    request: Request, archive: Archive, id_: str, event: Event, figures: dict[str, list[Any]]
) -> Iterator[Problem]:
    """The same program must read the same; another one may have learnt to read better."""
    digest = event.data["texts"]
    texts = archive.read_texts(event.data["sha256"], digest) if digest else None
    recorded, _ = join_texts(event.data, texts)
    if recorded != figures:
        same = event.data["reading"] == reading_version(request.age_groups, request.own_forms)
        yield Problem("figures_differ" if same else "reading_changed", id_)


def _result(request: Request, seen: Survey, problems: list[Problem], count: int) -> Result:
    rows = [_row(request.lang, seen, problem) for problem in problems]
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    key = "ledger.checked.wrong" if wrong else "ledger.checked.sound"
    note = message(key, request.lang, events=len(seen.events), receipts=count)
    data = {"problems": rows, "checked": {"events": len(seen.events), "receipts": count}}
    return Result("ledger check", data, "problems", notes=(note,), columns=COLUMNS, wrong=wrong)


def _row(lang: str, seen: Survey, problem: Problem) -> dict[str, Any]:
    event = seen.events.get(problem.what) or _receipt_of(seen, problem.what)
    data = event.data if event else {}
    return {
        "severity": problem.severity.value,
        "kind": problem.kind,
        "what": problem.what,
        "unit": data.get("unit"),
        "period": data.get("period"),
        "file": data.get("file"),
        "message": message(f"ledger.problem.{problem.kind}", lang),
    }


def _receipt_of(seen: Survey, what: str) -> Event | None:
    of = what.partition(".")[0]
    return next((e for e in seen.received.values() if e.data["sha256"] == of), None)
