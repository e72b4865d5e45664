"""Findings as the page lists them: by file, then by sheet, then by rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, Any

from ctk.model import Finding, Severity
from ctk.text.fold import sort_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctk.report.findings_page.source import PageSource
    from ctk.report.findings_page.wording import Wording

STATUSES = ("unreadable", "errors", "warnings", "ok", "missing")
_SHORT_HASH = 12
_SEVERITIES = list(Severity)


def cards(source: PageSource, words: Wording) -> list[dict[str, Any]]:
    """One card a file, those that need a person first, files of one commune together.

    What concerns no single file has a card of its own, before all others.
    """
    found: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in source.findings:
        found[finding.file].append(finding)
    listed = {row["file"] for row in source.files}
    general = [f for file, same in found.items() if file not in listed for f in same]
    made = [_card(row, found[row["file"]], source, words) for row in _in_order(source)]
    if general:
        made.insert(0, _general(general, words))
    for number, card in enumerate(made, 1):
        card["id"] = f"f{number}"
    return made


def _in_order(source: PageSource) -> list[Mapping[str, Any]]:
    worst: dict[str, int] = {}
    for row in source.files:
        rank = STATUSES.index(row["status"])
        worst[_owner(row)] = min(worst.get(_owner(row), rank), rank)

    def key(row: Mapping[str, Any]) -> tuple[Any, ...]:
        name = source.names.get(row["file"], "") or file_name(row["file"])
        rank = STATUSES.index(row["status"])
        return worst[_owner(row)], sort_key(name), _owner(row), rank, sort_key(row["file"])

    return sorted(source.files, key=key)


def _owner(row: Mapping[str, Any]) -> str:
    return str(row["unit"] or row["file"])


def file_name(path: str) -> str:
    """The last part of a path of any system."""
    return PureWindowsPath(path).name or path


def _card(
    row: Mapping[str, Any], found: Sequence[Finding], source: PageSource, words: Wording
) -> dict[str, Any]:
    file = row["file"]
    name = source.names.get(file, "")
    order = {name: i for i, name in enumerate(source.sheets.get(file, ()))}
    return {
        "unit": row["unit"],
        "name": name or file_name(file),
        "about": file_name(file) if name else words.say("unknown_unit"),
        "path": file,
        "period": row["period"],
        "form": row["form"],
        "hash": (row["sha256"] or "")[:_SHORT_HASH],
        "status": row["status"],
        "counts": _counts(found),
        "sheets": list(_sheets(found, order, words)),
    }


def _general(found: Sequence[Finding], words: Wording) -> dict[str, Any]:
    counts = _counts(found)
    status = "errors" if counts["error"] else "warnings" if counts["warning"] else "ok"
    blank = dict.fromkeys(("unit", "path", "period", "form"))
    named = {"name": words.say("whole_batch"), "about": "", "hash": "", "status": status}
    by_file = [replace(f, sheet=f.file) for f in found]  # lock files, reports of earlier periods
    return {**blank, **named, "counts": counts, "sheets": list(_sheets(by_file, {}, words))}


def _counts(found: Iterable[Finding]) -> dict[str, int]:
    counts = Counter(finding.severity for finding in found)
    return {severity.value: counts[severity] for severity in Severity}


def _sheets(
    found: Iterable[Finding], order: Mapping[str, int], words: Wording
) -> Iterator[dict[str, Any]]:
    by_sheet: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_sheet[finding.sheet or ""].append(finding)
    # What concerns the whole file stands first.
    for sheet in sorted(by_sheet, key=lambda name: order.get(name, len(order)) if name else -1):
        yield {"title": sheet, "rules": _rules(by_sheet[sheet], words)}


def _rules(found: Iterable[Finding], words: Wording) -> list[dict[str, Any]]:
    by_rule: dict[tuple[int, str], list[Finding]] = defaultdict(list)
    for finding in found:
        by_rule[_SEVERITIES.index(finding.severity), finding.rule].append(finding)
    return [_rule(by_rule[key], words) for key in sorted(by_rule)]


def _rule(same: Sequence[Finding], words: Wording) -> dict[str, Any]:
    """The findings of one rule; what to do is said once where it is the same for all."""
    rule = words.rule(same[0].rule)
    todo = {finding.remedy for finding in same}
    shared = todo.pop() if len(todo) == 1 else ""
    return {
        "id": rule.id,
        "title": rule.title(words.lang),
        "severity": same[0].severity.value,
        "category": rule.category.id,
        "todo": shared,
        "items": [_item(finding, words, shared) for finding in same],
    }


def _item(finding: Finding, words: Wording, shared: str) -> dict[str, Any]:
    value = finding.value
    return {
        "cell": finding.cell or "",
        "others": [cell for cell in finding.cells if cell != finding.cell],
        "message": finding.message,
        "value": words.number(value) if isinstance(value, (int, float)) else value or "",
        "hint": finding.hint,
        "todo": "" if shared else finding.remedy,
    }
