"""Writes an official form as printed, filled for one unit and period."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

from ctk.messages import message
from ctk.report.context import ReportContext
from ctk.report.copies import copy_status, file_name
from ctk.report.figures import State
from ctk.report.heading import footer_text
from ctk.report.official.figures import FormFigures, Placed
from ctk.report.official.layout import (
    FORMS,
    TOGETHER,
    Area,
    Cell,
    OfficialForm,
    load_form,
    looks,
)
from ctk.report.official.names import receiver, reporter
from ctk.report.official.notes import notes
from ctk.report.wording import period_title
from ctk.text.numbers import round_half_up
from ctk.workbook.writing import A4, FONT, Styles, Workbook, Worksheet, atomic_path, new_workbook

_MM_PER_INCH = 25.4
_MARGINS = {"left": 23, "right": 18, "top": 23, "bottom": 10}
_POINTS_PER_PIXEL = 0.75
_NOTE_HEIGHT = 14.4
_GAP = 6
# Points of width for each letter of a note, on the safe side.
_LETTER = 5.2


def write_official(
    context: ReportContext, out_dir: Path, id_: str, *, force: bool = False
) -> list[dict[str, str]]:
    """Write one form, or all in one workbook, and give its row of the JSON contract.

    Args:
        context: The unit's figures and names.
        out_dir: Folder to write to; made if it is not there.
        id_: One of `layout.FORMS`, or `layout.TOGETHER`.
        force: Whether a file that is already there may be replaced.

    Raises:
        UsageError: `file_exists` or `cannot_write`.
    """
    forms = [load_form(each) for each in (FORMS if id_ == TOGETHER else (id_,))]
    path = out_dir / file_name(context, id_)
    title = message(f"report.document.{id_}", "vi")
    with atomic_path(path, force) as part:
        name = f"{title} - {context.unit.full_name}"
        workbook = new_workbook(part, name, forms[0].source, copy_status(context))
        for form in forms:
            _Sheet(workbook, form, context).write()
        workbook.close()
    return [{"file": str(path), "unit": context.unit.code, "form": id_}]


class _Sheet:
    """The one sheet of a form."""

    def __init__(self, workbook: Workbook, form: OfficialForm, context: ReportContext) -> None:
        self.sheet: Worksheet = workbook.add_worksheet(form.id)
        self.form = form
        self.context = context
        self.style = Styles(workbook, looks())
        self.figures = FormFigures(context)
        self.notes = notes(context, form, self.figures)
        # A line between the table and its notes, which push the signatures down.
        self.pushed = len(self.notes) + 2 if self.notes else 0

    def write(self) -> None:
        """Write everything."""
        self._sizes()
        self._rule_table()
        words = self._words()
        for cell in self.form.cells:
            self._cell(cell, words)
        for placed in self.figures.placed(self.form):
            self._figure(placed)
        self._notes()
        self._page()

    def _sizes(self) -> None:
        self.sheet.hide_gridlines(2)
        for col, width in enumerate(self.form.widths):
            self.sheet.set_column_pixels(col, col, width)
        for row, height in enumerate(self.form.heights):
            self.sheet.set_row(row + (self.pushed if row >= self.form.foot else 0), height)

    def _words(self) -> dict[str, object]:
        context, office = self.context, self.context.office
        agency, below = reporter(context)
        first, last = context.period.days(context.coverage)
        same_year = first.year == last.year
        place = office.place if context.office_of_unit else ""
        signed = "placed" if place else "undated"
        return {
            "year": context.period.year,
            "period": period_title(context.period, "vi"),
            "first": f"{first:%d/%m}" if same_year else f"{first:%d/%m/%Y}",
            "last": f"{last:%d/%m}" if same_year else f"{last:%d/%m/%Y}",
            "reporter": agency,
            "reporter_more": below,
            "receiver": receiver(context),
            "date": message(f"official.signed.{signed}", "vi", place=place),
            "prepared_by": office.prepared_by if context.office_of_unit else "",
            "signatory_name": office.signatory_name if context.office_of_unit else "",
        }

    def _rule_table(self) -> None:
        """Draw the lines of the table, below what is written into it later."""
        for row, col in self.form.table.cells:
            self.sheet.write_blank(row, col, None, self.style(self._lines(row)))

    def _lines(self, row: int) -> str:
        if row not in self.form.block:
            return "boxed"
        return "ending" if row == self.form.block[-1] else "between"

    def _cell(self, cell: Cell, words: dict[str, object]) -> None:
        table = self.form.table
        inside = table.top <= cell.area.top <= table.bottom
        ruled = (self._lines(cell.area.bottom),) if inside else ()
        area = cell.area.down(self.pushed) if cell.area.top >= self.form.foot else cell.area
        look = self.style(*cell.look, *ruled)
        self._merge(area, look)
        if cell.number is not None:
            self.sheet.write_number(area.top, area.left, cell.number, look)
            return
        whole = self.context.period.is_annual or not cell.part
        text = (cell.text if whole else cell.part).format(**words).rstrip("\n")
        if cell.bold and whole:
            runs = (self.style(*cell.look, "bold"), cell.bold, self.style(*cell.look), text)
            self.sheet.write_rich_string(area.top, area.left, *runs, look)
        elif text.strip():
            self.sheet.write_string(area.top, area.left, text, look)

    def _merge(self, area: Area, look: object) -> None:
        if (area.top, area.left) != (area.bottom, area.right):
            corners = (area.top, area.left, area.bottom, area.right)
            self.sheet.merge_range(*corners, "", look)

    def _figure(self, placed: Placed) -> None:
        row, col = placed.line.row, placed.column.left
        state, ruled = placed.figure.state, self._lines(row)
        more = self.form.figures.split()
        look = self.style("rate" if placed.is_rate else "count", *more, ruled)
        self._merge(Area(row, col, row, placed.column.right), look)
        if state is State.WITHHELD:
            sign = message("report.sign.withheld", self.context.lang)
            self.sheet.write_string(row, col, sign, self.style("withheld", *more, ruled))
        elif state is State.COMPLETE and placed.figure.value is not None:
            shown = float(round_half_up(placed.figure.value, placed.decimals))
            self.sheet.write_number(row, col, shown, look)

    def _notes(self) -> None:
        if not self.notes:
            return
        lang, top, last = self.context.lang, self.form.table.bottom + 2, len(self.form.widths) - 1
        title = message("official.note.title", lang)
        self.sheet.set_row(top - 1, _GAP)
        self.sheet.write_string(top, 0, title, self.style("note_title"))
        per_line = int(sum(self.form.widths) * _POINTS_PER_PIXEL / _LETTER)
        for row, text in enumerate(self.notes, top + 1):
            said = message("official.note.line", lang, text=text)
            self._merge(Area(row, 0, row, last), self.style("note"))
            self.sheet.write_string(row, 0, said, self.style("note"))
            self.sheet.set_row(row, len(wrap(said, per_line)) * _NOTE_HEIGHT + 1)

    def _page(self) -> None:
        sheet, context = self.sheet, self.context
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(**{side: size / _MM_PER_INCH for side, size in _MARGINS.items()})
        sheet.fit_to_pages(1, 1)
        if self.notes:  # without them the form stands where the law prints it
            sheet.center_horizontally()
        last = len(self.form.heights) - 1 + self.pushed
        sheet.print_area(0, 0, last, len(self.form.widths) - 1)
        unit, period = context.unit.full_name, period_title(context.period, context.lang)
        footer = message("official.footer", context.lang, unit=unit, period=period)
        sheet.set_footer(footer_text(footer, context.lang), {"margin": 5 / _MM_PER_INCH})
        if context.public:
            font = f'&"{FONT},Italic"&10 '
            header = f"&C{font}{copy_status(context)}"
            sheet.set_header(header, {"margin": 8 / _MM_PER_INCH})
