"""From one file to its figures: what a worker process does; no pandas here.

A worker sends back plain arrays, so that thousands of workbooks cost little on the way.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ctk.errors import UnreadableError
from ctk.forms.loader import load_layouts
from ctk.forms.nearest import nearest
from ctk.forms.said import Stated
from ctk.forms.stated import read_cover, read_header
from ctk.forms.table import Planner
from ctk.forms.titles import Title, read_titles
from ctk.forms.together import may_stand_together, named_together
from ctk.indicators import load_catalogue
from ctk.intake.copied import copied
from ctk.intake.decoding import decoded
from ctk.intake.endings import ending_remarks
from ctk.intake.examine import examine, fill_blanks
from ctk.intake.explained import explain, without_explained_merges
from ctk.intake.identities import identity_columns
from ctk.intake.repeated import drop_not_asked, drop_repeated
from ctk.intake.tables import Place, Table, read_table
from ctk.workbook.front_page import is_front_page
from ctk.workbook.opening import read_bytes
from ctk.workbook.parts import Parts
from ctk.workbook.reading import TEXTUAL, read_book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctk.forms.loader import OwnForms
    from ctk.forms.types import Layout, Plan
    from ctk.workbook.book import Book, Remark, SheetCells

_PACKAGES = ("xlsx", "xlsm")


@dataclass(eq=False)
class Extract:
    """All that is known of one file after reading it; `error` is set where it cannot be used.

    `has_cover` tells whether its form states unit and period on a cover, and `months` how long the
    periods of its form are.
    """

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
    titles: list[Title] = field(default_factory=list)
    identities: list[tuple[int, int, int]] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)
    has_cover: bool = True
    months: frozenset[int] = frozenset()
    places: list[Place] = field(default_factory=list)


@cache
def _planner(age_groups: str | None, own: OwnForms) -> Planner:
    return Planner(load_layouts(age_groups, own), load_catalogue(age_groups))


def extract(
    path: str,
    age_groups: str | None = None,
    passwords: Sequence[str] = (),
    *,
    own: OwnForms = (),
    careful: bool = False,
    planner: Planner | None = None,
) -> Extract:
    """Read one file as far as it goes; what stops it is in `Extract.error`, never raised.

    Args:
        path: The file.
        age_groups: Path of a CSV that replaces the built-in age groups.
        passwords: What to try where the file has a password.
        own: The office's own layouts.
        careful: Whether to look for what makes a reader die before it is called.
        planner: What finds the tables, where only some layouts are to be tried.
    """
    result = Extract(path)
    try:
        data = read_bytes(Path(path))
        result.sha256 = hashlib.sha256(data).hexdigest()
        book = read_book(data, passwords, careful=careful)
        result.kind = book.kind
        result.remarks = (*book.remarks, *ending_remarks(path, book.kind))
        _fill(result, book, planner or _planner(age_groups, own))
    except UnreadableError as error:
        result.error = error
    except MemoryError:
        result.error = UnreadableError("too_large")
    return result


def _fill(result: Extract, book: Book, planner: Planner) -> None:
    result.sheets = tuple(sheet.name for sheet in book.sheets)
    parts = Parts(book.data if book.kind in _PACKAGES else b"")
    own = [replace(one, cells=[]) if is_front_page(one) else one for one in book.sheets]
    sheets, all_plans = _planned(result, own, parts, planner)
    plans = _shown(result, sheets, all_plans)
    layouts = [
        each for each in planner.layouts.values() if each.id in {p.layout for p in plans if p}
    ]
    if not layouts:
        # A text is only taken for a table where it is a known form.
        raise _not_known(result, sheets, planner)
    result.form = named_together(layout.id for layout in layouts)
    if not may_stand_together(layouts):
        raise UnreadableError("several_forms", forms=result.form)
    _read_tables(result, sheets, plans, layouts[0])
    _check_version(result, layouts[0])
    result.has_cover = any(layout.cover for layout in layouts)
    result.months = frozenset(int(p[:-1]) for layout in layouts for p in layout.periods)
    closed = [said for kind, said in result.titles if kind == "cut_off"]
    if closed and not result.has_cover:
        result.stated["cut_off"] = closed[0]
    # Other formats hide errors and empty formulas behind blanks: there a box fills nothing.
    blanks_are_sure = result.kind in TEXTUAL or bool(parts.sheets)
    for table in result.tables:
        sheet = sheets[table.sheet]
        result.places += examine(table, sheet, parts)
        if not planner.layouts[table.plan.layout].whole:
            said = explain(table, sheet, blanks_are_sure=blanks_are_sure)
            result.places = without_explained_merges(result.places, said) + said
            result.places += drop_repeated(table, sheet)
            drop_not_asked(table, planner.catalogue)
    if blanks_are_sure:
        fill_blanks(result.tables)
    for i in sorted(result.left_out):
        plan = all_plans[i]
        if plan is not None and not result.has_cover:
            hidden = read_table(i, sheets[i], plan, planner.layouts[plan.layout])
            result.places += copied(result.tables, hidden, sheets, result.titles)


def _not_known(result: Extract, sheets: list[SheetCells], planner: Planner) -> UnreadableError:
    """Say that a file fits no form, and which one it is nearest to."""
    if result.kind == "csv":
        return UnreadableError("not_a_workbook")
    near = nearest([sheet.cells for sheet in sheets], planner.layouts.values())
    if near is None:
        return UnreadableError("form_not_known")
    told = {name: getattr(near, name) for name in ("rows", "all_rows", "columns", "all_columns")}
    missing = "; ".join(f"“{name}”" for name in near.missing)
    sheet = sheets[near.sheet].name
    return UnreadableError("form_is_like", form=near.form, sheet=sheet, missing=missing, **told)


def _planned(
    result: Extract, sheets: list[SheetCells], parts: Parts, planner: Planner
) -> tuple[list[SheetCells], list[Plan | None]]:
    """Find the tables; where text is not understood it may be typed for a font before Unicode."""
    plans = [planner.plan(sheet.cells) for sheet in sheets]
    odd = [i for i, plan in enumerate(plans) if plan is None or plan.missing_heads]
    changed = decoded(sheets, odd, parts)
    if changed:
        sheets = [changed[i][0] if i in changed else sheet for i, sheet in enumerate(sheets)]
        for i in changed:
            plans[i] = planner.plan(sheets[i].cells)
        result.encoding = ", ".join(sorted({one for _, found in changed.values() for one in found}))
    return sheets, plans


def _shown(
    result: Extract, sheets: list[SheetCells], plans: list[Plan | None]
) -> list[Plan | None]:
    """Leave out hidden tables that repeat figures of visible ones: drafts, or last year's."""
    hidden = [i for i, plan in enumerate(plans) if plan and sheets[i].hidden]
    if not hidden:
        return plans
    plans = list(plans)
    shown = [plan for i, plan in enumerate(plans) if plan and i not in hidden]
    elements = {element for plan in shown for element in plan.element.tolist()}
    forms = {plan.layout for plan in shown}
    for i in hidden:
        plan = plans[i]
        other_form = bool(forms) and plan is not None and plan.layout not in forms
        repeats = plan is not None and not elements.isdisjoint(plan.element.tolist())
        result.places.append(Place("V219" if repeats or other_form else "V220", i))
        if repeats or other_form:
            plans[i] = None
            result.left_out.add(i)
    return plans


def _check_version(result: Extract, layout: Layout) -> None:
    stated, known = result.stated.get("stamp"), f"{layout.id} {layout.version}"
    stamp = str(stated.value).strip() if stated else ""
    if stamp and stamp != known:
        raise UnreadableError("form_version", text=stamp, known=known)


def _read_tables(
    result: Extract, sheets: list[SheetCells], plans: list[Plan | None], layout: Layout
) -> None:
    unread: list[int] = []
    known: set[object] = set()
    for i in sorted(range(len(sheets)), key=lambda i: sheets[i].hidden):
        sheet, plan = sheets[i], plans[i]
        own = range(0)
        if plan is not None:
            result.tables.append(read_table(i, sheet, plan, layout))
            own = plan.rows
            result.titles += read_titles(sheet.cells, i, plan.body, known)
        result.identities += [(i, r, c) for r, c in identity_columns(sheet.cells, own)]
        if i in result.left_out:
            continue
        said = _statements(i, sheet, plan, layout)
        if plan is None and not said and sheet.cells:
            unread.append(i)
        for name, stated in said.items():
            first = result.stated.setdefault(name, stated)
            if first.value != stated.value and not sheet.hidden:
                result.conflicts.append((name, stated))
    result.unread_sheets = tuple(sorted(unread))


def _statements(
    index: int, sheet: SheetCells, plan: Plan | None, layout: Layout
) -> dict[str, Stated]:
    """What a sheet says of unit and period: a cover, or the head above an official form."""
    if plan is not None and layout.header:
        return read_header(sheet.cells, index, layout)
    # Where the sheets of a form were stacked, its cover stands above the first table.
    above = sheet.cells if plan is None else sheet.cells[: plan.rows.start]
    return read_cover(above, index, layout)
