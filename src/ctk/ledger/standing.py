"""What stands: which periods are closed, which warnings a person confirmed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ctk.regimes.tracking import HERE

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from ctk.ledger.index import Index


def closed_periods(index: Index) -> set[str]:
    """The periods that take no more submissions: closed, and not opened again since."""
    closed: set[str] = set()
    for kind, _, detail in _details(index, ("closed", "reopened")):
        change = closed.add if kind == "closed" else closed.discard
        change(detail["period"])
    return closed


def confirmations(index: Index) -> list[dict[str, Any]]:
    """What was confirmed: unit, period, rule and the findings; by whom, when (`at`), why."""
    return [detail | {"at": at} for _, at, detail in _details(index, ("confirmed",))]


def moment_text(moment: pd.Timestamp) -> str:
    """A time of the index, which is universal time, as clocks in Vietnam show it, anywhere."""
    local: datetime = moment.tz_localize("UTC").to_pydatetime().astimezone(HERE)
    return local.isoformat(timespec="seconds")


def _details(index: Index, kinds: tuple[str, ...]) -> list[tuple[str, str, dict[str, Any]]]:
    rows = index.marks(kinds)
    moments = [moment_text(moment) for moment in rows["moment"]]
    details = [json.loads(text) for text in rows["detail"]]
    return list(zip(rows["kind"], moments, details, strict=True))
