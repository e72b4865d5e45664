"""`ctk targets`: what is met, what is missed, what cannot be told; and what the targets are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.commands.plans import with_plans
from ctk.commands.report import make_context, unit_reported
from ctk.errors import UsageError
from ctk.messages import message
from ctk.model import Result
from ctk.report.targets.book import write_target_book
from ctk.report.targets.wording import remarks, set_notes, target_lines, wanted_text
from ctk.targets.loader import all_targets, choose_targets

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from ctk.commands.sources import Source
    from ctk.report.targets.wording import TargetLine
    from ctk.targets.types import Target, TargetSet, Typed

COLUMNS = (
    "set", "no", "text", "wanted", "operator", "value", "to", "unit", "year", "milestone",
    "measure", "slice", "match", "actual", "partial", "state", "gap", "reported", "expected",
    "baseline_year", "baseline", "typed", "doubt", "due", "shown", "result", "distance", "coverage",
    "note",
)  # fmt: skip
_SLICES = ("sex", "age", "ethnicity", "area")


def run(
    source: Source, ids: Collection[str] = (), out: Path | None = None, *, force: bool = False
) -> Result:
    """Judge a unit's figures of a period.

    Args:
        source: Files or ledger, period (needed) and unit; see `commands.report.run`.
        ids: Ids of target sets; none: all that apply to the unit.
        out: Excel file to write the table to.
        force: Whether `out` may be replaced.

    Raises:
        UsageError: No period, no unit, an unknown set, or a file of the office that is wrong.
    """
    request, period = source.request, source.expected
    if period is None:
        raise UsageError("report_needs_period")
    if out is not None and out.suffix.lower() != ".xlsx":
        raise UsageError("not_xlsx", path=out)
    choose_targets(ids, all_targets(request.settings.workspace))
    material = source.material()
    unit = unit_reported(material.batch, request, period)
    context = make_context(material, request, unit, period)
    context = with_plans(context, source, material, ids)
    lines = target_lines(context)
    sets = context.plans().sets
    data = {
        "unit": unit.code,
        "name": unit.full_name,
        "period": str(period),
        "sets": [_set_row(each, request.lang) | {"notes": list(set_notes(each, context))}
                 for each in sets],
        "targets": [_row(line, period.year, request.lang) for line in lines],
        "files": [] if out is None else write_target_book(context, out, force=force),
    }  # fmt: skip
    said = material.notes
    if not sets:
        named = {"unit": unit.full_name, "year": period.year}
        said = (*said, message("targets.none", request.lang, **named))
    return Result("targets", data, "targets", material.findings, material.errors, said, COLUMNS)


def list_sets(workspace: Path | None, lang: str) -> Result:
    """All sets of targets, the office's own first."""
    rows = [_set_row(each, lang) for each in all_targets(workspace).values()]
    return Result("targets list", {"sets": rows}, "sets")


def show_set(id_: str, workspace: Path | None, lang: str) -> Result:
    """One set with all its targets."""
    (set_,) = choose_targets([id_], all_targets(workspace))
    rows = [_target_row(target, lang) for target in set_.targets]
    sets = [_set_row(set_, lang) | {"notes": list(set_.remarks(lang))}]
    return Result("targets show", {"sets": sets, "targets": rows}, "targets")


def _set_row(set_: TargetSet, lang: str) -> dict[str, Any]:
    return {
        "id": set_.id,
        "title": set_.name(lang),
        "source": set_.source or None,
        "unit": set_.unit,
        "first_year": set_.first_year,
        "last_year": set_.last_year,
        "targets": len({target.no for target in set_.targets}),
        "file": str(set_.file) if set_.file else None,
    }


def _target_row(target: Target, lang: str) -> dict[str, Any]:
    return {
        "no": target.no,
        "group": target.group or None,
        "text": target.title(lang),
        "wanted": wanted_text(target, target.first_year, lang),
        "first_year": target.first_year,
        "last_year": target.last_year,
        "baseline": target.baseline,
        "why": target.remarks(lang)[0] or None,
        "remarks": list(remarks(target, lang)),
    } | _facts(target, lang)


def _facts(target: Target, lang: str) -> dict[str, Any]:
    return {
        "operator": target.operator.value,
        "value": target.value,
        "to": target.to,
        "unit": target.unit,
        "measure": target.measure or None,
        "slice": _slice(target),
        "match": target.match.value,
        "doubt": target.remarks(lang)[1] or None,
    }


def _slice(target: Target) -> str | None:
    if target.element:
        return f"element={target.element}"
    pairs = zip(_SLICES, target.slice, strict=True)
    return ";".join(f"{name}={code}" for name, code in pairs if code != "T") or None


def _row(line: TargetLine, year: int, lang: str) -> dict[str, Any]:
    judged = line.judged
    target, figure, typed = judged.due.target, judged.figure, judged.typed
    hidden = figure.withheld
    known: dict[str, Any] = {
        "set": judged.set.id,
        "no": target.no,
        "text": line.text,
        "wanted": line.target,
        "year": judged.due.year,
        "milestone": judged.due.milestone,
        "actual": figure.value,
        "partial": figure.partial,
        "state": judged.standing.value,
        "gap": judged.gap,
        "reported": None if hidden or typed else figure.reported,
        "expected": None if hidden or typed else figure.expected,
        "baseline_year": target.baseline_year(year),
        "baseline": judged.baseline.value if judged.baseline else None,
        "typed": _typed(typed),
        "due": line.year,
        "shown": line.actual,
        "result": line.standing,
        "distance": line.gap,
        "coverage": line.coverage,
        "note": line.note or None,
    } | _facts(target, lang)
    return {name: known[name] for name in COLUMNS}


def _typed(typed: Typed | None) -> dict[str, Any] | None:
    if typed is None:
        return None
    return {"by": typed.by, "date": typed.day, "source": typed.source}
