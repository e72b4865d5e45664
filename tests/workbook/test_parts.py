"""The parts of a package, styles and comments."""

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from ctk.workbook.comments import comments
from ctk.workbook.oddities import SheetXml
from ctk.workbook.parts import Parts
from ctk.workbook.styles import font_names, percent_styles


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 rubbish", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_package_is_empty(data):
    """Rubbish has no parts, no sheets and no comments."""
    parts = Parts(data)
    assert (
        parts.sheets, parts.read("xl/workbook.xml"), parts.has_comments, font_names(parts),
    ) == ({}, b"", False, [])  # fmt: skip


def test_cut_off_parts_are_empty(tmp_path):
    """A part whose bytes are spoiled reads as empty, whatever the table of contents says."""
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    data = bytearray(path.read_bytes())
    entry = Parts(bytes(data))._entries["xl/workbook.xml"]
    start = entry.header_offset + 30 + len(entry.filename)
    data[start : start + entry.compress_size] = b"\xff" * entry.compress_size
    assert Parts(bytes(data)).read("xl/workbook.xml") == b""


def test_styles(tmp_path):
    """Percentages are known by their format, built in or written out; fonts by their name."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        formats = {"A1": "0%", "B1": "0.0%", "C1": '0.0 "%"', "D1": "0.00"}
        for cell, shown in formats.items():
            sheet.write_number(cell, 0.5, book.add_format({"num_format": shown}))
        sheet.write_string("A2", "x", book.add_format({"font_name": ".VnTime"}))
    parts = Parts(path.read_bytes())
    styles = SheetXml(parts.read(next(iter(parts.sheets.values())))).styles()
    percent = percent_styles(parts)
    assert {"A1", "B1"} == {cell for cell in formats if styles[cell] in percent}
    assert font_names(parts)[styles["A2"]] == ".VnTime"


def test_comments(tmp_path):
    """Comments are given by cell without the author's name; ctk's own are left out."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active["B2"].comment = Comment("Cán bộ xã:\ntạm tính", "Cán bộ xã")
    book.active["B3"].comment = Comment("Tổng 7 khác 8", "ctk")
    notice = "[Threaded comment]\n\nYour version...\n\nComment:\n    xem lại"
    book.active["B4"].comment = Comment(notice, "tc={1}")
    book.save(path)
    parts = Parts(path.read_bytes())
    assert comments(parts, "Sheet") == {"B2": "tạm tính", "B4": "xem lại"}
    assert comments(parts, "no such sheet") == {}
