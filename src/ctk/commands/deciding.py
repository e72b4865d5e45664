"""What people decide about submissions: withdraw, close, reopen, confirm; recorded for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.errors import UsageError
from ctk.ledger.commit import Commit
from ctk.ledger.confirming import FINGERPRINT, marked_findings
from ctk.ledger.events import Event, EventKind
from ctk.ledger.receipts import all_receipts, find_receipt
from ctk.ledger.standing import closed_periods
from ctk.model import Result, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.commands.loading import Request
    from ctk.ledger.index import Index
    from ctk.ledger.ledger import Ledger
    from ctk.periods import Period

_SHOWN = 12


def withdraw(ledger: Ledger, text: str, why: str) -> Result:
    """Take a submission out of the totals; it stays readable.

    Args:
        ledger: The ledger.
        text: The receipt, see `find_receipt`.
        why: The reason.

    Raises:
        UsageError: No reason, no such receipt, it is withdrawn already, or its period is closed.
    """
    _need(why)
    with ledger.locked():
        with ledger.index() as index:
            receipt = find_receipt(all_receipts(index), text)
            closed = closed_periods(index)
        if receipt.state == "withdrawn":
            raise UsageError("withdrawn_already", receipt=receipt.short_id, why=receipt.reason)
        if receipt.row["period"] in closed:
            raise UsageError("period_closed", period=receipt.row["period"])
        _record(ledger, EventKind.WITHDRAWN, {"target": receipt.id, "why": why.strip()})
        with ledger.index() as index:
            receipt = find_receipt(all_receipts(index), receipt.id)
    return Result("withdraw", {"receipts": [receipt.as_dict()]}, "receipts")


def close(ledger: Ledger, period: Period, why: str) -> Result:
    """Let a period take no more submissions; one that is closed stays so."""
    return _turn(ledger, period, why, EventKind.CLOSED)


def reopen(ledger: Ledger, period: Period, why: str) -> Result:
    """Let a closed period take submissions again.

    Raises:
        UsageError: No reason is given.
    """
    _need(why)
    return _turn(ledger, period, why, EventKind.REOPENED)


def _turn(ledger: Ledger, period: Period, why: str, kind: EventKind) -> Result:
    with ledger.locked():
        with ledger.index() as index:
            was_closed = str(period) in closed_periods(index)
        changed = was_closed == (kind is EventKind.REOPENED)
        if changed:
            _record(ledger, kind, {"period": str(period), "why": why.strip()})
            with ledger.index():
                pass
    state = "closed" if kind is EventKind.CLOSED else "open"
    row = {"period": str(period), "state": state, "changed": changed, "why": why.strip()}
    command = "close" if kind is EventKind.CLOSED else "reopen"
    return Result(command, {"periods": [row]}, "periods")


def confirm(
    request: Request,
    ledger: Ledger,
    unit: str,
    rule: str,
    why: str,
    *,
    sheet: str | None = None,
    cell: str | None = None,
    by: str = "",
) -> Result:
    """Record that warnings are right although they look wrong.

    It holds as long as the figures that the warning is about stay as they are.

    Args:
        request: The period.
        ledger: The ledger.
        unit: Code of the commune.
        rule: Id of the rule.
        why: The reason.
        sheet: Only in this sheet.
        cell: Only at this cell.
        by: Who confirms it.

    Raises:
        UsageError: No reason, no period, nothing to confirm, or it is an error.
    """
    _need(why)
    period = request.parsed_period
    if period is None:
        raise UsageError("report_needs_period")
    place = (rule.strip().upper(), sheet, cell.strip().upper() if cell else None)
    with ledger.locked():
        with ledger.index() as index:
            found = _to_confirm(index, unit, str(period), place)
        named = {"unit": unit, "period": str(period), "rule": place[0]}
        named |= {"why": why.strip(), "by": by.strip()}
        kept = [{key: each[key] for key in FINGERPRINT} for each in found]
        _record(ledger, EventKind.CONFIRMED, named | {"findings": kept})
        with ledger.index():
            pass
    shown = ("sheet", "cell", "element", "dimension", "message")
    rows = [named | {key: each[key] for key in shown} for each in found]
    return Result("confirm", {"confirmed": rows}, "confirmed")


def _to_confirm(
    index: Index, unit: str, period: str, place: tuple[str, str | None, str | None]
) -> list[dict[str, Any]]:
    current = index.current([period], [unit]).to_dict("records")
    if not current:
        raise UsageError("nothing_received", unit=unit, period=period)
    marked = [
        found
        for row in current
        for found in marked_findings(index, {str(key): value for key, value in row.items()})
    ]
    at = [found for found in marked if _is_at(found, place)]
    warnings = [found for found in at if found["severity"] == Severity.WARNING]
    if warnings:
        return warnings
    if at:
        raise UsageError("only_warnings", rule=place[0], severity=at[0]["severity"])
    known = _listed([found for found in marked if found["severity"] == Severity.WARNING])
    raise UsageError("no_such_warning", rule=place[0], unit=unit, period=period, known=known)


def _is_at(found: dict[str, Any], place: tuple[str, str | None, str | None]) -> bool:
    rule, sheet, cell = place
    fits = found["rule"] == rule and sheet in (None, found["sheet"])
    return fits and (cell is None or cell == found["cell"] or cell in found["cells"])


def _listed(found: Sequence[dict[str, Any]]) -> str:
    told = [f"{f['rule']} {f['sheet'] or ''}!{f['cell'] or ''}".strip(" !") for f in found]
    return "; ".join(told[:_SHOWN]) + (", …" if len(told) > _SHOWN else "") if told else "–"


def _need(why: str) -> None:
    if not why.strip():
        raise UsageError("why_needed")


def _record(ledger: Ledger, kind: EventKind, data: dict[str, Any]) -> None:
    commit = Commit(ledger.archive)
    commit.add_event(Event(kind, commit.now(), data))
    commit.finish()
