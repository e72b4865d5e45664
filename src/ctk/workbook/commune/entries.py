"""What the cells of a data sheet accept, and what shows at once that they do not add up."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_rowcol_to_cell

from ctk.messages import message
from ctk.workbook.commune import grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ctk.workbook.commune.plan import FormPlan, Row, SheetPlan
    from ctk.workbook.writing import Format, Worksheet

MOST = 9_999_999
SIGNS = ("-", "…", "...", "x", "không")
YES_NO = ("1", "0", "-", "…")

_Range = tuple[int, int, int, int]


def count_rule(cell: str) -> str:
    """Excel condition: a whole number from 0 to `MOST`, or one of the signs in any case."""
    number = f"AND({cell}>=0,{cell}<={MOST},{cell}=INT({cell}))"
    sign = f'ISNUMBER(FIND("|"&LOWER(TRIM({cell}))&"|","|{"|".join(SIGNS)}|"))'
    return f"=IF(ISNUMBER({cell}),{number},{sign})"


def add_rules(sheet: Worksheet, plan: FormPlan, data: SheetPlan) -> None:
    """Lay Excel's data validation over the input cells of a data sheet."""
    counts = list(_input_ranges(plan, data))
    if counts:
        first = counts[0]
        cell = xl_rowcol_to_cell(first[0], first[1])
        rule = {"validate": "custom", "value": count_rule(cell), "other_cells": counts[1:]}
        sheet.data_validation(*first, rule | _words("count", plan.lang))
    for i, row in enumerate(data.rows, grid.FIRST_ROW):
        if _is_yes_no(row):
            rule = {"validate": "list", "source": list(YES_NO)}
            at = (i, grid.FIRST_VALUE)
            sheet.data_validation(*at, *at, rule | _words("yes_no", plan.lang))
    box = (grid.BOX_ROW, grid.CODE)
    ticking = {"validate": "list", "source": ["x"]}
    sheet.data_validation(*box, *box, ticking | _words("box", plan.lang))


def _words(key: str, lang: str) -> dict[str, Any]:
    texts = {
        option: message(f"workbook.rules.{key}.{option}", lang)
        for option in ("input_title", "input_message", "error_title", "error_message")
    }
    return texts | {"error_type": "stop"}


def _is_yes_no(row: Row) -> bool:
    return row.element is not None and row.element.adds == "yes_no"


def _input_ranges(plan: FormPlan, data: SheetPlan) -> Iterator[_Range]:
    """Cover the input cells for counts by rectangles.

    The first one starts at the top left of all of them: a formula of several ranges is relative to
    the first range in some programs and to what encloses them all in others.
    """
    for (_, columns), rows in groupby(
        enumerate(data.rows, grid.FIRST_ROW), key=lambda pair: _signature(plan, pair[1])
    ):
        numbers = [i for i, _ in rows]
        for first, last in _runs(columns):
            yield numbers[0], first, numbers[-1], last


def _signature(plan: FormPlan, row: Row) -> tuple[bool, tuple[int, ...]]:
    element = row.element
    if element is None or _is_yes_no(row):
        return False, ()
    columns = enumerate(plan.catalogue.breakdowns, grid.FIRST_VALUE)
    return True, tuple(col for col, breakdown in columns if element.has(breakdown))


def _runs(columns: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Group column numbers into runs without a gap."""
    for _, run in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        members = [col for _, col in run]
        yield members[0], members[-1]


def add_alarms(sheet: Worksheet, plan: FormPlan, data: SheetPlan, alarm: Format) -> None:
    """Redden a total that is not the sum of its sexes or ages, and a part above its total."""
    first, last = grid.FIRST_ROW, grid.FIRST_ROW + len(data.rows) - 1
    total = xl_rowcol_to_cell(first, grid.FIRST_VALUE, col_abs=True)
    for group in grid.groups(plan.catalogue.breakdowns):
        if group.dimension is None:
            continue
        members = (
            f"{xl_rowcol_to_cell(first, group.first, col_abs=True)}"
            f":{xl_rowcol_to_cell(first, group.last, col_abs=True)}"
        )
        size = group.last - group.first + 1
        relation = "<>" if size > 1 else "<"
        criteria = f"=AND(COUNT({total},{members})={size + 1},{total}{relation}SUM({members}))"
        rule = {"type": "formula", "criteria": criteria, "format": alarm}
        sheet.conditional_format(first, grid.FIRST_VALUE, last, grid.FIRST_VALUE, rule)
    left = xl_rowcol_to_cell(first, grid.FIRST_VALUE + 1)
    criteria = f"=AND(ISNUMBER({left}),ISNUMBER({total}),{left}>{total})"
    rule = {"type": "formula", "criteria": criteria, "format": alarm}
    right = grid.FIRST_VALUE + len(plan.catalogue.breakdowns) - 1
    sheet.conditional_format(first, grid.FIRST_VALUE + 1, last, right, rule)
