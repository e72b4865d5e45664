"""Prints what came of the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from corpus.key import CATEGORIES, Planted
from corpus.score import SEVERITIES, Found, Score

_HEAD = ("planted", "found", "missed", "false error", "warning", "info")


def lines(result: Score, files: Sequence[str], unproven: Sequence[str]) -> Iterator[str]:
    """The table and below it each miss and each false alarm.

    Args:
        result: What came of it.
        files: All files of the corpus.
        unproven: Rules for which the corpus has no defect that they find.
    """
    yield from _block("category", CATEGORIES, result, _category_of, _category)
    yield ""
    yield from _block("rule", _rules(result), result, _rule_of, lambda found: found["rule"])
    yield ""
    yield from _details(result)
    yield _summary(result, files)
    if unproven:
        yield f"Rules without a defect that they find: {', '.join(unproven)}"


def _category_of(row: Planted) -> str:
    return row.file.partition("/")[0]


def _category(found: Found) -> str:
    return str(found["file"]).partition("/")[0]


def _rule_of(row: Planted) -> str:
    return row.rules.split()[0]


def _rules(result: Score) -> list[str]:
    rows = [*result.found, *result.missed]
    return sorted({_rule_of(row) for row in rows} | {found["rule"] for found in result.alarms})


def _block(
    title: str,
    names: Iterable[str],
    result: Score,
    of_row: Callable[[Planted], str],
    of_finding: Callable[[Found], str],
) -> Iterator[str]:
    yield f"{title:26}" + "".join(f"{head:>12}" for head in _HEAD)
    found = Counter(map(of_row, result.found))
    missed = Counter(map(of_row, result.missed))
    alarms = Counter((of_finding(f), f["severity"]) for f in result.alarms)
    for name in names:
        counts = [found[name] + missed[name], found[name], missed[name]]
        counts += [alarms[name, severity] for severity in SEVERITIES]
        yield f"{name:26}" + "".join(f"{count:12}" for count in counts)


def _details(result: Score) -> Iterator[str]:
    for row in result.missed:
        place = f"{row.file} {row.sheet} {row.cell}".strip()
        yield f"MISSED  {place}: {row.planted} (wanted {row.rules}, {row.severity or 'any'})"
    for found in result.alarms:
        place = f"{found['file']} {found['sheet'] or ''} {found['cell'] or ''}".strip()
        yield f"FALSE   {place}: {found['rule']} {found['severity']}: {found['message']}"
    yield from (f"FAULT   {fault}" for fault in result.faults)


def _summary(result: Score, files: Sequence[str]) -> str:
    planted = len(result.found) + len(result.missed)
    recall = 100 * len(result.found) / planted if planted else 100
    by = Counter(found["severity"] for found in result.alarms)
    alarms = ", ".join(f"{by[severity]} {severity}" for severity in SEVERITIES)
    return (
        f"{len(files)} files, {planted} defects planted, {len(result.found)} found: "
        f"recall {recall:.1f} %; false alarms: {len(result.alarms)} ({alarms}); "
        f"findings that are right: {result.right.total()}"
    )
