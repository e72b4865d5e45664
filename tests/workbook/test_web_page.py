"""Web pages saved as workbooks: cells stand where Excel puts them, with their true values."""

from datetime import datetime

import pytest

from ctk.errors import UnreadableError
from ctk.workbook.reading import read_book
from file_formats import in_1258


def cells_of(body, encode=str.encode):
    """The cells of a page."""
    (sheet,) = read_book(encode(f"<html><body>{body}</body></html>")).sheets
    return sheet.cells


def test_spans_are_opened_out():
    """A cell over several columns and rows pushes the others to where they are seen."""
    page = (
        "<table><tr><td rowspan=2 colspan=2>a<td>b</tr><tr><td>c</tr>"
        "<tr><td>d<td rowspan=3>e<td>f</tr></table>"
    )
    (sheet,) = read_book(f"<html>{page}".encode()).sheets
    assert sheet.cells == [["a", "", "b"], ["", "", "c"], ["d", "e", "f"]]
    assert sheet.merged == ((0, 0, 1, 1), (2, 1, 4, 1))


def test_true_numbers():
    """The number that the page keeps beside the shown text counts; text alone stays ambiguous."""
    page = (
        '<table><tr><td x:num="1234.5">1.235</td><td x:num>12</td><td x:num="44732">20/6/2022</td>'
        '<td x:str>007</td><td>1.234</td><td>12</td><td>0101</td><td sdval="1234">1,234</td>'
        '<td x:bool="TRUE">TRUE</td><td x:err="#N/A">#N/A</td><td x:num>…</td></tr></table>'
    )
    day = datetime(2022, 6, 20)  # noqa: DTZ001
    assert cells_of(page) == [
        [1234.5, 12.0, day, "007", "1.234", 12.0, "0101", 1234.0, True, "#N/A", "…"]
    ]


def test_text_around_tables():
    """Each paragraph outside a table takes a row of its own, as in Excel."""
    page = (
        "<h1>BIỂU</h1><p>Đơn vị:<b> Tà Rụt</b></p><table><tr><td>a</table>x<table><tr><td>b</table>"
    )
    assert cells_of(page) == [["BIỂU"], ["Đơn vị: Tà Rụt"], ["a"], ["x"], ["b"]]


def test_table_in_a_cell():
    """A table within a cell starts at that cell, and what follows stands below and beside it."""
    page = (
        "<table><tr><td>t<table><tr><td>1<td>2</tr><tr><td>3<td>4</tr></table></td><td>r</td></tr>"
        "<tr><td>u</td></tr></table>"
    )
    assert cells_of(page) == [["t", "", "r"], [1.0, 2.0, ""], [3.0, 4.0, ""], ["u", "", ""]]


def test_layout_table():
    """A table that only holds another one does not move its cells."""
    page = "<table><tr><td><table><tr><td>a<td>b</tr></table></td></tr></table>"
    assert cells_of(page) == [["a", "b"]]


def test_lines_in_a_cell():
    """A line break stays one, spaces and hidden parts do not count."""
    cell = "<td> Mã \n số<br>&nbsp; x &eacute;<script>1</script>"
    page = f"<style>td {{}}</style><table><tr>{cell}</table>"
    assert cells_of(page) == [["Mã số\nx é"]]


META = '<meta http-equiv=Content-Type content="text/html; charset={}">'


@pytest.mark.parametrize(
    ("encode", "charset"),
    [
        (str.encode, "utf-8"),
        (str.encode, "windows-1252"),
        (str.encode, "none"),
        (lambda t: t.encode("utf-16"), "utf-8"),
        (lambda t: t.encode("utf-16-le"), "unicode"),
        (lambda t: t.encode("utf-8-sig"), "us-ascii"),
        (in_1258, "windows-1258"),
        (in_1258, "x-unknown"),
    ],
)
def test_charsets(encode, charset):
    """Whatever the page declares, Vietnamese text is read right."""
    page = META.format(charset) + "<table><tr><td>Trẻ em dưới 6 tuổi, Đắk Lắk<td>Nữ</table>"
    assert cells_of(page, encode) == [["Trẻ em dưới 6 tuổi, Đắk Lắk", "Nữ"]]


def test_name_of_the_sheet():
    """The name that Excel left in a comment is taken."""
    comment = "<!--[if gte mso 9]><xml><x:Name>Biểu &amp; 1</x:Name></xml><![endif]-->"
    page = comment + "<table><tr><td>a</table>"
    assert read_book(f"<html>{page}".encode()).sheets[0].name == "Biểu & 1"


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<table></table>", "is_web_page"),
        ("<table><tr><td colspan=99999 rowspan=99999>" * 41, "damaged"),
        ("<table><tr><td colspan=1000>a" + "<td colspan=1000>" * 5000, "sheet_too_large"),
        ("<frameset><frame src='a_files/sheet001.htm'></frameset>", "is_web_page"),
    ],
    ids=["empty", "nested", "wide", "frames"],
)
def test_hostile(page, code):
    """Empty, endless and deeply nested tables are refused in time."""
    with pytest.raises(UnreadableError) as caught:
        read_book(f"<html>{page}".encode())
    assert code == caught.value.code


def test_entity_of_the_page_is_no_file():
    """A page cannot bring in another file."""
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><table><tr><td>&x;a</table>'
    assert read_book(page.encode()).sheets[0].cells[-1][0].endswith("a")


MHT = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="----=_Next"

------=_Next
Content-Location: file:///C:/1/a.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="utf-8"

<html><xml><x:ExcelWorksheet><x:Name>B=C3=ACa</x:Name></x:ExcelWorksheet>
<x:ExcelWorksheet><x:Name>S=E1=BB=91</x:Name></x:ExcelWorksheet></xml>
<frameset><frame src=3D"sheet001.htm"></frameset></html>

------=_Next
Content-Location: file:///C:/1/a_files/tabstrip.htm
Content-Type: text/html; charset="utf-8"

<html><table><tr><td>B</table></html>

------=_Next
Content-Location: file:///C:/1/a_files/sheet001.htm
Content-Transfer-Encoding: base64
Content-Type: text/html; charset="utf-8"

PGh0bWw+PHRhYmxlPjx0cj48dGQ+YTx0ZD4xPC90YWJsZT48L2h0bWw+

------=_Next
Content-Location: file:///C:/1/a_files/sheet002.htm
Content-Type: text/html; charset="utf-8"

<html><table><tr><td x:num="2">2</td></tr></table></html>

------=_Next--
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_single_file_web_page(line_end):
    """An .mht has a page a sheet, under the names that Excel gave them."""
    book = read_book(MHT.replace("\n", line_end).encode())
    assert [(s.name, s.cells) for s in book.sheets] == [("Bìa", [["a", 1.0]]), ("Số", [[2.0]])]
