"""Writes commune workbooks: one master for a period, a copy of it for each commune."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ctk.messages import message
from ctk.model import Level, Unit
from ctk.text.fold import nfc
from ctk.workbook.commune.cover import SHEET, CoverWriter, period_line, units_above
from ctk.workbook.commune.plan import FormPlan, plan_form
from ctk.workbook.commune.sheet import Heads, write_sheet
from ctk.workbook.commune.styles import ALARM, STYLES
from ctk.workbook.writing import Styles, atomic_path, new_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctk.indicators import Catalogue
    from ctk.periods import Period
    from ctk.workbook.writing import Workbook

_RESERVED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_CODE, _NAME, _ABOVE = "⟦code⟧", "⟦name⟧", "⟦above {level}⟧"


def file_name(unit: Unit, period: Period) -> str:
    """Name a commune's file so that every system takes it: "19588 Tà Rụt 2022-6m.xlsx"."""
    name = _RESERVED.sub("-", nfc(f"{unit.code} {unit.name} {period}"))
    return f"{' '.join(name.split())}.xlsx"


def write_commune_workbook(
    path: Path,
    unit: Unit,
    parents: Sequence[Unit],
    period: Period,
    catalogue: Catalogue,
    lang: str = "vi",
    *,
    force: bool = False,
) -> None:
    """Write the blank workbook of one commune; for many, keep one `CommuneWorkbooks`.

    Args:
        path: The file; it appears whole or not at all.
        unit: The commune.
        parents: The units above it, in any order.
        period: The period reported.
        catalogue: What can be asked.
        lang: Language of notes and help; what programs look for stays Vietnamese.
        force: Whether to replace a file that is there.

    Raises:
        UsageError: The file exists or cannot be written.
    """
    plan = plan_form(catalogue, period, lang)
    CommuneWorkbooks(plan).write(path, unit, parents, force=force)


class CommuneWorkbooks:
    """The workbooks of one period.

    They differ in a few names only, so XlsxWriter makes a master with marks in their place, and
    each commune gets a copy with its names: several times as fast.
    """

    def __init__(self, plan: FormPlan) -> None:
        self._plan = plan
        self._masters: dict[tuple[Level, ...], list[tuple[ZipInfo, str]]] = {}

    def write(
        self, path: Path, unit: Unit, parents: Sequence[Unit], *, force: bool = False
    ) -> None:
        """Write the blank workbook of one commune.

        Raises:
            UsageError: The file exists or cannot be written.
        """
        above = units_above(parents)
        levels = tuple(parent.level for parent in above)
        if levels not in self._masters:
            self._masters[levels] = _master(self._plan, levels)
        names = {_CODE: unit.code, _NAME: unit.full_name}
        names |= {_ABOVE.format(level=parent.level): parent.full_name for parent in above}
        with atomic_path(path, force) as part:
            _copy(self._masters[levels], part, names)


def _master(plan: FormPlan, levels: Sequence[Level]) -> list[tuple[ZipInfo, str]]:
    """Make the workbook of a commune whose names are marks; gives its parts in order."""
    commune = _marked(_CODE, _NAME, Level.COMMUNE)
    above = [_marked("", _ABOVE.format(level=level), level) for level in levels]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "master.xlsx")
        with new_workbook(path, message("workbook.title", "vi"), _subject(commune, plan)) as new:
            _fill(new, commune, above, plan)
        with ZipFile(path) as archive:
            return [(info, archive.read(info).decode()) for info in archive.infolist()]


def _marked(code: str, name: str, level: Level) -> Unit:
    return Unit(code, name, "", level, None, None, None, None)


def _subject(unit: Unit, plan: FormPlan) -> str:
    return f"{plan.stamp}, {unit.code}, {plan.period}"


def _copy(master: Sequence[tuple[ZipInfo, str]], path: Path, names: Mapping[str, str]) -> None:
    escaped = {mark: nfc(name).translate(_ESCAPES) for mark, name in names.items()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for info, text in master:
            for mark, name in escaped.items():
                text = text.replace(mark, name)
            entry = ZipInfo(info.filename, info.date_time)
            archive.writestr(entry, text, ZIP_DEFLATED)


def _fill(workbook: Workbook, unit: Unit, above: Sequence[Unit], plan: FormPlan) -> None:
    style = Styles(workbook, STYLES)
    alarm = workbook.add_format(ALARM)
    heads = _heads(unit, above, plan)
    CoverWriter(workbook.add_worksheet(SHEET), plan, style).write(unit, above, heads.footer)
    for data in plan.sheets:
        write_sheet(workbook.add_worksheet(data.name), plan, data, heads, style, alarm)


def _heads(unit: Unit, above: Sequence[Unit], plan: FormPlan) -> Heads:
    receiver = above[0].full_name if above else "………"
    return Heads(
        reporter=message("workbook.sheet.reporter", "vi", unit=unit.full_name),
        receiver=message("workbook.sheet.receiver", "vi", unit=receiver),
        line=f"{unit.full_name} – {period_line(plan.period, 'vi', plan.coverage)}",
        footer=f"{unit.code} {unit.full_name} – {plan.period}",
    )
