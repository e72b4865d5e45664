"""A form exported as text is read as typed; nothing in it is made a number by guessing."""

import pytest

from ctk.errors import UnreadableError
from ctk.intake.extract import extract
from ctk.workbook.reading import read_book
from file_formats import delimited, in_1258
from workbooks import cover, table

SHEETS = {"A": [*cover(), [], *table({"I-0105": [9, "1.234", "…", None, "1,5", "0012"]})]}
LAST = ["Dòng I-0105", "I-0105", "người", 9.0, "1.234", "…", "", "1,5", "0012"]


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize(
    "encode",
    [str.encode, lambda t: t.encode("utf-8-sig"), lambda t: t.encode("utf-16"), in_1258,
     lambda t: t.encode("utf-16-le"), lambda t: t.encode("utf-16-be")],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16", "windows-1258", "UTF-16 LE", "UTF-16 BE"],
)  # fmt: skip
def test_delimiters_and_encodings(delimiter, encode):
    """What parts the cells and how letters are written is found out; "1.234" stays a text."""
    book = read_book(encode(delimited(SHEETS, delimiter)))
    assert (book.kind, book.sheets[0].cells[-1]) == ("csv", LAST)
    assert {9} == {len(row) for row in book.sheets[0].cells}


def test_comma_and_quotes():
    """Quoted cells may hold the mark and line breaks."""
    text = 'a,"b, c","d\ne"\n1,2,3\n"x ""y""",5,6\n'
    assert read_book(text.encode()).sheets[0].cells == [
        ["a", "b, c", "d\ne"], [1.0, 2.0, 3.0], ['x "y"', 5.0, 6.0],
    ]  # fmt: skip


def test_hint_of_excel():
    """The line "sep=;" says the mark and is no row."""
    assert read_book(b"sep=,\r\na;b,c\r\n1;2,3\r\n").sheets[0].cells == [
        ["a;b", "c"], ["1;2", 3.0],
    ]  # fmt: skip


def test_form_in_a_csv(tmp_path):
    """A form is found in it and read, ambiguous numbers stay without a value."""
    (tmp_path / "a.csv").write_text(delimited(SHEETS), "utf-8")
    found = extract(str(tmp_path / "a.csv"))
    assert (found.error, found.kind, found.form) == (None, "csv", "ctk-commune")
    assert [v if v == v else None for v in found.tables[0].value.tolist()][:2] == [9.0, None]


@pytest.mark.parametrize(
    "text",
    ["một dòng", "a;b\n" * 9, "x,y,z\n1,2,3\n4,5,6\n7,8,9\n", "# tựa\n\n- a, b, c\n" * 5,
     'a;b;c\n"' + "d;" * 40_000, "a;b;c\n\x01;2;3\n" * 9],
    ids=["line", "two columns", "other table", "notes", "endless quote", "control characters"],
)  # fmt: skip
def test_other_texts_are_no_workbooks(tmp_path, text):
    """A text without a known form is no workbook, whatever it looks like."""
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert extract(str(tmp_path / "a.csv")).error.code == "not_a_workbook"


def test_broken_letters_are_told():
    """Single bytes that are no letters leave the rest readable, and are told."""
    data = delimited(SHEETS).encode() + b"\xff;1;2\r\n"
    assert [r.rule for r in read_book(data).remarks] == ["V112", "V115"]


def test_nothing_is_read_from_an_empty_text():
    """A text of line ends only is no workbook."""
    with pytest.raises(UnreadableError):
        read_book(b"\r\n\r\n")
