"""Which agency is in charge of children at a level on a day, and who receives its reports."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ctk.model import Level


class InCharge(NamedTuple):
    """Names as they stand on a report; empty where the facts are not sure."""

    agency: str = ""
    receiver: str = ""


def in_charge(level: Level, at: date) -> InCharge:
    """The agency in charge and its receiver; both changed on 1 March and 1 July 2025."""
    day = at.isoformat()
    for row in _table():
        starts = not row["first_day"] or row["first_day"] <= day
        ends = row["last_day"] and row["last_day"] < day
        if row["level"] == level.value and starts and not ends:
            return InCharge(row["agency"], row["receiver"])
    return InCharge()


@cache
def _table() -> list[dict[str, str]]:
    text = files(__package__).joinpath("agencies.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
