"""Cells that the fast reader shows as empty but are not."""

import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter

from ctk.workbook.oddities import Hidden, Oddities, SheetXml
from ctk.workbook.parts import Parts
from ctk.workbook.reading import read_book
from workbooks import Formula, write_book


def xml_of(data):
    """The XML of each sheet by its name."""
    package = Parts(data)
    return {name: SheetXml(package.read(part)) for name, part in package.sheets.items()}


def scan(data):
    """The oddities of each sheet by its name."""
    return {name: sheet.oddities() for name, sheet in xml_of(data).items()}


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


def test_hidden_rows_and_columns(tmp_path):
    """Hidden rows that follow each other are one stretch; so is a group of columns."""
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet("A")
        for r in (1, 2, 5):
            sheet.write_number(r, 0, 3)
            sheet.set_row(r, None, None, {"hidden": True})
        sheet.set_column(3, 5, None, None, {"hidden": True})
        book.add_worksheet("B").write_number(0, 0, 1)
    found = xml_of((tmp_path / "a.xlsx").read_bytes())
    assert Hidden(((1, 2), (5, 5)), ((3, 5),)) == found["A"].hidden()
    assert Hidden() == found["B"].hidden()


def test_cells_with_formulas(tmp_path):
    """Cells with formulas are found whether or not tags bear a prefix."""
    data = write_book(
        tmp_path / "a.xlsx", {"A": [[1, Formula("=1+1", 2)], [Formula("=A1", 1), "f"]]}
    )
    ((_, xml),) = parts(data.read_bytes(), "xl/worksheets/")
    assert {"B1", "A2"} == SheetXml(xml).formula_cells()
    tags = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml)
    assert {"B1", "A2"} == SheetXml(tags).formula_cells()
    assert SheetXml(tags).formulas() == {"B1": "1+1", "A2": "A1"}


def test_shared_formulas_are_written_out():
    """A formula that cells share is given for each as it stands there."""
    xml = (
        b'<worksheet><sheetData><row r="8"><c r="D8"><f t="shared" ref="D8:D9" si="0">'
        b'SUM(E8:$F8)&amp;""</f><v>3</v></c></row><row r="9"><c r="D9"><f t="shared" si="0"/>'
        b"<v>4</v></c></row></sheetData></worksheet>"
    )
    assert SheetXml(xml).formulas() == {"D8": 'SUM(E8:$F8)&""', "D9": 'SUM(E9:$F9)&""'}


@pytest.mark.parametrize("xml", [b"", b"<worksheet>", b"<c><f>", b"\xff\xfe<\0c\0", b"<f><f <f/>"])
def test_damaged_xml_has_nothing(xml):
    """What is no sheet is looked at without a complaint."""
    sheet = SheetXml(xml)
    assert (Oddities(), Hidden(), {}, {}) == (
        sheet.oddities(), sheet.hidden(), sheet.formulas(), sheet.styles(),
    )  # fmt: skip
    assert set() == sheet.formula_cells()
