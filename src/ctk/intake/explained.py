"""Blank cells and signs of an office's form, as its notes and remarks explain them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from ctk.forms.notes import Meanings, meaning, read_notes
from ctk.intake.tables import OutsideCell, Place, Table
from ctk.model import Absence
from ctk.workbook.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ctk.workbook.book import Merge, SheetCells

_SIGNS = (Absence.NOTHING_OCCURRED, Absence.NOT_COLLECTED, Absence.NOT_APPLICABLE)
_FORMULA = re.compile(r"\s*[=+@-]\s*[A-Za-z]{2,}[A-Za-z0-9.]*\(")
_DASHES, _DOTS = "-‐‑–—―−－", "….  "


def explain(table: Table, sheet: SheetCells, *, blanks_are_sure: bool) -> list[Place]:
    """Apply what merged cells, remarks and notes say of cells without a figure.

    Args:
        table: The figures as read; cells that are explained are changed in it.
        sheet: Its sheet.
        blanks_are_sure: Whether a cell that looks empty is; in some formats it may be an error.
    """
    notes = read_notes(sheet.cells, table.plan.rows.start)
    _apply_signs(table, notes)
    places = [*_merged_signs(table, sheet), *_formula_texts(table, sheet)]
    if blanks_are_sure:
        places += _remarks(table, sheet) if table.has_blanks else ()
        places += _blanks(table, notes)
        places += _blank_outside(table)
    return places


def _apply_signs(table: Table, notes: Meanings) -> None:
    """A note may say that a sign means something else than it usually does."""
    for position, raw in table.raw.items():
        text = raw.strip().casefold()
        sign = "-" if text in _DASHES else "…" if text.strip(_DOTS) == "" else text
        meant = notes.signs.get(sign)
        if meant is not None and table.absence[position] in _SIGNS:
            _set(table, np.array([position]), meant)


def _set(table: Table, positions: NDArray[np.intp], absence: Absence) -> None:
    table.absence[positions] = absence
    table.value[positions] = 0.0 if absence is Absence.NOTHING_OCCURRED else np.nan


def _merged_signs(table: Table, sheet: SheetCells) -> Iterator[Place]:
    """A sign in merged cells is said of all of them; a number is the first one's only."""
    for area in sheet.merged:
        inside = _inside(table, area)
        first = inside[(table.plan.row[inside] == area.row) & (table.plan.col[inside] == area.col)]
        if len(inside) < 2 or not len(first):
            continue
        absence = Absence(int(table.absence[first[0]]))
        blanks = inside[table.absence[inside] == Absence.BLANK]
        if absence in _SIGNS and len(blanks):
            _set(table, blanks, absence)
            named = f"{a1(area.row, area.col)}:{a1(area.last_row, area.last_col)}"
            params = (("range", named), ("text", table.raw.get(int(first[0]), "")))
            yield Place("V361", table.sheet, area.row, area.col, params)


def _inside(table: Table, area: Merge) -> NDArray[np.intp]:
    plan = table.plan
    rows = (plan.row >= area.row) & (plan.row <= area.last_row)
    return np.flatnonzero(rows & (plan.col >= area.col) & (plan.col <= area.last_col))


def _remarks(table: Table, sheet: SheetCells) -> Iterator[Place]:
    """A remark beside a blank row may say that its figures are yet to be collected."""
    plan = table.plan
    if plan.turned:
        return
    blanks = table.blanks()
    for row in dict.fromkeys(plan.row[blanks].tolist()):
        of_row = blanks[plan.row[blanks] == row]
        last = int(plan.col[plan.row == row].max())
        for text in sheet.cells[row][last + 1 :]:
            if isinstance(text, str) and meaning(text) is Absence.NOT_COLLECTED:
                _set(table, of_row, Absence.NOT_COLLECTED)
                for position in of_row.tolist():
                    col = int(plan.col[position])
                    yield Place("V360", table.sheet, row, col, (("text", text.strip()),))
                break


def _blanks(table: Table, notes: Meanings) -> Iterator[Place]:
    blanks = table.blanks()
    outside = [i for i, each in enumerate(table.outside) if each.absence == Absence.BLANK]
    count = len(blanks) + len(outside)
    if notes.blank is None or not count:
        return
    _set(table, blanks, notes.blank)
    value = 0.0 if notes.blank is Absence.NOTHING_OCCURRED else np.nan
    for i in outside:
        table.outside[i] = table.outside[i]._replace(value=value, absence=int(notes.blank))
    rule = "V362" if notes.blank is Absence.NOTHING_OCCURRED else "V363"
    params = (("count", count), ("text", notes.text))
    yield Place(rule, table.sheet, *notes.at, params)


def _blank_outside(table: Table) -> Iterator[Place]:
    """Rows (or columns) that no element covers and that hold nothing at all."""
    of_label: dict[tuple[int, int], list[OutsideCell]] = {}
    for each in table.outside:
        of_label.setdefault((each.at.label_row, each.at.label_col), []).append(each)
    for cells in of_label.values():
        if all(each.absence == Absence.BLANK for each in cells):
            at = cells[0].at
            yield Place("V366", table.sheet, at.row, at.col, (("text", cells[0].label),))


def _formula_texts(table: Table, sheet: SheetCells) -> Iterator[Place]:
    """Texts beside the figures that Excel would run as a formula where they are copied."""
    figures = set(zip(table.plan.row.tolist(), table.plan.col.tolist(), strict=True))
    rows = table.plan.rows
    for r, row in enumerate(sheet.cells[rows.start : rows.stop], rows.start):
        for c, value in enumerate(row):
            if isinstance(value, str) and _FORMULA.match(value) and (r, c) not in figures:
                yield Place("V364", table.sheet, r, c)


def without_explained_merges(places: list[Place], said: list[Place]) -> list[Place]:
    """Remarks on merged cells, without those whose sign was taken for all of their cells."""
    known = {(each.sheet, each.row, each.col) for each in said if each.rule == "V361"}
    return [p for p in places if p.rule != "V330" or (p.sheet, p.row, p.col) not in known]
