"""The things ctk talks about, as frozen dataclasses; standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple

from ctk.errors import ExitCode


class Level(StrEnum):
    """Levels of the tree of administrative units."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"


class Severity(StrEnum):
    """How bad a finding is; only errors change the exit code."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Absence(IntEnum):
    """Why a cell holds no figure (design: one vocabulary of absence, from the cell to the report).

    `PRESENT` and `NOTHING_OCCURRED` have a value; the others have none.
    """

    PRESENT = 0
    NOTHING_OCCURRED = 1
    BLANK = 2
    NOT_COLLECTED = 3
    NOT_APPLICABLE = 4
    UNREADABLE = 5

    @property
    def label(self) -> str | None:
        """The name used in JSON and CSV; None for a present figure."""
        return None if self is Absence.PRESENT else self.name.lower()


class Unit(NamedTuple):
    """One version of an administrative unit; a code means nothing without a date.

    A tuple, not a dataclass: a period before July 2025 has over 11,000 of them.
    """

    code: str
    name: str
    type: str
    level: Level
    parent: str | None
    province: str | None
    valid_from: date | None
    valid_to: date | None

    @property
    def full_name(self) -> str:
        """Official type and name, "Xã Tà Rụt"."""
        return f"{self.type} {self.name}" if self.type else self.name

    def in_force(self, at: date) -> bool:
        """Tell whether this version is valid on a day."""
        starts = self.valid_from is None or self.valid_from <= at
        return starts and (self.valid_to is None or at <= self.valid_to)


FINDING_COLUMNS = (
    "file", "sheet", "cell", "unit", "period", "element", "dimension", "rule", "severity",
    "message", "value", "suggestion", "cells",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says about a cell, a file or several cells; data, never raised.

    `cell` and `cells` are A1 addresses; `dimension` is like "sex=F"; `rule` is a stable id.
    `hint` is the part of `suggestion` that the other figures gave, in front of the rule's remedy.
    """

    file: str | None
    rule: str
    severity: Severity
    message: str
    suggestion: str | None = None
    sheet: str | None = None
    cell: str | None = None
    unit: str | None = None
    period: str | None = None
    element: str | None = None
    dimension: str | None = None
    value: str | float | None = None
    cells: tuple[str, ...] = ()
    hint: str = ""

    @property
    def remedy(self) -> str:
        """What the rule says to do, whatever the figures are."""
        return (self.suggestion or "").removeprefix(self.hint).strip()

    def as_dict(self) -> dict[str, Any]:
        """Give the keys of the JSON contract, in their order."""
        row: dict[str, Any] = {name: getattr(self, name) for name in FINDING_COLUMNS}
        cells = list(self.cells) or ([self.cell] if self.cell else [])
        return row | {"severity": self.severity.value, "cells": cells}


@dataclass(frozen=True, slots=True)
class InputError:
    """An input that could not be read at all; the others were still processed."""

    file: str
    code: str
    title: str
    hint: str

    def as_dict(self) -> dict[str, str]:
        """Give the keys of the JSON contract."""
        return {"file": self.file, "code": self.code, "title": self.title, "hint": self.hint}


@dataclass(frozen=True, slots=True)
class Result:
    """What a command returns; one place prints it (`cli/output.py`).

    `table` names the list in `data` that `--format csv` prints, `columns` its columns where it may
    have no row. `notes` are remarks for stderr. `wrong`: what was looked at is not as it should be.
    """

    command: str
    data: dict[str, Any]
    table: str | None = None
    findings: tuple[Finding, ...] = ()
    errors: tuple[InputError, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    wrong: bool = False

    @property
    def exit_code(self) -> ExitCode:
        """3 if an input could not be read, else 1 if something is wrong, else 0."""
        if self.errors:
            return ExitCode.UNREADABLE
        if self.wrong or any(found.severity is Severity.ERROR for found in self.findings):
            return ExitCode.FINDINGS
        return ExitCode.OK
