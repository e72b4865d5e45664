"""Cells that the fast reader shows as empty but are not."""

import io
import zipfile

import openpyxl
import pytest

from ctk.workbook.oddities import Oddities, scan
from ctk.workbook.reading import read_book
from workbooks import Formula, write_book


def with_openpyxl(path, sheets):
    """Write formulas without results, as programs other than Excel do."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for address, value in cells.items():
            sheet[address] = value
    book.save(path)
    return path.read_bytes()


def test_error_values(tmp_path):
    """An error value is empty for the reader, but is found with its text."""
    grid = [["a", Formula("=1/0", "#DIV/0!")], [Formula("=NA()", "#N/A"), 3]]
    data = write_book(tmp_path / "a.xlsx", {"A": grid}).read_bytes()
    (sheet,) = read_book(data).sheets
    assert sheet.cells == [["a", ""], ["", 3.0]]
    assert scan(data)["A"].errors == {"B1": "#DIV/0!", "A2": "#N/A"}


def test_formula_without_result(tmp_path):
    """A formula that no program computed is told from an empty cell."""
    data = with_openpyxl(tmp_path / "a.xlsx", {"A": {"A1": 1, "B2": "=A1+1", "C3": "chữ"}})
    assert read_book(data).sheets[0].cells[1][1] == ""
    assert Oddities({}, frozenset(("B2",))) == scan(data)["A"]


def test_formula_with_empty_text(tmp_path):
    """A formula whose result is the empty text is computed: the cell is blank."""
    data = write_book(tmp_path / "a.xlsx", {"A": [["x", Formula('=IF(1,"","")', "")]]}).read_bytes()
    (name, xml), *_ = parts(data, "xl/worksheets/")
    typed = xml.replace(b'<c r="B1">', b'<c r="B1" t="str">')
    assert frozenset() == scan(replaced(data, name, typed))["A"].uncomputed


def test_plain_workbook_has_none(tmp_path):
    """Numbers, texts and computed formulas are no oddities."""
    grid = [[1, "chữ", Formula("=1+1", 2), None, True]]
    data = write_book(tmp_path / "a.xlsx", {"A": grid, "B": []}).read_bytes()
    assert {"A": Oddities(), "B": Oddities()} == scan(data)


def test_each_sheet_by_its_name(tmp_path):
    """Sheets are told apart by name, also one with signs that XML escapes."""
    data = with_openpyxl(
        tmp_path / "a.xlsx", {"I.1 Chung": {"A1": "=B1"}, 'Xã "A" & <B>'[:9]: {"C5": "=D5"}}
    )
    found = scan(data)
    assert {"I.1 Chung": {"A1"}, 'Xã "A" & ': {"C5"}} == {
        k: set(v.uncomputed) for k, v in found.items()
    }


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 rubbish", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_archive(data):
    """Other formats and rubbish have no oddities that could be found; nothing is raised."""
    assert scan(data) == {}


def parts(data, prefix):
    """Names and contents of some parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(n, archive.read(n)) for n in archive.namelist() if n.startswith(prefix)]


def replaced(data, name, content):
    """The workbook with one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            new.writestr(info, content if info.filename == name else old.read(info.filename))
    return buffer.getvalue()


def test_entities_are_never_expanded(tmp_path):
    """A sheet with a DTD is scanned as text: no entity, no outside file is looked at."""
    data = with_openpyxl(tmp_path / "a.xlsx", {"A": {"A1": "=B1"}})
    (name, xml), *_ = parts(data, "xl/worksheets/")
    bomb = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + xml
    assert {"A1"} == set(scan(replaced(data, name, bomb))["A"].uncomputed)
