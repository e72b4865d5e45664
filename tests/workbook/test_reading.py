"""Everything that a file can do to a reader ends as one error with a code that says why."""

import io
import struct
import zipfile

import openpyxl
import pytest
import python_calamine

from ctk.errors import UnreadableError
from ctk.workbook import archives
from ctk.workbook.reading import read_book
from file_formats import with_parts
from workbooks import Formula, write_book, write_ods

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook_bytes(tmp_path, grid=(("a", 1),)):
    """A workbook of one sheet."""
    return write_book(tmp_path / "book.xlsx", {"A": grid}).read_bytes()


def code_of(data):
    """The code of the error that reading these bytes ends with."""
    with pytest.raises(UnreadableError) as caught:
        read_book(data)
    return caught.value.code


def archive(parts, method=zipfile.ZIP_DEFLATED):
    """A zip archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def test_cells_start_at_a1(tmp_path):
    """Empty rows and columns before the first cell are kept, so that addresses are true."""
    grid = [[], [], [None, None, "Mã số"], [None, None, 5, 2.5]]
    (sheet,) = read_book(workbook_bytes(tmp_path, grid)).sheets
    assert sheet.name == "A"
    assert (sheet.cells[2][2], sheet.cells[3][2], sheet.cells[3][3]) == ("Mã số", 5, 2.5)
    assert {4} == {len(row) for row in sheet.cells}


def test_sheets_in_order(tmp_path):
    """All sheets are read, an empty one too."""
    path = write_book(tmp_path / "b.xlsx", {"Hai": [["x"]], "Không": [], "Một": [[1]]})
    assert [sheet.name for sheet in read_book(path.read_bytes()).sheets] == ["Hai", "Không", "Một"]


def test_text_that_looks_like_a_gap_is_kept(tmp_path):
    """Words like "N/A", "NA" and "null" typed by a person are text, not empty cells."""
    texts = ["N/A", "NA", "null", "nan", "1.234"]
    (sheet,) = read_book(workbook_bytes(tmp_path, [texts])).sheets
    assert texts == sheet.cells[0]


def test_formula_with_its_result(tmp_path):
    """Of a formula the stored result is read."""
    (sheet,) = read_book(workbook_bytes(tmp_path, [[Formula("=1+1", 2)]])).sheets
    assert sheet.cells == [[2.0]]


def test_file_of_openpyxl(tmp_path):
    """A workbook saved by another program reads the same."""
    book = openpyxl.Workbook()
    book.active.title = "Số liệu"
    book.active["B3"] = "Nữ"
    book.active["C3"] = 12
    book.save(tmp_path / "other.xlsx")
    (sheet,) = read_book((tmp_path / "other.xlsx").read_bytes()).sheets
    assert (sheet.name, sheet.cells[2]) == ("Số liệu", ["", "Nữ", 12.0])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x05\x06" + b"\0" * 18, "damaged"),
        (b"%PDF-1.7\n", "is_pdf"),
        ("Xã Tà Rụt;12;13\n".encode(), "not_a_workbook"),
        (b"\0" * 4000, "only_zeros"),
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML PUBLIC><html><p>Login", "is_web_page"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "damaged",
        ),
        (OLE + b"\0" * 5000, "damaged"),
        (OLE, "truncated"),
    ],
    ids=[
        "empty archive", "PDF", "one line", "zeros", "page without table", "cut-off XML",
        "OLE without content", "only the first bytes of an .xls",
    ],
)  # fmt: skip
def test_what_is_no_workbook(data, code):
    """The first bytes, not the ending of the name, say what a file is."""
    assert code == code_of(data)


def test_archive_of_something_else():
    """A .docx or a folder of photographs is an archive but no workbook."""
    assert code_of(archive({"word/document.xml": "<w/>"})) == "is_word"
    assert code_of(archive({"1.jpg": b"\xff\xd8"})) == "is_archive"


def test_workbook_without_its_parts():
    """An archive with a part of a workbook only is damaged."""
    assert code_of(archive({"xl/workbook.xml": "<workbook/>"})) == "damaged"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_workbook(tmp_path, share):
    """A workbook cut off anywhere is told as that, never read in part."""
    data = workbook_bytes(tmp_path, [[i, "chữ"] for i in range(200)])
    assert code_of(data[: int(len(data) * share)]) == "truncated"


def test_flipped_bytes_in_the_sheet(tmp_path):
    """A sheet that no longer unpacks is damaged."""
    data = bytearray(workbook_bytes(tmp_path, [[i * 7 % 13, f"chữ {i}"] for i in range(500)]))
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        info = made.getinfo("xl/worksheets/sheet1.xml")
    start = info.header_offset + 30 + len(info.filename)
    for i in range(start + 20, start + 200):
        data[i] ^= 0xFF
    assert code_of(bytes(data)) == "damaged"


def test_zip_bomb_by_declared_size(tmp_path):
    """A part that declares more than any form is refused before it is unpacked."""
    data = bytearray(workbook_bytes(tmp_path))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 2**32 - 2)
    assert code_of(bytes(data)) == "unpacks_too_large"


def test_zip_bomb_in_parts(monkeypatch):
    """What counts is what all parts together would unpack to, not the size of the file."""
    monkeypatch.setattr(archives, "MAX_UNPACKED", 2**20)
    data = archive({f"xl/worksheets/sheet{i}.xml": b" " * 2**18 for i in range(5)})
    assert len(data) < 2**14
    assert code_of(data) == "unpacks_too_large"


def test_thousands_of_parts():
    """An archive of thousands of parts is no form."""
    parts = {f"xl/media/{i}": b"" for i in range(5000)}
    assert code_of(archive(parts, zipfile.ZIP_STORED)) == "unpacks_too_large"


def test_huge_sheet_is_refused(tmp_path):
    """A used area of millions of cells is no form; the sheet is named."""
    path = tmp_path / "wide.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Rộng"
    book.active["A1"] = 1
    book.active["XFD300"] = 1
    book.save(path)
    with pytest.raises(UnreadableError) as caught:
        read_book(path.read_bytes())
    assert (caught.value.code, caught.value.params) == ("sheet_too_large", {"sheet": "Rộng"})


class Panic(BaseException):
    """What a panic of a reader written in Rust is in Python: no Exception."""


def test_panic_of_the_reader(tmp_path, monkeypatch):
    """A panic of the reader is this file's error and ends nothing else."""

    def panic(_):
        raise Panic("index out of bounds")

    monkeypatch.setattr(python_calamine, "load_workbook", panic)
    assert code_of(workbook_bytes(tmp_path)) == "damaged"


def test_interrupt_is_no_damage(tmp_path, monkeypatch):
    """Ctrl+C during a read stops ctk; it is not taken for a damaged file."""

    def interrupt(_):
        raise KeyboardInterrupt

    data = workbook_bytes(tmp_path)
    monkeypatch.setattr(python_calamine, "load_workbook", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_book(data)


OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file://{}">]>'


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/sharedStrings.xml", "<t>"),
        ("xl/workbook.xml", 'name="'),
        ("xl/worksheets/sheet1.xml", "<v>"),
    ],
)
def test_entities_bring_in_no_file(tmp_path, part, text):
    """A part of an .xlsx that names a file of the machine gets nothing of it."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    data = workbook_bytes(tmp_path, [["a", 1]])
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        xml = made.read(part).decode()
    head, mark, body = xml.partition("?>")
    xml = head + mark + OUTSIDE.format(secret) + body.replace(text, f"{text}&x;")
    assert "&x;" in xml
    assert "SECRET" not in all_text(with_parts(data, {part: xml}))


def test_entities_of_open_document(tmp_path):
    """Nor does an .ods."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    data = write_ods(tmp_path / "a.ods", {"A": [["ô"]]}).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        xml = made.read("content.xml").decode()
    xml = xml.replace("?>", "?>" + OUTSIDE.format(secret), 1).replace("ô", "&x;")
    assert "SECRET" not in all_text(with_parts(data, {"content.xml": xml}))


def test_relations_to_files_of_the_machine(tmp_path):
    """A sheet that is said to lie outside the archive is not fetched."""
    secret = tmp_path / "secret.xml"
    secret.write_text(
        "<worksheet><sheetData><row><c><v>SECRET</v></c></row></sheetData></worksheet>"
    )
    data = workbook_bytes(tmp_path, [["a", 1]])
    part = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        rels = made.read(part).decode()
    for target in (f"file://{secret}", f"../../{secret}", str(secret)):
        changed = rels.replace("worksheets/sheet1.xml", target)
        assert changed != rels
        assert "SECRET" not in all_text(with_parts(data, {part: changed}))


def all_text(data):
    """All that reading a file gives, or the error that it ends with."""
    try:
        book = read_book(data)
    except UnreadableError as error:
        return repr((error.code, error.params))
    return repr([(sheet.name, sheet.cells) for sheet in book.sheets])
