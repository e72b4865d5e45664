"""Writes one data sheet: title block, header, rows, signatures, print set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ctk.messages import message
from ctk.workbook.commune import grid
from ctk.workbook.commune.entries import add_alarms, add_rules
from ctk.workbook.commune.page import protect, set_up_page
from ctk.workbook.commune.plan import Kind

if TYPE_CHECKING:
    from ctk.workbook.commune.plan import FormPlan, Row, SheetPlan
    from ctk.workbook.writing import Format, Styles, Worksheet

RATE_TITLE = "Tỷ lệ"
HELP_TITLE = "Hướng dẫn"
ROW_TITLE = "Chỉ tiêu"
UNIT_TITLE = "Đơn vị tính"

_LABEL_STYLES: dict[Kind, tuple[str, ...]] = {
    Kind.OWN: ("text", "border", "wrap", "bold"),
    Kind.OTHER: ("text", "border", "wrap"),
    Kind.PART: ("text", "border", "wrap", "indent"),
    Kind.HEADING: ("text", "row_middle", "row_start", "bold", "italic"),
    Kind.SECTION: ("text", "row_middle", "row_start", "grey", "bold"),
}
_TITLE_HEIGHTS = (18, 20, 18)
_BOX_HEIGHT, _GROUP_HEIGHT, _HEADER_HEIGHT, _NUMBER_HEIGHT = 20, 17, 36, 31
_LONG_TITLE = 62


class Heads(NamedTuple):
    """The words of the title block that differ from commune to commune."""

    reporter: str
    receiver: str
    line: str
    footer: str


class _EmptyText(str):
    """An empty text as a formula's result.

    For a plain "" XlsxWriter leaves the type out, and readers find a number without digits;
    Excel itself writes a text.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


_NO_RESULT = _EmptyText()


def write_sheet(
    sheet: Worksheet, plan: FormPlan, data: SheetPlan, heads: Heads, style: Styles, alarm: Format
) -> None:
    """Fill a new worksheet with one section of the form."""
    _set_columns(sheet, plan)
    _write_titles(sheet, plan, data, heads, style)
    _write_box(sheet, plan, style)
    _write_header(sheet, plan, style)
    writer = _RowWriter(sheet, plan, style)
    for i, row in enumerate(data.rows, grid.FIRST_ROW):
        writer.write(i, row)
    last = grid.FIRST_ROW + len(data.rows) - 1
    if data.name == plan.signed:
        last = _write_signatures(sheet, plan, last + 2, style)
    add_rules(sheet, plan, data)
    add_alarms(sheet, plan, data, alarm)
    sheet.set_zoom(90)
    sheet.freeze_panes(grid.FIRST_ROW, grid.UNIT)
    sheet.repeat_rows(grid.GROUP_ROW, grid.NUMBER_ROW)
    set_up_page(sheet, heads.footer, (last, grid.columns(plan.catalogue.breakdowns).help))
    protect(sheet)


def _set_columns(sheet: Worksheet, plan: FormPlan) -> None:
    rate, help_ = grid.columns(plan.catalogue.breakdowns)
    sheet.set_column(grid.LABEL, grid.LABEL, grid.LABEL_WIDTH)
    sheet.set_column(grid.CODE, grid.CODE, grid.CODE_WIDTH)
    sheet.set_column(grid.UNIT, grid.UNIT, grid.UNIT_WIDTH)
    sheet.set_column(grid.FIRST_VALUE, grid.FIRST_VALUE, grid.TOTAL_WIDTH)
    sheet.set_column(grid.FIRST_VALUE + 1, rate - 1, grid.PART_WIDTH)
    sheet.set_column(rate, rate, grid.RATE_WIDTH)
    sheet.set_column(help_, help_, grid.HELP_WIDTH)


def _write_titles(
    sheet: Worksheet, plan: FormPlan, data: SheetPlan, heads: Heads, style: Styles
) -> None:
    help_ = grid.columns(plan.catalogue.breakdowns).help
    section = data.symbol or data.name
    symbol = message("workbook.sheet.symbol", "vi", stamp=plan.stamp, section=section)
    received = message("workbook.sheet.received", "vi")
    left = (symbol, received, message("workbook.law", plan.lang))
    title = f"{data.symbol}. {data.title}" if data.symbol else data.title
    middle = (message("workbook.title", "vi"), title.upper(), heads.line)
    right = (heads.reporter, heads.receiver, "")
    looks = (("small", "bold"), ("small",), ("small", "italic"))
    middles = (("text", "bold", "center"), ("subtitle",), ("text", "italic", "center"))
    for r in range(grid.TITLE_ROWS):
        long = r == 1 and len(title) > _LONG_TITLE
        sheet.set_row(r, _TITLE_HEIGHTS[r] * (2 if long else 1))
        sheet.write_string(r, grid.LABEL, left[r], style(*looks[r]))
        sheet.merge_range(r, grid.UNIT, r, help_ - 1, middle[r], style("text", *middles[r]))
        if right[r]:
            sheet.write_string(r, help_, right[r], style("small", "bold", "shrink"))


def _write_box(sheet: Worksheet, plan: FormPlan, style: Styles) -> None:
    row = grid.BOX_ROW
    sheet.set_row(row, _BOX_HEIGHT)
    label = plan.layout.nothing_occurred
    sheet.write_string(row, grid.LABEL, label, style("text", "bold", "right", "indent"))
    sheet.write_blank(row, grid.CODE, None, style("text", "border", "bold", "center", "open"))
    note = message("workbook.sheet.box_note", plan.lang)
    sheet.write_string(row, grid.UNIT, note, style("small", "italic", "indent"))


def _write_header(sheet: Worksheet, plan: FormPlan, style: Styles) -> None:
    breakdowns = plan.catalogue.breakdowns
    values = [breakdown.title_vi for breakdown in breakdowns]
    titles = (
        ROW_TITLE,
        plan.layout.tables[0].code_title,
        UNIT_TITLE,
        *values,
        RATE_TITLE,
        HELP_TITLE,
    )
    _write_groups(sheet, plan, style)
    grouped = {
        col
        for group in grid.groups(breakdowns)
        if group.dimension
        for col in range(group.first, group.last + 1)
    }
    for col, title in enumerate(titles):
        names = ("text", "header", "wrap") if col in grouped else _CAPPED
        sheet.write_string(grid.HEADER_ROW, col, title, style(*names))
    numbered = style("small", "border", "italic", "center", "wrap")
    for col, number in enumerate(grid.column_numbers(breakdowns)):
        sheet.write_string(grid.NUMBER_ROW, col, number, numbered)
    sheet.set_row(grid.GROUP_ROW, _GROUP_HEIGHT)
    sheet.set_row(grid.HEADER_ROW, _HEADER_HEIGHT)
    sheet.set_row(grid.NUMBER_ROW, _NUMBER_HEIGHT)


# A title whose upper neighbour is empty looks like one tall cell, yet stands in the header row.
_CAPPED = ("text", "header", "wrap", "under_cap")


def _write_groups(sheet: Worksheet, plan: FormPlan, style: Styles) -> None:
    row = grid.GROUP_ROW
    rate, help_ = grid.columns(plan.catalogue.breakdowns)
    for col in (grid.LABEL, grid.CODE, grid.UNIT, rate, help_):
        sheet.write_blank(row, col, None, style("cap"))
    for group in grid.groups(plan.catalogue.breakdowns):
        if group.dimension is None:
            sheet.write_blank(row, group.first, None, style("cap"))
            continue
        text = message(f"workbook.sheet.by_{group.dimension}", "vi")
        look = style("small", "header")
        if group.last > group.first:
            sheet.merge_range(row, group.first, row, group.last, text, look)
        else:
            sheet.write_string(row, group.first, text, look)


class _RowWriter:
    """Writes the rows of one sheet."""

    def __init__(self, sheet: Worksheet, plan: FormPlan, style: Styles) -> None:
        self.sheet = sheet
        self.style = style
        self.breakdowns = list(enumerate(plan.catalogue.breakdowns, grid.FIRST_VALUE))
        self.rate, self.help = grid.columns(plan.catalogue.breakdowns)
        self.input = style("text", "border", "count", "open")
        self.empty = style("empty")

    def write(self, i: int, row: Row) -> None:
        """Write one row: a heading over the whole table, or an element."""
        self.sheet.set_row(i, row.height)
        style = self.style
        look = style(*_LABEL_STYLES[row.kind])
        if row.element is None:
            self._write_heading(i, row, look)
            return
        self.sheet.write_string(i, grid.LABEL, row.text, look)
        self.sheet.write_string(i, grid.CODE, row.element.id, style("text", "border", "center"))
        unit = style("small", "border", "center", "wrap")
        self.sheet.write_string(i, grid.UNIT, row.element.unit, unit)
        for col, breakdown in self.breakdowns:
            look = self.input if row.element.has(breakdown) else self.empty
            self.sheet.write_blank(i, col, None, look)
        self._write_rate(i, row)
        self.sheet.write_string(i, self.help, row.help, style("small", "border", "wrap"))

    def _write_heading(self, i: int, row: Row, look: Format) -> None:
        """Write a heading; it runs on over empty cells, which merging would tie together."""
        tint = ("grey",) if row.kind is Kind.SECTION else ()
        self.sheet.write_string(i, grid.LABEL, row.text, look)
        for col in range(grid.CODE, self.help):
            self.sheet.write_blank(i, col, None, self.style("row_middle", *tint))
        self.sheet.write_blank(i, self.help, None, self.style("row_middle", "row_end", *tint))

    def _write_rate(self, i: int, row: Row) -> None:
        if row.rate is None:
            self.sheet.write_blank(i, self.rate, None, self.empty)
            return
        look = self.style("text", "computed", row.rate.kind)
        self.sheet.write_formula(i, self.rate, row.rate.formula, look, _NO_RESULT)


def _write_signatures(sheet: Worksheet, plan: FormPlan, row: int, style: Styles) -> int:
    """Write the signature block of a statistical form; gives its last row."""
    rate, help_ = grid.columns(plan.catalogue.breakdowns)
    spans = {"maker": (0, 0), "checker": (grid.FIRST_VALUE, rate - 1), "head": (help_, help_)}
    date = message("workbook.sheet.signed_on", "vi")
    sheet.write_string(row, help_, date, style("text", "italic", "center"))
    for who, (first, last) in spans.items():
        for offset, key in enumerate(("who", "how")):
            text = message(f"workbook.sheet.{who}_{key}", "vi")
            look = style("text", "center", "bold" if key == "who" else "italic")
            at = row + 1 + offset
            if last > first:
                sheet.merge_range(at, first, at, last, text, look)
            else:
                sheet.write_string(at, first, text, look)
    return row + 7
