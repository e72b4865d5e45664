"""Warnings that somebody confirmed: right although they look wrong, while the figures stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ctk.ledger.standing import confirmations
from ctk.workbook.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from ctk.ledger.index import Index

FINGERPRINT = ("rule", "element", "dimension", "values")
"""What is kept of a confirmed warning: not its words, which may quote a cell."""

_PLACE = ("sheet", "cell", "element", "dimension", "message")


def marked_findings(index: Index, submission: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The findings of a submission, each with `values`: what stands in the cells that it names.

    A finding about a whole file has the hash of the file instead.
    """
    figures = index.figures([submission["id"]])
    sheets = list(submission["sheets"])
    cells = {
        (sheets[sheet], a1(row, col)): None if value != value else value
        for sheet, row, col, value in zip(
            figures["sheet"], figures["row"], figures["col"], figures["value"], strict=True
        )
    }
    found = [json.loads(text) for text in index.findings(submission["id"])]
    for each in found:
        values = [cells.get((each["sheet"], cell)) for cell in each["cells"]]
        each["values"] = values or [submission["sha256"]]
    return found


def holding(index: Index, current: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Confirmations of warnings that the current submissions still have, with the same figures."""
    told = confirmations(index)
    if not told:
        return
    units = {(each["unit"], each["period"]) for each in told}
    for submission in current.to_dict("records"):
        key = submission["unit"], submission["period"]
        if key not in units:
            continue
        marked = marked_findings(index, {str(k): v for k, v in submission.items()})
        open_ = {fingerprint(found): found for found in marked}
        for each in told:
            if (each["unit"], each["period"]) == key:
                for confirmed in each["findings"]:
                    found = open_.get(fingerprint(confirmed))
                    if found is not None:
                        yield _shown(each, found)


def fingerprint(found: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes a warning the same one: rule, figure and values; rows and columns may move."""
    return found["rule"], found["element"], found["dimension"], tuple(found["values"])


def _shown(event: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    named = {key: event[key] for key in ("unit", "period", "rule", "why", "by", "at")}
    return named | {key: found[key] for key in _PLACE}
