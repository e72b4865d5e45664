"""What stands: which periods are closed, which warnings a person confirmed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ctk.ledger.index import Index


def closed_periods(index: Index) -> set[str]:
    """The periods that take no more submissions: closed, and not opened again since."""
    closed: set[str] = set()
    for kind, detail in _details(index, ("closed", "reopened")):
        change = closed.add if kind == "closed" else closed.discard
        change(detail["period"])
    return closed


def confirmations(index: Index) -> list[dict[str, Any]]:
    """What was confirmed: unit, period, rule, sheet and cell, by whom, when, why."""
    return [detail for _, detail in _details(index, ("confirmed",))]


def _details(index: Index, kinds: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
    rows = index.marks(kinds)
    return [
        (kind, json.loads(text)) for kind, text in zip(rows["kind"], rows["detail"], strict=True)
    ]
