"""XML Spreadsheet 2003 reads like the same cells in .xlsx."""

from datetime import datetime

import pytest

from ctk.errors import UnreadableError
from ctk.workbook.reading import read_book
from file_formats import spreadsheetml

GRID = [["Chỉ tiêu", None, "Mã số"], [], [None, 12, 1.5, "1.234"]]
CELLS = [["Chỉ tiêu", "", "Mã số", ""], ["", "", "", ""], ["", 12.0, 1.5, "1.234"]]


def sheet_of(rows, more=""):
    """The sheet of a table written by hand."""
    text = spreadsheetml({"A": []}, more=more).replace("<Table></Table>", f"<Table>{rows}</Table>")
    return read_book(text.encode()).sheets[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
@pytest.mark.parametrize("declared", ["UTF-8", "UTF-16", "utf-8", "no-such-code", None])
def test_encodings(encoding, declared):
    """The bytes decide; what the declaration says wrongly does not matter."""
    mark = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    grid = GRID if encoding != "windows-1252" else [["a", None, "b"], [], [None, 12, 1.5, "1.234"]]
    book = read_book(
        spreadsheetml({"Một": grid} if grid is GRID else {"M": grid}, mark).encode(encoding)
    )
    assert (book.kind, [r.rule for r in book.remarks]) == ("spreadsheetml", ["V114"])
    assert book.sheets[0].cells[2] == CELLS[2]
    assert grid is not GRID or book.sheets[0].cells == CELLS


def test_old_vietnamese_encoding():
    """A file declared and written as windows-1258 has its tones."""
    from file_formats import in_1258

    text = spreadsheetml({"A": GRID}, '<?xml version="1.0" encoding="windows-1258"?>')
    assert read_book(in_1258(text)).sheets[0].cells == CELLS


def test_gaps_and_merged_cells():
    """Indices of rows and cells leave gaps; merged cells push what follows to the right."""
    sheet = sheet_of(
        '<Row ss:Index="2"><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">a'
        '</Data></Cell><Cell><Data ss:Type="Number">1</Data></Cell></Row>'
        '<Row><Cell ss:Index="5"><Data ss:Type="Number">2</Data></Cell></Row>'
        '<Row ss:Span="2"/><Row><Cell><Data ss:Type="Number">3</Data></Cell></Row>'
    )
    assert [(r, c, v) for r, row in enumerate(sheet.cells) for c, v in enumerate(row) if v] == [
        (1, 0, "a"), (1, 3, 1.0), (2, 4, 2.0), (6, 0, 3.0),
    ]  # fmt: skip
    assert sheet.merged == ((1, 0, 2, 2),)


def test_kinds_of_cells():
    """Dates, booleans, error values, rich text and formulas without a result keep their meaning."""
    sheet = sheet_of(
        '<Row><Cell><Data ss:Type="DateTime">2022-06-20T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="Boolean">1</Data></Cell>'
        '<Cell><Data ss:Type="Error">#DIV/0!</Data></Cell>'
        '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Mã</B> số'
        "</ss:Data><Comment><ss:Data>ghi chú</ss:Data></Comment></Cell>"
        '<Cell ss:Formula="=RC[-1]"/>'
        '<Cell ss:Formula="=1+1"><Data ss:Type="Number">2</Data></Cell></Row>'
    )
    day = datetime(2022, 6, 20)  # noqa: DTZ001
    assert sheet.cells == [[day, True, "#DIV/0!", "Mã số", "=RC[-1]", 2.0]]


def test_hidden_sheet():
    """A hidden sheet is marked as such."""
    more = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    assert sheet_of("", more).hidden
    assert not sheet_of("").hidden


DOCTYPE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace("<Workbook", DOCTYPE + "<Workbook"), "xml_with_entities"),
        (lambda text: text[: len(text) // 2], "damaged"),
        (lambda text: text.replace("</Row>", ""), "damaged"),
        (lambda text: text.replace('Index="4"', 'Index="99999999999"'), "damaged"),
        (lambda text: text.replace('Index="4"', 'Index="16385"'), "sheet_too_large"),
        (lambda text: text.replace("<Row>", '<Row ss:Index="1048577">'), "sheet_too_large"),
        (lambda text: text.replace("<Table>", "<Table>" + "<a>" * 5000), "damaged"),
        (lambda text: text.replace("Worksheet", "Sheet"), "damaged"),
    ],
    ids=[
        "entity",
        "cut off",
        "not closed",
        "no number",
        "too wide",
        "too long",
        "deep",
        "no sheet",
    ],
)
def test_hostile(change, code):
    """Entities, cut ends, impossible addresses and deep nesting are refused with a reason."""
    with pytest.raises(UnreadableError) as caught:
        read_book(change(spreadsheetml({"A": [["a", "b", "c", 1]] * 3})).encode())
    assert code == caught.value.code


def test_far_corner_is_refused():
    """Two cells at the corners of a sheet need no room for all cells between."""
    cell = '<Cell ss:Index="16384"><Data ss:Type="Number">1</Data></Cell>'
    corner = f'<Row ss:Index="1048576">{cell}</Row></Table>'
    text = spreadsheetml({"A": [["a"]]}).replace("</Table>", corner)
    with pytest.raises(UnreadableError) as caught:
        read_book(text.encode())
    assert caught.value.code == "sheet_too_large"
