"""One sheet being written from the top down: cells, paragraphs, footnotes, print setup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from ctk.messages import message
from ctk.report.figures import Figure, Slice, State
from ctk.report.lines import RATE_DECIMALS, Line
from ctk.report.printed import Printed
from ctk.report.templates import table
from ctk.text.numbers import round_half_up
from ctk.workbook.writing import A3, A4, Styles, Workbook, Worksheet

_MIN_HEIGHT = 15.0
_LINE_HEIGHT = 1.2
_PADDING = 2.5
# A column's width counts digits of 11 points; letters of Times New Roman are a little narrower.
_WIDTH_SIZE = 11
_LETTERS = 1.12
_BOLD = 0.93
_CAPITALS = 0.75
_MM_PER_INCH = 25.4
_PAPERS = {"A3": A3, "A4": A4}


@dataclass
class Page:
    """A worksheet, its column widths, what is printed where, and the row being written.

    `first` is the first column of paragraphs: behind those that every page repeats, on a sheet of
    several pages side by side, for else they would be seen on each page, cut off.
    """

    sheet: Worksheet
    styles: Styles
    widths: Sequence[float]
    row: int = 0
    height: float = _MIN_HEIGHT
    printed: list[Printed] = field(default_factory=list)
    first: int = 0

    def text(self, col: int, text: str, *styles: str) -> None:
        """Write a text as it is, never as a formula or link."""
        look = self.styles(*styles)
        if not text:
            self.sheet.write_blank(self.row, col, None, look)
            return
        self.sheet.write_string(self.row, col, text, look)
        if len(text) > self.widths[col] / 2:
            self._make_room(text, self.widths[col], styles)

    def merged(self, first: int, last: int, text: str, *styles: str) -> None:
        """Write a text over several columns of the row."""
        look = self.styles(*styles)
        if first < last:
            self.sheet.merge_range(self.row, first, self.row, last, "", look)
        self.sheet.write_string(self.row, first, text, look)
        self._make_room(text, sum(self.widths[first : last + 1]), styles)

    def end_row(self) -> None:
        """Go on to the next row; this one becomes as high as its texts need.

        Spreadsheet programs do not all do this themselves, and none does it for merged cells.
        """
        if self.height > _MIN_HEIGHT:
            self.sheet.set_row(self.row, self.height)
        self.row += 1
        self.height = _MIN_HEIGHT

    def _make_room(self, text: str, width: float, styles: tuple[str, ...]) -> None:
        look = self.styles.properties(*styles)
        size = look.get("font_size", _WIDTH_SIZE)
        per_line = (width - look.get("indent", 0) * 1.5) * _LETTERS * _WIDTH_SIZE / size
        if look.get("bold"):
            per_line *= _BOLD
        per_line *= _CAPITALS if text.isupper() else 1
        wraps = look.get("text_wrap", False)
        lines = len(wrap(text, max(3, int(per_line)))) if wraps else 1
        self.height = max(self.height, lines * size * _LINE_HEIGHT + _PADDING)

    def figure(
        self, col: int, figure: Figure, line: Line, *under: str, of: tuple[str, Slice]
    ) -> None:
        """Write a figure if it is complete; else leave the cell empty and mark why.

        Args:
            col: Column, from 0.
            figure: The figure.
            line: What it is a figure of.
            *under: More styles.
            of: Code of the unit, and the slice.
        """
        state = figure.state
        if state is State.WITHHELD:
            sign = message("report.sign.withheld", "vi")
            self.sheet.write_string(self.row, col, sign, self.styles("cell", "withheld"))
            return
        if state is not State.COMPLETE or figure.value is None:
            look = "off" if state is State.NOT_ASKED else state.value
            self.sheet.write_blank(self.row, col, None, self.styles("cell", look))
            return
        self.number(col, figure.value, line, *under, of=of)

    def number(
        self,
        col: int,
        value: float,
        line: Line,
        *under: str,
        of: tuple[str, Slice],
        partial: bool = False,
    ) -> None:
        """Write a number rounded half-up as its line prints it, and note where; see `figure`."""
        look = self.styles("cell", "rate" if line.is_rate else "count", *under)
        shown = float(round_half_up(value, line.decimals))
        self.sheet.write_number(self.row, col, shown, look)
        (unit, slice_), key = of, line.key or ""
        at = self.sheet.get_name(), self.row, col
        self.printed.append(Printed(*at, unit, key, slice_, partial, shown))

    def compared(self, col: int, value: float | None, line: Line, kind: str = "") -> None:
        """Write an earlier figure or a change; it is no figure of this report, so none is noted.

        Args:
            col: Column, from 0.
            value: The number; None: the cell stays empty.
            line: What it is a figure of.
            kind: `change` or `percent`; empty: the earlier figure.
        """
        shown = "rate" if line.is_rate else "count"
        look = {"change": f"change_{shown}", "percent": "percent"}.get(kind, shown)
        decimals = RATE_DECIMALS if kind == "percent" else line.decimals
        small = ["element"] if line.kind == "element" else []
        styles = self.styles("cell", look, "earlier", *small)
        if value is None:
            self.sheet.write_blank(self.row, col, None, styles)
            return
        self.sheet.write_number(self.row, col, round_half_up(value, decimals), styles)


def new_page(
    workbook: Workbook,
    styles: Styles,
    name: str,
    widths: Sequence[float],
    printed: list[Printed] | None = None,
) -> Page:
    """Add a sheet and set its columns."""
    sheet = workbook.add_worksheet(name)
    sheet.hide_gridlines(2)
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    return Page(sheet, styles, widths, printed=[] if printed is None else printed)


def wide_enough(width: float, digits: int) -> float:
    """Widen a column for its longest figure, which would show as "####" otherwise."""
    return max(width, digits + 1.0)


def write_footnotes(page: Page, lines: Iterable[tuple[str, ...]], last: int) -> None:
    """Write explanations below a table."""
    page.end_row()
    for style, text in lines:
        page.merged(page.first, last, text, style)
        page.end_row()


def print_setup(
    page: Page, footer: str, paper: str, header: tuple[int, int] | None, pages_wide: int = 1
) -> None:
    """Set paper, margins, fit to width, repeated header rows and page numbers.

    Args:
        page: A sheet that is written to its end.
        footer: Footer in Excel's notation.
        paper: `A4` or `A3`, landscape.
        header: First and last row to repeat on every page, if any.
        pages_wide: Pages side by side.
    """
    sheet = page.sheet
    sheet.set_landscape()
    sheet.set_paper(_PAPERS[paper])
    margins: dict[str, Any] = table("sheets")["margins"]
    sheet.set_margins(**{side: size / _MM_PER_INCH for side, size in margins.items()})
    sheet.center_horizontally()
    sheet.fit_to_pages(pages_wide, 0)
    if header:
        sheet.repeat_rows(*header)
    sheet.print_area(0, 0, page.row - 1, len(page.widths) - 1)
    sheet.set_footer(footer, {"margin": 7 / _MM_PER_INCH})
