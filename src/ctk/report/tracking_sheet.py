"""The sheet "Theo dõi nộp báo cáo": who has reported, when and how, and who has not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ctk.messages import message
from ctk.regimes.tracking import Standing, Track
from ctk.report.book import Book
from ctk.report.heading import footer_text
from ctk.report.page import Page, print_setup
from ctk.report.templates import table
from ctk.report.tracking import Tracking, cells, summary_lines
from ctk.workbook.writing import Styles, atomic_path, new_workbook

_COLUMNS = ("number", "unit_code", "name", "state", "received_on", "on_time", "days_late",
            "versions", "errors", "warnings", "wrong")  # fmt: skip
_LEFT = ("name", "wrong")
_NUMBERS = ("days_late", "versions", "errors", "warnings")
_LOOKS = {Standing.NOT_YET: "missing", Standing.REFUSED: "incomplete"}


def write_tracking_book(path: Path, tracking: Tracking, lang: str, *, force: bool = False) -> Path:
    """Write the sheet to an Excel file of its own.

    Raises:
        UsageError: `file_exists` or `cannot_write`.
    """
    title = message("status.sheet.title", lang)
    with atomic_path(path, force) as part:
        workbook = new_workbook(part, title)
        styles = Styles(workbook, table("styles"))
        footer = footer_text(f"{title} - {tracking.unit.full_name}", lang)
        lines = summary_lines(tracking, lang)
        write_tracking(Book(workbook, styles, lang, footer, _plain_heading), tracking, lines)
        workbook.close()
    return path


def write_tracking(book: Book, tracking: Tracking, lines: Sequence[str]) -> None:
    """Add the sheet to a workbook.

    Args:
        book: Where it is added.
        tracking: Where the reporters stand.
        lines: Sentences below the heading.
    """
    lang, layout = book.lang, table("sheets")["tracking"]
    page = book.page(message("status.sheet.name", lang), [layout[name] for name in _COLUMNS])
    last = len(_COLUMNS) - 1
    book.heading(page, "", message("status.sheet.title", lang), last)
    for line in lines:
        page.merged(0, last, line, "line")
        page.end_row()
    page.end_row()
    header = page.row
    for col, name in enumerate(_COLUMNS):
        page.text(col, message(f"status.column.{name}", lang), "header")
    page.end_row()
    page.sheet.freeze_panes(page.row, 3)
    _rows(page, tracking.tracks, lang)
    if tracking.agencies:
        page.merged(0, last, message("status.sheet.agencies", lang), "subtitle")
        page.end_row()
        _rows(page, tracking.agencies, lang)
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:B{page.row + 1}"})
    print_setup(page, book.footer, layout["paper"], (header, header))


def _plain_heading(page: Page, _annex: str, title: str, last: int) -> None:
    page.merged(0, last, title.upper(), "title")
    page.end_row()


def _rows(page: Page, tracks: tuple[Track, ...], lang: str) -> None:
    for number, each in enumerate(tracks, 1):
        values = cells(each, lang) | {"number": str(number)}
        look = _LOOKS.get(each.standing)
        for col, name in enumerate(_COLUMNS):
            styles = ["cell", *([] if name in _LEFT else ["center"])]
            if look and name == "state":
                styles.append(look)
            value = values[name]
            if name in _NUMBERS and value is not None:
                page.sheet.write_number(page.row, col, int(value), page.styles(*styles))
            else:
                page.text(col, str(value or ""), *styles)
        page.end_row()
