"""Figures of the small charts: bars as shares of the longest one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ctk.model import Finding, Severity
from ctk.report.findings_page.cards import STATUSES

if TYPE_CHECKING:
    from ctk.report.findings_page.wording import Wording

FULL = 1000
"""Length of the longest bar, in units of the drawing."""
_MOST_RULES = 10


def charts(
    statuses: Mapping[str, int], findings: Iterable[Finding], words: Wording
) -> list[dict[str, Any]]:
    """Files by status, findings by category, and the rules met most often."""
    by_rule: dict[str, Counter[Severity]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, Counter())[finding.severity] += 1
    made = [_chart("statuses", [_status(s, statuses[s], words) for s in STATUSES if statuses[s]])]
    if by_rule:
        made.append(_chart("categories", _by_category(by_rule, words)))
        made.append(_chart("rules", _most_frequent(by_rule, words)))
    return made


def _chart(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Place the parts of each bar one after the other."""
    longest = max((row["total"] for row in rows), default=0) or 1
    for row in rows:
        start = 0.0
        for part in row["parts"]:
            width = part["count"] * FULL / longest
            part["x"], part["width"] = round(start, 1), round(width, 1)
            start += width
    return {"name": name, "rows": rows, "split": name != "statuses"}


def _status(status: str, count: int, words: Wording) -> dict[str, Any]:
    title = words.say(f"status.{status}")
    return _row(title, [{"kind": status, "count": count, "title": title}])


def _by_category(by_rule: Mapping[str, Counter[Severity]], words: Wording) -> list[dict[str, Any]]:
    """In the order of the catalogue, which is that of checking."""
    sums: dict[str, Counter[Severity]] = {}
    for id_ in sorted(by_rule):
        sums.setdefault(words.category(id_), Counter()).update(by_rule[id_])
    return [_row(title, _parts(counts, words)) for title, counts in sums.items()]


def _most_frequent(
    by_rule: Mapping[str, Counter[Severity]], words: Wording
) -> list[dict[str, Any]]:
    order = sorted(by_rule, key=lambda id_: (-by_rule[id_].total(), id_))
    return [
        _row(f"{id_} {words.rule_title(id_)}", _parts(by_rule[id_], words))
        for id_ in order[:_MOST_RULES]
    ]


def _parts(counts: Counter[Severity], words: Wording) -> list[dict[str, Any]]:
    return [
        {"kind": severity.value, "count": counts[severity],
         "title": words.say(f"severity.{severity}")}
        for severity in Severity
        if counts[severity]
    ]  # fmt: skip


def _row(title: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "total": sum(part["count"] for part in parts), "parts": parts}
