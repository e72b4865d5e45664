"""Files made to hurt: real workers answer for each in time, and for the good files beside."""

import io
import struct
import time
import zipfile

import pytest

from ctk.intake.pool import FileReader
from file_formats import archive, with_parts
from workbooks import book

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
RELS = "xl/_rels/workbook.xml.rels"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SECRET = "SECRET-OF-THE-MACHINE"  # noqa: S105


def sheet(rows):
    """A sheet's part with these rows."""
    return f"<?xml version='1.0'?><worksheet {NS}><sheetData>{rows}</sheetData></worksheet>"


def corner(last):
    """A sheet with a value in A1 and one in a far cell."""
    digits = last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return sheet(
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{digits}"><c r="{last}"><v>1</v></c></row>'
    )


def billion_laughs(target):
    """XML that would grow to gigabytes, and names a file of the machine."""
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 20}">' for i in range(9))
    head = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY e0 "ha">{entities}'
    return f'{head}<!ENTITY f SYSTEM "file://{target}">]>'


def lying(data, part, size):
    """The archive with a false unpacked size of one part in its table of contents."""
    spoiled = bytearray(data)
    at = data.rfind(part.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", spoiled, at + 24, size)
    return bytes(spoiled)


def hostile(folder):
    """Each file, and the codes of the errors that it may end with (None: it is read)."""
    plain = book(folder / "good.xlsx", {"I-0103": [7]}).read_bytes()
    secret = folder / "secret.txt"
    secret.write_text(SECRET)
    blank = b"<si><t>" + b" " * 50 + b"</t></si>"
    rows = '<row r="{}" s="1" customFormat="1"/>'
    empty = "".join(rows.format(i) for i in range(1, 1_048_577))
    wide = "".join(f'<c r="{c}{r}" s="1"/>' for r in (1,) for c in ("A", "XFD"))
    strings = f"{billion_laughs(secret)}<sst {NS}><si><t>&e9;&f;</t></si></sst>"
    nested = archive({"xl/a.zip": archive({"b.zip": archive({"c": b"\0" * 2**24})})})
    return {
        "far-corner": (with_parts(plain, {SHEET: corner("XFD1048576")}), {"sheet_too_large"}),
        "long": (with_parts(plain, {SHEET: corner("A1048576")}), {"form_not_known", None}),
        "empty-rows": (with_parts(plain, {"xl/worksheets/sheet3.xml": sheet(empty)}), {None}),
        "wide": (with_parts(plain, {SHEET: sheet(f'<row r="1">{wide}</row>')}), {None}),
        "strings": (
            with_parts(plain, {STRINGS: f"<sst {NS}>".encode() + blank * 2_000_000 + b"</sst>"}),
            {"form_not_known", "reader_died", "damaged", "too_large"},
        ),
        "string-index": (
            with_parts(plain, {STRINGS: f"<sst {NS}><si><t>a</t></si></sst>"}),
            {"damaged", "form_not_known"},
        ),
        "entities": (
            with_parts(plain, {STRINGS: strings}),
            {"damaged", "form_not_known", "xml_with_entities"},
        ),
        "relations": (
            with_parts(
                plain,
                {
                    RELS: '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                    'relationships"><Relationship Id="rId1" Target="workbook.xml"/>'
                    '<Relationship Id="rId2" Target="workbook.xml"/></Relationships>'
                },
            ),
            {"damaged", "form_not_known"},
        ),
        "nested-archives": (nested, {"damaged"}),
        "bomb": (
            with_parts(plain, {f"xl/media/{i}": b"\0" * 2**26 for i in range(9)}),
            {"unpacks_too_large"},
        ),
        "lying-bomb": (
            lying(with_parts(plain, {"xl/media/a": b"\0" * (2**29 + 9)}), "xl/media/a", 99),
            {"unpacks_too_large"},
        ),
        "no-parts": (archive({"xl/workbook.xml": ""}), {"damaged"}),
        "deep": (
            with_parts(plain, {SHEET: sheet("<a>" * 200_000)}),
            {"damaged", "form_not_known", None},
        ),
    }


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What real workers said of each hostile file and of good ones between them, and the time."""
    folder = tmp_path_factory.mktemp("hostile")
    files = hostile(folder)
    paths = []
    for name, (data, _) in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
        paths += [str(folder / f"{name}.xlsx"), str(folder / "good.xlsx")]
    start = time.monotonic()
    with FileReader(paths) as reader:
        read = list(reader.extracts(lambda _: None))
    return files, read, time.monotonic() - start


def test_each_has_its_answer(answers):
    """Every hostile file ends as one of the errors that fit it, or is read without harm."""
    files, read, _ = answers
    codes = {
        name: e.error.code if e.error else None for name, e in zip(files, read[::2], strict=True)
    }
    assert {name: code for name, code in codes.items() if code not in files[name][1]} == {}


def test_good_files_beside_are_read(answers):
    """Files between the hostile ones are read as if they were alone."""
    assert {7.0} == {float(e.tables[0].value[0]) for e in answers[1][1::2]}


def test_nothing_of_the_machine_is_read(answers):
    """No entity brings in another file."""
    sheets = [name for e in answers[1] for name in e.sheets]
    texts = [str(v) for e in answers[1] for t in e.tables for v in t.raw.values()]
    assert not any(SECRET in text for text in texts + sheets)


def test_far_corner_is_told_by_its_sheet(answers):
    """The reader dies at a stray cell far away; read again with care, the sheet is named."""
    files, read, _ = answers
    found = read[2 * list(files).index("far-corner")]
    assert (found.error.code, found.error.params) == ("sheet_too_large", {"sheet": "sheet1.xml"})


def test_method_unknown_to_readers(tmp_path):
    """A part packed in an unusual way, which could hide a bomb, is refused unopened."""
    plain = book(tmp_path / "a.xlsx", {"I-0103": [7]}).read_bytes()
    buffer = io.BytesIO(plain)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_BZIP2) as made:
        made.writestr("xl/media/a", b"\0" * 2**20)
    from ctk.errors import UnreadableError
    from ctk.workbook.reading import read_book

    with pytest.raises(UnreadableError) as caught:
        read_book(buffer.getvalue())
    assert caught.value.code == "damaged"
