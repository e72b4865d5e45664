"""From one file to its figures: what a worker process does; no pandas here.

A worker sends back plain arrays, so that thousands of workbooks cost little on the way.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ctk.errors import UnreadableError
from ctk.forms.loader import load_layouts
from ctk.forms.stated import NO_TICKS, TICKS, Stated, box_mark, read_cover, read_header
from ctk.forms.table import Planner
from ctk.indicators import load_catalogue
from ctk.intake.endings import ending_remarks
from ctk.intake.identities import identity_columns
from ctk.model import Absence
from ctk.text.legacy import Encoding, decode, guess
from ctk.text.numbers import NOTES, Note, Reading, read_number
from ctk.workbook.addresses import a1
from ctk.workbook.book import Remark, SheetCells
from ctk.workbook.front_page import is_front_page
from ctk.workbook.oddities import Oddities, can_scan, scan
from ctk.workbook.opening import read_bytes
from ctk.workbook.reading import TEXTUAL, read_book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctk.forms.types import Layout, Plan

MOST = 10**9
"""No count of a commune is larger; what is (or is infinite, or no number) is not taken."""

_NUMBERS = {float, int}
_NO_COUNT = Reading(None, Absence.UNREADABLE, Note.NOT_A_NUMBER)


@dataclass(eq=False)
class Table:
    """The figures of one sheet: a shared plan and this file's values, in the plan's order."""

    sheet: int
    plan: Plan
    value: NDArray[np.float64]
    absence: NDArray[np.int8]
    note: NDArray[np.int8]
    raw: dict[int, str]
    readings: dict[int, tuple[str, ...]]
    filled_unused: list[tuple[int, int, str]]
    nothing_occurred: bool
    odd_mark: str = ""


@dataclass(eq=False)
class Extract:
    """All that is known of one file after reading it; `error` is set where it cannot be used."""

    path: str
    sha256: str = ""
    error: UnreadableError | None = None
    kind: str = ""
    remarks: tuple[Remark, ...] = ()
    form: str = ""
    encoding: str = "unicode"
    sheets: tuple[str, ...] = ()
    unread_sheets: tuple[int, ...] = ()
    tables: list[Table] = field(default_factory=list)
    stated: dict[str, Stated] = field(default_factory=dict)
    conflicts: list[tuple[str, Stated]] = field(default_factory=list)
    identities: list[tuple[int, int, int]] = field(default_factory=list)


@cache
def _planner(age_groups: str | None) -> Planner:
    return Planner(load_layouts(age_groups), load_catalogue(age_groups))


def extract(
    path: str,
    age_groups: str | None = None,
    passwords: Sequence[str] = (),
    *,
    careful: bool = False,
) -> Extract:
    """Read one file as far as it goes; what stops it is in `Extract.error`, never raised.

    Args:
        path: The file.
        age_groups: Path of a CSV that replaces the built-in age groups.
        passwords: What to try where the file has a password.
        careful: Whether to look for what makes a reader die before it is called.
    """
    result = Extract(path)
    try:
        data = read_bytes(Path(path))
        result.sha256 = hashlib.sha256(data).hexdigest()
        book = read_book(data, passwords, careful=careful)
        result.kind = book.kind
        result.remarks = (*book.remarks, *ending_remarks(path, book.kind))
        _fill(result, book.data, book.sheets, _planner(age_groups))
    except UnreadableError as error:
        result.error = error
    except MemoryError:
        result.error = UnreadableError("too_large")
    return result


def _fill(result: Extract, data: bytes, sheets: list[SheetCells], planner: Planner) -> None:
    result.sheets = tuple(sheet.name for sheet in sheets)
    sheets = [replace(sheet, cells=[]) if is_front_page(sheet) else sheet for sheet in sheets]
    plans = [planner.plan(sheet.cells) for sheet in sheets]
    if not any(plans):
        sheets = _decoded(result, sheets)
        plans = [planner.plan(sheet.cells) for sheet in sheets]
    forms = {plan.layout for plan in plans if plan}
    if not forms:
        # A text is only taken for a table where it is a known form.
        raise UnreadableError("not_a_workbook" if result.kind == "csv" else "form_not_known")
    if len(forms) > 1:
        raise UnreadableError("several_forms", forms=", ".join(sorted(forms)))
    result.form = forms.pop()
    layout = planner.layouts[result.form]
    _read_tables(result, sheets, plans, layout)
    _check_version(result, layout)
    _mark_oddities(result, data)
    for table in result.tables:
        # Some formats hide errors and empty formulas behind blanks: there a box fills nothing.
        if table.nothing_occurred and (result.kind in TEXTUAL or can_scan(data)):
            _fill_blanks(table)


def _check_version(result: Extract, layout: Layout) -> None:
    stated, known = result.stated.get("stamp"), f"{layout.id} {layout.version}"
    stamp = str(stated.value).strip() if stated else ""
    if stamp and stamp != known:
        raise UnreadableError("form_version", text=stamp, known=known)


def _decoded(result: Extract, sheets: list[SheetCells]) -> list[SheetCells]:
    """Turn text typed in a legacy font into Unicode, judged over the whole workbook."""
    texts = [v for s in sheets for row in s.cells for v in row if isinstance(v, str) and v]
    encoding = guess(texts)
    if encoding == "unicode":
        return sheets
    result.encoding = encoding
    return [SheetCells(sheet.name, _decode_cells(sheet.cells, encoding)) for sheet in sheets]


def _decode_cells(cells: list[list[Any]], encoding: Encoding) -> list[list[Any]]:
    return [[decode(v, encoding) if isinstance(v, str) else v for v in row] for row in cells]


def _read_tables(
    result: Extract, sheets: list[SheetCells], plans: list[Plan | None], layout: Layout
) -> None:
    unread = []
    for i, (sheet, plan) in enumerate(zip(sheets, plans, strict=True)):
        if plan is not None:
            result.tables.append(_table(i, sheet, plan, layout))
        said = read_cover(sheet.cells, i, layout) if plan is None else {}
        if plan is not None and layout.header:
            said = read_header(sheet.cells, i, layout)
        if plan is None and not said and sheet.cells:
            unread.append(i)
        for name, stated in said.items():
            first = result.stated.setdefault(name, stated)
            if first.value != stated.value:
                result.conflicts.append((name, stated))
        own = range(int(plan.row.min()), int(plan.row.max()) + 1) if plan else range(0)
        result.identities += [(i, r, c) for r, c in identity_columns(sheet.cells, own)]
    result.unread_sheets = tuple(unread)


def _table(index: int, sheet: SheetCells, plan: Plan, layout: Layout) -> Table:
    cells = sheet.cells
    mark = box_mark(cells, layout, int(plan.row.min()))
    raw = [cells[r][c] for r, c in zip(plan.row.tolist(), plan.col.tolist(), strict=True)]
    grey = [(r, c, str(cells[r][c])) for r, c in plan.unused if cells[r][c] != ""]
    table = Table(
        index,
        plan,
        np.full(plan.size, np.nan),
        np.zeros(plan.size, np.int8),
        np.zeros(plan.size, np.int8),
        {},
        {},
        grey,
        mark in TICKS,
        "" if mark in TICKS | NO_TICKS else mark,
    )
    if set(map(type, raw)) <= _NUMBERS:
        table.value[:] = raw
        fit = np.abs(table.value) <= MOST
        if fit.all():
            return table
    _read_cells(table, raw)
    return table


def _read_cells(table: Table, raw: list[Any]) -> None:
    for i, cell in enumerate(raw):
        if type(cell) in _NUMBERS and abs(cell) <= MOST:
            table.value[i] = cell
            continue
        reading = _NO_COUNT if type(cell) in _NUMBERS else read_number(cell)
        table.value[i] = np.nan
        table.absence[i] = reading.absence
        if reading.value is not None:
            table.value[i] = reading.value
        if reading.note is not None:
            table.note[i] = NOTES.index(reading.note)
        if cell != "":
            table.raw[i] = str(cell)
        if reading.readings:
            table.readings[i] = reading.readings


def _mark_oddities(result: Extract, data: bytes) -> None:
    """Tell error values and formulas without a result from cells that are really empty."""
    empty = [t for t in result.tables if _blanks(t).size]
    if not empty or not data.startswith(b"PK"):
        return
    oddities = scan(data)
    for table in empty:
        found = oddities.get(result.sheets[table.sheet], Oddities())
        if found.errors or found.uncomputed:
            _mark_table(table, found)


def _fill_blanks(table: Table) -> None:
    """A ticked box turns blanks into "nothing occurred", but not what only looks blank."""
    blank = table.absence == Absence.BLANK
    table.absence[blank] = Absence.NOTHING_OCCURRED
    table.value[blank] = 0.0


def _blanks(table: Table) -> NDArray[np.intp]:
    return np.flatnonzero(table.absence == Absence.BLANK)


def _mark_table(table: Table, found: Oddities) -> None:
    for i in _blanks(table).tolist():
        address = a1(int(table.plan.row[i]), int(table.plan.col[i]))
        note = None
        if address in found.errors:
            note, table.raw[i] = "error_value", found.errors[address]
        elif address in found.uncomputed:
            note, table.raw[i] = "formula_without_value", ""
        if note:
            table.absence[i] = Absence.UNREADABLE
            table.note[i] = NOTES.index(note)
