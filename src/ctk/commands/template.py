"""Blank workbooks for the communes of a unit: `ctk template`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ctk.errors import UsageError
from ctk.indicators import load_catalogue
from ctk.messages import message
from ctk.model import Level, Result
from ctk.periods import Coverage, parse_period
from ctk.units.lookup import communes_under, find_unit, path_to_root
from ctk.workbook.commune import FORM_ID, CommuneWorkbooks, file_name, plan_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctk.model import Unit
    from ctk.periods import Period
    from ctk.workbook.commune.plan import FormPlan


def run(
    unit_code: str,
    period_text: str,
    out_dir: Path,
    *,
    lang: str = "vi",
    force: bool = False,
    default_year: int | None = None,
    age_groups: str | None = None,
    coverage: Coverage = Coverage.CALENDAR,
    own: bool = False,
) -> Result:
    """Write one blank workbook for each commune that a unit has at the end of a period.

    Args:
        unit_code: A country, province, district or commune; a commune is its own.
        period_text: The period as typed, "2022-6m".
        out_dir: Folder for the files; it is made if it is missing.
        lang: Language of notes and help in the workbooks.
        force: Whether to replace files that are there.
        default_year: Year of a period typed without one.
        age_groups: Path of a CSV that replaces the built-in age groups.
        coverage: What the period covers.
        own: Write instead the one workbook in which the unit's own office reports what official
            forms ask of a district or province itself.

    Returns:
        `data.files`: file, unit and form of each workbook.

    Raises:
        UsageError: The period or unit means nothing, there are no communes, a file exists, or
            forms ask nothing of the unit itself; nothing is written then.
    """
    period = parse_period(period_text, default_year)
    plan = plan_form(load_catalogue(age_groups), period, lang, coverage, own=own)
    units = (_own(unit_code, plan),) if own else _communes(unit_code, period)
    paths = {unit: Path(out_dir, file_name(unit, period)) for unit in units}
    if not force:
        _refuse_existing(paths.values())
    workbooks = CommuneWorkbooks(plan)
    for unit, path in paths.items():
        parents = path_to_root(unit.code, period.end)[1:]
        workbooks.write(path, unit, parents, force=force)
    files = [{"file": str(p), "unit": unit.code, "form": FORM_ID} for unit, p in paths.items()]
    note = message("workbook.written", lang, count=len(files), folder=out_dir)
    return Result("template", {"files": files}, table="files", notes=(note,))


def _own(unit_code: str, plan: FormPlan) -> Unit:
    unit = find_unit(unit_code, plan.period.end)
    if unit.level not in (Level.DISTRICT, Level.PROVINCE) or not plan.sheets:
        raise UsageError("no_own_form", unit=unit.full_name, period=str(plan.period))
    return unit


def _communes(unit_code: str, period: Period) -> tuple[Unit, ...]:
    found = communes_under(unit_code, period.end)
    if not found:
        unit = find_unit(unit_code, period.end)
        raise UsageError(
            "no_communes", unit=unit.full_name, unit_code=unit.code, at=period.end.isoformat()
        )
    return found


def _refuse_existing(paths: Iterable[Path]) -> None:
    """Stop before the first file is written, not in the middle of a province."""
    taken = next((path for path in paths if path.exists()), None)
    if taken is not None:
        raise UsageError("file_exists", path=taken)
