"""Receipts: every submission that ever came in, what became of it, and how a person names it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ctk.errors import UsageError
from ctk.ledger.standing import moment_text
from ctk.regimes.types import UNIT_REPORTER

if TYPE_CHECKING:
    from ctk.ledger.index import Index

_SHOWN = 10
_LEAST = 4
_KEPT = (
    "id", "sha256", "file", "unit", "period", "reporter", "form", "cut_off", "kind", "status",
    "rules", "errors", "warnings", "cells",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Receipt:
    """One submission.

    Args:
        row: What the index holds of it.
        state: `accepted` (it counts), `replaced` (it did), `refused` or `withdrawn`.
        reason: Why it was accepted with errors, or why it was withdrawn.
    """

    row: dict[str, Any]
    state: str
    reason: str

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.row["id"])

    @property
    def short_id(self) -> str:
        """The part of the id that is quick to type."""
        return self.id.rpartition("-")[2][:8]

    def as_dict(self) -> dict[str, Any]:
        """Give the keys of the JSON contract."""
        kept = {name: self.row[name] for name in _KEPT}
        first = {"id": kept.pop("id"), "time": moment_text(self.row["moment"])}
        return first | {"state": self.state} | kept | {"reason": self.reason}


def all_receipts(index: Index, period: str | None = None) -> list[Receipt]:
    """All receipts, the earliest first."""
    current = {
        id_
        for status in ("preliminary", "official")
        for id_ in index.current(status=status)["id"].tolist()
    }
    reasons = _reasons(index)
    rows = index.submissions(period=period).to_dict("records")
    return [_receipt({str(k): v for k, v in row.items()}, current, reasons) for row in rows]


def _receipt(row: dict[str, Any], current: set[str], reasons: dict[str, str]) -> Receipt:
    if row["withdrawn"]:
        state = "withdrawn"
    elif not row["taken"]:
        state = "refused"
    else:
        state = "accepted" if row["id"] in current else "replaced"
    return Receipt(row, state, reasons.get(row["id"], row["reason"]))


def _reasons(index: Index) -> dict[str, str]:
    marks = index.marks(("accepted", "withdrawn"))
    whys = (json.loads(detail).get("why", "") for detail in marks["detail"])
    return dict(zip(marks["target"], whys, strict=True))


def find_receipt(receipts: list[Receipt], text: str) -> Receipt:
    """Find the receipt that a person means: by the start of its id, of the id's end or of the hash.

    Raises:
        UsageError: `unknown_receipt` or `ambiguous_receipt` with the candidates.
    """
    wanted = text.strip().lower()
    found = [each for each in receipts if _meant(each, wanted)]
    exact = [each for each in found if each.id.lower() == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    candidates = "; ".join(_named(each) for each in (found or receipts)[-_SHOWN:])
    if found:
        raise UsageError("ambiguous_receipt", text=text, known=candidates)
    raise UsageError("unknown_receipt", text=text, known=candidates or "–")


def _meant(receipt: Receipt, wanted: str) -> bool:
    if len(wanted) < _LEAST:
        return False
    names = (receipt.id, receipt.id.rpartition("-")[2], str(receipt.row["sha256"]))
    return any(name.lower().startswith(wanted) for name in names)


def _named(receipt: Receipt) -> str:
    row = receipt.row
    by = "" if row["reporter"] == UNIT_REPORTER else f" {row['reporter']}"
    return f"{receipt.short_id} ({row['unit']}{by} {row['period']}, {row['file']})"
