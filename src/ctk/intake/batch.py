"""Joins the files of one run into one batch: identified submissions and one tidy frame."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ctk.forms.loader import load_layouts
from ctk.forms.retyped import RETYPED
from ctk.frame import COLUMNS, Batch, Observation, OutsideFigure, Submission, empty_frame
from ctk.indicators import load_catalogue
from ctk.intake.endings import QUIET
from ctk.intake.resolve import identify
from ctk.intake.submissions import submission_of
from ctk.model import Absence, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ctk.errors import UnreadableError
    from ctk.forms.loader import OwnForms
    from ctk.indicators import Catalogue, Element
    from ctk.intake.extract import Extract
    from ctk.intake.paths import Inputs
    from ctk.intake.resolve import Identity
    from ctk.intake.tables import Table
    from ctk.periods import Period


def build_batch(
    extracts: Iterable[Extract],
    inputs: Inputs,
    *,
    expected: Period | None,
    scope: str | None,
    today: date,
    age_groups: str | None = None,
    own: OwnForms = (),
) -> Batch:
    """Identify each file and put all figures into one frame.

    Args:
        extracts: The files as read, in order.
        inputs: What was gathered from the paths.
        expected: The period asked for, if any.
        scope: Code of the unit whose files these are, if known.
        today: Day at which units are looked up where no period is known.
        age_groups: Path of a CSV that replaces the built-in age groups.
        own: The office's own layouts.
    """
    catalogue = load_catalogue(age_groups)
    layouts = {layout.id: layout for layout in load_layouts(age_groups, own)}
    submissions: list[Submission] = []
    tables: list[tuple[int, Table]] = []
    observations: list[Observation] = []
    unreadable: list[tuple[str, UnreadableError]] = []
    others = list(inputs.others)
    for extract in extracts:
        if extract.error is not None:
            if extract.path in inputs.doubtful and extract.error.code in QUIET:
                others.append(extract.path)
            else:
                unreadable.append((extract.path, extract.error))
            continue
        index = len(submissions)
        identity = identify(extract, index, expected, scope, today)
        if any(name in ("unit_code", "unit_name", "period") for name, _ in extract.conflicts):
            identity.unit = None  # which of two covers is meant is not known
        submissions.append(submission_of(extract, identity, layouts))
        observations += identity.observations
        observations += _observe_shape(extract, index)
        if identity.period and submissions[-1].asks is None:
            asked = _asked(catalogue, identity.period)
            if not _is_own(extract, identity, catalogue):
                observations += _missing_rows(extract, index, asked)
        tables += [(index, table) for table in extract.tables]
    raw, readings = _texts(tables)
    return Batch(
        catalogue,
        tuple(submissions),
        _frame(tables),
        raw,
        readings,
        tuple(observations),
        tuple(unreadable),
        inputs.locks,
        tuple(others),
        _sums(tables, submissions),
        layouts=layouts,
        outside=_outside(tables),
        labels=_labels(tables),
    )


def _is_own(extract: Extract, identity: Identity, catalogue: Catalogue) -> bool:
    """Whether a district or province reports what forms ask of itself, and nothing else."""
    held = {element for table in extract.tables for element in table.plan.element.tolist()}
    only_forms = all(catalogue.elements[element].place == "form" for element in held)
    return identity.unit is not None and identity.unit.level is not Level.COMMUNE and only_forms


def _frame(tables: Sequence[tuple[int, Table]]) -> pd.DataFrame:
    if not tables:
        return empty_frame()
    sizes = [table.plan.size for _, table in tables]
    columns: dict[str, Any] = {
        "submission": np.repeat(np.array([i for i, _ in tables], np.int32), sizes),
        "sheet": np.repeat(np.array([t.sheet for _, t in tables], np.int16), sizes),
    }
    for name in ("element", "breakdown", "row", "col", "label_row", "label_col"):
        columns[name] = np.concatenate([getattr(t.plan, name) for _, t in tables])
    for name in ("value", "absence", "note"):
        columns[name] = np.concatenate([getattr(t, name) for _, t in tables])
    return pd.DataFrame({name: columns[name] for name in COLUMNS}, copy=False)


def _labels(tables: Sequence[tuple[int, Table]]) -> dict[tuple[int, int, int, int], str]:
    return {
        (index, table.sheet, *at): label
        for index, table in tables
        for at, label in table.labels.items()
    }


def _outside(tables: Sequence[tuple[int, Table]]) -> tuple[OutsideFigure, ...]:
    """The figures that no element covers, of all files."""
    return tuple(
        OutsideFigure(index, table.sheet, each.at.row, each.at.col, *each[1:])
        for index, table in tables
        for each in table.outside
    )


def _texts(
    tables: Sequence[tuple[int, Table]],
) -> tuple[dict[int, str], dict[int, tuple[str, ...]]]:
    raw: dict[int, str] = {}
    readings: dict[int, tuple[str, ...]] = {}
    start = 0
    for _, table in tables:
        raw |= {start + i: text for i, text in table.raw.items()}
        readings |= {start + i: options for i, options in table.readings.items()}
        start += table.plan.size
    return raw, readings


def _sums(
    tables: Sequence[tuple[int, Table]], submissions: Sequence[Submission]
) -> dict[int, tuple[int, ...]]:
    """The rows of the frame that formulas add up, by the row of the formula."""
    if not any(table.sums for _, table in tables):
        return {}
    starts = np.cumsum([0, *(table.plan.size for _, table in tables)])
    adding = {index for index, table in tables if table.sums}
    rows: dict[tuple[int, int, int, int], int] = {}
    for start, (index, table) in zip(starts.tolist(), tables, strict=False):
        if index in adding:
            places = zip(table.plan.row.tolist(), table.plan.col.tolist(), strict=True)
            rows |= {(index, table.sheet, r, c): start + i for i, (r, c) in enumerate(places)}
    found: dict[int, tuple[int, ...]] = {}
    for start, (index, table) in zip(starts.tolist(), tables, strict=False):
        sheets = {name.casefold(): i for i, name in enumerate(submissions[index].sheets)}
        for position, cells in table.sums.items():
            of = [sheets.get(sheet.casefold(), -1) if sheet else table.sheet for sheet, *_ in cells]
            keys = ((index, i, r, c) for i, (_, r, c) in zip(of, cells, strict=True))
            found[start + position] = tuple(rows[key] for key in keys if key in rows)
    return found


def _observe_shape(extract: Extract, index: int) -> list[Observation]:
    """What is odd about the tables: unknown rows, missing columns, cells that should be empty."""
    seen = [
        Observation(issue.rule, index, table.sheet, issue.row, issue.col, (("text", issue.text),))
        for table in extract.tables
        for issue in table.plan.issues
        if issue.rule != RETYPED
    ]
    seen += [each for table in extract.tables for each in _retyped(table, index)]
    seen += [
        Observation("V255", index, table.sheet) for table in extract.tables if table.plan.turned
    ]
    seen += [
        Observation("V315", index, table.sheet, row, col, (("text", text),))
        for table in extract.tables
        for row, col, text in table.filled_unused
    ]
    seen += [
        Observation("V209", index, table.sheet, -1, -1, (("titles", "; ".join(missing)),))
        for table in extract.tables
        if (missing := table.plan.missing_heads)
    ]
    seen += [
        Observation(
            "V206",
            index,
            table.sheet,
            params=(("section", extract.sheets[table.sheet]), ("codes", ", ".join(missing))),
        )
        for table in extract.tables
        if (missing := table.plan.missing_lines)
    ]
    seen += [
        Observation("V317", index, table.sheet, params=(("text", table.odd_mark),))
        for table in extract.tables
        if table.odd_mark
    ]
    seen += [
        Observation("V319", index, table.sheet)
        for table in extract.tables
        if table.nothing_occurred and (table.absence == Absence.BLANK).any()
    ]
    seen += [
        Observation("V318", index, table.sheet)
        for table in extract.tables
        if table.nothing_occurred and (table.value > 0).any()
    ]
    seen += [
        Observation("V217", index, at.sheet, at.row, at.col, (("text", str(at.value)),))
        for _, at in extract.conflicts
    ]
    seen += [Observation("V107", index, *place) for place in extract.identities]
    seen += [Observation(said.rule, index, params=said.params) for said in extract.remarks]
    seen += [Observation("V212", index, sheet) for sheet in extract.unread_sheets]
    seen += [Observation(place[0], index, *place[1:]) for place in extract.places]
    if extract.encoding != "unicode":
        seen.append(Observation("V106", index, params=(("encoding", extract.encoding.upper()),)))
    return seen


def _retyped(table: Table, index: int) -> Iterator[Observation]:
    """Rows in other words than the form's, said once a table."""
    issues = [issue for issue in table.plan.issues if issue.rule == RETYPED]
    for first in issues[:1]:
        params = (("count", len(issues)), ("typed", first.typed), ("text", first.text))
        yield Observation(RETYPED, index, table.sheet, first.row, first.col, params)


def _missing_rows(
    extract: Extract, index: int, asked: tuple[tuple[int, Element], ...]
) -> list[Observation]:
    """Rows of the form that stand nowhere in the file, told once a section."""
    present = np.zeros(len(load_catalogue().elements), np.bool_)
    for table in extract.tables:
        present[table.plan.element] = True
    missing: dict[str, list[str]] = {}
    for position, element in asked:
        if not present[position] and element.place == "main":
            missing.setdefault(element.section, []).append(element.id)
    return [
        Observation("V206", index, params=(("section", section), ("codes", ", ".join(codes))))
        for section, codes in missing.items()
    ]


@lru_cache(maxsize=64)
def _asked(catalogue: Catalogue, period: Period) -> tuple[tuple[int, Element], ...]:
    return tuple((catalogue.element_index[e.id], e) for e in catalogue.asked(period))
