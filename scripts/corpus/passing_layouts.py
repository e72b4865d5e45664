"""The same right figures in workbooks that somebody rearranged or another program saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from sample_workbooks import move_tables, rewrite

from corpus.collection import Corpus, batch, file
from corpus.contents import Formula
from corpus.forms import Form, form
from corpus.key import PASS
from corpus.legacy import nfd

SHEET = "I.2 Sức khỏe"


def _edited(
    name: str, code: str, shows: str, edit: Callable[[openpyxl.Workbook], None], *, full: bool
) -> None:
    path = f"{PASS}/{name}.xlsx"

    @batch(path, shows)
    def _make(corpus: Corpus) -> None:
        target = corpus.save(form(code), path, full=full)
        book = openpyxl.load_workbook(target)
        edit(book)
        book.save(target)
        rewrite(target)


def _nothing(_book: openpyxl.Workbook) -> None:
    """The program changes enough by saving."""


def _row(book: openpyxl.Workbook) -> None:
    sheet = book[SHEET]
    sheet.insert_rows(12)
    sheet["A12"] = "Số liệu dưới đây lấy từ sổ của trạm y tế"
    sheet.merge_cells("A12:I12")
    sheet.insert_rows(20)


def _column(book: openpyxl.Workbook) -> None:
    sheet = book["I.3 Bảo vệ"]
    sheet.insert_cols(4)
    sheet["D6"] = "Ghi chú của xã"
    sheet["D9"] = "đã rà soát"


def _notes(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        below = sheet.max_row + 2
        sheet.cell(below, 1, "Ghi chú: “-” là không phát sinh; “…” là chưa thu thập được.")
        sheet.cell(below + 1, 1, "2 trẻ chuyển đến trong tháng 6 đã được tính.")
        sheet.cell(below + 2, 5, "Người lập biểu")


def _order(book: openpyxl.Workbook) -> None:
    for number, sheet in enumerate(book.worksheets, 1):
        sheet.title = f"Sheet{number}"
    book.move_sheet("Sheet1", 3)


_edited("saved_by_openpyxl", "19555", "A program saved it that stores no results of formulas",
        _nothing, full=True)  # fmt: skip
_edited("rows_inserted", "19558", "A note across the table and an empty row", _row, full=False)
_edited("column_inserted", "19561", "A column of remarks before the figures", _column, full=False)
_edited("notes_below_the_tables", "19564", "Notes and figures in words below each table",
        _notes, full=False)  # fmt: skip
_edited("sheets_renamed_and_moved", "19567", "Sheet1, Sheet2 …; the cover is not the first",
        _order, full=False)  # fmt: skip


@file(PASS, "letters_and_tones_apart", "19570", "All texts in decomposed Unicode (NFD)")
def _nfd(made: Form) -> None:
    made.around.encode = nfd


@batch(f"{PASS}/tables_moved_and_retyped.xlsx", "Typed again two rows lower, one column further")
def _moved(corpus: Corpus) -> None:
    path = corpus.save(form("19576"), f"{PASS}/tables_moved_and_retyped.xlsx", full=True)
    move_tables(path)


@batch(f"{PASS}/formulas_shared_as_excel_does.xlsx", "One formula shared by a column of totals")
def _shared(corpus: Corpus) -> None:
    made = form("19579")
    sheet, first = made.at("I-0105")
    top = int(first[1:])
    for row, element in enumerate(("I-0105", "I-0105.1", "I-0105.2"), top):
        made.put(element, "T", Formula(f"=E{row}+F{row}", made.count(element)))
    path = corpus.save(made, f"{PASS}/formulas_shared_as_excel_does.xlsx")
    _share(path, f"D{top}:D{top + 2}")
    if made.at("I-0105.2") != (sheet, f"D{top + 2}"):
        raise ValueError("the rows of the poor do not follow each other")


def _share(path: Path, area: str) -> None:
    first, _, last = area.partition(":")

    def patch(_part: str, text: str) -> str:
        for number in range(int(first[1:]), int(last[1:]) + 1):
            formula = f"<f>E{number}+F{number}</f>"
            own = f'<f t="shared" ref="{area}" si="0">E{number}+F{number}</f>'
            shared = own if f"D{number}" == first else '<f t="shared" si="0"/>'
            text = re.sub(re.escape(formula), shared, text)
        return text

    rewrite(path, patch)
