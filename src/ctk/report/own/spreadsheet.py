"""Fills an office's own .xlsx template; everything but the cells concerned stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ctk.messages import message
from ctk.report.copies import copy_status
from ctk.report.own.cells import CellFiller
from ctk.report.own.functions import make_environment
from ctk.report.own.problems import Problem, Problems
from ctk.report.own.rows import as_blocks, laid_out, read_layout
from ctk.workbook.addresses import a1
from ctk.workbook.fill import Fault, SheetFill, WorkbookTemplate

if TYPE_CHECKING:
    from ctk.report.context import ReportContext
    from ctk.workbook.fill import CellText, Value


def fill_spreadsheet(data: bytes, file: Path, context: ReportContext) -> bytes:
    """Fill a template.

    Args:
        data: The template.
        file: Its name, for messages.
        context: The report.

    Raises:
        FaultyTemplateError: Something in it means nothing; all of it is told.
        UsageError: It cannot be read, holds macros or links, or turns for ever.
    """
    problems = Problems()
    template = WorkbookTemplate(data, file.name)
    filler = CellFiller(make_environment(context, problems), problems, context.lang)
    fills = {
        sheet: _sheet_fill(sheet, cells, filler) for sheet, cells in template.texts.items() if cells
    }
    _tell(problems, template.faults, context.lang)
    problems.raise_if_any(file)
    filled, faults = template.fill(fills, copy_status(context))
    _tell(problems, faults, context.lang)
    problems.raise_if_any(file)
    return filled


def _sheet_fill(
    sheet: str, cells: dict[tuple[int, int], CellText], filler: CellFiller
) -> SheetFill:
    filler.sheet = sheet
    layout = read_layout(cells, filler)
    rows, scopes = laid_out(layout, filler, sheet)
    end = rows[-1].source if rows else -1
    below = [row for row in layout.columns if row > end]
    places = [(new, each.source) for new, each in enumerate(rows)]
    places += [(row + len(rows) - 1 - end, row) for row in below]
    values: dict[tuple[int, int], Value] = {}
    scopes += [{} for _ in below]
    for (new, source), scope in zip(places, scopes, strict=True):
        for col in layout.columns.get(source, ()):
            cell, at = layout.cells[source, col], a1(source, col)
            values[new, col] = filler.value(cell, scope, sheet, at)
    return SheetFill(as_blocks(layout), tuple(rows), values)


def _tell(problems: Problems, faults: list[Fault], lang: str) -> None:
    for fault in faults:
        key = "cell" if fault.cell else "part"
        place = {"sheet": fault.sheet, "cell": fault.cell, "part": fault.sheet}
        said = message(f"own.place.{key}", lang, **place) if fault.sheet else ""
        problem = Problem(fault.code, " ".join(fault.found.split()), place=said)
        if problem not in problems.found:
            problems.found.append(problem)
