"""What the page is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ctk.model import Finding
from ctk.settings import Office


@dataclass(frozen=True, slots=True)
class PageSource:
    """The result of a check and what is told about the run.

    Args:
        files: Rows of `ctk validate`: file, unit, period, form, status, errors, warnings, sha256.
        findings: All findings.
        names: Names of the units by file, for the files whose unit is known.
        sheets: Names of the sheets by file, in the order of the workbook.
        standing: Whose files were expected (`ctk validate`, `standing`); None: not known.
        rule_sets: Versions of the rules by period.
        tested: How many relations could be tested, by rule.
        untested: How many could not, for want of a figure.
        made: When the check ran.
        version: Version of ctk.
        office: Names of the office.
        lang: `vi` or `en`.
    """

    files: Sequence[Mapping[str, Any]]
    findings: Sequence[Finding]
    names: Mapping[str, str]
    sheets: Mapping[str, Sequence[str]]
    standing: Mapping[str, Any] | None
    rule_sets: Mapping[str, str]
    tested: Mapping[str, int]
    untested: Mapping[str, int]
    made: datetime
    version: str
    office: Office
    lang: str
