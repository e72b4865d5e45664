"""Marked copies of files that are no .xlsx, and of files that have a password."""

import io
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
import python_calamine
from msoffcrypto.format.ooxml import OOXMLFile

from ctk.workbook.annotate import convert
from ctk.workbook.book import Book, Merge, SheetCells
from file_formats import PASSWORD, SPECIMENS, biff5, html, spreadsheetml
from packages import problems
from workbooks import batch_of, book, consistent, cover, findings_of, table, write_ods

ROWS = {"I-0103": [12, 5, 8], "I-0105": [9, 4, "1.234"]}


def sheets():
    """A commune's workbook with a sum that is wrong."""
    return {"Bìa": cover(), "Số liệu": table(ROWS)}


WRITERS = {
    "old.xls": lambda path: path.write_bytes(biff5(sheets())),
    "xml.xls": lambda path: path.write_text(spreadsheetml(sheets()), encoding="utf-8"),
    "page.xls": lambda path: path.write_text(html({"Trang": table(ROWS)}), encoding="utf-8"),
    "open.ods": lambda path: write_ods(path, sheets()),
}


@pytest.fixture(params=WRITERS)
def file(request, tmp_path):
    """A file of one of the formats."""
    path = tmp_path / request.param
    WRITERS[request.param](path)
    return path


def copy_of(ctk, path, *more):
    """The one copy that a run writes."""
    answer = ctk("validate", path, "--annotate", path.parent / "out", *more, "--format", "json")
    (row,) = answer.json["data"]["annotated"]
    assert row["copy"], answer.json["errors"]
    return Path(row["copy"])


def test_comes_back_as_xlsx(ctk, file):
    """The copy is a sound .xlsx with the same figures at the same cells, and says what it was."""
    copy = copy_of(ctk, file)
    assert copy.suffix == ".xlsx"
    assert problems(copy.read_bytes()) == []
    before, after = batch_of(file), batch_of(copy)
    names = ["element", "breakdown", "value", "absence", "row", "col"]
    assert before.frame[names].equals(after.frame[names])
    assert before.raw == after.raw
    said = [(f.rule, f.sheet, f.cell) for f in findings_of(file) if f.cell]
    assert said == [(f.rule, f.sheet, f.cell) for f in findings_of(copy) if f.cell]
    heading = [row[0].value for row in openpyxl.load_workbook(copy)["Cần sửa"].iter_rows(max_row=4)]
    assert any("chuyển sang .xlsx" in str(text) for text in heading)


def test_old_excel_keeps_its_looks(ctk, tmp_path):
    """Of an .xls file fonts, formats, borders, widths, hidden things and comments come along."""
    path = tmp_path / "formatted.xls"
    shutil.copy(SPECIMENS / "formatted.xls", path)
    copy = openpyxl.load_workbook(copy_of(ctk, path))
    sheet = copy["601-602"]
    cell = sheet["D9"]
    assert (cell.value, cell.font.name) == (45, "Times New Roman")
    assert (cell.font.b, cell.font.sz) == (True, 12)
    assert (cell.number_format, cell.border.left.style) == ("#,##0", "thin")
    assert (sheet["E6"].alignment.textRotation, sheet["E6"].font.i) == (90, True)
    assert round(sheet.column_dimensions["A"].width) == 31
    assert sheet.column_dimensions["S"].hidden
    assert sheet.row_dimensions[6].height == 150
    assert "E5:R5" in map(str, sheet.merged_cells.ranges)
    assert sheet["C8"].comment.text.startswith("Số của xã")
    assert "LỖI PHẢI SỬA" in sheet["C8"].comment.text
    assert copy["Ẩn"].sheet_state == "hidden"


def test_sheets_keep_order_and_merged_cells():
    """Names, order and merged areas are those of the file; a text stays text, a date a date."""
    cells = [["=1+1", 2.5, True], ["1.234", "", "http://x.vn"]]
    sheet = SheetCells("Một", cells, merged=(Merge(1, 0, 2, 1),))
    data, renamed = convert(Book([sheet, SheetCells("Hai", [[1]], hidden=True)], "ods", b""))
    read = python_calamine.load_workbook(io.BytesIO(data))
    assert read.sheet_names == ["Một", "Hai"]
    assert renamed == {}
    shown = openpyxl.load_workbook(io.BytesIO(data))
    assert (shown["Một"]["A1"].data_type, shown["Hai"].sheet_state) == ("s", "hidden")
    assert [str(area) for area in shown["Một"].merged_cells.ranges] == ["A2:B3"]
    assert read.get_sheet_by_index(0).to_python()[0] == ["=1+1", 2.5, True]


def test_names_that_excel_refuses():
    """Long names, brackets and names alike are changed, and told."""
    names = ["Một/hai: [ba]", "x" * 40, "X" * 40, "một/HAI: [ba]"]
    _, renamed = convert(Book([SheetCells(name, [[1]]) for name in names], "ods", b""))
    assert list(renamed) == names
    assert len({new.casefold() for new in renamed.values()}) == len(names)
    assert max(map(len, renamed.values())) <= 31


def locked(path, data, password=PASSWORD):
    """Write a workbook with a password, as Excel does."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    path.write_bytes(out.getvalue())
    return path


def test_password_is_kept(ctk, tmp_path):
    """The copy of a file with a password has the same one; no plain copy is ever written."""
    rows = consistent("locked").rows()
    rows["I-0105"][0] += 1
    plain = book(tmp_path / "plain.xlsx", rows)
    path = locked(tmp_path / "a.xlsx", plain.read_bytes())
    copy = copy_of(ctk, path, "--password", "sai", "--password", PASSWORD)
    assert not copy.read_bytes().startswith(b"PK")
    file = msoffcrypto.OfficeFile(io.BytesIO(copy.read_bytes()))
    file.load_key(password=PASSWORD, verify_password=True)
    opened = io.BytesIO()
    file.decrypt(opened)
    assert openpyxl.load_workbook(opened).sheetnames[0] == "Cần sửa"
    assert [p.name for p in copy.parent.iterdir()] == ["a.xlsx"]


def test_old_password_is_kept(ctk, tmp_path):
    """An .xls file with a password comes back as .xlsx with the same password."""
    path = tmp_path / "rc4_password.xls"
    shutil.copy(SPECIMENS / "rc4_password.xls", path)
    copy = copy_of(ctk, path, "--password", PASSWORD)
    assert (copy.suffix, copy.read_bytes()[:4]) == (".xlsx", b"\xd0\xcf\x11\xe0")


def test_no_copy_where_it_cannot_be_locked(ctk, tmp_path, monkeypatch):
    """If locking fails nothing is written, and that is said without the password."""
    rows = consistent("locked").rows()
    rows["I-0105"][0] += 1
    plain = book(tmp_path / "plain.xlsx", rows)
    secret = "khong-noi-ra"  # noqa: S105  (of a file made here)
    path = locked(tmp_path / "a.xlsx", plain.read_bytes(), secret)

    def fail(*_):
        raise ValueError(secret)

    monkeypatch.setattr("ctk.workbook.decrypt.OOXMLFile.encrypt", fail)
    arguments = ("--annotate", tmp_path / "out", "--password", secret)
    answer = ctk("validate", path, *arguments, "--format", "json")
    assert [error["code"] for error in answer.json["errors"]] == ["copy_unprotected"]
    assert not (tmp_path / "out").exists()
    assert secret not in answer.out + answer.err


def test_what_excel_cannot_hold_becomes_text():
    """A date before 1900 or a number without end becomes text; areas that overlap stay apart."""
    cells = [[datetime(1850, 1, 2), float("inf"), date(2022, 6, 30), timedelta(hours=30)]]  # noqa: DTZ001
    sheet = SheetCells("A", cells, merged=(Merge(1, 0, 3, 1), Merge(2, 1, 4, 2)))
    data, _ = convert(Book([sheet], "ods", b""))
    shown = openpyxl.load_workbook(io.BytesIO(data))["A"]
    assert [shown["A1"].value, shown["B1"].value] == ["1850-01-02 00:00:00", "inf"]
    assert (shown["C1"].value, shown["C1"].number_format) == (datetime(2022, 6, 30), "dd/mm/yyyy")  # noqa: DTZ001
    assert [str(area) for area in shown.merged_cells.ranges] == ["A2:B4"]
